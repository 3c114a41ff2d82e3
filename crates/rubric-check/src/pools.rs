//! Shared points, and rules of no clause that act where each row says.

use rubric_program::{Comparison, Effect, EvidenceId, Expr, ExprKind, NodeId, Rule, RuleKind, Type, When};
use rubric_syntax::ast;

use crate::checker::Checker;
use crate::domain;
use crate::evidence::domain_of;
use crate::expression::Scope;
use crate::findings::{lists, names};
use crate::rules::{Lowered, effect_range};

impl Checker<'_> {
    /// The numbers of the clauses that evidence may cite: those with points of their own inside the total, and all
    /// that stand in a section which shares its points, itself included.
    pub(crate) fn citable(&self) -> Vec<String> {
        let mut numbers = Vec::new();
        for item in &self.tree.items {
            if let ast::Item::Node(node) = item {
                citable(node, false, &mut numbers);
            }
        }
        numbers
    }

    /// Whether a node stands in a section that shares its points.
    pub(crate) fn draws_on_section(&self, id: NodeId) -> bool {
        let parent = self.node_trees.get(id.0).and_then(|n| n.parent);
        parent.and_then(|p| self.node_trees.get(p.0)).is_some_and(|p| p.tree.shared)
    }

    /// The rules of no clause, as they act on a node: rows that cite it, or a clause that shares its points.
    pub(crate) fn drawn(&mut self, tree: &ast::Node, id: NodeId) -> Vec<Lowered> {
        if self.draws.is_empty() || self.draws_on_section(id) {
            return Vec::new();
        }
        let mut numbers = Vec::new();
        let clause = tree.kind == ast::NodeKind::Clause && tree.points.is_some();
        if tree.shared || clause {
            citable(tree, false, &mut numbers);
        }
        if numbers.is_empty() {
            return Vec::new();
        }
        let draws = self.draws.clone();
        draws.into_iter().filter_map(|(id, draw)| self.draw(id, draw, &numbers)).collect()
    }

    fn draw(&mut self, id: rubric_program::RuleId, draw: &ast::Draw, numbers: &[String]) -> Option<Lowered> {
        let list = self.list_named(&draw.list)?;
        let cited = self.cited(list, draw, numbers)?;
        let filter = match &draw.filter {
            Some(filter) => {
                let filter = self.condition(filter, &Scope::row(list))?;
                Expr {
                    kind: ExprKind::And(vec![cited, filter]),
                    ty: Type::Flag,
                    domain: None,
                    span: draw.at.0,
                }
            }
            None => cited,
        };
        let mut distinct = Vec::new();
        for name in &draw.distinct {
            distinct.push(self.field_named(list, name)?.0);
        }
        let effect = self.effect(&draw.effect, &Scope::row(list))?;
        if !matches!(effect, Effect::Deduct(_) | Effect::Award(_)) {
            let place = self.place(crate::tables::effect_place(&draw.effect));
            self.report(lists::draw_of_points(place));
            return None;
        }
        let times = self.program.evidence.get(list.0).and_then(|e| domain_of(&e.ty))?;
        let range = domain::multiply(&times, &effect_range(&effect));
        let when = When::EachRow { list, filter: Some(filter), distinct };
        let kind = RuleKind::Simple { when, effect, otherwise: None };
        Some(Lowered { rule: Rule { id, kind, cap: None, span: draw.at.0 }, range })
    }

    /// That a row cites one of these clauses.
    fn cited(&mut self, list: EvidenceId, draw: &ast::Draw, numbers: &[String]) -> Option<Expr> {
        let (field, ty, _) = self.field_named(list, &draw.clause)?;
        if !self.is_clause_field(list, field) {
            let place = self.place(draw.clause.at);
            self.report(lists::wants_clause(place, &draw.clause.node));
            return None;
        }
        let span = draw.clause.at.0;
        let expr = |kind, ty| Expr { kind, ty, domain: None, span };
        let one = |number: &String| {
            let cited = expr(ExprKind::Field(field), ty.clone());
            let number = expr(ExprKind::Text(number.clone()), ty.clone());
            let same = ExprKind::Compare(Comparison::Equal, Box::new(cited), Box::new(number));
            expr(same, Type::Flag)
        };
        Some(expr(ExprKind::Or(numbers.iter().map(one).collect()), Type::Flag))
    }

    /// A field of a list by its name.
    pub(crate) fn field_named(
        &mut self,
        list: EvidenceId,
        name: &ast::Name,
    ) -> Option<(rubric_program::FieldId, Type, Option<rubric_program::Domain>)> {
        let found = self.field(list, &name.node);
        if found.is_none() {
            let known = self.known_names(&Scope::row(list));
            let diagnostic =
                names::unknown(self.place(name.at), &name.node, known.iter().map(String::as_str));
            self.report(diagnostic);
        }
        found
    }
}

/// Gathers the numbers that may be cited in a node. `pooled`: it stands in a section that shares its points.
fn citable(node: &ast::Node, pooled: bool, numbers: &mut Vec<String>) {
    let inside = matches!(node.kind, ast::NodeKind::Section | ast::NodeKind::Clause);
    let own = node.kind == ast::NodeKind::Clause && node.points.is_some();
    if inside && (pooled || node.shared || own) {
        numbers.push(node.number.node.clone());
    }
    for item in &node.body {
        if let ast::NodeItem::Node(child) = item {
            citable(child, pooled || node.shared, numbers);
        }
    }
}
