//! All documents: open ones over files on the disk, and what each rests on.
//!
//! Nothing is worked out before somebody asks: a change only marks what rests on it as stale.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use lsp_types::Uri;
use rubric_base::{Code, FileId};
use rubric_check::{DEEPEST_IMPORT, Files, Unread, calendar_lines, relative};
use rubric_program::Program;
use rubric_syntax::{Incremental, ast};

use crate::analysis::Analysis;
use crate::belongs;
use crate::document::{Document, Kind, Stamp};
use crate::text::{Encoding, Point};
use crate::uri::Key;

/// A change of an open document.
#[derive(Debug, Clone)]
pub struct Change {
    /// What is replaced; the whole text where absent.
    pub range: Option<(Point, Point)>,
    /// By what.
    pub text: String,
}

/// Every document known.
#[derive(Debug, Default)]
pub struct World {
    documents: BTreeMap<Key, Document>,
    /// The folders open in the editor.
    pub folders: Vec<PathBuf>,
    /// Open documents whose findings may have changed since they were last asked for.
    pub unsettled: BTreeSet<Key>,
    /// Open documents of which not all is proved.
    pub unproved: BTreeSet<Key>,
    /// The editor tells when files change; else the disk is asked each time.
    pub watched: bool,
    /// A change reached documents other than the one that was changed.
    pub reached: bool,
}

