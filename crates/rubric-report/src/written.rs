//! Values as people write them: decimals with their unit, yes and no, words.

use rubric_base::keyword::UnitWord;
use rubric_base::{Language, date, time};
use rubric_program::{EvidenceType, Exact, Type, Unit, Value};

/// A value with its unit.
pub fn value(value: &Value, unit: Option<Unit>, language: Language) -> String {
    match value {
        Value::Number(n) => with_unit(n, unit, language),
        Value::Flag(b) => match (language, b) {
            (Language::Zh, true) => "是".to_owned(),
            (Language::Zh, false) => "否".to_owned(),
            (Language::En, true) => "yes".to_owned(),
            (Language::En, false) => "no".to_owned(),
        },
        Value::Text(text) => text.clone(),
    }
}

/// The unit of a type.
pub const fn unit_of(ty: &Type) -> Option<Unit> {
    match ty {
        Type::Number(unit) => *unit,
        _ => None,
    }
}

/// The unit of declared evidence; a count without one counts times.
pub fn unit_of_evidence(ty: &EvidenceType) -> Option<Unit> {
    match ty {
        EvidenceType::Count { unit, .. } => unit.or(Some("times")),
        EvidenceType::Number { unit, .. } => *unit,
        EvidenceType::Percent { .. } => Some("percent"),
        EvidenceType::Points { .. } => Some("points"),
        EvidenceType::Date { .. } => Some("date"),
        EvidenceType::Time { .. } => Some("time"),
        _ => None,
    }
}

/// A decimal; percentages and percentage points are kept as fractions and written as such.
pub fn decimal(value: &Exact, unit: Option<Unit>) -> String {
    match unit {
        Some("percent") => format!("{}%", value * &Exact::from_int(100)),
        Some("time") => (value * &Exact::from_int(60)).to_i64().map(time::iso).unwrap_or_default(),
        Some("date") => value.to_i64().and_then(|d| i32::try_from(d).ok()).map(date::iso).unwrap_or_default(),
        Some("pp") => (value * &Exact::from_int(100)).to_string(),
        _ => value.to_string(),
    }
}

/// A decimal and the word for its unit.
pub fn with_unit(value: &Exact, unit: Option<Unit>, language: Language) -> String {
    let number = decimal(value, unit);
    match unit.filter(|u| *u != "percent").and_then(UnitWord::by_id) {
        Some(word) => spaced(&number, word.spelling(language, number == "1"), language),
        None => number,
    }
}

/// A number and a word, with the space that English wants.
pub fn spaced(number: &str, word: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("{number}{word}"),
        Language::En => format!("{number} {word}"),
    }
}

/// With its sign; nothing has none.
pub fn signed(value: &Exact) -> String {
    if value.is_negative() {
        format!("−{}", value.abs())
    } else if value.is_zero() {
        "0".to_owned()
    } else {
        format!("+{value}")
    }
}

/// Below nothing with the sign of the reports, else bare.
pub fn plain(value: &Exact) -> String {
    if value.is_negative() { format!("−{}", value.abs()) } else { value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_kept_as_fractions() {
        assert_eq!(value(&Value::Flag(true), None, Language::Zh), "是");
        assert_eq!(with_unit(&Exact::from_int(1), Some("percent"), Language::Zh), "100%");
        assert_eq!(with_unit(&Exact::from_int(1), Some("points"), Language::En), "1 point");
        assert_eq!(with_unit(&Exact::from_int(2), Some("points"), Language::En), "2 points");
        assert_eq!(signed(&Exact::from_int(-3)), "−3");
    }
}
