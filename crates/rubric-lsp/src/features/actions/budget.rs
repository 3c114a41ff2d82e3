//! Points of a whole and of its parts: the whole made what its parts come to, or spread over them.

use rubric_base::Span;
use rubric_program::Exact;
use rubric_report::written;
use rubric_syntax::ast;
use rust_decimal::Decimal;

use super::{Action, ActionKind};
use crate::features::Context;
use crate::to_proto::Edit;

pub(super) fn at(cx: Context<'_>, span: Span) -> Vec<Action> {
    let Some(analysis) = &cx.document.analysis else { return Vec::new() };
    let items = &analysis.parse.file.items;
    let mut actions = Vec::new();
    for item in items {
        match item {
            ast::Item::Node(node) => node_at(cx, node, span, &mut actions),
            ast::Item::Header(header) if header.at.0.contains(span) => {
                let roots: Vec<&ast::Node> = items
                    .iter()
                    .filter_map(|i| if let ast::Item::Node(n) = i { Some(n) } else { None })
                    .collect();
                for entry in &header.entries {
                    if let ast::HeaderEntry::Total(points, _) = entry {
                        actions.extend(collect(cx, points, &roots));
                    }
                }
            }
            _ => {}
        }
    }
    actions
}

fn node_at(cx: Context<'_>, node: &ast::Node, span: Span, actions: &mut Vec<Action>) {
    if !node.at.0.contains(span) {
        return;
    }
    let inner: Vec<&ast::Node> = node
        .body
        .iter()
        .filter_map(|i| if let ast::NodeItem::Node(n) = i { Some(n) } else { None })
        .collect();
    // Of sections in sections the innermost is meant.
    if let Some(deeper) = inner.iter().find(|n| n.at.0.contains(span) && n.kind == ast::NodeKind::Section) {
        return node_at(cx, deeper, span, actions);
    }
    if let (Some(points), false) = (&node.points, node.shared) {
        actions.extend(collect(cx, points, &inner));
        actions.extend(spread(cx, points, &inner));
    }
}

fn counted<'t>(parts: &[&'t ast::Node]) -> Option<Vec<&'t ast::Node>> {
    let inside = |n: &&&ast::Node| matches!(n.kind, ast::NodeKind::Section | ast::NodeKind::Clause);
    let parts: Vec<&ast::Node> = parts.iter().filter(inside).copied().collect();
    (!parts.is_empty() && parts.iter().all(|n| n.weight.is_none() && n.scaled.is_none())).then_some(parts)
}

/// The whole becomes the sum of its parts.
fn collect(cx: Context<'_>, whole: &ast::Quantity, parts: &[&ast::Node]) -> Option<Action> {
    let parts = counted(parts)?;
    let points: Vec<Decimal> = parts.iter().filter_map(|n| n.points.as_ref()).map(|q| q.number).collect();
    let sum = points.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(*n))?;
    if points.len() != parts.len() || sum == whole.number {
        return None;
    }
    let text = points_text(cx, sum);
    let title = cx.say(format!("分值改为其下合计 {text}"), format!("make it the sum of its parts, {text}"));
    Some(Action::here(cx, title, ActionKind::Rewrite, vec![Edit::new(whole.at.0, text)]))
}

/// The points of the whole are spread evenly over its parts, in steps of a tenth of a point; the first take what is left.
fn spread(cx: Context<'_>, whole: &ast::Quantity, parts: &[&ast::Node]) -> Option<Action> {
    let parts = counted(parts)?;
    let points: Vec<&ast::Quantity> = parts.iter().filter_map(|n| n.points.as_ref()).collect();
    if points.len() != parts.len() {
        return None;
    }
    let step =
        if whole.number.scale() <= 1 { Decimal::new(1, 1) } else { Decimal::new(1, whole.number.scale()) };
    let number = Decimal::from(points.len());
    let even = (whole.number / number / step).floor() * step;
    let mut rest = whole.number - even * number;
    let mut edits = Vec::new();
    for quantity in points {
        let mut share = even;
        if rest >= step {
            share += step;
            rest -= step;
        }
        if share != quantity.number {
            edits.push(Edit::new(quantity.at.0, points_text(cx, share)));
        }
    }
    if edits.is_empty() || even.is_zero() {
        return None;
    }
    let text = points_text(cx, whole.number);
    let title = cx.say(format!("把 {text} 平均分给其下各项"), format!("spread {text} evenly over its parts"));
    Some(Action::here(cx, title, ActionKind::Rewrite, edits))
}

fn points_text(cx: Context<'_>, points: Decimal) -> String {
    written::with_unit(&Exact::from_decimal(points), Some("points"), cx.document.language())
}
