//! Types, units and ranges.

use rubric_base::{Code, Diagnostic, Language, Place, Text};
use rubric_program::{Exact, Type, Unit};

use super::{finding, insertion, word};
use crate::units;

/// What a value is, in words.
pub(crate) fn kind(ty: &Type) -> (String, String) {
    let (zh, en) = match ty {
        Type::Number(None) => ("一个数", "a number"),
        Type::Number(unit) => {
            let (zh, en) = units::names(*unit);
            return (format!("以「{zh}」为单位的数"), format!("a number of {en}"));
        }
        Type::Flag => ("「是否」", "yes or no"),
        Type::Choice(choices) => {
            let (zh, en) = super::listed(choices);
            return (format!("选项（{zh}）"), format!("a choice ({en})"));
        }
        Type::Text => ("文字", "text"),
        Type::Grade => ("等级", "a grade"),
        Type::Rank => ("名次", "a place"),
    };
    (zh.to_owned(), en.to_owned())
}

pub(crate) fn wants_number(place: Place, words: &str, found: &Type) -> Diagnostic {
    let (zh, en) = kind(found);
    finding(
        Code::R0103,
        place,
        format!("这里要一个数，「{words}」却是{zh}"),
        format!("a number is needed here, but `{words}` is {en}"),
    )
}

pub(crate) fn wants_flag(place: Place, words: &str, found: &Type) -> Diagnostic {
    let (zh, en) = kind(found);
    finding(
        Code::R0103,
        place,
        format!("这里要一个条件，「{words}」却是{zh}"),
        format!("a condition is needed here, but `{words}` is {en}"),
    )
    .help(Text::new(
        format!("写成比较，如「{words} > 0」；按次扣分、得分的写「每 … 扣 …」"),
        format!("write a comparison, such as `{words} > 0`; what counts each time is `for each … deduct …`"),
    ))
}

pub(crate) fn wants_count(place: Place, name: &str, found: &Type) -> Diagnostic {
    let (zh, en) = kind(found);
    let base = finding(
        Code::R0103,
        place,
        format!("「每」后面要次数或清单，「{name}」却是{zh}"),
        format!("`each` needs a count or a list, but `{name}` is {en}"),
    );
    match found {
        Type::Flag => {
            base.help(Text::new(format!("写成「若 {name},扣 …」"), format!("write `if {name}, deduct …`")))
        }
        _ => base.help(Text::new(
            format!("写成「{name} 比 … 每低 … 扣 …」"),
            format!("write `for each … that {name} is below … deduct …`"),
        )),
    }
}

pub(crate) fn wants_list(place: Place, name: &str) -> Diagnostic {
    finding(
        Code::R0103,
        place,
        format!("这里要一份清单，「{name}」不是"),
        format!("a list is needed here, and `{name}` is none"),
    )
    .help(Text::new(
        "「其中」和「同一」只能用于清单的记录",
        "`where` and `counting the same` work on the rows of a list",
    ))
}

pub(crate) fn list_is_no_value(place: Place, list: &str, language: Language) -> Diagnostic {
    finding(
        Code::R0103,
        place,
        format!("「{list}」是一份清单，不是一个值"),
        format!("`{list}` is a list, not a value"),
    )
    .help(Text::new(
        format!("记录的条数写「件数({list})」"),
        format!("for how many rows there are write `count({list})`"),
    ))
    .fix(
        Text::new("取记录的条数", "count its rows"),
        place,
        format!("{}({list})", word(language, "件数", "count")),
    )
}

pub(crate) fn which_field(place: Place, list: &str) -> Diagnostic {
    finding(
        Code::R0103,
        place,
        format!("没有说明取清单「{list}」的哪一个字段"),
        format!("which field of `{list}`?"),
    )
    .help(Text::new(format!("写成「({list} 的 字段)」"), format!("write `({list} 's field)`")))
}

pub(crate) fn list_in_list(place: Place) -> Diagnostic {
    finding(Code::R0109, place, "清单的字段不能又是清单", "a field of a list cannot be a list itself")
}

