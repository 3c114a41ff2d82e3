//! Evaluation: a checked program and its evidence give scores, and the reasons for them.
//!
//! Each step of the program is done for every unit before the next begins, so ranks see everybody. A value
//! that depends on evidence which is not there is unknown, never a guess. The score of a node is one sum
//! clamped once; the ledger is drawn up beside it and must add up to it.
//!
//! Absent on purpose: reading evidence, formatting numbers, and any rounding that the rubric does not write.

mod evidence_of;
mod expression;
mod grading;
mod ledger;
mod node;
pub mod outcome;
mod ranking;
mod rules;
mod state;

use rubric_base::Span;
use rubric_program::{Dataset, Program};

pub use outcome::{Absorbed, AbsorbedBy, Entry, NodeLedger, Outcome, Reason, UnitOutcome};

/// Whether to explain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Values only.
    ScoresOnly,
    /// Values and ledger.
    WithLedger,
}

/// An evaluation that the checker should have made impossible, and that must not end in a wrong number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvalError {
    /// What happened.
    pub kind: EvalErrorKind,
    /// Where in the rubric.
    pub span: Span,
    /// The id of the unit.
    pub unit: String,
}

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvalErrorKind {
    /// A divisor was nothing.
    DivisionByZero,
    /// A mean, largest or smallest of no rows.
    NothingToAggregate,
    /// No row of a table fits.
    NoRowFits,
    /// A value had another type than the checker proved.
    WrongType,
}

/// Scores every unit.
///
/// # Errors
/// See [`EvalErrorKind`]; a program without error findings over evidence without error findings has none.
pub fn evaluate(program: &Program, data: &Dataset, mode: Mode) -> Result<Outcome, EvalError> {
    let mut state = state::State::new(program, data, mode)?;
    for step in &program.steps {
        state.step(*step)?;
    }
    Ok(state.into_outcome())
}
