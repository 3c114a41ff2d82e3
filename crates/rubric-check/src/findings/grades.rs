//! Grades.

use rubric_base::near::nearest;
use rubric_base::{Code, Diagnostic, Place, Text};

use super::{finding, listed, rather};

pub(crate) fn unknown(place: Place, name: &str, known: &[String]) -> Diagnostic {
    let (zh, en) = listed(known);
    let base = finding(
        Code::R0402,
        place,
        format!("等级中没有「{name}」"),
        format!("`{name}` is none of the grades"),
    )
    .help(Text::new(format!("等级有：{zh}"), format!("the grades are: {en}")));
    match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => rather(base, place, near),
        None => base,
    }
}

pub(crate) fn may_end_without(place: Place) -> Diagnostic {
    finding(Code::R0401, place, "有的单位最后可能没有等级", "a unit may end without a grade")
        .help(Text::new("在最后加上「其余 定为 …」", "end the steps with `otherwise give …`"))
}

pub(crate) fn falls_off(place: Place, name: &str) -> Diagnostic {
    finding(
        Code::R0401,
        place,
        format!("「{name}」已是最后一等，再降就没有等级了"),
        format!("`{name}` is the last grade: there is none to fall to"),
    )
    .help(Text::new(format!("写明「{name} 降为 …」"), format!("say `{name} falls to …`")))
}

pub(crate) fn how_many(place: Place) -> Diagnostic {
    finding(
        Code::R0112,
        place,
        "降几等要写大于零的整数",
        "the grade falls by a whole number of grades, at least one",
    )
}
