//! What each word is, for colours: names by what they mean, not by how they look.

use std::ops::Range;

use rubric_syntax::TokenKind;

use super::Context;
use crate::names::Symbol;

/// The kinds of word, in the order of the legend.
pub const TYPES: [&str; 14] = [
    "keyword",
    "type",
    "variable",
    "property",
    "enumMember",
    "class",
    "namespace",
    "parameter",
    "function",
    "number",
    "string",
    "comment",
    "operator",
    "decorator",
];

/// What else may be true of a word, in the order of the legend.
pub const MODIFIERS: [&str; 3] = ["declaration", "readonly", "defaultLibrary"];

const DECLARATION: u32 = 1;
const READONLY: u32 = 2;
const DEFAULT_LIBRARY: u32 = 4;

/// A word with what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coloured {
    /// Its line.
    pub line: u32,
    /// Its column, in units of the agreed encoding.
    pub column: u32,
    /// Its length, in the same units.
    pub length: u32,
    /// Index into [`TYPES`].
    pub kind: u32,
    /// Bits of [`MODIFIERS`].
    pub modifiers: u32,
}

/// The words within a range of bytes, in order.
#[must_use]
pub fn within(cx: Context<'_>, range: Range<usize>) -> Vec<Coloured> {
    let Some(analysis) = &cx.document.analysis else { return Vec::new() };
    let (names, text, lines) = (analysis.names(), &cx.document.text, &cx.document.lines);
    let first = cx.document.tokens().partition_point(|t| (t.span.end as usize) <= range.start);
    let tokens = cx.document.tokens().iter().skip(first);
    let mut mentions = names.all();
    let mut onward = lines.onward(text, cx.client.encoding);
    let mut found = Vec::new();
    // A keyword that its language leaves out has no width.
    let written = tokens.take_while(|t| (t.span.start as usize) < range.end).filter(|t| !t.span.is_empty());
    for token in written {
        while mentions.first().is_some_and(|m| m.span.start < token.span.start) {
            mentions = mentions.get(1..).unwrap_or_default();
        }
        let mention = mentions.first().filter(|m| m.span.start == token.span.start);
        let of_name = mention.and_then(|m| Some((named(names.symbol(m)?), m.declares)));
        let Some((kind, modifiers)) = (match of_name {
            Some(((kind, more), declares)) => Some((kind, more | if declares { DECLARATION } else { 0 })),
            None => plain(token.kind),
        }) else {
            continue;
        };
        let start = onward.to(token.span.start as usize);
        let length = cx.client.encoding.width(cx.document.words(token.span));
        found.push(Coloured { line: start.line, column: start.column, length, kind, modifiers });
    }
    found
}

/// The places of the kinds in the legend, found once: a long text has hundreds of thousands of words.
mod of {
    use super::TYPES;

    pub(super) const KEYWORD: u32 = place("keyword");
    pub(super) const TYPE: u32 = place("type");
    pub(super) const VARIABLE: u32 = place("variable");
    pub(super) const PROPERTY: u32 = place("property");
    pub(super) const ENUM_MEMBER: u32 = place("enumMember");
    pub(super) const CLASS: u32 = place("class");
    pub(super) const NAMESPACE: u32 = place("namespace");
    pub(super) const PARAMETER: u32 = place("parameter");
    pub(super) const FUNCTION: u32 = place("function");
    pub(super) const NUMBER: u32 = place("number");
    pub(super) const STRING: u32 = place("string");
    pub(super) const COMMENT: u32 = place("comment");
    pub(super) const OPERATOR: u32 = place("operator");

    const fn place(name: &str) -> u32 {
        let (mut at, mut rest): (u32, &[&str]) = (0, &TYPES);
        while let [first, behind @ ..] = rest {
            if same(first.as_bytes(), name.as_bytes()) {
                return at;
            }
            (at, rest) = (at + 1, behind);
        }
        at
    }

    const fn same(mut a: &[u8], mut b: &[u8]) -> bool {
        while let ([x, more @ ..], [y, others @ ..]) = (a, b) {
            if *x != *y {
                return false;
            }
            (a, b) = (more, others);
        }
        a.is_empty() && b.is_empty()
    }
}

fn named(symbol: &Symbol) -> (u32, u32) {
    match symbol {
        Symbol::Evidence(_) => (of::VARIABLE, 0),
        Symbol::Field(..) => (of::PROPERTY, 0),
        Symbol::Choice(..) | Symbol::Grade(_) => (of::ENUM_MEMBER, 0),
        Symbol::Let(_) | Symbol::Output(_) => (of::VARIABLE, READONLY),
        Symbol::Node(_) | Symbol::Imported(..) => (of::CLASS, 0),
        Symbol::Import(_) => (of::NAMESPACE, 0),
        Symbol::Unit(..) => (of::PARAMETER, 0),
    }
}

/// What a word is that means no name; nothing of braces and of what cannot be read.
fn plain(token: TokenKind) -> Option<(u32, u32)> {
    Some(match token {
        TokenKind::Keyword(keyword) => match keyword.class {
            "type" => (of::TYPE, DEFAULT_LIBRARY),
            "function" => (of::FUNCTION, DEFAULT_LIBRARY),
            "comparison" | "operator" => (of::OPERATOR, 0),
            "value" => (of::VARIABLE, DEFAULT_LIBRARY),
            _ => (of::KEYWORD, 0),
        },
        TokenKind::Unit(_) => (of::TYPE, 0),
        TokenKind::Name => (of::VARIABLE, 0),
        TokenKind::ClauseNumber => (of::CLASS, 0),
        TokenKind::Number | TokenKind::Date | TokenKind::Time | TokenKind::Place => (of::NUMBER, 0),
        TokenKind::Quoted => (of::STRING, 0),
        TokenKind::Sign | TokenKind::Prefix => (of::OPERATOR, 0),
        TokenKind::Comment => (of::COMMENT, 0),
        TokenKind::Enumeration | TokenKind::Open | TokenKind::Close | TokenKind::Broken => return None,
    })
}

/// As the protocol has it: each word from the one before it, five numbers a word.
#[must_use]
pub fn encoded(words: &[Coloured]) -> Vec<u32> {
    let mut data = Vec::with_capacity(words.len() * 5);
    let (mut line, mut column) = (0, 0);
    for word in words {
        let same = word.line == line;
        let from = if same { word.column.saturating_sub(column) } else { word.column };
        data.extend([word.line - line, from, word.length, word.kind, word.modifiers]);
        (line, column) = (word.line, word.column);
    }
    data
}

/// The one stretch in which two answers differ: where it begins, how many numbers go, and what comes.
#[must_use]
pub fn difference(old: &[u32], new: &[u32]) -> Option<(usize, usize, Vec<u32>)> {
    if old == new {
        return None;
    }
    // Whole words, for editors cut at words.
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count() / 5 * 5;
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count() / 5 * 5;
    let new = new.get(head..new.len() - tail).unwrap_or_default().to_vec();
    Some((head, old.len() - tail - head, new))
}
