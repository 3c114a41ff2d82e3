//! What `rubric-prove` says of all evidence holds for any.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use rubric_base::FileId;
use rubric_eval::{Mode, UnitOutcome, evaluate};
use rubric_program::{Exact, Value};
use rubric_prove::{Ask, OpenValue, Range, Ranges};
use rubric_suite::{case, fill, generate};

fn cases(usual: u64) -> u64 {
    std::env::var("RUBRICC_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

fn within(range: Option<&Range>, value: Option<&Exact>, what: &str) {
    let (Some(range), Some(value)) = (range, value) else { return };
    let inside = range.low <= *value && *value <= range.high;
    assert!(inside, "{what}: {value} is not within {} to {}", range.low, range.high);
}

/// One unit lies within everything that was proved.
fn holds(ranges: &Ranges, unit: &UnitOutcome, text: &str) {
    let at = |what: String| format!("{text}\n{}: {what}", unit.id);
    within(ranges.total.as_ref(), unit.total.as_ref(), &at("total".into()));
    for (id, score) in unit.nodes.iter().enumerate() {
        assert!(score.is_none() || ranges.nodes[id].is_some(), "{}", at(format!("node {id} has a score")));
        within(ranges.nodes[id].as_ref(), score.as_ref(), &at(format!("node {id}")));
    }
    for (id, met) in unit.requirements.iter().enumerate() {
        if let (Some(possible), Some(met)) = (&ranges.requirements[id], met) {
            assert!(possible.values.contains(met), "{}", at(format!("requirement {id} is {met}")));
        }
    }
    if let (Some(possible), Some(grade)) = (&ranges.grades, &unit.grade) {
        assert!(possible.values.contains(grade), "{}", at(format!("grade {grade}")));
    }
    for (id, value) in unit.outputs.iter().enumerate() {
        let what = at(format!("output {id} is {value:?}"));
        match (&ranges.outputs[id], value) {
            (Some(OpenValue::Number(range)), Some(Value::Number(n))) => within(Some(range), Some(n), &what),
            (Some(OpenValue::Flag(p)), Some(Value::Flag(b))) => assert!(p.values.contains(b), "{what}"),
            (Some(OpenValue::Text(p)), Some(Value::Text(t))) => assert!(p.values.contains(t), "{what}"),
            _ => {}
        }
    }
}

#[test]
fn what_comes_out_lies_within_what_was_proved() {
    let mut found = 0;
    for seed in 0..cases(300) {
        let text = generate::rubric(seed, 1 + usize::try_from(seed % 9).unwrap());
        let Ok(program) = case::checked(&text) else { continue };
        let proofs = rubric_prove::prove(&program, FileId::default(), Ask::All);
        for more in 0..3 {
            let units = 1 + usize::try_from(seed % 5).unwrap();
            let Some(filled) = fill::evidence(&program, &text, seed * 7 + more, units) else { continue };
            let outcome = evaluate(&program, &filled.data, Mode::ScoresOnly).unwrap();
            if outcome.faults.is_empty() {
                found += 1;
                outcome.units.iter().for_each(|unit| holds(&proofs.ranges, unit, &text));
            }
        }
    }
    assert!(found > cases(300), "only {found} cases");
}
