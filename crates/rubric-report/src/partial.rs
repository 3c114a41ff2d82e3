//! What can still come out while evidence is missing, as JSON and for people.

use comfy_table::Table;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use rubric_base::Language;
use serde::Serialize;

/// Bounds of a number, as decimals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RangeView {
    /// No value is lower.
    pub low: String,
    /// No value is higher.
    pub high: String,
    /// Both are reached.
    pub exact: bool,
}

/// Bounds of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceView {
    /// The best.
    pub low: u64,
    /// The worst.
    pub high: u64,
    /// Both are reached.
    pub exact: bool,
}

/// What is still possible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PossibleView<T> {
    /// Nothing else is.
    pub possible: Vec<T>,
    /// Each is reached.
    pub exact: bool,
}

/// An output that may be open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum OpenView {
    /// A number.
    Number(RangeView),
    /// Yes or no.
    Flag(PossibleView<bool>),
    /// A text.
    Text(PossibleView<String>),
}

/// Evidence to collect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CollectView {
    /// Its name.
    pub evidence: String,
    /// The most points it can still move the total by.
    pub points: String,
    /// The clauses that read it.
    pub clauses: Vec<String>,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartialView {
    /// Its id.
    pub id: String,
    /// Whether it is scored is still open.
    pub maybe_scored: bool,
    /// Its total.
    pub total: Option<RangeView>,
    /// Its rank.
    pub rank: Option<PlaceView>,
    /// Its grades.
    pub grade: Option<PossibleView<String>>,
    /// By number, in written order.
    pub clauses: Vec<(String, RangeView)>,
    /// By number, in written order.
    pub requirements: Vec<(String, PossibleView<bool>)>,
    /// By name, in written order.
    pub outputs: Vec<(String, OpenView)>,
    /// What moves most first.
    pub collect: Vec<CollectView>,
}

/// Pairs as an object in their own order.
struct Pairs<'a, T>(&'a [(String, T)]);

impl<T: Serialize> Serialize for Pairs<'_, T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl Serialize for PartialView {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        if self.maybe_scored {
            map.serialize_entry("maybe_scored", &true)?;
        }
        if let Some(total) = &self.total {
            map.serialize_entry("total", total)?;
        }
        if let Some(rank) = &self.rank {
            map.serialize_entry("rank", rank)?;
        }
        if let Some(grade) = &self.grade {
            map.serialize_entry("grade", grade)?;
        }
        if !self.clauses.is_empty() {
            map.serialize_entry("clauses", &Pairs(&self.clauses))?;
        }
        if !self.requirements.is_empty() {
            map.serialize_entry("requirements", &Pairs(&self.requirements))?;
        }
        if !self.outputs.is_empty() {
            map.serialize_entry("outputs", &Pairs(&self.outputs))?;
        }
        map.serialize_entry("collect", &self.collect)?;
        map.end()
    }
}

#[derive(Serialize)]
struct Document<'a> {
    subjects: &'a [PartialView],
}

/// The result as JSON: `{"low","high","exact"}` in place of each number.
///
/// # Errors
/// Only if serialization fails, which plain data does not.
pub fn partial_json(units: &[PartialView]) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&Document { subjects: units }).map(|text| text + "\n")
}

fn say(language: Language, zh: String, en: String) -> String {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// A value that is settled stands alone; bounds that may not be reached say so.
fn range(low: &str, high: &str, exact: bool, language: Language) -> String {
    match (low == high, exact) {
        (true, _) => low.to_owned(),
        (false, true) => say(language, format!("{low} 至 {high}"), format!("{low} to {high}")),
        (false, false) => say(language, format!("不出 {low} 至 {high}"), format!("within {low} to {high}")),
    }
}

fn possible(possible: &PossibleView<String>, language: Language) -> String {
    let all = possible.possible.join(&say(language, "、".into(), ", ".into()));
    if possible.exact || possible.possible.len() < 2 {
        all
    } else {
        say(language, format!("不出 {all}"), format!("within {all}"))
    }
}

/// One line for each unit, with what to collect first.
#[must_use]
pub fn partial_table(units: &[PartialView], language: Language) -> String {
    let word = |zh: &str, en: &str| say(language, zh.to_owned(), en.to_owned());
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    table.set_header([
        word("单位", "unit"),
        word("总分", "total"),
        word("排名", "rank"),
        word("等级", "grade"),
        word("还缺", "missing"),
        word("先收集", "collect first"),
    ]);
    for unit in units {
        let total = unit.total.as_ref().map(|r| range(&r.low, &r.high, r.exact, language));
        let rank =
            unit.rank.as_ref().map(|r| range(&r.low.to_string(), &r.high.to_string(), r.exact, language));
        let first = unit.collect.first().map(|c| collect(c, language));
        table.add_row([
            unit.id.clone(),
            total.unwrap_or_default(),
            rank.unwrap_or_default(),
            unit.grade.as_ref().map(|g| possible(g, language)).unwrap_or_default(),
            unit.collect.len().to_string(),
            first.unwrap_or_default(),
        ]);
    }
    format!("{table}\n")
}

fn collect(collect: &CollectView, language: Language) -> String {
    let CollectView { evidence, points, clauses } = collect;
    let clauses = clauses.join(&say(language, "、".into(), ", ".into()));
    match (clauses.is_empty(), points == "0") {
        (true, _) => evidence.clone(),
        (false, true) => say(language, format!("{evidence}({clauses})"), format!("{evidence} ({clauses})")),
        (false, false) => say(
            language,
            format!("{evidence}（{clauses}）：至多影响 {points} 分"),
            format!("{evidence} ({clauses}): up to {points} points"),
        ),
    }
}

/// Every open clause of every unit, and all that is missing.
#[must_use]
pub fn partial_ledger(units: &[PartialView], language: Language) -> String {
    let mut out = String::new();
    for (i, unit) in units.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        ledger_of(unit, language, &mut out);
    }
    out
}

fn ledger_of(unit: &PartialView, language: Language, out: &mut String) {
    let mut facts = Vec::new();
    if let Some(r) = &unit.total {
        let shown = range(&r.low, &r.high, r.exact, language);
        facts.push(say(language, format!("总分 {shown}"), format!("total {shown}")));
    }
    if let Some(r) = &unit.rank {
        let shown = range(&r.low.to_string(), &r.high.to_string(), r.exact, language);
        facts.push(say(language, format!("排名 {shown}"), format!("rank {shown}")));
    }
    if let Some(grade) = &unit.grade {
        let shown = possible(grade, language);
        facts.push(say(language, format!("等级 {shown}"), format!("grade {shown}")));
    }
    if unit.maybe_scored {
        facts.push(say(language, "是否参评未定".into(), "may not be scored".into()));
    }
    let facts = facts.join(&say(language, "，".into(), ", ".into()));
    out.push_str(format!("【{}】 {facts}", unit.id).trim_end());
    out.push('\n');
    for (number, r) in unit.clauses.iter().filter(|(_, r)| r.low != r.high) {
        let shown = range(&r.low, &r.high, r.exact, language);
        out.push_str(&format!("  {number} {shown}\n"));
    }
    for (number, met) in unit.requirements.iter().filter(|(_, p)| p.possible.len() > 1) {
        let _ = met;
        out.push_str(&say(
            language,
            format!("  {number} 是否达标未定\n"),
            format!("  {number} still open\n"),
        ));
    }
    if unit.collect.is_empty() {
        return;
    }
    out.push_str(&say(language, "  还缺：\n".into(), "  still missing:\n".into()));
    for missing in &unit.collect {
        out.push_str(&format!("    {}\n", collect(missing, language)));
    }
}
