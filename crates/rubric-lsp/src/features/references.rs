//! Every place of a name, in the rubric that declares it and in those that import it.

use std::collections::BTreeMap;

use rubric_base::Span;
use rubric_syntax::ast;

use super::{Context, definition};
use crate::document::Document;
use crate::names::{Mention, Symbol, What};
use crate::uri::Key;
use crate::world::World;

/// A symbol with the document that declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The document.
    pub key: Key,
    /// What it is there.
    pub symbol: Symbol,
}

/// What stands at an offset, at home; with the span of the name.
#[must_use]
pub fn home(cx: Context<'_>, offset: usize) -> Option<(Span, Home)> {
    let (mention, symbol) = cx.document.analysis.as_ref()?.names().at(offset)?;
    let Symbol::Imported(import, what) = symbol else {
        return Some((mention.span, Home { key: cx.document.key.clone(), symbol: symbol.clone() }));
    };
    let key = definition::file_of(cx, import)?;
    let theirs = cx.world.get(&key)?.analysis.as_ref()?.names();
    let found = definition::inside(what).into_iter().find(|s| theirs.declaration(s).is_some())?;
    Some((mention.span, Home { key, symbol: found }))
}

/// Every place of a symbol, by document. All rubrics that may import its home must be known.
#[must_use]
pub fn all(world: &World, home: &Home) -> BTreeMap<Key, Vec<Mention>> {
    let mut found = BTreeMap::new();
    let Some(document) = world.get(&home.key) else { return found };
    found.insert(home.key.clone(), places(document, &home.symbol));
    let what = match &home.symbol {
        Symbol::Node(name) | Symbol::Output(name) => What::Named(name.clone()),
        Symbol::Grade(name) => What::Grade(name.clone()),
        _ => return found,
    };
    for importer in world.iter().filter(|d| d.uses.contains(&home.key)) {
        let mentions: Vec<Mention> = imports_of(importer, &home.key)
            .flat_map(|name| places(importer, &Symbol::Imported(name.to_owned(), what.clone())))
            .collect();
        if !mentions.is_empty() {
            found.entry(importer.key.clone()).or_insert(mentions);
        }
    }
    found
}

/// Whether others may name it.
#[must_use]
pub const fn is_public(symbol: &Symbol) -> bool {
    matches!(symbol, Symbol::Node(_) | Symbol::Output(_) | Symbol::Grade(_))
}

fn places(document: &Document, symbol: &Symbol) -> Vec<Mention> {
    document.analysis.as_ref().map(|a| a.names().places(symbol).copied().collect()).unwrap_or_default()
}

/// The names under which a document imports another.
fn imports_of<'d>(document: &'d Document, key: &Key) -> impl Iterator<Item = &'d str> {
    let items = document.analysis.as_ref().map(|a| a.parse.file.items.as_slice()).unwrap_or_default();
    items.iter().filter_map(move |item| match item {
        ast::Item::Import(i) if definition::resolve(&document.key, &i.path.node) == *key => {
            Some(i.name.node.as_str())
        }
        _ => None,
    })
}
