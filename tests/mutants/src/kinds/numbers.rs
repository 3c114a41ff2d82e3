//! Slips in numbers and dates.

use std::ops::Range;

use rubric_syntax::TokenKind;

use super::{Mutant, replaced};
use crate::source::Source;

/// Each slip: its name, and what it makes of the digits of a number.
type Slip = (&'static str, fn(&str) -> Option<String>);

const SLIPS: &[Slip] = &[
    ("last digit one up", |n| stepped(n, true)),
    ("last digit one down", |n| stepped(n, false)),
    ("two digits exchanged", exchanged),
    ("point one place left", |n| shifted(n, false)),
    ("point one place right", |n| shifted(n, true)),
    ("a digit left out", |n| (n.len() > 1).then(|| n[..n.len() - 1].trim_end_matches('.').to_owned())),
    ("a digit typed twice", |n| n.chars().last().map(|c| format!("{n}{c}"))),
    ("comma for the point", |n| n.contains('.').then(|| n.replace('.', ","))),
];

pub(super) fn mutants(source: &Source<'_>) -> Vec<Mutant> {
    let mut all = Vec::new();
    for (i, token) in source.tokens.iter().enumerate() {
        let year = i > 0 && ["年度", "年份"].contains(&source.word(i - 1));
        match token.kind {
            TokenKind::Number | TokenKind::Place if !year => {
                let Some(digits) = digits(source, token.span.range()) else { continue };
                let written = &source.text[digits.clone()];
                let slips = SLIPS.iter().filter_map(|(kind, slip)| Some((*kind, slip(written)?)));
                all.extend(slips.map(|(kind, new)| replaced(source, kind, &digits, &new)));
            }
            TokenKind::Date => all.extend(date(source, token.span.range())),
            _ => {}
        }
    }
    all
}

/// Where the digits of `第3名` stand.
fn digits(source: &Source<'_>, bytes: Range<usize>) -> Option<Range<usize>> {
    let word = &source.text[bytes.clone()];
    let start = word.find(|c: char| c.is_ascii_digit())?;
    let end = word.rfind(|c: char| c.is_ascii_digit())? + 1;
    Some(bytes.start + start..bytes.start + end)
}

/// One more or less of the last digit.
fn stepped(number: &str, up: bool) -> Option<String> {
    let places = number.split_once('.').map_or(0, |(_, f)| f.len());
    let units: u64 = number.replace('.', "").parse().ok()?;
    let units = if up { units + 1 } else { units.checked_sub(1)? };
    let digits = format!("{units:0>width$}", width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    Some(if places == 0 { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

/// The first two digits side by side that differ.
fn exchanged(number: &str) -> Option<String> {
    let mut chars: Vec<char> = number.chars().collect();
    let at = (1..chars.len()).find(|i| {
        chars[*i].is_ascii_digit() && chars[*i - 1].is_ascii_digit() && chars[*i] != chars[*i - 1]
    })?;
    chars.swap(at - 1, at);
    (chars[0] != '0' || chars.get(1) == Some(&'.')).then(|| chars.into_iter().collect())
}

/// Ten times, or a tenth.
fn shifted(number: &str, right: bool) -> Option<String> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{fraction}");
    if digits.chars().all(|c| c == '0') {
        return None;
    }
    let places = if right { fraction.len().checked_sub(1) } else { Some(fraction.len() + 1) };
    let Some(places) = places else { return Some(format!("{digits}0")) };
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

/// A day later; the month and the day exchanged.
fn date(source: &Source<'_>, bytes: Range<usize>) -> Vec<Mutant> {
    let parts: Vec<&str> = source.text[bytes.clone()].split('-').collect();
    let [year, month, day] = parts.as_slice() else { return Vec::new() };
    let next = day.parse::<u32>().unwrap_or(1) + 1;
    let later = format!("{year}-{month}-{next:02}");
    vec![
        replaced(source, "date a day later", &bytes, &later),
        replaced(source, "month and day exchanged", &bytes, &format!("{year}-{day}-{month}")),
    ]
}
