//! A text that is read again after each edit, at the cost of what the edit touches.
//!
//! The text is cut into the pieces that a parse of the whole reads one by one (see `build/chunks.rs`). An edit joins the
//! pieces it touches into one; the next [`Incremental::parse`] cuts and reads that one again, until a new cut meets an
//! old one, and moves what stands behind it. What a piece reads as depends on nothing outside of it, so the result is
//! that of a parse from nothing; `tests/incremental.rs` compares them.

use std::ops::Range;

use rubric_base::FileId;

use crate::build::{self, chunks};
use crate::limits::{self, Nesting};
use crate::moved::Move;
use crate::{Parse, parse_with_tokens};

/// How many items, tokens, turns, errors and holes a piece has given.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    items: usize,
    tokens: usize,
    turns: usize,
    errors: usize,
    holes: usize,
}

impl Counts {
    const fn of(parse: &Parse) -> Self {
        Self {
            items: parse.file.items.len(),
            tokens: parse.tokens.len(),
            turns: parse.turns.len(),
            errors: parse.errors.len(),
            holes: parse.holes.len(),
        }
    }

    const fn behind(self, other: Self) -> Self {
        Self {
            items: self.items - other.items,
            tokens: self.tokens - other.tokens,
            turns: self.turns - other.turns,
            errors: self.errors - other.errors,
            holes: self.holes - other.holes,
        }
    }

    const fn and(self, other: Self) -> Self {
        Self {
            items: self.items + other.items,
            tokens: self.tokens + other.tokens,
            turns: self.turns + other.turns,
            errors: self.errors + other.errors,
            holes: self.holes + other.holes,
        }
    }
}

fn move_all<T: Move>(all: Option<&mut [T]>, by: i64) {
    all.into_iter().flatten().for_each(|x| x.move_by(by));
}

/// A piece of the text.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// In bytes.
    len: usize,
    /// Where it began when its part of the tree was made or last moved.
    at: usize,
    /// What it has given.
    counts: Counts,
    /// Its brackets; nothing where it was edited since it was read.
    read: Option<Nesting>,
}

impl Piece {
    /// A whole text of which nothing is known.
    fn unread(len: usize) -> Self {
        Self { len, at: 0, counts: Counts::default(), read: None }
    }
}

/// A text with its parse, kept up to date edit by edit.
#[derive(Debug, Clone)]
pub struct Incremental {
    file: FileId,
    text: String,
    pieces: Vec<Piece>,
    parse: Parse,
    /// The finding about a text that is refused as a whole.
    refused: Option<Parse>,
    /// Whether the parse is kept elsewhere.
    lent: bool,
    /// How long a piece is at least.
    least: usize,
}

impl Incremental {
    /// A text that was never read.
    #[must_use]
    pub fn new(file: FileId, text: impl Into<String>) -> Self {
        Self::in_pieces(file, text, chunks::LEAST)
    }

    /// The same in pieces of at least so many bytes: what they read as does not depend on it, only the speed.
    #[must_use]
    pub fn in_pieces(file: FileId, text: impl Into<String>, least: usize) -> Self {
        let text = text.into();
        let whole = Piece::unread(text.len());
        Self { file, text, pieces: vec![whole], parse: Parse::default(), refused: None, lent: false, least }
    }

    /// The text as it stands.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The parse of the text as it was at the last [`Incremental::parse`].
    #[must_use]
    pub fn parsed(&self) -> &Parse {
        self.refused.as_ref().unwrap_or(&self.parse)
    }

    /// Puts `new` in the place of a range of bytes. A range that is not one of the text, or that cuts a character, is
    /// widened to the nearest that is.
    pub fn edit(&mut self, range: Range<usize>, new: &str) {
        let mut start = range.start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = range.end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        self.touch(start..end, new.len());
        self.text.replace_range(start..end, new);
    }

    /// Joins the pieces that an edit touches. The first line of a piece is what makes it one, so an edit there touches
    /// the piece before it too; likewise one that ends where a piece begins.
    fn touch(&mut self, range: Range<usize>, new: usize) {
        let (mut first, mut last, mut at, mut start) = (0, self.pieces.len().saturating_sub(1), 0, 0);
        for (i, piece) in self.pieces.iter().enumerate() {
            if at <= range.start {
                (first, start) = (i, at);
            }
            at += piece.len;
            if range.end < at {
                last = i;
                break;
            }
        }
        let head = self.text.get(start..range.start).unwrap_or_default();
        if !head.contains('\n') {
            first = first.saturating_sub(1);
        }
        let joined = self.pieces.get(first..=last).unwrap_or_default();
        let counts = joined.iter().fold(Counts::default(), |all, piece| all.and(piece.counts));
        let len = joined.iter().map(|piece| piece.len).sum::<usize>() + new - range.len();
        self.pieces.splice(first..=last, [Piece { len, at: 0, counts, read: None }]);
    }

