//! Why a value cannot be had: it was left out, it is missing, or computing it failed.

use std::fmt;

use rubric_base::Span;
use rubric_program::{Exact, Value};

/// A failure that a checked program never shows; it is refused rather than guessed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvalError {
    /// Where in the rubric.
    pub span: Span,
    /// The id of the unit.
    pub unit: String,
    /// What failed.
    pub kind: EvalErrorKind,
}

/// What failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvalErrorKind {
    /// A divisor was nothing.
    DivisionByZero,
    /// Points of a deduction or an award, a count, or a cap were below nothing.
    NegativeAmount,
    /// A value was of another type than the place needs.
    WrongType,
    /// A ledger did not add up to the score that was computed without it.
    LedgerMismatch,
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            EvalErrorKind::DivisionByZero => "division by zero",
            EvalErrorKind::NegativeAmount => "an amount below zero",
            EvalErrorKind::WrongType => "a value of the wrong type",
            EvalErrorKind::LedgerMismatch => "the ledger does not add up to the score",
        };
        write!(f, "{what} (unit {}, bytes {}..{})", self.unit, self.span.start, self.span.end)
    }
}

impl std::error::Error for EvalError {}

/// Why a value is not known. Left out and missing differ: a requirement on what may be left out and was is
/// not met, one on what is still missing is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Optional evidence was left out.
    Absent,
    /// Evidence is missing.
    Missing,
}

/// What ends an evaluation early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    Gap(Gap),
    Error(Box<EvalError>),
}

/// A value, or why there is none.
pub(crate) type Eval<T = Value> = Result<T, Stop>;

pub(crate) const MISSING: Stop = Stop::Gap(Gap::Missing);

/// A failure stays one; a gap becomes data.
pub(crate) fn settle<T>(result: Eval<T>) -> Result<Result<T, Gap>, EvalError> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Stop::Gap(gap)) => Ok(Err(gap)),
        Err(Stop::Error(error)) => Err(*error),
    }
}

/// Both values. A failure goes before a gap, and what was left out before what is missing: whatever the
/// missing one turns out to be, the whole cannot be had.
pub(crate) fn both<T>(left: Eval<T>, right: Eval<T>) -> Eval<(T, T)> {
    match (left, right) {
        (Ok(l), Ok(r)) => Ok((l, r)),
        (Err(stop), Ok(_)) | (Ok(_), Err(stop)) => Err(stop),
        (Err(l), Err(r)) => Err(worse(l, r)),
    }
}

fn worse(left: Stop, right: Stop) -> Stop {
    match (&left, &right) {
        (Stop::Error(_), _) => left,
        (_, Stop::Error(_)) => right,
        (Stop::Gap(Gap::Absent), _) => left,
        _ => right,
    }
}

/// A value as a number.
pub(crate) fn number(value: Value) -> Option<Exact> {
    match value {
        Value::Number(n) => Some(n),
        _ => None,
    }
}
