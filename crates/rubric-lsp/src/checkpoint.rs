//! What a check of a whole text gave, kept true while the text is edited.
//!
//! A check with all proofs of a long text takes longer than one may wait for at each key. So the whole is checked beside
//! the typing (see `worker.rs`), and until that is done what was found before moves along with the text, while what is
//! said of the clauses that were touched is found anew from the part of the tree that matters to them ([`part`]). What
//! a touched clause changes elsewhere, in a sum or in the total, is said when the whole is done.

mod index;
mod part;
mod touched;

use std::ops::Range;
use std::sync::Arc;

use rubric_base::{Code, Diagnostic, FileId, Level, Span};
use rubric_check::{Files, beside_holes, check_and_prove, check_part, check_with};
use rubric_program::Program;
use rubric_prove::{Ask, Ranges};
use rubric_syntax::Parse;

use crate::analysis::Meaning;
use index::Index;

/// More declarations than this are not searched at each key for the name nearest to a misspelt one.
const MOST_NAMES: usize = 4_000;

/// See the head of this file.
#[derive(Debug)]
pub struct Checkpoint {
    /// What the text meant when it was checked, with the spans of that text.
    pub program: Program,
    /// What it can come to, where that was proved.
    pub ranges: Option<Ranges>,
    /// All of the text could be read.
    pub whole: bool,
    /// Nothing that was found is an error.
    sound: bool,
    /// What the checker found, and the proofs, at the places of the text as it stands.
    found: Vec<Arc<Diagnostic>>,
    /// What needs proofs is among it, or there is an error.
    proved: bool,
    /// Where the text was edited since, in its present places, in order.
    touched: Vec<Range<usize>>,
    /// Of long texts.
    index: Option<Index>,
}

/// What is found of the clauses that were touched.
#[derive(Debug)]
pub struct Rechecked {
    /// All that is found of the text as it stands.
    pub found: Vec<Arc<Diagnostic>>,
    /// What the touched clauses mean, as long as the whole is not checked: the part they stand in is all there is of it.
    pub part: Program,
    /// What they can come to, where that was proved.
    pub ranges: Option<Ranges>,
    /// The numbers of these clauses.
    pub nodes: Vec<String>,
    /// The evidence that was touched.
    pub fields: Vec<String>,
    /// The places about which everything is said; of others only what was found before.
    pub within: Vec<Span>,
}

impl Checkpoint {
    /// Checks a whole text that was read as `parse`. `prove`: with all proofs, and notes. `long`: it will be edited, and
    /// is too long to be checked each time.
    #[must_use]
    pub fn new(parse: &Parse, text: &str, files: &Files, prove: bool, long: bool) -> Self {
        let whole = parse.holes.is_empty();
        let readable = parse.errors.iter().all(|d| d.level != Level::Error);
        let mut ranges = None;
        let checked = if prove && whole && readable {
            let prove = |program: &Program| proofs(program, &mut ranges);
            check_and_prove(FileId::default(), text, &parse.file, files, prove)
        } else {
            check_with(FileId::default(), text, &parse.file, files)
        };
        let found: Vec<_> = checked.diagnostics.into_iter().map(Arc::new).collect();
        Self {
            program: checked.program,
            ranges,
            whole,
            sound: readable && found.iter().all(|d| d.level != Level::Error),
            found: beside_holes(text, &parse.holes, found),
            proved: prove,
            touched: Vec::new(),
            index: long.then(|| Index::of(parse, text)),
        }
    }

    /// Whether nothing was edited since.
    #[must_use]
    pub const fn is_fresh(&self) -> bool {
        self.touched.is_empty()
    }

    /// Whether proofs are still to come.
    #[must_use]
    pub const fn is_proved(&self) -> bool {
        self.proved
    }

