//! How many may hold a grade: filled in order, group by group.

use std::collections::BTreeMap;

use rubric_base::Span;
use rubric_program::{Column, EvidenceId, Exact, Population, Quota, QuotaLimit, Value};

use crate::expression::Scope;
use crate::grading::Standing;
use crate::outcome::{Fault, FaultKind, Missed};
use crate::ranking;
use crate::state::State;
use crate::stop::{Eval, EvalError, settle};

/// Each group by its name, the places in it, and who holds the grade.
type Groups = BTreeMap<String, (Exact, Vec<Holder>)>;

/// A holder of the grade, with the values by which it is placed.
struct Holder {
    unit: usize,
    keys: Vec<Value>,
}

/// Lets so many keep the grade, and says who missed out and why. Whoever may hold it without that being known leaves it
/// open for all.
pub(crate) fn apply(
    state: &State<'_>,
    quota: &Quota,
    span: Span,
    standings: &mut [Standing],
) -> Result<Vec<(usize, Missed)>, EvalError> {
    let holders: Vec<usize> =
        (0..standings.len()).filter(|u| standings.get(*u) == Some(&Standing::Given(quota.grade))).collect();
    if holders.is_empty() {
        // Nobody needs to know how many there could be.
        return Ok(Vec::new());
    }
    let open = standings.iter().any(|s| matches!(s, Standing::Open { .. }));
    let groups = if open { None } else { groups(state, quota, span, &holders)? };
    let Some(groups) = groups else {
        set(standings, &holders, Standing::Open { vetoed: false });
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for (name, (places, group)) in groups {
        let missed = beyond(state, quota, &places, &name, group);
        let units: Vec<usize> = missed.iter().map(|(unit, _)| *unit).collect();
        set(standings, &units, Standing::Given(quota.beyond));
        all.extend(missed);
    }
    Ok(all)
}

fn set(standings: &mut [Standing], units: &[usize], to: Standing) {
    for unit in units {
        if let Some(standing) = standings.get_mut(*unit) {
            *standing = to;
        }
    }
}

/// The holders of each group and the places there are for them; nothing where something is not known.
fn groups(
    state: &State<'_>,
    quota: &Quota,
    span: Span,
    holders: &[usize],
) -> Result<Option<Groups>, EvalError> {
    let mut groups = Groups::new();
    let shared = match &quota.limit {
        QuotaLimit::Number(_) => None,
        QuotaLimit::Share { .. } => match settle(share(state, quota, span))? {
            Ok(places) => Some(places),
            Err(_) => return Ok(None),
        },
    };
    for unit in holders {
        let scope = Scope::new(state, *unit);
        let keys = quota.keys.iter().map(|k| scope.eval(&k.key)).collect::<Eval<Vec<Value>>>();
        let places = match (&shared, &quota.limit) {
            (Some(places), _) => Ok(places.clone()),
            (None, QuotaLimit::Number(places)) => scope.amount(places),
            (None, QuotaLimit::Share { .. }) => return Ok(None),
        };
        let (Ok(keys), Ok(places), Ok(group)) =
            (settle(keys)?, settle(places)?, settle(group(scope, quota.each))?)
        else {
            return Ok(None);
        };
        let (stated, group) = groups.entry(group).or_insert_with(|| (places.clone(), Vec::new()));
        if *stated != places {
            differs(state, quota, span, *unit);
        }
        group.push(Holder { unit: *unit, keys });
    }
    Ok(Some(groups))
}

/// Two units of one group cannot state different quotas for it.
fn differs(state: &State<'_>, quota: &Quota, span: Span, unit: usize) {
    let own = quota.each.and_then(|id| match state.column(id, unit) {
        Some(Column::Scalars(cells)) => cells.get(unit)?.place,
        _ => None,
    });
    let place = own.or_else(|| state.data.units.get(unit)?.place);
    state.fault(Fault { unit, place, span, kind: FaultKind::QuotaDiffers });
}

fn group(scope: Scope<'_, '_>, each: Option<EvidenceId>) -> Eval<String> {
    let Some(id) = each else { return Ok(String::new()) };
    Ok(match scope.state.evidence(id, scope.unit)? {
        Value::Text(text) => text,
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
    })
}

/// The places that a share of a population comes to: all in it must state the same share.
fn share(state: &State<'_>, quota: &Quota, span: Span) -> Eval<Exact> {
    let QuotaLimit::Share { share, of, of_population, whole } = &quota.limit else { return Ok(Exact::ZERO) };
    let all = *of_population == Population::All;
    let (mut count, mut stated) = (0_u64, None);
    for unit in (0..state.data.units.len()).filter(|u| all || state.is_graded(*u)) {
        let scope = Scope::new(state, unit);
        if of.as_ref().map_or(Ok(true), |of| scope.flag(of))? {
            count += 1;
            let own = scope.amount(share)?;
            if stated.get_or_insert_with(|| own.clone()) != &own {
                differs(state, quota, span, unit);
            }
        }
    }
    Ok((stated.unwrap_or(Exact::ZERO) * Exact::from(count)).round_to(&Exact::ONE, *whole))
}

/// Those who miss out: the places are filled from the best down; at the first equals that do not all fit they, or
/// everyone after them, and everyone below miss out.
fn beyond(
    state: &State<'_>,
    quota: &Quota,
    places: &Exact,
    name: &str,
    mut group: Vec<Holder>,
) -> Vec<(usize, Missed)> {
    let compare = |a: &Holder, b: &Holder| ranking::compare(state.program, &quota.keys, &a.keys, &b.keys);
    group.sort_by(compare);
    let (mut above, mut full, mut out) = (0_u64, false, Vec::new());
    for equals in group.chunk_by(|a, b| compare(a, b).is_eq()) {
        let after = above + crate::expression::count(equals.iter());
        let fits = Exact::from(after) <= *places;
        let begins = Exact::from(above) < *places;
        if !full && (fits || (begins && !quota.ties_lose)) {
            full = !fits;
        } else {
            full = true;
            let missed = |holder: &Holder| {
                let (places, group) = (places.clone(), name.to_owned());
                (holder.unit, Missed { places, reached: above + 1, equals: after - above, group })
            };
            out.extend(equals.iter().map(missed));
        }
        above = after;
    }
    out
}
