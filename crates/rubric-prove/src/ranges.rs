//! Attainable scores: the lowest and the highest that declared evidence allows.
//!
//! The bounds come from interval arithmetic and hold for all evidence. A range is exact where one of these arguments
//! holds:
//!
//! 1. The evaluator gave both ends in a trial. That is a proof by example.
//! 2. All cases of the only evidence that a clause depends on were tried: what came out lowest and highest is lowest
//!    and highest, for there is no other case. Of a small rubric all cases of everything are tried.
//!
//! The first is asked of everything; the second makes the bounds narrower where evidence that is read twice cannot be
//! at both of its ends at once. The bounds of the total become narrower too: see [`crate::sums`].

use std::collections::BTreeSet;

use rubric_base::Span;
use rubric_partial::{Attainable, OpenValue, Possible, Range, Values};
use rubric_program::{Exact, NodeId, Program, Rule, RuleId, Value};

use crate::sums;
use crate::trials::Trials;

/// What a rule can do to the score of its clause, under its own cap and before the limits of the clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRange {
    /// The section or clause.
    pub node: NodeId,
    /// The rule.
    pub rule: RuleId,
    /// Where it stands.
    pub span: Span,
    /// Signed points.
    pub points: Range,
    /// It can end the clause at nothing.
    pub nothing: bool,
    /// It can end the clause at its full points.
    pub full: bool,
}

/// Ranges of one unit, its place free.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranges {
    /// In written order, the members of a group of rules each by itself.
    pub rules: Vec<RuleRange>,
    /// By node, where it has a score.
    pub nodes: Vec<Option<Range>>,
    /// By node, where it has requirements: whether they can be met.
    pub requirements: Vec<Option<Possible<bool>>>,
    /// The total, where the rubric gives points.
    pub total: Option<Range>,
    /// The grades that can be given, where the rubric has any.
    pub grades: Option<Possible<String>>,
    /// In written order.
    pub outputs: Vec<Option<OpenValue>>,
}

pub(crate) fn of(program: &Program, bounds: &Attainable<'_>, trials: &Trials<'_>) -> Ranges {
    let ids = (0..program.nodes.len()).map(NodeId);
    let all = trials.everything(program);
    let nodes: Vec<Option<Range>> = ids.clone().map(|id| node(program, bounds, trials, id)).collect();
    let totals = || trials.all.iter().filter_map(|t| t.outcome.total.clone());
    let total = |bounds: (Exact, Exact)| {
        let sum = sums::total(program, &nodes, trials);
        let (low, high) = sum.map_or(bounds.clone(), |(l, h)| (bounds.0.max(l), bounds.1.min(h)));
        reached((low, high), totals(), all)
    };
    Ranges {
        rules: rules(bounds, trials, all),
        requirements: ids.map(|id| requirement(bounds, trials, id, all)).collect(),
        total: bounds.total().map(total),
        grades: bounds.grades().map(|names| grades(program, &names, trials, all)),
        outputs: (0..program.outputs.len()).map(|o| output(bounds, trials, o, all)).collect(),
        nodes,
    }
}

/// A range that is exact where both of its ends are among the values; where these are all there can be, it is theirs.
fn reached((low, high): (Exact, Exact), values: impl Iterator<Item = Exact>, all: bool) -> Range {
    let mut seen: Option<(Exact, Exact)> = None;
    for value in values {
        seen = Some(match seen {
            None => (value.clone(), value),
            Some((least, most)) => (least.min(value.clone()), most.max(value)),
        });
    }
    match seen {
        Some((low, high)) if all => Range { low, high, exact: true },
        Some((least, most)) => Range { exact: least == low && most == high, low, high },
        None => Range { exact: low == high, low, high },
    }
}

