//! Numbers as fractions, and what a value can be.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use rubric_program::{Exact, Rounding, Value};

/// A fraction of any size.
pub type Number = BigRational;

/// Why a value is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// It may be left out, and was.
    Absent,
    /// It is not there to be had.
    Missing,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar {
    /// A number in the base unit.
    Number(Number),
    /// Yes or no.
    Flag(bool),
    /// A choice, a grade or a text.
    Text(String),
}

impl Scalar {
    /// As a number, if it is one.
    #[must_use]
    pub fn number(self) -> Option<Number> {
        if let Self::Number(n) = self { Some(n) } else { None }
    }

    /// As a text, if it is one.
    #[must_use]
    pub fn text(self) -> Option<String> {
        if let Self::Text(t) = self { Some(t) } else { None }
    }
}

/// The same number, read from its printed digits.
#[must_use]
pub fn ratio(value: &Exact) -> Number {
    let text = value.to_string();
    if let Some((above, below)) = text.split_once('/') {
        return Number::new(above.parse().unwrap(), below.parse().unwrap());
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits: BigInt = format!("{whole}{fraction}").parse().unwrap();
    Number::new(digits, BigInt::from(10).pow(u32::try_from(fraction.len()).unwrap()))
}

/// The same number for the crates under test; a fraction is put together by a division.
#[must_use]
pub fn exact(n: &Number) -> Exact {
    let part = |i: &BigInt| Exact::parse(&i.to_string()).unwrap();
    part(n.numer()).checked_div(&part(n.denom())).unwrap()
}

/// The same value.
#[must_use]
pub fn scalar(value: &Value) -> Scalar {
    match value {
        Value::Number(n) => Scalar::Number(ratio(n)),
        Value::Flag(b) => Scalar::Flag(*b),
        Value::Text(t) => Scalar::Text(t.clone()),
    }
}

pub(super) fn zero() -> Number {
    Number::zero()
}

pub(super) fn whole(n: usize) -> Number {
    Number::from(BigInt::from(n))
}

/// All of them, or the gap that stays whatever else becomes known.
pub(super) fn all<T>(parts: Vec<Result<T, Gap>>) -> Result<Vec<T>, Gap> {
    let worst = parts.iter().filter_map(|p| p.as_ref().err().copied()).min_by_key(|g| *g == Gap::Missing);
    match worst {
        Some(gap) => Err(gap),
        None => Ok(parts.into_iter().filter_map(Result::ok).collect()),
    }
}

/// Decimals that it needs; none where no number of them suffices.
pub(super) fn decimals(n: &Number) -> Option<u32> {
    let mut rest = n.denom().clone();
    let mut counts = [0_u32, 0];
    for (count, prime) in counts.iter_mut().zip([2, 5]) {
        let prime = BigInt::from(prime);
        while rest.is_multiple_of(&prime) {
            rest /= &prime;
            *count += 1;
        }
    }
    rest.is_one().then(|| counts[0].max(counts[1]))
}

/// Digits as the language prints them, `1/3` where they do not end.
#[must_use]
pub fn text_of(n: &Number) -> String {
    let Some(places) = decimals(n) else { return format!("{}/{}", n.numer(), n.denom()) };
    let units = (n.abs() * Number::from(BigInt::from(10).pow(places))).to_integer().to_string();
    let places = usize::try_from(places).unwrap();
    let padded = format!("{}{units}", "0".repeat((places + 1).saturating_sub(units.len())));
    let (whole, fraction) = padded.split_at(padded.len() - places);
    let sign = if n.is_negative() { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

/// The multiple of the step that the mode names.
pub(super) fn round(n: &Number, step: &Number, mode: Rounding) -> Number {
    let q = n / step;
    let (down, up) = (q.floor(), q.ceil());
    if down == up {
        return n.clone();
    }
    let half = Number::new(BigInt::one(), BigInt::from(2));
    let above = &q - &down;
    let (away, towards) = if q.is_negative() { (&down, &up) } else { (&up, &down) };
    let tie = |at_half: &Number| match above.cmp(&half) {
        std::cmp::Ordering::Less => down.clone(),
        std::cmp::Ordering::Greater => up.clone(),
        std::cmp::Ordering::Equal => at_half.clone(),
    };
    let even = if down.to_integer().is_even() { &down } else { &up };
    let picked = match mode {
        Rounding::HalfAwayFromZero => tie(away),
        Rounding::HalfTowardsZero => tie(towards),
        Rounding::HalfEven => tie(even),
        Rounding::Up => up.clone(),
        Rounding::Down => down.clone(),
        Rounding::AwayFromZero => away.clone(),
        Rounding::TowardsZero => towards.clone(),
    };
    picked * step
}
