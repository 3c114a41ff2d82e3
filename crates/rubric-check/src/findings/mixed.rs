//! Values of different kinds or units put together: which is which, in the writer's words, and how to make them agree.

use rubric_base::{Code, Diagnostic, Language, Place, Text, date};
use rubric_program::{Type, Unit};

use super::types::kind;
use super::{finding, word};
use crate::units;

/// A value as written: where it stands, and its words.
#[derive(Clone, Copy)]
pub(crate) struct Side<'t> {
    pub(crate) place: Place,
    pub(crate) words: &'t str,
    pub(crate) unit: Option<Unit>,
}

impl Side<'_> {
    /// Its unit as a statement of it.
    fn states(self) -> (String, String) {
        let words = self.words;
        let (zh, en) = match self.unit {
            None => return (format!("「{words}」没有单位"), format!("`{words}` has no unit")),
            Some(units::PERCENT) => ("百分比", "a percentage"),
            Some(units::DATE) => ("日期", "a day"),
            Some(units::TIME) => ("时间", "a time of day"),
            unit => {
                let (zh, en) = units::names(unit);
                return (format!("「{words}」以「{zh}」为单位"), format!("`{words}` is in {en}"));
            }
        };
        (format!("「{words}」是{zh}"), format!("`{words}` is {en}"))
    }

    /// Whether it is a plain number, digits and nothing else.
    fn digits(self) -> bool {
        self.words.starts_with(|c: char| c.is_ascii_digit())
            && self.words.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    }
}

/// Two values of units that do not go together.
pub(crate) fn units_differ(a: Side<'_>, b: Side<'_>, language: Language) -> Diagnostic {
    // What is a bare number is at fault rather than what it is held against.
    let (odd, other) = if a.digits() && !b.digits() { (a, b) } else { (b, a) };
    if let Some(day) = as_day(odd.words).filter(|_| other.unit == Some(units::DATE)) {
        let words = odd.words;
        return finding(
            Code::R0104,
            odd.place,
            format!("「{words}」是相除的算式，不是日期"),
            format!("`{words}` is a division, not a day"),
        )
        .fix(Text::new(format!("写成 {day}"), format!("write {day}")), odd.place, day);
    }
    let ((zh_a, en_a), (zh_b, en_b)) = (a.states(), b.states());
    let base = finding(
        Code::R0104,
        odd.place,
        format!("单位不同：{zh_a}，{zh_b}"),
        format!("the units differ: {en_a}, {en_b}"),
    );
    let (zh, en) = units::names(other.unit);
    agree(base.label(other.place, Text::new(zh, en)), odd, other.unit, language)
}

/// A product or quotient of two measures, which is none of the units that there are.
pub(crate) fn no_product(whole: Place, a: Side<'_>, b: Side<'_>) -> Diagnostic {
    let ((zh_a, en_a), (zh_b, en_b)) = (a.states(), b.states());
    finding(
        Code::R0104,
        whole,
        format!("{zh_a}，{zh_b}，乘除的结果没有单位可用"),
        format!("{en_a} and {en_b}: there is no unit for what comes of it"),
    )
    .help(Text::new("其中一个要是没有单位的数或百分比", "let one of them be a plain number or a percentage"))
}

/// A value of another unit than is wanted where it stands.
pub(crate) fn wrong_unit(found: Side<'_>, wanted: Option<Unit>, language: Language) -> Diagnostic {
    let (zh, en) = found.states();
    let (zh_wanted, en_wanted) = match wanted {
        None => ("没有单位的数".to_owned(), "a plain number".to_owned()),
        Some(units::PERCENT) => ("百分比".to_owned(), "a percentage".to_owned()),
        Some(units::DATE) => ("日期".to_owned(), "a day".to_owned()),
        Some(units::TIME) => ("时间".to_owned(), "a time of day".to_owned()),
        unit => {
            let (zh, en) = units::names(unit);
            (format!("以「{zh}」为单位的数"), format!("a number of {en}"))
        }
    };
    let base = finding(
        Code::R0104,
        found.place,
        format!("单位不符：{zh}，这里要的是{zh_wanted}"),
        format!("the unit does not fit: {en}, and {en_wanted} is needed here"),
    );
    agree(base, found, wanted, language)
}

/// Ways to give a value the unit that it should have; there are some where it has none.
fn agree(base: Diagnostic, odd: Side<'_>, wanted: Option<Unit>, language: Language) -> Diagnostic {
    let Side { place, words, unit } = odd;
    if wanted == Some(units::DATE) {
        return base.help(Text::new("日期写作 2026-03-01", "a day is written 2026-03-01"));
    }
    if wanted == Some(units::PP) && unit == Some(units::PERCENT) && words.ends_with('%') {
        let new = format!("{}{}", words.trim_end_matches('%'), word(language, "个百分点", " pp"));
        return base.fix(Text::new(format!("改为 {new}"), format!("write {new}")), place, new);
    }
    if unit.is_some() || !odd.digits() {
        return base.help(Text::new("改成同一种单位", "let both have one unit"));
    }
    let write = |base: Diagnostic, new: String| {
        base.fix(Text::new(format!("改为 {new}"), format!("write {new}")), place, new)
    };
    match wanted {
        Some(units::PERCENT) => {
            let exact = rubric_program::Exact::parse(words);
            let hundred = rubric_program::Exact::from_int(100);
            // 0.95 is more likely 95% than 0.95%, but who wrote it must say.
            let share = exact.filter(|e| words.starts_with("0.") && !e.is_zero());
            let base = share.map_or(base.clone(), |e| write(base, format!("{}%", &e * &hundred)));
            write(base, format!("{words}%"))
        }
        None | Some(units::TIME) => base,
        unit => {
            let (zh, en) = units::names(unit);
            let new = match language {
                Language::Zh => format!("{words}{zh}"),
                Language::En => format!("{words} {en}"),
            };
            write(base, new)
        }
    }
}

/// A day written otherwise than days are: 2026/3/1.
fn as_day(words: &str) -> Option<String> {
    let numbers: Vec<i16> =
        words.split(['/', '\u{FF0F}', '.']).map_while(|n| n.trim().parse().ok()).collect();
    let [year, month, day] = numbers.as_slice() else { return None };
    date::days(*year, *month, *day).filter(|_| *year > 999).map(date::iso)
}

/// Two values that cannot be held against each other.
pub(crate) fn cannot_compare(
    a: (Place, &str, &Type),
    b: (Place, &str, &Type),
    language: Language,
) -> Diagnostic {
    let ((zh_a, en_a), (zh_b, en_b)) = (kind(a.2), kind(b.2));
    let base = finding(
        Code::R0103,
        b.0,
        format!("「{}」是{zh_a}，「{}」是{zh_b}，放不到一起", a.1, b.1),
        format!("`{}` is {en_a} and `{}` is {en_b}: they do not go together", a.1, b.1),
    )
    .label(a.0, Text::new(zh_a, en_a));
    let flag = [a, b].into_iter().find(|side| *side.2 == Type::Flag);
    match flag {
        None => base,
        Some((_, name, _)) => {
            let not = word(language, "未", "not");
            base.help(Text::new(
                format!("「是否」直接作条件：写「{name}」，相反的写「{not} {name}」"),
                format!(
                    "yes or no is a condition by itself: write `{name}`, or `{not} {name}` for the opposite"
                ),
            ))
        }
    }
}
