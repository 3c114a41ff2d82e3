//! What can come out of a rubric: its ranges as a table and as JSON, and what it keeps as printed.

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, CellAlignment, Table};
use rubric_base::Language;
use serde::Serialize;

use crate::partial::{OpenView, PossibleView, RangeView};

/// What can come out of one rubric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The file.
    pub file: String,
    /// The title.
    pub title: String,
    /// The total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<RangeView>,
    /// Full marks, where declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// The grades that can be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grades: Option<PossibleView<String>>,
    /// In written order.
    pub nodes: Vec<NodeReport>,
    /// In written order.
    pub outputs: Vec<OutputReport>,
    /// What is kept as printed.
    pub as_printed: Vec<PrintedReport>,
}

/// A section or clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeReport {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// How deep it stands.
    #[serde(skip)]
    pub depth: usize,
    /// Its points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// Its score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<RangeView>,
    /// Whether its requirements can be met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement: Option<PossibleView<bool>>,
    /// Its rules.
    pub rules: Vec<RuleReport>,
}

/// A rule: signed points under its cap, before the limits of its clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleReport {
    /// Its line.
    pub line: usize,
    /// As written.
    pub text: String,
    /// What it does to the score.
    pub moves: RangeView,
    /// The least comes only of the largest number that can be written: evidence sets no limit of its own.
    #[serde(skip_serializing_if = "is_false")]
    pub unlimited: bool,
    /// It can end the clause at nothing.
    #[serde(skip_serializing_if = "is_false")]
    pub no_points: bool,
    /// It can end the clause at its full points.
    #[serde(skip_serializing_if = "is_false")]
    pub full_points: bool,
}

/// An output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutputReport {
    /// Its name.
    pub name: String,
    /// What it can be; absent for any text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<OpenView>,
}

/// A finding that is kept as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintedReport {
    /// Its code.
    pub code: String,
    /// Its line.
    pub line: usize,
    /// What it says.
    pub message: String,
    /// Why it is kept.
    pub reason: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
const fn is_false(value: &bool) -> bool {
    !*value
}

const fn word(language: Language, zh: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

fn right(text: &str) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

const fn surety(exact: bool, language: Language) -> &'static str {
    if exact { word(language, "确切", "exact") } else { word(language, "界限", "bound") }
}

fn signed(number: &str) -> String {
    match number.strip_prefix('-') {
        Some(size) => format!("−{size}"),
        None if number == "0" => number.to_owned(),
        None => format!("+{number}"),
    }
}

fn plain(number: &str) -> String {
    number.strip_prefix('-').map_or_else(|| number.to_owned(), |size| format!("−{size}"))
}

/// A line of the table: what, its points, lowest, highest, whether they are reached.
type Line = (String, String, String, String, &'static str);

/// The table of one rubric, and below it what it keeps as printed.
#[must_use]
pub fn report(report: &Report, language: Language) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    table.set_header([
        Cell::new(word(language, "条款与规则", "clauses and rules")),
        right(word(language, "分值", "points")),
        right(word(language, "最低", "lowest")),
        right(word(language, "最高", "highest")),
        Cell::new(word(language, "性质", "reached")),
    ]);
    let mut lines: Vec<Line> = Vec::new();
    if let Some(total) = &report.total {
        lines.push(score(word(language, "总分", "total"), report.points.as_deref(), total, language));
    }
    for node in &report.nodes {
        of_node(node, language, &mut lines);
    }
    let others = report.outputs.iter().filter_map(|o| Some((o.name.as_str(), o.value.as_ref()?)));
    lines.extend(others.map(|(name, value)| output(name, value, language)));
    for (what, points, low, high, reached) in lines {
        table.add_row([Cell::new(what), right(&points), right(&low), right(&high), Cell::new(reached)]);
    }
    let mut text = format!("{} {}\n{table}\n", report.file, report.title);
    if let Some(grades) = &report.grades {
        let names = grades.possible.join(word(language, "、", ", "));
        let surety = surety(grades.exact, language);
        text.push_str(&match language {
            Language::Zh => format!("能得到的等级：{names}（{surety}）\n"),
            Language::En => format!("grades that can be given: {names} ({surety})\n"),
        });
    }
    for kept in &report.as_printed {
        text.push_str(&printed(kept, language));
    }
    text
}

fn of_node(node: &NodeReport, language: Language, lines: &mut Vec<Line>) {
    let indent = "  ".repeat(node.depth);
    let name = format!("{indent}{} {}", node.number, node.title);
    match (&node.score, &node.requirement) {
        (Some(range), _) => lines.push(score(&name, node.points.as_deref(), range, language)),
        (None, Some(met)) => {
            let met_word = |b: &bool| {
                if *b { word(language, "达标", "met") } else { word(language, "不达标", "not met") }
            };
            let shown: Vec<&str> = met.possible.iter().map(met_word).collect();
            let (high, low) = (shown.first().copied(), shown.last().copied());
            let text = |w: Option<&str>| w.unwrap_or_default().to_owned();
            lines.push((name, String::new(), text(low), text(high), surety(met.exact, language)));
        }
        (None, None) => return,
    }
    for rule in &node.rules {
        lines.push(of_rule(rule, &indent, language));
    }
}

fn of_rule(rule: &RuleReport, indent: &str, language: Language) -> Line {
    let none = word(language, "不限", "no limit");
    let verdict = match (rule.no_points, rule.full_points) {
        (true, _) => Some(word(language, "不得分", "no points")),
        (_, true) => Some(word(language, "满分", "full")),
        _ => None,
    };
    let (mut low, mut high) = (signed(&rule.moves.low), signed(&rule.moves.high));
    if rule.unlimited {
        if rule.moves.low.starts_with('-') {
            none.clone_into(&mut low);
        } else {
            none.clone_into(&mut high);
        }
    }
    if let Some(verdict) = verdict {
        let end = if rule.no_points { &mut low } else { &mut high };
        verdict.clone_into(end);
    }
    let text = format!("{indent}  · {}", rule.text);
    (text, String::new(), low, high, surety(rule.moves.exact, language))
}

fn score(name: &str, points: Option<&str>, range: &RangeView, language: Language) -> Line {
    let points = points.unwrap_or_default().to_owned();
    (name.to_owned(), points, plain(&range.low), plain(&range.high), surety(range.exact, language))
}

fn output(name: &str, value: &OpenView, language: Language) -> Line {
    let (low, high, exact) = match value {
        OpenView::Number(range) => (plain(&range.low), plain(&range.high), range.exact),
        OpenView::Flag(flags) => {
            let shown =
                |b: &bool| if *b { word(language, "是", "yes") } else { word(language, "否", "no") };
            let all: Vec<&str> = flags.possible.iter().map(shown).collect();
            (
                all.last().copied().unwrap_or_default().to_owned(),
                all.first().copied().unwrap_or_default().to_owned(),
                flags.exact,
            )
        }
        OpenView::Text(texts) => {
            (String::new(), texts.possible.join(word(language, "、", ", ")), texts.exact)
        }
    };
    (name.to_owned(), String::new(), low, high, surety(exact, language))
}

fn printed(kept: &PrintedReport, language: Language) -> String {
    let PrintedReport { code, line, message, reason } = kept;
    match language {
        Language::Zh => format!("照原文 {code}（第 {line} 行）：{message}。理由：{reason}\n"),
        Language::En => format!("as printed {code} (line {line}): {message}. Reason: {reason}\n"),
    }
}
