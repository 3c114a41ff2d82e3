//! `检查 CODE LEVEL` in the head: how grave a kind of finding is in this rubric.
//!
//! An error stays one, for a rubric with an error cannot be scored by.

use std::collections::HashMap;

use rubric_base::{Code, Diagnostic, FileId, Level, Place};
use rubric_syntax::ast;

use crate::findings::{names, printed};

/// The settings of the head, in written order.
fn settings(tree: &ast::File) -> impl Iterator<Item = &ast::LevelSetting> {
    let headers = tree.items.iter().filter_map(|item| match item {
        ast::Item::Header(header) => Some(header),
        _ => None,
    });
    headers.flat_map(|header| &header.entries).filter_map(|entry| match entry {
        ast::HeaderEntry::Level(setting) => Some(setting),
        _ => None,
    })
}

/// Whether the rubric wants some note told as more than a note: then notes must be looked for.
#[must_use]
pub fn raises_notes(tree: &ast::File) -> bool {
    settings(tree).any(|s| s.code.is_some_and(|c| c.level() == Level::Note) && s.level > Some(Level::Note))
}

/// Gives each finding the level that the rubric wants, drops those that are not told, and reports settings that cannot
/// hold.
pub(crate) fn apply(file: FileId, tree: &ast::File, findings: &mut Vec<Diagnostic>) {
    let place = |at: ast::At| Place { file, span: at.0 };
    let mut levels: HashMap<Code, (Option<Level>, ast::At)> = HashMap::new();
    let mut faults = Vec::new();
    for setting in settings(tree) {
        match setting.code {
            None => faults.push(printed::no_such_code(place(setting.written.at), &setting.written.node)),
            Some(code) if code.level() == Level::Error && setting.level != Some(Level::Error) => {
                faults.push(printed::stays_an_error(place(setting.at), code));
            }
            Some(code) => {
                if let Some((_, first)) = levels.insert(code, (setting.level, setting.at)) {
                    faults.push(names::twice(place(setting.at), code.name(), place(first)));
                }
            }
        }
    }
    findings.retain_mut(|finding| match levels.get(&finding.code) {
        None => true,
        Some((None, _)) => false,
        Some((Some(level), _)) => {
            finding.level = *level;
            true
        }
    });
    findings.extend(faults);
}
