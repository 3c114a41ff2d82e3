//! Where a name is declared, also in an imported rubric; where a path of an import or a calendar leads.

use rubric_base::Span;
use rubric_syntax::ast;

use super::Context;
use crate::names::{Symbol, What};
use crate::uri::Key;

/// The declaration of what stands at an offset.
#[must_use]
pub fn at(cx: Context<'_>, offset: usize) -> Option<(Key, Span)> {
    if let Some(key) = path_at(cx, offset) {
        return Some((key, Span::default()));
    }
    let analysis = cx.document.analysis.as_ref()?;
    let (_, symbol) = analysis.names().at(offset)?;
    declaration(cx, symbol)
}

/// Where a symbol of the document is declared.
#[must_use]
pub fn declaration(cx: Context<'_>, symbol: &Symbol) -> Option<(Key, Span)> {
    let names = cx.document.analysis.as_ref()?.names();
    if let Symbol::Imported(import, what) = symbol {
        let key = file_of(cx, import)?;
        let theirs = cx.world.get(&key)?.analysis.as_ref()?.names();
        let span = inside(what).iter().find_map(|s| theirs.declaration(s))?;
        return Some((key, span));
    }
    Some((cx.document.key.clone(), names.declaration(symbol)?))
}

/// What something of an imported rubric may be in that rubric, the first that there is.
#[must_use]
pub fn inside(what: &What) -> Vec<Symbol> {
    match what {
        What::Named(name) => vec![Symbol::Node(name.clone()), Symbol::Output(name.clone())],
        What::Grade(name) => vec![Symbol::Grade(name.clone())],
    }
}

/// The document of an import, by its name here.
#[must_use]
pub fn file_of(cx: Context<'_>, import: &str) -> Option<Key> {
    let items = &cx.document.analysis.as_ref()?.parse.file.items;
    let path = items.iter().find_map(|item| match item {
        ast::Item::Import(i) if i.name.node == import => Some(&i.path.node),
        _ => None,
    })?;
    Some(resolve(&cx.document.key, path))
}

/// Where a path written in a document leads.
#[must_use]
pub fn resolve(from: &Key, written: &str) -> Key {
    let folder = from.path().parent().unwrap_or_else(|| std::path::Path::new("."));
    Key::of_path(&folder.join(written))
}

/// Every path written in a document, with its place.
pub fn paths<'s>(cx: Context<'s>) -> impl Iterator<Item = &'s ast::Quoted> {
    let items = cx.document.analysis.as_ref().map(|a| a.parse.file.items.as_slice()).unwrap_or_default();
    items.iter().filter_map(|item| match item {
        ast::Item::Import(import) => Some(&import.path),
        ast::Item::Calendar(calendar) => calendar.path.as_ref(),
        _ => None,
    })
}

fn path_at(cx: Context<'_>, offset: usize) -> Option<Key> {
    let at = u32::try_from(offset).ok()?;
    let path = paths(cx).find(|p| p.at.0.start <= at && at <= p.at.0.end)?;
    Some(resolve(&cx.document.key, &path.node)).filter(|key| cx.document.uses.contains(key))
}
