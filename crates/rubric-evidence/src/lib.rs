//! Evidence: JSON files read into typed columns, with every fault found and underlined.
//!
//! Numbers are read from their exact digits, never through binary floating point. Nothing is rounded,
//! guessed or passed over: what does not fit is refused with the words that would fit.

mod decode;
mod findings;
mod graded;
mod json;
mod merge;
mod messages;
mod missing;
mod number;
mod refusal;
mod rows;
mod value;

use rubric_base::{Diagnostic, FileId};
use rubric_program::{Dataset, Program};

pub use decode::decode;

/// One evidence file, already decoded.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The file that findings name.
    pub file: FileId,
    /// Its text, as [`decode`] gives it.
    pub text: &'a str,
}

/// Reads files that together are one evidence. The dataset may be used only where no finding is an error.
#[must_use]
pub fn read(program: &Program, inputs: &[Input<'_>]) -> (Dataset, Vec<Diagnostic>) {
    read_with(program, inputs, false)
}

/// The same where evidence may be missing: what is given must be sound, and what is not has no value.
#[must_use]
pub fn read_partial(program: &Program, inputs: &[Input<'_>]) -> (Dataset, Vec<Diagnostic>) {
    read_with(program, inputs, true)
}

fn read_with(program: &Program, inputs: &[Input<'_>], partial: bool) -> (Dataset, Vec<Diagnostic>) {
    let mut findings = findings::Findings::default();
    let mut gathered = merge::gather(program, inputs, &mut findings);
    let structure_is_sound = findings.is_empty();
    missing::complete(program, &mut gathered, (structure_is_sound, partial), &mut findings);
    (gathered.into_dataset(program), findings.finish())
}
