//! Numbers sections and clauses anew, in the order in which they stand; every place that names one follows, also
//! in rubrics that import this one.

use std::collections::BTreeMap;

use rubric_base::Span;
use rubric_syntax::ast;

use super::{Action, ActionKind, Change, Edits, Later};
use crate::features::Context;
use crate::features::references::{Home, all as places};
use crate::names::Symbol;
use crate::to_proto::Edit;
use crate::uri::Key;

/// Offered where a number stands that is not the one of its place.
pub(super) fn all(cx: Context<'_>, span: Span) -> Option<Action> {
    let nodes = roots(cx);
    if !nodes.iter().any(|node| on_a_number(node, span)) {
        return None;
    }
    let new = numbers(&nodes);
    // Two clauses of one number cannot be told apart.
    let mut seen: Vec<&String> = new.iter().map(|(old, _)| old).collect();
    seen.sort();
    seen.dedup();
    if new.iter().all(|(old, new)| old == new) || seen.len() != new.len() {
        return None;
    }
    let title = cx.say("按先后重新编号", "number the clauses in order");
    Some(Action { title, kind: ActionKind::Rewrite, mends: None, change: Change::Later(Later::Renumber) })
}

/// Every place of every number that changes; rubrics that may import this one must be known.
pub(super) fn edits(cx: Context<'_>) -> Edits {
    let mut edits: BTreeMap<Key, Vec<Edit>> = BTreeMap::new();
    for (old, new) in numbers(&roots(cx)).iter().filter(|(old, new)| old != new) {
        let home = Home { key: cx.document.key.clone(), symbol: Symbol::Node(old.clone()) };
        for (key, mentions) in places(cx.world, &home) {
            let Some(document) = cx.world.get(&key) else { continue };
            let edit = |span: Span| {
                let bracketed = span.of(&document.text).starts_with('「');
                Edit::new(span, if bracketed { format!("「{new}」") } else { new.clone() })
            };
            edits.entry(key.clone()).or_default().extend(mentions.iter().map(|m| edit(m.span)));
        }
    }
    edits.values_mut().for_each(|list| list.sort_by_key(|e| e.span));
    edits.into_iter().collect()
}

fn roots(cx: Context<'_>) -> Vec<&ast::Node> {
    let items = cx.document.analysis.as_ref().map(|a| a.parse.file.items.as_slice()).unwrap_or_default();
    items.iter().filter_map(|i| if let ast::Item::Node(n) = i { Some(n) } else { None }).collect()
}

/// Every number with the one of its place.
fn numbers(nodes: &[&ast::Node]) -> Vec<(String, String)> {
    let mut new = Vec::new();
    number(nodes, "", &mut new);
    new
}

fn on_a_number(node: &ast::Node, span: Span) -> bool {
    let at = node.number.at.0;
    (at.start <= span.end && span.start <= at.end)
        || node.body.iter().any(|i| if let ast::NodeItem::Node(n) = i { on_a_number(n, span) } else { false })
}

fn number(nodes: &[&ast::Node], above: &str, new: &mut Vec<(String, String)>) {
    for (i, node) in nodes.iter().enumerate() {
        let own = if above.is_empty() { (i + 1).to_string() } else { format!("{above}.{}", i + 1) };
        let inner: Vec<&ast::Node> = node
            .body
            .iter()
            .filter_map(|i| if let ast::NodeItem::Node(n) = i { Some(n) } else { None })
            .collect();
        new.push((node.number.node.clone(), own.clone()));
        number(&inner, &own, new);
    }
}