    /// What the text meant.
    #[must_use]
    pub const fn meaning(&self) -> Meaning<'_> {
        Meaning { program: &self.program, ranges: self.ranges.as_ref() }
    }

    /// Whether the program may be used by others.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.sound
    }

    /// What was found, at its present places.
    #[must_use]
    pub fn found(&self) -> &[Arc<Diagnostic>] {
        &self.found
    }

    /// Follows an edit of the text: `new` bytes in the place of a range.
    pub fn edit(&mut self, range: &Range<usize>, new: usize) {
        let moved = |at: usize| match at {
            at if at <= range.start => at,
            at if at >= range.end => at - range.len() + new,
            _ => range.start + new,
        };
        let span = |span: &mut Span| *span = Span::new(moved(span.start as usize), moved(span.end as usize));
        for finding in &mut self.found {
            let finding = Arc::make_mut(finding);
            finding.labels.iter_mut().for_each(|label| span(&mut label.place.span));
            finding
                .fixes
                .iter_mut()
                .flat_map(|fix| &mut fix.edits)
                .for_each(|edit| span(&mut edit.place.span));
        }
        let here = range.start..range.start + new;
        let mut touched: Vec<Range<usize>> =
            self.touched.iter().map(|t| moved(t.start)..moved(t.end)).chain([here]).collect();
        touched.sort_by_key(|t| t.start);
        self.touched = touched.into_iter().fold(Vec::new(), joined);
    }

    /// What is found of the text as it stands now; nothing where the whole must be checked for that.
    #[must_use]
    pub fn recheck(&self, parse: &Parse, text: &str) -> Option<Rechecked> {
        let index = self.index.as_ref().filter(|index| index.fits(&parse.file))?;
        let touched = touched::at(&parse.file, text, &self.touched);
        let part = part::of(index, parse, text, &touched, false)?;
        let within = |d: &Diagnostic| part.within.iter().any(|span| span.contains(d.span()));
        if !parse.holes.iter().all(|hole| part.within.iter().any(|span| span.contains(hole.span))) {
            return None;
        }
        // A number that stands twice is seen from both places.
        let stands = |d: &Diagnostic| !within(d) || d.code == Code::R0107;
        let mut found: Vec<_> = self.found.iter().filter(|d| stands(d)).cloned().collect();
        let levels = found.iter().map(|d| d.level).chain(parse.errors.iter().map(|d| d.level));
        let prove = self.proved && parse.holes.is_empty() && levels.max() < Some(Level::Error);
        let mut ranges = None;
        let proofs = |program: &Program| prove.then(|| proofs(program, &mut ranges));
        let mut checked = check_part(FileId::default(), text, &part.tree, within, proofs);
        if checked.diagnostics.iter().any(|d| d.code == Code::R0101)
            && index.declared.len() <= MOST_NAMES
            && let Some(wide) = part::of(index, parse, text, &touched, true)
        {
            checked = check_part(FileId::default(), text, &wide.tree, within, |_| None);
        }
        // Whether evidence is used, or a requirement has consequences, is seen from what no part holds.
        let before = |new: &Diagnostic| {
            self.found.iter().any(|old| old.code == new.code && old.span().start == new.span().start)
        };
        checked.diagnostics.retain(|d| ![Code::R0105, Code::R0912].contains(&d.code) || before(d));
        found.extend(checked.diagnostics.into_iter().map(Arc::new));
        if !prove || found.iter().any(|d| d.level == Level::Error) {
            found.retain(|d| !d.code.proved());
        }
        Some(Rechecked {
            found,
            part: checked.program,
            ranges,
            nodes: part.nodes,
            fields: part.fields,
            within: part.within,
        })
    }

    /// What was found of all that was not touched: the least that can be said at once of a text read as `parse`.
    #[must_use]
    pub fn elsewhere(&self, parse: &Parse) -> Vec<Arc<Diagnostic>> {
        let sound = parse.errors.iter().all(|d| d.level != Level::Error);
        let touched: Vec<Span> = self.touched.iter().map(|t| Span::new(t.start, t.end)).collect();
        let stands = |d: &&Arc<Diagnostic>| {
            let span = d.span();
            let apart = !touched.iter().any(|t| t.start <= span.end && span.start <= t.end);
            apart && (sound || !d.code.proved())
        };
        self.found.iter().filter(stands).cloned().collect()
    }
}

/// All that is proved: findings, and what the program can come to.
fn proofs(program: &Program, ranges: &mut Option<Ranges>) -> Vec<Diagnostic> {
    let proofs = rubric_prove::prove(program, FileId::default(), Ask::All);
    *ranges = Some(proofs.ranges);
    proofs.diagnostics
}

/// Joins ranges that meet.
fn joined(mut all: Vec<Range<usize>>, next: Range<usize>) -> Vec<Range<usize>> {
    match all.last_mut() {
        Some(last) if next.start <= last.end => last.end = last.end.max(next.end),
        _ => all.push(next),
    }
    all
}
