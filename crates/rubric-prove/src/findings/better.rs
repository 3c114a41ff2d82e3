//! R0908: a score that falls when evidence gets better.
//!
//! Which way is better is declared (`越高越好`), or plain from the rules: what is counted to take points off is better
//! fewer, what earns points is better more. Evidence whose every use is such a plain rule, all of one mind, cannot go
//! wrong and is not looked at. For the others the evaluator is run along their values while all else stays as it is: a
//! finding is two runs, and says both.

use rubric_base::{Code, Language, Span, Text};
use rubric_program::{
    Better, Comparison, Effect, EvidenceId, Exact, Expr, ExprKind, NodeId, Program, Rule, RuleKind, Value,
    When,
};

use super::{Finder, finding, leaves, name};
use crate::cases::{self, Given};
use crate::claims::{Claim, Evidence};
use crate::reads::Reads;
use crate::written;

/// The most values of one evidence along which it is followed.
const MOST_VALUES: usize = 24;
/// The most evidence that is followed.
const MOST_EVIDENCE: usize = 32;

/// What rules say of one evidence.
#[derive(Debug, Clone, Default)]
struct Votes {
    /// Plain rules by which more is better, and by which less is: where the first of them stands.
    higher: Option<Span>,
    lower: Option<Span>,
    /// How often it is read otherwise.
    other: usize,
}

pub(super) fn find(finder: &mut Finder<'_>) {
    let program = finder.program;
    let votes = votes(program);
    let readers = program.readers();
    let mut followed = 0;
    for (index, (evidence, votes)) in program.evidence.iter().zip(&votes).enumerate() {
        let id = EvidenceId(index);
        let inferred = match (&votes.higher, &votes.lower) {
            (Some(_), None) => Some(Better::Higher),
            (None, Some(_)) => Some(Better::Lower),
            _ => None,
        };
        let Some(better) = evidence.better.or(inferred) else { continue };
        let agreed = evidence.better.is_none_or(|b| inferred.is_none_or(|i| i == b));
        let torn = votes.higher.is_some() && votes.lower.is_some();
        if (votes.other == 0 && agreed && !torn) || followed >= MOST_EVIDENCE {
            continue;
        }
        followed += 1;
        let why = if evidence.better.is_some() {
            evidence.span
        } else {
            votes.higher.or(votes.lower).unwrap_or(evidence.span)
        };
        for node in readers.get(index).into_iter().flatten() {
            follow(finder, id, better, *node, why);
        }
    }
}

/// Runs along the values of one evidence, and reports the first step at which a clause loses by what is better.
fn follow<'a>(finder: &mut Finder<'a>, id: EvidenceId, better: Better, node: NodeId, why: Span) {
    let program = finder.program;
    let (Some(declared), Some(clause)) = (program.evidence.get(id.0), program.nodes.get(node.0)) else {
        return;
    };
    let Some((range, _)) = cases::number(&declared.ty) else { return };
    let reads = Reads::of_node(program, clause);
    if reads.others {
        return;
    }
    let mut values: Vec<Exact> = finder
        .trials
        .cases
        .get(id.0)
        .into_iter()
        .flat_map(|c| &c.all)
        .filter_map(|given| if let Given::One(Value::Number(n)) = given { Some(n.clone()) } else { None })
        .collect();
    values.retain(|n| range.allows(n));
    values.sort();
    if values.len() > MOST_VALUES {
        // Of very many some from end to end.
        let every = values.len().div_ceil(MOST_VALUES);
        values = values.into_iter().step_by(every).collect();
    }
    if better == Better::Lower {
        values.reverse();
    }
    let rests = rests(finder, id, &reads);
    let mut runs: Vec<(Evidence, Option<Claim>)> = Vec::new();
    let mut lengths = Vec::new();
    for rest in rests {
        let before = runs.len();
        for value in &values {
            let mut evidence: Evidence = vec![(id, Given::One(Value::Number(value.clone())))];
            evidence.extend(rest.iter().cloned());
            let claim = finder.claims.add(&evidence);
            runs.push((evidence, claim));
        }
        lengths.push(runs.len() - before);
    }
    let (place, why) = (finder.place(clause.span), finder.place(why));
    let (zh, en) = name(clause);
    let declared_here = declared.better.is_some();
    finder.pending.push(Box::new(move |answers| {
        let mut all = runs.as_slice();
        for length in lengths {
            let (line, others) = all.split_at_checked(length)?;
            all = others;
            for pair in line.windows(2) {
                let [(worse, a), (good, b)] = pair else { continue };
                let (Some(x), Some(y)) = (answers.score(*a, node), answers.score(*b, node)) else { continue };
                if y < x {
                    let (from, to) = (written::evidence(program, worse), written::evidence(program, good));
                    let points = |n: &Exact, l| written::number(n, Some("points"), l);
                    let (way_zh, way_en) = match better {
                        Better::Higher => ("越高越好", "higher is better"),
                        Better::Lower => ("越低越好", "lower is better"),
                    };
                    let because = if declared_here {
                        Text::new(format!("声明了{way_zh}"), format!("declared: {way_en}"))
                    } else {
                        Text::new(format!("由这条规则看，{way_zh}"), format!("by this rule {way_en}"))
                    };
                    return Some(
                        finding(
                            Code::R0908,
                            place,
                            format!(
                                "{zh}方向反了：{} 得 {}，变好到 {} 却只得 {}",
                                from.zh, points(&x, Language::Zh), to.zh, points(&y, Language::Zh)
                            ),
                            format!(
                                "{en} goes the wrong way: {} gives {}, but the better {} only {}",
                                from.en, points(&x, Language::En), to.en, points(&y, Language::En)
                            ),
                        )
                        .label(why, because)
                        .help(Text::new(
                            "检查规则的方向、分数和界限；若原文如此，写「照原文 R0908 \"理由\"」",
                            "look at the direction, the points and the limits; if the source prints it so, write `as printed R0908 \"reason\"`",
                        )),
                    );
                }
            }
        }
        None
    }));
}

