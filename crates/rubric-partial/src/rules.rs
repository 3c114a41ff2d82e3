//! What each rule can take or give.

use std::collections::BTreeMap;

use rubric_program::{
    Effect, Entry, Exact, Expr, ExprKind, FieldId, Key, PartSteps, Row, Rule, RuleKind, Ties, Type, When,
};

use crate::abstraction::{Abstract, Interval, Kind};
use crate::expression::{Scope, fitting};
use crate::rows::{self, Rows};

/// What a rule can do to a score.
#[derive(Debug, Clone)]
pub(crate) struct Net {
    /// Signed points.
    pub(crate) points: Interval,
    /// It can end the node at nothing, and whether it surely does.
    pub(crate) nothing: (bool, bool),
    /// The same for full points.
    pub(crate) full: (bool, bool),
}

impl Net {
    fn points(points: Interval) -> Self {
        Self { points, nothing: (false, false), full: (false, false) }
    }

    fn none() -> Self {
        Self::points(Interval::point(Exact::ZERO))
    }

    /// Either of two, and nothing else.
    fn hull(&self, other: &Self) -> Self {
        let either = |a: (bool, bool), b: (bool, bool)| (a.0 || b.0, a.1 && b.1);
        Self {
            points: self.points.hull(&other.points),
            nothing: either(self.nothing, other.nothing),
            full: either(self.full, other.full),
        }
    }

    /// So often.
    fn times(&self, times: &Interval) -> Self {
        let sure = times.low.is_positive();
        let may = times.high.is_positive();
        let again = |(m, s): (bool, bool)| (m && may, s && sure);
        Self { points: self.points.multiply(times), nothing: again(self.nothing), full: again(self.full) }
    }
}

/// A rule under its cap; nothing where it cannot be bounded, because something was left out.
pub(crate) fn net(scope: Scope<'_, '_>, rule: &Rule) -> Option<Net> {
    if let RuleKind::Simple { when: When::If(condition), effect, otherwise } = &rule.kind {
        return either(scope, condition, effect, otherwise.as_ref(), rule.cap.as_ref());
    }
    let mut net = match &rule.kind {
        RuleKind::Require { .. } => Net::none(),
        RuleKind::Heaviest(members) => heaviest(scope, members)?,
        RuleKind::Table { subject, rows } => table(scope, subject, rows)?,
        RuleKind::Simple { when, effect, .. } => simple(scope, when, effect)?,
    };
    if let Some(cap) = &rule.cap {
        net.points = capped(&net.points, &number(scope, cap)?);
    }
    Some(net)
}

/// `max(min(v, c), −c)` over both intervals.
fn capped(v: &Interval, c: &Interval) -> Interval {
    let low =
        if v.low.is_negative() { v.low.clone().max(-&c.high) } else { v.low.clone().min(c.low.clone()) };
    let high =
        if v.high.is_positive() { v.high.clone().min(c.high.clone()) } else { v.high.clone().max(-&c.low) };
    Interval::new(low, high)
}

fn number(scope: Scope<'_, '_>, expr: &Expr) -> Option<Interval> {
    let value = scope.eval(expr);
    value.interval().filter(|_| !unsettled(scope, &value))
}

/// Whether a value may be missing where a score needs it. Of evidence that nobody has given yet that cannot be: the
/// checker lets a score read what may be left out only where a condition has seen to it that it was not.
fn unsettled(scope: Scope<'_, '_>, value: &Abstract) -> bool {
    value.absent && !scope.run.free
}

/// One time that an effect acts.
fn act(scope: Scope<'_, '_>, effect: &Effect) -> Option<Net> {
    Some(match effect {
        Effect::Deduct(points) => Net::points(number(scope, points)?.negate()),
        Effect::Award(points) => Net::points(number(scope, points)?),
        Effect::NoPoints => Net { nothing: (true, true), ..Net::none() },
        Effect::FullPoints => Net { full: (true, true), ..Net::none() },
    })
}

/// `若`: the cap bounds what it follows, not what is done otherwise.
fn either(
    scope: Scope<'_, '_>,
    condition: &Expr,
    effect: &Effect,
    otherwise: Option<&Effect>,
    cap: Option<&Expr>,
) -> Option<Net> {
    let condition = scope.eval(condition);
    if unsettled(scope, &condition) {
        return None;
    }
    let (yes, no) = condition.flags();
    let mut net: Option<Net> = None;
    if yes {
        let mut own = act(scope, effect)?;
        if let Some(cap) = cap {
            own.points = capped(&own.points, &number(scope, cap)?);
        }
        net = Some(own);
    }
    if no {
        let other = match otherwise {
            Some(effect) => act(scope, effect)?,
            None => Net::none(),
        };
        net = Some(net.map_or_else(|| other.clone(), |n| n.hull(&other)));
    }
    net
}

fn simple(scope: Scope<'_, '_>, when: &When, effect: &Effect) -> Option<Net> {
    match when {
        When::Always => act(scope, effect),
        When::Each(count) => Some(act(scope, effect)?.times(&number(scope, count)?)),
        When::Steps { value, limit, below, step, part } => {
            let (value, limit) = (number(scope, value)?, number(scope, limit)?);
            let distance = if *below { limit.add(&value.negate()) } else { value.add(&limit.negate()) };
            let count = |d: &Exact| {
                let d = d.clone().max(Exact::ZERO);
                match part {
                    PartSteps::Ignored => d.floor_steps(step),
                    PartSteps::Counted => d.ceil_steps(step),
                    PartSteps::ProRata => d.checked_div(step).unwrap_or_default(),
                }
            };
            Some(act(scope, effect)?.times(&distance.rising(count)))
        }
        When::If(_) => None,
        When::EachRow { list, filter, distinct } => match rows::of(scope, *list) {
            Rows::Absent => None,
            Rows::Given(rows) => each_row(scope, &rows, filter.as_ref(), distinct, effect),
            Rows::Open(most, row) => {
                let (may, _) = rows::takes(scope, &row, filter.as_ref());
                let most = Exact::from(if may { most } else { 0 });
                Some(act(scope.on(&row), effect)?.times(&Interval::new(Exact::ZERO, most)))
            }
        },
    }
}

