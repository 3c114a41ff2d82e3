//! What the evidence must satisfy before anything is scored.

use rubric_program::{Cell, EvidenceId, EvidenceType, RecordRow, Verify};

use crate::expression::Scope;
use crate::outcome::{Fault, FaultKind};
use crate::state::State;
use crate::stop::{EvalError, settle};

/// Asks every check of every unit that it is for. What is not known breaks no check.
///
/// # Errors
/// Where a check cannot be computed.
pub(crate) fn all(state: &State<'_>) -> Result<(), EvalError> {
    for verify in &state.program.verify {
        for unit in (0..state.data.units.len()).filter(|u| !verify.graded_only || state.is_graded(*u)) {
            one(state, verify, unit)?;
        }
    }
    Ok(())
}

fn one(state: &State<'_>, verify: &Verify, unit: usize) -> Result<(), EvalError> {
    let scope = Scope::new(state, unit);
    let breach = |place| {
        let kind = FaultKind::Verify(verify.text.clone());
        state.fault(Fault { unit, place, span: verify.span, kind });
    };
    let Some(list) = verify.list else {
        if settle(scope.flag(&verify.condition))? == Ok(false) {
            breach(state.data.units.get(unit).and_then(|u| u.place));
        }
        return Ok(());
    };
    let Ok(rows) = settle(state.rows(list, unit))? else { return Ok(()) };
    for row in rows {
        if settle(scope.on(row).flag(&verify.condition))? == Ok(false) {
            breach(row.place.or_else(|| state.data.units.get(unit)?.place));
        }
    }
    Ok(())
}

/// The rows of a list with its computed columns, by unit.
///
/// # Errors
/// Where a column cannot be computed.
pub(crate) fn columns(state: &State<'_>, id: EvidenceId) -> Result<Vec<Option<Vec<RecordRow>>>, EvalError> {
    let declared = state.program.evidence.get(id.0).map(|e| &e.ty);
    let Some(EvidenceType::List { fields, .. }) = declared else { return Ok(Vec::new()) };
    let mut units = Vec::with_capacity(state.data.units.len());
    for unit in 0..state.data.units.len() {
        let scope = Scope::new(state, unit);
        let Ok(given) = settle(state.rows(id, unit))? else {
            units.push(None);
            continue;
        };
        let mut rows = Vec::with_capacity(given.len());
        for row in given {
            let mut row = row.clone();
            for (index, field) in fields.iter().enumerate() {
                let Some(computed) = &field.computed else { continue };
                let value = settle(scope.on(&row).eval(computed))?.ok();
                if let Some(cell) = row.cells.get_mut(index) {
                    *cell = Cell { value, place: None };
                }
            }
            rows.push(row);
        }
        units.push(Some(rows));
    }
    Ok(units)
}
