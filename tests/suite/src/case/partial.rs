//! What is said while evidence is missing, against a completion.

use rubric_eval::{Mode, Outcome, evaluate};
use rubric_partial::{OpenValue, PartialUnit, Range};
use rubric_program::{Column, Dataset, Exact, Program, Value};

use super::Holds;
use crate::rng::Rng;

/// A missing value: which evidence, which unit.
pub type Hole = (usize, usize);

/// Takes some required values out; says which.
#[must_use]
pub fn with_holes(program: &Program, data: &Dataset, percent: usize, rng: &mut Rng) -> (Dataset, Vec<Hole>) {
    let required = |(i, _): &(usize, &mut Column)| {
        let declared = &program.evidence[*i];
        !declared.optional && declared.default.is_none()
    };
    let (mut open, mut holes) = (data.clone(), Vec::new());
    for (index, column) in open.columns.iter_mut().enumerate().filter(required) {
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

/// The evidence lies within everything that is said where some of it is missing.
///
/// # Errors
/// What does not.
pub fn bounds(program: &Program, data: &Dataset, percent: usize, seed: u64) -> Holds {
    let outcome = evaluate(program, data, Mode::ScoresOnly).map_err(|e| e.to_string())?;
    if !outcome.faults.is_empty() {
        return Ok(());
    }
    let (open, _) = with_holes(program, data, percent, &mut Rng::new(seed));
    let told = rubric_partial::evaluate(program, &open).map_err(|e| e.to_string())?;
    lies_within(&told, &outcome)
}

/// One completion lies within everything that was said.
///
/// # Errors
/// The first value that does not.
pub fn lies_within(told: &[PartialUnit], outcome: &Outcome) -> Holds {
    for unit in &outcome.units {
        let told =
            told.iter().find(|t| t.index == unit.index).ok_or(format!("{} was not told of", unit.id))?;
        let at = |what: &str| format!("{} {what}", unit.id);
        within(told.total.as_ref(), unit.total.as_ref(), &at("total"))?;
        within(told.rank.as_ref(), unit.rank.map(Exact::from).as_ref(), &at("rank"))?;
        for (id, score) in unit.nodes.iter().enumerate() {
            within(told.nodes[id].as_ref(), score.as_ref(), &at(&format!("node {id}")))?;
        }
        for (id, met) in unit.requirements.iter().enumerate() {
            if let (Some(possible), Some(met)) = (&told.requirements[id], met) {
                one_of(&possible.values, met, &at(&format!("requirement {id}")))?;
            }
        }
        if let (Some(possible), Some(grade)) = (&told.grades, &unit.grade) {
            one_of(&possible.values, grade, &at("grade"))?;
        }
        for (id, value) in unit.outputs.iter().enumerate() {
            let what = at(&format!("output {id}"));
            match (&told.outputs[id], value) {
                (Some(OpenValue::Number(range)), Some(Value::Number(n))) => {
                    within(Some(range), Some(n), &what)?;
                }
                (Some(OpenValue::Flag(p)), Some(Value::Flag(b))) => one_of(&p.values, b, &what)?,
                (Some(OpenValue::Text(p)), Some(Value::Text(t))) => one_of(&p.values, t, &what)?,
                (Some(OpenValue::AnyText), Some(Value::Text(_))) | (_, None) => {}
                (told, value) => return Err(format!("{what}: {value:?}, told {told:?}")),
            }
        }
    }
    Ok(())
}

fn within(range: Option<&Range>, value: Option<&Exact>, what: &str) -> Holds {
    let (Some(range), Some(value)) = (range, value) else { return Ok(()) };
    if range.low <= *value && *value <= range.high {
        return Ok(());
    }
    Err(format!("{what}: {value} is not within {} to {}", range.low, range.high))
}

fn one_of<T: PartialEq + std::fmt::Debug>(possible: &[T], value: &T, what: &str) -> Holds {
    if possible.contains(value) { Ok(()) } else { Err(format!("{what}: {value:?} is none of {possible:?}")) }
}
