//! `照原文`.

use rubric_base::{Code, Diagnostic, Place, Text};

use super::finding;

pub(crate) fn no_such_code(place: Place, written: &str) -> Diagnostic {
    let known = Code::ALL.iter().map(|c| c.name());
    let base = finding(
        Code::R0101,
        place,
        format!("没有 {written} 这个代码"),
        format!("there is no code {written}"),
    );
    match rubric_base::near::nearest(written, known) {
        Some(near) => base.fix(Text::new(format!("改为 {near}"), format!("write {near}")), place, near),
        None => base,
    }
}

pub(crate) fn not_needed(place: Place, code: &str) -> Diagnostic {
    finding(
        Code::R0601,
        place,
        format!("这里已没有 {code} 可以照原文保留"),
        format!("there is no {code} here to keep as printed"),
    )
    .fix(Text::new("删去", "remove it"), place, "")
}

pub(crate) fn stays_an_error(place: Place, code: Code) -> Diagnostic {
    finding(
        Code::R0602,
        place,
        format!("{code} 是错误，不能降低：有错误的标准无法评分"),
        format!("{code} is an error and stays one: a rubric with an error cannot be scored by"),
    )
    .fix(Text::new("删去", "remove it"), place, "")
}

pub(crate) fn only_warnings(place: Place, code: Code) -> Diagnostic {
    finding(
        Code::R0602,
        place,
        format!("{code} 是错误，不能照原文放过"),
        format!("{code} is an error; `as printed` keeps warnings only"),
    )
}
