//! Grades: the steps in the order written.

use rubric_base::Span;
use rubric_program::{Entry, Expr, GradeStep, Grades, Row, Value};

use crate::expression::{Scope, find};
use crate::outcome::{GradeMove, Missed};
use crate::quotas;
use crate::state::{Slot, State};
use crate::stop::{EvalError, Gap, Stop, settle};

/// Where a unit stands between two steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// No grade yet.
    None,
    Given(usize),
    /// A step that matters to it is not known. `vetoed`: that step may have been a veto, so that not even a
    /// later veto settles the grade.
    Open {
        vetoed: bool,
    },
    /// Given by a veto: no later step touches it.
    Vetoed(usize),
}

impl Standing {
    const fn grade(self) -> Slot<usize> {
        match self {
            Self::Given(grade) | Self::Vetoed(grade) => Ok(grade),
            Self::None | Self::Open { .. } => Err(Gap::Missing),
        }
    }
}

/// Gives the grades: each step is done for every unit before the next, since a quota looks at all of them. Only
/// scored units have a grade. A step that asks for the grade sees the one that the steps before it gave.
pub(crate) fn grades(state: &mut State<'_>, grades: &Grades) -> Result<(), EvalError> {
    let mut standings = vec![Standing::None; state.data.units.len()];
    for (step, span) in &grades.steps {
        let before = standings.clone();
        let mut missed = Vec::new();
        if let GradeStep::Quota(quota) = step {
            missed = quotas::apply(state, quota, *span, &mut standings)?;
        } else {
            for unit in (0..standings.len()).filter(|u| state.is_graded(*u)) {
                if let Some(standing) = standings.get_mut(unit) {
                    *standing = apply(Scope::new(state, unit), grades, step, *standing)?;
                }
            }
        }
        for (unit, (was, is)) in before.iter().zip(&standings).enumerate().filter(|(_, (was, is))| was != is)
        {
            let missed = missed.iter().find(|(u, _)| *u == unit).map(|(_, missed)| missed.clone());
            let scope = Scope::new(state, unit);
            let Some(moved) = moved(scope, grades, (step, *span), (*was, *is), missed)? else { continue };
            if let Some(moves) = state.grade_moves.get_mut(unit) {
                moves.push(moved);
            }
        }
        state.grade = standings.iter().map(|standing| standing.grade()).collect();
    }
    Ok(())
}

/// What a step did to a unit's grade; nothing where it left it open.
fn moved(
    scope: Scope<'_, '_>,
    grades: &Grades,
    (step, span): (&GradeStep, Span),
    (was, is): (Standing, Standing),
    missed: Option<Missed>,
) -> Result<Option<GradeMove>, EvalError> {
    let name = |standing: Standing| Some(grades.names.get(standing.grade().ok()?)?.name.clone());
    let Some(grade) = name(is) else { return Ok(None) };
    let mut vetoed_by = Vec::new();
    if let GradeStep::Veto { conditions, .. } = step {
        for (i, condition) in conditions.iter().enumerate() {
            if holds(scope, condition)? == Some(true) {
                vetoed_by.push(i);
            }
        }
    }
    Ok(Some(GradeMove { step: span, row: row_of(scope, step), before: name(was), grade, vetoed_by, missed }))
}

/// The row of a table step that fits.
fn row_of(scope: Scope<'_, '_>, step: &GradeStep) -> Option<Span> {
    let GradeStep::Table(subject, rows) = step else { return None };
    let value = scope.eval(subject).ok()?;
    find(rows, &value).map(|(_, row)| row.span)
}

fn apply(
    scope: Scope<'_, '_>,
    grades: &Grades,
    step: &GradeStep,
    standing: Standing,
) -> Result<Standing, EvalError> {
    let open = Standing::Open { vetoed: false };
    Ok(match (step, standing) {
        (_, Standing::Vetoed(_) | Standing::Open { vetoed: true }) => standing,
        (GradeStep::Veto { grade, conditions }, _) => match any(scope, conditions)? {
            Some(true) => Standing::Vetoed(*grade),
            Some(false) => standing,
            // A veto that may give what the unit has already still may keep later steps away from it.
            None => Standing::Open { vetoed: true },
        },
        (GradeStep::Table(subject, rows), Standing::None) => match settle(by_table(scope, subject, rows))? {
            Ok(Some(name)) => grades
                .names
                .iter()
                .position(|grade| grade.name == name)
                .map_or(Standing::None, Standing::Given),
            Ok(None) => Standing::None,
            Err(_) => open,
        },
        (GradeStep::Give { condition, grade }, Standing::None) => {
            match condition.as_ref().map_or(Ok(Some(true)), |c| holds(scope, c))? {
                Some(true) => Standing::Given(*grade),
                Some(false) => standing,
                None => open,
            }
        }
        (GradeStep::Lower { condition, by, named }, Standing::Given(grade)) if ordered(grades, grade) => {
            match holds(scope, condition)? {
                Some(true) => Standing::Given(lower(grades, grade, *by, named)),
                Some(false) => standing,
                None => open,
            }
        }
        (GradeStep::Change { condition, from, to }, Standing::Given(grade)) if grade == *from => {
            match holds(scope, condition)? {
                Some(true) => Standing::Given(*to),
                Some(false) => standing,
                None => open,
            }
        }
        _ => standing,
    })
}

fn ordered(grades: &Grades, grade: usize) -> bool {
    grades.names.get(grade).is_some_and(|g| g.ordered)
}

/// Some grades further down. The checker refuses what would leave the list; the last one holds it here.
fn lower(grades: &Grades, grade: usize, by: usize, named: &[(usize, usize)]) -> usize {
    if let Some((_, to)) = named.iter().find(|(from, _)| *from == grade) {
        return *to;
    }
    let last = grades.names.iter().rposition(|g| g.ordered).unwrap_or(grade);
    grade.saturating_add(by).min(last)
}

fn holds(scope: Scope<'_, '_>, condition: &Expr) -> Result<Option<bool>, EvalError> {
    settle(scope.flag(condition)).map(Result::ok)
}

/// One condition that holds decides, whatever is unknown of the others.
fn any(scope: Scope<'_, '_>, conditions: &[Expr]) -> Result<Option<bool>, EvalError> {
    let mut known = true;
    for condition in conditions {
        match holds(scope, condition)? {
            Some(true) => return Ok(Some(true)),
            Some(false) => {}
            None => known = false,
        }
    }
    Ok(known.then_some(false))
}

fn by_table(scope: Scope<'_, '_>, subject: &Expr, rows: &[Row]) -> Result<Option<String>, Stop> {
    let value = scope.eval(subject)?;
    let Some((_, row)) = find(rows, &value) else { return Ok(None) };
    let Entry::Value(expr) = &row.entry else { return Ok(None) };
    match scope.eval(expr)? {
        Value::Text(name) => Ok(Some(name)),
        _ => Ok(None),
    }
}
