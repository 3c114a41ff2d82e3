//! Evaluation: a checked program and evidence in, scores and their reasons out.
//!
//! Each step of [`Program::steps`] is done for every unit before the next begins. A score is worked out
//! without its ledger, the ledger by replaying the rules; the two must agree or the run fails. What is
//! missing stays unknown and is never taken for nothing.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod aggregate;
mod applies;
mod behind;
mod clamp;
pub mod examples;
mod expression;
mod grading;
mod imports;
mod node;
pub mod outcome;
mod quotas;
mod ranking;
mod rules;
mod state;
mod stop;
mod tables;
#[cfg(test)]
mod tests;
mod verify;
mod workdays;

use rubric_program::{Dataset, Exact, Expr, ExprKind, NodeId, Population, Program, RuleId, Step};

use crate::applies::Applies;
use crate::expression::Scope;
use crate::state::{Slot, State, at, slot};
use crate::stop::{Eval, Gap, settle};

pub use outcome::{
    Absorbed, AbsorbedBy, Entry, Fault, FaultKind, GradeMove, Missed, NodeLedger, Outcome, Reason,
    UnitOutcome,
};
pub use stop::{EvalError, EvalErrorKind};

/// How much to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Scores, ranks, grades and outputs.
    ScoresOnly,
    /// Also how each score came about.
    WithLedger,
}

/// Scores every unit.
///
/// # Errors
/// Where the program is not what the checker lets through, such as a division by nothing.
pub fn evaluate(program: &Program, data: &Dataset, mode: Mode) -> Result<Outcome, EvalError> {
    let mut state = State::new(program, data);
    if let Some(graded) = &program.graded {
        // Where it is not known (an example need not say), the unit is one that somebody wants scored.
        let flags = each(&state, |scope| scope.flag(graded))?;
        state.graded = flags.into_iter().map(|flag| flag.unwrap_or(true)).collect();
    }
    imports::run(program, &mut state)?;
    let everybody = compares_everybody(program);
    for step in &program.steps {
        let unused = matches!(step, Step::Let(_) | Step::Node(_) | Step::Total | Step::Output(_));
        state.scored_only = unused && !everybody;
        run(&mut state, *step, mode)?;
    }
    state.scored_only = false;
    verify::all(&state)?;
    Ok(outcome(&state))
}

/// Whether some place among all units goes by more than their evidence: then what is computed for units that are not
/// scored matters too.
fn compares_everybody(program: &Program) -> bool {
    let computed = |expr: &Expr| {
        let kind = &expr.kind;
        matches!(kind, ExprKind::Let(_) | ExprKind::Score(_) | ExprKind::Total | ExprKind::Output(_))
    };
    program.places.iter().filter(|p| p.population == Population::All).any(|place| {
        let mut found = false;
        place.order.key.visit(&mut |expr| found |= computed(expr));
        found
    })
}

fn run(state: &mut State<'_>, step: Step, mode: Mode) -> Result<(), EvalError> {
    let program = state.program;
    match step {
        Step::Columns(id) => {
            let rows = verify::columns(state, id)?;
            state.columns.insert(id, rows);
        }
        Step::Let(id) => {
            if let Some(named) = program.lets.get(id.0) {
                let column = each(state, |scope| scope.eval(&named.value))?;
                put(&mut state.lets, id.0, column);
            }
        }
        Step::Output(id) => {
            if let Some(named) = program.outputs.get(id.0) {
                let column = each(state, |scope| scope.eval(&named.value))?;
                put(&mut state.outputs, id.0, column);
            }
        }
        Step::Place(id) => {
            if let Some(place) = program.places.get(id.0) {
                let keys = std::slice::from_ref(&place.order);
                let column =
                    ranking::places(state, keys, place.population == Population::Graded, place.ties)?;
                put(&mut state.places, id.0, column);
            }
        }
        Step::Node(id) => (0..state.data.units.len()).try_for_each(|unit| visit(state, id, unit, mode))?,
        Step::Total => {
            state.total = each(state, node::total)?;
            if mode == Mode::WithLedger {
                state.parts = (0..state.data.units.len())
                    .map(|unit| settle(clamp::total(Scope::new(state, unit))).map(Result::unwrap_or_default))
                    .collect::<Result<_, _>>()?;
            }
        }
        Step::Ranking => {
            if let Some(ranking) = &program.ranking {
                state.rank = ranking::places(state, &ranking.keys, true, ranking.ties)?;
            }
        }
        Step::Grades => {
            if let Some(grades) = &program.grades {
                grading::grades(state, grades)?;
            }
        }
    }
    Ok(())
}

