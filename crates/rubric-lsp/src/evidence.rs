//! What is wrong with a file of evidence, by the rubric it belongs to.

use rubric_base::{Diagnostic, FileId, Level};
use rubric_eval::{Mode, evaluate};
use rubric_evidence::Input;
use rubric_program::Program;
use rubric_report::faults;

/// The evidence itself, in its findings; the rubric is [`RUBRIC`].
const EVIDENCE: FileId = FileId(0);
/// The rubric, where a finding about evidence names its words.
pub const RUBRIC: FileId = FileId(1);

/// Longer evidence is only read here: what shows when it is used is left to the command.
const MOST_USED: usize = 1 << 20;

/// What can be said of a text alone: what its form is, and where that is right, what shows when the units are scored.
/// Evidence that goes with imported rubrics is not scored, for that of the others is not known here.
#[must_use]
pub fn findings(program: &Program, text: &str) -> Vec<Diagnostic> {
    let (dataset, mut found) = rubric_evidence::read(program, &[Input { file: EVIDENCE, text }]);
    let sound = found.iter().all(|d| d.level != Level::Error);
    if sound && program.imports.is_empty() && text.len() <= MOST_USED {
        let outcome = evaluate(program, &dataset, Mode::ScoresOnly);
        let faults = outcome.map(|outcome| faults::findings(program, &dataset, &outcome.faults, RUBRIC));
        found.extend(faults.unwrap_or_default());
    }
    found
}
