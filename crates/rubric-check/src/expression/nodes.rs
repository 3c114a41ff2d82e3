//! Scores of sections and clauses, and their requirements.

use super::number;
use crate::checker::Checker;
use crate::domain;
use crate::findings::names;
use crate::order::Item;
use crate::units;
use rubric_program::{Arithmetic, Exact, Expr, ExprKind, NodeId};
use rubric_syntax::ast;

impl Checker<'_> {
    /// The score of a node, after its own scale where it has one and that is asked for, before any weight.
    pub(super) fn score(&mut self, name: &ast::Name, at: ast::At, scaled: bool) -> Option<Expr> {
        let Some(id) = self.nodes.get(name.node.as_str()).copied() else {
            let known: Vec<String> = self.program.nodes.iter().map(|n| n.number.clone()).collect();
            let diagnostic =
                names::unknown_clause(self.place(name.at), &name.node, known.iter().map(String::as_str));
            self.report(diagnostic);
            return None;
        };
        self.demand(Item::Node(id.0), at.0);
        if self.has_no_score(id) {
            let diagnostic = crate::findings::points::has_no_score(self.place(name.at), &name.node);
            self.report(diagnostic);
            return None;
        }
        let node = self.program.nodes.get(id.0);
        let domain = node.and_then(|n| n.attainable.clone());
        let share = node.and_then(|n| n.scaled.as_ref()?.checked_div(n.points.as_ref()?));
        let score = number(ExprKind::Score(id), Some(units::POINTS), domain, at);
        let Some(share) = share.filter(|_| scaled) else { return Some(score) };
        let factor = domain::exactly(&share);
        let bounds = score.domain.as_ref().map(|d| domain::multiply(d, &factor));
        let share = number(ExprKind::Number(share), None, Some(factor), at);
        let kind = ExprKind::Arithmetic(Arithmetic::Multiply, Box::new(score), Box::new(share));
        Some(number(kind, Some(units::POINTS), bounds, at))
    }

    /// Whether a node is known to have no score: without points, holding nothing that has any, and with no rule
    /// that would be reported for want of points.
    pub(super) fn has_no_score(&self, id: rubric_program::NodeId) -> bool {
        let asks =
            |rule: &rubric_program::Rule| matches!(rule.kind, rubric_program::RuleKind::Require { .. });
        let written = self.node_trees.get(id.0).is_none_or(|n| n.tree.points.is_some());
        let node = self.program.nodes.get(id.0);
        !written
            && self.has_meaning(Item::Node(id.0))
            && node.is_some_and(|n| n.attainable.is_none() && n.rules.iter().all(asks))
    }

    pub(super) fn requirements(&mut self, kind: ExprKind, at: ast::At) -> Expr {
        // Clauses that require nothing do not matter, so that their points may depend on this.
        let requires = |item: &ast::NodeItem| matches!(item, ast::NodeItem::Rule(r) if matches!(r.kind, ast::RuleKind::Require { advice: false, .. }));
        let required: Vec<usize> = (0..self.node_trees.len())
            .filter(|id| self.node_trees.get(*id).is_some_and(|n| n.tree.body.iter().any(requires)))
            .collect();
        for id in &required {
            self.demand(Item::Node(*id), at.0);
        }
        let all = Exact::from(required.len() as u64);
        let always = required.iter().filter(|id| !self.may_count_nowhere(NodeId(**id))).count();
        let least = if kind == ExprKind::RequirementsAll { Exact::from(always as u64) } else { Exact::ZERO };
        number(kind, None, Some(domain::between(least, all, Some(0))), at)
    }
}
