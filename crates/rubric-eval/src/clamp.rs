//! The ledger of a node: its rules' occurrences replayed in order, and every limit attributed.

use rubric_program::{Exact, Node, NodeId, Rule, RuleKind};

use crate::applies::shares;
use crate::behind::Behind;
use crate::expression::Scope;
use crate::node::{roots, rounded, scored_children, start, target};
use crate::outcome::{Absorbed, AbsorbedBy, Entry, NodeLedger, Reason};
use crate::rules::{Occurrence, Verdict, heaviest, occurrences};
use crate::state::{at, slot};
use crate::stop::{Eval, Stop};

/// An entry in the making: `entry.points` is what is left of it.
struct Piece {
    entry: Entry,
    verdict: Option<Verdict>,
}

/// The ledger of a node whose score is known. It is worked out from the start again, never from the score.
pub(crate) fn ledger(scope: Scope<'_, '_>, id: NodeId, node: &Node, score: Exact) -> Eval<NodeLedger> {
    let start = start(scope, node)?;
    let mut pieces = children(scope, node)?;
    for rule in &node.rules {
        match self::pieces(scope, rule) {
            Ok(more) => pieces.extend(more),
            // The score is known, so that what is not known here did not matter: see `node::score`.
            Err(Stop::Gap(_)) => {}
            Err(error) => return Err(error),
        }
    }
    match pieces.iter().filter_map(|p| p.verdict).max() {
        Some(verdict) => judge(&mut pieces, node, verdict, &start),
        None => {
            limit(&mut pieces, node, &start);
            let sum = sum(&pieces, &start);
            pieces.extend(rounding(&sum, rounded(sum.clone(), node), node.span));
        }
    }
    let entries = pieces.into_iter().map(|p| p.entry).collect();
    Ok(NodeLedger { node: id, start, entries, score })
}

/// What rounding adds or takes, if anything.
fn rounding(exact: &Exact, rounded: Exact, span: rubric_base::Span) -> Option<Piece> {
    let raw = rounded - exact;
    (!raw.is_zero()).then(|| Piece { entry: Entry { span, ..bare(Reason::Rounded, raw) }, verdict: None })
}

/// The ledger of a clause that does not apply and has full points.
pub(crate) fn not_applicable(id: NodeId, node: &Node, points: &Exact) -> NodeLedger {
    let span = node.not_applicable.as_ref().map(|n| n.span).unwrap_or_default();
    let entries = vec![Entry { span, ..bare(Reason::NotApplicable, points.clone()) }];
    NodeLedger { node: id, start: Exact::ZERO, entries, score: points.clone() }
}

/// What the total consists of: the parts, and what rounding did.
pub(crate) fn total(scope: Scope<'_, '_>) -> Eval<Vec<Entry>> {
    let mut pieces = parts(scope, &roots(scope))?;
    let exact = sum(&pieces, &Exact::ZERO);
    let total = at(&scope.state.total, scope.unit)?;
    let span = scope.state.program.total.as_ref().map(|t| t.span).unwrap_or_default();
    pieces.extend(rounding(&exact, total, span));
    Ok(pieces.into_iter().map(|p| p.entry).collect())
}

/// Whether start and entries add up, and each entry accounts for all that its rule says.
pub(crate) fn adds_up(ledger: &NodeLedger) -> bool {
    let sum = ledger.entries.iter().fold(ledger.start.clone(), |sum, e| &sum + &e.points);
    let whole = |e: &Entry| e.absorbed.iter().fold(e.points.abs(), |sum, a| &sum + &a.points) == e.raw.abs();
    sum == ledger.score && ledger.entries.iter().all(whole)
}

fn children(scope: Scope<'_, '_>, node: &Node) -> Eval<Vec<Piece>> {
    parts(scope, &scored_children(scope, node).collect::<Vec<_>>())
}

/// The scores of some nodes, each with its share.
fn parts(scope: Scope<'_, '_>, nodes: &[NodeId]) -> Eval<Vec<Piece>> {
    let mut pieces = Vec::new();
    for (child, share) in shares(scope, nodes)? {
        let raw = match slot(&scope.state.nodes, child.0, scope.unit) {
            Ok(raw) => raw,
            Err(Stop::Gap(_)) => continue,
            Err(error) => return Err(error),
        };
        let span = scope.state.program.nodes.get(child.0).map(|n| n.span).unwrap_or_default();
        let whole = share == Exact::ONE;
        let raw = &raw * &share;
        let mut entry = bare(Reason::Child(child, (!whole).then_some(share)), raw);
        entry.span = span;
        pieces.push(Piece { entry, verdict: None });
    }
    Ok(pieces)
}

fn bare(reason: Reason, raw: Exact) -> Entry {
    let points = raw.clone();
    let (absorbed, places, units_of) = (Vec::new(), Vec::new(), Vec::new());
    Entry { rule: None, span: Default::default(), reason, raw, points, absorbed, places, units_of }
}

