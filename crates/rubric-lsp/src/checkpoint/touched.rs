//! What of a tree was edited since the whole was last checked.

use std::ops::Range;

use rubric_base::Span;
use rubric_syntax::ast;

use crate::features::symbols::span_of;

/// A place that was edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Touched {
    /// What means nothing: between the parts of a block or of the text, where only space, comments and what cannot be
    /// read stand.
    Nothing(Span),
    /// The rules of a clause, which holds no others: its number and its whole.
    Clause(String, Span),
    /// A declaration of evidence: its name and its whole.
    Field(String, Span),
    /// Anything else.
    More,
}

/// What stands at each of some ranges.
pub(super) fn at(tree: &ast::File, text: &str, ranges: &[Range<usize>]) -> Vec<Touched> {
    ranges.iter().map(|range| one(tree, text, range)).collect()
}

fn one(tree: &ast::File, text: &str, range: &Range<usize>) -> Touched {
    let here = Span::new(range.start, range.end);
    for item in &tree.items {
        match item {
            ast::Item::Node(node) if cuts(node.at.0, here) => return in_node(node, text, here),
            ast::Item::Evidence(fields) => {
                if let Some(touched) = in_fields(fields, here) {
                    return touched;
                }
            }
            _ => {}
        }
    }
    let others = tree.items.iter().filter(|item| !matches!(item, ast::Item::Node(_)));
    if others.filter_map(span_of).any(|span| touches(span, here)) {
        return Touched::More;
    }
    Touched::Nothing(here)
}

/// Whether an edit may have changed what stands there; one at its very end may have.
fn touches(span: Span, edit: Span) -> bool {
    span.start <= edit.end && edit.start <= span.end
}

/// Whether an edit changed what stands there, where braces say how far that goes.
fn cuts(span: Span, edit: Span) -> bool {
    span.start < edit.end && edit.start < span.end
}

/// Whether an edit stands within, so that what is around was not touched.
fn holds(span: Span, edit: Span) -> bool {
    span.start < edit.start && edit.end < span.end
}

fn in_node(node: &ast::Node, text: &str, here: Span) -> Touched {
    let Some(body) = body(node, text).filter(|body| holds(*body, here)) else { return Touched::More };
    let mut leaf = true;
    for part in &node.body {
        match part {
            ast::NodeItem::Node(inner) if cuts(inner.at.0, here) => return in_node(inner, text, here),
            ast::NodeItem::Node(_) => leaf = false,
            ast::NodeItem::Rule(_) => {}
        }
    }
    let rule = |part: &ast::NodeItem| matches!(part, ast::NodeItem::Rule(rule) if touches(rule.at.0, here));
    match (leaf, node.body.iter().any(rule)) {
        (true, _) => Touched::Clause(node.number.node.clone(), node.at.0),
        (false, false) if body.is_empty() => Touched::More,
        (false, false) => Touched::Nothing(here),
        (false, true) => Touched::More,
    }
}

/// From the brace that opens a node to the one that closes it.
fn body(node: &ast::Node, text: &str) -> Option<Span> {
    let head = [
        node.points.as_ref().map(|p| p.at.0.end),
        node.cap.as_ref().map(|c| c.at.0.end),
        node.rounded.as_ref().map(|r| r.step.at.0.end),
        node.scaled.as_ref().map(|s| s.at.0.end),
        node.weight.as_ref().map(|w| w.at.0.end),
        node.printed.last().map(|p| p.at.0.end),
    ];
    let head = head.into_iter().flatten().fold(node.head.0.end, u32::max);
    let rest = text.get(head as usize..node.at.0.end as usize)?;
    let open = rest.find(['{', '｛'])?;
    rest.ends_with(['}', '｝'])
        .then(|| Span { start: head + Span::new(open, open).start, end: node.at.0.end })
}

fn in_fields(fields: &[ast::FieldItem], here: Span) -> Option<Touched> {
    for field in fields {
        match field {
            ast::FieldItem::Field(field) if touches(field.at.0, here) => {
                // An edit of the name leaves another shape.
                return Some(Touched::Field(field.name.node.clone(), field.at.0));
            }
            ast::FieldItem::GradedOnly(inner, at) if touches(at.0, here) => {
                return in_fields(inner, here).or(Some(Touched::More));
            }
            ast::FieldItem::Verify(verify) if touches(verify.at.0, here) => return Some(Touched::More),
            ast::FieldItem::Computed(binding) if touches(binding.at.0, here) => return Some(Touched::More),
            _ => {}
        }
    }
    None
}