impl World {
    /// A document that is known.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<&Document> {
        self.documents.get(key)
    }

    /// All documents known.
    pub fn iter(&self) -> impl Iterator<Item = &Document> {
        self.documents.values()
    }

    /// Opens a document in the editor.
    pub fn open(&mut self, uri: Uri, language: &str, version: i32, text: String) {
        let key = Key::of_uri(uri.as_str());
        let kind = if language == "json" || is_json(key.path()) { Kind::Evidence } else { Kind::Rubric };
        let mut document = Document::new(key.clone(), uri, kind, text);
        document.version = Some(version);
        self.documents.insert(key.clone(), document);
        self.changed(&key);
        self.unsettled.insert(key);
    }

    /// Changes an open document; one that is not open is left alone.
    pub fn change(&mut self, key: &Key, version: i32, changes: Vec<Change>, encoding: Encoding) {
        let Some(document) = self.documents.get_mut(key).filter(|d| d.is_open()) else { return };
        document.version = Some(version);
        for change in changes {
            let range = change.range.map_or(0..document.text.len(), |(from, to)| {
                let (a, b) = (document.offset(from, encoding), document.offset(to, encoding));
                a.min(b)..a.max(b)
            });
            document.text.replace_range(range.clone(), &change.text);
            if let Some(reading) = &mut document.reading {
                reading.edit(range.clone(), &change.text);
            }
            document.lines.edit(&document.text, range, change.text.len());
        }
        document.stale();
        self.changed(key);
        self.unsettled.insert(key.clone());
    }

    /// Closes a document: what is on the disk counts again.
    pub fn close(&mut self, key: &Key) {
        self.documents.remove(key);
        self.unsettled.remove(key);
        self.unproved.remove(key);
        self.changed(key);
    }

    /// A file changed on the disk.
    pub fn changed_on_disk(&mut self, key: &Key) {
        if self.documents.get(key).is_some_and(Document::is_open) {
            return;
        }
        self.documents.remove(key);
        self.changed(key);
    }

    /// Everything is worked out anew: what may be imported, or the language of messages, has changed.
    pub fn forget_all(&mut self) {
        for document in self.documents.values_mut() {
            document.stale();
            if document.is_open() {
                self.unsettled.insert(document.key.clone());
            }
        }
    }

    /// Everything that rests on a document is stale, also what could not be read before.
    fn changed(&mut self, key: &Key) {
        let mut waiting = vec![key.clone()];
        let mut seen = BTreeSet::new();
        while let Some(next) = waiting.pop() {
            if !seen.insert(next.clone()) {
                continue;
            }
            for document in self.documents.values_mut() {
                if document.uses.contains(&next) && document.key != *key {
                    document.stale();
                    self.reached = true;
                    waiting.push(document.key.clone());
                    if document.is_open() {
                        self.unsettled.insert(document.key.clone());
                    }
                }
            }
        }
    }

    /// Makes sure that a document is read and everything about it known.
    pub fn settle(&mut self, key: &Key) -> Option<&Document> {
        self.settle_below(key, &mut Vec::new()).ok()?;
        self.documents.get(key)
    }

    /// Adds to the findings about a rubric what only proofs show; whether that is anything. Its text must be settled.
    pub fn prove(&mut self, key: &Key) -> bool {
        let Some(document) = self.documents.get_mut(key) else { return false };
        let Document { text, analysis, .. } = document;
        analysis.as_mut().is_some_and(|a| a.prove(text))
    }

    fn settle_below(&mut self, key: &Key, above: &mut Vec<Key>) -> io::Result<()> {
        self.read(key)?;
        let Some(document) = self.documents.get_mut(key) else { return Ok(()) };
        if !self.watched && document.analysis.is_some() {
            // Nobody tells when files change, so that those it rests on are looked at.
            let uses = document.uses.clone();
            uses.iter().for_each(|used| self.look(used));
        }
        let Some(document) = self.documents.get_mut(key) else { return Ok(()) };
        if document.analysis.is_some() || document.findings.is_some() {
            return Ok(());
        }
        // Taken out while it is worked on, for other documents are read on the way.
        let text = std::mem::take(&mut document.text);
        let kind = document.kind;
        let mut reading = document.reading.take().filter(|reading| reading.text() == text);
        above.push(key.clone());
        let mut uses = Vec::new();
        let (analysis, findings) = match kind {
            Kind::Rubric => {
                let reading =
                    reading.get_or_insert_with(|| Incremental::new(FileId::default(), text.as_str()));
                let parse = reading.lend();
                let analysis = Analysis::new(parse, &text, |tree| self.files_of(tree, key, above, &mut uses));
                (Some(analysis), None)
            }
            Kind::Evidence => (None, Some(self.evidence(key, &text, above, &mut uses))),
        };
        above.pop();
        if let Some(document) = self.documents.get_mut(key) {
            document.text = text;
            document.reading = reading;
            document.analysis = analysis;
            document.findings = findings;
            document.uses = uses;
        }
        Ok(())
    }

    /// Reads a file that is not known yet, or has changed.
    fn read(&mut self, key: &Key) -> io::Result<()> {
        self.look(key);
        if self.documents.contains_key(key) {
            return Ok(());
        }
        let stamp = stamp(key.path())?;
        let bytes = fs::read(key.path())?;
        let text = rubric_syntax::text_of(&bytes, FileId::default())
            .map_err(|d| io::Error::new(io::ErrorKind::InvalidData, d.message.en))?;
        let kind = if is_json(key.path()) { Kind::Evidence } else { Kind::Rubric };
        let mut document = Document::new(key.clone(), key.uri(), kind, text);
        document.stamp = Some(stamp);
        self.documents.insert(key.clone(), document);
        Ok(())
    }

    /// Forgets a file that is not the one that was read.
    fn look(&mut self, key: &Key) {
        let known = self.documents.get(key).filter(|d| !d.is_open());
        if !self.watched
            && let Some(document) = known
            && stamp(key.path()).ok() != document.stamp
        {
            self.changed_on_disk(key);
        }
    }

    /// What a rubric uses of other files.
    fn files_of(&mut self, tree: &ast::File, key: &Key, above: &mut Vec<Key>, uses: &mut Vec<Key>) -> Files {
        let mut files = Files::default();
        for item in &tree.items {
            match item {
                ast::Item::Import(import) => {
                    let written = &import.path.node;
                    let found = self.resolve(key, written, uses);
                    let program = found.and_then(|k| self.imported(&k, written, above));
                    files.rubrics.insert(written.clone(), program);
                }
                ast::Item::Calendar(ast::Calendar { path: Some(path), .. }) => {
                    let written = &path.node;
                    let found = self.resolve(key, written, uses);
                    let lines = found.and_then(|k| self.calendar(&k, written));
                    files.calendars.insert(written.clone(), lines);
                }
                _ => {}
            }
        }
        files
    }

    /// Where a path leads from the document that names it; remembered among what it rests on, even if nothing is
    /// there yet.
    fn resolve(&self, from: &Key, written: &str, uses: &mut Vec<Key>) -> Result<Key, Unread> {
        let relative = relative(written)?;
        let folder = from.path().parent().unwrap_or_else(|| Path::new("."));
        let found = Key::of_path(&folder.join(relative));
        if !uses.contains(&found) {
            uses.push(found.clone());
        }
        // Links are followed, so that none leads out of the project.
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if real(found.path()).starts_with(real(self.root_of(from))) {
            return Ok(found);
        }
        Err(Unread::outside(written))
    }

    /// The folder that no import may leave: the one open in the editor, else the document's own.
    fn root_of<'a>(&'a self, key: &'a Key) -> &'a Path {
        let open = self.folders.iter().filter(|f| key.path().starts_with(f));
        let widest = open.min_by_key(|f| f.components().count());
        widest.map_or_else(|| key.path().parent().unwrap_or_else(|| Path::new(".")), PathBuf::as_path)
    }

    fn imported(&mut self, key: &Key, written: &str, above: &mut Vec<Key>) -> Result<Program, Unread> {
        if above.contains(key) || above.len() > DEEPEST_IMPORT {
            return Err(Unread::circular(written));
        }
        self.settle_below(key, above).map_err(|e| Unread::not_read(written, &e))?;
        let document = self.documents.get(key).ok_or_else(|| Unread::has_errors(written))?;
        let analysis = document.analysis.as_ref().ok_or_else(|| Unread::has_errors(written))?;
        if let Some(cycle) = analysis.diagnostics.iter().find(|d| d.code == Code::R0802) {
            return Err(Unread { code: Code::R0802, why: cycle.message.clone() });
        }
        if !analysis.is_sound() {
            return Err(Unread::has_errors(written));
        }
        Ok(analysis.program.clone())
    }

    fn calendar(&mut self, key: &Key, written: &str) -> Result<Vec<ast::CalendarEntry>, Unread> {
        self.read(key).map_err(|e| Unread::not_read(written, &e))?;
        let text = self.documents.get(key).map(|d| d.text.as_str()).unwrap_or_default();
        let parse = rubric_syntax::parse(FileId::default(), text);
        if !parse.errors.is_empty() {
            return Err(Unread::has_errors(written));
        }
        calendar_lines(parse.file, written)
    }

    /// Findings about evidence, by the rubric it belongs to; none where it belongs to none that can be used.
    fn evidence(
        &mut self,
        key: &Key,
        text: &str,
        above: &mut Vec<Key>,
        uses: &mut Vec<Key>,
    ) -> Vec<rubric_base::Diagnostic> {
        let open = self.documents.values().filter(|d| d.kind == Kind::Rubric).map(|d| &d.key);
        let Some(rubric) = belongs::rubric_of(key, open) else { return Vec::new() };
        uses.push(rubric.clone());
        if self.settle_below(&rubric, above).is_err() {
            return Vec::new();
        }
        let Some(document) = self.documents.get(&rubric) else { return Vec::new() };
        let Some(analysis) = document.analysis.as_ref().filter(|a| a.is_sound()) else { return Vec::new() };
        let program = &analysis.program;
        let input = rubric_evidence::Input { file: FileId::default(), text };
        rubric_evidence::read(program, &[input]).1
    }

    /// The rubrics in the open folders, each once, in order.
    #[must_use]
    pub fn rubrics(&self) -> Vec<Key> {
        self.files().into_iter().filter(|key| !is_json(key.path())).collect()
    }

    /// The rubrics and the evidence in the open folders and in the editor, each once, in order.
    #[must_use]
    pub fn files(&self) -> Vec<Key> {
        let mut found: BTreeSet<Key> = self.documents.keys().cloned().collect();
        let mut folders: Vec<(PathBuf, usize)> = self.folders.iter().map(|f| (f.clone(), 0)).collect();
        while let Some((folder, depth)) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let (path, name) = (entry.path(), entry.file_name());
                let name = name.to_string_lossy();
                let is_folder = entry.file_type().is_ok_and(|a| a.is_dir());
                if is_folder && !name.starts_with('.') && !skipped(&name) && depth < DEEPEST_FOLDER {
                    folders.push((path, depth + 1));
                } else if (name.ends_with(".rubric") || name.ends_with("evidence.json"))
                    && found.len() < MOST_FILES
                {
                    found.insert(Key::of_path(&path));
                }
            }
        }
        found.into_iter().collect()
    }
}

/// Deeper than anybody sorts standards.
const DEEPEST_FOLDER: usize = 8;

/// More rubrics than any office has.
const MOST_FILES: usize = 4_000;

/// Folders that hold what programs made.
fn skipped(name: &str) -> bool {
    ["target", "node_modules"].contains(&name)
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"))
}

fn stamp(path: &Path) -> io::Result<Stamp> {
    let about = fs::metadata(path)?;
    Ok((about.modified().ok(), about.len()))
}
