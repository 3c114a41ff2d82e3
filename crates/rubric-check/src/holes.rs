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
    if holes.is_empty() {
        return findings;
    }
    let blocks: Vec<Span> = holes.iter().filter_map(|h| block_around(text, h.span)).collect();
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

/// The block in braces that a broken statement stands in, with the line that opens it; none at the top.
fn block_around(text: &str, hole: Span) -> Option<Span> {
    let before = text.get(..hole.start as usize)?;
    let mut depth = 0_usize;
    let (open, _) =
        before.char_indices().rev().find(|(_, c)| unmatched(*c, ['}', '｝'], ['{', '｛'], &mut depth))?;
    let start = before.get(..open)?.rfind('\n').map_or(0, |n| n + 1);
    let after = text.get(hole.end as usize..)?;
    let mut depth = 0_usize;
    let close = after.char_indices().find(|(_, c)| unmatched(*c, ['{', '｛'], ['}', '｝'], &mut depth));
    let end = close.map_or(text.len(), |(at, c)| hole.end as usize + at + c.len_utf8());
    Some(Span::new(start, end))
}

/// The lines that a value stands on, which are taken for the whole of its statement.
fn line_of(text: &str, value: Span) -> Span {
    let before = text.get(..value.start as usize).unwrap_or_default();
    let behind = text.get(value.end as usize..).unwrap_or_default();
    let end = behind.find('\n').map_or(text.len(), |n| value.end as usize + n);
    Span::new(before.rfind('\n').map_or(0, |n| n + 1), end)
}

/// Whether a sign closes more than was opened on the way to it.
fn unmatched(sign: char, deeper: [char; 2], shallower: [char; 2], depth: &mut usize) -> bool {
    if deeper.contains(&sign) {
        *depth += 1;
    } else if shallower.contains(&sign) {
        if *depth == 0 {
            return true;
        }
        *depth -= 1;
    }
    false
}
