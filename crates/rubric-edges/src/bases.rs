//! What the evidence of an example is where it is not at an edge: such that what is at the edge shows.

use rubric_eval::examples;
use rubric_program::{EvidenceId, Exact, ExampleUnit, Literal, Program, Target, Value};

use crate::{outcome, put_value};

/// One value for each evidence: of each in turn the one with the best result, the first of equals. From full points a
/// deduction can be seen, and with the conditions of an award met its amount.
pub(super) fn best(
    program: &Program,
    target: Target,
    choices: &[(EvidenceId, Vec<Option<Literal>>)],
) -> ExampleUnit {
    let mut base =
        ExampleUnit { id: String::new(), rest_faultless: false, given: Vec::new(), span: Default::default() };
    for (id, values) in choices {
        put_value(&mut base, *id, values.first().cloned().flatten());
    }
    for (id, values) in choices {
        let units: Vec<ExampleUnit> = values
            .iter()
            .map(|value| {
                let mut unit = base.clone();
                put_value(&mut unit, *id, value.clone());
                unit
            })
            .collect();
        let Some((result, faulty)) = outcome(program, &units) else { continue };
        let score = |index: usize| match examples::actual(&result, index, target) {
            _ if faulty.contains(&index) => None,
            Some(Value::Number(n)) => Some(n),
            Some(Value::Flag(met)) => Some(Exact::from_int(i64::from(met))),
            _ => None,
        };
        let mut best: Option<(Exact, &ExampleUnit)> = None;
        for (index, unit) in units.iter().enumerate() {
            if let Some(score) = score(index)
                && best.as_ref().is_none_or(|(most, _)| score > *most)
            {
                best = Some((score, unit));
            }
        }
        if let Some((_, unit)) = best {
            base = unit.clone();
        }
    }
    base
}
