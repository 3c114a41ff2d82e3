//! One of several values, the largest, the smallest, rounding.

use super::Scope;
use super::number;
use crate::checker::Checker;
use crate::checker::rounding;
use crate::domain;
use crate::evidence::unit_of;
use crate::findings::types;
use crate::units;
use rubric_program::{Domain, Exact, Expr, ExprKind, Type};
use rubric_syntax::ast;

impl Checker<'_> {
    pub(super) fn choose(
        &mut self,
        condition: &ast::Expr,
        then: &ast::Expr,
        otherwise: &ast::Expr,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let c = self.condition(condition, scope);
        let x = self.expr(then, &scope.given(condition, true));
        let y = self.expr(otherwise, &scope.given(condition, false));
        let (c, x, y) = (c?, x?, y?);
        let ty = self.same_type(&x, &y)?;
        let bounds = x.domain.as_ref().zip(y.domain.as_ref()).map(|(a, b)| domain::either(a, b));
        Some(Expr {
            kind: ExprKind::If(Box::new(c), Box::new(x), Box::new(y)),
            ty,
            domain: bounds,
            span: at.0,
        })
    }

    /// The type of two branches.
    pub(crate) fn same_type(&mut self, x: &Expr, y: &Expr) -> Option<Type> {
        match (&x.ty, &y.ty) {
            (Type::Number(m), Type::Number(n)) => {
                let joined = units::joined(*m, *n);
                if joined.is_none() {
                    self.units_differ((x.span, *m), (y.span, *n));
                }
                joined.map(Type::Number)
            }
            (a, b) if a == b => Some(a.clone()),
            (a, b) => {
                self.cannot_compare((x.span, a), (y.span, b));
                None
            }
        }
    }

    pub(super) fn pick(
        &mut self,
        all: &[ast::Expr],
        larger: bool,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let lowered: Vec<Option<Expr>> = all.iter().map(|x| self.number(x, scope)).collect();
        let lowered: Vec<Expr> = lowered.into_iter().collect::<Option<_>>()?;
        let mut bounds: Option<Domain> = None;
        let mut ty = lowered.first()?.ty.clone();
        for pair in lowered.windows(2) {
            if let [x, y] = pair {
                ty = self.same_type(x, y)?;
            }
        }
        for domain in lowered.iter().map(|x| x.domain.clone()) {
            let domain = domain?;
            let of = |a: Exact, b: Exact| if larger { a.max(b) } else { a.min(b) };
            bounds = Some(match bounds {
                None => domain,
                Some(b) => {
                    let scale = domain::either(&b, &domain).scale;
                    domain::between(of(b.low, domain.low), of(b.high, domain.high), scale)
                }
            });
        }
        let kind = if larger { ExprKind::Larger(lowered) } else { ExprKind::Smaller(lowered) };
        Some(Expr { kind, ty, domain: bounds, span: at.0 })
    }

    pub(super) fn round(
        &mut self,
        x: &ast::Expr,
        rounded: &ast::Rounded,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let value = self.undated(x, scope)?;
        let (step, step_unit) = Self::quantity(&rounded.step);
        let unit = unit_of(&value.ty)?;
        // A plain ratio rounded to hundredths of a percent becomes a percentage.
        let becomes = if step_unit == Some(units::PERCENT) && units::counts(unit) {
            Some(step_unit)
        } else {
            units::joined(unit, step_unit)
        };
        if !step.is_positive() {
            let diagnostic = types::step_not_positive(self.place(rounded.step.at));
            self.report(diagnostic);
            return None;
        }
        let Some(unit) = becomes else {
            self.units_differ((x.at.0, unit), (rounded.step.at.0, step_unit));
            return None;
        };
        let mode = rounding(rounded.mode);
        let bounds = value.domain.as_ref().map(|d| {
            domain::between(d.low.round_to(&step, mode), d.high.round_to(&step, mode), step.decimals())
        });
        Some(number(ExprKind::Round { value: Box::new(value), step, mode }, unit, bounds, at))
    }
}
