//! Why a value is refused, and what would be right in its place.

use rubric_base::{Code, Diagnostic, Text};
use rubric_program::{EvidenceType, Exact, NumberRange};

use crate::json::Raw;
use crate::number::Decimal;

/// A value that was written, and what was wanted of it.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) name: &'a str,
    pub(crate) ty: &'a EvidenceType,
    pub(crate) raw: Raw<'a>,
}

impl Wanted<'_> {
    fn refuse(self, code: Code, zh: impl AsRef<str>, en: impl AsRef<str>) -> Diagnostic {
        let (name, written) = (self.name, excerpt(self.raw.text));
        let message = Text::new(
            format!("「{name}」写的是 {written}，{}", zh.as_ref()),
            format!("`{name}` is written as {written}; {}", en.as_ref()),
        );
        Diagnostic::new(code, self.raw.place(), message)
    }

    /// Offers one replacement, in words and as an edit.
    fn offer(self, diagnostic: Diagnostic, replacement: &str) -> Diagnostic {
        let title = Text::new(format!("改为 {replacement}"), format!("write {replacement}"));
        diagnostic.fix(title, self.raw.place(), replacement)
    }

    fn like_this(self) -> Text {
        let sample = sample(self.ty);
        let name = self.name;
        Text::new(
            format!("写法如：\"{name}\": {sample}"),
            format!("write it like this: \"{name}\": {sample}"),
        )
    }
}

/// The beginning of what was written, short enough for one line.
fn excerpt(text: &str) -> String {
    const MOST: usize = 40;
    let flat: String = text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() { format!("{flat}…") } else { flat }
}

/// What a type expects, as the object of “expected”.
pub(crate) fn expected(ty: &EvidenceType) -> Text {
    match ty {
        EvidenceType::Count { .. } => Text::new("不带引号的整数", "a whole number without quotes"),
        EvidenceType::Number { .. } => Text::new("数字", "a number"),
        EvidenceType::Points { .. } => Text::new("分数", "points"),
        EvidenceType::Percent { .. } => Text::new("带百分号的百分比", "a percentage with its sign"),
        EvidenceType::Flag => Text::new(" true 或 false", "true or false"),
        EvidenceType::Choice(choices) => {
            let (zh, en) = quoted(choices);
            Text::new(format!("以下之一：{zh}"), format!("one of {en}"))
        }
        EvidenceType::Text => Text::new("带引号的文字", "a text in quotes"),
        EvidenceType::Date { .. } => Text::new("带引号的日期，年-月-日", "a date in quotes, year-month-day"),
        EvidenceType::Time { .. } => {
            Text::new("带引号的时间，时:分", "a time of day in quotes, hours:minutes")
        }
        EvidenceType::Clause(_) => Text::new("带引号的条款号", "the number of a clause, in quotes"),
        EvidenceType::List { .. } => Text::new("方括号中的若干条记录", "rows in square brackets"),
    }
}

