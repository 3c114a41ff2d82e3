//! One written value against its declared type.

use rubric_base::{Diagnostic, near};
use rubric_program::{EvidenceType, Exact, NumberRange, Value};

use crate::json::{Kind, Raw};
use crate::number::Decimal;
use crate::refusal::{self, Wanted};

/// Scores are small; a number this long is a slip or an id.
const MOST_WHOLE_DIGITS: usize = 12;

/// Reads any value but a list.
pub(crate) fn scalar(name: &str, ty: &EvidenceType, raw: Raw<'_>) -> Result<Value, Diagnostic> {
    let wanted = Wanted { name, ty, raw };
    if raw.kind() == Kind::Null {
        return Err(refusal::null(wanted));
    }
    match ty {
        EvidenceType::Count { range, .. } => count(wanted, range),
        EvidenceType::Number { unit, range, decimals } => {
            // The value of percentage points is the fraction, as that of percentages is.
            let places = if *unit == Some("pp") { -2 } else { 0 };
            let text = decimal_text(wanted)?;
            in_range(wanted, &text, Limits { range, decimals: *decimals, places })
        }
        EvidenceType::Points { range, decimals } => {
            let text = decimal_text(wanted)?;
            in_range(wanted, &text, Limits { range, decimals: *decimals, places: 0 })
        }
        EvidenceType::Percent { range, decimals } => {
            let text = percent_text(wanted)?;
            in_range(wanted, &text, Limits { range, decimals: *decimals, places: -2 })
        }
        EvidenceType::Flag => flag(wanted),
        EvidenceType::Choice(choices) => choice(wanted, choices),
        EvidenceType::Date { range } => date(wanted, range),
        EvidenceType::Time { range } => time(wanted, range),
        EvidenceType::Clause(numbers) => clause(wanted, numbers),
        EvidenceType::Text if raw.kind() == Kind::String => Ok(Value::Text(raw.string()?)),
        EvidenceType::Text | EvidenceType::List { .. } => Err(refusal::wrong_type(wanted)),
    }
}

fn count(wanted: Wanted<'_>, range: &NumberRange) -> Result<Value, Diagnostic> {
    let text = wanted.raw.text;
    if wanted.raw.kind() == Kind::String {
        let inner = wanted.raw.string()?;
        let whole = !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit());
        return Err(if whole {
            refusal::quoted_count(wanted, &inner)
        } else {
            refusal::count_with_unit(wanted, &inner)
        });
    }
    if wanted.raw.kind() != Kind::Number || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return Err(refusal::wrong_type(wanted));
    }
    in_range(wanted, text, Limits { range, decimals: 0, places: 0 })
}

/// The digits of a number, given as a number or as a string.
fn decimal_text(wanted: Wanted<'_>) -> Result<String, Diagnostic> {
    let text = match wanted.raw.kind() {
        Kind::Number => wanted.raw.text.to_owned(),
        Kind::String => wanted.raw.string()?,
        _ => return Err(refusal::wrong_type(wanted)),
    };
    if Decimal::read(&text).is_none() {
        return Err(refusal::not_decimal(wanted, &text));
    }
    Ok(text)
}

/// The digits before the sign of a percentage.
fn percent_text(wanted: Wanted<'_>) -> Result<String, Diagnostic> {
    let text = match wanted.raw.kind() {
        Kind::Number => wanted.raw.text.to_owned(),
        Kind::String => wanted.raw.string()?,
        _ => return Err(refusal::wrong_type(wanted)),
    };
    let signed = text.strip_suffix('%').or_else(|| text.strip_suffix('\u{FF05}'));
    match (signed, Decimal::read(&text)) {
        (Some(digits), _) if Decimal::read(digits).is_some() => Ok(digits.to_owned()),
        (None, Some(decimal)) => Err(refusal::percent_without_sign(wanted, decimal)),
        _ => Err(refusal::not_decimal(wanted, &text)),
    }
}

/// What a number must satisfy; `places` moves its point to the base unit.
#[derive(Clone, Copy)]
struct Limits<'a> {
    range: &'a NumberRange,
    decimals: u32,
    places: isize,
}

