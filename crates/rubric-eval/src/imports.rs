//! Results of imported rubrics, joined by the id of their subject.

use std::collections::HashMap;

use rubric_program::{Column, Exact, Import, ImportId, Program, Target, Value};

use crate::expression::Scope;
use crate::outcome::{Fault, FaultKind, Outcome};
use crate::state::State;
use crate::stop::{Eval, EvalError, MISSING};
use crate::{Mode, evaluate};

/// Scores the imported rubrics, each a run of its own.
///
/// # Errors
/// Where one of them fails.
pub(crate) fn run(program: &Program, state: &mut State<'_>) -> Result<(), EvalError> {
    for (import, data) in program.imports.iter().zip(&state.data.imports) {
        let outcome = evaluate(&import.program, data, Mode::ScoresOnly)?;
        outcome.faults.iter().for_each(|fault| state.fault(fault.clone()));
        let ids: HashMap<String, usize> =
            outcome.units.iter().enumerate().map(|(i, u)| (u.id.clone(), i)).collect();
        state.imports.push((outcome, ids));
    }
    for unit in 0..state.data.units.len() {
        for (id, import) in program.imports.iter().enumerate() {
            known(state, import, id, unit);
        }
    }
    Ok(())
}

/// Tells where an imported result lacks the subject that a unit names.
fn known(state: &State<'_>, import: &Import, id: usize, unit: usize) {
    let (Some((_, ids)), Some(subject)) = (state.imports.get(id), subject(state, import, unit)) else {
        return;
    };
    if state.is_graded(unit) && !ids.contains_key(&subject) {
        let own = import.by.and_then(|by| match state.column(by, unit) {
            Some(Column::Scalars(cells)) => cells.get(unit)?.place,
            _ => None,
        });
        let place = own.or_else(|| state.data.units.get(unit)?.place);
        let kind = FaultKind::NotImported(import.name.clone(), subject);
        state.fault(Fault { unit, place, span: import.span, kind });
    }
}

/// The id under which a unit's imported result stands.
fn subject(state: &State<'_>, import: &Import, unit: usize) -> Option<String> {
    match import.by {
        None => state.data.units.get(unit).map(|u| u.id.clone()),
        Some(by) => match state.evidence(by, unit) {
            Ok(Value::Text(id)) => Some(id),
            _ => None,
        },
    }
}

/// Something of the imported result for the unit in hand.
pub(crate) fn value(scope: Scope<'_, '_>, id: ImportId, target: Target) -> Eval {
    let state = scope.state;
    let import = state.program.imports.get(id.0).ok_or(MISSING)?;
    let (outcome, ids): &(Outcome, _) = state.imports.get(id.0).ok_or(MISSING)?;
    let subject = subject(state, import, scope.unit).ok_or(MISSING)?;
    let unit = ids.get(&subject).and_then(|i| outcome.units.get(*i)).ok_or(MISSING)?;
    let found = match target {
        Target::Node(id) => unit.nodes.get(id.0).cloned().flatten().map(Value::Number),
        Target::Requirement(id) => unit.requirements.get(id.0).copied().flatten().map(Value::Flag),
        Target::Total => unit.total.clone().map(Value::Number),
        Target::Rank => unit.rank.map(|r| Value::Number(Exact::from(r))),
        Target::Grade => unit.grade.clone().map(Value::Text),
        Target::Output(id) => unit.outputs.get(id.0).cloned().flatten(),
    };
    found.ok_or(MISSING)
}