/// One node of one unit: requirements, score, ledger.
fn visit(state: &mut State<'_>, id: NodeId, unit: usize, mode: Mode) -> Result<(), EvalError> {
    let Some(node) = state.program.nodes.get(id.0) else { return Ok(()) };
    let scope = Scope::new(state, unit);
    let mut fired: Vec<RuleId> = Vec::new();
    let applies = settle(applies::to(scope, id))?;
    let (mut met, mut ledger, mut score) = (Err(Gap::Missing), None, Err(Gap::Missing));
    match applies {
        Ok(Applies::Wholly) => {
            met = node::requirements(scope, node, &mut fired)?;
            if state.scored(id) {
                score = settle(node::score(scope, node, &mut fired))?;
                if let (Ok(score), Mode::WithLedger) = (&score, mode) {
                    ledger = settle(clamp::ledger(scope, id, node, score.clone()))?.ok();
                }
            }
        }
        Ok(Applies::AsFull) => {
            met = if state.required.get(id.0) == Some(&true) { Ok(true) } else { met };
            if let (Some(points), true) = (&node.points, state.scored(id)) {
                score = Ok(points.clone());
                ledger = (mode == Mode::WithLedger).then(|| clamp::not_applicable(id, node, points));
            }
        }
        Ok(Applies::Not) | Err(_) => {}
    }
    let left_out = applies == Ok(Applies::Not);
    if ledger.as_ref().is_some_and(|l| !clamp::adds_up(l)) {
        return Err(state.error(unit, node.span, EvalErrorKind::LedgerMismatch));
    }
    if let Some(flag) = state.left_out.get_mut(id.0).and_then(|n| n.get_mut(unit)) {
        *flag = left_out;
    }
    store(&mut state.nodes, id, unit, score);
    store(&mut state.requirements, id, unit, met);
    if let Some(flags) = state.fired.get_mut(unit) {
        fired.iter().for_each(|rule| flags.get_mut(rule.0).into_iter().for_each(|flag| *flag = true));
    }
    if let Some(ledgers) = state.ledger.get_mut(unit) {
        ledgers.extend(ledger);
    }
    Ok(())
}

/// A column: the same for every unit.
fn each<'a, T>(
    state: &State<'a>,
    value: impl Fn(Scope<'_, 'a>) -> Eval<T>,
) -> Result<Vec<Slot<T>>, EvalError> {
    (0..state.data.units.len()).map(|unit| settle(value(Scope::new(state, unit)))).collect()
}

fn put<T>(columns: &mut [Vec<Slot<T>>], thing: usize, column: Vec<Slot<T>>) {
    if let Some(place) = columns.get_mut(thing) {
        *place = column;
    }
}

fn store<T>(columns: &mut [Vec<Slot<T>>], node: NodeId, unit: usize, value: Slot<T>) {
    if let Some(place) = columns.get_mut(node.0).and_then(|column| column.get_mut(unit)) {
        *place = value;
    }
}

/// The scored units' columns, turned into rows.
fn outcome(state: &State<'_>) -> Outcome {
    let names = state.program.grades.as_ref().map(|g| g.names.as_slice()).unwrap_or_default();
    let scored = state.data.units.iter().enumerate().filter(|(index, _)| state.is_graded(*index));
    let units = scored.map(|(index, unit)| UnitOutcome {
        index,
        id: unit.id.clone(),
        total: at(&state.total, index).ok(),
        rank: at(&state.rank, index).ok().map(|share| share.place),
        grade: at(&state.grade, index).ok().and_then(|g| names.get(g)).map(|g| g.name.clone()),
        grade_moves: state.grade_moves.get(index).cloned().unwrap_or_default(),
        nodes: row::<Exact>(&state.nodes, index),
        requirements: row(&state.requirements, index),
        outputs: row(&state.outputs, index),
        lets: row(&state.lets, index),
        left_out: state.left_out.iter().map(|n| n.get(index).copied().unwrap_or(false)).collect(),
        parts: state.parts.get(index).cloned().unwrap_or_default(),
        ledger: state.ledger.get(index).cloned().unwrap_or_default(),
        fired: state.fired.get(index).cloned().unwrap_or_default(),
    });
    Outcome { units: units.collect(), faults: state.faults.take() }
}

fn row<T: Clone>(columns: &[Vec<Slot<T>>], unit: usize) -> Vec<Option<T>> {
    (0..columns.len()).map(|thing| slot(columns, thing, unit).ok()).collect()
}
