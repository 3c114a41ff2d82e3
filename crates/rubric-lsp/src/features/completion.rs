//! What may be written at the cursor: words of the language, and names.

use rubric_base::keyword::KEYWORDS;
use rubric_base::{Language, Span};

use super::Context;
use crate::names::Symbol;
use crate::scan;

/// Signs after which there is something to offer.
pub const TRIGGERS: [&str; 4] = [" ", "「", "=", "、"];

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    /// A word of the language.
    Keyword,
    /// A name.
    Name,
}

/// Something that may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What is shown.
    pub label: String,
    /// What it is.
    pub kind: ItemKind,
    /// What it means, in a few words.
    pub detail: String,
    /// What it replaces.
    pub span: Span,
    /// What is written.
    pub text: String,
    /// What typing is compared with.
    pub filter: String,
}

/// What may be written at an offset.
#[must_use]
pub fn at(cx: Context<'_>, offset: usize) -> Vec<Item> {
    let text = &cx.document.text;
    if scan::open_at(text, 0, offset).quoted.is_some() {
        return Vec::new();
    }
    let before = text.get(..offset).unwrap_or_default();
    let word = before
        .chars()
        .rev()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .map(char::len_utf8)
        .sum::<usize>();
    let span = Span::new(offset - word, offset);
    let mut items = Vec::new();
    let language = cx.document.language();
    for keyword in KEYWORDS {
        let label = keyword.canonical(language);
        let detail = cx.say(keyword.hover.0, keyword.hover.1);
        items.push(item(label, ItemKind::Keyword, detail, span, language));
    }
    if let Some(analysis) = &cx.document.analysis {
        for (symbol, _) in analysis.names().declared() {
            if !matches!(symbol, Symbol::Unit(..)) {
                items.push(item(symbol.name(), ItemKind::Name, String::new(), span, language));
            }
        }
    }
    items
}

fn item(label: &str, kind: ItemKind, detail: String, span: Span, _: Language) -> Item {
    Item { label: label.to_owned(), kind, detail, span, text: label.to_owned(), filter: label.to_owned() }
}
