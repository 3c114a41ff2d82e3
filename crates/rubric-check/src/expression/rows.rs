//! Over the rows of a list.

use super::Scope;
use super::number;
use super::scope::{counts_rows, not_nothing};
use crate::checker::Checker;
use crate::domain;
use crate::evidence::domain_of;
use crate::findings::types;
use crate::units;
use rubric_program::{Aggregate, Expr, ExprKind, Type};
use rubric_syntax::ast;

impl Checker<'_> {
    /// Whether such rows are there in every unit that gets as far: here, or because the evidence is checked so.
    pub(super) fn has_rows(&self, list: &ast::Name, filter: Option<&ast::Expr>, scope: &Scope<'_>) -> bool {
        let theirs = self.evidence.get(list.node.as_str()).and_then(|id| self.program.evidence.get(id.0));
        let graded_only = theirs.is_some_and(|e| e.graded_only);
        let units = self.verifies.iter().filter(|(of, _, graded)| of.is_none() && (!graded || graded_only));
        let mut known = Vec::new();
        units.for_each(|(_, verify, _)| not_nothing(&verify.condition, true, &mut known));
        scope.proves_rows(&list.node, filter) || known.iter().any(|k| counts_rows(k, &list.node, filter))
    }

    pub(super) fn rows(
        &mut self,
        function: ast::RowFunction,
        list: &ast::Name,
        field: Option<&ast::Name>,
        filter: Option<&ast::Expr>,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let id = self.list_named(list)?;
        let sure = self.has_rows(list, filter, scope);
        let filter = match filter {
            Some(f) => Some(Box::new(self.condition(f, &Scope::row(id))?)),
            None => None,
        };
        let aggregate = match function {
            ast::RowFunction::Count => Aggregate::Count,
            ast::RowFunction::Sum => Aggregate::Sum,
            ast::RowFunction::Mean => Aggregate::Mean,
            ast::RowFunction::Max => Aggregate::Max,
            ast::RowFunction::Min => Aggregate::Min,
        };
        let rows = self.program.evidence.get(id.0).and_then(|e| domain_of(&e.ty))?;
        let Some(field) = field else {
            if aggregate != Aggregate::Count {
                let diagnostic = types::which_field(self.place(at), &list.node);
                self.report(diagnostic);
                return None;
            }
            let kind = ExprKind::Rows { aggregate, list: id, filter, value: None };
            return Some(number(kind, None, Some(rows), at));
        };
        let value = self.name(&field.node, field.at, &Scope::row(id))?;
        let unit = match &value.ty {
            Type::Number(unit) => *unit,
            other => {
                let diagnostic = types::wants_number(self.place(field.at), &field.node, other);
                self.report(diagnostic);
                return None;
            }
        };
        if units::distance(unit).is_some() && matches!(aggregate, Aggregate::Sum | Aggregate::Mean) {
            let diagnostic = types::no_arithmetic_with_dates(self.place(field.at));
            self.report(diagnostic);
            return None;
        }
        if !sure && matches!(aggregate, Aggregate::Mean | Aggregate::Max | Aggregate::Min) {
            let condition = filter.as_ref().map(|f| f.span.of(self.text));
            let diagnostic = types::no_rows_in_reach(self.place(at), &list.node, condition);
            self.report(diagnostic);
            return None;
        }
        let bounds = value.domain.as_ref().map(|d| match aggregate {
            Aggregate::Sum => domain::multiply(&rows, d),
            Aggregate::Mean => domain::between(d.low.clone(), d.high.clone(), None),
            _ => d.clone(),
        });
        let kind = ExprKind::Rows { aggregate, list: id, filter, value: Some(Box::new(value)) };
        Some(number(kind, unit, bounds, at))
    }
}
