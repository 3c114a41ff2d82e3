//! The words of a rubric, for the formatter and the editor.

use rubric_base::{Keyword, Span};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A keyword.
    Keyword(&'static Keyword),
    /// A unit, by its id.
    Unit(&'static str),
    /// A name.
    Name,
    /// A clause number.
    ClauseNumber,
    /// A number.
    Number,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// A place: `第3名`, `3rd`.
    Place,
    /// A quoted text.
    Quoted,
    /// A sign of arithmetic or comparison.
    Sign,
    /// A sign before its operand.
    Prefix,
    /// `{`
    Open,
    /// `}`
    Close,
    /// A comment.
    Comment,
    /// `、` or a comma between the parts of a list.
    Enumeration,
    /// Text that could not be read.
    Broken,
}

/// A token and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where.
    pub span: Span,
}
