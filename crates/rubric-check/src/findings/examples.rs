//! In-language tests.

use rubric_base::near::nearest_name;
use rubric_base::{Code, Diagnostic, Language, Place, Text};
use rubric_program::{EvidenceType, Exact, NumberRange, Type, Unit};

use super::types::{kind, shown};
use super::{finding, listed, word};
use crate::units;

/// A value that evidence cannot have: of another kind, or out of range.
pub(crate) fn wrong_value(place: Place, words: &str, ty: &EvidenceType, language: Language) -> Diagnostic {
    let wrong = |zh: String, en: String| {
        finding(
            Code::R0503,
            place,
            format!("这里写的是「{words}」，应为{zh}"),
            format!("`{words}` is written, but it must be {en}"),
        )
    };
    let write = |base: Diagnostic, new: &str| {
        base.fix(Text::new(format!("改为 {new}"), format!("write {new}")), place, new)
    };
    let bare = words.trim_matches(['"', '“', '”']);
    match ty {
        EvidenceType::Flag => {
            let found = wrong("「是」或「否」".into(), "`yes` or `no`".into());
            match bare {
                "true" | "有" | "对" | "1" => write(found, word(language, "是", "yes")),
                "false" | "无" | "没有" | "0" => write(found, word(language, "否", "no")),
                _ => found,
            }
        }
        EvidenceType::Choice(choices) => {
            let (zh, en) = listed(choices);
            let found = wrong(format!("其中一项：{zh}"), format!("one of {en}"));
            match nearest_name(bare, choices.iter().map(String::as_str)) {
                Some(near) => write(found, near),
                None if choices.iter().any(|c| c == bare) => write(found, bare),
                None => found,
            }
        }
        EvidenceType::List { .. } => wrong("清单".into(), "a list".into())
            .help(Text::new("写成 [ { 字段 = 值; … } ]", "write [ { field = value; … } ]")),
        EvidenceType::Text => wrong("引号中的文字".into(), "a text in quotes".into()),
        EvidenceType::Clause(_) => wrong("可以引用的条款号".into(), "the number of a clause".into()),
        EvidenceType::Percent { range, .. } => {
            let (zh, en) = allowed(range, Some(units::PERCENT));
            let found = wrong(format!("带百分号的数，{zh}"), format!("a percentage with its sign, {en}"));
            let digits = bare.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            if digits && !bare.starts_with("0.") { write(found, &format!("{bare}%")) } else { found }
        }
        EvidenceType::Count { unit, range } | EvidenceType::Number { unit, range, .. } => {
            of_number(&wrong, bare, words, *unit, range, &write)
        }
        EvidenceType::Points { range, .. } => {
            of_number(&wrong, bare, words, Some(units::POINTS), range, &write)
        }
        EvidenceType::Date { range } => of_number(&wrong, bare, words, Some(units::DATE), range, &write),
        EvidenceType::Time { range } => of_number(&wrong, bare, words, Some(units::TIME), range, &write),
    }
}

/// A number that is in quotes, of another unit, or out of range.
fn of_number(
    wrong: &impl Fn(String, String) -> Diagnostic,
    bare: &str,
    words: &str,
    unit: Option<Unit>,
    range: &NumberRange,
    write: &impl Fn(Diagnostic, &str) -> Diagnostic,
) -> Diagnostic {
    let ((zh, en), (zh_range, en_range)) = (kind(&Type::Number(unit)), allowed(range, unit));
    let found = wrong(format!("{zh}，{zh_range}"), format!("{en} {en_range}"));
    let digits = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if digits && bare != words { write(found, bare) } else { found }
}

/// What a range allows.
fn allowed(range: &NumberRange, unit: Option<Unit>) -> (String, String) {
    let stretch = |(low, high): &(Exact, Exact)| {
        let ((zh_low, en_low), (zh_high, en_high)) = (shown(low, unit), shown(high, unit));
        if low == high {
            (zh_low, en_low)
        } else {
            (format!("{zh_low} 至 {zh_high}"), format!("{en_low} to {en_high}"))
        }
    };
    // A count may be anything up to a number that nobody writes.
    if let [(low, high)] = range.stretches.as_slice()
        && *high >= Exact::from_int(1_000_000_000)
    {
        let (zh, en) = shown(low, unit);
        return (format!("不少于 {zh}"), format!("no less than {en}"));
    }
    let (zh, en): (Vec<String>, Vec<String>) = range.stretches.iter().map(stretch).unzip();
    (format!("范围是 {}", zh.join(" 或 ")), format!("from {}", en.join(" or ")))
}

/// An expected value that cannot come out.
pub(crate) fn wrong_expectation(
    place: Place,
    words: &str,
    wanted: &Type,
    grades: &[String],
    language: Language,
) -> Diagnostic {
    let (zh, en) = kind(wanted);
    let found = finding(
        Code::R0503,
        place,
        format!("应得的是{zh}，这里写的是「{words}」"),
        format!("what comes out is {en}, and `{words}` is written"),
    );
    let digits = words.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    match wanted {
        Type::Number(Some(units::POINTS)) if digits => {
            let new = format!("{words}{}", word(language, "分", " points"));
            found.fix(Text::new(format!("改为 {new}"), format!("write {new}")), place, new)
        }
        Type::Number(Some(units::PERCENT)) if digits => {
            let new = format!("{words}%");
            found.fix(Text::new(format!("改为 {new}"), format!("write {new}")), place, new)
        }
        Type::Grade if grades.is_empty() => {
            found.help(Text::new("标准中没有写「等级」", "the rubric has no `grades`"))
        }
        Type::Grade => {
            let (zh, en) = listed(grades);
            found.help(Text::new(format!("等级有：{zh}"), format!("the grades are {en}")))
        }
        _ => found,
    }
}

pub(crate) fn no_requirement(place: Place, number: &str) -> Diagnostic {
    finding(
        Code::R0503,
        place,
        format!("第 {number} 条没有要求，谈不上是否达到"),
        format!("clause {number} has no requirement that could be met"),
    )
}

pub(crate) fn which_unit(place: Place, units: usize) -> Diagnostic {
    if units == 0 {
        return finding(
            Code::R0503,
            place,
            "示例没有「填报」，应得的无从算起",
            "the example has no `evidence`, so nothing can come out",
        )
        .help(Text::new("加上「填报 { … }」", "add `evidence { … }`"));
    }
    finding(
        Code::R0503,
        place,
        format!("示例中有 {units} 个单位，没有写是哪一个"),
        format!("the example has {units} units; which one is meant?"),
    )
    .help(Text::new("在前面写单位的名称", "write the name of the unit in front"))
}
