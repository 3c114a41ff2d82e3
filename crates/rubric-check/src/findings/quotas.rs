//! Quotas of grades.

use rubric_base::{Code, Diagnostic, Language, Place, Text};

use super::{finding, insertion, word};

pub(crate) fn ties_unruled(place: Place) -> Diagnostic {
    finding(
        Code::R0304,
        place,
        "名额没有写并列时怎样办",
        "the quota does not say what happens to equals that do not all fit",
    )
    .help(Text::new(
        "写「并列 全让」（都不入选）或「并列 取优」（都入选）",
        "write `ties all miss out` or `ties share the better` (all get in)",
    ))
}

pub(crate) fn odd_ties(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "名额的并列只能「全让」或「取优」",
        "for a quota ties either `all miss out` or `share the better`",
    )
}

pub(crate) fn lose_places(place: Place) -> Diagnostic {
    finding(Code::R0109, place, "「全让」只用于名额", "`all miss out` is for quotas only")
        .help(Text::new("名次写「并列 取优」或「并列 取劣」", "places share the better or the worse"))
}

/// `at`: where the rounding can be put in.
pub(crate) fn whole_unruled(place: Place, at: u32, language: Language) -> Diagnostic {
    let end = insertion(place, at);
    finding(
        Code::R0403,
        place,
        "按比例的名额没有写怎样取整",
        "a quota by share does not say how it becomes whole",
    )
    .help(Text::new(
        "12 个单位的 20% 是 2.4 名，要写明算 2 名还是 3 名",
        "20% of 12 units are 2.4 places: say whether 2 or 3",
    ))
    .fix(Text::new("向下取整", "round down"), end, word(language, ",向下取整", ", rounded down"))
    .fix(Text::new("四舍五入", "round half up"), end, word(language, ",四舍五入", ", rounded"))
    .fix(Text::new("向上取整", "round up"), end, word(language, ",向上取整", ", rounded up"))
}

pub(crate) fn population_unruled(place: Place) -> Diagnostic {
    finding(
        Code::R0403,
        place,
        "按比例的名额没有写按哪些单位计算",
        "a quota by share does not say whom the share is taken of",
    )
    .help(Text::new("加上「于 参评单位」或「于 …」", "add `among graded subjects` or `among …`"))
}

pub(crate) fn number_needs_neither(place: Place) -> Diagnostic {
    finding(
        Code::R0403,
        place,
        "写明几名的名额，不再写「于 …」和取整",
        "a quota of a number has no population and is not rounded",
    )
    .fix(Text::new("删去", "remove it"), place, "")
}

pub(crate) fn varies(place: Place) -> Diagnostic {
    finding(
        Code::R0403,
        place,
        "不分组的名额要写成一个确定的数",
        "a quota of all units together must be one fixed number",
    )
    .help(Text::new("分组的名额写「每「…」至多 …」", "a quota by group is `for each … at most …`"))
}

pub(crate) fn limit_kind(place: Place) -> Diagnostic {
    finding(
        Code::R0403,
        place,
        "名额要写成几名（整数），或百分比",
        "a quota is a whole number of places, or a percentage",
    )
}

pub(crate) fn share_by_group(place: Place) -> Diagnostic {
    finding(Code::R0403, place, "按比例的名额不能再分组", "a quota by share cannot be by group as well")
}

pub(crate) fn before_grades(place: Place) -> Diagnostic {
    finding(Code::R0401, place, "到这一步，有的单位还没有等级", "at this step a unit may still have no grade")
        .help(Text::new("把「其余 定为 …」放到名额之前", "put `otherwise give …` before the quota"))
}

pub(crate) fn group_kind(place: Place, name: &str) -> Diagnostic {
    finding(
        Code::R0103,
        place,
        format!("「{name}」不能用来分组：要文本、选项或数"),
        format!("`{name}` cannot form groups: a text, a choice or a number can"),
    )
}
