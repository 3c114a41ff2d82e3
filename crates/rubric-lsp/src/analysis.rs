//! What is known of one text: its tree, its words, its meaning, its findings.
//!
//! The one place where the parser and the checker are called.

use std::cell::OnceCell;

use rubric_base::{Diagnostic, FileId, Level};
use rubric_check::{Checked, Files, beside_holes, check_with};
use rubric_program::Program;
use rubric_syntax::{Parse, ast};

use crate::names::Names;

/// What is known of a text. Spans are those of the text it was made from.
#[derive(Debug)]
pub struct Analysis {
    /// Tree and words.
    pub parse: Parse,
    /// What it means, as far as it can be read.
    pub program: Program,
    /// All findings, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    names: OnceCell<Names>,
}

impl Analysis {
    /// Reads and checks a text. `files` gives what its tree uses of other files.
    pub fn new(text: &str, files: impl FnOnce(&ast::File) -> Files) -> Self {
        let parse = rubric_syntax::parse_with_tokens(FileId::default(), text);
        let files = files(&parse.file);
        let Checked { program, diagnostics: found, .. } =
            check_with(FileId::default(), text, &parse.file, &files);
        let mut diagnostics = parse.errors.clone();
        diagnostics.extend(beside_holes(text, &parse.holes, found));
        diagnostics.sort_by_key(|d| (d.place(), std::cmp::Reverse(d.level), d.code));
        Self { parse, program, diagnostics, names: OnceCell::new() }
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
