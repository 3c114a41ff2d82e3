//! The evidence behind a rule: names, values and places, for the ledger.

use std::collections::BTreeSet;

use rubric_base::Place;
use rubric_program::{
    Column, Effect, Entry, EvidenceId, EvidenceType, Exact, Expr, ExprKind, Row, Rule, RuleKind, Value, When,
};

use crate::aggregate::takes;
use crate::expression::Scope;

/// Evidence behind a rule, each named once, in the order in which the rule names it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Behind {
    pub(crate) places: Vec<Place>,
    pub(crate) values: Vec<(String, String)>,
    seen: BTreeSet<EvidenceId>,
    lets: BTreeSet<usize>,
    ranked: BTreeSet<usize>,
}

impl Behind {
    /// What a rule rests on. The rows that it acts on one by one are left to the entries.
    pub(crate) fn rule(scope: Scope<'_, '_>, rule: &Rule) -> Self {
        let mut behind = Self::default();
        match &rule.kind {
            RuleKind::Simple { when, effect, otherwise } => {
                behind.when(scope, when);
                behind.effect(scope, effect);
                otherwise.iter().for_each(|e| behind.effect(scope, e));
            }
            RuleKind::Table { subject, rows } => {
                behind.expr(scope, subject);
                behind.rows(scope, rows);
            }
            RuleKind::Require { condition, .. } => behind.expr(scope, condition),
            RuleKind::Heaviest(_) => {}
        }
        rule.cap.iter().for_each(|cap| behind.expr(scope, cap));
        behind
    }

    fn when(&mut self, scope: Scope<'_, '_>, when: &When) {
        match when {
            When::Always => {}
            When::Each(expr) | When::If(expr) => self.expr(scope, expr),
            When::EachRow { filter, .. } => filter.iter().for_each(|f| self.expr(scope, f)),
            When::Steps { value, limit, .. } => [value, limit].iter().for_each(|e| self.expr(scope, e)),
        }
    }

    fn effect(&mut self, scope: Scope<'_, '_>, effect: &Effect) {
        if let Effect::Deduct(expr) | Effect::Award(expr) = effect {
            self.expr(scope, expr);
        }
    }

    fn rows(&mut self, scope: Scope<'_, '_>, rows: &[Row]) {
        for row in rows {
            match &row.entry {
                Entry::Points(effect) => self.effect(scope, effect),
                Entry::Value(expr) => self.expr(scope, expr),
                Entry::Falling { .. } => {}
            }
        }
    }

    fn expr(&mut self, scope: Scope<'_, '_>, expr: &Expr) {
        match &expr.kind {
            ExprKind::Evidence(id) | ExprKind::Absent(id) => self.scalar(scope, *id),
            ExprKind::Let(id) => {
                if self.lets.insert(id.0)
                    && let Some(named) = scope.state.program.lets.get(id.0)
                {
                    self.expr(scope, &named.value);
                }
            }
            ExprKind::Place(id) => {
                if self.ranked.insert(id.0)
                    && let Some(place) = scope.state.program.places.get(id.0)
                {
                    self.expr(scope, &place.order.key);
                }
            }
            ExprKind::Not(e) | ExprKind::Negate(e) | ExprKind::Round { value: e, .. } => self.expr(scope, e),
            ExprKind::And(parts)
            | ExprKind::Or(parts)
            | ExprKind::Larger(parts)
            | ExprKind::Smaller(parts) => parts.iter().for_each(|e| self.expr(scope, e)),
            ExprKind::Arithmetic(_, a, b)
            | ExprKind::Compare(_, a, b)
            | ExprKind::WithinWorkdays(a, b, _)
            | ExprKind::Workdays(a, b) => {
                [a, b].iter().for_each(|e| self.expr(scope, e));
            }
            ExprKind::Between(a, b, c) | ExprKind::If(a, b, c) => {
                [a, b, c].iter().for_each(|e| self.expr(scope, e));
            }
            ExprKind::Table(subject, rows) => {
                self.expr(scope, subject);
                self.rows(scope, rows);
            }
            ExprKind::Rows { list, filter, value, .. } => {
                self.list(scope, *list, filter.as_deref());
                filter.iter().chain(value).for_each(|e| self.expr(scope, e));
            }
            _ => {}
        }
    }

    fn scalar(&mut self, scope: Scope<'_, '_>, id: EvidenceId) {
        let Some(Column::Scalars(cells)) = scope.state.column(id, scope.unit) else { return };
        let Some(cell) = cells.get(scope.unit).filter(|_| self.seen.insert(id)) else { return };
        self.places.extend(cell.place);
        let declared = scope.state.program.evidence.get(id.0);
        if let (Some(evidence), Some(value)) = (declared, &cell.value) {
            self.values.push((evidence.name.clone(), show(value, &evidence.ty)));
        }
    }

    /// A list as a whole: how many of its rows were meant, and where they stand.
    fn list(&mut self, scope: Scope<'_, '_>, id: EvidenceId, filter: Option<&Expr>) {
        let Ok(rows) = scope.state.rows(id, scope.unit) else { return };
        let meant = rows.iter().filter(|row| takes(scope, row, filter) == Ok(true));
        for place in meant.filter_map(|row| row.place) {
            if !self.places.contains(&place) {
                self.places.push(place);
            }
        }
        if self.seen.insert(id)
            && let Some(evidence) = scope.state.program.evidence.get(id.0)
        {
            self.values.push((evidence.name.clone(), rows.len().to_string()));
        }
    }
}

/// A value as a text that no language owns.
fn show(value: &Value, ty: &EvidenceType) -> String {
    match (value, ty) {
        (Value::Number(n), EvidenceType::Percent { .. }) => format!("{}%", n * &Exact::from_int(100)),
        (Value::Number(n), EvidenceType::Time { .. }) => {
            (n * &Exact::from_int(60)).to_i64().map(rubric_base::time::iso).unwrap_or_default()
        }
        (Value::Number(n), _) => n.to_string(),
        (Value::Flag(b), _) => b.to_string(),
        (Value::Text(t), _) => t.clone(),
    }
}
