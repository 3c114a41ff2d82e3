//! Other files that a rubric uses, read by whoever asks for the check: the checker itself reads none.

use std::collections::HashMap;

use rubric_base::{Code, Text};
use rubric_program::Program;
use rubric_syntax::ast;

/// By their paths, as written in the rubric.
#[derive(Debug, Default)]
pub struct Files {
    /// Imported rubrics, checked.
    pub rubrics: HashMap<String, Result<Program, Unread>>,
    /// The lines of calendars.
    pub calendars: HashMap<String, Result<Vec<ast::CalendarEntry>, Unread>>,
}

/// Why a file cannot be used.
#[derive(Debug, Clone)]
pub struct Unread {
    /// The code to report.
    pub code: Code,
    /// Why, to people.
    pub why: Text,
}