fn node(program: &Program, bounds: &Attainable<'_>, trials: &Trials<'_>, id: NodeId) -> Option<Range> {
    let scores = || trials.all.iter().filter_map(|t| t.outcome.nodes.get(id.0)?.clone());
    let leaf =
        program.nodes.get(id.0).is_some_and(|n| n.children.is_empty() && always_there(program, n.parent));
    let all_tried = match trials.groups.alone(id) {
        Ok(Some(group)) => trials.exhausted(group),
        Ok(None) => true,
        Err(()) => false,
    };
    let all = trials.everything(program) || (leaf && all_tried);
    Some(reached(bounds.score(id)?, scores(), all))
}

/// Whether nothing that a node stands in may be left out: else some of its own cases may not have been scored.
fn always_there(program: &Program, mut parent: Option<NodeId>) -> bool {
    while let Some(node) = parent.and_then(|id| program.nodes.get(id.0)) {
        if node.not_applicable.is_some() {
            return false;
        }
        parent = node.parent;
    }
    true
}

fn requirement(
    bounds: &Attainable<'_>,
    trials: &Trials<'_>,
    id: NodeId,
    all: bool,
) -> Option<Possible<bool>> {
    let (yes, no) = bounds.requirements(id)?;
    let seen: BTreeSet<bool> = trials.all.iter().filter_map(|t| *t.outcome.requirements.get(id.0)?).collect();
    Some(possible([yes.then_some(true), no.then_some(false)].into_iter().flatten(), &seen, all))
}

fn possible<T: Ord>(values: impl Iterator<Item = T>, seen: &BTreeSet<T>, all: bool) -> Possible<T> {
    let values: Vec<T> = values.filter(|value| !all || seen.contains(value)).collect();
    Possible { exact: values.iter().all(|v| seen.contains(v)), values }
}

fn grades(program: &Program, names: &BTreeSet<String>, trials: &Trials<'_>, all: bool) -> Possible<String> {
    let seen: BTreeSet<String> = trials.all.iter().filter_map(|t| t.outcome.grade.clone()).collect();
    let declared = program.grades.iter().flat_map(|g| &g.names).map(|g| g.name.clone());
    possible(declared.filter(|name| names.contains(name)), &seen, all)
}

fn output(bounds: &Attainable<'_>, trials: &Trials<'_>, output: usize, all: bool) -> Option<OpenValue> {
    let seen = || trials.all.iter().filter_map(|t| t.outcome.outputs.get(output)?.as_ref());
    Some(match bounds.output(output) {
        Values::Numbers(low, high) => {
            let numbers =
                seen().filter_map(|v| if let Value::Number(n) = v { Some(n.clone()) } else { None });
            OpenValue::Number(reached((low, high), numbers, all))
        }
        Values::Flags { yes, no } => {
            let flags = seen().filter_map(|v| if let Value::Flag(b) = v { Some(*b) } else { None }).collect();
            OpenValue::Flag(possible(
                [yes.then_some(true), no.then_some(false)].into_iter().flatten(),
                &flags,
                all,
            ))
        }
        Values::Texts(texts) => {
            let found =
                seen().filter_map(|v| if let Value::Text(t) = v { Some(t.clone()) } else { None }).collect();
            OpenValue::Text(possible(texts.into_iter(), &found, all))
        }
        Values::AnyText => OpenValue::AnyText,
        Values::Nothing => return None,
    })
}

fn rules(bounds: &Attainable<'_>, trials: &Trials<'_>, all: bool) -> Vec<RuleRange> {
    let one = |(node, rule, probe): &(NodeId, &Rule, NodeId)| {
        let moves = bounds.rule(rule)?;
        let seen = trials.all.iter().filter_map(|t| t.outcome.nodes.get(probe.0)?.clone());
        Some(RuleRange {
            node: *node,
            rule: rule.id,
            span: rule.span,
            points: reached((moves.low, moves.high), seen, all),
            nothing: moves.nothing,
            full: moves.full,
        })
    };
    trials.probes.iter().filter_map(one).collect()
}
