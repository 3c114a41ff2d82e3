//! Sums and products, and divisors that cannot be nothing.

use super::Scope;
use super::number;
use crate::checker::Checker;
use crate::domain;
use crate::evidence::unit_of;
use crate::findings::{mixed, types};
use crate::units;
use rubric_program::{Arithmetic, Domain, Exact, Expr, ExprKind};
use rubric_syntax::ast;

impl Checker<'_> {
    pub(super) fn arithmetic(
        &mut self,
        op: ast::Arithmetic,
        a: &ast::Expr,
        b: &ast::Expr,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let (x, y) = (self.number(a, scope), self.number(b, scope));
        let (mut x, mut y) = (x?, y?);
        if matches!(op, ast::Arithmetic::Add | ast::Arithmetic::Subtract) {
            commensurate(&mut [&mut x, &mut y]);
        }
        let (m, n) = (unit_of(&x.ty)?, unit_of(&y.ty)?);
        let dated = units::distance(m).or(units::distance(n)).is_some();
        let (op, unit) = match op {
            ast::Arithmetic::Add if dated => (Arithmetic::Add, units::with_dates(false, m, n).map(Some)),
            ast::Arithmetic::Subtract if dated => {
                (Arithmetic::Subtract, units::with_dates(true, m, n).map(Some))
            }
            ast::Arithmetic::Add => (Arithmetic::Add, units::joined(m, n)),
            ast::Arithmetic::Subtract if m == Some(units::PERCENT) && n == m => {
                (Arithmetic::Subtract, Some(Some(units::PP)))
            }
            ast::Arithmetic::Subtract => (Arithmetic::Subtract, units::joined(m, n)),
            ast::Arithmetic::Multiply => (Arithmetic::Multiply, units::product(m, n)),
            ast::Arithmetic::Divide => (Arithmetic::Divide, units::quotient(m, n)),
        };
        let Some(unit) = unit else {
            let whole = self.place(at);
            match op {
                _ if dated => self.report(types::no_arithmetic_with_dates(whole)),
                Arithmetic::Add | Arithmetic::Subtract => self.units_differ((a.at.0, m), (b.at.0, n)),
                Arithmetic::Multiply | Arithmetic::Divide => {
                    self.report(mixed::no_product(whole, self.side((a.at.0, m)), self.side((b.at.0, n))));
                }
            }
            return None;
        };
        let divisor = y.domain.clone().map(|d| if scope.proves(b) { without_zero(&d) } else { d });
        let bounds = match (&x.domain, &divisor) {
            (Some(p), Some(q)) => {
                let bounds = domain::arithmetic(op, p, q);
                if bounds.is_none() {
                    let diagnostic = types::division_by_zero(self.place(b.at), b.at.0.of(self.text));
                    self.report(diagnostic);
                    return None;
                }
                bounds
            }
            _ => None,
        };
        Some(number(ExprKind::Arithmetic(op, Box::new(x), Box::new(y)), unit, bounds, at))
    }
}

/// Lengths of time in several units, or beside a time of day, as minutes: an hour is sixty of them.
pub(crate) fn commensurate(sides: &mut [&mut Expr]) {
    let units: Vec<_> = sides.iter().map(|side| unit_of(&side.ty).flatten()).collect();
    let time = |unit: &Option<rubric_program::Unit>| {
        *unit == Some(units::TIME) || units::in_minutes(*unit).is_some()
    };
    if units.windows(2).all(|pair| pair.first() == pair.last()) || !units.iter().all(time) {
        return;
    }
    for (side, unit) in sides.iter_mut().zip(units) {
        let Some(minutes) = units::in_minutes(unit).filter(|minutes| *minutes != Exact::ONE) else {
            continue;
        };
        let at = ast::At(side.span);
        let factor = domain::exactly(&minutes);
        let bounds = side.domain.as_ref().map(|d| domain::multiply(d, &factor));
        let factor = number(ExprKind::Number(minutes), None, Some(factor), at);
        let length = std::mem::replace(*side, factor.clone());
        let kind = ExprKind::Arithmetic(Arithmetic::Multiply, Box::new(length), Box::new(factor));
        **side = number(kind, Some(units::MINUTES), bounds, at);
    }
}

/// Bounds of what is known not to be nothing.
fn without_zero(domain: &Domain) -> Domain {
    let mut proved = domain.clone();
    if let (true, Some(scale)) = (domain.low.is_zero(), domain.scale) {
        proved.low = Exact::fixed(1, u8::try_from(scale).unwrap_or(u8::MAX));
    }
    proved
}
