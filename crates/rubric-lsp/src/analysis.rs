//! What is known of one text as it stands: its tree, its words, its findings.
//!
//! What it means is in its [`Checkpoint`]; of a long text that is edited, the checkpoint is of a moment ago, and what the
//! touched clauses mean now is here.

use std::cell::OnceCell;
use std::sync::Arc;

use rubric_base::{Diagnostic, Level};
use rubric_check::beside_holes;
use rubric_program::{Domain, Program};
use rubric_prove::{Range, Ranges};
use rubric_syntax::Parse;

use crate::checkpoint::{Checkpoint, Rechecked};
use crate::names::{Names, Symbol};

/// What a text, or a part of it, means.
#[derive(Debug, Clone, Copy)]
pub struct Meaning<'a> {
    /// The program.
    pub program: &'a Program,
    /// What it can come to, where that was proved.
    pub ranges: Option<&'a Ranges>,
}

impl Meaning<'_> {
    /// What a section or clause can score: proved, or else by its rules alone. Nothing where it gives no points.
    #[must_use]
    pub fn score(self, node: usize) -> Option<Range> {
        let proved = self.ranges.and_then(|ranges| ranges.nodes.get(node)?.clone());
        proved.or_else(|| {
            let Domain { low, high, .. } = self.program.nodes.get(node)?.attainable.clone()?;
            Some(Range { low, high, exact: false })
        })
    }
}

/// What is known of a text. Spans are those of the text it was made from.
#[derive(Debug)]
pub struct Analysis {
    /// Tree and words.
    pub parse: Parse,
    /// All findings so far, in order of place.
    pub diagnostics: Vec<Arc<Diagnostic>>,
    /// The clauses that were touched since the whole was checked.
    part: Option<Rechecked>,
    names: OnceCell<Names>,
}

impl Analysis {
    /// Of a text that was read as `parse`, by what was found when all of it was last checked.
    #[must_use]
    pub fn new(parse: Parse, text: &str, checkpoint: &Checkpoint) -> Self {
        let mut part = None;
        let found = if checkpoint.is_fresh() {
            // What rests on holes is left out of it already.
            checkpoint.found().to_vec()
        } else if let Some(mut rechecked) = checkpoint.recheck(&parse, text) {
            let found = std::mem::take(&mut rechecked.found);
            part = Some(rechecked);
            beside_holes(text, &parse.holes, found)
        } else {
            beside_holes(text, &parse.holes, checkpoint.elsewhere(&parse))
        };
        let diagnostics = findings(&parse, found);
        Self { parse, diagnostics, part, names: OnceCell::new() }
    }

    /// Whether all of the text could be read.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.parse.holes.is_empty()
    }

    /// Whether nothing found so far is an error.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.diagnostics.iter().all(|d| d.level != Level::Error)
    }

    /// Where each name stands, and what it means.
    pub fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(&self.parse.file))
    }

    /// What a name means now, where it is of those that were touched, and what was proved of it.
    #[must_use]
    pub fn part_about(&self, symbol: &Symbol) -> Option<Meaning<'_>> {
        let part = self.part.as_ref()?;
        let about = match symbol {
            Symbol::Node(number) => part.nodes.contains(number),
            Symbol::Evidence(name) | Symbol::Field(name, _) => part.fields.contains(name),
            _ => false,
        };
        about.then_some(Meaning { program: &part.part, ranges: part.ranges.as_ref() })
    }
}

/// All findings, in order of place; at one place the gravest first.
fn findings(parse: &Parse, found: Vec<Arc<Diagnostic>>) -> Vec<Arc<Diagnostic>> {
    let mut all: Vec<Arc<Diagnostic>> = parse.errors.iter().cloned().map(Arc::new).collect();
    all.extend(found);
    all.sort_by_key(|d| (d.place(), std::cmp::Reverse(d.level), d.code));
    all
}
