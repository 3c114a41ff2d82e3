//! Ledgers add up, and change nothing.

use rubric_eval::{Mode, evaluate};
use rubric_program::{Dataset, Exact, NodeKind, Program};

use super::Holds;
use crate::reference::{ratio, text_of};

/// Start and entries make the score, every entry accounts for what its rule says, and a run without ledger
/// gives the same results.
///
/// # Errors
/// The first node where it is not so.
pub fn ledger(program: &Program, data: &Dataset) -> Holds {
    let full = evaluate(program, data, Mode::WithLedger).map_err(|e| e.to_string())?;
    let mut bare = evaluate(program, data, Mode::ScoresOnly).map_err(|e| e.to_string())?;
    if bare.units.iter().any(|u| !u.ledger.is_empty()) {
        return Err("a run for scores only has ledgers".to_owned());
    }
    for (unit, with) in bare.units.iter_mut().zip(&full.units) {
        unit.ledger.clone_from(&with.ledger);
        unit.parts.clone_from(&with.parts);
    }
    if bare != full {
        return Err("a run with ledgers gives other results".to_owned());
    }
    for unit in &full.units {
        for (id, score) in unit.nodes.iter().enumerate() {
            let ledger = unit.ledger.iter().filter(|l| l.node.0 == id).collect::<Vec<_>>();
            let Some(score) = score else {
                if !ledger.is_empty() {
                    return Err(format!("node {id} of {} has a ledger and no score", unit.id));
                }
                continue;
            };
            let [ledger] = ledger.as_slice() else {
                return Err(format!("node {id} of {} has {} ledgers", unit.id, ledger.len()));
            };
            let node = &program.nodes[id];
            let told = || format!("node {} of {}: {ledger:#?}", node.number, unit.id);
            let sum = ledger.entries.iter().fold(ratio(&ledger.start), |sum, e| sum + ratio(&e.points));
            if sum != ratio(score) || ledger.score != *score {
                return Err(format!(
                    "the ledger comes to {}, the score is {score}\n{}",
                    text_of(&sum),
                    told()
                ));
            }
            if node.kind == NodeKind::Section
                && !node.children.is_empty()
                && !node.shared
                && program.nodes[id].start.is_none()
            {
                let inner = node.children.iter().any(|c| unit.nodes[c.0].is_some());
                if inner && !ledger.start.is_zero() {
                    return Err(format!("a section starts at its children\n{}", told()));
                }
            }
            for entry in &ledger.entries {
                let absorbed = entry.absorbed.iter().fold(Exact::ZERO, |sum, a| sum + &a.points);
                let opposite = (entry.raw.is_negative() && entry.points.is_positive())
                    || (entry.raw.is_positive() && entry.points.is_negative());
                let above = entry.absorbed.iter().all(|a| a.points.is_positive());
                if entry.raw.abs() != entry.points.abs() + absorbed || opposite || !above {
                    return Err(format!("an entry does not account for all\n{entry:#?}\n{}", told()));
                }
            }
        }
    }
    Ok(())
}
