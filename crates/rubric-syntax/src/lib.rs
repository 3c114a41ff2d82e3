//! From text to tree: the parser, its findings, and the formatter.
//!
//! The grammar is `grammar/rubric.pest`; nothing of pest leaves this crate. Parsing never fails: it gives a
//! tree of what could be read, the tokens and comments, and a finding for each part that could not.

pub mod ast;
mod attempts;
mod broken;
mod build;
mod expect;
mod format;
mod grammar;
mod guess;
mod hole;
mod incremental;
mod limits;
mod moved;
mod token;

use rubric_base::{Diagnostic, FileId, Span};

pub use expect::{Expected, Statement, may_follow};
pub use format::{FormatError, Keywords, format};
pub use hole::{Hole, HoleKind};
pub use incremental::Incremental;
pub use limits::text_of;
pub use token::{Token, TokenKind};

/// What parsing gives.
#[derive(Debug, Clone, Default)]
pub struct Parse {
    /// What could be read.
    pub file: ast::File,
    /// The words of the text in order; empty from [`parse`].
    pub tokens: Vec<Token>,
    /// Where the order of words depends on the language; empty from [`parse`].
    pub(crate) turns: Vec<build::turns::Turn>,
    /// What could not be read, in order.
    pub errors: Vec<Diagnostic>,
    /// Where the tree is not whole, in order.
    pub holes: Vec<Hole>,
}

/// Reads a rubric; the tokens are left out.
#[must_use]
pub fn parse(file: FileId, text: &str) -> Parse {
    read(file, text, false)
}

/// Reads a rubric with its tokens.
#[must_use]
pub fn parse_with_tokens(file: FileId, text: &str) -> Parse {
    read(file, text, true)
}

fn read(file: FileId, text: &str, with_tokens: bool) -> Parse {
    match limits::check(file, text) {
        Some(error) => {
            let whole = Hole { kind: HoleKind::Item, span: Span::new(0, text.len()) };
            Parse { errors: vec![error], holes: vec![whole], ..Parse::default() }
        }
        None => build::file(file, text, with_tokens),
    }
}
