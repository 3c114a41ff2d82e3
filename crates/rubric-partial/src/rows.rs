//! Rows of lists: known ones, and those of a list that is still missing.

use rubric_program::{Aggregate, Column, EvidenceId, EvidenceType, Exact, Expr};

use crate::abstraction::{Abstract, Interval, Kind};
use crate::expression::{Scope, any, any_of, flag_kind, of_cell};

/// The rows of a list of one unit.
pub(crate) enum Rows {
    /// Given: one set of values for each cell.
    Given(Vec<Vec<Abstract>>),
    /// Still missing: up to so many rows, each like this one.
    Open(u64, Vec<Abstract>),
    /// Left out, as it may be.
    Absent,
}

/// What is known of a list.
pub(crate) fn of(scope: Scope<'_, '_>, list: EvidenceId) -> Rows {
    let run = scope.run;
    let Some(declared) = run.program.evidence.get(list.0) else { return Rows::Absent };
    let EvidenceType::List { fields, most } = &declared.ty else { return Rows::Absent };
    let given = match run.data.columns.get(list.0) {
        Some(Column::Lists(lists)) => lists.get(scope.unit).and_then(Option::as_ref),
        _ => None,
    };
    let computed = |cells: &mut Vec<Abstract>| {
        for (index, field) in fields.iter().enumerate() {
            if let Some(expr) = &field.computed {
                let value = scope.on(cells).eval(expr);
                if let Some(cell) = cells.get_mut(index) {
                    *cell = value;
                }
            }
        }
    };
    match given {
        Some(rows) => Rows::Given(
            rows.iter()
                .map(|row| {
                    let mut cells: Vec<Abstract> = fields
                        .iter()
                        .enumerate()
                        .map(|(i, f)| of_cell(row.cells.get(i), &f.ty, f.optional || f.default.is_some()))
                        .collect();
                    computed(&mut cells);
                    cells
                })
                .collect(),
        ),
        None if declared.optional && !run.free => Rows::Absent,
        None => {
            let mut cells: Vec<Abstract> =
                fields.iter().map(|f| Abstract { absent: f.optional, ..any_of(&f.ty) }).collect();
            computed(&mut cells);
            Rows::Open(*most, cells)
        }
    }
}

/// Whether a row can be meant, and whether it can be left aside.
pub(crate) fn takes(scope: Scope<'_, '_>, row: &[Abstract], filter: Option<&Expr>) -> (bool, bool) {
    match filter {
        None => (true, false),
        Some(filter) => {
            let flag = scope.on(row).eval(filter);
            let (yes, no) = flag.flags();
            (yes || flag.absent, no || flag.absent)
        }
    }
}

/// Over the rows that satisfy `filter`.
pub(crate) fn aggregate(
    scope: Scope<'_, '_>,
    aggregate: Aggregate,
    list: EvidenceId,
    filter: Option<&Expr>,
    value: Option<&Expr>,
    whole: &Expr,
) -> Abstract {
    match of(scope, list) {
        Rows::Absent => Abstract::ABSENT,
        Rows::Given(rows) => given(scope, aggregate, &rows, filter, value, whole),
        Rows::Open(most, row) => {
            let absent = scope.run.program.evidence.get(list.0).is_some_and(|e| e.optional);
            Abstract { absent, ..open(scope, aggregate, (most, &row), filter, value, whole) }
        }
    }
}

fn given(
    scope: Scope<'_, '_>,
    aggregate: Aggregate,
    rows: &[Vec<Abstract>],
    filter: Option<&Expr>,
    value: Option<&Expr>,
    whole: &Expr,
) -> Abstract {
    let meant: Vec<(&Vec<Abstract>, bool)> = rows
        .iter()
        .filter_map(|row| {
            let (may, may_not) = takes(scope, row, filter);
            may.then_some((row, !may_not))
        })
        .collect();
    let values = || meant.iter().map(|(row, sure)| (value.map(|v| scope.on(row).eval(v)), *sure));
    match aggregate {
        Aggregate::Count => {
            let sure = meant.iter().filter(|(_, sure)| *sure).count();
            let bounds = Interval::new(Exact::from(sure as u64), Exact::from(meant.len() as u64));
            Abstract::of(Kind::Number(bounds))
        }
        Aggregate::Every | Aggregate::Any => {
            let every = aggregate == Aggregate::Every;
            let (mut decided, mut may) = (false, false);
            for (value, sure) in values() {
                let Some(value) = value else { continue };
                let (yes, no) = value.flags();
                let (decides, passes) = if every { (no, yes) } else { (yes, no) };
                decided |= sure && decides && !passes && !value.absent;
                may |= decides || value.absent;
            }
            if every {
                Abstract::of(flag_kind(!decided, may))
            } else {
                Abstract::of(flag_kind(may, !decided))
            }
        }
        _ => numbers(values(), aggregate, whole),
    }
}

/// Sums take each row that is surely meant; the others may add.
fn numbers(
    values: impl Iterator<Item = (Option<Abstract>, bool)>,
    aggregate: Aggregate,
    whole: &Expr,
) -> Abstract {
    let (mut sum, mut hull, mut all_sure) = (Interval::point(Exact::ZERO), None::<Interval>, true);
    let (mut extreme, mut count) = (None::<Interval>, 0_u64);
    for (value, sure) in values {
        let Some(i) = value.as_ref().and_then(Abstract::interval) else { return any(whole) };
        let zero = Interval::point(Exact::ZERO);
        sum = sum.add(&if sure { i.clone() } else { i.hull(&zero) });
        hull = Some(hull.map_or(i.clone(), |h| h.hull(&i)));
        let pick = |a: &Exact, b: &Exact| {
            if aggregate == Aggregate::Max { a.clone().max(b.clone()) } else { a.clone().min(b.clone()) }
        };
        extreme =
            Some(extreme.map_or(i.clone(), |e| Interval::new(pick(&e.low, &i.low), pick(&e.high, &i.high))));
        all_sure &= sure;
        count += 1;
    }
    let bounds = match aggregate {
        Aggregate::Sum => Some(sum),
        Aggregate::Mean if all_sure && count > 0 => sum.divide(&Interval::point(Exact::from(count))),
        Aggregate::Max | Aggregate::Min if all_sure => extreme,
        _ => hull,
    };
    bounds.map_or_else(|| any(whole), |b| Abstract::of(Kind::Number(b)))
}

fn open(
    scope: Scope<'_, '_>,
    aggregate: Aggregate,
    (most, row): (u64, &[Abstract]),
    filter: Option<&Expr>,
    value: Option<&Expr>,
    whole: &Expr,
) -> Abstract {
    let (may, _) = takes(scope, row, filter);
    let most = Exact::from(if may { most } else { 0 });
    let zero = Interval::point(Exact::ZERO);
    match aggregate {
        Aggregate::Count => Abstract::of(Kind::Number(Interval::new(Exact::ZERO, most))),
        Aggregate::Every | Aggregate::Any => Abstract::flag(true, true),
        Aggregate::Sum => match value.and_then(|v| scope.on(row).eval(v).interval()) {
            Some(i) => Abstract::of(Kind::Number(i.multiply(&Interval::point(most)).hull(&zero))),
            None => any(whole),
        },
        _ => value.map_or_else(|| any(whole), |v| scope.on(row).eval(v)),
    }
}
