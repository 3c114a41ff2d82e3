//! Scores of sections and clauses, and the total.

use rubric_program::{Exact, Expr, ExprKind, Node, NodeId, RuleKind};

use crate::abstraction::{Abstract, Interval, Kind};
use crate::expression::{Scope, flag_kind};
use crate::rules;

/// Whether a node counts: it may, and it may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) may: bool,
    pub(crate) may_not: bool,
}

/// What a node can come to, and whether it counts; no bounds where it has no score.
pub(crate) fn score(scope: Scope<'_, '_>, id: NodeId) -> (Option<Interval>, Counts) {
    let always = Counts { may: true, may_not: false };
    let Some(node) = scope.run.program.nodes.get(id.0) else { return (None, always) };
    let counts = applies(scope, id, node);
    if !scope.run.scored(id) {
        return (None, counts);
    }
    let plain = plain(scope, node).unwrap_or_else(|| widest(node));
    let full = full_where_not_applicable(scope, node);
    let score = match (full, &node.points) {
        ((true, true), Some(points)) => plain.hull(&Interval::point(points.clone())),
        ((true, false), Some(points)) => Interval::point(points.clone()),
        _ => plain,
    };
    (Some(score), counts)
}

/// Whether `不适用 …,按满分计` may hold, and may not hold.
fn full_where_not_applicable(scope: Scope<'_, '_>, node: &Node) -> (bool, bool) {
    match node.not_applicable.as_ref().filter(|n| n.full) {
        None => (false, true),
        Some(not) => {
            let flag = scope.eval(&not.condition);
            let (yes, no) = flag.flags();
            (yes || flag.absent, no || flag.absent)
        }
    }
}

fn applies(scope: Scope<'_, '_>, id: NodeId, node: &Node) -> Counts {
    let mut counts = Counts { may: true, may_not: false };
    let mut own = Some((id, node, true));
    while let Some((_, node, first)) = own {
        if let Some(not) = node.not_applicable.as_ref().filter(|n| !(first && n.full)) {
            let flag = scope.eval(&not.condition);
            let (yes, no) = flag.flags();
            counts.may &= no || flag.absent;
            counts.may_not |= yes || flag.absent;
        }
        own = node.parent.and_then(|p| Some((p, scope.run.program.nodes.get(p.0)?, false)));
    }
    let inner: Vec<Counts> = node
        .children
        .iter()
        .filter(|c| scope.run.scored(**c))
        .filter_map(|c| scope.run.counts(c.0, scope.unit))
        .collect();
    if !inner.is_empty() {
        // Where it has full points for not applying, it counts whatever becomes of its parts.
        let (full, not_full) = full_where_not_applicable(scope, node);
        counts.may &= full || inner.iter().any(|c| c.may);
        counts.may_not |= not_full && inner.iter().all(|c| c.may_not);
    }
    counts
}

fn widest(node: &Node) -> Interval {
    let proved = node.attainable.as_ref().map(|d| Interval::new(d.low.clone(), d.high.clone()));
    proved.unwrap_or_else(|| Interval::point(Exact::ZERO))
}

/// Start, children and rules, clamped once; nothing where a rule cannot be bounded.
pub(crate) fn plain(scope: Scope<'_, '_>, node: &Node) -> Option<Interval> {
    let children: Vec<NodeId> = node.children.iter().copied().filter(|c| scope.run.scored(*c)).collect();
    let start = match (&node.start, &node.points) {
        (_, Some(points)) if node.shared => Interval::point(points.clone()),
        _ if !children.is_empty() => Interval::point(Exact::ZERO),
        (Some(start), _) => scope.eval(start).interval()?,
        (None, Some(points)) if node.start_full => Interval::point(points.clone()),
        _ => Interval::point(Exact::ZERO),
    };
    let mut sum = start.add(&weighed(scope, &children)?);
    let (mut nothing, mut full, mut bounded) = ((false, false), (false, false), true);
    for rule in node.rules.iter().filter(|r| !matches!(r.kind, RuleKind::Require { .. })) {
        let Some(net) = rules::net(scope, rule) else {
            bounded = false;
            continue;
        };
        sum = sum.add(&net.points);
        nothing = (nothing.0 || net.nothing.0, nothing.1 || net.nothing.1);
        full = (full.0 || net.full.0, full.1 || net.full.1);
    }
    let clamp = |x: &Exact| {
        let x = node.ceiling.as_ref().map_or_else(|| x.clone(), |c| x.clone().min(c.clone()));
        let x = node.floor.as_ref().map_or(x.clone(), |f| x.max(f.clone()));
        node.rounding.as_ref().map_or(x.clone(), |(mode, step)| x.round_to(step, *mode))
    };
    let sum = sum.rising(clamp);
    let floor = Interval::point(node.floor.clone().unwrap_or(Exact::ZERO));
    // Ending at nothing wins over everything, also over what cannot be bounded.
    if nothing.1 {
        return Some(floor);
    }
    if !bounded {
        return None;
    }
    let top = node.ceiling.clone().or_else(|| node.points.clone());
    let mut all = if full.1 { None } else { Some(sum) };
    let mut join =
        |other: Interval| all = Some(all.as_ref().map_or_else(|| other.clone(), |a| a.hull(&other)));
    if let (true, Some(top)) = (full.0, top) {
        join(Interval::point(top));
    }
    if nothing.0 {
        join(floor);
    }
    all
}