/// A value that fits a type in form.
pub(crate) fn sample(ty: &EvidenceType) -> String {
    match ty {
        EvidenceType::Count { .. } => "3".into(),
        EvidenceType::Number { decimals: 0, .. } | EvidenceType::Points { decimals: 0, .. } => "2".into(),
        EvidenceType::Number { .. } | EvidenceType::Points { .. } => "\"2.5\"".into(),
        EvidenceType::Percent { decimals: 0, .. } => "\"99%\"".into(),
        EvidenceType::Percent { .. } => "\"99.5%\"".into(),
        EvidenceType::Flag => "true".into(),
        EvidenceType::Choice(choices) => format!("\"{}\"", choices.first().map_or("", String::as_str)),
        EvidenceType::Text => "\"…\"".into(),
        EvidenceType::Date { .. } => "\"2024-03-01\"".into(),
        EvidenceType::Time { .. } => "\"08:30\"".into(),
        EvidenceType::Clause(numbers) => format!("\"{}\"", numbers.first().map_or("", String::as_str)),
        EvidenceType::List { fields, .. } => {
            let field = |f: &rubric_program::Field| format!("\"{}\": {}", f.name, sample(&f.ty));
            let given = fields.iter().filter(|f| f.computed.is_none());
            format!("[{{{}}}]", given.map(field).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Names in quotes, one after the other as each language has it.
fn quoted(names: &[String]) -> (String, String) {
    let names: Vec<String> = names.iter().map(|n| format!("\"{n}\"")).collect();
    (names.join("、"), names.join(", "))
}

/// `null` in place of a value.
pub(crate) fn null(wanted: Wanted<'_>) -> Diagnostic {
    wanted.refuse(Code::E0006, "这不是值", "that is no value").help(Text::new(
        format!("不填就去掉这一项；要填，{}", wanted.like_this().zh),
        format!("leave the entry out, or give a value: \"{}\": {}", wanted.name, sample(wanted.ty)),
    ))
}

/// A value of another type.
pub(crate) fn wrong_type(wanted: Wanted<'_>) -> Diagnostic {
    let expected = expected(wanted.ty);
    wanted
        .refuse(Code::E0006, format!("应为{}", expected.zh), format!("expected {}", expected.en))
        .help(wanted.like_this())
}

/// A count in quotes.
pub(crate) fn quoted_count(wanted: Wanted<'_>, digits: &str) -> Diagnostic {
    let digits = digits.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    wanted.offer(wrong_type(wanted).help(Text::new("去掉引号", "leave the quotes out")), digits)
}

/// Digits with a unit behind them, such as "20平方米".
fn before_unit(text: &str) -> Option<&str> {
    let digits = text.trim_start().split(|c: char| !c.is_ascii_digit() && c != '.').next()?;
    let unit = text.trim_start().get(digits.len()..)?.trim();
    let plain = unit.chars().all(char::is_alphabetic) && !unit.is_empty();
    Decimal::read(digits).filter(|_| plain).map(|_| digits)
}

/// A count with its unit.
pub(crate) fn count_with_unit(wanted: Wanted<'_>, text: &str) -> Diagnostic {
    let found = wrong_type(wanted);
    match before_unit(text).filter(|digits| !digits.contains('.')) {
        Some(digits) => wanted.offer(found.help(Text::new("不写单位", "without a unit")), digits),
        None => found,
    }
}

/// A number in a form that is not read.
pub(crate) fn not_decimal(wanted: Wanted<'_>, text: &str) -> Diagnostic {
    let found = wrong_type(wanted);
    if matches!(wanted.ty, EvidenceType::Percent { .. }) {
        return found;
    }
    let like = wanted.like_this();
    let digits = text.trim_end_matches(['%', '\u{FF05}']);
    if digits != text && Decimal::read(digits).is_some() {
        return found.help(Text::new(
            format!("这一项不是百分比，不带百分号，{}", like.zh),
            format!("this is no percentage, so there is no sign; {}", like.en),
        ));
    }
    if let Some(digits) = before_unit(text) {
        return wanted.offer(found.help(Text::new("不写单位", "without a unit")), &format!("\"{digits}\""));
    }
    found.help(Text::new(
        format!("只写数字和小数点，不写单位、空格、指数，{}", like.zh),
        format!("write digits and a point only, without unit, space or exponent; {}", like.en),
    ))
}

/// A percentage without its sign: it cannot be told whether 0.9998 means 99.98% or 0.9998%.
pub(crate) fn percent_without_sign(wanted: Wanted<'_>, decimal: Decimal<'_>) -> Diagnostic {
    let plain = format!("\"{}%\"", decimal.shifted(0));
    let found = wanted.refuse(Code::E0006, "缺少百分号", "the percent sign is missing");
    if !decimal.is_fraction() {
        return wanted.offer(found, &plain);
    }
    let hundredfold = format!("\"{}%\"", decimal.shifted(2));
    let help = Text::new(
        format!("看不出是 {} 还是 {}，所以不猜", hundredfold.trim_matches('"'), plain.trim_matches('"')),
        format!(
            "it could be {} or {}, so nothing is guessed",
            hundredfold.trim_matches('"'),
            plain.trim_matches('"')
        ),
    );
    wanted.offer(wanted.offer(found.help(help), &hundredfold), &plain)
}

/// More digits before the point than any score has.
pub(crate) fn too_long(wanted: Wanted<'_>, written: usize, most: usize) -> Diagnostic {
    wanted.refuse(
        Code::E0007,
        format!("小数点前有 {written} 位，最多 {most} 位"),
        format!("it has {written} digits before the point, and the most is {most}"),
    )
}

/// More decimals than declared.
pub(crate) fn too_fine(wanted: Wanted<'_>, written: usize, most: u32) -> Diagnostic {
    wanted
        .refuse(
            Code::E0007,
            format!("有 {written} 位小数，最多 {most} 位；多的位数一律拒收，不作四舍五入"),
            format!("it has {written} decimals, and the most is {most}: more are refused, never rounded"),
        )
        .help(Text::new(
            format!("按规定的 {most} 位小数填写，或者在标准中声明更多位数"),
            format!("give at most {most} decimals, or declare more in the rubric"),
        ))
}

/// A number outside the declared range.
pub(crate) fn out_of_range(wanted: Wanted<'_>, range: &NumberRange, places: isize) -> Diagnostic {
    let sign = if matches!(wanted.ty, EvidenceType::Percent { .. }) { "%" } else { "" };
    let as_written = |value: &Exact| {
        let text = value.to_string();
        let shown = Decimal::read(&text).map(|d| d.shifted(-places)).unwrap_or(text);
        format!("{shown}{sign}")
    };
    let stretch = |(low, high): &(Exact, Exact), to: &str| {
        if low == high { as_written(low) } else { format!("{}{to}{}", as_written(low), as_written(high)) }
    };
    let all =
        |to: &str, or: &str| range.stretches.iter().map(|s| stretch(s, to)).collect::<Vec<_>>().join(or);
    let (zh, en) = (all(" 至 ", " 或 "), all(" to ", " or "));
    let (zh_step, en_step) = range.step.as_ref().map(&as_written).map_or_else(Default::default, |step| {
        (format!("，且为 {step} 的整数倍"), format!(", in steps of {step}"))
    });
    wanted.refuse(Code::E0007, format!("允许的是 {zh}{zh_step}"), format!("allowed is {en}{en_step}"))
}

/// Something else than a flag.
pub(crate) fn not_flag(wanted: Wanted<'_>, meant: Option<bool>) -> Diagnostic {
    let found = wrong_type(wanted);
    let Some(meant) = meant else {
        return found.help(Text::new(
            "是写 true，否写 false，都不带引号",
            "yes is true, no is false, both without quotes",
        ));
    };
    let help = Text::new("不带引号", "without quotes");
    wanted.offer(found.help(help), if meant { "true" } else { "false" })
}

/// A choice that is not in the list.
pub(crate) fn not_among(wanted: Wanted<'_>, choices: &[String], near: Option<&str>) -> Diagnostic {
    let (zh, en) = quoted(choices);
    let found = wanted.refuse(Code::E0007, format!("应为以下之一：{zh}"), format!("expected one of {en}"));
    let Some(near) = near else { return found };
    let help = Text::new(format!("是不是「{near}」？"), format!("did you mean `{near}`?"));
    wanted.offer(found.help(help), &format!("\"{near}\""))
}

/// A date in another form, or a day that no calendar has.
pub(crate) fn not_date(wanted: Wanted<'_>, text: &str) -> Diagnostic {
    let numbers: Vec<i16> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty())
        .filter_map(|n| n.parse().ok())
        .collect();
    let [year, month, day] = numbers.as_slice() else { return wrong_type(wanted) };
    match rubric_base::date::days(*year, *month, *day).filter(|_| *year > 999) {
        Some(days) => {
            let iso = format!("\"{}\"", rubric_base::date::iso(days));
            let found = wanted.refuse(Code::E0006, "日期应写成年-月-日", "a date is written year-month-day");
            wanted.offer(found, &iso)
        }
        None => wanted
            .refuse(Code::E0014, "没有这一天", "there is no such day")
            .help(Text::new("核对年、月、日", "check the year, the month and the day")),
    }
}

/// A day outside the declared range.
pub(crate) fn day_out_of_range(wanted: Wanted<'_>, range: &NumberRange) -> Diagnostic {
    let iso = |day: &Exact| {
        day.to_i64().and_then(|d| i32::try_from(d).ok()).map(rubric_base::date::iso).unwrap_or_default()
    };
    let (zh, en) = stretches(range, iso);
    wanted.refuse(Code::E0007, format!("允许的是 {zh}"), format!("allowed is {en}"))
}

/// The allowed stretches of days or times, in both languages.
fn stretches(range: &NumberRange, written: impl Fn(&Exact) -> String) -> (String, String) {
    let stretch = |(low, high): &(Exact, Exact), to: &str| {
        if low == high { written(low) } else { format!("{}{to}{}", written(low), written(high)) }
    };
    let all =
        |to: &str, or: &str| range.stretches.iter().map(|s| stretch(s, to)).collect::<Vec<_>>().join(or);
    (all(" 至 ", " 或 "), all(" to ", " or "))
}

/// A time of day in another form, or one that does not exist.
pub(crate) fn not_time(wanted: Wanted<'_>, text: &str) -> Diagnostic {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    let (hours, rest) = match numbers.as_slice() {
        [hours, rest @ ..] if (1..=2).contains(&rest.len()) => (*hours, rest),
        _ => return wrong_type(wanted),
    };
    let written = rest.iter().fold(hours.to_owned(), |time, part| format!("{time}:{part:0>2}"));
    match rubric_base::time::parse(&written).map(rubric_base::time::iso) {
        Some(iso) => {
            let iso = format!("\"{iso}\"");
            let found =
                wanted.refuse(Code::E0006, "时间应写成时:分", "a time of day is written hours:minutes");
            wanted.offer(found, &iso)
        }
        None => wanted
            .refuse(Code::E0014, "没有这个时刻", "there is no such time of day")
            .help(Text::new("一天由 00:00 到 23:59", "a day runs from 00:00 to 23:59")),
    }
}

/// Minutes as a time of day.
fn clock(minutes: &Exact) -> String {
    (minutes * &Exact::from_int(60)).to_i64().map(rubric_base::time::iso).unwrap_or_default()
}

/// A time outside the allowed stretches.
pub(crate) fn time_out_of_range(wanted: Wanted<'_>, range: &NumberRange) -> Diagnostic {
    let (zh, en) = stretches(range, clock);
    wanted.refuse(Code::E0007, format!("允许的是 {zh}"), format!("allowed is {en}"))
}

/// A time finer than the declaration allows.
pub(crate) fn time_too_fine(wanted: Wanted<'_>, range: &NumberRange) -> Diagnostic {
    let minute = range.step.as_ref().is_none_or(|step| *step == Exact::ONE);
    let found = wanted.refuse(Code::E0007, "时间写得过细", "the time is finer than it may be");
    if minute {
        return found.help(Text::new(
            "写到分；要写到秒，在标准的填报中写「到 1秒」",
            "give it to the minute; for seconds the rubric says `in steps of 1 second`",
        ));
    }
    found.help(Text::new("按标准填报中「到」所写的间隔填写", "keep to the steps that the rubric states"))
}

/// The number of a clause that the rubric does not have, or that nothing may cite.
pub(crate) fn no_such_clause(wanted: Wanted<'_>, text: &str, numbers: &[String]) -> Diagnostic {
    let found = wanted.refuse(
        Code::E0007,
        "标准中没有可以这样引用的条款",
        "the rubric has no clause of this number that evidence may cite",
    );
    match rubric_base::near::nearest(text, numbers.iter().map(String::as_str)) {
        Some(near) => {
            let help = Text::new(format!("是不是「{near}」？"), format!("did you mean `{near}`?"));
            wanted.offer(found.help(help), &format!("\"{near}\""))
        }
        None => found.help(Text::new("按标准核对条款号", "check the number against the rubric")),
    }
}
