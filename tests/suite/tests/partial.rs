//! What `rubric-partial` says of missing evidence holds for every completion.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use std::collections::BTreeSet;

use rubric_eval::{Mode, Outcome, UnitOutcome, evaluate};
use rubric_partial::{OpenValue, PartialUnit, Range};
use rubric_program::{Column, Dataset, EvidenceType, Exact, Program, Value};
use rubric_suite::rng::Rng;
use rubric_suite::{case, fill, generate};

/// A missing value: which evidence, which unit.
type Hole = (usize, usize);

fn may_be_asked(program: &Program, evidence: usize) -> bool {
    let declared = &program.evidence[evidence];
    !declared.optional && declared.default.is_none()
}

/// Takes some required values out; says which.
fn with_holes(program: &Program, data: &Dataset, percent: usize, rng: &mut Rng) -> (Dataset, Vec<Hole>) {
    let (mut open, mut holes) = (data.clone(), Vec::new());
    for (index, column) in open.columns.iter_mut().enumerate().filter(|(i, _)| may_be_asked(program, *i)) {
        for unit in 0..data.units.len() {
            if !rng.percent(percent) {
                continue;
            }
            let taken = match column {
                Column::Scalars(cells) => cells[unit].value.take().is_some(),
                Column::Lists(lists) => lists[unit].take().is_some(),
            };
            if taken {
                holes.push((index, unit));
            }
        }
    }
    (open, holes)
}

fn within(range: Option<&Range>, value: Option<&Exact>, what: &str) {
    let (Some(range), Some(value)) = (range, value) else { return };
    assert!(
        range.low <= *value && *value <= range.high,
        "{what}: {value} is not within {} to {}",
        range.low,
        range.high
    );
}

/// One completion lies within everything that was said.
fn holds(told: &[PartialUnit], outcome: &Outcome, text: &str) {
    for unit in &outcome.units {
        let told = told.iter().find(|t| t.index == unit.index).expect("whoever is scored was told of");
        let at = |what: &str| format!("{text}\n{} {what}", unit.id);
        for (id, score) in unit.nodes.iter().enumerate() {
            within(told.nodes[id].as_ref(), score.as_ref(), &at(&format!("node {id}")));
        }
        within(told.total.as_ref(), unit.total.as_ref(), &at("total"));
        within(told.rank.as_ref(), unit.rank.map(Exact::from).as_ref(), &at("rank"));
        for (id, met) in unit.requirements.iter().enumerate() {
            if let (Some(possible), Some(met)) = (&told.requirements[id], met) {
                assert!(possible.values.contains(met), "{}", at(&format!("requirement {id} is {met}")));
            }
        }
        if let (Some(possible), Some(grade)) = (&told.grades, &unit.grade) {
            assert!(possible.values.contains(grade), "{}: {grade} is none of {possible:?}", at("grade"));
        }
        for (id, value) in unit.outputs.iter().enumerate() {
            match (&told.outputs[id], value) {
                (Some(OpenValue::Number(range)), Some(Value::Number(n))) => {
                    within(Some(range), Some(n), &at(&format!("output {id}")));
                }
                (Some(OpenValue::Flag(p)), Some(Value::Flag(b))) => {
                    assert!(p.values.contains(b), "{}", at("flag"))
                }
                (Some(OpenValue::Text(p)), Some(Value::Text(t))) => {
                    assert!(p.values.contains(t), "{}", at("text"))
                }
                _ => {}
            }
        }
    }
}

