//! Days of the calendar.

use super::Scope;
use super::flag;
use super::number;
use crate::checker::Checker;
use crate::domain;
use crate::findings::dates;
use crate::findings::types;
use crate::units;
use rubric_program::{Arithmetic, Comparison, Exact, Expr, ExprKind, Type};
use rubric_syntax::ast;

impl Checker<'_> {
    /// A number that is no day of the calendar and no time of day.
    pub(super) fn undated(&mut self, tree: &ast::Expr, scope: &Scope<'_>) -> Option<Expr> {
        let value = self.number(tree, scope)?;
        if !matches!(value.ty, Type::Number(unit) if units::distance(unit).is_some()) {
            return Some(value);
        }
        let diagnostic = types::no_arithmetic_with_dates(self.place(tree.at));
        self.report(diagnostic);
        None
    }

    /// A day of the calendar.
    pub(super) fn day(&mut self, tree: &ast::Expr, scope: &Scope<'_>) -> Option<Expr> {
        let value = self.number(tree, scope)?;
        if value.ty == Type::Number(Some(units::DATE)) {
            return Some(value);
        }
        let diagnostic = types::wants_date(self.place(tree.at), tree.at.0.of(self.text), &value.ty);
        self.report(diagnostic);
        None
    }

    pub(super) fn needs_calendar(&mut self, at: ast::At) {
        let declared = self.tree.items.iter().any(|i| matches!(i, ast::Item::Calendar(_)));
        if !declared {
            let diagnostic = dates::no_calendar(self.place(at));
            self.report(diagnostic);
        }
    }

    /// `D 在 E 后 10个工作日 内`; so many plain days after a day are a day themselves.
    pub(super) fn within_days(
        &mut self,
        day: &ast::Expr,
        from: &ast::Expr,
        days: &ast::Quantity,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let (d, e) = (self.day(day, scope), self.day(from, scope));
        let (d, e) = (d?, e?);
        let (count, unit) = Self::quantity(days);
        let most = count.to_i64().and_then(|n| u64::try_from(n).ok()).filter(|_| count.is_integer());
        let (Some(most), Some(units::DAYS | units::WORKDAYS)) = (most, unit) else {
            let diagnostic = types::wants_days(self.place(days.at), days.at.0.of(self.text));
            self.report(diagnostic);
            return None;
        };
        if unit == Some(units::WORKDAYS) {
            self.needs_calendar(days.at);
            return Some(flag(ExprKind::WithinWorkdays(Box::new(d), Box::new(e), most), at));
        }
        let length = number(ExprKind::Number(count.clone()), unit, Some(domain::exactly(&count)), days.at);
        let limit = ExprKind::Arithmetic(Arithmetic::Add, Box::new(e), Box::new(length));
        let limit = number(limit, Some(units::DATE), None, at);
        Some(flag(ExprKind::Compare(Comparison::LessOrEqual, Box::new(d), Box::new(limit)), at))
    }

    /// `工作日数(A, B)`
    pub(super) fn workdays(
        &mut self,
        from: &ast::Expr,
        to: &ast::Expr,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let (a, b) = (self.day(from, scope), self.day(to, scope));
        let (a, b) = (a?, b?);
        self.needs_calendar(at);
        let most = Exact::from_int(4_000_000);
        let bounds = domain::between(-&most, most, Some(0));
        Some(number(ExprKind::Workdays(Box::new(a), Box::new(b)), Some(units::WORKDAYS), Some(bounds), at))
    }
}