pub(crate) fn wrong_key(place: Place, words: &str, subject: &Type) -> Diagnostic {
    let (zh, en) = kind(subject);
    finding(
        Code::R0103,
        place,
        format!("表按{zh}查，「{words}」不能作一行的条件"),
        format!("the table looks up {en}; `{words}` cannot be a row of it"),
    )
}

pub(crate) fn wrong_limit(place: Place, words: &str, wanted: &Type) -> Diagnostic {
    let (zh, en) = kind(wanted);
    finding(
        Code::R0104,
        place,
        format!("这里填的是{zh}，范围不能写「{words}」"),
        format!("this is {en}; its range cannot be written `{words}`"),
    )
}

pub(crate) fn number_of_percent(place: Place) -> Diagnostic {
    finding(Code::R0109, place, "百分比不写作「数量 %」", "a percentage is not written `number %`").help(
        Text::new("类型写「百分比」，填报时带百分号", "let its type be `percent`; it is given with its sign"),
    )
}

pub(crate) fn sample_of_no_count(place: Place) -> Diagnostic {
    finding(Code::R0109, place, "只有次数可以抽查", "only counts can be sampled")
}

pub(crate) fn sample_below_range(place: Place) -> Diagnostic {
    finding(
        Code::R0112,
        place,
        "抽查的数量比范围的下限还小，填什么都不合",
        "fewer are sampled than the range allows at least, so that no value fits",
    )
}

pub(crate) fn graded_asks_computed(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "谁参评只能由填报的证据决定，不能由算出来的值决定",
        "who is scored is decided by evidence alone, not by what is computed",
    )
}

pub(crate) fn wrong_default(place: Place, words: &str, wanted: &Type) -> Diagnostic {
    let (zh, en) = kind(wanted);
    finding(
        Code::R0103,
        place,
        format!("未填时的值应当是{zh}，「{words}」不合，或超出范围"),
        format!("the value where it is left out must be {en}; `{words}` does not fit or is out of range"),
    )
}

pub(crate) fn percent_for_points(place: Place, number: &str, language: Language) -> Diagnostic {
    finding(
        Code::R0111,
        place,
        format!("百分比相差要用百分点：{number}% 会被读成「某数的 {number}%」"),
        format!("percentages differ by percentage points: {number}% would be a part of something"),
    )
    .fix(
        Text::new(format!("改为 {number}个百分点"), format!("write {number} pp")),
        place,
        format!("{number}{}", word(language, "个百分点", " pp")),
    )
}

pub(crate) fn division_by_zero(place: Place, words: &str) -> Diagnostic {
    finding(
        Code::R0110,
        place,
        format!("「{words}」可能为零，不能作除数"),
        format!("`{words}` can be nothing, and nothing can be divided by it"),
    )
    .help(Text::new(
        format!("写成「若 {words} = 0 则 … 否则 …」"),
        format!("write `if {words} = 0 then … else …`"),
    ))
}

/// The mean, largest or smallest of rows of which there may be none.
pub(crate) fn no_rows_in_reach(place: Place, list: &str, condition: Option<&str>) -> Diagnostic {
    let (zh, en) = condition.map_or_else(Default::default, |c| (format!(" 其中 {c}"), format!(" where {c}")));
    finding(
        Code::R0110,
        place,
        format!("「{list}」可能没有这样的记录，算不出来"),
        format!("there may be no such row of `{list}`, and nothing comes of none"),
    )
    .help(Text::new(
        format!("写成「若 件数({list}{zh}) > 0 则 … 否则 …」，或在填报中「核对 件数({list}{zh}) > 0」"),
        format!(
            "write `if count({list}{en}) > 0 then … else …`, or `verify count({list}{en}) > 0` in the evidence"
        ),
    ))
}

pub(crate) fn step_not_positive(place: Place) -> Diagnostic {
    finding(Code::R0112, place, "步长要大于零", "a step must be more than nothing")
}

pub(crate) fn unrounded(place: Place, name: &str, language: Language) -> Diagnostic {
    finding(
        Code::R0112,
        place,
        format!("「{name}」可能除不尽，须写明怎样取整"),
        format!("`{name}` may be no finite decimal: say how it is rounded"),
    )
    .fix(
        Text::new("四舍五入到 0.01", "round half up to 0.01"),
        insertion(place, place.span.end),
        word(language, " 四舍五入 到 0.01分", " rounded to 0.01 points"),
    )
}

