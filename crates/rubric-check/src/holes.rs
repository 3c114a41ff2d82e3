//! Which findings stand although a part of the text could not be read.
//!
//! A writer who forgot a brace in one clause still wants to hear of the name misspelt in another. But a name may have
//! been declared, and points may have been given, in what could not be read: a finding that may rest on that is left
//! out until the text is mended.

use std::borrow::Borrow;

use rubric_base::{Code, Diagnostic, Span};
use rubric_syntax::{Hole, HoleKind};

/// What could make a finding vanish, were the broken statements whole.
enum RestsOn {
    /// Nothing: what it says is all in its own words, and they could be read.
    Itself,
    /// A declaration or use of the name under its first place.
    Name,
    /// What else stands in the same block.
    Block,
    /// Any statement.
    Whole,
}

const fn rests_on(code: Code) -> RestsOn {
    match code {
        Code::R0101 | Code::R0105 | Code::R0402 => RestsOn::Name,
        Code::R0202
        | Code::R0204
        | Code::R0205
        | Code::R0206
        | Code::R0301
        | Code::R0303
        | Code::R0304
        | Code::R0305
        | Code::R0306
        | Code::R0401
        | Code::R0403 => RestsOn::Block,
        Code::R0108 | Code::R0201 | Code::R0203 | Code::R0207 | Code::R0501 | Code::R0502 | Code::R0601 => {
            RestsOn::Whole
        }
        _ => RestsOn::Itself,
    }
}

/// Those findings of a check that do not rest on what could not be read.
///
/// `text` is the whole text, `holes` its broken statements; without any, all findings stand. Findings may be shared ones.
#[must_use]
pub fn beside_holes<F: Borrow<Diagnostic>>(text: &str, holes: &[Hole], findings: Vec<F>) -> Vec<F> {
    if holes.is_empty() || findings.is_empty() {
        return findings;
    }
    let all = Blocks::of(text);
    let blocks: Vec<Span> = holes.iter().filter_map(|h| all.around(h.span)).collect();
    let values = holes.iter().filter(|h| h.kind == HoleKind::Value).map(|h| line_of(text, h.span));
    let values: Vec<Span> = values.collect();
    let stands = |finding: &Diagnostic| match rests_on(finding.code) {
        RestsOn::Itself => !values.iter().any(|line| line.overlaps(finding.span())),
        RestsOn::Name => {
            let name = finding.span().of(text).trim_matches(['「', '」', '"']);
            !holes.iter().any(|h| h.span.of(text).contains(name))
        }
        RestsOn::Block => !blocks.iter().any(|b| b.contains(finding.span())),
        // What an example gives or expects declares nothing.
        RestsOn::Whole => holes.iter().all(|h| h.kind == HoleKind::Example),
    };
    findings.into_iter().filter(|finding| stands(finding.borrow())).collect()
}

/// The braces of a text, read once for all of its holes.
struct Blocks {
    /// Where each begins with the line that opens it, and where it ends.
    spans: Vec<Span>,
    /// Behind each brace: the innermost block that is open there.
    open: Vec<(usize, Option<usize>)>,
}

impl Blocks {
    fn of(text: &str) -> Self {
        let (mut spans, mut open, mut around) = (Vec::new(), Vec::new(), Vec::new());
        for (at, sign) in text.char_indices().filter(|(_, c)| ['{', '｛', '}', '｝'].contains(c)) {
            let end = at + sign.len_utf8();
            if ['{', '｛'].contains(&sign) {
                let line = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |n| n + 1);
                around.push(spans.len());
                spans.push(Span::new(line, text.len()));
            } else if let Some(closed) = around.pop()
                && let Some(span) = spans.get_mut(closed)
            {
                *span = Span::new(span.start as usize, end);
            }
            open.push((end, around.last().copied()));
        }
        Self { spans, open }
    }

    fn innermost(&self, at: u32) -> Option<Span> {
        let before = self.open.partition_point(|(end, _)| *end <= at as usize);
        let (_, open) = self.open.get(before.checked_sub(1)?)?;
        open.and_then(|index| self.spans.get(index)).copied()
    }

    /// The block that a broken statement stands in, with the line that opens it; none at the top.
    fn around(&self, hole: Span) -> Option<Span> {
        let start = self.innermost(hole.start)?.start;
        // What is broken may close what it did not open.
        let end = self.innermost(hole.end).map_or(u32::MAX, |block| block.end);
        Some(Span { start, end })
    }
}

/// The lines that a value stands on, which are taken for the whole of its statement.
fn line_of(text: &str, value: Span) -> Span {
    let before = text.get(..value.start as usize).unwrap_or_default();
    let behind = text.get(value.end as usize..).unwrap_or_default();
    let end = behind.find('\n').map_or(text.len(), |n| value.end as usize + n);
    Span::new(before.rfind('\n').map_or(0, |n| n + 1), end)
}
