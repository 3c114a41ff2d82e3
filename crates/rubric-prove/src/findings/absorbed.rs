//! R0911, a note: from which occurrence on a deduction takes nothing any more.

use rubric_base::{Code, Text};
use rubric_program::{
    Effect, EvidenceId, EvidenceType, Exact, Expr, ExprKind, Node, NodeId, Rule, RuleKind, Value, When,
};

use super::{Finder, finding, name};
use crate::cases::Given;

pub(super) fn find(finder: &mut Finder<'_>, id: NodeId, node: &Node) {
    for rule in &node.rules {
        let Some((last, points, by_cap)) = last_that_counts(node, rule) else { continue };
        if most(finder, rule).is_some_and(|most| most > last) {
            note(finder, id, node, rule, (&last, &points, by_cap));
        }
    }
}

/// The occurrence that uses up what there is, how much that is, and whether it is the rule's own cap. Nothing where the
/// clause does not start full, so that it may have more to lose than its points.
fn last_that_counts(node: &Node, rule: &Rule) -> Option<(Exact, Exact, bool)> {
    let RuleKind::Simple { when, effect: Effect::Deduct(per), .. } = &rule.kind else { return None };
    if matches!(when, When::Always | When::If(_)) {
        return None;
    }
    let ExprKind::Number(per) = &per.kind else { return None };
    let starts_full = node.start.is_none() && (node.start_full || node.kind.outside());
    let top = if node.kind.outside() { node.ceiling.as_ref() } else { node.points.as_ref() };
    let own = node.floor.as_ref().filter(|_| starts_full).zip(top).map(|(floor, top)| top - floor);
    let own = own.filter(Exact::is_positive);
    let cap = rule
        .cap
        .as_ref()
        .and_then(|c| if let ExprKind::Number(n) = &c.kind { Some(n.clone()) } else { None });
    let (points, by_cap) = match (own, cap) {
        (Some(own), Some(cap)) if cap < own => (cap, true),
        (None, Some(cap)) => (cap, true),
        (own, _) => (own?, false),
    };
    per.is_positive().then(|| (points.ceil_steps(per), points, by_cap))
}

/// How often a rule can act.
fn most(finder: &Finder<'_>, rule: &Rule) -> Option<Exact> {
    let RuleKind::Simple { when, .. } = &rule.kind else { return None };
    match when {
        When::Each(count) => count.domain.as_ref().map(|d| d.high.clone()),
        When::EachRow { list, .. } => match finder.program.evidence.get(list.0).map(|e| &e.ty) {
            Some(EvidenceType::List { most, .. }) => Some(Exact::from(*most)),
            _ => None,
        },
        When::Steps { value, limit, below, step, .. } => {
            let (value, limit) = (value.domain.as_ref()?, limit.domain.as_ref()?);
            let farthest = if *below { &limit.high - &value.low } else { &value.high - &limit.low };
            Some(farthest.floor_steps(step))
        }
        When::Always | When::If(_) => None,
    }
}

/// Evidence of the first occurrence that takes nothing.
fn beyond(when: &When, next: &Exact) -> Option<(EvidenceId, Given)> {
    let own = |expr: &Expr| if let ExprKind::Evidence(id) = expr.kind { Some(id) } else { None };
    let (id, value) = match when {
        When::Each(count) => (own(count)?, next.clone()),
        When::Steps { value, limit, below, step, .. } => {
            let ExprKind::Number(limit) = &limit.kind else { return None };
            let far = next * step;
            (own(value)?, if *below { limit - &far } else { limit + &far })
        }
        _ => return None,
    };
    Some((id, Given::One(Value::Number(value))))
}

fn note(
    finder: &mut Finder<'_>,
    id: NodeId,
    node: &Node,
    rule: &Rule,
    (last, points, by_cap): (&Exact, &Exact, bool),
) {
    let RuleKind::Simple { when, .. } = &rule.kind else { return };
    let next = last + &Exact::ONE;
    let (time_zh, time_en) =
        if matches!(when, When::Steps { .. }) { ("步", "step") } else { ("次", "occurrence") };
    let (whole_zh, whole_en) = if by_cap {
        (format!("就到了这条规则的最高 {points} 分"), format!("reaches the most this rule takes, {points}"))
    } else {
        let (zh, en) = name(node);
        (format!("{zh}的 {points} 分就扣完了"), format!("uses up the {points} points of {en}"))
    };
    let base = finding(
        Code::R0911,
        finder.place(rule.span),
        format!("到第 {last} {time_zh}，{whole_zh}；从第 {next} {time_zh}起不再扣分"),
        format!("{time_en} {last} {whole_en}: from {time_en} {next} on nothing more is taken"),
    );
    let Some(given) = beyond(when, &next) else { return finder.report(base) };
    let Some(all) = finder.with_rest(node, given) else { return finder.report(base) };
    finder.show(all, move |answers, claim, shown| {
        Some(match answers.score(claim, id) {
            Some(score) => {
                let score = score.to_string().replace('-', "−");
                base.help(Text::new(
                    format!("例如 {}：得 {score} 分", shown.zh),
                    format!("for example {}: {score} points", shown.en),
                ))
            }
            None => base,
        })
    });
}