/// What a rule says, after duplicates, its cap, and heavier rules.
fn pieces(scope: Scope<'_, '_>, rule: &Rule) -> Eval<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut capped = true;
    if let RuleKind::Heaviest(members) = &rule.kind {
        let winner = heaviest(scope, members, &mut Vec::new())?.map(|(id, _)| id);
        for member in members {
            let mut own = self::pieces(scope, member)?;
            if let Some(winner) = winner.filter(|w| *w != member.id) {
                own.iter_mut().for_each(|p| drop_whole(p, AbsorbedBy::Heavier(winner)));
            }
            pieces.extend(own);
        }
    } else {
        let behind = Behind::rule(scope, rule);
        occurrences(scope, rule, &mut |o| {
            capped &= !o.otherwise();
            pieces.extend(piece(rule, &behind, o));
        })?;
    }
    if let Some(cap) = rule.cap.as_ref().filter(|_| capped) {
        let mut room = scope.amount(cap)?;
        for piece in &mut pieces {
            let size = piece.entry.points.abs();
            absorb(&mut piece.entry, &(&size - &room), AbsorbedBy::Cap);
            room = &room - &piece.entry.points.abs();
        }
    }
    Ok(pieces)
}

/// A rule that acts for nothing says nothing, except that a table shows what was looked up.
fn piece(rule: &Rule, behind: &Behind, o: Occurrence<'_>) -> Option<Piece> {
    let shown = !o.raw.is_zero() || o.verdict.is_some() || matches!(o.reason, Reason::TableRow { .. });
    let reason = match o.verdict {
        Some(Verdict::Nothing) => Reason::NoPoints,
        Some(Verdict::Full) => Reason::FullPoints,
        None => o.reason,
    };
    let mut entry = Entry { rule: Some(rule.id), span: rule.span, ..bare(reason, o.raw) };
    entry.places.extend(o.row.and_then(|row| row.place));
    entry.places.extend(behind.places.iter().copied());
    entry.units_of.clone_from(&behind.values);
    let mut piece = Piece { entry, verdict: o.verdict };
    if o.duplicate {
        drop_whole(&mut piece, AbsorbedBy::Duplicate);
    }
    shown.then_some(piece)
}

/// Takes so many points off what is left of an entry; nothing for an amount that is not above nothing.
fn absorb(entry: &mut Entry, amount: &Exact, by: AbsorbedBy) {
    let amount = amount.clone().min(entry.points.abs());
    if amount.is_zero() || amount.is_negative() {
        return;
    }
    let left = &entry.points.abs() - &amount;
    entry.points = if entry.points.is_negative() { -left } else { left };
    entry.absorbed.push(Absorbed { by, points: amount });
}

fn drop_whole(piece: &mut Piece, by: AbsorbedBy) {
    let all = piece.entry.points.abs();
    absorb(&mut piece.entry, &all, by);
    piece.verdict = None;
}

/// The first rule of the verdict moves the score to where it ends; all else is absorbed by it.
fn judge(pieces: &mut [Piece], node: &Node, verdict: Verdict, start: &Exact) {
    let by = match verdict {
        Verdict::Nothing => AbsorbedBy::NoPoints,
        Verdict::Full => AbsorbedBy::FullPoints,
    };
    let mut decided = false;
    for piece in pieces {
        if let Some(own) = piece.verdict {
            piece.entry.raw = &target(node, own, start) - start;
            piece.entry.points = piece.entry.raw.clone();
        }
        if piece.verdict == Some(verdict) && !decided {
            decided = true;
        } else {
            drop_whole(piece, by);
        }
    }
}

/// The one clamp at the end: what is cut off comes off the last entries of the sign that overflowed.
fn limit(pieces: &mut Vec<Piece>, node: &Node, start: &Exact) {
    // Above first, as the score is clamped: see `node::score`.
    if let Some(ceiling) = &node.ceiling {
        let excess = &sum(pieces, start) - ceiling;
        cut(pieces, node, excess, AbsorbedBy::Ceiling);
    }
    if let Some(floor) = &node.floor {
        let excess = &sum(pieces, start) - floor;
        cut(pieces, node, excess, AbsorbedBy::Floor);
    }
}

fn sum(pieces: &[Piece], start: &Exact) -> Exact {
    pieces.iter().fold(start.clone(), |sum, p| &sum + &p.entry.points)
}

/// Takes a signed excess off the entries of its sign, from the last one back. What no entry accounts for is
/// a start outside the limits, and becomes an entry of its own.
fn cut(pieces: &mut Vec<Piece>, node: &Node, excess: Exact, by: AbsorbedBy) {
    let over = by == AbsorbedBy::Ceiling;
    if excess.is_zero() || excess.is_negative() == over {
        return;
    }
    let mut left = excess.abs();
    for piece in pieces.iter_mut().rev().filter(|p| p.entry.points.is_negative() != over) {
        let before = piece.entry.points.abs();
        absorb(&mut piece.entry, &left, by);
        left = &left - &(&before - &piece.entry.points.abs());
        if left.is_zero() {
            return;
        }
    }
    let raw = if over { -left } else { left };
    pieces.push(Piece { entry: Entry { span: node.span, ..bare(Reason::Limit, raw) }, verdict: None });
}
