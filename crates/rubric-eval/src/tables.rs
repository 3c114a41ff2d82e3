//! Tables of points: the row that fits, places that fall, and places shared by equals.

use rubric_program::{Entry, Exact, Expr, ExprKind, Key, Row, Ties, Value};

use crate::expression::{Scope, find};
use crate::outcome::Reason;
use crate::rules::{Acting, Occurrence, act};
use crate::state::{PlaceShare, at, slot};
use crate::stop::{Eval, MISSING};

/// What a table gives: one occurrence, also where no row fits, so that a ledger can show what was looked up.
pub(crate) fn occurrence<'s>(scope: Scope<'s, '_>, subject: &Expr, rows: &[Row]) -> Eval<Occurrence<'s>> {
    let value = scope.eval(subject)?;
    let (row, mut acting) = look_up(scope, rows, &value)?;
    if let Some(share) = mean_share(scope, subject)?
        && let Some(raw) = mean(scope, rows, share)?
    {
        acting.raw = raw;
    }
    let reason = Reason::TableRow { row, value };
    let Acting { raw, verdict, .. } = acting;
    Ok(Occurrence { reason, raw, verdict, duplicate: false, row: None, matched: row.is_some() })
}

fn look_up(scope: Scope<'_, '_>, rows: &[Row], value: &Value) -> Eval<(Option<usize>, Acting)> {
    let Some((index, row)) = find(rows, value) else {
        return Ok((None, Acting { per: Exact::ZERO, raw: Exact::ZERO, verdict: None }));
    };
    let acting = match &row.entry {
        Entry::Points(effect) => act(scope, effect, &Exact::ONE)?,
        Entry::Falling { first, less } => {
            let (Key::Places(start, _), Value::Number(place)) = (&row.key, value) else {
                return Err(MISSING);
            };
            let further = place - &Exact::from(*start);
            let points = (first - &(less * &further)).max(Exact::ZERO);
            Acting { per: points.clone(), raw: points, verdict: None }
        }
        Entry::Value(_) => return Err(MISSING),
    };
    Ok((Some(index), acting))
}

/// The places a unit shares, where the rubric gives equals the mean of what their places would get.
fn mean_share(scope: Scope<'_, '_>, subject: &Expr) -> Eval<Option<PlaceShare>> {
    let program = scope.state.program;
    let (share, ties) = match &subject.kind {
        ExprKind::Place(id) => {
            (slot(&scope.state.places, id.0, scope.unit)?, program.places.get(id.0).map(|p| p.ties))
        }
        ExprKind::Rank => (at(&scope.state.rank, scope.unit)?, program.ranking.as_ref().map(|r| r.ties)),
        _ => return Ok(None),
    };
    Ok((ties == Some(Ties::Mean) && share.tied > 1).then_some(share))
}

/// The mean of what the shared places would get; none where one of them ends the node at nothing or at full
/// points, which has no mean.
fn mean(scope: Scope<'_, '_>, rows: &[Row], share: PlaceShare) -> Eval<Option<Exact>> {
    let mut sum = Exact::ZERO;
    for place in share.first..share.first.saturating_add(share.tied) {
        let (_, acting) = look_up(scope, rows, &Value::Number(Exact::from(place)))?;
        if acting.verdict.is_some() {
            return Ok(None);
        }
        sum = &sum + &acting.raw;
    }
    Ok(sum.checked_div(&Exact::from(share.tied)))
}
