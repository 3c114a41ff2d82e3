//! Why a unit has its grade: the steps that gave, changed or refused it, with what they rest on.

use rubric_base::Span;
use rubric_eval::GradeMove;
use rubric_program::{Exact, Expr, GradeStep};
use rubric_report::view::{GradeAct, GradeLine, MissedPlace};

use crate::account::Account;
use crate::grounds;

/// A step as a line; nothing if the rubric has no such step.
pub fn line(account: Account<'_>, unit: usize, moved: &GradeMove) -> Option<GradeLine> {
    let steps = &account.program.grades.as_ref()?.steps;
    let index = steps.iter().position(|(_, span)| *span == moved.step)?;
    let (step, _) = steps.get(index)?;
    let (act, asked) = asked(step, &moved.vetoed_by);
    let words: Vec<Span> = match act {
        GradeAct::Veto => asked.iter().map(|condition| condition.span).collect(),
        _ => moved.row.into_iter().collect(),
    };
    let name = |id: &rubric_program::EvidenceId| Some(account.program.evidence.get(id.0)?.name.clone());
    let names = grounds::names(account, &asked).iter().filter_map(name).collect();
    let mut evidence = Vec::new();
    for ground in asked.iter().flat_map(|condition| grounds::of_condition(account, unit, condition)) {
        if !evidence.contains(&ground) {
            evidence.push(ground);
        }
    }
    Some(GradeLine {
        act,
        number: index + 1,
        step: moved.step,
        words,
        conditions: moved.vetoed_by.iter().map(|i| i + 1).collect(),
        before: moved.before.clone(),
        grade: moved.grade.clone(),
        missed: moved.missed.as_ref().map(|m| MissedPlace {
            places: m.places.to_string(),
            reached: m.reached,
            equals: m.equals,
            tied: Exact::from(m.reached) <= m.places,
            group: m.group.clone(),
        }),
        names,
        evidence,
    })
}

/// What a step does, and what it asked: of a veto the conditions that hold.
fn asked<'a>(step: &'a GradeStep, vetoed_by: &[usize]) -> (GradeAct, Vec<&'a Expr>) {
    match step {
        GradeStep::Table(..) => (GradeAct::Give, Vec::new()),
        GradeStep::Give { condition, .. } => (GradeAct::Give, condition.iter().collect()),
        GradeStep::Lower { condition, .. } => (GradeAct::Lower, vec![condition]),
        GradeStep::Change { condition, .. } => (GradeAct::Change, vec![condition]),
        GradeStep::Veto { conditions, .. } => {
            (GradeAct::Veto, vetoed_by.iter().filter_map(|i| conditions.get(*i)).collect())
        }
        GradeStep::Quota(quota) => (GradeAct::Quota, quota.keys.iter().map(|order| &order.key).collect()),
    }
}