fn cases(usual: u64) -> u64 {
    std::env::var("RUBRICC_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// Checked rubrics with evidence that fits.
fn each(usual: u64, test: impl Fn(u64, &str, &Program, &Dataset)) {
    let mut found = 0;
    for seed in 0..cases(usual) {
        let text = generate::rubric(seed, 1 + usize::try_from(seed % 9).unwrap());
        let Ok(program) = case::checked(&text) else { continue };
        let Some(filled) = fill::evidence(&program, &text, seed, 1 + usize::try_from(seed % 4).unwrap())
        else {
            continue;
        };
        let outcome = evaluate(&program, &filled.data, Mode::ScoresOnly).unwrap();
        if outcome.faults.is_empty() {
            found += 1;
            test(seed, &text, &program, &filled.data);
        }
    }
    assert!(found * 4 > cases(usual), "only {found} seeds gave a case");
}

#[test]
fn the_truth_lies_within_the_bounds() {
    each(250, |seed, text, program, data| {
        let (open, _) =
            with_holes(program, data, 10 + usize::try_from(seed % 60).unwrap(), &mut Rng::new(seed));
        let told = rubric_partial::evaluate(program, &open).unwrap();
        holds(&told, &evaluate(program, data, Mode::ScoresOnly).unwrap(), text);
    });
}

#[test]
fn nothing_missing_leaves_nothing_open() {
    each(150, |_, text, program, data| {
        let told = rubric_partial::evaluate(program, data).unwrap();
        let outcome = evaluate(program, data, Mode::ScoresOnly).unwrap();
        holds(&told, &outcome, text);
        for (told, unit) in told.iter().zip(&outcome.units) {
            assert!(told.collect.is_empty() && !told.maybe_scored, "{text}");
            let ranges = told.nodes.iter().zip(&unit.nodes).filter(|(_, score)| score.is_some());
            for range in ranges.filter_map(|(r, _)| r.as_ref()).chain(&told.total) {
                assert!(range.exact && range.low == range.high, "{text}\n{}: {range:?}", unit.id);
            }
        }
    });
}

/// All values of small types.
fn all_values(ty: &EvidenceType) -> Option<Vec<Value>> {
    match ty {
        EvidenceType::Flag => Some(vec![Value::Flag(true), Value::Flag(false)]),
        EvidenceType::Choice(all) => Some(all.iter().cloned().map(Value::Text).collect()),
        EvidenceType::Count { range, .. } => {
            let (low, high) = (range.low()?.to_i64()?, range.high()?.to_i64()?);
            let all = (low..=high.min(low + 9)).map(|n| Value::Number(Exact::from_int(n)));
            (high - low < 9)
                .then(|| all.filter(|v| matches!(v, Value::Number(n) if range.allows(n))).collect())
        }
        _ => None,
    }
}

/// Every completion of a few holes.
fn every_completion(program: &Program, open: &Dataset, holes: &[Hole]) -> Option<Vec<Dataset>> {
    let mut all = vec![open.clone()];
    for (evidence, unit) in holes {
        let values = all_values(&program.evidence[*evidence].ty)?;
        let mut next = Vec::new();
        for data in &all {
            for value in &values {
                let mut data = data.clone();
                let Column::Scalars(cells) = &mut data.columns[*evidence] else { return None };
                cells[*unit].value = Some(value.clone());
                next.push(data);
            }
        }
        all = next;
        if all.len() > 200 {
            return None;
        }
    }
    Some(all)
}

fn hull<'o>(
    units: &[&'o UnitOutcome],
    of: impl Fn(&'o UnitOutcome) -> Option<Exact>,
) -> Option<(Exact, Exact)> {
    let all: Vec<Exact> = units.iter().filter_map(|u| of(u)).collect();
    Some((all.iter().min()?.clone(), all.iter().max()?.clone()))
}

#[test]
fn what_is_called_exact_is_attained() {
    let tried = std::cell::Cell::new(0);
    each(500, |seed, text, program, data| {
        let (open, holes) = with_holes(program, data, 8, &mut Rng::new(seed));
        let theirs = |(e, u): &Hole| {
            let scored = evaluate(program, data, Mode::ScoresOnly).unwrap();
            !program.evidence[*e].graded_only || scored.units.iter().any(|unit| unit.index == *u)
        };
        if holes.is_empty() || !holes.iter().all(theirs) {
            return;
        }
        let Some(all) = every_completion(program, &open, &holes) else { return };
        let outcomes: Vec<Outcome> = all
            .iter()
            .map(|d| evaluate(program, d, Mode::ScoresOnly).unwrap())
            .filter(|o| o.faults.is_empty())
            .collect();
        tried.set(tried.get() + 1);
        let told = rubric_partial::evaluate(program, &open).unwrap();
        outcomes.iter().for_each(|o| holds(&told, o, text));
        for unit in told.iter().filter(|t| !t.maybe_scored) {
            let own: Vec<&UnitOutcome> =
                outcomes.iter().flat_map(|o| o.units.iter().filter(|u| u.index == unit.index)).collect();
            let same = |range: Option<&Range>, seen: Option<(Exact, Exact)>, what: &str| {
                let (Some(range), Some((low, high))) = (range, seen) else { return };
                if range.exact {
                    assert_eq!((&range.low, &range.high), (&low, &high), "{text}\n{} {what}", unit.id);
                }
            };
            same(unit.total.as_ref(), hull(&own, |u| u.total.clone()), "total");
            same(unit.rank.as_ref(), hull(&own, |u| u.rank.map(Exact::from)), "rank");
            for (id, range) in unit.nodes.iter().enumerate() {
                same(range.as_ref(), hull(&own, |u| u.nodes[id].clone()), "node");
            }
            if let Some(possible) = unit.grades.as_ref().filter(|p| p.exact) {
                let seen: BTreeSet<&String> = own.iter().filter_map(|u| u.grade.as_ref()).collect();
                assert_eq!(possible.values.iter().collect::<BTreeSet<_>>(), seen, "{text}\n{}", unit.id);
            }
        }
    });
    assert!(tried.get() > 10, "only {} cases were small enough", tried.get());
}
