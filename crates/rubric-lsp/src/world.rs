//! All documents: open ones over files on the disk, and what each rests on.
//!
//! Nothing is worked out before somebody asks: a change only marks what rests on it as stale. Texts that are not long
//! are then checked whole, with all proofs; of long ones that are edited only what was touched is checked at once, and
//! the whole beside the typing (see [`behind`]).

pub mod behind;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::Uri;
use rubric_base::{Code, FileId};
use rubric_check::{DEEPEST_IMPORT, Files, Unread, calendar_lines, relative};
use rubric_program::Program;
use rubric_syntax::ast;

use crate::analysis::Analysis;
use crate::belongs;
use crate::checkpoint::Checkpoint;
use crate::document::{Document, Kind, Stamp};
use crate::evidence;
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
    /// Texts of so many bytes are long.
    pub long: usize,
    /// How many checks were begun beside the typing.
    tickets: u64,
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
        // First, for findings that are shared are copied when they move.
        document.stale();
        for change in changes {
            let range = change.range.map_or(0..document.text.len(), |(from, to)| {
                let (a, b) = (document.offset(from, encoding), document.offset(to, encoding));
                a.min(b)..a.max(b)
            });
            document.edit(range, &change.text);
        }
        self.unsettled.insert(key.clone());
        // What rests on a long text hears of it when it is checked.
        if !self.documents.get(key).is_some_and(|d| self.is_long(d)) {
            self.changed(key);
        }
    }

    /// Closes a document: what is on the disk counts again.
    pub fn close(&mut self, key: &Key) {
        self.documents.remove(key);
        self.unsettled.remove(key);
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
        self.reached = true;
        for document in self.documents.values_mut() {
            document.forget();
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
                    document.forget();
                    self.reached = true;
                    waiting.push(document.key.clone());
                    if document.is_open() {
                        self.unsettled.insert(document.key.clone());
                    }
                }
            }
        }
    }

    /// Makes sure that a document is read and that there are findings about it as it stands.
    pub fn settle(&mut self, key: &Key) -> Option<&Document> {
        self.settle_below(key, &mut Vec::new(), false).ok()?;
        self.documents.get(key)
    }

    /// The same with all proofs, of a document that nobody edits too.
    pub fn prove(&mut self, key: &Key) -> Option<&Document> {
        self.settle_below(key, &mut Vec::new(), true).ok()?;
        self.documents.get(key)
    }

    /// With `prove`, all proofs too, unless they are made beside the typing.
    fn settle_below(&mut self, key: &Key, above: &mut Vec<Key>, prove: bool) -> io::Result<()> {
        self.read(key)?;
        let Some(document) = self.documents.get_mut(key) else { return Ok(()) };
        if !self.watched && document.analysis.is_some() {
            // Nobody tells when files change, so that those it rests on are looked at.
            let uses = document.uses.clone();
            uses.iter().for_each(|used| self.look(used));
        }
        let Some(document) = self.documents.get(key) else { return Ok(()) };
        let long = self.is_long(document);
        let prove = !long && (prove || document.is_open());
        let lacks_proofs = prove && !document.is_settled();
        match (document.kind, &document.checkpoint) {
            _ if (document.analysis.is_some() || document.findings.is_some()) && !lacks_proofs => {}
            (Kind::Evidence, _) => self.evidence(key, above),
            (Kind::Rubric, Some(checkpoint)) if long || (checkpoint.is_fresh() && !lacks_proofs) => {
                self.recheck(key);
            }
            (Kind::Rubric, _) => self.check(key, above, prove),
        }
        Ok(())
    }

    /// Checks all of a rubric.
    fn check(&mut self, key: &Key, above: &mut Vec<Key>, prove: bool) {
        let long = self.documents.get(key).is_some_and(|document| self.is_long(document));
        let Some(document) = self.documents.get_mut(key) else { return };
        let parse = document.read();
        // Other documents are read on the way.
        let text = document.text.clone();
        above.push(key.clone());
        let mut uses = Vec::new();
        let files = self.files_of(&parse.file, key, above, &mut uses);
        above.pop();
        let checkpoint = Checkpoint::new(&parse, &text, &files, prove, long);
        let analysis = Analysis::new(parse, &text, &checkpoint);
        let Some(document) = self.documents.get_mut(key) else { return };
        document.uses = uses;
        document.analysis = Some(analysis);
        document.checked(checkpoint);
        if long {
            document.behind.hurry();
        }
    }

    /// Checks of a rubric what was touched since all of it was checked.
    fn recheck(&mut self, key: &Key) {
        let Some(document) = self.documents.get_mut(key) else { return };
        let parse = document.read();
        document.analysis = document.checkpoint.as_ref().map(|c| Analysis::new(parse, &document.text, c));
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
        self.settle_below(key, above, false).map_err(|e| Unread::not_read(written, &e))?;
        let checkpoint = self.documents.get(key).and_then(|d| d.checkpoint.as_ref());
        let checkpoint = checkpoint.ok_or_else(|| Unread::has_errors(written))?;
        if let Some(cycle) = checkpoint.found().iter().find(|d| d.code == Code::R0802) {
            return Err(Unread { code: Code::R0802, why: cycle.message.clone() });
        }
        if !checkpoint.is_sound() {
            return Err(Unread::has_errors(written));
        }
        Ok(checkpoint.program.clone())
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

    /// Finds what is wrong with evidence, by the rubric it belongs to; nothing where it belongs to none that can be used.
    fn evidence(&mut self, key: &Key, above: &mut Vec<Key>) {
        let open = self.documents.values().filter(|d| d.kind == Kind::Rubric).map(|d| &d.key);
        let rubric = belongs::rubric_of(key, open);
        if let Some(rubric) = &rubric {
            above.push(key.clone());
            // One that cannot be read says nothing here.
            let _ = self.settle_below(rubric, above, false);
            above.pop();
        }
        let checkpoint = rubric.as_ref().and_then(|r| self.documents.get(r)?.checkpoint.as_ref());
        let text = self.documents.get(key).map(|d| d.text.as_str()).unwrap_or_default();
        let sound = checkpoint.filter(|c| c.is_sound());
        let found = sound.map(|c| evidence::findings(&c.program, text));
        if let Some(document) = self.documents.get_mut(key) {
            document.findings = Some(found.into_iter().flatten().map(Arc::new).collect());
            document.uses = rubric.into_iter().collect();
        }
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
