//! Weights and scales: in each case the parts add up to the whole. Weights are percentages, or plain numbers that
//! count in proportion.

use rubric_base::Place;
use rubric_program::{Domain, Entry, Exact, Expr, ExprKind, Key, NodeId, Type};
use rubric_syntax::ast;

use crate::checker::Checker;
use crate::domain;
use crate::expression::Scope;
use crate::findings::weights;
use crate::units;

impl Checker<'_> {
    /// Lowers the weight and the scale of a node.
    pub(crate) fn weigh(&mut self, tree: &ast::Node, id: NodeId) {
        let weight = tree.weight.as_ref().and_then(|w| {
            let weight = self.number(w, &Scope::default())?;
            if matches!(weight.ty, Type::Number(None | Some(units::PERCENT))) {
                return Some(weight);
            }
            let diagnostic = weights::wants_weight(self.place(w.at), &weight.ty);
            self.report(diagnostic);
            None
        });
        let scaled = tree.scaled.as_ref().and_then(|q| self.points_of(q));
        let has_points = self.program.nodes.get(id.0).is_some_and(|n| n.points.is_some());
        if let (Some(q), false) = (&tree.scaled, has_points) {
            let diagnostic = weights::scale_without_points(self.place(q.at));
            self.report(diagnostic);
        }
        if let Some(node) = self.program.nodes.get_mut(id.0) {
            node.scaled =
                scaled.filter(|_| has_points && node.points.as_ref().is_some_and(Exact::is_positive));
            node.weight = weight;
        }
    }

    /// What a node can come to where it counts: its score times scale and weight.
    pub(crate) fn counted(&self, id: NodeId) -> Option<Domain> {
        let node = self.program.nodes.get(id.0)?;
        let mut all = node.attainable.clone()?;
        if let (Some(to), Some(of)) = (&node.scaled, &node.points) {
            let share = to.checked_div(of)?;
            all = domain::multiply(&all, &domain::exactly(&share));
        }
        if let Some(weight) = node.weight.as_ref().and_then(|w| w.domain.as_ref()) {
            all = domain::multiply(&all, weight);
        }
        if node.kind.outside() && self.may_be_left_out(id) {
            // Nothing takes its place.
            all = domain::either(&all, &domain::exactly(&Exact::ZERO));
        }
        Some(all)
    }

    /// The points that a node contributes in full, before its weight.
    pub(crate) fn contributed(&self, id: NodeId) -> Option<Exact> {
        let node = self.program.nodes.get(id.0).filter(|n| !n.kind.outside())?;
        node.scaled.clone().or_else(|| node.points.clone())
    }

    /// Plain weights (`权重 3`) count in proportion: each becomes its share of the sum of those side by side.
    pub(crate) fn proportions(&mut self, parts: &[NodeId]) {
        let weights: Vec<(NodeId, Expr)> = parts
            .iter()
            .filter_map(|id| Some((*id, self.program.nodes.get(id.0)?.weight.clone()?)))
            .collect();
        let (plain, percent): (Vec<_>, Vec<_>) =
            weights.into_iter().partition(|(_, weight)| weight.ty == Type::Number(None));
        let place = |checker: &Self, weight: &Expr| Place { file: checker.file, span: weight.span };
        let known = |weight: &Expr| {
            let domain = weight.domain.as_ref().filter(|d| d.low == d.high && d.low.is_positive());
            domain.map(|d| d.low.clone())
        };
        let sum: Exact = plain.iter().filter_map(|(_, weight)| known(weight)).sum();
        for (id, weight) in plain {
            let at = place(self, &weight);
            let share = known(&weight).and_then(|w| w.checked_div(&sum)).filter(|_| percent.is_empty());
            if let Some((_, other)) = percent.first() {
                let diagnostic = weights::mixed(at, place(self, other));
                self.report(diagnostic);
            } else if share.is_none() {
                self.report(weights::no_proportion(at));
            }
            if let Some(node) = self.program.nodes.get_mut(id.0) {
                node.weight = share.map(|share| Expr {
                    domain: Some(domain::exactly(&share)),
                    kind: ExprKind::Number(share),
                    ty: Type::Number(Some(units::PERCENT)),
                    span: weight.span,
                });
            }
        }
    }

    /// Proves that the weights of some parts add up to 100% in each case, and says whether there are weights.
    pub(crate) fn weights(&mut self, parts: &[NodeId]) -> bool {
        let scored: Vec<NodeId> =
            parts.iter().copied().filter(|id| self.contributed(*id).is_some()).collect();
        let place = |checker: &Self, id: &NodeId| -> Option<Place> {
            let tree = checker.node_trees.get(id.0)?.tree;
            Some(checker.place(tree.weight.as_ref().map_or(tree.head, |w| w.at)))
        };
        let has = |id: &NodeId| self.node_trees.get(id.0).is_some_and(|n| n.tree.weight.is_some());
        let weighed: Vec<NodeId> = scored.iter().copied().filter(has).collect();
        let Some(first) = weighed.first().and_then(|id| place(self, id)) else { return false };
        let lacking: Vec<NodeId> = scored.iter().copied().filter(|id| !weighed.contains(id)).collect();
        for id in &lacking {
            if let Some(at) = place(self, id) {
                self.report(weights::some_lack_one(at, first));
            }
        }
        let exprs: Vec<Expr> =
            weighed.iter().filter_map(|id| self.program.nodes.get(id.0)?.weight.clone()).collect();
        if !lacking.is_empty() || exprs.len() < weighed.len() {
            return true;
        }
        let places: Vec<Place> = weighed.iter().filter_map(|id| place(self, id)).collect();
        for case in cases(&exprs) {
            let sum: Option<Exact> = exprs.iter().map(|e| in_case(e, case.as_ref())).sum();
            match sum {
                None => self.report(weights::not_proved(first)),
                Some(sum) if sum != Exact::ONE => {
                    let name = case.as_ref().map(|(_, name)| name.as_str());
                    self.report(weights::not_whole(first, name, &sum, &places));
                }
                Some(_) => {}
            }
        }
        true
    }
}

/// The cases that weights tell apart: the values of the one choice they are tables of, or just one case.
fn cases(weights: &[Expr]) -> Vec<Option<(ExprKind, String)>> {
    let subject = weights.iter().find_map(|w| match &w.kind {
        ExprKind::Table(subject, _) => Some(subject),
        _ => None,
    });
    match subject.map(|s| (&s.kind, &s.ty)) {
        Some((kind, Type::Choice(choices))) => {
            choices.iter().map(|c| Some((kind.clone(), c.clone()))).collect()
        }
        _ => vec![None],
    }
}

/// A weight in one case; nothing where it cannot be told.
fn in_case(weight: &Expr, case: Option<&(ExprKind, String)>) -> Option<Exact> {
    match (&weight.kind, case) {
        (ExprKind::Number(n), _) => Some(n.clone()),
        (ExprKind::Table(subject, rows), Some((kind, value))) if subject.kind == *kind => {
            let row = rows.iter().find(|row| match &row.key {
                Key::Choices(names) => names.contains(value),
                Key::Otherwise => true,
                _ => false,
            })?;
            match &row.entry {
                Entry::Value(value) => in_case(value, case),
                _ => None,
            }
        }
        _ => None,
    }
}
