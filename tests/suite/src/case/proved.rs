//! What is proved before anybody is scored, against evidence.

use std::collections::BTreeMap;

use rubric_base::FileId;
use rubric_eval::{Mode, UnitOutcome, evaluate};
use rubric_program::{Dataset, Exact, Program, Value};
use rubric_prove::{Ask, OpenValue, Range, Ranges, prove};

use super::Holds;

/// Every result lies in the range that was proved for it, and every rule moves a score by what it can.
///
/// # Errors
/// The first result that does not.
pub fn proved(program: &Program, data: &Dataset) -> Holds {
    let outcome = evaluate(program, data, Mode::WithLedger).map_err(|e| e.to_string())?;
    if !outcome.faults.is_empty() {
        return Ok(());
    }
    let ranges = prove(program, FileId::default(), Ask::Warnings).ranges;
    outcome.units.iter().try_for_each(|unit| lies_in(program, &ranges, unit))
}

fn lies_in(program: &Program, ranges: &Ranges, unit: &UnitOutcome) -> Holds {
    for (id, score) in unit.nodes.iter().enumerate() {
        let number = &program.nodes[id].number;
        within(ranges.nodes[id].as_ref(), score.as_ref(), || format!("proved clause {number}"))?;
        if let (Some(possible), Some(met)) = (&ranges.requirements[id], &unit.requirements[id])
            && !possible.values.contains(met)
        {
            return Err(format!("proved requirement {number}: {met} is not possible"));
        }
    }
    within(ranges.total.as_ref(), unit.total.as_ref(), || "proved total".to_owned())?;
    if let (Some(possible), Some(grade)) = (&ranges.grades, &unit.grade)
        && !possible.values.contains(grade)
    {
        return Err(format!("proved grade: {grade} is not possible"));
    }
    for (id, value) in unit.outputs.iter().enumerate() {
        let what = || format!("proved output {id}");
        match (&ranges.outputs[id], value) {
            (Some(OpenValue::Number(range)), Some(Value::Number(n))) => within(Some(range), Some(n), what)?,
            (Some(OpenValue::Flag(p)), Some(Value::Flag(b))) if !p.values.contains(b) => {
                return Err(format!("{}: {b} is not possible", what()));
            }
            (Some(OpenValue::Text(p)), Some(Value::Text(t))) if !p.values.contains(t) => {
                return Err(format!("{}: {t} is not possible", what()));
            }
            _ => {}
        }
    }
    rules(ranges, unit)
}

/// What a rule says, before the limits of its clause, is what its entries move and what those limits absorbed.
fn rules(ranges: &Ranges, unit: &UnitOutcome) -> Holds {
    for ledger in &unit.ledger {
        let mut moved: BTreeMap<usize, Exact> = BTreeMap::new();
        for entry in &ledger.entries {
            let Some(rule) = entry.rule else { continue };
            *moved.entry(rule.0).or_default() =
                &moved.get(&rule.0).cloned().unwrap_or_default() + &entry.points;
        }
        for proved in ranges.rules.iter().filter(|r| r.node == ledger.node && !r.nothing && !r.full) {
            let Some(points) = moved.get(&proved.rule.0) else { continue };
            // The limits of the clause bring a rule nearer to nothing, never further from it.
            let low = proved.points.low.clone().min(Exact::ZERO);
            let high = proved.points.high.clone().max(Exact::ZERO);
            if *points < low || high < *points {
                return Err(format!("proved rule {}: {points} is not within {low} to {high}", proved.rule.0));
            }
        }
    }
    Ok(())
}

fn within(range: Option<&Range>, value: Option<&Exact>, what: impl Fn() -> String) -> Holds {
    let (Some(range), Some(value)) = (range, value) else { return Ok(()) };
    if range.low <= *value && *value <= range.high {
        return Ok(());
    }
    Err(format!("{}: {value} is not within {} to {}", what(), range.low, range.high))
}