fn in_range(wanted: Wanted<'_>, text: &str, limits: Limits<'_>) -> Result<Value, Diagnostic> {
    let Some(decimal) = Decimal::read(text) else { return Err(refusal::not_decimal(wanted, text)) };
    if decimal.whole_digits() > MOST_WHOLE_DIGITS {
        return Err(refusal::too_long(wanted, decimal.whole_digits(), MOST_WHOLE_DIGITS));
    }
    if decimal.decimals() > limits.decimals as usize {
        return Err(refusal::too_fine(wanted, decimal.decimals(), limits.decimals));
    }
    let Some(value) = Exact::parse(&decimal.shifted(limits.places)) else {
        return Err(refusal::not_decimal(wanted, text));
    };
    if !limits.range.allows(&value) {
        return Err(refusal::out_of_range(wanted, limits.range, limits.places));
    }
    Ok(Value::Number(value))
}

fn flag(wanted: Wanted<'_>) -> Result<Value, Diagnostic> {
    match (wanted.raw.kind(), wanted.raw.text) {
        (Kind::Flag, text) => Ok(Value::Flag(text == "true")),
        (Kind::String, _) => {
            let word = wanted.raw.string()?;
            Err(refusal::not_flag(wanted, meant_flag(&word)))
        }
        (_, text) => Err(refusal::not_flag(wanted, meant_flag(text))),
    }
}

/// What people write for yes and no.
fn meant_flag(word: &str) -> Option<bool> {
    match word.trim().to_ascii_lowercase().as_str() {
        "是" | "有" | "对" | "√" | "1" | "true" | "yes" | "y" => Some(true),
        "否" | "无" | "没有" | "×" | "0" | "false" | "no" | "n" => Some(false),
        _ => None,
    }
}

fn date(wanted: Wanted<'_>, range: &NumberRange) -> Result<Value, Diagnostic> {
    if wanted.raw.kind() != Kind::String {
        return Err(refusal::wrong_type(wanted));
    }
    let text = wanted.raw.string()?;
    let Some(days) = rubric_base::date::parse(&text) else { return Err(refusal::not_date(wanted, &text)) };
    let days = Exact::from_int(i64::from(days));
    if range.allows(&days) { Ok(Value::Number(days)) } else { Err(refusal::day_out_of_range(wanted, range)) }
}

fn time(wanted: Wanted<'_>, range: &NumberRange) -> Result<Value, Diagnostic> {
    if wanted.raw.kind() != Kind::String {
        return Err(refusal::wrong_type(wanted));
    }
    let text = wanted.raw.string()?;
    let seconds = rubric_base::time::parse(&text).ok_or_else(|| refusal::not_time(wanted, &text))?;
    let minutes = Exact::from_int(seconds).checked_div(&Exact::from_int(60)).unwrap_or_default();
    if range.allows(&minutes) {
        return Ok(Value::Number(minutes));
    }
    let on_step = range.step.as_ref().is_none_or(|step| &minutes.floor_steps(step) * step == minutes);
    Err(if on_step {
        refusal::time_out_of_range(wanted, range)
    } else {
        refusal::time_too_fine(wanted, range)
    })
}

fn clause(wanted: Wanted<'_>, numbers: &[String]) -> Result<Value, Diagnostic> {
    if wanted.raw.kind() != Kind::String {
        return Err(refusal::wrong_type(wanted));
    }
    let text = wanted.raw.string()?;
    if numbers.contains(&text) {
        return Ok(Value::Text(text));
    }
    Err(refusal::no_such_clause(wanted, &text, numbers))
}

fn choice(wanted: Wanted<'_>, choices: &[String]) -> Result<Value, Diagnostic> {
    if wanted.raw.kind() != Kind::String {
        return Err(refusal::wrong_type(wanted));
    }
    let text = wanted.raw.string()?;
    if text.is_empty() {
        return Err(refusal::wrong_type(wanted));
    }
    if choices.contains(&text) {
        return Ok(Value::Text(text));
    }
    let near = near::nearest(&text, choices.iter().map(String::as_str));
    Err(refusal::not_among(wanted, choices, near))
}
