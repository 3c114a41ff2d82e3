//! Broken texts: words or bytes left out, put in, or said twice.

use rubric_base::FileId;
use rubric_base::keyword::KEYWORDS;

use crate::rng::Rng;

/// A text after a few mutations. Always UTF-8, as everything that reaches the parser is.
#[must_use]
pub fn mutated(text: &str, rng: &mut Rng) -> String {
    let mut text = text.to_owned();
    for _ in 0..rng.within(1, 4) {
        text = if rng.percent(60) { by_word(&text, rng) } else { by_character(&text, rng) };
    }
    text
}

fn by_word(text: &str, rng: &mut Rng) -> String {
    let parse = rubric_syntax::parse_with_tokens(FileId::default(), text);
    let spans: Vec<_> = parse.tokens.iter().map(|t| t.span.range()).collect();
    if spans.is_empty() {
        return by_character(text, rng);
    }
    let at = rng.pick(&spans).clone();
    let word = text[at.clone()].to_owned();
    let other = text[rng.pick(&spans).clone()].to_owned();
    let keyword = rng.pick(KEYWORDS);
    // Some words belong to one language alone.
    let [first, second] = if rng.percent(50) { [keyword.zh, keyword.en] } else { [keyword.en, keyword.zh] };
    let spellings = if first.is_empty() { second } else { first };
    let keyword = *rng.pick(spellings);
    let new = match rng.below(6) {
        0 => String::new(),
        1 => format!("{word} {word}"),
        2 => other,
        3 => format!("{word} {keyword}"),
        4 => keyword.to_owned(),
        _ => format!("{word}{}", rng.pick(&["{", "}", "(", ")", "\n", ";", "」", "「", "\"", ",", "0", "%"])),
    };
    format!("{}{new}{}", &text[..at.start], &text[at.end..])
}

fn by_character(text: &str, rng: &mut Rng) -> String {
    let ends: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let (from, till) = (rng.below(ends.len()), rng.within(1, 8));
    let (a, b) = (ends[from], ends[(from + till).min(ends.len() - 1)]);
    match rng.below(4) {
        0 => format!("{}{}", &text[..a], &text[b..]),
        1 => format!("{}{}{}", &text[..b], &text[a..b], &text[b..]),
        2 => {
            let new = *rng.pick(&[
                "\u{feff}",
                "\u{0}",
                "\u{3000}",
                "\u{301}",
                "９",
                "99999999999999999999999999999",
                "-",
                "。",
                "𠀀",
                "'",
                "\r\n",
                "第0名",
                "1e9",
                "每后0名 减 0分",
                "÷ 0",
                "//",
            ]);
            format!("{}{new}{}", &text[..a], &text[a..])
        }
        _ => text[..a].to_owned(),
    }
}