/// The share of a node's score that counts in what it stands in, left out ones aside.
fn share(scope: Scope<'_, '_>, node: &Node) -> Option<Interval> {
    let weight = match &node.weight {
        Some(weight) => scope.eval(weight).interval()?,
        None => Interval::point(Exact::ONE),
    };
    let scale = node.scaled.as_ref().zip(node.points.as_ref());
    let scale = scale.map_or(Some(Exact::ONE), |(to, of)| to.checked_div(of))?;
    Some(weight.multiply(&Interval::point(scale)))
}

/// What some nodes come to together, each with its share; what is left out scales up the others.
pub(crate) fn weighed(scope: Scope<'_, '_>, nodes: &[NodeId]) -> Option<Interval> {
    let mut sum = Interval::point(Exact::ZERO);
    let (mut all, mut counted) = (Interval::point(Exact::ZERO), Interval::point(Exact::ZERO));
    let (mut outside, mut ratios) = (Interval::point(Exact::ZERO), Vec::new());
    let mut open = false;
    for id in nodes {
        let node = scope.run.program.nodes.get(id.0)?;
        let counts = scope.run.counts(id.0, scope.unit)?;
        let score = scope.run.score(id.0, scope.unit)?;
        let share = share(scope, node)?;
        if node.kind.outside() || node.points.is_none() {
            if counts.may {
                let own = score.multiply(&share);
                let zero = Interval::point(Exact::ZERO);
                outside = outside.add(&if counts.may_not { own.hull(&zero) } else { own });
            }
            continue;
        }
        let points = node.points.clone()?;
        let budget = share.multiply(&Interval::point(points.clone()));
        all = all.add(&budget);
        open |= counts.may && counts.may_not;
        if counts.may {
            counted = counted.add(&budget);
            sum = sum.add(&score.multiply(&share));
            if points.is_positive() {
                ratios.push(score.divide(&Interval::point(points))?);
            }
        }
    }
    if all == counted && !open {
        return Some(sum.add(&outside));
    }
    let scaled = if open || !all.is_point() || !counted.is_point() {
        // Whichever are left out, the whole is a mean of the ratios of the others.
        let low = ratios.iter().map(|r| r.low.clone()).min()?;
        let high = ratios.iter().map(|r| r.high.clone()).max()?;
        Interval::new(low, high).multiply(&all)
    } else {
        sum.multiply(&all.divide(&counted)?)
    };
    Some(scaled.add(&outside))
}

/// Whether all requirements of a node are met; nothing where it has none that count.
pub(crate) fn requirements(scope: Scope<'_, '_>, node: &Node) -> Option<Abstract> {
    let mut result: Option<(bool, bool)> = None;
    for rule in &node.rules {
        let RuleKind::Require { condition, advice: false, .. } = &rule.kind else { continue };
        let (yes, no) = met(scope, condition);
        let (y, n) = result.unwrap_or((true, false));
        result = Some((y && yes, n || no));
    }
    let (mut yes, mut no) = result?;
    let (full, not_full) = full_where_not_applicable(scope, node);
    yes |= full;
    no &= not_full;
    Some(Abstract::of(flag_kind(yes, no)))
}

/// A requirement on what was left out is not met.
fn met(scope: Scope<'_, '_>, condition: &Expr) -> (bool, bool) {
    if let ExprKind::And(parts) = &condition.kind {
        return parts
            .iter()
            .map(|p| met(scope, p))
            .fold((true, false), |(y, n), (yes, no)| (y && yes, n || no));
    }
    let flag = scope.eval(condition);
    let (yes, no) = flag.flags();
    (yes, no || flag.absent)
}

/// The total.
pub(crate) fn total(scope: Scope<'_, '_>) -> Option<Interval> {
    let program = scope.run.program;
    let total = program.total.as_ref()?;
    let roots: Vec<NodeId> = (0..program.nodes.len())
        .map(NodeId)
        .filter(|id| program.nodes.get(id.0).is_some_and(|n| n.parent.is_none()) && scope.run.scored(*id))
        .collect();
    let sum = weighed(scope, &roots)
        .unwrap_or_else(|| Interval::new(total.attainable.low.clone(), total.attainable.high.clone()));
    Some(match &total.rounding {
        Some((mode, step)) => sum.rising(|x| x.round_to(step, *mode)),
        None => sum,
    })
}

/// A set of numbers as a kind.
pub(crate) fn number(interval: Interval) -> Abstract {
    Abstract::of(Kind::Number(interval))
}
