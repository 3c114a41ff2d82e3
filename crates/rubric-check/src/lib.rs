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

fn checked(
    file: FileId,
    text: &str,
    tree: &ast::File,
    files: &Files,
    prove: impl FnOnce(&Program) -> Option<Vec<Diagnostic>>,
) -> Checked {
    let mut checker = checker::Checker::new(file, text, tree, files);
    checker.run();
    let checker::Checker { program, mut diagnostics, .. } = checker;
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
