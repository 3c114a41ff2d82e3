//! The ledger of a node: which entries moved its score, and what of them was absorbed.
//!
//! The score is clamped once, at the end (language reference, Points). The ledger shows the same in evidence
//! order: what the floor spared is taken off the last deductions, what the ceiling cut off the last awards.

use rubric_program::{Exact, Node, NodeId, Program};

use crate::node::Scored;
use crate::outcome::{Absorbed, AbsorbedBy, Entry, NodeLedger, Reason};
use crate::rules::Part;

/// Draws up the ledger.
pub(crate) fn ledger(program: &Program, node: &Node, id: NodeId, scored: Scored) -> NodeLedger {
    let Scored { start, children, parts, score } = scored;
    let mut entries: Vec<Entry> =
        children.into_iter().map(|(child, points)| child_entry(program, node, child, points)).collect();
    entries.extend(parts.parts.into_iter().map(entry));
    let settled = parts.no_points.map(|p| (p, AbsorbedBy::NoPoints));
    let settled = settled.or_else(|| parts.full_points.map(|p| (p, AbsorbedBy::FullPoints)));
    if let Some((part, by)) = settled {
        // All else is set aside, and one entry takes the node to where the rule puts it.
        for e in &mut entries {
            absorb(e, &e.points.abs(), by);
        }
        let mut last = entry(part);
        last.raw = &score - &start;
        last.points = last.raw.clone();
        entries.push(last);
    } else {
        let sum = &start + entries.iter().map(|e| e.points.clone()).sum::<Exact>();
        let spared = &score - &sum;
        let by = if spared.is_positive() { AbsorbedBy::Floor } else { AbsorbedBy::Ceiling };
        take_off(&mut entries, spared, by);
    }
    let moved: Exact = entries.iter().map(|e| e.points.clone()).sum();
    // What no entry can answer for lies in the start itself (a start beyond the node's limits).
    let start = &score - &moved;
    NodeLedger { node: id, start, entries, score }
}

fn entry(part: Part) -> Entry {
    Entry {
        rule: Some(part.rule),
        span: part.span,
        reason: part.reason,
        raw: part.raw,
        points: part.kept,
        absorbed: part.absorbed,
        evidence: part.evidence,
        places: part.places,
    }
}

fn child_entry(program: &Program, node: &Node, child: NodeId, points: Exact) -> Entry {
    let span = program.nodes.get(child.0).map_or(node.span, |n| n.span);
    Entry {
        rule: None,
        span,
        reason: Reason::Child(child),
        raw: points.clone(),
        points,
        absorbed: Vec::new(),
        evidence: Vec::new(),
        places: Vec::new(),
    }
}

/// Sets aside so many points of an entry.
fn absorb(entry: &mut Entry, points: &Exact, by: AbsorbedBy) {
    if points.is_zero() {
        return;
    }
    let left = entry.points.abs() - points;
    entry.points = if entry.points.is_negative() { -left } else { left };
    entry.absorbed.push(Absorbed { by, points: points.clone() });
}

/// Takes a difference off the last entries of the sign that overflowed.
fn take_off(entries: &mut [Entry], difference: Exact, by: AbsorbedBy) {
    let mut left = difference.abs();
    for entry in entries.iter_mut().rev() {
        let overflowed =
            if by == AbsorbedBy::Floor { entry.points.is_negative() } else { entry.points.is_positive() };
        if overflowed && !left.is_zero() {
            let share = entry.points.abs().min(left.clone());
            absorb(entry, &share, by);
            left = left - share;
        }
    }
}
