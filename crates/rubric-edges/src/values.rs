//! Values worth an example: just below, on and just above each number with which a rule compares.

use rubric_program::{
    Effect, EvidenceId, EvidenceType, Exact, Expr, ExprKind, Field, Literal, NodeId, NumberRange, Program,
    Rule, RuleKind, When,
};
use rubric_prove::{Edges, grain};

/// Most values of one evidence: of more, those at both ends of the list.
const MOST: usize = 15;
/// Most choices that are gone through, and most different rows of a list.
const MOST_CHOICES: usize = 8;
/// The longest list that is written.
const LONGEST: usize = 6;

/// The values of one evidence, in rising order; `None` is left out.
pub(super) fn of(program: &Program, node: NodeId, id: EvidenceId, edges: &Edges) -> Vec<Option<Literal>> {
    let Some(evidence) = program.evidence.get(id.0) else { return Vec::new() };
    let turns = edges.scalar(id).into_iter().chain(of_rules(program, node, id)).collect();
    let values = match &evidence.ty {
        EvidenceType::List { fields, most } => lists(id, fields, *most, edges),
        ty => scalar(ty, turns),
    };
    let mut values: Vec<Option<Literal>> = values.into_iter().map(Some).collect();
    if evidence.optional {
        values.push(None);
    }
    values
}

fn scalar(ty: &EvidenceType, turns: Vec<Exact>) -> Vec<Literal> {
    match ty {
        EvidenceType::Flag => vec![Literal::Flag(false), Literal::Flag(true)],
        EvidenceType::Choice(all) => all.iter().take(MOST_CHOICES).cloned().map(Literal::Text).collect(),
        EvidenceType::Clause(all) => all.iter().take(1).cloned().map(Literal::Text).collect(),
        EvidenceType::Text | EvidenceType::List { .. } => vec![Literal::Text("甲".to_owned())],
        EvidenceType::Count { range, .. }
        | EvidenceType::Number { range, .. }
        | EvidenceType::Percent { range, .. }
        | EvidenceType::Points { range, .. }
        | EvidenceType::Date { range }
        | EvidenceType::Time { range, .. } => {
            numbers(ty, range, turns).into_iter().map(Literal::Number).collect()
        }
    }
}

fn numbers(ty: &EvidenceType, range: &NumberRange, mut turns: Vec<Exact>) -> Vec<Exact> {
    let Some(grain) = grain(ty) else { return Vec::new() };
    if turns.is_empty() {
        // Nothing compares it: its ends, as far as people would write them.
        let ends = range.stretches.iter().flat_map(|(low, high)| [low.clone(), high.clone()]);
        turns.extend(ends.filter(|n| *n <= Exact::from_int(100)));
    }
    let mut all: Vec<Exact> = Vec::new();
    for turn in turns {
        let step = beside(ty, &turn).max(grain.clone());
        let (below, above) = (turn.floor_steps(&step) * &step, turn.ceil_steps(&step) * &step);
        all.extend([&below - &step, below, above.clone(), above + &step]);
    }
    all.retain(|n| range.allows(n));
    all.sort();
    all.dedup();
    if all.is_empty() {
        all.extend(range.low().cloned());
    }
    if all.len() > MOST {
        all.drain(MOST / 2..all.len() - MOST / 2);
    }
    all
}

/// How far beside a number its neighbours lie: one decimal finer than it is written.
fn beside(ty: &EvidenceType, turn: &Exact) -> Exact {
    let base = match ty {
        EvidenceType::Percent { .. } | EvidenceType::Number { unit: Some("pp"), .. } => 2,
        _ => 0,
    };
    let decimals = turn.decimals().unwrap_or(0).max(base) + 1;
    Exact::fixed(1, u8::try_from(decimals).unwrap_or(u8::MAX))
}

/// Where the rules of a node turn in the evidence itself: the first occurrence, the first step, and the occurrence at
/// which a limit of the rule is reached.
fn of_rules(program: &Program, node: NodeId, id: EvidenceId) -> Vec<Exact> {
    let mut turns = Vec::new();
    let rules = program.nodes.get(node.0).map(|n| n.rules.as_slice()).unwrap_or_default();
    rules.iter().for_each(|rule| of_rule(rule, id, &mut turns));
    turns
}

fn of_rule(rule: &Rule, id: EvidenceId, turns: &mut Vec<Exact>) {
    let is_it = |expr: &Expr| matches!(expr.kind, ExprKind::Evidence(other) if other == id);
    match &rule.kind {
        RuleKind::Heaviest(members) => members.iter().for_each(|member| of_rule(member, id, turns)),
        RuleKind::Simple { when: When::Each(count), effect, .. } if is_it(count) => {
            turns.push(Exact::ZERO);
            if let (Some(cap), Effect::Deduct(per) | Effect::Award(per)) = (&rule.cap, effect)
                && let (ExprKind::Number(cap), ExprKind::Number(per)) = (&cap.kind, &per.kind)
                && per.is_positive()
            {
                turns.push(cap.ceil_steps(per));
            }
        }
        RuleKind::Simple { when: When::Steps { value, limit, below, step, .. }, .. } if is_it(value) => {
            if let ExprKind::Number(limit) = &limit.kind {
                turns.push(limit.clone());
                turns.push(if *below { limit - step } else { limit + step });
            }
        }
        _ => {}
    }
}

/// No row; one of each kind; the same row twice; one of each kind together.
fn lists(id: EvidenceId, fields: &[Field], most: u64, edges: &Edges) -> Vec<Literal> {
    let most = usize::try_from(most).unwrap_or(usize::MAX).min(LONGEST);
    let mut rows: Vec<Vec<Option<Literal>>> = vec![Vec::new()];
    for (index, field) in fields.iter().enumerate() {
        let values: Vec<Option<Literal>> = match field.computed {
            Some(_) => vec![None],
            None => scalar(&field.ty, edges.field(id, index)).into_iter().map(Some).collect(),
        };
        // The first row has the first value of each field; the others differ from it in one field or two.
        let mut next: Vec<Vec<Option<Literal>>> = Vec::new();
        for row in &rows {
            for value in &values {
                let mut row = row.clone();
                row.push(value.clone());
                next.push(row);
            }
        }
        next.truncate(MOST_CHOICES);
        rows = next;
    }
    let mut all = vec![Literal::Rows(Vec::new())];
    if most > 0 {
        all.extend(rows.iter().map(|row| Literal::Rows(vec![row.clone()])));
    }
    if most > 1 {
        all.extend(rows.first().map(|row| Literal::Rows(vec![row.clone(), row.clone()])));
        all.extend(rows.last().map(|row| Literal::Rows(vec![row.clone(), row.clone()])));
    }
    if rows.len() > 1 && rows.len() <= most {
        all.push(Literal::Rows(rows));
    }
    all
}