/// Known rows. Rows with equal keys count once, the first that is meant.
fn each_row(
    scope: Scope<'_, '_>,
    rows: &[Vec<Abstract>],
    filter: Option<&Expr>,
    distinct: &[FieldId],
    effect: &Effect,
) -> Option<Net> {
    let mut groups: BTreeMap<String, Vec<(Net, bool)>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        let (may, may_not) = rows::takes(scope, row, filter);
        if !may {
            continue;
        }
        let key = if distinct.is_empty() { index.to_string() } else { format!("{:?}", key(row, distinct)) };
        groups.entry(key).or_default().push((act(scope.on(row), effect)?, !may_not));
    }
    let mut all = Net::none();
    for group in groups.into_values() {
        let mut net: Option<Net> = None;
        let mut sure = false;
        for (own, meant) in group {
            net = Some(net.as_ref().map_or_else(|| own.clone(), |n| n.hull(&own)));
            if meant {
                sure = true;
                break;
            }
        }
        let Some(mut net) = net else { continue };
        if !sure {
            net = net.hull(&Net::none());
        }
        all.points = all.points.add(&net.points);
        all.nothing = (all.nothing.0 || net.nothing.0, all.nothing.1 || net.nothing.1);
        all.full = (all.full.0 || net.full.0, all.full.1 || net.full.1);
    }
    Some(all)
}

fn key<'r>(row: &'r [Abstract], distinct: &[FieldId]) -> Vec<Option<&'r Abstract>> {
    distinct.iter().map(|field| row.get(field.0)).collect()
}

fn table(scope: Scope<'_, '_>, subject: &Expr, rows: &[Row]) -> Option<Net> {
    let mut value = scope.eval(subject);
    if unsettled(scope, &value) {
        return None;
    }
    // Equals who share the mean of their places get something between what the best and the worst of these gets.
    if let (Some(shared), Kind::Number(places)) = (shared_places(scope, subject), &mut value.kind) {
        places.high = places.high.clone().max(shared);
    }
    let mut net: Option<Net> = None;
    let found = fitting(rows, &value);
    for (index, _) in &found {
        let row = rows.get(*index)?;
        let own = match &row.entry {
            Entry::Points(effect) => act(scope, effect)?,
            Entry::Falling { first, less } => {
                let (Key::Places(from, to), Some(places)) = (&row.key, value.interval()) else { return None };
                let start = Exact::from(*from);
                let at = |place: &Exact| (first - &(less * &(place - &start))).max(Exact::ZERO);
                let low = places.low.max(start.clone());
                let high = to.map_or(places.high.clone(), |to| places.high.clone().min(Exact::from(to)));
                Net::points(Interval::new(at(&high), at(&low)))
            }
            Entry::Value(_) => return None,
        };
        net = Some(net.as_ref().map_or_else(|| own.clone(), |n| n.hull(&own)));
    }
    let net = net.unwrap_or_else(Net::none);
    // The checker proved that the rows cover all that their subject can be; of texts it cannot know.
    let covered = subject.ty != Type::Text || rows.iter().any(|r| r.key == Key::Otherwise);
    Some(if covered { net } else { net.hull(&Net::none()) })
}

/// The worst place that a unit may share, where equals share the mean.
fn shared_places(scope: Scope<'_, '_>, subject: &Expr) -> Option<Exact> {
    let ties = match &subject.kind {
        ExprKind::Place(id) => scope.run.program.places.get(id.0)?.ties,
        ExprKind::Rank => scope.run.program.ranking.as_ref()?.ties,
        _ => return None,
    };
    (ties == Ties::Mean).then(|| Exact::from(scope.run.data.units.len() as u64))
}

/// Only the heaviest counts: of deductions the largest, of awards the largest.
fn heaviest(scope: Scope<'_, '_>, members: &[Rule]) -> Option<Net> {
    let nets: Option<Vec<Net>> = members.iter().map(|m| net(scope, m)).collect();
    let nets = nets?;
    let hull = nets.iter().cloned().reduce(|a, b| a.hull(&b)).unwrap_or_else(Net::none);
    let falling = nets.iter().all(|n| !n.points.high.is_positive());
    let rising = nets.iter().all(|n| !n.points.low.is_negative());
    let lows = nets.iter().map(|n| n.points.low.clone());
    let highs = nets.iter().map(|n| n.points.high.clone());
    let points = match (falling, rising) {
        (true, _) => lows.min().zip(highs.min()),
        (_, true) => lows.max().zip(highs.max()),
        _ => None,
    };
    let any = |of: fn(&Net) -> (bool, bool)| (nets.iter().any(|n| of(n).0), nets.iter().any(|n| of(n).1));
    let nothing = any(|n| n.nothing);
    let mut full = any(|n| n.full);
    // Ending at nothing weighs more than full points.
    full.1 &= !nothing.0;
    let points = points.map_or(hull.points, |(low, high)| Interval::new(low, high));
    // A verdict is heavier than points, so that these may not count at all.
    let zero = Interval::point(Exact::ZERO);
    let points = if nothing.0 || full.0 { points.hull(&zero) } else { points };
    Some(Net { points, nothing, full })
}
