//! Scores of sections and clauses, requirements, and the total.

use rubric_program::{Expr, ExprKind, NodeId, RuleKind};

use super::applies::Applies;
use super::faults::Fault;
use super::rules::Effected;
use super::value::{Gap, Number, all, ratio, round, zero};
use super::{At, Known, Reference};

impl Reference<'_> {
    pub(super) fn score(&self, id: NodeId, unit: usize) -> Known<Number> {
        let node = &self.program.nodes[id.0];
        match self.applies_or_gap(id, unit)? {
            Applies::Not => return Err(Gap::Missing),
            Applies::Full => return node.points.as_ref().map(ratio).ok_or(Gap::Missing),
            Applies::Wholly => {}
        }
        let parts = self.parts(Some(id));
        let start = match (&node.start, &node.points) {
            (_, Some(points)) if node.shared => Ok(ratio(points)),
            _ if !parts.is_empty() => Ok(zero()),
            (Some(start), _) => self.number(start, At::unit(unit)),
            (None, Some(points)) if node.start_full => Ok(ratio(points)),
            _ => Ok(zero()),
        };
        let effects: Vec<Known<Effected>> = node.rules.iter().map(|rule| self.rule(rule, unit)).collect();
        if effects.contains(&Ok(Effected::Nothing)) {
            return Ok(zero());
        }
        let effects = all(effects);
        let full = effects.as_ref().is_ok_and(|e| e.contains(&Effected::Full));
        let moved = effects.map(|all| {
            all.into_iter().fold(zero(), |sum, e| if let Effected::Points(p) = e { sum + p } else { sum })
        });
        let sum =
            all(vec![start, self.together(&parts, unit), moved])?.into_iter().fold(zero(), |sum, p| sum + p);
        let score = if full {
            // Awards outside the total have a limit in the place of points.
            ratio(node.points.as_ref().or(node.ceiling.as_ref()).expect("full points of a node with points"))
        } else {
            let sum = node.ceiling.as_ref().map_or(sum.clone(), |ceiling| sum.min(ratio(ceiling)));
            let sum = node.floor.as_ref().map_or(sum.clone(), |floor| sum.max(ratio(floor)));
            node.rounding.as_ref().map_or(sum.clone(), |(mode, step)| round(&sum, &ratio(step), *mode))
        };
        self.hold(&score, node.attainable.as_ref(), || format!("clause {}", node.number));
        Ok(score)
    }

    /// The sum of what stands in nothing, rounded as the rubric says.
    pub(super) fn whole_score(&self, unit: usize) -> Known<Number> {
        let declared = self.program.total.as_ref().ok_or(Gap::Missing)?;
        let roots = self.parts(None);
        let mut inside = roots.iter().filter(|id| !self.program.nodes[id.0].kind.outside()).peekable();
        if !roots.is_empty() && inside.all(|id| self.left_out_of(*id, unit)) {
            self.fault(unit, Fault::NothingApplies);
        }
        let mut sum = self.together(&roots, unit)?;
        if let Some((mode, step)) = &declared.rounding {
            sum = round(&sum, &ratio(step), *mode);
        }
        self.hold(&sum, Some(&declared.attainable), || "the total".to_owned());
        Ok(sum)
    }

    /// Whether all requirements of a node are met. Where it does not apply and has full points, they are.
    pub(super) fn met(&self, node: usize, unit: usize) -> Known<bool> {
        let rules = &self.program.nodes[node].rules;
        let conditions: Vec<&Expr> = rules
            .iter()
            .filter_map(|r| match &r.kind {
                RuleKind::Require { condition, advice: false, .. } => Some(condition),
                _ => None,
            })
            .collect();
        match self.applies_or_gap(NodeId(node), unit)? {
            _ if conditions.is_empty() => return Err(Gap::Missing),
            Applies::Not => return Err(Gap::Missing),
            Applies::Full => return Ok(true),
            Applies::Wholly => {}
        }
        let met: Vec<Known<bool>> = conditions.into_iter().map(|c| self.is_met(c, unit)).collect();
        if met.contains(&Ok(false)) { Ok(false) } else { all(met).map(|_| true) }
    }

    /// Advice counts nowhere, but is looked at.
    pub(super) fn advice(&self, node: usize, unit: usize) {
        if self.applies(NodeId(node), unit) == Ok(Applies::Wholly) {
            for rule in &self.program.nodes[node].rules {
                if let RuleKind::Require { condition, advice: true, .. } = &rule.kind {
                    let _ = self.is_met(condition, unit);
                }
            }
        }
    }

    /// A requirement on what was left out is not met, and neither is one of which a part is such a requirement.
    fn is_met(&self, condition: &Expr, unit: usize) -> Known<bool> {
        if let ExprKind::And(parts) = &condition.kind {
            // From the left: once one is not met, the others are not looked at.
            let mut known = Vec::new();
            for part in parts {
                known.push(self.is_met(part, unit));
                if known.last() == Some(&Ok(false)) {
                    return Ok(false);
                }
            }
            return all(known).map(|_| true);
        }
        match self.flag(condition, At::unit(unit)) {
            Err(Gap::Absent) => Ok(false),
            other => other,
        }
    }

    /// The nodes that ask something of a unit.
    pub(super) fn asking(&self, unit: usize) -> Vec<usize> {
        let asks = |id: &usize| {
            let rules = &self.program.nodes[*id].rules;
            rules.iter().any(|r| matches!(r.kind, RuleKind::Require { advice: false, .. }))
        };
        (0..self.program.nodes.len()).filter(asks).filter(|id| !self.left_out_of(NodeId(*id), unit)).collect()
    }
}
