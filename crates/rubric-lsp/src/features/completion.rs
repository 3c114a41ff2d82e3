//! What may be written at the cursor: words of the language where the grammar has them, constructs to fill in,
//! units, and names by what stands before. It works in the middle of a broken line, and letters of a keyboard
//! find Chinese words by their pinyin.

mod names;
mod pinyin;
pub mod place;
pub mod snippets;

pub use pinyin::means;

use std::collections::BTreeSet;

use rubric_base::keyword::UNITS;
use rubric_base::{Keyword, Language, Span};
use rubric_syntax::{Expected, Statement, may_follow};

use super::Context;
use crate::uri::Key;
use place::Place;

/// Signs after which there is something to offer.
pub const TRIGGERS: [&str; 5] = [" ", "「", "=", "、", ","];

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// Evidence.
    Evidence,
    /// A column of a list.
    Field,
    /// A value of a choice, or a grade.
    Value,
    /// A named value or an output.
    Named,
    /// A section or clause.
    Clause,
    /// Another rubric.
    File,
    /// A construct to fill in.
    Snippet,
    /// A unit.
    Unit,
    /// A word of the language.
    Keyword,
}

/// Where the words about an item come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A keyword, by its id.
    Keyword(&'static str),
    /// What is declared at an offset.
    Declared(u32),
    /// Nothing more is known.
    Nowhere,
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
    /// What is written; with places to fill in where it is a construct.
    pub text: String,
    /// What typing is compared with.
    pub filter: String,
    /// Lower goes first.
    pub rank: u8,
    /// Where more is said.
    pub source: Source,
}

/// What may be written at an offset, the likeliest first.
#[must_use]
pub fn at(cx: Context<'_>, offset: usize) -> Vec<Item> {
    let Some(place) = place::at(cx.document, offset) else { return Vec::new() };
    let expected = expected(&place);
    let typed = cx.document.text.get(place.word..offset).unwrap_or_default().trim_start_matches('「');
    let mut list = List {
        cx,
        place: &place,
        typed,
        span: Span::new(place.word, end(cx, &place, offset)),
        language: cx.document.language_or(cx.client.language),
        items: Vec::new(),
    };
    if place.bracketed {
        list.names(&expected);
    } else {
        list.names(&expected);
        list.snippets(&expected);
        list.keywords(&expected);
        list.units(&expected);
    }
    list.finish()
}

/// Where what is replaced ends: within 」 that stands there already.
fn end(cx: Context<'_>, place: &Place, offset: usize) -> usize {
    let rest = cx.document.text.get(offset..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let close = line.find('」').filter(|at| line.get(..*at).is_some_and(|name| !name.contains('「')));
    close.filter(|_| place.bracketed).map_or(offset, |at| offset + at + '」'.len_utf8())
}

/// What the grammar lets follow.
fn expected(place: &Place) -> Expected {
    if place.record {
        return Expected { name: !place.before.contains('='), ..Expected::default() };
    }
    if place.condition {
        return may_follow(Statement::Item, &format!("参评 {}", place.before.trim_start()));
    }
    may_follow(place.statement, &place.before)
}

struct List<'s> {
    cx: Context<'s>,
    place: &'s Place,
    /// The letters of the word that stand there already.
    typed: &'s str,
    span: Span,
    language: Language,
    items: Vec<Item>,
}

