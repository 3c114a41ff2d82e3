//! One mutant before the checker, the examples, and the pool.

use std::collections::BTreeSet;

use rubric_base::{Code, FileId, Level};
use rubric_check::Files;
use rubric_eval::examples;
use rubric_program::Program;
use rubric_prove::Ask;

use crate::kinds::Mutant;
use crate::pool::Pool;

/// Who notices a mutant first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caught {
    /// The checker, by these codes.
    Checker(BTreeSet<Code>),
    /// Only an example that stands in the rubric.
    Examples,
    /// Nobody.
    Nobody,
}

/// What came of a mutant.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The mutant, without its text.
    pub mutant: Mutant,
    /// Whether it changes a result.
    pub counts: bool,
    /// Who notices.
    pub caught: Caught,
}

/// Tries one.
#[must_use]
pub fn try_one(mutant: Mutant, pool: &Pool) -> Verdict {
    let (codes, program) = checked(&mutant.text);
    let fails = program.as_ref().is_none_or(fails_an_example);
    // What is wrong with an example alone is not the checker's merit.
    let of_examples = [Code::R0501, Code::R0502, Code::R0503];
    let caught = if codes.iter().any(|code| !of_examples.contains(code)) {
        Caught::Checker(codes)
    } else if fails || !codes.is_empty() {
        Caught::Examples
    } else {
        Caught::Nobody
    };
    let counts = program.as_ref().is_none_or(|p| pool.differs(p));
    Verdict { mutant: Mutant { text: String::new(), ..mutant }, counts, caught }
}

/// The codes of errors and warnings, and the program where there is no error.
#[must_use]
pub fn checked(text: &str) -> (BTreeSet<Code>, Option<Program>) {
    let file = FileId::default();
    let parse = rubric_syntax::parse(file, text);
    let files = Files::default();
    let whole = parse.errors.iter().all(|d| d.level != Level::Error);
    let checked = if whole {
        let prove = |program: &Program| rubric_prove::prove(program, file, Ask::Warnings).diagnostics;
        rubric_check::check_and_prove(file, text, &parse.file, &files, prove)
    } else {
        rubric_check::check_with(file, text, &parse.file, &files)
    };
    let said: Vec<_> =
        parse.errors.iter().chain(&checked.diagnostics).filter(|d| d.level != Level::Note).collect();
    let sound = said.iter().all(|d| d.level != Level::Error);
    (said.iter().map(|d| d.code).collect(), sound.then_some(checked.program))
}

fn fails_an_example(program: &Program) -> bool {
    program.examples.iter().any(|example| {
        examples::run(program, example)
            .map_or(true, |run| !run.missed.is_empty() || !run.outcome.faults.is_empty())
    })
}
