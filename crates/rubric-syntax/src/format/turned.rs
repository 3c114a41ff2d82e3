//! Turns round what has another order of words in the language that is to be written.

use rubric_base::{Keyword, Language, Span};

use super::Keywords;
use crate::build::turns::{Piece, Turn};

/// The text with the wanted orders of words; nothing where it has them already.
pub(super) fn turned(text: &str, turns: &[Turn], keywords: Keywords) -> Option<String> {
    let wanted = |turn: &Turn| match keywords {
        Keywords::Zh => Language::Zh,
        Keywords::En => Language::En,
        Keywords::Keep => Language::of_spelling(turn.word.of(text)),
    };
    let turns: Vec<(&Turn, Language)> =
        turns.iter().map(|t| (t, wanted(t))).filter(|(turn, language)| turn.order != *language).collect();
    if turns.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    write(text, Span::new(0, text.len()), &turns, &mut out);
    Some(out)
}

/// Writes a stretch of the text; turns come in the order of their places, the outer before the inner.
fn write(text: &str, span: Span, turns: &[(&Turn, Language)], out: &mut String) {
    let mut at = span.start;
    let first = turns.partition_point(|(turn, _)| turn.at.start < span.start);
    for (i, (turn, language)) in turns.iter().enumerate().skip(first) {
        if turn.at.start >= span.end {
            break;
        }
        // Inner ones were written with the outer.
        if turn.at.start < at || turn.at.end > span.end {
            continue;
        }
        out.push_str(Span { start: at, end: turn.at.start }.of(text));
        let inner = turns.get(i + 1..).unwrap_or_default();
        pieces(text, &turn.other, *language, inner, out);
        at = turn.at.end;
    }
    out.push_str(Span { start: at, end: span.end }.of(text));
}

fn pieces(text: &str, pieces: &[Piece], language: Language, inner: &[(&Turn, Language)], out: &mut String) {
    for (i, piece) in pieces.iter().enumerate() {
        if i > 0 && !matches!(piece, Piece::Sign(_)) {
            out.push(' ');
        }
        match piece {
            Piece::Source(span) => write(text, *span, inner, out),
            Piece::Word(id) => out.push_str(Keyword::by_id(id).map_or("", |k| k.canonical(language))),
            Piece::Sign(sign) => out.push_str(sign),
        }
    }
}
