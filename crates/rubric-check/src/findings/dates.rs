//! Calendars and working days.

use rubric_base::{Code, Diagnostic, Place, Text, date};

use super::finding;

pub(crate) fn no_calendar(place: Place) -> Diagnostic {
    finding(
        Code::R0702,
        place,
        "计算工作日要有日历",
        "working days cannot be counted without a calendar",
    )
    .help(Text::new(
        "加上「日历 { 年份 2024; 工作日 周一 至 周五; 放假 …; 上班 … }」，或「日历 \"文件\"」",
        "add `calendar { years 2024; workdays Monday to Friday; closed …; open … }`, or `calendar \"file\"`",
    ))
}

pub(crate) fn no_years(place: Place) -> Diagnostic {
    finding(Code::R0701, place, "日历没有写年份", "the calendar does not say its years")
        .help(Text::new("加上「年份 2024」", "add `years 2024`"))
}

pub(crate) fn no_week(place: Place) -> Diagnostic {
    finding(
        Code::R0701,
        place,
        "日历没有写每周哪几天上班",
        "the calendar does not say on which days of the week people work",
    )
    .help(Text::new("加上「工作日 周一 至 周五」", "add `workdays Monday to Friday`"))
}

pub(crate) fn bad_years(place: Place) -> Diagnostic {
    finding(
        Code::R0701,
        place,
        "年份应为 1 至 9999 的整数，前一个不晚于后一个，各段相连",
        "years are whole, from 1 to 9999, the first not after the last, without a gap between stretches",
    )
}

pub(crate) fn outside_years(place: Place, day: i32) -> Diagnostic {
    let day = date::iso(day);
    finding(
        Code::R0701,
        place,
        format!("{day} 不在日历的年份内"),
        format!("{day} lies outside the years of the calendar"),
    )
}

pub(crate) fn both_ways(place: Place, day: i32, other: Place) -> Diagnostic {
    let day = date::iso(day);
    finding(Code::R0701, place, format!("{day} 既写放假又写上班"), format!("{day} is both closed and open"))
        .label(other, Text::new("这里说的相反", "here it is the other way"))
}

pub(crate) fn turned_round(place: Place) -> Diagnostic {
    finding(Code::R0701, place, "前一日晚于后一日", "the first day is after the last")
}

pub(crate) fn calendars_disagree(place: Place, day: i32, other: Place) -> Diagnostic {
    let day = date::iso(day);
    finding(
        Code::R0701,
        place,
        format!("两个日历对 {day} 是否上班说法不一"),
        format!("two calendars disagree on whether {day} is a working day"),
    )
    .label(other, Text::new("另一个日历", "the other calendar"))
}
