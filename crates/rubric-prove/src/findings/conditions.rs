//! R0902: a condition that always holds, or never.

use rubric_base::{Code, Text};
use rubric_partial::Values;
use rubric_program::{EvidenceId, Expr, ExprKind, GradeStep, Rule, RuleKind, When};

use super::{Finder, finding};
use crate::same::{self, Bound};

pub(super) fn find(finder: &mut Finder<'_>) {
    let program = finder.program;
    for node in &program.nodes {
        node.rules.iter().for_each(|rule| self::rule(finder, rule));
        if let Some(not) = &node.not_applicable {
            condition(finder, &not.condition, None);
        }
        node.start.iter().chain(&node.weight).for_each(|e| within(finder, e, None));
    }
    for named in program.lets.iter().chain(&program.outputs) {
        within(finder, &named.value, None);
    }
    let steps = program.grades.iter().flat_map(|g| &g.steps);
    for (step, _) in steps {
        match step {
            GradeStep::Give { condition: Some(c), .. }
            | GradeStep::Lower { condition: c, .. }
            | GradeStep::Change { condition: c, .. } => condition(finder, c, None),
            GradeStep::Veto { conditions, .. } => conditions.iter().for_each(|c| condition(finder, c, None)),
            _ => {}
        }
    }
}

fn rule(finder: &mut Finder<'_>, rule: &Rule) {
    match &rule.kind {
        RuleKind::Heaviest(members) => members.iter().for_each(|m| self::rule(finder, m)),
        RuleKind::Require { condition: c, .. } => condition(finder, c, None),
        RuleKind::Simple { when: When::If(c), .. } => condition(finder, c, None),
        // A rule of no clause is copied to each, where not every filter can hold: what it does is not the writer's.
        RuleKind::Simple { when: When::EachRow { list, filter: Some(filter), .. }, .. }
            if rule.span.contains(filter.span) && filter.span != rule.span =>
        {
            condition(finder, filter, Some(*list));
        }
        _ => {}
    }
    let row = match &rule.kind {
        RuleKind::Simple { when: When::EachRow { list, .. }, .. } => Some(*list),
        _ => None,
    };
    match &rule.kind {
        RuleKind::Heaviest(_) | RuleKind::Require { .. } => {}
        _ => rule.visit(&mut |part| choice(finder, part, row)),
    }
}

/// The conditions of choices within an expression.
fn within(finder: &mut Finder<'_>, expr: &Expr, list: Option<EvidenceId>) {
    expr.visit(&mut |part| choice(finder, part, list));
}

fn choice(finder: &mut Finder<'_>, part: &Expr, list: Option<EvidenceId>) {
    match &part.kind {
        ExprKind::If(c, ..) => condition(finder, c, if c.reads_row() { list } else { None }),
        ExprKind::Rows { list, filter: Some(filter), .. } => condition(finder, filter, Some(*list)),
        _ => {}
    }
}

/// Reports the smallest part of a condition that settles it. What may be left out settles nothing.
fn condition(finder: &mut Finder<'_>, expr: &Expr, list: Option<EvidenceId>) {
    if let ExprKind::And(parts) | ExprKind::Or(parts) = &expr.kind {
        let and = matches!(expr.kind, ExprKind::And(_));
        if let Some((a, b)) = clash(parts, and) {
            let (zh, en) = words(!and);
            let diagnostic = finding(Code::R0902, finder.place(expr.span), zh, en)
                .label(finder.place(a.span), both(and, true))
                .label(finder.place(b.span), both(and, false))
                .help(way_out());
            finder.report(diagnostic);
            return;
        }
        parts.iter().for_each(|part| condition(finder, part, list));
        return;
    }
    if let ExprKind::Not(inner) = &expr.kind {
        return condition(finder, inner, list);
    }
    if !asks(finder, expr) {
        return;
    }
    let values = match list {
        Some(list) if expr.reads_row() => finder.bounds.values_on_row(list, expr),
        _ => finder.bounds.values(expr),
    };
    let Values::Flags { yes, no } = values else { return };
    if yes == no {
        return;
    }
    let (zh, en) = words(yes);
    let mut diagnostic = finding(Code::R0902, finder.place(expr.span), zh, en).help(way_out());
    if let Some(text) = because(finder, expr, list) {
        diagnostic = diagnostic.here(text);
    }
    finder.report(diagnostic);
}

