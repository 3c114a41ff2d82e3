//! What can be folded: blocks of more than one line, and runs of comments.

use rubric_syntax::TokenKind;

use super::Context;
use super::outline::blocks;

/// Lines that fold, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fold {
    /// The line that stays.
    pub first: usize,
    /// The last that goes.
    pub last: usize,
    /// They are comments.
    pub comment: bool,
}

/// All folds of a document, in order.
#[must_use]
pub fn all(cx: Context<'_>) -> Vec<Fold> {
    let lines = &cx.document.lines;
    let line = |at: u32| lines.line_of(at as usize);
    let mut folds: Vec<Fold> = blocks(cx.document)
        .iter()
        .map(|b| (line(b.open.start), line(b.close.start)))
        // The line of the closing brace stays.
        .filter(|(first, last)| last > &(first + 1))
        .map(|(first, last)| Fold { first, last: last - 1, comment: false })
        .collect();
    let comments = cx.document.tokens().iter().filter(|t| t.kind == TokenKind::Comment);
    let mut run: Option<(usize, usize)> = None;
    let mut close = |run: Option<(usize, usize)>| {
        folds.extend(run.filter(|(a, b)| b > a).map(|(first, last)| Fold { first, last, comment: true }));
    };
    for at in comments.map(|t| line(t.span.start)) {
        run = match run {
            Some((first, last)) if at == last + 1 => Some((first, at)),
            other => {
                close(other);
                Some((at, at))
            }
        };
    }
    close(run);
    folds.sort_unstable();
    folds.dedup_by_key(|f| f.first);
    folds
}
