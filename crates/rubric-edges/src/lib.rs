//! Examples at the boundaries of each rule, for the writer of a rubric to confirm.
//!
//! What comes out is what the evaluator gives, so such an example proves nothing until somebody has compared it with
//! the source. Each therefore stands under a comment, 「待核对」; who has compared it deletes the comment.
//!
//! Pure: a program and its text come in, examples and text go out. Absent on purpose: any judgement of the results.

mod bases;
mod others;
mod text;
mod values;

use std::collections::BTreeSet;

use rubric_eval::examples::{self, dataset};
use rubric_eval::{Mode, Outcome, evaluate};
use rubric_program::{
    EvidenceId, Example, ExampleUnit, Expectation, Given, Literal, NodeId, Program, Target, Value,
};
use rubric_prove::{Edges, Reads};

pub use text::{addition, unconfirmed, with_examples};

/// Examples at the boundaries of every section and clause that its own evidence decides, then of every place table;
/// those that the rubric has already are left out.
pub fn at_edges(program: &Program) -> Vec<Example> {
    let edges = Edges::of(program);
    let mut all: Vec<Example> = Vec::new();
    for (index, node) in program.nodes.iter().enumerate() {
        let reads = Reads::of_node(program, node);
        let id = NodeId(index);
        let found =
            if reads.others { others::of(program, id, &reads) } else { alone(program, id, &reads, &edges) };
        all.extend(found);
    }
    let same = |a: &Example, b: &Example| {
        let bare = |e: &Example| {
            let mut units: Vec<Vec<(EvidenceId, Literal)>> = e
                .units
                .iter()
                .map(|u| u.given.iter().map(|g| (g.evidence, g.value.clone())).collect())
                .collect();
            units.iter_mut().for_each(|u| u.sort_by_key(|(id, _)| *id));
            units
        };
        let targets = |e: &Example| e.expectations.iter().map(|x| x.target).collect::<Vec<_>>();
        bare(a) == bare(b) && targets(a).iter().all(|t| targets(b).contains(t))
    };
    all.retain(|new| !program.examples.iter().any(|old| same(new, old)));
    all
}

/// Each evidence of a node moved over its edges, the rest at its best.
fn alone(program: &Program, node: NodeId, reads: &Reads, edges: &Edges) -> Vec<Example> {
    let Some(target) = target(program, node) else { return Vec::new() };
    let choices: Vec<(EvidenceId, Vec<Option<Literal>>)> =
        reads.evidence.iter().map(|id| (*id, values::of(program, node, *id, edges))).collect();
    let base = bases::best(program, target, &choices);
    let mut units: Vec<ExampleUnit> = Vec::new();
    for (id, values) in &choices {
        for value in values {
            let mut unit = base.clone();
            put_value(&mut unit, *id, value.clone());
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
    }
    let Some((outcome, faulty)) = outcome(program, &units) else { return Vec::new() };
    let one = |(index, unit): (usize, ExampleUnit)| {
        let value = literal(examples::actual(&outcome, index, target)?)?;
        let sound = !faulty.contains(&index);
        let expectation = Expectation { unit: 0, target, value, span: unit.span };
        sound.then(|| Example {
            name: String::new(),
            span: unit.span,
            units: vec![unit],
            expectations: vec![expectation],
        })
    };
    units.into_iter().enumerate().filter_map(one).collect()
}

/// What is expected of a node: its score, or whether its requirements are met.
fn target(program: &Program, id: NodeId) -> Option<Target> {
    let node = program.nodes.get(id.0)?;
    if node.rules.is_empty() && node.start.is_none() {
        return None;
    }
    let asks = |rule: &rubric_program::Rule| {
        matches!(rule.kind, rubric_program::RuleKind::Require { advice: false, .. })
    };
    Some(if node.rules.iter().all(asks) { Target::Requirement(id) } else { Target::Node(id) })
}

/// Gives a unit a value, or leaves it out.
fn put_value(unit: &mut ExampleUnit, evidence: EvidenceId, value: Option<Literal>) {
    unit.given.retain(|g| g.evidence != evidence);
    let span = unit.span;
    unit.given.extend(value.map(|value| Given { evidence, value, span }));
    unit.given.sort_by_key(|g| g.evidence);
}

/// What comes out for units, and which of them have evidence that cannot be right; nothing where the run fails.
fn outcome(program: &Program, units: &[ExampleUnit]) -> Option<(Outcome, BTreeSet<usize>)> {
    let named =
        units.iter().enumerate().map(|(i, u)| ExampleUnit { id: i.to_string(), ..u.clone() }).collect();
    let example =
        Example { name: String::new(), units: named, expectations: Vec::new(), span: Default::default() };
    let outcome = evaluate(program, &dataset(program, &example), Mode::ScoresOnly).ok()?;
    let faulty = outcome.faults.iter().map(|fault| fault.unit).collect();
    Some((outcome, faulty))
}

/// A result as it is written; nothing for a number without an end.
fn literal(value: Value) -> Option<Literal> {
    Some(match value {
        Value::Number(n) if n.decimals().is_some() => Literal::Number(n),
        Value::Number(_) => return None,
        Value::Flag(flag) => Literal::Flag(flag),
        Value::Text(text) => Literal::Text(text),
    })
}
