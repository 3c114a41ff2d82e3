//! Imported rubrics.

use rubric_base::{Code, Diagnostic, Place, Text};

use super::finding;
use crate::files::Unread;

pub(crate) fn unread(place: Place, unread: &Unread) -> Diagnostic {
    finding(unread.code, place, unread.why.zh.clone(), unread.why.en.clone())
}

pub(crate) fn not_read(place: Place, path: &str) -> Diagnostic {
    finding(Code::R0801, place, format!("读不到「{path}」"), format!("`{path}` cannot be read")).help(
        Text::new(
            "路径从本文件所在的文件夹算起，用 rubricc 命令检查",
            "the path is relative to this file; check with the rubricc command",
        ),
    )
}

pub(crate) fn other_subjects(place: Place, own: Option<&str>, theirs: Option<&str>) -> Diagnostic {
    let (own, theirs) = (own.unwrap_or("—"), theirs.unwrap_or("—"));
    finding(
        Code::R0803,
        place,
        format!("引用的标准考核「{theirs}」，本标准考核「{own}」"),
        format!("the imported rubric scores `{theirs}`, this one scores `{own}`"),
    )
    .help(Text::new(
        "加上「按「…」」，写明哪一项证据填的是对方的编号",
        "add `by …`: the evidence that holds the id of its subject",
    ))
}

pub(crate) fn wants_text(place: Place, name: &str) -> Diagnostic {
    finding(
        Code::R0103,
        place,
        format!("「{name}」应为文本，才能存放对方的编号"),
        format!("`{name}` must be a text to hold the id of a subject"),
    )
}

pub(crate) fn lacks(place: Place, import: &str, what: (&str, &str)) -> Diagnostic {
    finding(
        Code::R0101,
        place,
        format!("引用的「{import}」没有{}", what.0),
        format!("the imported `{import}` has no {}", what.1),
    )
}

/// `A 的 名次` of evidence rather than of an imported result.
pub(crate) fn place_of_evidence(place: Place, name: &str) -> Diagnostic {
    finding(
        Code::R0101,
        place,
        format!("「{name}」是证据，没有写在哪些单位中排名次"),
        format!("`{name}` is evidence, and it is not said among which units it is ranked"),
    )
    .help(Text::new(
        format!("写「按 {name} 从高到低 在 全部单位 的 名次」，或「从低到高」「参评单位」"),
        format!("write `by {name}, highest first, among all subjects`, or `lowest first`, `graded subjects`"),
    ))
}

pub(crate) fn no_such_import(place: Place, name: &str) -> Diagnostic {
    finding(Code::R0101, place, format!("没有引用过「{name}」"), format!("nothing is imported as `{name}`"))
        .help(Text::new(
            format!("写上「引用 \"文件\" 作 {name}」"),
            format!("write `use \"file\" as {name}`"),
        ))
}
