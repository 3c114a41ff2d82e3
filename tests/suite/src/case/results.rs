//! Results against the reference, against the proved bounds, and in another order of units.

use std::collections::BTreeSet;

use rubric_eval::{FaultKind, Mode, Outcome, evaluate};
use rubric_program::{Dataset, Program};

use super::{Holds, read_all};
use crate::fill::Filled;
use crate::reference::{Fault, Known, Reference, Scalar, scalar, text_of};
use crate::rng::Rng;

/// Evaluation does not fail.
///
/// # Errors
/// The failure.
pub fn evaluates(program: &Program, data: &Dataset) -> Result<Outcome, String> {
    evaluate(program, data, Mode::WithLedger).map_err(|e| format!("evaluation fails: {e}"))
}

/// Every result is that of the reference, digit for digit, and lies where the checker proved.
///
/// # Errors
/// All differences.
pub fn agrees(program: &Program, data: &Dataset) -> Holds {
    let outcome = evaluates(program, data)?;
    let reference = Reference::new(program, data);
    let (found, wanted) = (faults(&outcome), reference.faults().into_iter().collect::<BTreeSet<_>>());
    if found != wanted {
        return Err(format!("faults of the evidence are {found:?}, should be {wanted:?}"));
    }
    if !found.is_empty() {
        return Ok(());
    }
    let mut wrong: Vec<String> = Vec::new();
    let graded: Vec<usize> = (0..data.units.len()).filter(|u| reference.is_graded(*u)).collect();
    let scored: Vec<usize> = outcome.units.iter().map(|u| u.index).collect();
    if graded != scored {
        return Err(format!("scored are {scored:?}, should be {graded:?}"));
    }
    for unit in &outcome.units {
        let index = unit.index;
        let mut differ = |what: String, found: Option<String>, wanted: Known<String>| {
            if found != wanted.clone().ok() {
                wrong.push(format!("{what} of {}: found {found:?}, should be {wanted:?}", unit.id));
            }
        };
        for (id, named) in program.lets.iter().enumerate() {
            let found = unit.lets[id].as_ref().map(|v| print(&scalar(v)));
            differ(format!("let {}", named.name), found, reference.let_value(id, index).map(|v| print(&v)));
        }
        for (id, node) in program.nodes.iter().enumerate() {
            let found = unit.nodes[id].as_ref().map(ToString::to_string);
            if reference.has_score(id) {
                let wanted = reference.node(id, index).map(|n| text_of(&n));
                differ(format!("clause {}", node.number), found, wanted);
            }
            let met = unit.requirements[id].map(|b| b.to_string());
            differ(
                format!("requirement of {}", node.number),
                met,
                reference.requirement(id, index).map(|b| b.to_string()),
            );
        }
        if program.total.is_some() {
            let found = unit.total.as_ref().map(ToString::to_string);
            differ("the total".to_owned(), found, reference.total(index).map(|n| text_of(&n)));
        }
        if program.ranking.is_some() {
            let found = unit.rank.map(|r| r.to_string());
            differ("the rank".to_owned(), found, reference.rank(index).map(|r| r.to_string()));
        }
        if program.grades.is_some() {
            differ("the grade".to_owned(), unit.grade.clone(), reference.grade(index));
        }
        for (id, named) in program.outputs.iter().enumerate() {
            let found = unit.outputs[id].as_ref().map(|v| print(&scalar(v)));
            differ(format!("output {}", named.name), found, reference.output(id, index).map(|v| print(&v)));
        }
    }
    for unit in &outcome.units {
        let grades = program.grades.is_some() && unit.grade.is_none();
        if (program.total.is_some() && unit.total.is_none()) || grades {
            wrong.push(format!("{} has all its evidence, and no total or grade", unit.id));
        }
    }
    let mut breaches = reference.breaches();
    breaches.sort();
    breaches.dedup();
    wrong.extend(breaches.into_iter().map(|b| format!("proved bounds do not hold: {b}")));
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// What is wrong with the evidence, by unit.
fn faults(outcome: &Outcome) -> BTreeSet<(usize, Fault)> {
    let kind = |kind: &FaultKind| match kind {
        FaultKind::Verify(_) => Fault::Verify,
        FaultKind::OutsideCalendar(_) => Fault::OutsideCalendar,
        FaultKind::QuotaDiffers => Fault::QuotaDiffers,
        FaultKind::NotImported(..) => Fault::NotImported,
        FaultKind::NothingApplies => Fault::NothingApplies,
    };
    outcome.faults.iter().map(|f| (f.unit, kind(&f.kind))).collect()
}

/// The order of units and of their entries changes nothing.
///
/// # Errors
/// What it changed.
pub fn any_order(program: &Program, filled: &Filled, seed: u64) -> Holds {
    let mut order = filled.in_order();
    Rng::new(seed).shuffle(&mut order);
    let first = evaluates(program, &read_all(program, filled, &filled.in_order())?)?;
    let second = evaluates(program, &read_all(program, filled, &order)?)?;
    if first.faults.is_empty() != second.faults.is_empty() {
        return Err(format!("in another order the evidence is at fault: {:?}", second.faults));
    }
    if !first.faults.is_empty() {
        return Ok(());
    }
    let (mut a, mut b) = (shown(&first), shown(&second));
    a.sort();
    b.sort();
    if a == b { Ok(()) } else { Err(format!("in another order\n{a:#?}\nbecomes\n{b:#?}")) }
}

/// The results of each unit as texts, without places.
#[must_use]
pub fn shown(outcome: &Outcome) -> Vec<String> {
    let units = outcome.units.iter();
    let values = units.map(|u| {
        format!(
            "{} total {:?} rank {:?} grade {:?} nodes {:?} requirements {:?} outputs {:?} lets {:?} fired {:?}",
            u.id, u.total, u.rank, u.grade, u.nodes, u.requirements, u.outputs, u.lets, u.fired
        )
    });
    values.collect()
}

fn print(value: &Scalar) -> String {
    match value {
        Scalar::Number(n) => text_of(n),
        Scalar::Flag(b) => b.to_string(),
        Scalar::Text(t) => t.clone(),
    }
}
