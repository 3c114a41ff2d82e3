//! Working days between days of the evidence.

use rubric_base::Place;
use rubric_program::{Column, Exact, Expr, ExprKind, Value};

use crate::expression::Scope;
use crate::outcome::{Fault, FaultKind};
use crate::stop::{Eval, MISSING, both};

/// Whether a day is not later than the `most`-th working day after another.
pub(crate) fn within(scope: Scope<'_, '_>, day: &Expr, after: &Expr, most: u64) -> Eval {
    let (to, from) = days(scope, day, after)?;
    let known = scope.state.program.calendar.as_ref().and_then(|c| c.within(to, from, most));
    known.map(Value::Flag).ok_or_else(|| outside(scope, [(day, to), (after, from)]))
}

/// Working days after one day, up to another.
pub(crate) fn between(scope: Scope<'_, '_>, after: &Expr, day: &Expr) -> Eval {
    let (from, to) = days(scope, after, day)?;
    let known = scope.state.program.calendar.as_ref().and_then(|c| c.between(from, to));
    known.map(|n| Value::Number(Exact::from_int(n))).ok_or_else(|| outside(scope, [(after, from), (day, to)]))
}

fn days(scope: Scope<'_, '_>, a: &Expr, b: &Expr) -> Eval<(i32, i32)> {
    let day = |n: Exact| n.to_i64().and_then(|n| i32::try_from(n).ok()).ok_or(MISSING);
    let (a, b) = both(scope.number(a), scope.number(b))?;
    Ok((day(a)?, day(b)?))
}

/// The evidence is at fault, not the standard: each day outside the calendar is told.
fn outside(scope: Scope<'_, '_>, days: [(&Expr, i32); 2]) -> crate::stop::Stop {
    let covered = scope.state.program.calendar.as_ref().map(rubric_program::Calendar::covers);
    for (expr, day) in days {
        if covered.is_none_or(|(first, last)| day < first || day > last) {
            let kind = FaultKind::OutsideCalendar(day);
            let place = place(scope, expr);
            scope.state.fault(Fault { unit: scope.unit, place, span: expr.span, kind });
        }
    }
    MISSING
}

/// Where a value was written, if it was.
fn place(scope: Scope<'_, '_>, expr: &Expr) -> Option<Place> {
    let row = scope.row.and_then(|row| row.place);
    let unit = || scope.state.data.units.get(scope.unit).and_then(|u| u.place);
    let own = match &expr.kind {
        ExprKind::Field(id) => scope.row.and_then(|row| row.cells.get(id.0)?.place),
        ExprKind::Evidence(id) => match scope.state.column(*id, scope.unit) {
            Some(Column::Scalars(cells)) => cells.get(scope.unit).and_then(|c| c.place),
            _ => None,
        },
        _ => None,
    };
    own.or(row).or_else(unit)
}
