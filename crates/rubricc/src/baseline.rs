//! A baseline: the findings that a rubric had when a check was new to it, so that only further ones are told.
//!
//! An entry names a finding by its code, its file, the number of the clause and the words underlined, never by its
//! line, so it holds while the text around it changes; when those words change it is asked for again. Errors are never
//! in a baseline.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rubric_base::{Diagnostic, Level, Span, Text};
use rubric_syntax::ast;
use serde::{Deserialize, Serialize};

use crate::exit::{Exit, Failure};
use crate::files;
use crate::load::Session;

/// The longest words that an entry keeps, in characters.
const LONGEST: usize = 80;

/// One finding that is let through.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its code.
    pub code: String,
    /// Its file, from the folder of the baseline.
    pub file: String,
    /// The number of the section or clause it stands in; empty outside of any.
    pub item: String,
    /// The words underlined.
    pub words: String,
}

/// Findings that are let through.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// Each as often as it was found.
    pub entries: Vec<Entry>,
}

impl Baseline {
    /// Reads a file.
    ///
    /// # Errors
    /// Where it cannot be read, or is not a baseline.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let bytes = files::read(path)?;
        serde_json::from_slice(&bytes).map_err(|e| {
            let name = path.display();
            Failure {
                exit: Exit::File,
                text: Text::new(format!("{name} 不是基线文件：{e}"), format!("{name} is no baseline: {e}")),
            }
        })
    }

    /// All findings that a baseline may hold, in order.
    pub fn of(findings: &[Diagnostic], session: &Session, path: &Path) -> Self {
        let items = Items::of(findings, session);
        let kept = findings.iter().filter(|f| may_be_let_through(f));
        let mut entries: Vec<Entry> = kept.map(|f| items.entry(f, session, path)).collect();
        entries.sort();
        Self { entries }
    }

    /// Writes a file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(self).map_err(|e| Failure::output(&e.into()))?;
        files::write(path, &(text + "\n"))
    }

    /// Takes out the findings that are let through, each entry once, and gives how many they were and the entries that
    /// nothing needs any longer. Of files that were not checked nothing is known, so their entries stay.
    pub fn apply(
        &self,
        findings: &mut Vec<Diagnostic>,
        checked: &[PathBuf],
        session: &Session,
        path: &Path,
    ) -> (usize, Vec<Entry>) {
        let mut left: BTreeMap<&Entry, usize> = BTreeMap::new();
        for entry in &self.entries {
            *left.entry(entry).or_default() += 1;
        }
        let items = Items::of(findings, session);
        let before = findings.len();
        findings.retain(|finding| {
            let entry = items.entry(finding, session, path);
            let free = left.get_mut(&entry).filter(|n| **n > 0 && may_be_let_through(finding));
            free.map(|n| *n -= 1).is_none()
        });
        let known: Vec<String> = checked.iter().map(|file| from_folder_of(path, file)).collect();
        let idle = left.into_iter().filter(|(entry, n)| *n > 0 && known.contains(&entry.file));
        (before - findings.len(), idle.map(|(entry, _)| entry.clone()).collect())
    }
}

/// Warnings and notes, also those that this run calls errors.
fn may_be_let_through(finding: &Diagnostic) -> bool {
    finding.code.level() != Level::Error
}

/// Where the sections and clauses of each file stand.
struct Items(BTreeMap<u32, Vec<(Span, String)>>);

impl Items {
    fn of(findings: &[Diagnostic], session: &Session) -> Self {
        let mut all = BTreeMap::new();
        for file in findings.iter().filter_map(|f| Some(f.place()?.file)) {
            all.entry(file.0).or_insert_with(|| {
                let mut nodes = Vec::new();
                for item in &rubric_syntax::parse(file, session.text(file)).file.items {
                    if let ast::Item::Node(node) = item {
                        collect(node, &mut nodes);
                    }
                }
                nodes
            });
        }
        Self(all)
    }

    fn entry(&self, finding: &Diagnostic, session: &Session, baseline: &Path) -> Entry {
        let place = finding.place();
        let file = place.map(|p| p.file);
        let nodes = file.and_then(|f| self.0.get(&f.0)).map(Vec::as_slice).unwrap_or_default();
        // Parents stand before what stands in them: the last is the innermost.
        let within = nodes.iter().rev().find(|(span, _)| span.contains(finding.span()));
        let text = file.map(|f| session.text(f)).unwrap_or_default();
        let words: Vec<&str> = finding.span().of(text).split_whitespace().collect();
        let name = file.and_then(|f| session.sources.get(f)).map(|s| s.name().to_owned()).unwrap_or_default();
        Entry {
            code: finding.code.name().to_owned(),
            file: from_folder_of(baseline, Path::new(&name)),
            item: within.map(|(_, number)| number.clone()).unwrap_or_default(),
            words: words.join(" ").chars().take(LONGEST).collect(),
        }
    }
}

fn collect(node: &ast::Node, all: &mut Vec<(Span, String)>) {
    all.push((node.at.0, node.number.node.clone()));
    for item in &node.body {
        if let ast::NodeItem::Node(child) = item {
            collect(child, all);
        }
    }
}

/// A file as seen from the folder of the baseline, with plain slashes; as it is written where it lies elsewhere.
fn from_folder_of(baseline: &Path, file: &Path) -> String {
    let folder = baseline.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let inside = || {
        let (folder, file) = (folder.canonicalize().ok()?, file.canonicalize().ok()?);
        file.strip_prefix(folder).ok().map(Path::to_owned)
    };
    inside().unwrap_or_else(|| file.to_owned()).to_string_lossy().replace('\\', "/")
}
