//! The score of a section or clause.

use rubric_program::{Exact, Node, NodeId, RuleKind};

use crate::ledger::ledger;
use crate::rules::Parts;
use crate::state::{Gap, Known, State, known, put};
use crate::{EvalError, Mode};

/// What a node came to for one unit, before its ledger is drawn up.
pub(crate) struct Scored {
    pub(crate) start: Exact,
    /// Scores of the children, for a section.
    pub(crate) children: Vec<(NodeId, Exact)>,
    pub(crate) parts: Parts,
    pub(crate) score: Exact,
}

impl State<'_> {
    /// Scores one node for every unit, with its requirements and its ledger.
    pub(crate) fn score_node(&mut self, id: NodeId) -> Result<(), EvalError> {
        let program = self.program;
        let Some(node) = program.nodes.get(id.0) else { return Ok(()) };
        let requirements = self.column(|s, unit| s.requirement(node, unit))?;
        put(&mut self.requirements, id.0, requirements.into_iter().map(|r| r.ok().flatten()).collect());
        if !self.scores(id.0) {
            return Ok(());
        }
        let scored = self.column(|s, unit| s.scored(node, unit))?;
        let mut scores = Vec::with_capacity(scored.len());
        for (unit, scored) in scored.into_iter().enumerate() {
            scores.push(scored.map(|scored| {
                self.mark_fired(&scored.parts, unit);
                let score = scored.score.clone();
                if self.mode == Mode::WithLedger
                    && let Some(ledgers) = self.ledgers.get_mut(unit)
                {
                    ledgers.push(ledger(program, node, id, scored));
                }
                score
            }));
        }
        put(&mut self.nodes, id.0, scores);
        Ok(())
    }

    fn mark_fired(&mut self, parts: &Parts, unit: usize) {
        let Some(fired) = self.fired.get_mut(unit) else { return };
        for part in parts.parts.iter().chain(&parts.no_points).chain(&parts.full_points) {
            put(fired, part.rule.0, true);
        }
    }

    /// Whether all requirements of a node are met; nothing where it has none.
    fn requirement(&self, node: &Node, unit: usize) -> Known<Option<bool>> {
        let mut met = None;
        for rule in &node.rules {
            if let RuleKind::Require { condition, advice: false, .. } = &rule.kind {
                met = Some(self.met(condition, unit)? && met.unwrap_or(true));
            }
        }
        Ok(met)
    }

    fn scored(&self, node: &Node, unit: usize) -> Known<Scored> {
        let mut children = Vec::new();
        for child in node.children.iter().filter(|c| self.scores(c.0)) {
            children.push((*child, known(&self.nodes, child.0, unit)?));
        }
        let start = match (&node.start, &node.points) {
            (Some(start), _) => self.number(start, unit, None)?,
            (None, Some(points)) if node.start_full && children.is_empty() => points.clone(),
            _ => Exact::ZERO,
        };
        let mut parts = Parts::default();
        for rule in &node.rules {
            parts.extend(self.parts_of(rule, unit)?);
        }
        let sum = &start
            + children.iter().map(|(_, score)| score.clone()).sum::<Exact>()
            + parts.parts.iter().map(|p| p.kept.clone()).sum::<Exact>();
        let score = if parts.no_points.is_some() {
            node.floor.clone().unwrap_or(Exact::ZERO)
        } else if parts.full_points.is_some() {
            node.ceiling.clone().ok_or(Gap::Unknown)?
        } else {
            clamp(node, sum)
        };
        Ok(Scored { start, children, parts, score })
    }
}

/// Within the node's limits: once, at the end.
fn clamp(node: &Node, sum: Exact) -> Exact {
    let sum = node.floor.as_ref().map_or_else(|| sum.clone(), |floor| sum.clone().max(floor.clone()));
    node.ceiling.as_ref().map_or_else(|| sum.clone(), |ceiling| sum.clone().min(ceiling.clone()))
}
