//! Places in an order while keys are open.

use rubric_program::{Exact, Order, Ties, Type};

use crate::abstraction::{Abstract, Interval, Kind};
use crate::expression::Scope;
use crate::run::Run;

/// How one unit can stand to another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Against {
    pub(crate) better: bool,
    pub(crate) equal: bool,
    pub(crate) worse: bool,
}

/// The best and the worst place of each unit; nothing for those that are not ranked.
pub(crate) fn places(run: &Run<'_>, keys: &[Order], graded_only: bool, ties: Ties) -> Vec<Option<Interval>> {
    let units: Vec<usize> = (0..run.data.units.len())
        .filter(|u| !graded_only || run.graded.get(*u).is_some_and(|g| g.0))
        .collect();
    let values: Vec<Vec<Abstract>> =
        units.iter().map(|unit| keys.iter().map(|k| Scope::new(run, *unit).eval(&k.key)).collect()).collect();
    let mut places = vec![None; run.data.units.len()];
    if let Some(bounds) = one_number(keys, &values) {
        let certain: Vec<bool> =
            units.iter().map(|u| !graded_only || run.graded.get(*u).is_some_and(|g| !g.1)).collect();
        for (unit, place) in units.iter().zip(by_counting(&bounds, &certain, ties)) {
            if let Some(slot) = places.get_mut(*unit) {
                *slot = Some(place);
            }
        }
        return places;
    }
    for (own, (unit, mine)) in units.iter().zip(&values).enumerate() {
        let (mut best, mut worst) = (1_u64, 1_u64);
        for (other, (rival, theirs)) in units.iter().zip(&values).enumerate() {
            if own == other {
                continue;
            }
            let against = against(run, keys, theirs, mine);
            let present = !graded_only || run.graded.get(*rival).is_some_and(|g| !g.1);
            let (surely, maybe) = match ties {
                Ties::Worse => (!against.worse, against.better || against.equal),
                Ties::Better | Ties::Mean => (!against.worse && !against.equal, against.better),
            };
            best += u64::from(surely && present);
            worst += u64::from(maybe);
        }
        if let Some(place) = places.get_mut(*unit) {
            *place = Some(Interval::new(Exact::from(best), Exact::from(worst)));
        }
    }
    places
}

/// The bounds by which units are placed where there is one numeric key, turned so that higher is better.
fn one_number(keys: &[Order], values: &[Vec<Abstract>]) -> Option<Vec<Interval>> {
    let [order] = keys else { return None };
    let turned = |i: Interval| if order.highest_first { i } else { i.negate() };
    values.iter().map(|v| Some(turned(v.first()?.interval()?))).collect()
}

/// Places by counting in sorted bounds: comparing each with each takes too long for many units.
fn by_counting(bounds: &[Interval], certain: &[bool], ties: Ties) -> Vec<Interval> {
    let mut lows: Vec<&Exact> =
        bounds.iter().zip(certain).filter(|(_, c)| **c).map(|(i, _)| &i.low).collect();
    let mut highs: Vec<&Exact> = bounds.iter().map(|i| &i.high).collect();
    lows.sort();
    highs.sort();
    let worse = ties == Ties::Worse;
    let above = |sorted: &[&Exact], limit: &Exact| {
        let passed = sorted.partition_point(|x| if worse { *x < limit } else { *x <= limit });
        sorted.len() - passed
    };
    let place = |(own, certain): (&Interval, &bool)| {
        // A unit is not before itself.
        let counts_itself =
            |x: &Exact, limit: &Exact| usize::from(if worse { x >= limit } else { x > limit });
        let surely = above(&lows, &own.high) - if *certain { counts_itself(&own.low, &own.high) } else { 0 };
        let maybe = above(&highs, &own.low) - counts_itself(&own.high, &own.low);
        Interval::new(Exact::from(1 + surely as u64), Exact::from(1 + maybe as u64))
    };
    bounds.iter().zip(certain).map(place).collect()
}

/// How the first can stand to the second, key by key.
pub(crate) fn against(run: &Run<'_>, keys: &[Order], a: &[Abstract], b: &[Abstract]) -> Against {
    let mut all = Against { equal: true, ..Against::default() };
    for (order, (a, b)) in keys.iter().zip(a.iter().zip(b)) {
        let one = one(run, order, a, b);
        // Later keys matter only where the earlier ones can be equal.
        all.better |= all.equal && one.better;
        all.worse |= all.equal && one.worse;
        all.equal &= one.equal;
    }
    all
}

fn one(run: &Run<'_>, order: &Order, a: &Abstract, b: &Abstract) -> Against {
    let open = Against { better: true, equal: true, worse: true };
    let (above, below, equal) = match (&a.kind, &b.kind) {
        (Kind::Number(i), Kind::Number(j)) => {
            (i.high > j.low, i.low < j.high, i.low <= j.high && j.low <= i.high)
        }
        (Kind::Texts(x), Kind::Texts(y)) if order.key.ty == Type::Grade => {
            let at = |name: &String| run.grade_index(name).unwrap_or(usize::MAX);
            // A better grade stands earlier in the list.
            let (x1, x2) = (x.iter().map(at).min(), x.iter().map(at).max());
            let (y1, y2) = (y.iter().map(at).min(), y.iter().map(at).max());
            (x1 < y2, x2 > y1, x.intersection(y).next().is_some())
        }
        _ => return open,
    };
    if order.highest_first {
        Against { better: above, equal, worse: below }
    } else {
        Against { better: below, equal, worse: above }
    }
}