/// What else the clause reads, at its first cases and at its last.
fn rests(finder: &Finder<'_>, id: EvidenceId, reads: &Reads) -> Vec<Evidence> {
    let others: Vec<EvidenceId> = reads.evidence.iter().copied().filter(|e| *e != id).collect();
    if others.is_empty() {
        return vec![Vec::new()];
    }
    let at = |last: bool| -> Evidence {
        let case = |e: &EvidenceId| {
            let all = &finder.trials.cases.get(e.0)?.all;
            let given = if last { all.last() } else { all.first() };
            Some((*e, given?.clone()))
        };
        others.iter().filter_map(case).collect()
    };
    vec![at(false), at(true)]
}

/// What all rules say of all evidence.
fn votes(program: &Program) -> Vec<Votes> {
    let mut all = vec![Votes::default(); program.evidence.len()];
    let count = |expr: &Expr, all: &mut Vec<Votes>| {
        for id in Reads::of(program, expr).evidence {
            all.get_mut(id.0).into_iter().for_each(|v| v.other += 1);
        }
    };
    for node in &program.nodes {
        let mut rules: Vec<&Rule> = Vec::new();
        leaves(&node.rules, &mut rules);
        for rule in rules {
            let plain = plain(rule);
            if let Some((id, higher)) = plain {
                let vote = all.get_mut(id.0);
                vote.into_iter().for_each(|v| {
                    let slot = if higher { &mut v.higher } else { &mut v.lower };
                    slot.get_or_insert(rule.span);
                });
            }
            if plain.is_none() && !matches!(rule.kind, RuleKind::Require { .. }) {
                rule.visit(&mut |part| {
                    if matches!(part.kind, ExprKind::Evidence(_) | ExprKind::Let(_) | ExprKind::Output(_)) {
                        count(part, &mut all);
                    }
                });
            }
        }
        node.start.iter().for_each(|start| count(start, &mut all));
    }
    all
}

/// The evidence of a plain rule, and whether more of it is better.
fn plain(rule: &Rule) -> Option<(EvidenceId, bool)> {
    let own = |expr: &Expr| if let ExprKind::Evidence(id) = expr.kind { Some(id) } else { None };
    let RuleKind::Simple { when, effect, otherwise: None } = &rule.kind else { return None };
    let fixed = match effect {
        Effect::Deduct(points) | Effect::Award(points) => matches!(points.kind, ExprKind::Number(_)),
        Effect::NoPoints | Effect::FullPoints => true,
    };
    let good = matches!(effect, Effect::Award(_) | Effect::FullPoints);
    match when {
        When::Always => match effect {
            Effect::Award(points) | Effect::Deduct(points) => Some((own(points)?, good)),
            _ => None,
        },
        When::Each(count) if fixed => Some((own(count)?, good)),
        When::Steps { value, limit, below, .. } if fixed && matches!(limit.kind, ExprKind::Number(_)) => {
            Some((own(value)?, *below != good))
        }
        When::If(Expr { kind: ExprKind::Compare(op, a, b), .. }) if fixed => {
            let (id, above) = match (&a.kind, &b.kind) {
                (ExprKind::Evidence(id), ExprKind::Number(_)) => (*id, true),
                (ExprKind::Number(_), ExprKind::Evidence(id)) => (*id, false),
                _ => return None,
            };
            let high = match op {
                Comparison::Greater | Comparison::GreaterOrEqual => above,
                Comparison::Less | Comparison::LessOrEqual => !above,
                Comparison::Equal | Comparison::NotEqual => return None,
            };
            Some((id, high == good))
        }
        _ => None,
    }
}
