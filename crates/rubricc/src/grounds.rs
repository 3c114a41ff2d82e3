//! The evidence behind a line of a ledger: names, values, and where they were written.

use rubric_base::Place;
use rubric_eval::{Entry, Reason};
use rubric_program::{Column, EvidenceId, EvidenceType, Expr, ExprKind, RecordRow, Rule, RuleKind, When};
use rubric_report::view::Ground;

use crate::account::Account;
use crate::written::{unit_of_evidence, value};

/// The row that an entry is about first, then what else its rule rests on.
pub fn of(account: Account<'_>, unit: usize, rule: Option<&Rule>, entry: &Entry) -> Vec<Ground> {
    let row = own_row(account, unit, rule, &entry.reason);
    // The places of whole lists stand among those of single values, which are known by name.
    let mut rest: Vec<Place> = entry.places.clone();
    if let Some(at) = row.iter().find_map(|g| g.places.first()) {
        rest.retain(|place| place != at);
    }
    let mut grounds: Vec<Ground> = row.into_iter().collect();
    let mut names: Vec<EvidenceId> = entry.units_of.iter().filter_map(|(n, _)| named(account, n)).collect();
    if let Some(RuleKind::Table { subject, .. }) = rule.map(|r| &r.kind) {
        names.extend(ranked(account, subject).filter(|id| !names.contains(id)));
    }
    let mut lists = Vec::new();
    for id in names {
        match account.dataset.columns.get(id.0) {
            Some(Column::Scalars(_)) => {
                let ground = scalar(account, unit, id);
                rest.retain(|place| ground.as_ref().is_none_or(|g| !g.places.contains(place)));
                grounds.extend(ground);
            }
            Some(Column::Lists(_)) => lists.push(id),
            None => {}
        }
    }
    for id in lists {
        grounds
            .extend(whole(account, unit, id).map(|text| Ground { text, places: std::mem::take(&mut rest) }));
    }
    grounds
}

/// What a condition rests on, by way of named values too.
pub fn of_condition(account: Account<'_>, unit: usize, condition: &Expr) -> Vec<Ground> {
    let names = names(account, &[condition]);
    let ground = |id: &EvidenceId| match account.dataset.columns.get(id.0)? {
        Column::Scalars(_) => scalar(account, unit, *id),
        Column::Lists(_) => whole(account, unit, *id).map(|text| Ground { text, places: Vec::new() }),
    };
    names.iter().filter_map(ground).collect()
}

/// The evidence that conditions ask, by way of named values too.
pub fn names(account: Account<'_>, conditions: &[&Expr]) -> Vec<EvidenceId> {
    let mut names: Vec<EvidenceId> = Vec::new();
    conditions.iter().for_each(|condition| gather(account, condition, &mut names, 0));
    names
}

/// Definitions are acyclic; the depth is bounded all the same.
fn gather(account: Account<'_>, expr: &Expr, names: &mut Vec<EvidenceId>, depth: usize) {
    expr.visit(&mut |inner| match &inner.kind {
        ExprKind::Evidence(id) | ExprKind::Absent(id) | ExprKind::Rows { list: id, .. }
            if !names.contains(id) =>
        {
            names.push(*id);
        }
        ExprKind::Let(id) if depth < 40 => {
            if let Some(named) = account.program.lets.get(id.0) {
                gather(account, &named.value, names, depth + 1);
            }
        }
        _ => {}
    });
}

fn named(account: Account<'_>, name: &str) -> Option<EvidenceId> {
    account.program.evidence.iter().position(|e| e.name == name).map(EvidenceId)
}

/// The evidence that a ranking compares.
fn ranked(account: Account<'_>, subject: &Expr) -> Option<EvidenceId> {
    let ExprKind::Place(id) = subject.kind else { return None };
    match account.program.places.get(id.0)?.order.key.kind {
        ExprKind::Evidence(id) => Some(id),
        _ => None,
    }
}

fn scalar(account: Account<'_>, unit: usize, id: EvidenceId) -> Option<Ground> {
    let declared = account.program.evidence.get(id.0)?;
    let Some(Column::Scalars(cells)) = account.dataset.columns.get(id.0) else { return None };
    let cell = cells.get(unit)?;
    let shown = value(cell.value.as_ref()?, unit_of_evidence(&declared.ty), account.language);
    Some(Ground { text: format!("{} = {shown}", declared.name), places: cell.place.into_iter().collect() })
}

fn rows<'a>(account: Account<'a>, unit: usize, id: EvidenceId) -> Option<&'a [RecordRow]> {
    match account.dataset.columns.get(id.0)? {
        Column::Lists(lists) => lists.get(unit)?.as_deref(),
        Column::Scalars(_) => None,
    }
}

fn whole(account: Account<'_>, unit: usize, id: EvidenceId) -> Option<String> {
    let name = &account.program.evidence.get(id.0)?.name;
    let number = rows(account, unit, id)?.len();
    let s = if number == 1 { "" } else { "s" };
    Some(account.say(&format!("{name} 共 {number} 条"), &format!("{name}: {number} row{s}")))
}

/// The row of a list that an entry is about, with its fields.
fn own_row(account: Account<'_>, unit: usize, rule: Option<&Rule>, reason: &Reason) -> Option<Ground> {
    let Reason::Row { row, .. } = reason else { return None };
    let RuleKind::Simple { when: When::EachRow { list, .. }, .. } = &rule?.kind else { return None };
    let declared = account.program.evidence.get(list.0)?;
    let EvidenceType::List { fields, .. } = &declared.ty else { return None };
    let written = rows(account, unit, *list)?.get(*row)?;
    let cells = fields.iter().zip(&written.cells).filter_map(|(field, cell)| {
        let shown = value(cell.value.as_ref()?, unit_of_evidence(&field.ty), account.language);
        Some(format!("{} = {shown}", field.name))
    });
    let cells = cells.collect::<Vec<_>>().join(&account.say("、", ", "));
    let (name, number) = (&declared.name, row + 1);
    let head = account.say(&format!("{name} 第 {number} 条"), &format!("{name}, row {number}"));
    let text = account.say(&format!("{head}：{cells}"), &format!("{head}: {cells}"));
    Some(Ground { text, places: written.place.into_iter().collect() })
}
