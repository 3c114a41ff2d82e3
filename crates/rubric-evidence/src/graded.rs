//! Whether a unit is scored, as far as its evidence tells.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rubric_program::{Comparison, EvidenceId, Expr, ExprKind, Value};

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
    pub(crate) unit: &'u UnitData,
    pub(crate) missing: BTreeSet<usize>,
}

impl Scope<'_> {
    /// The condition's answer. `And` and `Or` stop as early as they can, so that a condition may ask whether
    /// evidence was given before it uses it.
    pub(crate) fn flag(&mut self, expr: &Expr) -> Result<bool, Unknown> {
        match &expr.kind {
            ExprKind::Not(inner) => Ok(!self.flag(inner)?),
            ExprKind::And(parts) => self.until(parts, false),
            ExprKind::Or(parts) => self.until(parts, true),
            ExprKind::Absent(EvidenceId(index)) => Ok(self.given(*index).is_none()),
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

    fn given(&self, index: usize) -> Option<&Data> {
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
            ExprKind::Not(_) | ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Compare(..) => {
                self.flag(expr).map(Value::Flag)
            }
            _ => Err(Unknown::Unsupported),
        }
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
