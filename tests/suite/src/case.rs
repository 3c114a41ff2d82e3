//! One rubric with its evidence, held to every property.

mod ledger;
mod results;
mod texts;

use rubric_base::code::Level;
use rubric_base::{Diagnostic, FileId};
use rubric_check::{Checked, check};
use rubric_program::{Column, Dataset, Program};
use rubric_syntax::parse;

pub use ledger::ledger;
pub use results::{agrees, any_order, evaluates, shown};
pub use texts::{formats, no_panic, same_in_both, wide_signs};

/// What a property says: nothing, or how it was broken.
pub type Holds = Result<(), String>;

/// Parses and checks.
///
/// # Errors
/// The codes of the errors.
pub fn checked(text: &str) -> Result<Program, Vec<String>> {
    let parsed = parse(FileId::default(), text);
    if !parsed.errors.is_empty() {
        return Err(parsed.errors.iter().map(told).collect());
    }
    let Checked { program, diagnostics, .. } = check(FileId::default(), text, &parsed.file);
    let errors: Vec<String> = diagnostics.iter().filter(|d| d.level == Level::Error).map(told).collect();
    if errors.is_empty() { Ok(program) } else { Err(errors) }
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

/// Evidence that fits is read, and read as the values that were written.
///
/// # Errors
/// What was refused or read differently.
pub fn reads(program: &Program, written: &Dataset, json: &str) -> Holds {
    let mut data = read(program, json)?;
    forget_places(&mut data);
    if data == *written {
        return Ok(());
    }
    for (id, (a, b)) in data.columns.iter().zip(&written.columns).enumerate() {
        if a != b {
            return Err(format!("{}: read {a:?}, written {b:?}", program.evidence[id].name));
        }
    }
    Err("the units differ".to_owned())
}

fn forget_places(data: &mut Dataset) {
    data.units.iter_mut().for_each(|u| u.place = None);
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
