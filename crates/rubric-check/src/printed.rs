//! `照原文`: deliberate oddities of the source, kept with their reason.
//!
//! Each silences exactly its code at the item it stands on, warnings only; one that silences nothing is
//! reported itself.

use rubric_base::{Diagnostic, FileId, Level, Place, Span};
use rubric_syntax::ast;

use crate::findings::printed;

/// An annotation, and where a finding must stand to be kept by it.
struct Kept<'a> {
    note: &'a ast::AsPrinted,
    /// A clause's head: number, title and points, not its rules.
    head: Span,
    /// The rule it stands on, where it does.
    rule: Option<Span>,
}

impl Kept<'_> {
    /// A note on the head keeps what is said of the head; one on a rule what is said of that rule, and on
    /// `起评` also what is said of the head, for that rule sets what the head's points can come to.
    fn keeps(&self, diagnostic: &Diagnostic) -> bool {
        let here = |span: Span| span.contains(diagnostic.span());
        self.note.code == Some(diagnostic.code) && (here(self.head) || self.rule.is_some_and(here))
    }
}

/// Splits findings into those that stand and those kept as printed. Each note keeps one finding. `complete`: the
/// findings of proofs are among them.
pub(crate) fn apply(
    file: FileId,
    tree: &ast::File,
    diagnostics: Vec<Diagnostic>,
    complete: bool,
) -> (Vec<Diagnostic>, Vec<(Diagnostic, String)>) {
    let mut all = Vec::new();
    for item in &tree.items {
        match item {
            ast::Item::Node(node) => collect(node, &mut all),
            ast::Item::Let(binding) | ast::Item::Output(binding) => {
                let head = binding.at.0;
                all.extend(binding.printed.iter().map(|note| Kept { note, head, rule: None }));
            }
            _ => {}
        }
    }
    let (mut standing, mut silenced) = (Vec::new(), Vec::new());
    let mut needed = vec![false; all.len()];
    for diagnostic in diagnostics {
        let free = all.iter().zip(&mut needed).find(|(kept, needed)| !**needed && kept.keeps(&diagnostic));
        match free {
            Some((kept, needed)) if diagnostic.level != Level::Error => {
                *needed = true;
                silenced.push((diagnostic, kept.note.reason.node.clone()));
            }
            _ => standing.push(diagnostic),
        }
    }
    for (kept, needed) in all.iter().zip(needed) {
        let place = |at: ast::At| Place { file, span: at.0 };
        match kept.note.code {
            None => {
                standing.push(printed::no_such_code(place(kept.note.written.at), &kept.note.written.node))
            }
            Some(code) if code.level() == Level::Error => {
                standing.push(printed::only_warnings(place(kept.note.at), code));
            }
            Some(code) if !needed && (complete || !code.proved()) => {
                standing.push(printed::not_needed(place(kept.note.at), &kept.note.written.node))
            }
            Some(_) => {}
        }
    }
    (standing, silenced)
}

fn collect<'a>(node: &'a ast::Node, all: &mut Vec<Kept<'a>>) {
    let points = node.points.as_ref().map_or(node.head.0, |p| p.at.0);
    let head = node.head.0.to(points);
    all.extend(node.printed.iter().map(|note| Kept { note, head, rule: None }));
    for item in &node.body {
        match item {
            ast::NodeItem::Node(child) => collect(child, all),
            ast::NodeItem::Rule(rule) => {
                let starts = matches!(rule.kind, ast::RuleKind::Start(_));
                let head = if starts { head } else { Span::default() };
                all.extend(rule.printed.iter().map(|note| Kept { note, head, rule: Some(rule.at.0) }));
            }
        }
    }
}
