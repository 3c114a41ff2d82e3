//! Grades that are still possible, step by step.

use std::collections::BTreeSet;

use rubric_program::{Entry, Expr, ExprKind, GradeStep, Grades, Quota, QuotaLimit, Row};

use crate::abstraction::Abstract;
use crate::expression::{Scope, fitting};
use crate::ranks;
use crate::run::Run;

/// Where a unit can stand between two steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    None,
    Given(usize),
    /// By a veto: no later step touches it.
    Vetoed(usize),
}

/// All standings that are still possible, by unit.
pub(crate) fn grades(run: &mut Run<'_>, grades: &Grades) {
    let count = run.data.units.len();
    let mut all: Vec<BTreeSet<Standing>> = vec![BTreeSet::from([Standing::None]); count];
    for (step, _) in &grades.steps {
        run.standings.clone_from(&all);
        all = (0..count)
            .map(|unit| {
                let before = all.get(unit).cloned().unwrap_or_default();
                if let GradeStep::Quota(quota) = step {
                    return quota_step(run, quota, unit, before);
                }
                before.iter().flat_map(|s| apply(Scope::new(run, unit), grades, step, *s)).collect()
            })
            .collect();
    }
    run.standings = all;
}

fn apply(scope: Scope<'_, '_>, grades: &Grades, step: &GradeStep, standing: Standing) -> Vec<Standing> {
    let held = |condition: &Expr, then: Standing| {
        let (yes, no) = may(scope, condition);
        let mut all = Vec::new();
        all.extend(yes.then_some(then));
        all.extend(no.then_some(standing));
        all
    };
    match (step, standing) {
        (_, Standing::Vetoed(_)) => vec![standing],
        (GradeStep::Veto { grade, conditions }, _) => {
            let flags: Vec<(bool, bool)> = conditions.iter().map(|c| may(scope, c)).collect();
            let mut all = Vec::new();
            all.extend(flags.iter().any(|(yes, _)| *yes).then_some(Standing::Vetoed(*grade)));
            all.extend(flags.iter().all(|(_, no)| *no).then_some(standing));
            all
        }
        (GradeStep::Table(subject, rows), Standing::None) => by_table(scope, grades, subject, rows),
        (GradeStep::Give { condition: None, grade }, Standing::None) => vec![Standing::Given(*grade)],
        (GradeStep::Give { condition: Some(c), grade }, Standing::None) => held(c, Standing::Given(*grade)),
        (GradeStep::Lower { condition, by, named }, Standing::Given(grade)) if ordered(grades, grade) => {
            held(condition, Standing::Given(lower(grades, grade, *by, named)))
        }
        (GradeStep::Change { condition, from, to }, Standing::Given(grade)) if grade == *from => {
            held(condition, Standing::Given(*to))
        }
        _ => vec![standing],
    }
}

/// Whether a condition can hold, and can fail. What was left out settles nothing.
fn may(scope: Scope<'_, '_>, condition: &Expr) -> (bool, bool) {
    let flag = scope.eval(condition);
    let (yes, no) = flag.flags();
    (yes || flag.absent, no || flag.absent)
}

fn ordered(grades: &Grades, grade: usize) -> bool {
    grades.names.get(grade).is_some_and(|g| g.ordered)
}

/// A grade that is named falls to where that says, any other so many grades down.
fn lower(grades: &Grades, grade: usize, by: usize, named: &[(usize, usize)]) -> usize {
    if let Some((_, to)) = named.iter().find(|(from, _)| *from == grade) {
        return *to;
    }
    let last = grades.names.iter().rposition(|g| g.ordered).unwrap_or(grade);
    grade.saturating_add(by).min(last)
}

fn by_table(scope: Scope<'_, '_>, grades: &Grades, subject: &Expr, rows: &[Row]) -> Vec<Standing> {
    let value: Abstract = scope.eval(subject);
    let mut all: Vec<Standing> = Vec::new();
    for (index, _) in fitting(rows, &value) {
        let Some(Entry::Value(Expr { kind: ExprKind::Text(name), .. })) = rows.get(index).map(|r| &r.entry)
        else {
            continue;
        };
        all.extend(grades.names.iter().position(|g| g.name == *name).map(Standing::Given));
    }
    if value.absent || all.is_empty() {
        all.push(Standing::None);
    }
    all
}