/// Where the head has no total that could say how it is rounded.
pub(crate) fn total_unrounded(place: Place) -> Diagnostic {
    finding(
        Code::R0112,
        place,
        "「总分」可能除不尽，须写明怎样取整",
        "the total may be no finite decimal: say how it is rounded",
    )
    .help(Text::new(
        "在这里面写「满分 …分,四舍五入 到 0.01分」",
        "write `total … points, rounded to 0.01 points` in it",
    ))
}

pub(crate) fn graded_asks_graded(place: Place, name: &str) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        format!("「{name}」只由参评单位填报，不能用来决定谁参评"),
        format!("`{name}` is given by the scored units only, so it cannot decide who is scored"),
    )
}

/// A number as shown in messages: with its unit, percentages as percentages.
pub(crate) fn shown(value: &Exact, unit: Option<Unit>) -> (String, String) {
    let shown = if units::hundredths(unit) { value * &Exact::from_int(100) } else { value.clone() };
    let (zh, en) = units::names(unit);
    match unit {
        None => (shown.to_string(), shown.to_string()),
        Some(units::PERCENT) => (format!("{shown}%"), format!("{shown}%")),
        Some(units::DATE) => {
            let day = value.to_i64().and_then(|d| i32::try_from(d).ok()).map(rubric_base::date::iso);
            (day.clone().unwrap_or_default(), day.unwrap_or_default())
        }
        Some(units::TIME) => {
            let seconds =
                (value * &Exact::from_int(60)).to_i64().map(rubric_base::time::iso).unwrap_or_default();
            (seconds.clone(), seconds)
        }
        Some(_) => (format!("{shown}{zh}"), format!("{shown} {en}")),
    }
}

pub(crate) fn no_arithmetic_with_dates(place: Place) -> Diagnostic {
    finding(
        Code::R0104,
        place,
        "日期、时间不能这样计算",
        "days and times of day cannot be computed with like this",
    )
    .help(Text::new(
        "日期可以加减天数，时间可以加减分钟；两个日期、两个时间可以相减",
        "a day may have days added or taken off, a time of day minutes; two of a kind may be subtracted",
    ))
}

pub(crate) fn wrong_direction(place: Place, timed: bool) -> Diagnostic {
    if timed {
        return finding(
            Code::R0104,
            place,
            "日期、时间没有高低多少，只有早晚",
            "a day or a time of day is not higher or more, it is later or earlier",
        )
        .help(Text::new(
            "写「每晚 10分钟」或「每早 1天」",
            "write `for each 10 minutes that … is later than …` or `… is earlier than …`",
        ));
    }
    finding(Code::R0104, place, "只有日期、时间才有早晚", "only a day or a time of day is later or earlier")
        .help(Text::new(
            "写「每高」「每低」「每多」或「每少」",
            "write `is above`, `is below`, `exceeds` or `is short of`",
        ))
}

pub(crate) fn wants_date(place: Place, words: &str, found: &Type) -> Diagnostic {
    let (zh, en) = kind(found);
    finding(
        Code::R0103,
        place,
        format!("这里要一个日期，「{words}」却是{zh}"),
        format!("a date is needed here, but `{words}` is {en}"),
    )
}

pub(crate) fn wants_days(place: Place, words: &str) -> Diagnostic {
    finding(Code::R0104, place, format!("「{words}」不是天数"), format!("`{words}` is not a number of days"))
        .help(Text::new("写「10天」或「10个工作日」", "write `10 days` or `10 workdays`"))
}

pub(crate) fn no_direction(place: Place, name: &str) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        format!("「{name}」不是数，谈不上越高越好或越低越好"),
        format!("`{name}` is no number: neither higher nor lower is better"),
    )
    .fix(Text::new("删去", "remove it"), place, "")
}

pub(crate) fn direction_of_a_field(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "清单的字段不能写越高越好或越低越好：一份清单有许多条记录",
        "a field of a list has no better direction: a list has many entries",
    )
    .fix(Text::new("删去", "remove it"), place, "")
}