impl List<'_> {
    fn add(&mut self, label: String, kind: ItemKind, detail: String, rank: u8, source: Source) {
        let text = if self.place.bracketed { format!("「{label}」") } else { label.clone() };
        let filter = text.clone();
        self.items.push(Item { label, kind, detail, span: self.span, text, filter, rank, source });
    }

    fn keywords(&mut self, expected: &Expected) {
        // One word is read only to be refused.
        for keyword in expected.keywords.iter().filter(|k| k.id != "bare_below") {
            let label = keyword.canonical(self.language).to_owned();
            // This language says it in another order, or not at all.
            if label.is_empty() {
                continue;
            }
            let detail = self.cx.say(keyword.hover.0, keyword.hover.1);
            self.add(label, ItemKind::Keyword, detail, 5, Source::Keyword(keyword.id));
        }
    }

    fn units(&mut self, expected: &Expected) {
        if !expected.unit {
            return;
        }
        for unit in UNITS {
            let one = self.place.before.trim_end().ends_with('1');
            let label = unit.spelling(self.language, one).to_owned();
            // After a deduction or an award only points may stand.
            let rank = if unit.id == "points" { 0 } else { 3 };
            self.add(label, ItemKind::Unit, self.cx.say("单位", "unit"), rank, Source::Nowhere);
        }
    }

    fn snippets(&mut self, expected: &Expected) {
        let begins = self.place.before.trim().is_empty() && !self.place.condition && !self.place.record;
        let number = names::next_number(self.cx, self.span.start);
        for snippet in snippets::SNIPPETS {
            let fits = if snippet.value {
                let field = snippet.statement == Statement::Field;
                !begins
                    && expected.keywords.iter().any(|k| k.id == snippet.keyword)
                    && field
                        == (self.place.statement == Statement::Field
                            && self.place.before.contains([':', '：']))
            } else {
                begins && snippet.statement == self.place.statement
            };
            let Some(keyword) = Keyword::by_id(snippet.keyword).filter(|_| fits) else { continue };
            let body = snippet.body(self.language, &number);
            let first = body.lines().next().unwrap_or_default();
            let label = snippets::plain(first).trim_end_matches([' ', '{']).to_owned();
            let text = self.indented(&if self.cx.client.snippets { body } else { snippets::plain(&body) });
            let word = keyword.canonical(self.language);
            let filter = if word.is_empty() { label.clone() } else { word.to_owned() };
            let detail = self.cx.say(keyword.hover.0, keyword.hover.1);
            let source = Source::Keyword(keyword.id);
            self.items.push(Item {
                label,
                kind: ItemKind::Snippet,
                detail,
                span: self.span,
                text,
                filter,
                rank: 4,
                source,
            });
        }
    }

    /// Further lines under the first: the editor's own way of doing so differs from editor to editor.
    fn indented(&self, text: &str) -> String {
        let (source, lines) = (&self.cx.document.text, &self.cx.document.lines);
        let start = lines.start(lines.line_of(self.span.start as usize));
        let before = source.get(start..self.span.start as usize).unwrap_or_default();
        let indent: String = before.chars().take_while(|c| c.is_whitespace()).collect();
        text.replace('\n', &format!("\n{indent}"))
    }

    /// Whether what is typed is of the letters of a keyboard.
    fn is_latin(&self) -> bool {
        !self.typed.is_empty() && self.typed.is_ascii()
    }

    /// Whether what is typed may mean a word: by its pinyin, or by some of its characters in order.
    fn is_meant(&self, word: &str) -> bool {
        if self.is_latin() {
            return pinyin::means(self.typed, word);
        }
        let mut rest = word.chars();
        self.typed.chars().all(|typed| rest.any(|c| c == typed))
    }

    /// In order, each once; of typed letters only what they may mean.
    fn finish(mut self) -> Vec<Item> {
        let mut seen = BTreeSet::new();
        let (latin, typed) = (self.is_latin(), self.typed);
        let mut items: Vec<Item> = std::mem::take(&mut self.items);
        items.retain(|item| !latin || self.is_meant(&item.filter));
        for item in items.iter_mut().filter(|_| latin) {
            // What is compared is what was typed, for editors know no pinyin.
            item.filter = if self.place.bracketed { format!("「{typed}") } else { typed.to_owned() };
        }
        items.retain(|item| seen.insert((item.label.clone(), item.kind == ItemKind::Snippet)));
        items.sort_by_key(|item| (item.rank, item.kind));
        items
    }
}

/// The words about an item, when it is looked at.
#[must_use]
pub fn words(cx: Context<'_>, source: &Source) -> Option<String> {
    match source {
        Source::Keyword(id) => super::hover::keyword_by_id(cx, id),
        Source::Declared(at) => super::hover::at(cx, *at as usize).map(|(_, text)| text),
        Source::Nowhere => None,
    }
}

/// A document and a source, as the editor keeps them between two requests.
#[must_use]
pub fn data(key: &Key, version: Option<i32>, source: &Source) -> Option<serde_json::Value> {
    let uri = key.uri().as_str().to_owned();
    match source {
        Source::Keyword(id) => Some(serde_json::json!({ "uri": uri, "keyword": id })),
        Source::Declared(at) => Some(serde_json::json!({ "uri": uri, "at": at, "version": version })),
        Source::Nowhere => None,
    }
}

/// The source in what the editor kept; nothing where the text has changed since.
#[must_use]
pub fn source(data: &serde_json::Value, version: Option<i32>) -> Option<Source> {
    if let Some(id) = data.get("keyword").and_then(|id| id.as_str()) {
        return Keyword::by_id(id).map(|k| Source::Keyword(k.id));
    }
    let same = data.get("version")?.as_i64() == version.map(i64::from);
    let at = data.get("at")?.as_u64().and_then(|at| u32::try_from(at).ok());
    at.filter(|_| same).map(Source::Declared)
}
