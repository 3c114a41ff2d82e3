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
use rubric_partial::Range;
use rubric_program::{Column, Dataset, EvidenceType, Exact, Program, Value};
use rubric_suite::rng::Rng;
use rubric_suite::{case, fill, generate};

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
    each(100, |seed, text, program, data| {
        let percent = 10 + usize::try_from(seed % 60).unwrap();
        if let Err(e) = case::bounds(program, data, percent, seed) {
            panic!("seed {seed}: {e}\n{text}");
        }
    });
}

#[test]
fn nothing_missing_leaves_nothing_open() {
    each(60, |_, text, program, data| {
        let told = rubric_partial::evaluate(program, data).unwrap();
        let outcome = evaluate(program, data, Mode::ScoresOnly).unwrap();
        assert_eq!(case::lies_within(&told, &outcome), Ok(()), "{text}");
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
fn every_completion(program: &Program, open: &Dataset, holes: &[case::Hole]) -> Option<Vec<Dataset>> {
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
    each(250, |seed, text, program, data| {
        let (open, holes) = case::with_holes(program, data, 8, &mut Rng::new(seed));
        let theirs = |(e, u): &case::Hole| {
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
        let told = rubric_partial::evaluate(program, &open).unwrap();
        // One more scored unit has evidence of its own to give, which is not tried here.
        if told.iter().any(|t| t.maybe_scored) {
            return;
        }
        tried.set(tried.get() + 1);
        for outcome in &outcomes {
            assert_eq!(case::lies_within(&told, outcome), Ok(()), "{text}");
        }
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
