//! What is known of one text: its tree, its words, its meaning, its findings.
//!
//! The one place where the checker is called. The text is read piece by piece, see `document.rs`.

use std::cell::OnceCell;

use rubric_base::{Diagnostic, FileId, Level};
use rubric_check::{Files, beside_holes, check_and_prove, check_with};
use rubric_program::Program;
use rubric_prove::Ask;
use rubric_syntax::{Parse, ast};

use crate::names::Names;

/// What is known of a text. Spans are those of the text it was made from.
#[derive(Debug)]
pub struct Analysis {
    /// Tree and words.
    pub parse: Parse,
    /// What it means, as far as it can be read.
    pub program: Program,
    /// All findings so far, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    files: Files,
    proved: bool,
    names: OnceCell<Names>,
}

impl Analysis {
    /// Checks a text that was read as `parse`. `files` gives what its tree uses of other files.
    pub fn new(parse: Parse, text: &str, files: impl FnOnce(&ast::File) -> Files) -> Self {
        let files = files(&parse.file);
        let checked = check_with(FileId::default(), text, &parse.file, &files);
        let diagnostics = findings(text, &parse, checked.diagnostics);
        Self { parse, program: checked.program, diagnostics, files, proved: false, names: OnceCell::new() }
    }

    /// Adds what only proofs show, notes too; of a text with errors nothing is proved. Takes longer than the rest.
    /// Whether anything was added.
    pub fn prove(&mut self, text: &str) -> bool {
        if self.proved || !self.is_whole() || !self.is_sound() {
            return false;
        }
        self.proved = true;
        let prove = |program: &Program| rubric_prove::prove(program, FileId::default(), Ask::All).diagnostics;
        let checked = check_and_prove(FileId::default(), text, &self.parse.file, &self.files, prove);
        let all = findings(text, &self.parse, checked.diagnostics);
        let more = all != self.diagnostics;
        self.diagnostics = all;
        more
    }

    /// Whether all of the text could be read.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.parse.holes.is_empty()
    }

    /// Whether the program may be used by others.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.diagnostics.iter().all(|d| d.level != Level::Error)
    }

    /// Where each name stands, and what it means.
    pub fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(&self.parse.file))
    }
}

/// All findings, in order of place; at one place the gravest first.
fn findings(text: &str, parse: &Parse, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut all = parse.errors.clone();
    all.extend(beside_holes(text, &parse.holes, found));
    all.sort_by_key(|d| (d.place(), std::cmp::Reverse(d.level), d.code));
    all
}
