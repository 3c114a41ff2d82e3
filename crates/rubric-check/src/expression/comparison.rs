//! Comparisons, and names that are values of what they are compared with.

use super::Scope;
use super::arithmetic::commensurate;
use super::flag;
use super::scope::bare;
use crate::checker::Checker;
use crate::evidence::unit_of;
use crate::findings::types;
use crate::units;
use rubric_program::{Comparison, Expr, ExprKind, Type};
use rubric_syntax::ast;

impl Checker<'_> {
    pub(super) fn compare(
        &mut self,
        op: ast::Comparison,
        a: &ast::Expr,
        b: &ast::Expr,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let (mut x, mut y) = self.sides(a, b, scope)?;
        commensurate(&mut [&mut x, &mut y]);
        let op = match op {
            ast::Comparison::Equal => Comparison::Equal,
            ast::Comparison::NotEqual => Comparison::NotEqual,
            ast::Comparison::Less => Comparison::Less,
            ast::Comparison::LessOrEqual => Comparison::LessOrEqual,
            ast::Comparison::Greater => Comparison::Greater,
            ast::Comparison::GreaterOrEqual => Comparison::GreaterOrEqual,
        };
        let ordered = !matches!(op, Comparison::Equal | Comparison::NotEqual);
        match (&x.ty, &y.ty) {
            // A ratio of counts may be held against a percentage; a bare number may not.
            (Type::Number(_), Type::Number(_)) if is_share(&x, &y) || is_share(&y, &x) => {}
            (Type::Number(m), Type::Number(n)) if units::joined(*m, *n).is_none() => {
                self.units_differ((a.at.0, *m), (b.at.0, *n));
                return None;
            }
            (Type::Number(_), Type::Number(_)) => {}
            (Type::Rank, Type::Number(n)) | (Type::Number(n), Type::Rank) if units::counts(*n) => {}
            (p, q) if p == q && !ordered => {}
            (p, q) => {
                self.cannot_compare((a.at.0, p), (b.at.0, q));
                return None;
            }
        }
        Some(flag(ExprKind::Compare(op, Box::new(x), Box::new(y)), at))
    }

    /// Both sides of a comparison: a name beside a choice or a grade is one of its values if it can be.
    pub(super) fn sides(&mut self, a: &ast::Expr, b: &ast::Expr, scope: &Scope<'_>) -> Option<(Expr, Expr)> {
        if let ast::ExprKind::Name(name) = &bare(b).kind {
            let x = self.expr(a, scope)?;
            if let Some(y) = self.value_of(&x.ty, name, b.at) {
                return Some((x, y));
            }
            return Some((x, self.expr(b, scope)?));
        }
        let (x, y) = (self.expr(a, scope), self.expr(b, scope));
        Some((x?, y?))
    }

    /// A name as a value of a choice or of the grades. A name close to one of them, and to nothing else that is
    /// known, is left to be reported as unknown.
    pub(crate) fn value_of(&self, ty: &Type, name: &str, at: ast::At) -> Option<Expr> {
        let belongs = match ty {
            Type::Choice(choices) => choices.iter().any(|c| c == name),
            Type::Grade => {
                self.grades.is_some_and(|g| g.names.iter().chain(&g.besides).any(|n| n.node == name))
            }
            _ => false,
        };
        belongs.then(|| Expr {
            kind: ExprKind::Text(name.to_owned()),
            ty: ty.clone(),
            domain: None,
            span: at.0,
        })
    }

    pub(super) fn between(
        &mut self,
        x: &ast::Expr,
        low: &ast::Expr,
        high: &ast::Expr,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let (a, b, c) = (self.expr(x, scope), self.number(low, scope), self.number(high, scope));
        let (mut a, mut b, mut c) = (a?, b?, c?);
        commensurate(&mut [&mut a, &mut b, &mut c]);
        let unit = match &a.ty {
            Type::Number(unit) => *unit,
            Type::Rank => None,
            other => {
                let diagnostic = types::wants_number(self.place(x.at), x.at.0.of(self.text), other);
                self.report(diagnostic);
                return None;
            }
        };
        for (limit, tree) in [(&b, low), (&c, high)] {
            let other = unit_of(&limit.ty)?;
            if units::joined(unit, other).is_none() {
                self.units_differ((x.at.0, unit), (tree.at.0, other));
                return None;
            }
        }
        Some(flag(ExprKind::Between(Box::new(a), Box::new(b), Box::new(c)), at))
    }
}

/// Whether `ratio` is a computed plain number beside a percentage.
fn is_share(ratio: &Expr, percent: &Expr) -> bool {
    let plain = ratio.ty == Type::Number(None) && !matches!(ratio.kind, ExprKind::Number(_));
    plain && percent.ty == Type::Number(Some(units::PERCENT))
}
