//! Whether a unit is scored, as far as its evidence tells.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rubric_program::{
    Aggregate, Arithmetic, Comparison, EvidenceId, Exact, Expr, ExprKind, RecordRow, Value,
};

use crate::merge::{Data, UnitData};

/// Why it cannot be told; an error has been or will be reported for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// Evidence is missing: it stands in [`Scope::missing`].
    Missing,
    /// Evidence was refused.
    Refused,
    /// The condition uses something besides evidence, which the checker does not let through.
    Unsupported,
}

/// A unit, and the evidence that was looked for in vain.
pub(crate) struct Scope<'u> {
    unit: &'u UnitData,
    pub(crate) missing: BTreeSet<usize>,
    /// The row in hand, where a list is gone through.
    row: Option<&'u RecordRow>,
}

impl<'u> Scope<'u> {
    pub(crate) const fn new(unit: &'u UnitData) -> Self {
        Self { unit, missing: BTreeSet::new(), row: None }
    }

    /// The condition's answer. `And` and `Or` stop as early as they can, so that a condition may ask whether
    /// evidence was given before it uses it.
    pub(crate) fn flag(&mut self, expr: &Expr) -> Result<bool, Unknown> {
        match &expr.kind {
            ExprKind::Not(inner) => Ok(!self.flag(inner)?),
            ExprKind::And(parts) => self.until(parts, false),
            ExprKind::Or(parts) => self.until(parts, true),
            ExprKind::Absent(EvidenceId(index)) => Ok(self.given(*index).is_none()),
            ExprKind::AbsentField(id) => {
                let cell = self.row.and_then(|row| row.cells.get(id.0)).ok_or(Unknown::Unsupported)?;
                Ok(cell.value.is_none())
            }
            ExprKind::Compare(comparison, left, right) => {
                let (left, right) = (self.value(left), self.value(right));
                compare(*comparison, &left?, &right?)
            }
            ExprKind::Between(value, low, high) => {
                let (value, low, high) = (self.value(value), self.value(low), self.value(high));
                let value = value?;
                Ok(compare(Comparison::GreaterOrEqual, &value, &low?)?
                    && compare(Comparison::LessOrEqual, &value, &high?)?)
            }
            ExprKind::Rows { aggregate: Aggregate::Every, list, value, .. } => {
                self.decided(*list, value.as_deref(), false)
            }
            ExprKind::Rows { aggregate: Aggregate::Any, list, value, .. } => {
                self.decided(*list, value.as_deref(), true)
            }
            _ => match self.value(expr)? {
                Value::Flag(flag) => Ok(flag),
                _ => Err(Unknown::Unsupported),
            },
        }
    }

    fn until(&mut self, parts: &[Expr], stop: bool) -> Result<bool, Unknown> {
        for part in parts {
            if self.flag(part)? == stop {
                return Ok(stop);
            }
        }
        Ok(!stop)
    }

