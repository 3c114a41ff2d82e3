//! Sets of values, held by their bounds.

use std::collections::BTreeSet;

use rubric_program::{Exact, NumberRange};

/// A closed interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) low: Exact,
    pub(crate) high: Exact,
}

impl Interval {
    pub(crate) fn point(value: Exact) -> Self {
        Self { low: value.clone(), high: value }
    }

    pub(crate) fn new(low: Exact, high: Exact) -> Self {
        Self { low, high }
    }

    pub(crate) fn of(range: &NumberRange) -> Self {
        let low = range.low().cloned().unwrap_or_default();
        Self { high: range.high().cloned().unwrap_or_else(|| low.clone()), low }
    }

    pub(crate) fn is_point(&self) -> bool {
        self.low == self.high
    }

    pub(crate) fn hull(&self, other: &Self) -> Self {
        Self::new(self.low.clone().min(other.low.clone()), self.high.clone().max(other.high.clone()))
    }

    pub(crate) fn add(&self, other: &Self) -> Self {
        Self::new(&self.low + &other.low, &self.high + &other.high)
    }

    pub(crate) fn negate(&self) -> Self {
        Self::new(-&self.high, -&self.low)
    }

    pub(crate) fn multiply(&self, other: &Self) -> Self {
        let corners = [
            &self.low * &other.low,
            &self.low * &other.high,
            &self.high * &other.low,
            &self.high * &other.high,
        ];
        let low = corners.iter().min().cloned().unwrap_or_default();
        Self::new(low, corners.iter().max().cloned().unwrap_or_default())
    }

    /// The quotient; nothing where the divisor can be nothing.
    pub(crate) fn divide(&self, other: &Self) -> Option<Self> {
        if !other.low.is_positive() && !other.high.is_negative() {
            return None;
        }
        let inverse = Self::new(Exact::ONE.checked_div(&other.high)?, Exact::ONE.checked_div(&other.low)?);
        Some(self.multiply(&inverse))
    }

    /// By a function that never falls.
    pub(crate) fn rising(&self, f: impl Fn(&Exact) -> Exact) -> Self {
        Self::new(f(&self.low), f(&self.high))
    }
}

/// What a value can be. `absent`: it may also be that there is none, because optional evidence was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Abstract {
    pub(crate) kind: Kind,
    pub(crate) absent: bool,
}

/// The kinds of value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Number(Interval),
    Flag {
        yes: bool,
        no: bool,
    },
    Texts(BTreeSet<String>),
    AnyText,
    /// No value at all.
    Nothing,
}

impl Abstract {
    pub(crate) const fn of(kind: Kind) -> Self {
        Self { kind, absent: false }
    }

    pub(crate) const ABSENT: Self = Self { kind: Kind::Nothing, absent: true };

    pub(crate) fn number(value: Exact) -> Self {
        Self::of(Kind::Number(Interval::point(value)))
    }

    pub(crate) const fn flag(yes: bool, no: bool) -> Self {
        Self::of(Kind::Flag { yes, no })
    }

    pub(crate) fn text(text: String) -> Self {
        Self::of(Kind::Texts(BTreeSet::from([text])))
    }

    /// The smallest set that holds both.
    pub(crate) fn hull(self, other: Self) -> Self {
        let kind = match (self.kind, other.kind) {
            (Kind::Nothing, kind) | (kind, Kind::Nothing) => kind,
            (Kind::Number(a), Kind::Number(b)) => Kind::Number(a.hull(&b)),
            (Kind::Flag { yes, no }, Kind::Flag { yes: y, no: n }) => {
                Kind::Flag { yes: yes || y, no: no || n }
            }
            (Kind::Texts(a), Kind::Texts(b)) => Kind::Texts(a.into_iter().chain(b).collect()),
            _ => Kind::AnyText,
        };
        Self { kind, absent: self.absent || other.absent }
    }

    /// Whether it can be yes, and whether it can be no.
    pub(crate) const fn flags(&self) -> (bool, bool) {
        match self.kind {
            Kind::Flag { yes, no } => (yes, no),
            _ => (false, false),
        }
    }

    /// Its bounds as a number.
    pub(crate) fn interval(&self) -> Option<Interval> {
        match &self.kind {
            Kind::Number(i) => Some(i.clone()),
            _ => None,
        }
    }
}
