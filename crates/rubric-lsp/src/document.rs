//! One text, open in the editor or read from the disk.

use std::iter;
use std::ops::Range;
use std::sync::Arc;
use std::time::SystemTime;

use lsp_types::Uri;
use rubric_base::{Diagnostic, FileId, Language, Span};
use rubric_program::Program;
use rubric_syntax::{Incremental, Parse, Token, TokenKind};

use crate::analysis::{Analysis, Meaning};
use crate::checkpoint::Checkpoint;
use crate::names::Symbol;
use crate::text::{Encoding, Lines, Point};
use crate::uri::Key;
use crate::world::behind::Behind;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A rubric, or a calendar of one.
    Rubric,
    /// Evidence in JSON.
    Evidence,
}

/// The state of a file on the disk, as far as it tells whether the file has changed.
pub type Stamp = (Option<SystemTime>, u64);

/// A text with what is known of it.
#[derive(Debug)]
pub struct Document {
    /// Which document.
    pub key: Key,
    /// Its address, as the editor spells it.
    pub uri: Uri,
    /// Its version in the editor; none where it is not open.
    pub version: Option<i32>,
    /// What it is.
    pub kind: Kind,
    /// The text.
    pub text: String,
    /// Its lines.
    pub lines: Lines,
    /// Its tree, so that an edit reads only what it touches; lent to the analysis. None until it is first read.
    pub reading: Option<Incremental>,
    /// The file it was read from, where it is not open.
    pub stamp: Option<Stamp>,
    /// What is known of it; none where it has changed since.
    pub analysis: Option<Analysis>,
    /// What a check of all of it gave; that of a long text may be of a moment ago.
    pub checkpoint: Option<Checkpoint>,
    /// What it meant when all of it could last be read, if that is not the checkpoint.
    pub good: Option<Program>,
    /// Where it was edited last.
    pub edited: usize,
    /// The check that runs beside the typing.
    pub behind: Behind,
    /// Findings about evidence; those of rubrics are in their analysis.
    pub findings: Option<Vec<Arc<Diagnostic>>>,
    /// Other documents that its meaning rests on.
    pub uses: Vec<Key>,
}

impl Document {
    /// A text of which nothing is known yet.
    #[must_use]
    pub fn new(key: Key, uri: Uri, kind: Kind, text: String) -> Self {
        let lines = Lines::new(&text);
        Self {
            key,
            uri,
            version: None,
            kind,
            text,
            lines,
            reading: None,
            stamp: None,
            analysis: None,
            checkpoint: None,
            good: None,
            edited: 0,
            behind: Behind::default(),
            findings: None,
            uses: Vec::new(),
        }
    }

