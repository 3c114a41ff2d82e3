//! JSON that keeps what ordinary readers throw away: the exact text of every value, its place, repeated keys
//! and the order of keys.

use std::fmt;

use rubric_base::{Diagnostic, Place, Span};
use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::Input;
use crate::messages;

/// Valid evidence is five deep; what is deeper than this is a broken file rather than a wrong value.
const MOST_DEPTH: usize = 128;

/// A text whose slices know their place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Doc<'a> {
    input: Input<'a>,
}

/// One value, unread: a slice of the document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raw<'a> {
    pub(crate) text: &'a str,
    doc: Doc<'a>,
}

/// A key and its value.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) key: String,
    pub(crate) key_place: Place,
    pub(crate) value: Raw<'a>,
}

/// What a value is, told by its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    Array,
    String,
    Number,
    Flag,
    Null,
}

/// Parses a whole file. The only place where malformed text can be met, but for escapes inside strings.
pub(crate) fn parse<'a>(input: Input<'a>) -> Result<Raw<'a>, Diagnostic> {
    let doc = Doc { input };
    let raw: &'a RawValue = serde_json::from_str(input.text).map_err(|e| doc.malformed(&e))?;
    match first_too_deep(input.text) {
        Some(at) => {
            Err(messages::too_deep(Place { file: input.file, span: Span::new(at, at + 1) }, MOST_DEPTH))
        }
        None => Ok(Raw { text: raw.get(), doc }),
    }
}

/// The bracket that opens one level too many. The text is well-formed, so counting brackets suffices.
fn first_too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' if depth == MOST_DEPTH => return Some(at),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

impl<'a> Doc<'a> {
    /// The place of a slice of this document.
    fn place(self, slice: &str) -> Place {
        let start = (slice.as_ptr() as usize).saturating_sub(self.input.text.as_ptr() as usize);
        Place { file: self.input.file, span: Span::new(start, start + slice.len()) }
    }

    /// An error of the parser, which counts lines from 1 and columns in bytes.
    fn malformed(self, error: &serde_json::Error) -> Diagnostic {
        let text = self.input.text;
        let line_start: usize =
            text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = (line_start + error.column().saturating_sub(1)).min(text.len());
        messages::malformed(self.input, word_at(text, at, error.is_eof()), error.is_eof())
    }
}

/// The word or sign at a byte; at the end of a cut-off text its last sign.
fn word_at(text: &str, at: usize, ended: bool) -> Span {
    let mut start = if ended { text.trim_end().len().saturating_sub(1) } else { at.min(text.len()) };
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(start..).unwrap_or_default());
    let run = |c: char| c.is_alphanumeric();
    let length = after.find(|c| !run(c)).unwrap_or(after.len());
    if length == 0 || ended {
        return Span::new(start, start + after.chars().next().map_or(0, char::len_utf8));
    }
    let back = before.chars().rev().take_while(|c| run(*c)).map(char::len_utf8).sum::<usize>();
    Span::new(start - back, start + length)
}

impl<'a> Raw<'a> {
    /// Where it stands.
    pub(crate) fn place(self) -> Place {
        self.doc.place(self.text)
    }

    /// What it is.
    pub(crate) fn kind(self) -> Kind {
        match self.text.as_bytes().first() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::String,
            Some(b't' | b'f') => Kind::Flag,
            Some(b'n') => Kind::Null,
            _ => Kind::Number,
        }
    }

    /// The entries of an object, repeated keys and all.
    pub(crate) fn object(self) -> Result<Vec<Entry<'a>>, Diagnostic> {
        let Pairs(pairs) = self.as_type()?;
        let entry = |(key, value): (&'a RawValue, &'a RawValue)| {
            let key = Raw { text: key.get(), doc: self.doc };
            let value = Raw { text: value.get(), doc: self.doc };
            Ok(Entry { key: key.string()?, key_place: key.place(), value })
        };
        pairs.into_iter().map(entry).collect()
    }

    /// The elements of an array.
    pub(crate) fn array(self) -> Result<Vec<Self>, Diagnostic> {
        let items: Vec<&'a RawValue> = self.as_type()?;
        Ok(items.into_iter().map(|item| Raw { text: item.get(), doc: self.doc }).collect())
    }

    /// The characters of a string, escapes resolved.
    pub(crate) fn string(self) -> Result<String, Diagnostic> {
        self.as_type()
    }

    /// The whole text was found well-formed, so what still can fail is half of a `\u` pair in a string.
    fn as_type<T: Deserialize<'a>>(self) -> Result<T, Diagnostic> {
        serde_json::from_str(self.text).map_err(|_| messages::bad_escape(self.place()))
    }
}

/// Keys and values of an object in written order; a key is kept unread too, so that it has a place.
struct Pairs<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}
