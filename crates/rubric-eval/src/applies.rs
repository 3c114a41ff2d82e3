//! Whether a clause applies to a unit, and how much of its score counts in what it stands in.

use rubric_program::{Exact, Node, NodeId};

use crate::expression::Scope;
use crate::node::scored_children;
use crate::stop::{Eval, MISSING};

/// Whether a clause applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Applies {
    Wholly,
    /// It does not, and has full points.
    AsFull,
    /// It does not, and counts nowhere.
    Not,
}

/// Whether a node applies. What stands in one that does not apply does not apply either; neither does a section of
/// which every part is left out.
pub(crate) fn to(scope: Scope<'_, '_>, id: NodeId) -> Eval<Applies> {
    let nodes = &scope.state.program.nodes;
    let mut above = nodes.get(id.0).and_then(|n| n.parent);
    while let Some(node) = above.and_then(|id| nodes.get(id.0)) {
        if let Some(not) = &node.not_applicable
            && scope.flag(&not.condition)?
        {
            return Ok(Applies::Not);
        }
        above = node.parent;
    }
    let node = nodes.get(id.0).ok_or(MISSING)?;
    if let Some(not) = &node.not_applicable
        && scope.flag(&not.condition)?
    {
        return Ok(if not.full { Applies::AsFull } else { Applies::Not });
    }
    let mut children = scored_children(scope, node).peekable();
    let empty = children.peek().is_some() && children.all(|child| scope.state.is_left_out(child, scope.unit));
    Ok(if empty { Applies::Not } else { Applies::Wholly })
}

/// The share of a node's own score that counts in what it stands in: its weight times its scale.
pub(crate) fn share(scope: Scope<'_, '_>, node: &Node) -> Eval<Exact> {
    let weight = node.weight.as_ref().map_or(Ok(Exact::ONE), |w| scope.number(w))?;
    let scale = node.scaled.as_ref().zip(node.points.as_ref());
    let scale = scale.map_or(Some(Exact::ONE), |(to, of)| to.checked_div(of)).ok_or(MISSING)?;
    Ok(weight * scale)
}

/// What the counted ones of some nodes are scaled by, so that full points stay within reach where others are left
/// out; nothing where none is counted.
pub(crate) fn rescale(scope: Scope<'_, '_>, nodes: &[NodeId]) -> Eval<Option<Exact>> {
    let left_out = |id: &NodeId| scope.state.is_left_out(*id, scope.unit);
    if !nodes.iter().any(left_out) {
        return Ok(Some(Exact::ONE));
    }
    let (mut all, mut counted) = (Exact::ZERO, Exact::ZERO);
    for id in nodes {
        let node = scope.state.program.nodes.get(id.0).ok_or(MISSING)?;
        let Some(points) = node.points.as_ref().filter(|_| !node.kind.outside()) else { continue };
        let full = points * &share(scope, node)?;
        all = &all + &full;
        if !left_out(id) {
            counted = &counted + &full;
        }
    }
    Ok(all.checked_div(&counted))
}

/// The share of each counted node, with what the left out ones leave to it. Points outside the total are not scaled.
pub(crate) fn shares(scope: Scope<'_, '_>, nodes: &[NodeId]) -> Eval<Vec<(NodeId, Exact)>> {
    let factor = rescale(scope, nodes)?;
    let mut shares = Vec::with_capacity(nodes.len());
    for id in nodes.iter().filter(|id| !scope.state.is_left_out(**id, scope.unit)) {
        let node = scope.state.program.nodes.get(id.0).ok_or(MISSING)?;
        let own = share(scope, node)?;
        let factor = factor.as_ref().filter(|_| !node.kind.outside());
        shares.push((*id, factor.map_or(own.clone(), |f| &own * f)));
    }
    Ok(shares)
}