    /// Whether it is open in the editor.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.version.is_some()
    }

    /// Puts a text in the place of a range, which must be one of characters; see [`Document::stale`].
    pub fn edit(&mut self, range: Range<usize>, new: &str) {
        self.text.replace_range(range.clone(), new);
        if let Some(reading) = &mut self.reading {
            reading.edit(range.clone(), new);
        }
        if let Some(checkpoint) = &mut self.checkpoint {
            checkpoint.edit(&range, new.len());
        }
        self.behind.edit(&range, new.len());
        self.edited = range.start;
        self.lines.edit(&self.text, range, new.len());
    }

    /// Its tree and words; they are taken back by [`Document::stale`].
    pub fn read(&mut self) -> Parse {
        self.stale();
        let known = self.reading.take().filter(|reading| reading.text() == self.text);
        self.reading
            .insert(known.unwrap_or_else(|| Incremental::new(FileId::default(), self.text.as_str())))
            .lend()
    }

    /// The text has changed: what was known of it as it stood is forgotten, its last check is not.
    pub fn stale(&mut self) {
        self.findings = None;
        let Some(analysis) = self.analysis.take() else { return };
        if let Some(reading) = &mut self.reading {
            reading.take_back(analysis.parse);
        }
    }

    /// Forgets all but the last meaning: what the text rests on has changed.
    pub fn forget(&mut self) {
        self.stale();
        self.behind = Behind::anew();
        if let Some(checkpoint) = self.checkpoint.take() {
            self.keep(checkpoint);
        }
    }

    /// A check of all of it was made.
    pub fn checked(&mut self, checkpoint: Checkpoint) {
        let whole = checkpoint.whole;
        if let Some(before) = self.checkpoint.replace(checkpoint) {
            self.keep(before);
        }
        if whole {
            self.good = None;
        }
    }

    fn keep(&mut self, before: Checkpoint) {
        if before.whole {
            self.good = Some(before.program);
        }
    }

    /// Whether all that is known is about the text as it stands, with nothing left to prove.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.kind == Kind::Evidence || self.checkpoint.as_ref().is_some_and(|c| c.is_fresh() && c.is_proved())
    }

    /// What a check of all of it gave, where that is about the text as it stands.
    #[must_use]
    pub fn fresh(&self) -> Option<Meaning<'_>> {
        self.checkpoint.as_ref().filter(|c| c.is_fresh()).map(Checkpoint::meaning)
    }

    /// Whether there is nothing known that is an error.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.analysis.as_ref().is_some_and(Analysis::is_sound)
    }

    /// What a check of the text as it stands gave, where nothing it found is an error.
    #[must_use]
    pub fn sound(&self) -> Option<Meaning<'_>> {
        self.fresh().filter(|_| self.is_sound())
    }

    /// What is wrong with it.
    #[must_use]
    pub fn diagnostics(&self) -> &[Arc<Diagnostic>] {
        let of_rubric = self.analysis.as_ref().map(|a| &a.diagnostics);
        of_rubric.or(self.findings.as_ref()).map(Vec::as_slice).unwrap_or_default()
    }

    /// What it means as far as it can be read, then what it meant when all of it could.
    pub fn meanings(&self) -> impl Iterator<Item = Meaning<'_>> {
        let now = self.checkpoint.as_ref();
        let broken = now.is_none_or(|c| !c.whole);
        let good = self.good.as_ref().filter(|_| broken);
        let good = good.map(|program| Meaning { program, ranges: None });
        now.map(Checkpoint::meaning).into_iter().chain(good)
    }

    /// The same, for one name: what it means since its clause was touched goes first.
    pub fn meanings_of(&self, symbol: &Symbol) -> impl Iterator<Item = Meaning<'_>> + use<'_> {
        let touched = self.analysis.as_ref().and_then(|a| a.part_about(symbol));
        iter::chain(touched, self.meanings())
    }

    /// Its words; none where nothing is known of it.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        self.analysis.as_ref().map(|a| a.parse.tokens.as_slice()).unwrap_or_default()
    }

    /// The word that holds or ends at an offset; one that begins there goes before one that ends there.
    #[must_use]
    pub fn token_at(&self, offset: usize) -> Option<Token> {
        let tokens = self.tokens();
        let after = tokens.partition_point(|t| (t.span.start as usize) <= offset);
        let found = tokens.get(after.checked_sub(1)?)?;
        if (found.span.end as usize) > offset {
            return Some(*found);
        }
        (found.span.end as usize == offset).then_some(*found)
    }

    /// The language of most of its keywords; where there is none yet, the other.
    #[must_use]
    pub fn language_or(&self, other: Language) -> Language {
        let begun = self.tokens().iter().any(|t| matches!(t.kind, TokenKind::Keyword(_)));
        if begun { self.language() } else { other }
    }

    /// The language of most of its keywords.
    #[must_use]
    pub fn language(&self) -> Language {
        let keywords = self.tokens().iter().filter(|t| matches!(t.kind, TokenKind::Keyword(_))).take(2000);
        let (mut english, mut all) = (0_usize, 0_usize);
        for token in keywords {
            all += 1;
            english += usize::from(Language::of_spelling(token.span.of(&self.text)) == Language::En);
        }
        if english * 2 > all { Language::En } else { Language::Zh }
    }

    /// A position of the editor as a byte offset.
    #[must_use]
    pub fn offset(&self, point: Point, encoding: Encoding) -> usize {
        self.lines.offset(&self.text, point, encoding)
    }

    /// The words under a span.
    #[must_use]
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.text)
    }
}