    fn given(&self, index: usize) -> Option<&'u Data> {
        self.unit.given.get(index).and_then(Option::as_ref).map(|g| &g.data)
    }

    fn value(&mut self, expr: &Expr) -> Result<Value, Unknown> {
        match &expr.kind {
            ExprKind::Number(number) => Ok(Value::Number(number.clone())),
            ExprKind::Flag(flag) => Ok(Value::Flag(*flag)),
            ExprKind::Text(text) => Ok(Value::Text(text.clone())),
            ExprKind::Evidence(EvidenceId(index)) => match self.given(*index) {
                Some(Data::Scalar(cell)) => cell.value.clone().ok_or(Unknown::Refused),
                Some(Data::Refused) => Err(Unknown::Refused),
                Some(Data::List(_)) => Err(Unknown::Unsupported),
                None => {
                    self.missing.insert(*index);
                    Err(Unknown::Missing)
                }
            },
            ExprKind::Field(id) => {
                let cell = self.row.and_then(|row| row.cells.get(id.0)).ok_or(Unknown::Unsupported)?;
                cell.value.clone().ok_or(Unknown::Missing)
            }
            ExprKind::If(condition, then, otherwise) => {
                let chosen = if self.flag(condition)? { then } else { otherwise };
                self.value(chosen)
            }
            ExprKind::Rows { aggregate: Aggregate::Every | Aggregate::Any, .. }
            | ExprKind::Absent(_)
            | ExprKind::AbsentField(_)
            | ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Between(..)
            | ExprKind::Compare(..) => self.flag(expr).map(Value::Flag),
            _ => self.number(expr).map(Value::Number),
        }
    }

    fn number(&mut self, expr: &Expr) -> Result<Exact, Unknown> {
        match &expr.kind {
            ExprKind::Negate(inner) => Ok(-self.number(inner)?),
            ExprKind::Arithmetic(op, left, right) => {
                let (left, right) = (self.number(left), self.number(right));
                let (left, right) = (left?, right?);
                match op {
                    Arithmetic::Add => Some(left + right),
                    Arithmetic::Subtract => Some(left - right),
                    Arithmetic::Multiply => Some(left * right),
                    Arithmetic::Divide => left.checked_div(&right),
                }
                .ok_or(Unknown::Unsupported)
            }
            ExprKind::Larger(parts) => self.numbers(parts)?.into_iter().max().ok_or(Unknown::Unsupported),
            ExprKind::Smaller(parts) => self.numbers(parts)?.into_iter().min().ok_or(Unknown::Unsupported),
            ExprKind::Round { value, step, mode } => Ok(self.number(value)?.round_to(step, *mode)),
            ExprKind::Rows { aggregate, list, filter, value } => {
                self.rows(*aggregate, *list, filter.as_deref(), value.as_deref())
            }
            ExprKind::Evidence(_) | ExprKind::Number(_) | ExprKind::Field(_) | ExprKind::If(..) => {
                match self.value(expr)? {
                    Value::Number(number) => Ok(number),
                    _ => Err(Unknown::Unsupported),
                }
            }
            _ => Err(Unknown::Unsupported),
        }
    }

    fn numbers(&mut self, parts: &[Expr]) -> Result<Vec<Exact>, Unknown> {
        parts.iter().map(|part| self.number(part)).collect()
    }

    fn rows(
        &mut self,
        aggregate: Aggregate,
        list: EvidenceId,
        filter: Option<&Expr>,
        value: Option<&Expr>,
    ) -> Result<Exact, Unknown> {
        let mut found = Vec::new();
        for row in self.meant(list, filter)? {
            let one = value.map_or(Ok(Exact::ONE), |v| self.on(row, |scope| scope.number(v)))?;
            found.push(one);
        }
        let count = Exact::from(u64::try_from(found.len()).unwrap_or(u64::MAX));
        match aggregate {
            Aggregate::Count => Some(count),
            Aggregate::Sum => Some(found.into_iter().sum()),
            Aggregate::Mean => found.into_iter().sum::<Exact>().checked_div(&count),
            Aggregate::Max => found.into_iter().max(),
            Aggregate::Min => found.into_iter().min(),
            Aggregate::Every | Aggregate::Any => None,
        }
        .ok_or(Unknown::Unsupported)
    }

    /// `均` and `有`: whether a row decides.
    fn decided(&mut self, list: EvidenceId, value: Option<&Expr>, decides: bool) -> Result<bool, Unknown> {
        for row in self.meant(list, None)? {
            if value.map_or(Ok(true), |v| self.on(row, |scope| scope.flag(v)))? == decides {
                return Ok(decides);
            }
        }
        Ok(!decides)
    }

    /// The rows of a list that are meant.
    fn meant(
        &mut self,
        EvidenceId(index): EvidenceId,
        filter: Option<&Expr>,
    ) -> Result<Vec<&'u RecordRow>, Unknown> {
        let rows = match self.given(index) {
            Some(Data::List(rows)) => rows,
            Some(Data::Refused) => return Err(Unknown::Refused),
            Some(Data::Scalar(_)) => return Err(Unknown::Unsupported),
            None => {
                self.missing.insert(index);
                return Err(Unknown::Missing);
            }
        };
        let mut meant = Vec::new();
        for row in rows {
            if filter.map_or(Ok(true), |f| self.on(row, |scope| scope.flag(f)))? {
                meant.push(row);
            }
        }
        Ok(meant)
    }

    /// With a row in hand.
    fn on<T>(&mut self, row: &'u RecordRow, ask: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.row.replace(row);
        let answer = ask(self);
        self.row = before;
        answer
    }
}

fn compare(comparison: Comparison, left: &Value, right: &Value) -> Result<bool, Unknown> {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.cmp(right),
        // Flags and texts are only equal or not; an order among them has no meaning.
        (left, right) => match comparison {
            Comparison::Equal => return Ok(left == right),
            Comparison::NotEqual => return Ok(left != right),
            _ => return Err(Unknown::Unsupported),
        },
    };
    Ok(match comparison {
        Comparison::Equal => order == Ordering::Equal,
        Comparison::NotEqual => order != Ordering::Equal,
        Comparison::Less => order == Ordering::Less,
        Comparison::LessOrEqual => order != Ordering::Greater,
        Comparison::Greater => order == Ordering::Greater,
        Comparison::GreaterOrEqual => order != Ordering::Less,
    })
}
