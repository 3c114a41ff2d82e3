//! Other words for the same: every keyword may be written by any of its Chinese spellings.

use rubric_base::FileId;
use rubric_syntax::{TokenKind, parse_with_tokens};

use crate::rng::Rng;

/// The text with a synonym in the place of some keywords.
pub(super) fn synonyms(text: &str, mut rng: Rng) -> String {
    let mut out = String::new();
    let mut end = 0;
    for token in parse_with_tokens(FileId::default(), text).tokens {
        let span = token.span.range();
        out.push_str(&text[end..span.start]);
        match token.kind {
            TokenKind::Keyword(word) if rng.percent(7) && word.zh.contains(&&text[span.clone()]) => {
                out.push_str(rng.one(word.zh));
            }
            _ => out.push_str(&text[span.clone()]),
        }
        end = span.end;
    }
    out.push_str(&text[end..]);
    out
}
