//! One rubric with its evidence, held to every property.

mod ledger;
mod partial;
mod proved;
mod results;
mod texts;

use rubric_base::code::Level;
use rubric_base::{Code, Diagnostic, FileId, Text};
use rubric_check::{Checked, Files, Unread, check_with};
use rubric_program::{Column, Dataset, Program};
use rubric_syntax::ast::{self, CalendarEntry, Item};
use rubric_syntax::parse;

use crate::fill::Filled;
use crate::generate;

pub use ledger::ledger;
pub use partial::{Hole, bounds, lies_within, with_holes};
pub use proved::proved;
pub use results::{agrees, any_order, evaluates, shown};
pub use texts::{formats, no_panic, same_in_both, wide_signs};

/// What a property says: nothing, or how it was broken.
pub type Holds = Result<(), String>;

/// Where the other files of a rubric are looked for, by the paths that it names.
pub type Library<'l> = &'l dyn Fn(&str) -> Option<String>;

/// Parses and checks a rubric that uses no other files but those of random rubrics.
///
/// # Errors
/// The errors.
pub fn checked(text: &str) -> Result<Program, Vec<String>> {
    checked_with(text, &generate::file)
}

/// Parses and checks.
///
/// # Errors
/// The errors.
pub fn checked_with(text: &str, library: Library<'_>) -> Result<Program, Vec<String>> {
    let parsed = parse(FileId::default(), text);
    if !parsed.errors.is_empty() {
        return Err(parsed.errors.iter().map(told).collect());
    }
    let files = files(&parsed.file, library);
    let Checked { program, diagnostics, .. } = check_with(FileId::default(), text, &parsed.file, &files);
    let errors: Vec<String> = diagnostics.iter().filter(|d| d.level == Level::Error).map(told).collect();
    if errors.is_empty() { Ok(program) } else { Err(errors) }
}

/// What a rubric uses of other files.
#[must_use]
pub fn files(tree: &ast::File, library: Library<'_>) -> Files {
    let mut files = Files::default();
    let text = |path: &str| {
        let unread = || Unread { code: Code::R0801, why: Text::new(path, path) };
        library(path).ok_or_else(unread)
    };
    for item in &tree.items {
        match item {
            Item::Import(import) => {
                let path = &import.path.node;
                let program = text(path).and_then(|text| {
                    let unread = |e: Vec<String>| Unread {
                        code: Code::R0801,
                        why: Text::new(e.join("\n"), e.join("\n")),
                    };
                    checked_with(&text, library).map_err(unread)
                });
                files.rubrics.insert(path.clone(), program);
            }
            Item::Calendar(ast::Calendar { path: Some(path), .. }) => {
                let lines = text(&path.node).map(|text| calendar(&text));
                files.calendars.insert(path.node.clone(), lines);
            }
            _ => {}
        }
    }
    files
}

fn calendar(text: &str) -> Vec<CalendarEntry> {
    let items = parse(FileId::default(), text).file.items.into_iter();
    items.filter_map(|i| if let Item::Calendar(c) = i { Some(c.entries) } else { None }).flatten().collect()
}

fn told(finding: &Diagnostic) -> String {
    let span = finding.span();
    format!("{} at {}..{}: {}", finding.code.name(), span.start, span.end, finding.message.en)
}

/// Reads evidence; a finding that is an error is the answer instead.
///
/// # Errors
/// The findings.
pub fn read(program: &Program, json: &str) -> Result<Dataset, String> {
    let input = rubric_evidence::Input { file: FileId::default(), text: json };
    let (data, findings) = rubric_evidence::read(program, &[input]);
    let errors: Vec<String> = findings.iter().filter(|d| d.level == Level::Error).map(told).collect();
    if errors.is_empty() { Ok(data) } else { Err(errors.join("\n")) }
}

/// Reads what was filled in, its units in an order, and the evidence of imported rubrics.
///
/// # Errors
/// The findings.
pub fn read_all(program: &Program, filled: &Filled, order: &[usize]) -> Result<Dataset, String> {
    let mut data = read(program, &filled.json(order))?;
    for (import, filled) in program.imports.iter().zip(&filled.imports) {
        data.imports.push(read_all(&import.program, filled, &filled.in_order())?);
    }
    Ok(data)
}

/// Evidence that fits is read, and read as the values that were written.
///
/// # Errors
/// What was refused or read differently.
pub fn reads(program: &Program, filled: &Filled) -> Holds {
    let mut data = read_all(program, filled, &filled.in_order())?;
    forget_places(&mut data);
    same(program, &data, &filled.data)
}

fn same(program: &Program, read: &Dataset, written: &Dataset) -> Holds {
    if read == written {
        return Ok(());
    }
    for (id, (a, b)) in read.columns.iter().zip(&written.columns).enumerate() {
        if a != b {
            return Err(format!("{}: read {a:?}, written {b:?}", program.evidence[id].name));
        }
    }
    Err("the units, or what is imported, differ".to_owned())
}

fn forget_places(data: &mut Dataset) {
    data.units.iter_mut().for_each(|u| u.place = None);
    data.imports.iter_mut().for_each(forget_places);
    for column in &mut data.columns {
        match column {
            Column::Scalars(cells) => cells.iter_mut().for_each(|c| c.place = None),
            Column::Lists(lists) => {
                for row in lists.iter_mut().flatten().flatten() {
                    row.place = None;
                    row.cells.iter_mut().for_each(|c| c.place = None);
                }
            }
        }
    }
}
