//! Results as a table: a line for each unit.

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, CellAlignment, Table};
use rubric_base::Language;

use crate::view::{NodeView, Shown, UnitView, View};

fn word(language: Language, zh: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

fn left(text: &str) -> Cell {
    Cell::new(text)
}

fn right(text: &str) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

/// The sections at the top, or the clauses asked for; without points there is nothing to show.
fn column(node: &NodeView, clauses: &[String]) -> bool {
    let wanted = if clauses.is_empty() { node.top } else { clauses.contains(&node.number) };
    wanted && (node.points.is_some() || node.score.is_some() || node.requirement.is_some())
}

fn heading(unit: &UnitView, clauses: &[String], language: Language) -> Vec<Cell> {
    let mut cells = vec![left(word(language, "单位", "unit"))];
    if unit.total.is_some() {
        cells.push(right(word(language, "总分", "total")));
    }
    if unit.rank.is_some() {
        cells.push(right(word(language, "排名", "rank")));
    }
    if unit.grade.is_some() {
        cells.push(left(word(language, "等级", "grade")));
    }
    let nodes = unit.nodes.iter().filter(|n| column(n, clauses));
    cells.extend(nodes.map(|n| right(format!("{} {}", n.number, n.title).trim())));
    cells.extend(unit.outputs.iter().map(|(name, value)| match value {
        Shown::Decimal(_) | Shown::Place(_) => right(name),
        Shown::Flag(_) | Shown::Text(_) => left(name),
    }));
    cells
}

fn node_cell(node: &NodeView, language: Language) -> Cell {
    match (&node.score, node.requirement) {
        (Some(score), _) => right(score),
        (None, Some(true)) => right(word(language, "达标", "met")),
        (None, Some(false)) => right(word(language, "未达标", "not met")),
        (None, None) => right(""),
    }
}

fn row(unit: &UnitView, clauses: &[String], language: Language) -> Vec<Cell> {
    let mut cells = vec![left(&unit.id)];
    cells.extend(unit.total.as_deref().map(right));
    cells.extend(unit.rank.map(|rank| right(&rank.to_string())));
    cells.extend(unit.grade.as_deref().map(left));
    cells.extend(unit.nodes.iter().filter(|n| column(n, clauses)).map(|n| node_cell(n, language)));
    cells.extend(unit.outputs.iter().map(|(_, value)| match value {
        Shown::Decimal(text) => right(text),
        Shown::Place(place) => right(&place.to_string()),
        Shown::Flag(true) => left(word(language, "是", "yes")),
        Shown::Flag(false) => left(word(language, "否", "no")),
        Shown::Text(text) => left(text),
    }));
    cells
}

/// The units in their order; `clauses` names the columns of points, else the sections at the top.
///
/// All units of a rubric declare the same things, so the first one gives the heading.
#[must_use]
pub fn table(view: &View, clauses: &[String], language: Language) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    if let Some(first) = view.units.first() {
        table.set_header(heading(first, clauses, language));
    }
    for unit in &view.units {
        table.add_row(row(unit, clauses, language));
    }
    format!("{table}\n")
}
