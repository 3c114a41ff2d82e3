//! Findings as JSON, for programs that read them; lines and columns in characters from 1. The edits of a mend
//! are in the file of the finding.

use rubric_base::{Diagnostic, Level, LineColumn, Place, Sources, Text};
use serde::Serialize;

use crate::proofs::Report;

#[derive(Serialize)]
struct Document<'a> {
    diagnostics: Vec<Finding<'a>>,
    errors: usize,
    warnings: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    reports: Option<&'a [Report]>,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    level: &'a str,
    #[serde(flatten)]
    at: Option<Range<'a>>,
    message: Both<'a>,
    labels: Vec<Labelled<'a>>,
    help: Both<'a>,
    fixes: Vec<Mend<'a>>,
}

#[derive(Serialize)]
struct Both<'a> {
    zh: &'a str,
    en: &'a str,
}

#[derive(Serialize)]
struct Range<'a> {
    file: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Labelled<'a> {
    #[serde(flatten)]
    at: Range<'a>,
    text: Both<'a>,
}

#[derive(Serialize)]
struct Mend<'a> {
    title: Both<'a>,
    edits: Vec<Replace<'a>>,
}

#[derive(Serialize)]
struct Replace<'a> {
    start: Position,
    end: Position,
    text: &'a str,
}

impl From<LineColumn> for Position {
    fn from(at: LineColumn) -> Self {
        Self { line: at.line, column: at.column }
    }
}

fn both(text: &Text) -> Both<'_> {
    Both { zh: &text.zh, en: &text.en }
}

fn range(place: Place, sources: &Sources) -> Option<Range<'_>> {
    let source = sources.get(place.file)?;
    let start = source.line_column(place.span.start).into();
    let end = source.line_column(place.span.end).into();
    Some(Range { file: source.name(), start, end })
}

fn finding<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Finding<'a> {
    let labels = diagnostic
        .labels
        .iter()
        .filter_map(|label| Some(Labelled { at: range(label.place, sources)?, text: both(&label.text) }))
        .collect();
    let fixes = diagnostic.fixes.iter().map(|fix| Mend {
        title: both(&fix.title),
        edits: fix
            .edits
            .iter()
            .filter_map(|edit| {
                let Range { start, end, .. } = range(edit.place, sources)?;
                Some(Replace { start, end, text: &edit.text })
            })
            .collect(),
    });
    Finding {
        code: diagnostic.code.name(),
        level: diagnostic.level.name(),
        at: diagnostic.place().and_then(|place| range(place, sources)),
        message: both(&diagnostic.message),
        labels,
        help: both(&diagnostic.help),
        fixes: fixes.collect(),
    }
}

/// How many findings have a level.
#[must_use]
pub fn count(diagnostics: &[Diagnostic], level: Level) -> usize {
    diagnostics.iter().filter(|d| d.level == level).count()
}

/// The findings in their order, how many errors and warnings there are, and what can come out, where that is asked for.
///
/// # Errors
/// Only if serialization fails, which plain data does not.
pub fn diagnostics_json(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    reports: Option<&[Report]>,
) -> serde_json::Result<String> {
    let document = Document {
        diagnostics: diagnostics.iter().map(|d| finding(d, sources)).collect(),
        errors: count(diagnostics, Level::Error),
        warnings: count(diagnostics, Level::Warning),
        reports,
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}
