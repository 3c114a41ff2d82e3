//! The value of an expression for a unit, or for a row of one of its lists.

use rubric_program::{
    Aggregate, Arithmetic, Comparison, Entry, EvidenceId, Exact, Expr, ExprKind, Key, RecordRow, Row, Value,
};

use crate::EvalErrorKind;
use crate::state::{Gap, Known, State, known};

impl State<'_> {
    /// The value of `expr`; `row` is the row in hand where the expression stands in a list.
    pub(crate) fn value(&self, expr: &Expr, unit: usize, row: Option<&RecordRow>) -> Known<Value> {
        let flag = |b: Known<bool>| b.map(Value::Flag);
        let number = |n: Known<Exact>| n.map(Value::Number);
        match &expr.kind {
            ExprKind::Number(n) => Ok(Value::Number(n.clone())),
            ExprKind::Flag(b) => Ok(Value::Flag(*b)),
            ExprKind::Text(t) => Ok(Value::Text(t.clone())),
            ExprKind::Evidence(id) => self.evidence(*id, unit),
            ExprKind::Field(id) => {
                let cell = row.and_then(|r| r.cells.get(id.0));
                cell.and_then(|c| c.value.clone()).ok_or(Gap::Absent)
            }
            ExprKind::Let(id) => known(&self.lets, id.0, unit),
            ExprKind::Output(id) => known(&self.outputs, id.0, unit),
            ExprKind::Score(id) => number(known(&self.nodes, id.0, unit)),
            ExprKind::Total => number(self.total.get(unit).cloned().unwrap_or(Err(Gap::Unknown))),
            ExprKind::Rank => {
                number(self.rank.get(unit).cloned().unwrap_or(Err(Gap::Unknown)).map(Exact::from))
            }
            ExprKind::Grade => self.grade.get(unit).cloned().unwrap_or(Err(Gap::Unknown)).map(Value::Text),
            ExprKind::Place(id) => {
                number(known(&self.places, id.0, unit).map(|(place, _)| Exact::from(place)))
            }
            ExprKind::RequirementsMet => number(self.requirements_met(unit)),
            ExprKind::RequirementsAll => {
                Ok(Value::Number(Exact::from(self.requirement_nodes().count() as u64)))
            }
            ExprKind::Absent(id) => match self.evidence(*id, unit) {
                Ok(_) => Ok(Value::Flag(false)),
                Err(Gap::Absent) => Ok(Value::Flag(true)),
                Err(gap) => Err(gap),
            },
            ExprKind::Not(x) => flag(self.flag(x, unit, row).map(|b| !b)),
            ExprKind::Negate(x) => number(self.number(x, unit, row).map(|n| -n)),
            ExprKind::And(all) => flag(self.joined(all, false, unit, row)),
            ExprKind::Or(all) => flag(self.joined(all, true, unit, row)),
            ExprKind::Arithmetic(op, a, b) => number(self.arithmetic(*op, a, b, expr, unit, row)),
            ExprKind::Compare(op, a, b) => flag(self.compare(*op, a, b, unit, row)),
            ExprKind::Between(x, low, high) => {
                let x = self.number(x, unit, row)?;
                Ok(Value::Flag(self.number(low, unit, row)? <= x && x <= self.number(high, unit, row)?))
            }
            ExprKind::If(condition, then, otherwise) => {
                let branch = if self.flag(condition, unit, row)? { then } else { otherwise };
                self.value(branch, unit, row)
            }
            ExprKind::Table(subject, rows) => {
                let subject = self.value(subject, unit, row)?;
                let fitting =
                    row_for(rows, &subject).ok_or(Gap::Failed(EvalErrorKind::NoRowFits, expr.span))?;
                match &fitting.entry {
                    Entry::Value(value) => self.value(value, unit, row),
                    Entry::Points(_) | Entry::Falling { .. } => Err(wrong_type(expr)),
                }
            }
            ExprKind::Rows { aggregate, list, filter, value } => {
                self.aggregate(*aggregate, *list, filter.as_deref(), value.as_deref(), expr, unit)
            }
            ExprKind::Larger(all) => number(self.pick(all, unit, row, expr, |a, b| a.max(b))),
            ExprKind::Smaller(all) => number(self.pick(all, unit, row, expr, |a, b| a.min(b))),
            ExprKind::Round { value, step, mode } => {
                number(self.number(value, unit, row).map(|n| n.round_to(step, *mode)))
            }
        }
    }

    /// A number.
    pub(crate) fn number(&self, expr: &Expr, unit: usize, row: Option<&RecordRow>) -> Known<Exact> {
        match self.value(expr, unit, row)? {
            Value::Number(n) => Ok(n),
            Value::Flag(_) | Value::Text(_) => Err(wrong_type(expr)),
        }
    }

    /// Yes or no.
    pub(crate) fn flag(&self, expr: &Expr, unit: usize, row: Option<&RecordRow>) -> Known<bool> {
        match self.value(expr, unit, row)? {
            Value::Flag(b) => Ok(b),
            Value::Number(_) | Value::Text(_) => Err(wrong_type(expr)),
        }
    }

    fn evidence(&self, id: EvidenceId, unit: usize) -> Known<Value> {
        if let Some(rows) = self.rows(id, unit) {
            return Ok(Value::Number(Exact::from(rows.len() as u64)));
        }
        self.cell(id, unit).and_then(|c| c.value.clone()).ok_or_else(|| self.gap(id, unit))
    }

    /// All (or, with `any`, one) of several conditions: one that settles it does so even beside unknown ones.
    fn joined(&self, all: &[Expr], any: bool, unit: usize, row: Option<&RecordRow>) -> Known<bool> {
        let mut open = None;
        for condition in all {
            match self.flag(condition, unit, row) {
                Ok(b) if b == any => return Ok(any),
                Ok(_) => {}
                Err(gap @ Gap::Failed(..)) => return Err(gap),
                Err(gap) => open = open.or(Some(gap)),
            }
        }
        open.map_or(Ok(!any), Err)
    }

    fn arithmetic(
        &self,
        op: Arithmetic,
        a: &Expr,
        b: &Expr,
        whole: &Expr,
        unit: usize,
        row: Option<&RecordRow>,
    ) -> Known<Exact> {
        let (a, b) = (self.number(a, unit, row)?, self.number(b, unit, row)?);
        match op {
            Arithmetic::Add => Ok(a + b),
            Arithmetic::Subtract => Ok(a - b),
            Arithmetic::Multiply => Ok(a * b),
            Arithmetic::Divide => {
                a.checked_div(&b).ok_or(Gap::Failed(EvalErrorKind::DivisionByZero, whole.span))
            }
        }
    }

    fn compare(
        &self,
        op: Comparison,
        a: &Expr,
        b: &Expr,
        unit: usize,
        row: Option<&RecordRow>,
    ) -> Known<bool> {
        let (x, y) = (self.value(a, unit, row)?, self.value(b, unit, row)?);
        Ok(match (op, &x, &y) {
            (Comparison::Equal, x, y) => x == y,
            (Comparison::NotEqual, x, y) => x != y,
            (Comparison::Less, Value::Number(x), Value::Number(y)) => x < y,
            (Comparison::LessOrEqual, Value::Number(x), Value::Number(y)) => x <= y,
            (Comparison::Greater, Value::Number(x), Value::Number(y)) => x > y,
            (Comparison::GreaterOrEqual, Value::Number(x), Value::Number(y)) => x >= y,
            _ => return Err(wrong_type(a)),
        })
    }

    fn aggregate(
        &self,
        aggregate: Aggregate,
        list: EvidenceId,
        filter: Option<&Expr>,
        value: Option<&Expr>,
        whole: &Expr,
        unit: usize,
    ) -> Known<Value> {
        let rows = self.rows(list, unit).ok_or_else(|| self.gap(list, unit))?;
        let mut taken = Vec::new();
        for row in rows {
            if filter.map_or(Ok(true), |f| self.flag(f, unit, Some(row)))? {
                taken.push(row);
            }
        }
        if let (Aggregate::Every | Aggregate::Any, Some(condition)) = (aggregate, value) {
            let any = aggregate == Aggregate::Any;
            for row in taken {
                if self.flag(condition, unit, Some(row))? == any {
                    return Ok(Value::Flag(any));
                }
            }
            return Ok(Value::Flag(!any));
        }
        let count = Exact::from(taken.len() as u64);
        let Some(value) = value else { return Ok(Value::Number(count)) };
        let numbers: Known<Vec<Exact>> =
            taken.into_iter().map(|row| self.number(value, unit, Some(row))).collect();
        let numbers = numbers?;
        let nothing = Gap::Failed(EvalErrorKind::NothingToAggregate, whole.span);
        Ok(Value::Number(match aggregate {
            Aggregate::Max => numbers.into_iter().max().ok_or(nothing)?,
            Aggregate::Min => numbers.into_iter().min().ok_or(nothing)?,
            Aggregate::Mean => numbers.into_iter().sum::<Exact>().checked_div(&count).ok_or(nothing)?,
            _ => numbers.into_iter().sum(),
        }))
    }

    fn pick(
        &self,
        all: &[Expr],
        unit: usize,
        row: Option<&RecordRow>,
        whole: &Expr,
        better: impl Fn(Exact, Exact) -> Exact,
    ) -> Known<Exact> {
        let numbers: Known<Vec<Exact>> = all.iter().map(|x| self.number(x, unit, row)).collect();
        numbers?.into_iter().reduce(better).ok_or_else(|| wrong_type(whole))
    }

    fn requirement_nodes(&self) -> impl Iterator<Item = usize> {
        let has = |node: &rubric_program::Node| {
            node.rules
                .iter()
                .any(|r| matches!(r.kind, rubric_program::RuleKind::Require { advice: false, .. }))
        };
        self.program.nodes.iter().enumerate().filter(move |(_, n)| has(n)).map(|(id, _)| id)
    }

    fn requirements_met(&self, unit: usize) -> Known<Exact> {
        let mut met = 0_u64;
        for id in self.requirement_nodes() {
            let state = self.requirements.get(id).and_then(|c| c.get(unit)).copied().flatten();
            met += u64::from(state.ok_or(Gap::Unknown)?);
        }
        Ok(Exact::from(met))
    }
}

/// The first row whose key fits.
pub(crate) fn row_for<'r>(rows: &'r [Row], value: &Value) -> Option<&'r Row> {
    rows.iter().find(|row| fits(&row.key, value))
}

fn fits(key: &Key, value: &Value) -> bool {
    match (key, value) {
        (Key::Otherwise, _) => true,
        (Key::Band { low, low_open, high, high_open }, Value::Number(n)) => {
            let above = low.as_ref().is_none_or(|l| if *low_open { l < n } else { l <= n });
            let below = high.as_ref().is_none_or(|h| if *high_open { n < h } else { n <= h });
            above && below
        }
        (Key::Places(first, last), Value::Number(n)) => {
            Exact::from(*first) <= *n && last.is_none_or(|last| *n <= Exact::from(last))
        }
        (Key::Choices(names), Value::Text(t)) => names.contains(t),
        (Key::Flag(b), Value::Flag(v)) => b == v,
        _ => false,
    }
}

pub(crate) const fn wrong_type(expr: &Expr) -> Gap {
    Gap::Failed(EvalErrorKind::WrongType, expr.span)
}
