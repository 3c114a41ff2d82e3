//! Examples of several units, for tables of places: each boundary place, the places beside it, and a tie.

use rubric_eval::examples;
use rubric_program::{
    EvidenceId, EvidenceType, Exact, Example, ExampleUnit, Expectation, ExprKind, Key, Literal, NodeId,
    PlaceId, Program, RuleKind, Target,
};
use rubric_prove::{Edges, Reads, grain};

use crate::{literal, outcome, put_value, values};

/// The longest order that is written out.
const MOST_UNITS: usize = 24;

/// The examples of one node with a table of places.
pub(super) fn of(program: &Program, node: NodeId, reads: &Reads) -> Vec<Example> {
    let edges = Edges::of(program);
    let rules = program.nodes.get(node.0).map(|n| n.rules.as_slice()).unwrap_or_default();
    let mut all = Vec::new();
    for rule in rules {
        let RuleKind::Table { subject, rows } = &rule.kind else { continue };
        let ExprKind::Place(place) = subject.kind else { continue };
        let turns = rows.iter().filter_map(|row| match row.key {
            Key::Places(first, last) => Some(last.unwrap_or(first)),
            _ => None,
        });
        let longest = turns.max().and_then(|n| usize::try_from(n).ok()).unwrap_or(1) + 2;
        let mut base =
            ExampleUnit { id: String::new(), rest_faultless: false, given: Vec::new(), span: rule.span };
        for id in &reads.evidence {
            put_value(&mut base, *id, values::of(program, node, *id, &edges).first().cloned().flatten());
        }
        let in_a_row: Vec<usize> = (0..longest.min(MOST_UNITS)).collect();
        all.extend(order(program, node, place, &base, &in_a_row));
        all.extend(order(program, node, place, &base, &[0, 1, 1, 2]));
    }
    all
}

/// Units whose values stand in an order: `ranks` says which of them are equal.
fn order(
    program: &Program,
    node: NodeId,
    place: PlaceId,
    base: &ExampleUnit,
    ranks: &[usize],
) -> Option<Example> {
    let order = &program.places.get(place.0)?.order;
    let ExprKind::Evidence(id) = order.key.kind else { return None };
    let values = rising(&program.evidence.get(id.0)?.ty, ranks.iter().max()? + 1)?;
    let mut units = Vec::new();
    for (index, rank) in ranks.iter().enumerate() {
        let at = if order.highest_first { values.len() - 1 - rank } else { *rank };
        let mut unit = ExampleUnit { id: name(index), ..base.clone() };
        put(&mut unit, id, values.get(at)?);
        units.push(unit);
    }
    let (outcome, faulty) = outcome(program, &units)?;
    let expectation = |unit: usize| {
        let value = literal(examples::actual(&outcome, unit, Target::Node(node))?)?;
        Some(Expectation { unit, target: Target::Node(node), value, span: base.span })
    };
    let expectations: Vec<Expectation> = (0..units.len()).filter_map(expectation).collect();
    (faulty.is_empty() && !expectations.is_empty()).then(|| Example {
        name: String::new(),
        units,
        expectations,
        span: base.span,
    })
}

/// Units in the order of the ten stems, which is how Chinese names any first, second and third.
fn name(index: usize) -> String {
    let stems = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
    let stem = stems.get(index % stems.len()).copied().unwrap_or_default();
    let round = ["", "二", "三"].get(index / stems.len()).copied().unwrap_or_default();
    format!("{stem}{round}")
}

fn put(unit: &mut ExampleUnit, id: EvidenceId, value: &Exact) {
    put_value(unit, id, Some(Literal::Number(value.clone())));
}

/// So many different values of a number, the lowest first: whole ones where there is room.
fn rising(ty: &EvidenceType, count: usize) -> Option<Vec<Exact>> {
    let range = match ty {
        EvidenceType::Count { range, .. }
        | EvidenceType::Number { range, .. }
        | EvidenceType::Percent { range, .. }
        | EvidenceType::Points { range, .. } => range,
        _ => return None,
    };
    let (low, high) = (range.low()?, range.high()?);
    let percent = matches!(ty, EvidenceType::Percent { .. });
    let whole = if percent { Exact::fixed(1, 2) } else { Exact::from_int(1) };
    let steps = [whole, grain(ty)?];
    let last = Exact::from_int(i64::try_from(count).ok()?);
    let step = steps.into_iter().find(|step| low + &(step * &last) <= *high)?;
    let values = (1..=count).filter_map(|n| Some(low + &(&step * &Exact::from_int(i64::try_from(n).ok()?))));
    Some(values.filter(|n| range.allows(n)).collect::<Vec<_>>()).filter(|all| all.len() == count)
}
