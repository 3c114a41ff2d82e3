//! Scores of sections and clauses that may not apply: where one is left out it has no score, and what asks for it
//! comes to nothing known.

use rubric_program::{Expr, ExprKind, Node, NodeId, Program};

/// A node and all it stands in, itself first.
pub(crate) fn with_above(program: &Program, id: NodeId) -> Vec<NodeId> {
    let parent = |id: &NodeId| program.nodes.get(id.0).and_then(|n| n.parent);
    std::iter::successors(Some(id), parent).collect()
}

/// Whether a node may have no score. `applying`: those that are known to apply.
pub(crate) fn may_have_no_score(program: &Program, id: NodeId, applying: &dyn Fn(NodeId) -> bool) -> bool {
    let above = with_above(program, id);
    let left_out = |(i, id): (usize, &NodeId)| {
        // One that does not apply itself may have full points then; what stands in one has none.
        let leaves_none = |n: &Node| n.not_applicable.as_ref().is_some_and(|not| i > 0 || !not.full);
        program.nodes.get(id.0).is_some_and(leaves_none) && !applying(*id)
    };
    above.iter().enumerate().any(left_out) || (!applying(id) && all_parts_may_be_left_out(program, id))
}

fn all_parts_may_be_left_out(program: &Program, id: NodeId) -> bool {
    let children = program.nodes.get(id.0).map(|n| n.children.as_slice()).unwrap_or_default();
    let mut scored = children.iter().filter_map(|c| Some((*c, program.nodes.get(c.0)?)));
    let mut scored = scored.by_ref().filter(|(_, n)| n.attainable.is_some()).peekable();
    scored.peek().is_some()
        && scored.all(|(id, node)| {
            let own = node.not_applicable.as_ref().is_some_and(|not| !not.full);
            own || all_parts_may_be_left_out(program, id)
        })
}

/// The nodes that are known to apply where a condition holds, or does not: those which do not apply in just that case.
pub(crate) fn apply_where(
    program: &Program,
    text: &str,
    condition: &Expr,
    holds: bool,
    found: &mut Vec<NodeId>,
) {
    match &condition.kind {
        ExprKind::Not(inner) => return apply_where(program, text, inner, !holds, found),
        ExprKind::And(all) if holds => all.iter().for_each(|c| apply_where(program, text, c, true, found)),
        ExprKind::Or(all) if !holds => all.iter().for_each(|c| apply_where(program, text, c, false, found)),
        _ => {}
    }
    if holds {
        return;
    }
    let words = |expr: &Expr| expr.span.of(text).split_whitespace().collect::<String>();
    let same =
        |node: &Node| node.not_applicable.as_ref().is_some_and(|n| words(&n.condition) == words(condition));
    found.extend((0..program.nodes.len()).map(NodeId).filter(|id| program.nodes.get(id.0).is_some_and(same)));
}
