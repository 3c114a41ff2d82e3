//! What to collect next.

use rubric_program::{Exact, NodeId, Program};

use crate::completions::Missing;
use crate::{Collect, PartialUnit, Range};

/// The missing evidence of a unit, that which can move its total most first.
pub(crate) fn of(program: &Program, open: &[Missing], unit: &PartialUnit) -> Vec<Collect> {
    let readers = program.readers();
    let width = |range: Option<&Range>| range.map_or(Exact::ZERO, |r| &r.high - &r.low);
    let most = width(unit.total.as_ref());
    let mut all: Vec<Collect> = open
        .iter()
        .filter(|m| m.unit == unit.index)
        .map(|missing| {
            let clauses: Vec<NodeId> =
                readers.get(missing.evidence.0).into_iter().flatten().copied().collect();
            let points: Exact = clauses
                .iter()
                .map(|id| width(unit.nodes.get(id.0).and_then(Option::as_ref)) * share(program, *id))
                .sum();
            Collect { evidence: missing.evidence, points: points.min(most.clone()), clauses }
        })
        .collect();
    all.sort_by(|a, b| b.points.cmp(&a.points).then(a.evidence.cmp(&b.evidence)));
    all
}

/// The most of a node's points that can reach the total: weights and scales of all it stands in.
fn share(program: &Program, id: NodeId) -> Exact {
    let (mut share, mut next) = (Exact::ONE, Some(id));
    while let Some(node) = next.and_then(|id| program.nodes.get(id.0)) {
        if let Some(weight) = node.weight.as_ref().and_then(|w| w.domain.as_ref()) {
            share = share * &weight.high;
        }
        let scale = node.scaled.as_ref().zip(node.points.as_ref()).and_then(|(to, of)| to.checked_div(of));
        share = scale.map_or(share.clone(), |s| share * s);
        next = node.parent;
    }
    share
}