/// Whether a condition compares something; a flag by itself, and what grades or imported results come to, say nothing
/// that is proved here.
fn asks(finder: &Finder<'_>, expr: &Expr) -> bool {
    let mut other = false;
    expr.visit(&mut |part| {
        other |= matches!(
            part.kind,
            ExprKind::Grade | ExprKind::Imported(..) | ExprKind::Rank | ExprKind::Place(_)
        );
    });
    let optional = crate::reads::Reads::of(finder.program, expr)
        .evidence
        .iter()
        .any(|id| finder.program.evidence.get(id.0).is_some_and(|e| e.optional));
    let compares = matches!(expr.kind, ExprKind::Compare(..) | ExprKind::Between(..) | ExprKind::Flag(_));
    compares && !other && !optional
}

fn words(always: bool) -> (&'static str, &'static str) {
    if always {
        ("这个条件永远成立", "this condition always holds")
    } else {
        ("这个条件永远不成立", "this condition never holds")
    }
}

fn way_out() -> Text {
    Text::new(
        "检查数字、单位和比较的方向；若证据的范围写窄了，改「填报」中的范围",
        "look at the number, its unit and the direction of the comparison; or widen the range declared for the evidence",
    )
}

fn both(and: bool, first: bool) -> Text {
    match (and, first) {
        (true, true) => Text::new("这一半", "this half"),
        (true, false) => Text::new("与这一半不能同时成立", "cannot hold together with this one"),
        (false, true) => Text::new("这一半", "this half"),
        (false, false) => Text::new("与这一半合起来什么都包括了", "and this one leave nothing out"),
    }
}

/// What the compared value can be.
fn because(finder: &Finder<'_>, expr: &Expr, list: Option<EvidenceId>) -> Option<Text> {
    let (ExprKind::Compare(_, a, _) | ExprKind::Between(a, ..)) = &expr.kind else { return None };
    let subject = match (&expr.kind, &a.kind) {
        (ExprKind::Compare(_, _, b), ExprKind::Number(_)) => b,
        _ => a,
    };
    let values = match list {
        Some(list) if subject.reads_row() => finder.bounds.values_on_row(list, subject),
        _ => finder.bounds.values(subject),
    };
    let Values::Numbers(low, high) = values else { return None };
    let unit = match &subject.ty {
        rubric_program::Type::Number(unit) => *unit,
        _ => None,
    };
    let shown = |n, language| crate::written::number(n, unit, language);
    let (zh, en) = (rubric_base::Language::Zh, rubric_base::Language::En);
    Some(Text::new(
        format!("能取的值是 {} 至 {}", shown(&low, zh), shown(&high, zh)),
        format!("it can be {} to {}", shown(&low, en), shown(&high, en)),
    ))
}

/// Two comparisons of the same value with numbers that exclude each other (`且`), or leave nothing out (`或`).
fn clash(parts: &[Expr], and: bool) -> Option<(&Expr, &Expr)> {
    let bounds: Vec<(&Expr, Bound<'_>)> = parts.iter().filter_map(|p| Some((p, same::bound(p)?))).collect();
    // Few parts stand in one condition; of very many the first are looked at.
    let few = || bounds.iter().take(64);
    for (i, (x, a)) in few().enumerate() {
        for (y, b) in few().skip(i + 1) {
            if a.below == b.below || !same::expr(a.of, b.of) {
                continue;
            }
            let (upper, lower) = if a.below { (a, b) } else { (b, a) };
            let apart = if and {
                upper.limit < lower.limit || (upper.limit == lower.limit && !(upper.with && lower.with))
            } else {
                upper.limit > lower.limit || (upper.limit == lower.limit && (upper.with || lower.with))
            };
            if apart {
                return Some((x, y));
            }
        }
    }
    None
}
