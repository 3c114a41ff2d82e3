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

/// Which of the optional columns any unit fills: a unit outside the order of merit has no rank, the others do.
struct Columns {
    total: bool,
    rank: bool,
    grade: bool,
}

impl Columns {
    fn of(units: &[UnitView]) -> Self {
        Self {
            total: units.iter().any(|u| u.total.is_some()),
            rank: units.iter().any(|u| u.rank.is_some()),
            grade: units.iter().any(|u| u.grade.is_some()),
        }
    }
}

/// The name and the alignment of each output that any unit has, in the order of the rubric.
fn outputs(units: &[UnitView]) -> Vec<(&str, bool)> {
    let mut found: Vec<(&str, bool)> = Vec::new();
    for unit in units {
        let mut at = 0;
        for (name, value) in &unit.outputs {
            match found.iter().position(|(n, _)| n == name) {
                Some(place) => at = place + 1,
                None => {
                    let number = matches!(value, Shown::Decimal(_) | Shown::Place(_));
                    found.insert(at, (name, number));
                    at += 1;
                }
            }
        }
    }
    found
}

fn heading(view: &View, columns: &Columns, clauses: &[String], language: Language) -> Vec<Cell> {
    let mut cells = vec![left(word(language, "单位", "unit"))];
    if columns.total {
        cells.push(right(word(language, "总分", "total")));
    }
    if columns.rank {
        cells.push(right(word(language, "排名", "rank")));
    }
    if columns.grade {
        cells.push(left(word(language, "等级", "grade")));
    }
    let nodes = view.units.first().into_iter().flat_map(|u| &u.nodes).filter(|n| column(n, clauses));
    cells.extend(nodes.map(|n| right(format!("{} {}", n.number, n.title).trim())));
    let named = outputs(&view.units);
    cells.extend(named.iter().map(|(name, number)| if *number { right(name) } else { left(name) }));
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

fn output_cell(value: Option<&Shown>, language: Language) -> Cell {
    match value {
        Some(Shown::Decimal(text)) => right(text),
        Some(Shown::Place(place)) => right(&place.to_string()),
        Some(Shown::Flag(true)) => left(word(language, "是", "yes")),
        Some(Shown::Flag(false)) => left(word(language, "否", "no")),
        Some(Shown::Text(text)) => left(text),
        None => left(""),
    }
}

fn row(
    unit: &UnitView,
    columns: &Columns,
    named: &[(&str, bool)],
    clauses: &[String],
    language: Language,
) -> Vec<Cell> {
    let mut cells = vec![left(&unit.id)];
    if columns.total {
        cells.push(right(unit.total.as_deref().unwrap_or_default()));
    }
    if columns.rank {
        cells.push(right(&unit.rank.map(|rank| rank.to_string()).unwrap_or_default()));
    }
    if columns.grade {
        cells.push(left(unit.grade.as_deref().unwrap_or_default()));
    }
    cells.extend(unit.nodes.iter().filter(|n| column(n, clauses)).map(|n| node_cell(n, language)));
    let value = |name: &str| unit.outputs.iter().find(|(n, _)| n == name).map(|(_, value)| value);
    cells.extend(named.iter().map(|(name, _)| output_cell(value(name), language)));
    cells
}

/// The units in their order; `clauses` names the columns of points, else the sections at the top.
#[must_use]
pub fn table(view: &View, clauses: &[String], language: Language) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    let columns = Columns::of(&view.units);
    let named = outputs(&view.units);
    table.set_header(heading(view, &columns, clauses, language));
    for unit in &view.units {
        table.add_row(row(unit, &columns, &named, clauses, language));
    }
    format!("{table}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_where_any_unit_fills_them() {
        let node = |score: Option<&str>| NodeView {
            number: "1".into(),
            title: "服务".into(),
            top: true,
            points: Some("10".into()),
            score: score.map(str::to_owned),
            ..NodeView::default()
        };
        let unranked = UnitView { id: "甲".into(), nodes: vec![node(None)], ..UnitView::default() };
        let ranked = UnitView {
            id: "乙镇".into(),
            total: Some("9.5".into()),
            rank: Some(1),
            nodes: vec![node(Some("9.5"))],
            outputs: vec![("加分".into(), Shown::Flag(true))],
            ..UnitView::default()
        };
        let view = View { title: String::new(), units: vec![unranked, ranked] };
        let text = table(&view, &[], Language::Zh);
        let want = "\
┌──────┬──────┬──────┬────────┬──────┐
│ 单位 ┆ 总分 ┆ 排名 ┆ 1 服务 ┆ 加分 │
╞══════╪══════╪══════╪════════╪══════╡
│ 甲   ┆      ┆      ┆        ┆      │
│ 乙镇 ┆  9.5 ┆    1 ┆    9.5 ┆ 是   │
└──────┴──────┴──────┴────────┴──────┘
";
        assert_eq!(text, want);
    }
}
