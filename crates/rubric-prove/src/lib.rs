//! What a rubric can come to, proved before anybody is scored.
//!
//! [`prove`] takes a checked program without errors and gives ranges and findings, each with its places. Ranges hold
//! for all evidence that the rubric allows; findings that speak of evidence name some for which the evaluator gave what
//! they say. All work is bounded by constants that count steps.
//!
//! Absent on purpose: text, files, and the tree; whatever needs them is the checker's.

mod cases;
mod claims;
mod edges;
mod findings;
mod groups;
pub mod ranges;
mod reads;
mod same;
mod sums;
mod trials;
mod written;

use rubric_base::{Diagnostic, FileId};
use rubric_partial::Attainable;
use rubric_program::Program;

pub use cases::{Given, grain};
pub use edges::Edges;
pub use ranges::{Ranges, RuleRange};
pub use reads::Reads;
pub use rubric_partial::{OpenValue, Possible, Range};

/// What was proved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proofs {
    /// The lowest and highest values there can be.
    pub ranges: Ranges,
    /// Warnings and notes, by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// What to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// What is almost surely not meant.
    Warnings,
    /// Also what is merely true: notes.
    All,
}

/// Proves what can be proved of a program that has no errors; `file` is where its spans stand.
#[must_use]
pub fn prove(program: &Program, file: FileId, ask: Ask) -> Proofs {
    let bounds = Attainable::new(program);
    let edges = edges::Edges::of(program);
    let trials = trials::Trials::of(program, cases::of(program, &edges));
    let ranges = ranges::of(program, &bounds, &trials);
    let diagnostics = findings::all(program, file, &bounds, &trials, &ranges, ask);
    Proofs { ranges, diagnostics }
}
