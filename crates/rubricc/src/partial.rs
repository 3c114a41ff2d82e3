//! `rubricc eval --partial`: what can still come out while evidence is missing.

use rubric_partial::{OpenValue, PartialUnit, Possible, Range};
use rubric_program::{Exact, Program, Type};
use rubric_report::partial::{CollectView, OpenView, PartialView, PlaceView, PossibleView, RangeView};

use crate::written::{decimal, unit_of};

/// As reports show it.
pub fn view(program: &Program, units: &[PartialUnit]) -> Vec<PartialView> {
    units.iter().map(|unit| one(program, unit)).collect()
}

fn one(program: &Program, unit: &PartialUnit) -> PartialView {
    let numbers = || program.nodes.iter().map(|n| n.number.clone());
    let clauses = numbers().zip(&unit.nodes).filter_map(|(n, r)| Some((n, range(r.as_ref()?, None))));
    let requirements =
        numbers().zip(&unit.requirements).filter_map(|(n, p)| Some((n, possible(p.as_ref()?))));
    let outputs = program.outputs.iter().zip(&unit.outputs);
    let outputs = outputs.filter_map(|(o, v)| Some((o.name.clone(), open(v.as_ref()?, &o.value.ty)?)));
    let place = |r: &Range| {
        let whole = |n: &Exact| n.to_i64().and_then(|n| u64::try_from(n).ok()).unwrap_or_default();
        PlaceView { low: whole(&r.low), high: whole(&r.high), exact: r.exact }
    };
    let collect = unit.collect.iter().map(|c| CollectView {
        evidence: program.evidence.get(c.evidence.0).map(|e| e.name.clone()).unwrap_or_default(),
        points: c.points.to_string(),
        clauses: c
            .clauses
            .iter()
            .filter_map(|id| program.nodes.get(id.0))
            .map(|n| n.number.clone())
            .collect(),
    });
    PartialView {
        id: unit.id.clone(),
        maybe_scored: unit.maybe_scored,
        total: unit.total.as_ref().map(|r| range(r, None)),
        rank: unit.rank.as_ref().map(place),
        grade: unit.grades.as_ref().map(possible),
        clauses: clauses.collect(),
        requirements: requirements.collect(),
        outputs: outputs.collect(),
        collect: collect.collect(),
    }
}

fn range(range: &Range, unit: Option<&'static str>) -> RangeView {
    RangeView { low: decimal(&range.low, unit), high: decimal(&range.high, unit), exact: range.exact }
}

fn possible<T: Clone>(possible: &Possible<T>) -> PossibleView<T> {
    PossibleView { possible: possible.values.clone(), exact: possible.exact }
}

fn open(value: &OpenValue, ty: &Type) -> Option<OpenView> {
    Some(match value {
        OpenValue::Number(r) => OpenView::Number(range(r, unit_of(ty))),
        OpenValue::Flag(p) => OpenView::Flag(possible(p)),
        OpenValue::Text(p) => OpenView::Text(possible(p)),
        OpenValue::AnyText => return None,
    })
}
