//! What a value is made of, and what is made of it: named values, outputs and clauses.

use std::collections::BTreeMap;

use rubric_base::Span;
use rubric_syntax::ast;

use super::Context;
use crate::document::Document;
use crate::names::Symbol;

/// A value that others are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What it is.
    pub symbol: Symbol,
    /// All of it.
    pub whole: Span,
    /// Its name.
    pub at: Span,
}

/// The value named at an offset.
#[must_use]
pub fn at(cx: Context<'_>, offset: usize) -> Option<Value> {
    let (_, symbol) = cx.document.analysis.as_ref()?.names().at(offset)?;
    value(cx.document, symbol)
}

/// A value by its symbol; evidence is one too, made of nothing.
#[must_use]
pub fn value(document: &Document, symbol: &Symbol) -> Option<Value> {
    let analysis = document.analysis.as_ref()?;
    let at = analysis.names().declaration(symbol)?;
    let whole = match symbol {
        Symbol::Let(_) | Symbol::Output(_) | Symbol::Node(_) => {
            wholes(&analysis.parse.file).into_iter().find(|(s, _)| s == symbol)?.1
        }
        Symbol::Evidence(_) => at,
        _ => return None,
    };
    Some(Value { symbol: symbol.clone(), whole, at })
}

/// What uses a value, with the places where it does.
#[must_use]
pub fn incoming(document: &Document, symbol: &Symbol) -> Vec<(Value, Vec<Span>)> {
    let Some(analysis) = &document.analysis else { return Vec::new() };
    let wholes = wholes(&analysis.parse.file);
    let uses = analysis.names().places(symbol).filter(|m| !m.declares).map(|m| m.span);
    let mut found: BTreeMap<Symbol, Vec<Span>> = BTreeMap::new();
    for span in uses {
        // The innermost of what it stands in.
        let around =
            wholes.iter().filter(|(_, whole)| whole.contains(span)).min_by_key(|(_, w)| w.end - w.start);
        if let Some((user, _)) = around.filter(|(user, _)| user != symbol) {
            found.entry(user.clone()).or_default().push(span);
        }
    }
    let mut found: Vec<_> =
        found.into_iter().filter_map(|(s, spans)| Some((value(document, &s)?, spans))).collect();
    found.sort_by_key(|(value, _)| value.at);
    found
}

/// What a value uses, with the places where it does.
#[must_use]
pub fn outgoing(document: &Document, symbol: &Symbol) -> Vec<(Value, Vec<Span>)> {
    let Some(analysis) = &document.analysis else { return Vec::new() };
    let Some(of) = value(document, symbol) else { return Vec::new() };
    let names = analysis.names();
    let mut found: BTreeMap<Symbol, Vec<Span>> = BTreeMap::new();
    for mention in names.all().iter().filter(|m| !m.declares && of.whole.contains(m.span)) {
        if let Some(used) = names.symbol(mention) {
            found.entry(used.clone()).or_default().push(mention.span);
        }
    }
    let mut found: Vec<_> =
        found.into_iter().filter_map(|(s, spans)| Some((value(document, &s)?, spans))).collect();
    found.sort_by_key(|(value, _)| value.at);
    found
}

/// Everything that is worked out, with all of it.
fn wholes(file: &ast::File) -> Vec<(Symbol, Span)> {
    fn node(tree: &ast::Node, found: &mut Vec<(Symbol, Span)>) {
        found.push((Symbol::Node(tree.number.node.clone()), tree.at.0));
        for item in &tree.body {
            if let ast::NodeItem::Node(inner) = item {
                node(inner, found);
            }
        }
    }
    let mut found = Vec::new();
    for item in &file.items {
        match item {
            ast::Item::Let(b) => found.push((Symbol::Let(b.name.node.clone()), b.at.0)),
            ast::Item::Output(b) => found.push((Symbol::Output(b.name.node.clone()), b.at.0)),
            ast::Item::Node(tree) => node(tree, &mut found),
            _ => {}
        }
    }
    found
}
