//! The score of a node, worked out without a ledger, and whether its requirements are met.

use rubric_program::{Exact, Expr, ExprKind, Node, NodeId, RuleId, RuleKind};

use crate::applies::shares;
use crate::expression::Scope;
use crate::outcome::{Fault, FaultKind};
use crate::rules::{Verdict, net};
use crate::state::slot;
use crate::stop::{Eval, EvalError, Gap, MISSING, Stop, settle};

/// Where a node starts, not counting children.
pub(crate) fn start(scope: Scope<'_, '_>, node: &Node) -> Eval<Exact> {
    if node.shared {
        return Ok(node.points.clone().unwrap_or(Exact::ZERO));
    }
    if scored_children(scope, node).next().is_some() {
        return Ok(Exact::ZERO);
    }
    match (&node.start, &node.points) {
        (Some(start), _) => scope.number(start),
        (None, Some(points)) if node.start_full => Ok(points.clone()),
        _ => Ok(Exact::ZERO),
    }
}

/// The children that have scores.
pub(crate) fn scored_children<'s>(scope: Scope<'s, '_>, node: &'s Node) -> impl Iterator<Item = NodeId> + 's {
    node.children.iter().copied().filter(move |child| scope.state.scored(*child))
}

/// Where a verdict sets the score.
pub(crate) fn target(node: &Node, verdict: Verdict, start: &Exact) -> Exact {
    match verdict {
        Verdict::Nothing => node.floor.clone().unwrap_or(Exact::ZERO),
        Verdict::Full => {
            node.ceiling.clone().or_else(|| node.points.clone()).unwrap_or_else(|| start.clone())
        }
    }
}

/// The score: start, children and capped effects added up, then clamped once.
pub(crate) fn score(scope: Scope<'_, '_>, node: &Node, fired: &mut Vec<RuleId>) -> Eval<Exact> {
    let start = start(scope, node);
    let mut sum = start.clone();
    let mut verdict = None;
    add(&mut sum, children(scope, node))?;
    for rule in &node.rules {
        let net = net(scope, rule, fired);
        if let Ok(net) = &net {
            verdict = verdict.max(net.verdict);
        }
        add(&mut sum, net.map(|n| n.points))?;
    }
    // Ending at nothing wins over everything, so that what is not known elsewhere does not matter; full
    // points may still lose to a rule that is not known yet.
    match (verdict, sum) {
        (Some(Verdict::Nothing), _) => start.map(|s| target(node, Verdict::Nothing, &s)),
        (Some(Verdict::Full), Ok(_)) => start.map(|s| target(node, Verdict::Full, &s)),
        (_, Err(stop)) => Err(stop),
        (None, Ok(sum)) => Ok(rounded(clamp(sum, node), node)),
    }
}

/// As the node's head says.
pub(crate) fn rounded(score: Exact, node: &Node) -> Exact {
    node.rounding.as_ref().map_or(score.clone(), |(mode, step)| score.round_to(step, *mode))
}

/// What the children come to, each with its share.
fn children(scope: Scope<'_, '_>, node: &Node) -> Eval<Exact> {
    weighed(scope, &scored_children(scope, node).collect::<Vec<_>>())
}

fn weighed(scope: Scope<'_, '_>, nodes: &[NodeId]) -> Eval<Exact> {
    let mut sum = Ok(Exact::ZERO);
    for (id, share) in shares(scope, nodes)? {
        add(&mut sum, slot(&scope.state.nodes, id.0, scope.unit).map(|score| score * share))?;
    }
    sum
}

/// Within the node's limits.
fn clamp(sum: Exact, node: &Node) -> Exact {
    let sum = node.ceiling.as_ref().map_or(sum.clone(), |c| sum.min(c.clone()));
    node.floor.as_ref().map_or(sum.clone(), |f| sum.max(f.clone()))
}

/// Adds what is known; a gap makes the sum a gap, a failure ends it.
fn add(sum: &mut Eval<Exact>, part: Eval<Exact>) -> Eval<()> {
    match (&*sum, part) {
        (_, Err(Stop::Error(error))) => return Err(Stop::Error(error)),
        (Ok(so_far), Ok(points)) => *sum = Ok(so_far + &points),
        (Ok(_), Err(gap)) => *sum = Err(gap),
        (Err(_), _) => {}
    }
    Ok(())
}

/// Whether all requirements of a node are met. One that is not decides, whatever is missing for the others.
pub(crate) fn requirements(
    scope: Scope<'_, '_>,
    node: &Node,
    fired: &mut Vec<RuleId>,
) -> Result<Result<bool, Gap>, EvalError> {
    let mut result = None;
    for rule in &node.rules {
        let RuleKind::Require { condition, advice, .. } = &rule.kind else { continue };
        let met = met(scope, condition)?;
        if met == Some(false) {
            fired.push(rule.id);
        }
        if !advice {
            result = Some(match (result, met) {
                (Some(Some(false)), _) | (_, Some(false)) => Some(false),
                (Some(None), _) | (_, None) => None,
                _ => Some(true),
            });
        }
    }
    Ok(result.flatten().ok_or(Gap::Missing))
}

/// A requirement on what was left out is not met. That holds for the whole and for each part of an `And`;
/// deeper, under `Or` and `Not`, the rest may decide.
fn met(scope: Scope<'_, '_>, condition: &Expr) -> Result<Option<bool>, EvalError> {
    if let ExprKind::And(parts) = &condition.kind {
        let mut open = false;
        for part in parts {
            match met(scope, part)? {
                Some(false) => return Ok(Some(false)),
                Some(true) => {}
                None => open = true,
            }
        }
        return Ok((!open).then_some(true));
    }
    Ok(match settle(scope.flag(condition))? {
        Ok(b) => Some(b),
        Err(Gap::Absent) => Some(false),
        Err(Gap::Missing) => None,
    })
}

/// The score of the whole: the nodes that stand in no other, rounded as the rubric says.
pub(crate) fn total(scope: Scope<'_, '_>) -> Eval<Exact> {
    let program = scope.state.program;
    let total = program.total.as_ref().ok_or(MISSING)?;
    let roots = roots(scope);
    if scope.state.is_graded(scope.unit) && !roots.is_empty() && nothing_applies(scope, &roots) {
        let place = scope.state.data.units.get(scope.unit).and_then(|u| u.place);
        let kind = FaultKind::NothingApplies;
        scope.state.fault(Fault { unit: scope.unit, place, span: total.span, kind });
    }
    let sum = weighed(scope, &roots)?;
    Ok(total.rounding.as_ref().map_or(sum.clone(), |(mode, step)| sum.round_to(step, *mode)))
}

/// The scored nodes that stand in no other.
pub(crate) fn roots(scope: Scope<'_, '_>) -> Vec<NodeId> {
    let nodes = scope.state.program.nodes.iter().enumerate().filter(|(_, n)| n.parent.is_none());
    nodes.map(|(index, _)| NodeId(index)).filter(|id| scope.state.scored(*id)).collect()
}

fn nothing_applies(scope: Scope<'_, '_>, roots: &[NodeId]) -> bool {
    let inside = |id: &&NodeId| scope.state.program.nodes.get(id.0).is_some_and(|n| !n.kind.outside());
    roots.iter().filter(inside).all(|id| scope.state.is_left_out(*id, scope.unit))
}