/// A holder of a scarce grade surely keeps it if all who may be before it or equal fit, and surely loses it if more
/// than fit are surely before it; else both are possible.
fn quota_step(run: &Run<'_>, quota: &Quota, unit: usize, before: BTreeSet<Standing>) -> BTreeSet<Standing> {
    let holds = Standing::Given(quota.grade);
    if !before.contains(&holds) {
        return before;
    }
    if run.free {
        return before.into_iter().chain([Standing::Given(quota.beyond)]).collect();
    }
    let keys = |unit: usize| -> Vec<Abstract> {
        quota.keys.iter().map(|k| Scope::new(run, unit).eval(&k.key)).collect()
    };
    let mine = keys(unit);
    let (mut perhaps, mut surely) = (0_u64, 0_u64);
    for other in (0..run.data.units.len()).filter(|o| *o != unit) {
        let standings = run.standings.get(other).cloned().unwrap_or_default();
        if !standings.contains(&holds) || !run.graded.get(other).is_some_and(|g| g.0) {
            continue;
        }
        let (may_share, must_share) = same_group(run, quota, unit, other);
        if !may_share {
            continue;
        }
        let against = ranks::against(run, &quota.keys, &keys(other), &mine);
        let certain = standings.len() == 1 && must_share && run.graded.get(other).is_some_and(|g| !g.1);
        perhaps += u64::from(against.better || against.equal);
        surely += u64::from(certain && !against.worse && !against.equal);
    }
    let places = places(run, quota, unit);
    let mut after = before;
    if let Some((low, high)) = places {
        if perhaps < low {
            return after;
        }
        after.insert(Standing::Given(quota.beyond));
        if surely >= high {
            after.remove(&holds);
        }
        return after;
    }
    after.insert(Standing::Given(quota.beyond));
    after
}

/// Whether two units may, and must, be of one group.
fn same_group(run: &Run<'_>, quota: &Quota, a: usize, b: usize) -> (bool, bool) {
    let Some(id) = quota.each else { return (true, true) };
    let (x, y) = (run.evidence(id, a), run.evidence(id, b));
    match (&x.kind, &y.kind) {
        (crate::abstraction::Kind::Texts(p), crate::abstraction::Kind::Texts(q)) => {
            let single = p.len() == 1 && q.len() == 1;
            let same = p.intersection(q).next().is_some();
            (same, same && single)
        }
        (crate::abstraction::Kind::Number(p), crate::abstraction::Kind::Number(q)) => {
            (p.low <= q.high && q.low <= p.high, p.is_point() && p == q)
        }
        _ => (true, false),
    }
}

/// The fewest and the most places; nothing where that cannot be told.
fn places(run: &Run<'_>, quota: &Quota, unit: usize) -> Option<(u64, u64)> {
    let whole = |n: &rubric_program::Exact| n.to_i64().and_then(|n| u64::try_from(n).ok());
    match &quota.limit {
        QuotaLimit::Number(places) => {
            let i = Scope::new(run, unit).eval(places).interval()?;
            Some((whole(&i.low)?, whole(&i.high)?))
        }
        QuotaLimit::Share { share, of, of_population, whole: mode } => {
            let all = *of_population == rubric_program::Population::All;
            let share = Scope::new(run, unit).eval(share).interval()?;
            let (mut low, mut high) = (0_u64, 0_u64);
            for other in 0..run.data.units.len() {
                let graded = run.graded.get(other).copied().unwrap_or((true, false));
                let (yes, no) = of.as_ref().map_or((true, false), |of| may(Scope::new(run, other), of));
                high += u64::from((all || graded.0) && yes);
                low += u64::from((all || !graded.1) && yes && !no);
            }
            let round = |share: &rubric_program::Exact, n: u64| {
                whole(&(share * &rubric_program::Exact::from(n)).round_to(&rubric_program::Exact::ONE, *mode))
            };
            Some((round(&share.low, low)?, round(&share.high, high)?))
        }
    }
}
