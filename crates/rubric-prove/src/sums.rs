//! Bounds of a plain sum, where parts that share evidence are taken together.
//!
//! Where the total is nothing but the sum of its clauses (no weights, nothing left out, no rounding or limit on the
//! way that can bind), it is the sum over the groups of evidence of what the clauses of each come to. Groups share no
//! evidence, so that the lowest total is the sum of the lowest of each; of a group of which all cases were tried that
//! is what came out lowest, else the sum of the bounds of its clauses.

use std::collections::BTreeSet;

use rubric_partial::Range;
use rubric_program::{Exact, Node, NodeId, Program, RuleKind};

use crate::trials::Trials;

/// The lowest and the highest total; nothing where it is no plain sum.
pub(crate) fn total(
    program: &Program,
    nodes: &[Option<Range>],
    trials: &Trials<'_>,
) -> Option<(Exact, Exact)> {
    let scored = |id: usize| nodes.get(id).and_then(Option::as_ref);
    if program.nodes.iter().any(|node| node.not_applicable.is_some()) {
        // What is left out, be it always, leaves its points to others.
        return None;
    }
    for (_, node) in program.nodes.iter().enumerate().filter(|(id, _)| scored(*id).is_some()) {
        let parts = node.children.iter().filter(|c| scored(c.0).is_some()).count();
        if !plain(node) || (parts > 0 && !only_adds(node, program)) {
            return None;
        }
    }
    let (mut low, mut high) = (Exact::ZERO, Exact::ZERO);
    let mut taken = BTreeSet::new();
    for group in trials.groups.all.iter().filter(|group| trials.exhausted(group)) {
        let leaves: Vec<NodeId> =
            group.nodes.iter().copied().filter(|id| leaf(program, nodes, *id)).collect();
        if leaves.iter().any(|id| trials.groups.alone(*id).is_err()) {
            continue;
        }
        let sum = |trial: &crate::trials::Trial| -> Option<Exact> {
            leaves.iter().map(|id| trial.outcome.nodes.get(id.0).cloned().flatten()).sum()
        };
        let sums: Vec<Exact> = trials.all.iter().filter_map(sum).collect();
        if let (Some(least), Some(most)) = (sums.iter().min(), sums.iter().max()) {
            (low, high) = (low + least, high + most);
            taken.extend(leaves);
        }
    }
    let others =
        (0..program.nodes.len()).map(NodeId).filter(|id| leaf(program, nodes, *id) && !taken.contains(id));
    for range in others.filter_map(|id| scored(id.0)) {
        (low, high) = (low + &range.low, high + &range.high);
    }
    let rounded = |x: Exact| match program.total.as_ref().and_then(|t| t.rounding.as_ref()) {
        Some((mode, step)) => x.round_to(step, *mode),
        None => x,
    };
    Some((rounded(low), rounded(high)))
}

/// Whether a node is added as it is.
fn plain(node: &Node) -> bool {
    node.weight.is_none() && node.scaled.is_none() && !node.shared
}

/// Whether a section adds up its clauses and does nothing else: they end no lower than nothing, and have no more
/// points than it has.
fn only_adds(node: &Node, program: &Program) -> bool {
    let rules = node.rules.iter().all(|r| matches!(r.kind, RuleKind::Require { .. }));
    let children = || node.children.iter().filter_map(|id| program.nodes.get(id.0));
    let above = children().all(|c| c.floor.as_ref().is_some_and(|f| !f.is_negative()));
    let most: Option<Exact> = children().map(|c| c.ceiling.clone().or(Some(Exact::ZERO))).sum();
    let fits = node.ceiling.as_ref().is_none_or(|c| most.is_some_and(|m| m <= *c));
    rules && above && fits && node.rounding.is_none()
}

fn leaf(program: &Program, nodes: &[Option<Range>], id: NodeId) -> bool {
    let scored = |id: NodeId| nodes.get(id.0).is_some_and(Option::is_some);
    let children = program.nodes.get(id.0).map(|n| n.children.as_slice()).unwrap_or_default();
    scored(id) && !children.iter().any(|c| scored(*c))
}
