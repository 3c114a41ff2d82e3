//! Where an expression stands, and what the conditions around it prove.

use rubric_program::EvidenceId;
use rubric_syntax::ast;

/// Where an expression stands.
#[derive(Default, Clone)]
pub(crate) struct Scope<'s> {
    /// The list whose row is in hand: its fields come first.
    pub(crate) list: Option<EvidenceId>,
    /// What the conditions around it prove not to be nothing.
    nonzero: Vec<&'s ast::Expr>,
}

impl<'s> Scope<'s> {
    pub(crate) const fn row(list: EvidenceId) -> Self {
        Self { list: Some(list), nonzero: Vec::new() }
    }

    /// This scope where `condition` is known to hold, or not to.
    pub(crate) fn given(&self, condition: &'s ast::Expr, holds: bool) -> Self {
        let mut scope = self.clone();
        not_nothing(condition, holds, &mut scope.nonzero);
        scope
    }

    /// This scope where `expr` is known not to be nothing.
    pub(crate) fn without_nothing(&self, expr: &'s ast::Expr) -> Self {
        let mut scope = self.clone();
        scope.nonzero.push(expr);
        scope
    }

    pub(super) fn proves(&self, expr: &ast::Expr) -> bool {
        self.nonzero.iter().any(|known| bare(known) == bare(expr))
    }

    /// Whether rows that satisfy a filter are known to be there.
    pub(super) fn proves_rows(&self, list: &str, filter: Option<&ast::Expr>) -> bool {
        self.nonzero.iter().any(|known| counts_rows(known, list, filter))
    }
}

/// Gathers what a condition proves not to be nothing, if it holds or if it does not.
pub(super) fn not_nothing<'s>(condition: &'s ast::Expr, holds: bool, found: &mut Vec<&'s ast::Expr>) {
    match &bare(condition).kind {
        ast::ExprKind::Not(x) => not_nothing(x, !holds, found),
        ast::ExprKind::Quantified { any: true, .. } if holds => found.push(condition),
        ast::ExprKind::And(all) if holds => all.iter().for_each(|c| not_nothing(c, true, found)),
        ast::ExprKind::Or(all) if !holds => all.iter().for_each(|c| not_nothing(c, false, found)),
        ast::ExprKind::Compare(op, x, limit) => {
            let ast::ExprKind::Quantity(limit) = &bare(limit).kind else { return };
            let (zero, positive) = (limit.number.is_zero(), limit.number.is_sign_positive());
            let proved = match op {
                ast::Comparison::Equal => {
                    if holds {
                        !zero
                    } else {
                        zero
                    }
                }
                ast::Comparison::NotEqual => {
                    if holds {
                        zero
                    } else {
                        !zero
                    }
                }
                ast::Comparison::Greater => holds && positive,
                ast::Comparison::GreaterOrEqual => holds && positive && !zero,
                ast::Comparison::LessOrEqual => !holds && positive,
                ast::Comparison::Less => !holds && positive && !zero,
            };
            if proved {
                found.push(x);
            }
        }
        _ => {}
    }
}

/// Whether an expression that is not nothing says that there are such rows.
pub(super) fn counts_rows(known: &ast::Expr, list: &str, filter: Option<&ast::Expr>) -> bool {
    let narrow_enough = |own: Option<&ast::Expr>| match (own, filter) {
        (_, None) => true,
        (Some(own), Some(wanted)) => bare(own) == bare(wanted),
        (None, Some(_)) => false,
    };
    match &bare(known).kind {
        ast::ExprKind::Rows { function: ast::RowFunction::Count, list: own, filter, .. } => {
            own.node == list && narrow_enough(filter.as_deref())
        }
        ast::ExprKind::Quantified { list: own, any: true, condition } => {
            own.node == list && narrow_enough(Some(condition))
        }
        _ => false,
    }
}

/// Without its parentheses.
pub(super) fn bare(expr: &ast::Expr) -> &ast::Expr {
    match &expr.kind {
        ast::ExprKind::Group(inner) => bare(inner),
        _ => expr,
    }
}
