//! Formatting: the whole document, the lines selected, and what was just typed.

use std::ops::Range;

use rubric_base::Span;
use rubric_syntax::{FormatError, Keywords, TokenKind};

use super::Context;
use crate::text::Lines;
use crate::to_proto::Edit;

/// What is formatted as it is typed: a closing brace, and full-width signs that have plain twins.
pub const TRIGGERS: [&str; 8] = ["}", "｝", "｛", "；", "：", "，", "（", "）"];

/// The edits that give the canonical form, line by line.
///
/// # Errors
/// In the editor's language, where the text cannot be read.
pub fn document(cx: Context<'_>) -> Result<Vec<Edit>, String> {
    written(cx, Keywords::Keep)
}

/// The canonical form with keywords of one language.
///
/// # Errors
/// In the editor's language, where the text cannot be read.
pub fn written(cx: Context<'_>, keywords: Keywords) -> Result<Vec<Edit>, String> {
    let text = &cx.document.text;
    let formatted = rubric_syntax::format(text, keywords).map_err(|error| match error {
        FormatError::Unreadable(_) => {
            cx.say("有读不懂的地方，改好后再整理格式", "mend what cannot be read, then format")
        }
        FormatError::Changed => {
            cx.say("整理格式会改变含义，没有改动", "formatting would change the meaning: nothing was done")
        }
    })?;
    Ok(difference(text, &ends_as(text, formatted)))
}

/// What is written for a text, with the ends of lines that the text has.
#[must_use]
pub fn ends_as(text: &str, written: String) -> String {
    let windows = text.find('\n').is_some_and(|at| text.get(..at).is_some_and(|line| line.ends_with('\r')));
    if windows { written.replace('\n', "\r\n") } else { written }
}

/// Of the edits of the whole, those that touch the lines selected.
///
/// # Errors
/// As for the whole document.
pub fn range(cx: Context<'_>, selected: Range<usize>) -> Result<Vec<Edit>, String> {
    let lines = &cx.document.lines;
    let from = lines.start(lines.line_of(selected.start));
    let to = lines.line(&cx.document.text, lines.line_of(selected.end.max(selected.start))).end;
    let all = document(cx)?;
    let touches = |e: &Edit| (e.span.start as usize) <= to && e.span.end as usize >= from;
    Ok(all.into_iter().filter(touches).collect())
}

/// The lines that differ, each run of them an edit. Lines that are the same at both ends are kept; so are those
/// in between that stand in the same order.
fn difference(before: &str, after: &str) -> Vec<Edit> {
    let (old, new) = (pieces(before), pieces(after));
    let same = |n: &usize| old.get(*n).map(|l| l.1) == new.get(*n).map(|l| l.1);
    let head = (0..old.len().min(new.len())).take_while(same).count();
    let tail = old.iter().rev().zip(new.iter().rev()).take(old.len().min(new.len()) - head);
    let tail = tail.take_while(|(a, b)| a.1 == b.1).count();
    let (old, new) = (
        old.get(head..old.len() - tail).unwrap_or_default(),
        new.get(head..new.len() - tail).unwrap_or_default(),
    );
    if old.is_empty() && new.is_empty() {
        return Vec::new();
    }
    if old.len() == new.len() {
        let differ = old.iter().zip(new).filter(|(a, b)| a.1 != b.1);
        return differ.map(|(a, b)| Edit::new(Span::new(a.0, a.0 + a.1.len()), b.1)).collect();
    }
    let at = |lines: &[(usize, &str)], text: &str, line: usize| lines.get(line).map_or(text.len(), |l| l.0);
    let all = pieces(before);
    let (start, end) = (at(&all, before, head), at(&all, before, head + old.len()));
    vec![Edit::new(Span::new(start, end), new.iter().map(|l| l.1).collect::<String>())]
}

/// The lines of a text with their breaks, each with its first byte.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let piece = |line: &'_ str| {
        let start = at;
        at += line.len();
        start
    };
    let starts: Vec<usize> = text.split_inclusive('\n').map(piece).collect();
    starts.into_iter().zip(text.split_inclusive('\n')).collect()
}

/// What was just typed: a closing brace goes under the line that opened its block, a full-width sign becomes its
/// plain twin. Within quotes and comments everything stays.
#[must_use]
pub fn on_type(cx: Context<'_>, offset: usize, typed: &str) -> Vec<Edit> {
    let start = offset.saturating_sub(typed.len());
    if cx.document.text.get(start..offset) != Some(typed) || quoted(cx, start) {
        return Vec::new();
    }
    let span = Span::new(start, offset);
    let mut edits: Vec<Edit> = twin(typed).map(|twin| Edit::new(span, twin)).into_iter().collect();
    if ["}", "｝"].contains(&typed) {
        edits.extend(outdent(cx, start));
    }
    edits
}

fn twin(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "｝" => "}",
        "｛" => "{",
        "；" => ";",
        "：" => ":",
        "，" => ",",
        "（" => "(",
        "）" => ")",
        _ => return None,
    })
}

fn quoted(cx: Context<'_>, start: usize) -> bool {
    let inside = cx
        .document
        .token_at(start)
        .filter(|t| (t.span.start as usize) < start && (t.span.end as usize) > start);
    if inside.is_some_and(|t| matches!(t.kind, TokenKind::Quoted | TokenKind::Comment | TokenKind::Name)) {
        return true;
    }
    // The words of a line that cannot be read are not known; its quotes tell.
    let lines: &Lines = &cx.document.lines;
    let before = cx.document.text.get(lines.start(lines.line_of(start))..start).unwrap_or_default();
    let open = |a: char, b: char| before.matches(a).count() > before.matches(b).count();
    before.matches('"').count() % 2 == 1 || open('“', '”') || open('「', '」') || before.contains("//")
}

/// Puts a brace that stands alone on its line under the line that opened its block.
fn outdent(cx: Context<'_>, brace: usize) -> Option<Edit> {
    let (text, lines) = (&cx.document.text, &cx.document.lines);
    let start = lines.start(lines.line_of(brace));
    let before = text.get(start..brace)?;
    if !before.trim().is_empty() {
        return None;
    }
    let opened = crate::scan::opening(text, brace)?;
    let line = lines.line(text, lines.line_of(opened));
    let indent: String = text.get(line)?.chars().take_while(|c| c.is_whitespace()).collect();
    (indent != before).then(|| Edit::new(Span::new(start, brace), indent))
}
