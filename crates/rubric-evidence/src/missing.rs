//! After all files are merged: defaults, who is scored, and what is missing.

use std::collections::BTreeSet;

use rubric_program::{Cell, Evidence, EvidenceType, Program};

use crate::findings::Findings;
use crate::graded::{Scope, Unknown};
use crate::merge::{Data, Gathered, Given, UnitData};
use crate::messages;
use crate::rows::literal;

/// Fills defaults, and reports what is missing or not for a unit, one finding for each unit.
///
/// `sound`: all files could be read; `partial`: evidence may be missing.
pub(crate) fn complete(
    program: &Program,
    gathered: &mut Gathered,
    (sound, partial): (bool, bool),
    findings: &mut Findings,
) {
    if gathered.units.is_empty() {
        // Where a file could not be read, its units may be in it.
        if sound {
            let (zh, en) = ("证据中没有任何单位", "there is no unit in the evidence");
            findings.push(messages::nobody(gathered.subjects, zh, en));
        }
        return;
    }
    let mut anybody = false;
    let clauses = clauses(program);
    for unit in &mut gathered.units {
        fill(&program.evidence, unit, |evidence| !evidence.graded_only);
        let (graded, missing) = graded(program, unit);
        // While it is open whether a unit is scored, it may be.
        if graded == Ok(true) || (partial && graded == Err(Unknown::Missing)) {
            fill(&program.evidence, unit, |evidence| evidence.graded_only);
        }
        // What cannot be told might have been yes.
        anybody |= graded != Ok(false);
        if graded == Err(Unknown::Unsupported) {
            let (zh, en) = (
                "仅凭证据无法判断该单位是否参评",
                "the evidence alone does not tell whether this unit is scored",
            );
            findings.push(messages::nobody(unit.place, zh, en));
        }
        report((program, &clauses), unit, graded, (missing, partial), findings);
    }
    if !anybody {
        let (zh, en) = ("没有一个单位参评", "no unit is scored");
        findings.push(messages::nobody(gathered.subjects, zh, en));
    }
}

fn graded(program: &Program, unit: &UnitData) -> (Result<bool, Unknown>, BTreeSet<usize>) {
    let Some(condition) = &program.graded else { return (Ok(true), BTreeSet::new()) };
    let mut scope = Scope::new(unit);
    let graded = scope.flag(condition);
    (graded, scope.missing)
}

/// Puts defaults in place of what was left out.
fn fill(declared: &[Evidence], unit: &mut UnitData, which: impl Fn(&Evidence) -> bool) {
    for (evidence, slot) in declared.iter().zip(&mut unit.given) {
        if slot.is_none()
            && which(evidence)
            && let Some(value) = evidence.default.as_ref().and_then(literal)
        {
            let cell = Cell { value: Some(value), place: None };
            *slot = Some(Given { key: None, data: Data::Scalar(cell) });
        }
    }
}

/// For each evidence the numbers of the clauses that need it, in brackets; empty where none does.
fn clauses(program: &Program) -> Vec<String> {
    let number = |id: &rubric_program::NodeId| program.nodes.get(id.0).map(|n| n.number.as_str());
    let numbers = |nodes: std::collections::BTreeSet<_>| {
        let numbers: Vec<&str> = nodes.iter().filter_map(number).collect();
        if numbers.is_empty() { String::new() } else { format!(" [{}]", numbers.join("、")) }
    };
    program.readers().into_iter().map(numbers).collect()
}

fn report(
    (program, clauses): (&Program, &[String]),
    unit: &UnitData,
    graded: Result<bool, Unknown>,
    (mut missing, partial): (BTreeSet<usize>, bool),
    findings: &mut Findings,
) {
    let mut needless: Vec<&str> = Vec::new();
    let mut first_needless = None;
    for (index, (evidence, given)) in program.evidence.iter().zip(&unit.given).enumerate() {
        match given {
            None if required(evidence, graded) => {
                missing.insert(index);
            }
            Some(given) if evidence.graded_only && graded == Ok(false) => {
                needless.push(&evidence.name);
                first_needless = first_needless.or(given.key);
            }
            _ => {}
        }
    }
    if !missing.is_empty() && !partial {
        let find = |index: &usize| {
            let clauses = clauses.get(*index).map(String::as_str).unwrap_or_default();
            program.evidence.get(*index).map(|e| (format!("{}{clauses}", e.name), &e.ty))
        };
        let lacking: Vec<(String, &EvidenceType)> = missing.iter().filter_map(find).collect();
        let sample = missing.iter().next().and_then(|i| program.evidence.get(*i)).map(|e| e.name.as_str());
        let owner = (format!("单位「{}」", unit.id), format!("unit `{}`", unit.id));
        findings.push(messages::missing(
            unit.place,
            (&owner.0, &owner.1),
            &lacking,
            sample.unwrap_or_default(),
        ));
    }
    if let Some(place) = first_needless {
        findings.push(messages::not_scored(place, &unit.id, &needless));
    }
}

/// Whether leaving it out is a fault. Where it is not known who is scored, only what all units have is asked.
fn required(evidence: &Evidence, graded: Result<bool, Unknown>) -> bool {
    !evidence.optional && evidence.default.is_none() && (!evidence.graded_only || graded == Ok(true))
}
