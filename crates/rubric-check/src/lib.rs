//! From tree to program: names, types, units, points, tables and grades, checked and proved.
//!
//! The checker never stops at the first finding, and gives a program beside them; the program may be evaluated
//! if no finding is an error. Named values, clauses, ranks and grades are lowered on demand, so the order in
//! which they are finished is the order in which they can be evaluated ([`order`]).
//!
//! Absent on purpose: evidence values, evaluation, and any guess at what the writer meant.

mod bands;
mod calendars;
mod checker;
mod domain;
mod evidence;
mod examples;
mod expression;
mod files;
mod findings;
mod grades;
mod holes;
mod imports;
mod left_out;
mod levels;
mod lists;
mod nodes;
mod order;
mod places;
mod pools;
mod printed;
mod quotas;
mod rules;
mod tables;
mod units;
mod unscored;
mod weights;

pub use files::{DEEPEST_IMPORT, Files, Unread, calendar_lines, relative};
pub use holes::beside_holes;
pub use levels::raises_notes;

use rubric_base::{Code, Diagnostic, FileId, Level};
use rubric_program::Program;
use rubric_syntax::ast;

/// What checking gives.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The program; fit for evaluation if no finding is an error.
    pub program: Program,
    /// All findings, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Warnings kept as printed, each with the reason given.
    pub silenced: Vec<(Diagnostic, String)>,
}

/// Checks a tree that uses no other file.
#[must_use]
pub fn check(file: FileId, text: &str, tree: &ast::File) -> Checked {
    check_with(file, text, tree, &Files::default())
}

/// Checks a tree; `files` are the files that it imports, read before.
#[must_use]
pub fn check_with(file: FileId, text: &str, tree: &ast::File, files: &Files) -> Checked {
    checked(file, text, tree, files, |_| None)
}

/// The same with the findings of proofs, which are asked for where there are no errors: they too may be kept as
/// printed.
#[must_use]
pub fn check_and_prove(
    file: FileId,
    text: &str,
    tree: &ast::File,
    files: &Files,
    prove: impl FnOnce(&Program) -> Vec<Diagnostic>,
) -> Checked {
    checked(file, text, tree, files, |program| Some(prove(program)))
}

/// Checks a part of a tree: some of its clauses with all that they rest on, and nothing that rests on them.
///
/// `within` says what of the text is in question. What is said of other places is about what was left out of the part,
/// and is dropped before it is asked whether there are errors; `prove` then runs as in [`check_and_prove`].
#[must_use]
pub fn check_part(
    file: FileId,
    text: &str,
    part: &ast::File,
    within: impl Fn(&Diagnostic) -> bool,
    prove: impl FnOnce(&Program) -> Option<Vec<Diagnostic>>,
) -> Checked {
    let files = Files::default();
    let mut checker = checker::Checker::new(file, text, part, &files);
    checker.run();
    checker.points_out_of_reach(false);
    let checker::Checker { program, mut diagnostics, .. } = checker;
    diagnostics.retain(&within);
    let mut checked = finished(file, part, program, diagnostics, prove);
    checked.diagnostics.retain(within);
    checked
}

fn checked(
    file: FileId,
    text: &str,
    tree: &ast::File,
    files: &Files,
    prove: impl FnOnce(&Program) -> Option<Vec<Diagnostic>>,
) -> Checked {
    let mut checker = checker::Checker::new(file, text, tree, files);
    checker.run();
    checker.points_out_of_reach(true);
    let checker::Checker { program, diagnostics, .. } = checker;
    finished(file, tree, program, diagnostics, prove)
}

/// Proofs, notes of the writer and levels, once the rest is checked.
fn finished(
    file: FileId,
    tree: &ast::File,
    program: Program,
    mut diagnostics: Vec<Diagnostic>,
    prove: impl FnOnce(&Program) -> Option<Vec<Diagnostic>>,
) -> Checked {
    let sound = diagnostics.iter().all(|d| d.level != Level::Error);
    let proved = sound.then(|| prove(&program)).flatten();
    let complete = proved.is_some();
    let proved = proved.unwrap_or_default();
    // Of a row that gives a grade nobody can get, the finding about the grade says more.
    let about_a_grade =
        |d: &Diagnostic| proved.iter().any(|p| p.code == Code::R0901 && p.place() == d.place());
    diagnostics.retain(|d| d.code != Code::R0303 || !about_a_grade(d));
    diagnostics.extend(proved);
    let (mut diagnostics, silenced) = printed::apply(file, tree, diagnostics, complete);
    levels::apply(file, tree, &mut diagnostics);
    diagnostics.sort_by_key(Diagnostic::span);
    Checked { program, diagnostics, silenced }
}
