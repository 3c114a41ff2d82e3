//! What is worked out, shown beside what is written: points left in a budget, what a clause can come to, the value
//! of named constants.

use std::collections::HashMap;
use std::ops;

use rubric_program::{Exact, ExprKind, Node, NodeId, Program, Type};
use rubric_prove::Range;
use rubric_report::written;
use rubric_syntax::ast;

use super::Context;
use crate::analysis::Meaning;
use crate::describe::Words;

/// Words after a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// After which byte.
    pub at: u32,
    /// What is said.
    pub text: String,
    /// In more words.
    pub tooltip: String,
}

/// The hints within a range of bytes, in order.
#[must_use]
pub fn within(cx: Context<'_>, range: ops::Range<usize>) -> Vec<Hint> {
    let (Some(said), Some(analysis)) = (cx.document.fresh(), &cx.document.analysis) else {
        return Vec::new();
    };
    let program = said.program;
    let numbered = program.nodes.iter().enumerate().map(|(at, node)| (node.number.as_str(), (at, node)));
    let shown = Shown { cx, said, by_number: numbered.collect(), range };
    let mut hints = Vec::new();
    for item in &analysis.parse.file.items {
        match item {
            ast::Item::Node(node) => shown.nodes(node, &mut hints),
            ast::Item::Header(header) => {
                for entry in &header.entries {
                    if let ast::HeaderEntry::Total(quantity, _) = entry {
                        let roots = program.nodes.iter().filter(|n| n.parent.is_none());
                        hints.extend(left(cx, quantity, roots));
                    }
                }
            }
            ast::Item::Let(binding) => hints.extend(constant(cx, program, binding)),
            _ => {}
        }
    }
    hints.retain(|h| shown.range.start <= h.at as usize && h.at as usize <= shown.range.end);
    hints.sort_by_key(|h| h.at);
    hints
}

/// What hints are made of.
struct Shown<'s> {
    cx: Context<'s>,
    said: Meaning<'s>,
    /// By number: which of the nodes, and what it is.
    by_number: HashMap<&'s str, (usize, &'s Node)>,
    range: ops::Range<usize>,
}

impl Shown<'_> {
    fn nodes(&self, tree: &ast::Node, hints: &mut Vec<Hint>) {
        if (tree.at.0.end as usize) < self.range.start || tree.at.0.start as usize > self.range.end {
            return;
        }
        if let (Some((at, node)), Some(points)) =
            (self.by_number.get(tree.number.node.as_str()), &tree.points)
        {
            let inner = node.children.iter().filter_map(|id: &NodeId| self.said.program.nodes.get(id.0));
            if !tree.shared && !node.children.is_empty() {
                hints.extend(left(self.cx, points, inner));
            }
            hints.extend(attainable(self.cx, node, self.said.score(*at), points));
        }
        for item in &tree.body {
            if let ast::NodeItem::Node(inner) = item {
                self.nodes(inner, hints);
            }
        }
    }
}

/// What is left of a budget, or by how much it is exceeded; nothing where it is used up.
fn left<'p>(cx: Context<'_>, budget: &ast::Quantity, parts: impl Iterator<Item = &'p Node>) -> Option<Hint> {
    let parts: Vec<&Node> = parts.filter(|n| !n.kind.outside()).collect();
    // Weighed parts are each out of the whole.
    if parts.is_empty() || parts.iter().any(|n| n.weight.is_some()) {
        return None;
    }
    let sum = parts
        .iter()
        .filter_map(|n| n.scaled.clone().or_else(|| n.points.clone()))
        .fold(Exact::ZERO, |a, b| &a + &b);
    let rest = &Exact::from_decimal(budget.number) - &sum;
    if rest.is_zero() {
        return None;
    }
    let words = |n: &Exact| written::with_unit(n, Some("points"), cx.client.language);
    let (amount, sum) = (words(&rest.abs()), words(&sum));
    let text = if rest.is_negative() {
        cx.say(format!("超出 {amount}"), format!("{amount} too many"))
    } else {
        cx.say(format!("尚余 {amount}"), format!("{amount} left"))
    };
    let tooltip = cx.say(format!("其下各项合计 {sum}"), format!("its parts add up to {sum}"));
    Some(Hint { at: budget.at.0.end, text, tooltip })
}

/// What a clause can come to, where that is not from nothing to its points.
fn attainable(cx: Context<'_>, node: &Node, range: Option<Range>, points: &ast::Quantity) -> Option<Hint> {
    let range = range.filter(|range| !range.low.is_zero() || Some(&range.high) != node.points.as_ref())?;
    let words = Words(cx.client.language);
    let (bounds, reached) = (words.bounds(&range.low, &range.high, Some("points")), words.reached(&range));
    let text = cx.say(format!("可得 {bounds}"), format!("can score {bounds}"));
    let tooltip = cx.say(
        format!("证据不论怎样填，得分都在这个范围内{reached}"),
        format!("whatever the evidence, its score lies within this{reached}"),
    );
    Some(Hint { at: points.at.0.end, text, tooltip })
}

/// The value of a named value that can have only one, unless it is written out.
fn constant(cx: Context<'_>, program: &Program, binding: &ast::Binding) -> Option<Hint> {
    let value = &program.lets.iter().find(|l| l.span == binding.name.at.0)?.value;
    let domain = value.domain.as_ref().filter(|d| d.low == d.high)?;
    if matches!(value.kind, ExprKind::Number(_)) {
        return None;
    }
    let Type::Number(unit) = value.ty else { return None };
    let text = format!("= {}", written::with_unit(&domain.low, unit, cx.client.language));
    Some(Hint { at: binding.at.0.end, text, tooltip: cx.say("总是这个值", "always this value") })
}
