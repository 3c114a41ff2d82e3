//! Whether a section or clause applies, and how much of it counts in what it stands in.

use num_traits::{One, Zero};
use rubric_program::{Node, NodeId};

use super::value::{Gap, Number, ratio, zero};
use super::{At, Known, Reference};

/// Whether a node applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Applies {
    Wholly,
    /// It does not, and has its full points.
    Full,
    /// It does not, and counts nowhere.
    Not,
}

impl Reference<'_> {
    pub(super) fn applies(&self, id: NodeId, unit: usize) -> Known<Applies> {
        let node = &self.program.nodes[id.0];
        // What stands in one that does not apply does not apply either.
        let mut above = node.parent;
        while let Some(id) = above {
            if self.does_not_apply(&self.program.nodes[id.0], unit)? {
                return Ok(Applies::Not);
            }
            above = self.program.nodes[id.0].parent;
        }
        if self.does_not_apply(node, unit)? {
            let full = node.not_applicable.as_ref().is_some_and(|n| n.full);
            return Ok(if full { Applies::Full } else { Applies::Not });
        }
        // Neither does a section of which every part is left out.
        let mut parts = self.parts(Some(id)).into_iter().peekable();
        let empty = parts.peek().is_some() && parts.all(|part| self.left_out_of(part, unit));
        Ok(if empty { Applies::Not } else { Applies::Wholly })
    }

    fn does_not_apply(&self, node: &Node, unit: usize) -> Known<bool> {
        node.not_applicable.as_ref().map_or(Ok(false), |not| self.flag(&not.condition, At::unit(unit)))
    }

    /// Whether a node counts nowhere.
    pub(super) fn left_out_of(&self, id: NodeId, unit: usize) -> bool {
        self.applies(id, unit) == Ok(Applies::Not)
    }

    /// The parts with a score of a node, or of the whole.
    pub(super) fn parts(&self, of: Option<NodeId>) -> Vec<NodeId> {
        let all = (0..self.program.nodes.len()).map(NodeId);
        all.filter(|id| self.program.nodes[id.0].parent == of && self.has_score(id.0)).collect()
    }

    /// Whether a node has a score at all.
    #[must_use]
    pub fn has_score(&self, id: usize) -> bool {
        let node = &self.program.nodes[id];
        node.points.is_some() || node.kind.outside() || node.children.iter().any(|c| self.has_score(c.0))
    }

    /// What parts come to together: each with weight and scale; where some are left out, the others make up for
    /// their points.
    pub(super) fn together(&self, parts: &[NodeId], unit: usize) -> Known<Number> {
        let mut sum = zero();
        let (mut all, mut counted) = (zero(), zero());
        for id in parts {
            if let Some(points) = self.full_share(*id, unit)? {
                all += &points;
                if !self.left_out_of(*id, unit) {
                    counted += points;
                }
            }
        }
        let factor = if all == counted || counted.is_zero() { Number::one() } else { all / counted };
        for id in parts.iter().filter(|id| !self.left_out_of(**id, unit)) {
            let mut own = self.node(id.0, unit)? * self.share_of(*id, unit)?;
            if !self.program.nodes[id.0].kind.outside() {
                own *= &factor;
            }
            sum += own;
        }
        Ok(sum)
    }

    /// The share of a node's score that counts where it stands: its weight times its scale.
    fn share_of(&self, id: NodeId, unit: usize) -> Known<Number> {
        let node = &self.program.nodes[id.0];
        let weight = node.weight.as_ref().map_or(Ok(Number::one()), |w| self.number(w, At::unit(unit)))?;
        Ok(match (&node.scaled, &node.points) {
            (Some(to), Some(of)) => weight * ratio(to) / ratio(of),
            _ => weight,
        })
    }

    /// The points that a part contributes in full; none outside the total.
    fn full_share(&self, id: NodeId, unit: usize) -> Known<Option<Number>> {
        let node = &self.program.nodes[id.0];
        let points = node.points.as_ref().filter(|_| !node.kind.outside());
        points.map(|p| Ok(ratio(p) * self.share_of(id, unit)?)).transpose()
    }

    pub(super) fn applies_or_gap(&self, id: NodeId, unit: usize) -> Known<Applies> {
        self.applies(id, unit).map_err(|_| Gap::Missing)
    }
}
