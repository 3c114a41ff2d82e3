//! Expressions: names resolved, types and units joined, bounds proved.

pub(crate) mod arithmetic;
mod choice;
mod comparison;
mod days;
mod naming;
mod nodes;
mod rows;
mod scope;

use crate::checker::Checker;
use crate::domain;
use crate::evidence::unit_of;
use crate::findings::names;
use crate::findings::types;
use crate::order::Item;
use crate::units;
use rubric_program::{Aggregate, Domain, Expr, ExprKind, Type};
use rubric_syntax::ast;

pub(crate) use scope::Scope;

const fn number(
    kind: ExprKind,
    unit: Option<rubric_program::Unit>,
    domain: Option<Domain>,
    at: ast::At,
) -> Expr {
    Expr { kind, ty: Type::Number(unit), domain, span: at.0 }
}

const fn flag(kind: ExprKind, at: ast::At) -> Expr {
    Expr { kind, ty: Type::Flag, domain: None, span: at.0 }
}

impl Checker<'_> {
    /// Lowers an expression; nothing where it was reported.
    pub(crate) fn expr(&mut self, tree: &ast::Expr, scope: &Scope<'_>) -> Option<Expr> {
        let at = tree.at;
        Some(match &tree.kind {
            ast::ExprKind::Group(inner) => self.expr(inner, scope)?,
            ast::ExprKind::Quantity(quantity) => {
                let (value, unit) = Self::quantity(quantity);
                let domain = domain::exactly(&value);
                number(ExprKind::Number(value), unit, Some(domain), at)
            }
            ast::ExprKind::Text(text) => {
                Expr { kind: ExprKind::Text(text.clone()), ty: Type::Text, domain: None, span: at.0 }
            }
            ast::ExprKind::Flag(value) => flag(ExprKind::Flag(*value), at),
            ast::ExprKind::Name(name) => self.name(name, at, scope)?,
            ast::ExprKind::Score(name) => self.score(name, at, true)?,
            ast::ExprKind::RawScore(name) => self.score(name, at, false)?,
            ast::ExprKind::Imported(name, target) => self.imported(name, target, at)?,
            ast::ExprKind::WithinDays { day, from, days } => self.within_days(day, from, days, at, scope)?,
            ast::ExprKind::Workdays(from, to) => self.workdays(from, to, at, scope)?,
            ast::ExprKind::Total => {
                self.demand(Item::Total, at.0);
                if self.demand.failed(Item::Total) {
                    let diagnostic = crate::findings::points::no_total(self.place(at));
                    self.report(diagnostic);
                    return None;
                }
                let domain = self.program.total.as_ref().map(|t| t.attainable.clone());
                number(ExprKind::Total, Some(units::POINTS), domain, at)
            }
            ast::ExprKind::Rank => {
                if self.ranking.is_none() {
                    let diagnostic = names::no_ranking(self.place(at));
                    self.report(diagnostic);
                    return None;
                }
                self.demand(Item::Ranking, at.0);
                Expr { kind: ExprKind::Rank, ty: Type::Rank, domain: None, span: at.0 }
            }
            ast::ExprKind::Grade => {
                if self.grades.is_none() {
                    let diagnostic = names::no_grades(self.place(at));
                    self.report(diagnostic);
                    return None;
                }
                if !self.in_grades() {
                    self.demand(Item::Grades, at.0);
                }
                Expr { kind: ExprKind::Grade, ty: Type::Grade, domain: None, span: at.0 }
            }
            ast::ExprKind::RequirementsMet => self.requirements(ExprKind::RequirementsMet, at),
            ast::ExprKind::RequirementsAll => self.requirements(ExprKind::RequirementsAll, at),
            ast::ExprKind::Absent(name) => match scope.list.and_then(|list| self.field(list, &name.node)) {
                Some((field, ..)) => flag(ExprKind::AbsentField(field), at),
                None => flag(ExprKind::Absent(self.evidence_named(name)?), at),
            },
            ast::ExprKind::Not(x) => flag(ExprKind::Not(Box::new(self.condition(x, scope)?)), at),
            ast::ExprKind::Negate(x) => {
                let x = self.undated(x, scope)?;
                let (unit, domain) = (unit_of(&x.ty)?, x.domain.as_ref().map(domain::negate));
                number(ExprKind::Negate(Box::new(x)), unit, domain, at)
            }
            ast::ExprKind::And(all) => flag(ExprKind::And(self.conditions(all, true, scope)?), at),
            ast::ExprKind::Or(all) => flag(ExprKind::Or(self.conditions(all, false, scope)?), at),
            ast::ExprKind::Arithmetic(op, a, b) => self.arithmetic(*op, a, b, at, scope)?,
            ast::ExprKind::Compare(op, a, b) => self.compare(*op, a, b, at, scope)?,
            ast::ExprKind::Between(x, low, high) => self.between(x, low, high, at, scope)?,
            ast::ExprKind::If(condition, then, otherwise) => {
                self.choose(condition, then, otherwise, at, scope)?
            }
            ast::ExprKind::Table(table) => self.value_table(table, scope)?,
            ast::ExprKind::Rows { function, list, field, filter } => {
                self.rows(*function, list, field.as_ref(), filter.as_deref(), at, scope)?
            }
            ast::ExprKind::Quantified { list, any, condition } => {
                let id = self.list_named(list)?;
                let condition = self.condition(condition, &Scope::row(id))?;
                let aggregate = if *any { Aggregate::Any } else { Aggregate::Every };
                let kind =
                    ExprKind::Rows { aggregate, list: id, filter: None, value: Some(Box::new(condition)) };
                flag(kind, at)
            }
            ast::ExprKind::Larger(all) => self.pick(all, true, at, scope)?,
            ast::ExprKind::Smaller(all) => self.pick(all, false, at, scope)?,
            ast::ExprKind::Round(x, rounded) => self.round(x, rounded, at, scope)?,
        })
    }

    /// A number of any unit.
    pub(crate) fn number(&mut self, tree: &ast::Expr, scope: &Scope<'_>) -> Option<Expr> {
        let expr = self.expr(tree, scope)?;
        if matches!(expr.ty, Type::Number(_)) {
            return Some(expr);
        }
        let diagnostic = types::wants_number(self.place(tree.at), tree.at.0.of(self.text), &expr.ty);
        self.report(diagnostic);
        None
    }

    /// Points, never another unit; `what` is said where they are not.
    pub(crate) fn points_expr(&mut self, tree: &ast::Expr, scope: &Scope<'_>) -> Option<Expr> {
        let expr = self.number(tree, scope)?;
        if expr.ty == Type::Number(Some(units::POINTS)) {
            return Some(expr);
        }
        let place = self.place(tree.at);
        self.report(crate::findings::points::needs_points(place, tree.at.0.of(self.text), self.language()));
        None
    }

    /// Yes or no.
    pub(crate) fn condition(&mut self, tree: &ast::Expr, scope: &Scope<'_>) -> Option<Expr> {
        let expr = self.expr(tree, scope)?;
        if expr.ty == Type::Flag {
            return Some(expr);
        }
        let diagnostic = types::wants_flag(self.place(tree.at), tree.at.0.of(self.text), &expr.ty);
        self.report(diagnostic);
        None
    }

    /// All of them are lowered, so that each mistake is found. One is only asked where those before it did not
    /// decide already: where they hold (且), or do not (或).
    fn conditions(&mut self, all: &[ast::Expr], hold: bool, scope: &Scope<'_>) -> Option<Vec<Expr>> {
        let mut scope = scope.clone();
        let mut lowered = Vec::with_capacity(all.len());
        for condition in all {
            lowered.push(self.condition(condition, &scope));
            scope = scope.given(condition, hold);
        }
        lowered.into_iter().collect()
    }
}
