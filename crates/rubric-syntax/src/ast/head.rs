//! The head of a rubric, and what it takes from other files: imports and calendars.

use rubric_base::{Code, Level};
use rust_decimal::Decimal;

use super::{At, Name, Quantity, Quoted, Rounded};

/// `引用 "…" 作 A 按「F」`
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The file, relative to the one that imports it.
    pub path: Quoted,
    /// What it is called here.
    pub name: Name,
    /// The evidence that holds the id of its subject; the same subject where absent.
    pub by: Option<Name>,
    /// The whole.
    pub at: At,
}

/// `日历 { … }` or `日历 "…"`
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// The file it stands in, where it is not written here.
    pub path: Option<Quoted>,
    /// Its lines.
    pub entries: Vec<CalendarEntry>,
    /// The whole.
    pub at: At,
}

/// A line of a calendar.
#[derive(Debug, Clone, PartialEq)]
pub enum CalendarEntry {
    /// `年份 2004 至 2026`
    Years(Decimal, Option<Decimal>, At),
    /// `工作日 周一 至 周五`: days of the week, Monday is 0.
    Week(Vec<u8>, At),
    /// `放假 2012-04-30 至 2012-05-01、…`
    Off(Vec<(Quantity, Option<Quantity>)>),
    /// `上班 2012-04-28`
    On(Vec<(Quantity, Option<Quantity>)>),
}

/// The head of a rubric. Each entry may stand at most once; the checker says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// The title.
    pub title: Quoted,
    /// Its lines.
    pub entries: Vec<HeaderEntry>,
    /// The whole head.
    pub at: At,
}

/// A line of the head.
#[derive(Debug, Clone, PartialEq)]
pub enum HeaderEntry {
    /// `年度 2022`
    Year(Quantity),
    /// `依据 "…"`
    Source(Quoted),
    /// `说明 "…"`
    Description(Quoted),
    /// `考核对象 单位`
    Subjects(Name),
    /// `满分 100分[,四舍五入 到 0.01分]`
    Total(Quantity, Option<Rounded>),
    /// `检查 R0205 不报`
    Level(LevelSetting),
}

/// How grave a kind of finding is in a rubric.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelSetting {
    /// The code; `None` where there is no such code.
    pub code: Option<Code>,
    /// The code as written.
    pub written: Name,
    /// Its level; `None` for not told at all.
    pub level: Option<Level>,
    /// The whole.
    pub at: At,
}
