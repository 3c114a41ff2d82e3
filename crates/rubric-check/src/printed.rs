//! `照原文`: deliberate oddities of the source, kept with their reason.
//!
//! Each silences exactly its code at the item it stands on, warnings only; one that silences nothing is
//! reported itself.

use rubric_base::{Diagnostic, FileId, Level, Place, Span};
use rubric_syntax::ast;

use crate::findings::printed;

/// An annotation and the item it stands on.
struct Kept<'a> {
    note: &'a ast::AsPrinted,
    over: Span,
    /// A clause's head covers the clause alone, not what stands in the clauses within it.
    within: Vec<Span>,
}

/// Splits findings into those that stand and those kept as printed.
pub(crate) fn apply(
    file: FileId,
    tree: &ast::File,
    diagnostics: Vec<Diagnostic>,
) -> (Vec<Diagnostic>, Vec<(Diagnostic, String)>) {
    let mut all = Vec::new();
    for item in &tree.items {
        if let ast::Item::Node(node) = item {
            collect(node, &mut all);
        }
    }
    let mut needed = vec![false; all.len()];
    let (mut standing, mut silenced) = (Vec::new(), Vec::new());
    for diagnostic in diagnostics {
        let found = all.iter().position(|k| {
            k.note.code == Some(diagnostic.code)
                && k.over.contains(diagnostic.span())
                && !k.within.iter().any(|w| w.contains(diagnostic.span()))
        });
        match found.and_then(|i| all.get(i).map(|k| (i, k))) {
            Some((i, kept)) => {
                if let Some(n) = needed.get_mut(i) {
                    *n = true;
                }
                if diagnostic.level == Level::Error {
                    standing
                        .push(printed::only_warnings(Place { file, span: kept.note.at.0 }, diagnostic.code));
                    standing.push(diagnostic);
                } else {
                    silenced.push((diagnostic, kept.note.reason.node.clone()));
                }
            }
            None => standing.push(diagnostic),
        }
    }
    for (kept, needed) in all.iter().zip(needed) {
        if !needed {
            standing.push(printed::not_needed(Place { file, span: kept.note.at.0 }, &kept.note.written.node));
        }
    }
    (standing, silenced)
}

fn collect<'a>(node: &'a ast::Node, all: &mut Vec<Kept<'a>>) {
    let inner = |item: &ast::NodeItem| if let ast::NodeItem::Node(n) = item { Some(n.at.0) } else { None };
    let within: Vec<Span> = node.body.iter().filter_map(inner).collect();
    let mut add = |note: &'a ast::AsPrinted| all.push(Kept { note, over: node.at.0, within: within.clone() });
    node.printed.iter().for_each(&mut add);
    for item in &node.body {
        // A note on a rule also keeps what is said of its clause: `起评` explains the points of the head.
        if let ast::NodeItem::Rule(rule) = item {
            rule.printed.iter().for_each(&mut add);
        }
    }
    for item in &node.body {
        if let ast::NodeItem::Node(child) = item {
            collect(child, all);
        }
    }
}
