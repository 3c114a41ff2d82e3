//! Over the rows of a list.

use num_traits::Zero;
use rubric_program::{Aggregate, EvidenceId, Expr};

use super::value::{Gap, Number, Scalar, all, whole};
use super::{At, Known, Line, Reference};

impl Reference<'_> {
    pub(super) fn over_rows(
        &self,
        aggregate: Aggregate,
        list: EvidenceId,
        filter: Option<&Expr>,
        value: Option<&Expr>,
        at: At<'_>,
    ) -> Known<Scalar> {
        let rows = self.rows(list, at.unit)?;
        if let (Aggregate::Every | Aggregate::Any, Some(condition)) = (aggregate, value) {
            assert!(filter.is_none(), "a quantifier has no filter of its own");
            return self.decided(&rows, condition, aggregate == Aggregate::Any, at.unit).map(Scalar::Flag);
        }
        let on = |row| At { row: Some(row), ..at };
        let mut meant: Vec<&Line> = Vec::new();
        for row in rows.iter() {
            if filter.map_or(Ok(true), |f| self.flag(f, on(row)))? {
                meant.push(row);
            }
        }
        if aggregate == Aggregate::Count {
            return Ok(Scalar::Number(whole(meant.len())));
        }
        let value = value.expect("all but a count take a field");
        let numbers: Vec<Number> =
            all(meant.iter().map(|row| self.number(value, on(row))).collect::<Vec<_>>())?;
        let sum: Number = numbers.iter().fold(Number::zero(), |sum, n| sum + n);
        let result = match aggregate {
            Aggregate::Sum => Some(sum),
            // Of no row there is neither a mean nor a largest one.
            Aggregate::Mean if numbers.is_empty() => None,
            Aggregate::Mean => Some(sum / whole(numbers.len())),
            Aggregate::Max => numbers.into_iter().max(),
            _ => numbers.into_iter().min(),
        };
        result.map(Scalar::Number).ok_or(Gap::Missing)
    }

    /// One row that decides is enough, whatever is unknown of the others.
    fn decided(&self, rows: &[Line], condition: &Expr, decides: bool, unit: usize) -> Known<bool> {
        let mut gaps = Vec::new();
        for row in rows {
            match self.flag(condition, At { unit, row: Some(row) }) {
                Ok(b) if b == decides => return Ok(decides),
                Ok(_) => {}
                Err(gap) => gaps.push(gap),
            }
        }
        match gaps.into_iter().max_by_key(|g| *g == Gap::Missing) {
            Some(gap) => Err(gap),
            None => Ok(!decides),
        }
    }
}
