//! Lines and positions. An editor counts columns in bytes, UTF-16 units or characters, whichever was agreed;
//! everything inside counts bytes.

use std::ops::Range;

use rubric_base::Span;

/// How an editor counts columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// In bytes.
    Utf8,
    /// In UTF-16 units: what every editor knows.
    #[default]
    Utf16,
    /// In characters.
    Utf32,
}

impl Encoding {
    /// How many units a text takes that holds no end of a line.
    #[must_use]
    pub fn width(self, text: &str) -> u32 {
        narrow(match self {
            Self::Utf8 => text.len(),
            Self::Utf16 if text.is_ascii() => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
            Self::Utf32 => text.chars().count(),
        })
    }
}

/// A position as an editor counts it, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Point {
    /// The line.
    pub line: u32,
    /// The column, in units of the agreed encoding.
    pub column: u32,
}

/// Where the lines of a text begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    starts: Vec<u32>,
}

/// Goes through a text from its beginning, so that each character is counted once, however many places are asked for.
#[derive(Debug)]
pub struct Onward<'t> {
    lines: &'t Lines,
    text: &'t str,
    encoding: Encoding,
    offset: usize,
    point: Point,
}

impl Onward<'_> {
    /// A byte offset as the editor counts it. It lies behind the one asked for last.
    pub fn to(&mut self, offset: usize) -> Point {
        while let Some(start) =
            self.lines.starts.get(self.point.line as usize + 1).filter(|s| **s as usize <= offset)
        {
            self.offset = *start as usize;
            self.point = Point { line: self.point.line + 1, column: 0 };
        }
        self.point.column += self.encoding.width(self.text.get(self.offset..offset).unwrap_or_default());
        self.offset = offset;
        self.point
    }
}

impl Lines {
    /// Finds the lines of a text. `\n`, `\r\n` and a lone `\r` end a line, as the protocol has it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        breaks(text, 0..text.len(), &mut starts);
        Self { starts }
    }

    /// How many lines there are; an empty text has one.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Follows an edit: `range` of the old text has become `length` bytes of `text`, the new one.
    pub fn edit(&mut self, text: &str, range: Range<usize>, length: usize) {
        // One line more on both sides, for a `\r` before the edit and a `\n` in it are one break.
        let first = self.line_of(range.start).saturating_sub(1);
        let last = self.line_of(range.end) + 1;
        let grown = (range.start + length).wrapping_sub(range.end);
        let moved = |old: u32| narrow((old as usize).wrapping_add(grown));
        let tail: Vec<u32> = self.starts.iter().skip(last + 1).map(|s| moved(*s)).collect();
        let from = self.start(first);
        let until = self.starts.get(last).map_or(text.len(), |s| moved(*s) as usize);
        let until_is_start = self.starts.get(last).is_some();
        self.starts.truncate(first + 1);
        // The break before `until` is found again; what begins there is kept with the tail.
        breaks(text, from..until, &mut self.starts);
        if until_is_start && self.starts.last().is_none_or(|s| (*s as usize) < until) {
            self.starts.push(narrow(until));
        }
        self.starts.extend(tail);
    }

    /// The line that a byte offset stands in.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// The first byte of a line.
    #[must_use]
    pub fn start(&self, line: usize) -> usize {
        self.starts.get(line).map_or(0, |s| *s as usize)
    }

    /// The bytes of a line without its break; of a line past the last one, the end of the text.
    #[must_use]
    pub fn line(&self, text: &str, line: usize) -> Range<usize> {
        let Some(start) = self.starts.get(line).map(|s| *s as usize) else { return text.len()..text.len() };
        let end = self.starts.get(line + 1).map_or(text.len(), |s| *s as usize);
        let body = text.get(start..end).unwrap_or_default();
        start..start + body.trim_end_matches(['\n', '\r']).len()
    }

    /// A byte offset as the editor counts it.
    #[must_use]
    pub fn point(&self, text: &str, offset: usize, encoding: Encoding) -> Point {
        let offset = offset.min(text.len());
        let line = self.line_of(offset);
        let before = text.get(self.start(line)..offset).unwrap_or_default();
        Point { line: narrow(line), column: encoding.width(before) }
    }

    /// Byte offsets as the editor counts them, of places in order: see [`Onward`].
    #[must_use]
    pub const fn onward<'t>(&'t self, text: &'t str, encoding: Encoding) -> Onward<'t> {
        Onward { lines: self, text, encoding, offset: 0, point: Point { line: 0, column: 0 } }
    }

    /// The byte offset of a position. A column past the end of its line is the end of the line, one inside a
    /// character the beginning of the character, and a line past the last the end of the text.
    #[must_use]
    pub fn offset(&self, text: &str, point: Point, encoding: Encoding) -> usize {
        let line = self.line(text, point.line as usize);
        let body = text.get(line.clone()).unwrap_or_default();
        let mut left = point.column as usize;
        for (at, c) in body.char_indices() {
            let width = match encoding {
                Encoding::Utf8 => c.len_utf8(),
                Encoding::Utf16 => c.len_utf16(),
                Encoding::Utf32 => 1,
            };
            if left < width {
                return line.start + at;
            }
            left -= width;
        }
        line.end
    }
}

/// Adds where lines begin after a break within `range`.
fn breaks(text: &str, range: Range<usize>, starts: &mut Vec<u32>) {
    let bytes = text.as_bytes();
    let slice = bytes.get(range.clone()).unwrap_or_default();
    for at in memchr::memchr2_iter(b'\n', b'\r', slice) {
        let at = range.start + at;
        let lone = bytes.get(at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n');
        if lone {
            starts.push(narrow(at + 1));
        }
    }
}

fn narrow(n: usize) -> u32 {
    Span::new(n, n).start
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "条款 1\r\n🀄件\rb\n";

    #[test]
    fn positions_go_there_and_back_in_every_encoding() {
        let lines = Lines::new(TEXT);
        assert_eq!(lines.count(), 4);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (at, c) in TEXT.char_indices().filter(|(_, c)| *c != '\n') {
                let point = lines.point(TEXT, at, encoding);
                assert_eq!(lines.offset(TEXT, point, encoding), at, "{c:?} {encoding:?}");
            }
        }
        let second = Point { line: 1, column: 2 };
        assert_eq!(&TEXT[lines.offset(TEXT, second, Encoding::Utf16)..][..3], "件");
        assert_eq!(&TEXT[lines.offset(TEXT, second, Encoding::Utf32)..][..1], "\r");
        assert_eq!(lines.offset(TEXT, Point { line: 1, column: 1 }, Encoding::Utf16), 10, "inside a pair");
        assert_eq!(lines.offset(TEXT, Point { line: 9, column: 9 }, Encoding::Utf16), TEXT.len());
    }

    #[test]
    fn lines_follow_edits() {
        let pieces = ["", "\n", "\r", "\r\n", "甲", "ab\n", "\n\n乙\r"];
        let mut seed = 7_u64;
        let mut next = |n: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % n
        };
        let (mut text, mut lines) = (String::new(), Lines::new(""));
        for _ in 0..5_000 {
            let ends: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let (a, b) = (ends[next(ends.len())], ends[next(ends.len())]);
            let range = a.min(b)..if next(3) == 0 { a.max(b) } else { a.min(b) };
            let piece = pieces[next(pieces.len())];
            text.replace_range(range.clone(), piece);
            lines.edit(&text, range, piece.len());
            assert_eq!(lines, Lines::new(&text), "{text:?}");
        }
    }
}