    /// Gives away what [`Incremental::parse`] gives. Unless it comes back by [`Incremental::take_back`], the next parse is
    /// one from nothing.
    pub fn lend(&mut self) -> Parse {
        self.parse();
        self.refused.take().unwrap_or_else(|| {
            self.lent = true;
            std::mem::take(&mut self.parse)
        })
    }

    /// Takes back what the last [`Incremental::lend`] gave, as it was.
    pub fn take_back(&mut self, parse: Parse) {
        if std::mem::take(&mut self.lent) {
            self.parse = parse;
        }
    }

    /// The parse of the text as it stands, with its tokens.
    pub fn parse(&mut self) -> &Parse {
        if std::mem::take(&mut self.lent) {
            self.pieces = vec![Piece::unread(self.text.len())];
        }
        if self.too_deep() {
            return self.refused.insert(parse_with_tokens(self.file, &self.text));
        }
        self.refused = None;
        let (mut index, mut at, mut before) = (0, 0, Counts::default());
        while let Some(piece) = self.pieces.get(index) {
            if piece.read.is_none() {
                self.read(index, at, before);
            }
            self.settle(index, at, before);
            if let Some(piece) = self.pieces.get(index) {
                (at, before) = (at + piece.len, before.and(piece.counts));
            }
            index += 1;
        }
        &self.parse
    }

    /// Reads the piece at `index` again, and those behind it until a cut falls where one was. The piece begins at `at`
    /// and what it gives stands behind `before`.
    fn read(&mut self, index: usize, at: usize, before: Counts) {
        let (mut given, mut pieces, mut end) = (Parse::default(), Vec::new(), at);
        let (mut replaced, mut taken, mut known) = (Counts::default(), 0, at);
        loop {
            let (start, from) = (end, Counts::of(&given));
            end = chunks::next_cut(&self.text, start, self.least);
            build::piece(self.file, &self.text, start..end, true, &mut given);
            let nesting = Nesting::of(self.text.get(start..end).unwrap_or_default());
            let counts = Counts::of(&given).behind(from);
            pieces.push(Piece { len: end - start, at: start, counts, read: Some(nesting) });
            while let Some(piece) = self.pieces.get(index + taken).filter(|_| taken == 0 || known < end) {
                (known, replaced, taken) = (known + piece.len, replaced.and(piece.counts), taken + 1);
            }
            if end == known || end >= self.text.len() {
                break;
            }
        }
        let after = before.and(replaced);
        self.pieces.splice(index..index + taken, pieces);
        self.parse.file.items.splice(before.items..after.items, given.file.items);
        self.parse.tokens.splice(before.tokens..after.tokens, given.tokens);
        self.parse.turns.splice(before.turns..after.turns, given.turns);
        self.parse.errors.splice(before.errors..after.errors, given.errors);
        self.parse.holes.splice(before.holes..after.holes, given.holes);
    }

    /// Moves what the piece at `index` has given to where the piece stands now.
    fn settle(&mut self, index: usize, at: usize, before: Counts) {
        let Some(piece) = self.pieces.get_mut(index).filter(|piece| piece.at != at) else { return };
        let signed = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let by = signed(at) - signed(piece.at);
        piece.at = at;
        let after = before.and(piece.counts);
        move_all(self.parse.file.items.get_mut(before.items..after.items), by);
        move_all(self.parse.tokens.get_mut(before.tokens..after.tokens), by);
        move_all(self.parse.turns.get_mut(before.turns..after.turns), by);
        move_all(self.parse.errors.get_mut(before.errors..after.errors), by);
        move_all(self.parse.holes.get_mut(before.holes..after.holes), by);
    }

    /// Whether the text is refused before it is read, as `limits::check` refuses it: reading recurses.
    fn too_deep(&self) -> bool {
        if limits::too_long(&self.text) {
            return true;
        }
        let (mut at, mut depth) = (0, 0);
        for piece in &self.pieces {
            let text = self.text.get(at..at + piece.len).unwrap_or_default();
            let nesting = piece.read.unwrap_or_else(|| Nesting::of(text));
            if nesting.too_deep(depth) {
                return true;
            }
            depth = nesting.after(depth);
            at += piece.len;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_touches_one_piece_and_moves_the_rest() {
        let item = |i: usize| format!("条款 {i} \"一项\" 1分 {{\n  扣 1分\n}}\n");
        let mut text = Incremental::new(FileId::default(), (0..2000).map(item).collect::<String>());
        text.parse();
        let pieces = text.pieces.len();
        assert!(pieces > 20, "{pieces}");
        let middle = text.text().find("条款 1000").unwrap_or_default();
        text.edit(middle + 40..middle + 40, "// 说明");
        assert_eq!(text.pieces.iter().filter(|piece| piece.read.is_none()).count(), 1);
        assert!(text.pieces.len() + 2 > pieces);
        text.parse();
        assert!(text.pieces.len() + 2 > pieces);
        assert_eq!(text.parse.file.items.len(), 2000);
    }
}
