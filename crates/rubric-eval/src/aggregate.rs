//! Values over the rows of a list.

use rubric_program::{Aggregate, EvidenceId, Exact, Expr, RecordRow, Value};

use crate::expression::Scope;
use crate::stop::{Eval, Gap, MISSING, Stop};

/// Over the rows that satisfy `filter`. The mean, largest and smallest of no row are not known.
pub(crate) fn rows(
    scope: Scope<'_, '_>,
    aggregate: Aggregate,
    list: EvidenceId,
    filter: Option<&Expr>,
    value: Option<&Expr>,
) -> Eval {
    let rows = scope.state.rows(list, scope.unit)?;
    match aggregate {
        Aggregate::Every => decided(scope, rows, filter, value, false),
        Aggregate::Any => decided(scope, rows, filter, value, true),
        Aggregate::Count => {
            let mut count = 0_u64;
            for row in rows {
                count += u64::from(takes(scope, row, filter)?);
            }
            Ok(Value::Number(Exact::from(count)))
        }
        _ => numbers(scope, rows, filter, value.ok_or(MISSING)?, aggregate),
    }
}

/// Whether a row is one of those meant.
pub(crate) fn takes(scope: Scope<'_, '_>, row: &RecordRow, filter: Option<&Expr>) -> Eval<bool> {
    filter.map_or(Ok(true), |f| scope.on(row).flag(f))
}

/// `Every` and `Any`: one row that decides is enough, whatever is unknown of the others.
fn decided(
    scope: Scope<'_, '_>,
    rows: &[RecordRow],
    filter: Option<&Expr>,
    value: Option<&Expr>,
    decides: bool,
) -> Eval {
    let mut gap = None;
    for row in rows {
        let taken = takes(scope, row, filter);
        if taken == Ok(false) {
            continue;
        }
        let holds = value.map_or(Ok(true), |v| scope.on(row).flag(v));
        match (taken, holds) {
            (Ok(_), Ok(b)) if b == decides => return Ok(Value::Flag(decides)),
            // A row that would not decide is harmless even if it is not known whether it is meant.
            (Ok(_) | Err(Stop::Gap(_)), Ok(b)) if b != decides => {}
            (Err(Stop::Error(e)), _) | (_, Err(Stop::Error(e))) => return Err(Stop::Error(e)),
            (Err(Stop::Gap(Gap::Missing)), _) | (_, Err(Stop::Gap(Gap::Missing))) => gap = Some(Gap::Missing),
            _ => gap = gap.or(Some(Gap::Absent)),
        }
    }
    gap.map_or(Ok(Value::Flag(!decides)), |g| Err(Stop::Gap(g)))
}

fn numbers(
    scope: Scope<'_, '_>,
    rows: &[RecordRow],
    filter: Option<&Expr>,
    value: &Expr,
    aggregate: Aggregate,
) -> Eval {
    let mut result: Option<Exact> = None;
    let mut count = 0_u64;
    for row in rows {
        if !takes(scope, row, filter)? {
            continue;
        }
        let n = scope.on(row).number(value)?;
        count += 1;
        result = Some(match (result, aggregate) {
            (None, _) => n,
            (Some(so_far), Aggregate::Max) => so_far.max(n),
            (Some(so_far), Aggregate::Min) => so_far.min(n),
            (Some(so_far), _) => so_far + n,
        });
    }
    let result = match aggregate {
        Aggregate::Sum => Some(result.unwrap_or(Exact::ZERO)),
        Aggregate::Mean => result.and_then(|sum| sum.checked_div(&Exact::from(count))),
        _ => result,
    };
    result.map(Value::Number).ok_or(MISSING)
}
