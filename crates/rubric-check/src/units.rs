//! Which units go together.

use rubric_base::keyword::UnitWord;
use rubric_program::{Exact, Unit};

/// Points.
pub(crate) const POINTS: Unit = "points";
/// Percent of a whole.
pub(crate) const PERCENT: Unit = "percent";
/// Percentage points: differences of percentages.
pub(crate) const PP: Unit = "pp";

/// Days of the calendar.
pub(crate) const DATE: Unit = "date";
/// Lengths of time in days.
pub(crate) const DAYS: Unit = "days";
/// Times of day, in minutes.
pub(crate) const TIME: Unit = "time";
/// Lengths of time in minutes.
pub(crate) const MINUTES: Unit = "minutes";
/// Working days.
pub(crate) const WORKDAYS: Unit = "workdays";

/// Units that are measures of their own; every other unit counts things.
const MEASURES: &[Unit] = &[
    POINTS,
    PERCENT,
    PP,
    DATE,
    DAYS,
    "months",
    "years",
    TIME,
    "seconds",
    MINUTES,
    "hours",
    WORKDAYS,
    "yuan",
    "square_metres",
    "grades",
];

/// Whether a unit counts things, as plain numbers do.
pub(crate) fn counts(unit: Option<Unit>) -> bool {
    unit.is_none_or(|u| !MEASURES.contains(&u))
}

/// The unit of a sum, difference or comparison; `None` where the two do not fit.
pub(crate) fn joined(a: Option<Unit>, b: Option<Unit>) -> Option<Option<Unit>> {
    match (a, b) {
        _ if a == b => Some(a),
        _ if counts(a) && counts(b) => Some(a.or(b)),
        _ => None,
    }
}

/// The unit of days of the calendar or times of day, and that of the distance of two.
pub(crate) fn distance(unit: Option<Unit>) -> Option<(Unit, Unit)> {
    match unit {
        Some(DATE) => Some((DATE, DAYS)),
        Some(TIME) => Some((TIME, MINUTES)),
        _ => None,
    }
}

/// How many minutes a length of time is, of which there are several units.
pub(crate) fn in_minutes(unit: Option<Unit>) -> Option<Exact> {
    match unit {
        Some("seconds") => Exact::ONE.checked_div(&Exact::from_int(60)),
        Some(MINUTES) => Some(Exact::ONE),
        Some("hours") => Some(Exact::from_int(60)),
        _ => None,
    }
}

/// Seconds as minutes.
pub(crate) fn minutes_of(seconds: &Exact) -> Exact {
    in_minutes(Some("seconds")).map_or_else(|| seconds.clone(), |minute| seconds * &minute)
}

/// The unit of a sum or difference with a day of the calendar, or a time of day, in it: a day and so many days give a
/// day, two days their distance. `None` where neither is a day, or they do not fit.
pub(crate) fn with_dates(minus: bool, a: Option<Unit>, b: Option<Unit>) -> Option<Unit> {
    match (a, b) {
        (Some(DATE), Some(DATE)) if minus => Some(DAYS),
        (Some(DATE), Some(DAYS)) => Some(DATE),
        (Some(DAYS), Some(DATE)) if !minus => Some(DATE),
        (Some(TIME), Some(TIME)) if minus => Some(MINUTES),
        (Some(TIME), Some(MINUTES)) => Some(TIME),
        (Some(MINUTES), Some(TIME)) if !minus => Some(TIME),
        _ => None,
    }
}

/// The unit of a product: counts, plain numbers and percentages have no dimension.
pub(crate) fn product(a: Option<Unit>, b: Option<Unit>) -> Option<Option<Unit>> {
    let plain = |u: Option<Unit>| counts(u) || u == Some(PERCENT);
    if distance(a).or(distance(b)).is_some() {
        return None;
    }
    match (plain(a), plain(b)) {
        (true, true) => Some(if a == Some(PERCENT) { b } else { a.or(b) }),
        (true, false) => Some(b),
        (false, true) => Some(a),
        (false, false) => None,
    }
}

/// The unit of a quotient.
pub(crate) fn quotient(a: Option<Unit>, b: Option<Unit>) -> Option<Option<Unit>> {
    if distance(a).is_some() {
        return None;
    }
    if a == b || (counts(a) && counts(b)) {
        return Some(None);
    }
    if counts(b) || b == Some(PERCENT) { Some(a) } else { None }
}

/// Whether values are kept as fractions of what is written.
pub(crate) fn hundredths(unit: Option<Unit>) -> bool {
    matches!(unit, Some(PERCENT | PP))
}

/// How a unit is called: Chinese and English.
pub(crate) fn names(unit: Option<Unit>) -> (&'static str, &'static str) {
    if unit == Some(DATE) {
        return ("日期", "dates");
    }
    if unit == Some(TIME) {
        return ("时间", "times of day");
    }
    let word = unit.and_then(UnitWord::by_id);
    word.map_or(("无单位的数", "a plain number"), |w| {
        (w.zh.first().copied().unwrap_or_default(), w.en.first().copied().unwrap_or_default())
    })
}
