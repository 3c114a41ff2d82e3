//! Exact numbers: small decimals fast, everything else as a fraction of any size.
//!
//! No operation rounds except [`Exact::round_to`], which says how.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;

/// An exact rational number. INVARIANT: equal numbers are stored alike, so equality and hashing are derived.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Exact(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    /// `units / 10^scale`, without trailing zeros.
    Fixed { units: i128, scale: u8 },
    /// What no `Fixed` holds.
    Ratio(Box<BigRational>),
}

/// Most decimals of a `Fixed`.
const DEEPEST: u8 = 28;
/// Longest text that is read as a number, in bytes.
const LONGEST: usize = 512;
/// Largest power of ten that an exponent may ask for.
const LARGEST_EXPONENT: i32 = 400;

/// Ways to round, named as DMN and the text of standards name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest; a half away from zero (四舍五入).
    HalfAwayFromZero,
    /// To the nearest; a half towards zero (五舍六入).
    HalfTowardsZero,
    /// To the nearest; a half to the even neighbour.
    HalfEven,
    /// Towards plus infinity (向上取整).
    Up,
    /// Towards minus infinity (向下取整).
    Down,
    /// Away from zero.
    AwayFromZero,
    /// Towards zero.
    TowardsZero,
}

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self(Repr::Fixed { units: 0, scale: 0 });
    /// One.
    pub const ONE: Self = Self(Repr::Fixed { units: 1, scale: 0 });

    /// A whole number.
    #[must_use]
    pub fn from_int(value: i64) -> Self {
        Self::fixed(i128::from(value), 0)
    }

    /// `units / 10^scale`.
    #[must_use]
    pub fn fixed(mut units: i128, mut scale: u8) -> Self {
        // The machine divides 64 bits in one instruction, 128 by a call.
        if let Ok(mut small) = i64::try_from(units) {
            while scale > 0 && small % 10 == 0 {
                (small, scale) = (small / 10, scale - 1);
            }
            units = i128::from(small);
        }
        while scale > 0 && units % 10 == 0 {
            units /= 10;
            scale -= 1;
        }
        if scale <= DEEPEST {
            Self(Repr::Fixed { units, scale })
        } else {
            Self(Repr::Ratio(Box::new(BigRational::new(units.into(), ten_to(u32::from(scale))))))
        }
    }

    /// Reads `-12.50` or `1e-3`; `None` for anything else, for texts over 512 bytes, and for exponents over 400.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((m, e)) => (m, exponent_of(e)?),
            None => (text, 0),
        };
        let (negative, digits) = mantissa.strip_prefix('-').map_or((false, mantissa), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        if !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let units: BigInt = format!("{whole}{fraction}").parse().ok()?;
        let units = if negative { -units } else { units };
        let places = i32::try_from(fraction.len()).ok()? - exponent;
        let power = ten_to(places.unsigned_abs());
        Some(Self::ratio(if places >= 0 {
            BigRational::new(units, power)
        } else {
            BigRational::from(units * power)
        }))
    }

    /// The same number.
    #[must_use]
    pub fn from_decimal(value: Decimal) -> Self {
        Self::fixed(value.mantissa(), u8::try_from(value.scale()).unwrap_or(DEEPEST))
    }

    /// The same number as a decimal; `None` where none holds it.
    #[must_use]
    pub fn to_decimal(&self) -> Option<Decimal> {
        match &self.0 {
            Repr::Fixed { units, scale } => Decimal::try_from_i128_with_scale(*units, u32::from(*scale)).ok(),
            Repr::Ratio(_) => None,
        }
    }

    /// The simplest form of a fraction.
    fn ratio(value: BigRational) -> Self {
        let places = finite_places(value.denom());
        if let Some(scale) = places.and_then(|p| u8::try_from(p).ok()).filter(|s| *s <= DEEPEST) {
            let units = value.numer() * (ten_to(u32::from(scale)) / value.denom());
            if let Some(units) = units.to_i128() {
                return Self::fixed(units, scale);
            }
        }
        Self(Repr::Ratio(Box::new(value)))
    }

    fn to_ratio(&self) -> BigRational {
        match &self.0 {
            Repr::Fixed { units, scale } => BigRational::new((*units).into(), ten_to(u32::from(*scale))),
            Repr::Ratio(value) => (**value).clone(),
        }
    }

    /// The quotient; `None` where the divisor is nothing.
    #[must_use]
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        if divisor.is_zero() {
            return None;
        }
        let small = aligned(self, divisor).and_then(|(x, y, _)| small_quotient(x, y));
        Some(small.unwrap_or_else(|| Self::ratio(self.to_ratio() / divisor.to_ratio())))
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }

    /// Whether it is below nothing.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Fixed { units, .. } => *units < 0,
            Repr::Ratio(value) => value.is_negative(),
        }
    }

    /// Whether it is above nothing.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        !self.is_zero() && !self.is_negative()
    }

    /// Whether it is whole.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.decimals() == Some(0)
    }

    /// Its size without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// Decimal places it needs; `None` where it is not a finite decimal.
    #[must_use]
    pub fn decimals(&self) -> Option<u32> {
        match &self.0 {
            Repr::Fixed { scale, .. } => Some(u32::from(*scale)),
            Repr::Ratio(value) => finite_places(value.denom()),
        }
    }

    /// Digits before the point; one for numbers below one.
    #[must_use]
    pub fn integer_digits(&self) -> u32 {
        let digits = self.to_ratio().abs().trunc().to_integer().to_string().len();
        u32::try_from(digits).unwrap_or(u32::MAX)
    }

    /// As a machine integer, if it is one.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        self.to_i128_at(0).and_then(|units| i64::try_from(units).ok())
    }

    /// How many `10^-scale` it is, if a whole number of them.
    #[must_use]
    pub fn to_i128_at(&self, scale: u8) -> Option<i128> {
        match &self.0 {
            Repr::Fixed { units: 0, .. } => Some(0),
            Repr::Fixed { units, scale: own } => {
                let more = scale.checked_sub(*own)?;
                10_i128.checked_pow(u32::from(more)).and_then(|power| units.checked_mul(power))
            }
            // Deeper than a `Fixed` goes, the units may still fit.
            Repr::Ratio(value) => {
                let units = value.as_ref() * BigRational::from(ten_to(u32::from(scale)));
                units.is_integer().then(|| units.to_integer().to_i128()).flatten()
            }
        }
    }

    /// The multiple of `step` that the mode picks; unchanged for a step that is not positive.
    #[must_use]
    pub fn round_to(&self, step: &Self, mode: Rounding) -> Self {
        if !step.is_positive() {
            return self.clone();
        }
        let positive = self.is_positive();
        if let Some((x, y, scale)) = aligned(self, step) {
            let (floor, rest) = x.div_mod_floor(&y);
            let up = rest != 0 && rounds_up(positive, floor.is_odd(), rest.cmp(&(y - rest)), mode);
            if let Some(units) = (floor + i128::from(up)).checked_mul(y) {
                return Self::fixed(units, scale);
            }
        }
        let quotient = self.to_ratio() / step.to_ratio();
        let floor = quotient.floor().to_integer();
        let rest = &quotient - BigRational::from(floor.clone());
        let nearer = rest.cmp(&BigRational::new(BigInt::one(), BigInt::from(2)));
        let up = !rest.is_zero() && rounds_up(positive, floor.is_odd(), nearer, mode);
        let steps = if up { floor + BigInt::one() } else { floor };
        Self::ratio(BigRational::from(steps) * step.to_ratio())
    }

    /// How many whole steps fit: rounded down. Nothing for a step of nothing.
    #[must_use]
    pub fn floor_steps(&self, step: &Self) -> Self {
        self.steps(step, Rounding::Down)
    }

    /// How many steps are begun: rounded up. Nothing for a step of nothing.
    #[must_use]
    pub fn ceil_steps(&self, step: &Self) -> Self {
        self.steps(step, Rounding::Up)
    }

    /// Rounding to the step first leaves a quotient that is whole, which is the fast case.
    fn steps(&self, step: &Self, mode: Rounding) -> Self {
        self.round_to(step, mode)
            .checked_div(step)
            .map_or(Self::ZERO, |quotient| quotient.round_to(&Self::ONE, mode))
    }
}

/// Whether a quotient that is not whole goes up from its floor; `nearer` compares what is above the floor with
/// a half.
fn rounds_up(positive: bool, floor_is_odd: bool, nearer: Ordering, mode: Rounding) -> bool {
    let at_half = |tie_goes_up: bool| match nearer {
        Ordering::Greater => true,
        Ordering::Less => false,
        Ordering::Equal => tie_goes_up,
    };
    match mode {
        Rounding::Up => true,
        Rounding::Down => false,
        Rounding::AwayFromZero => positive,
        Rounding::TowardsZero => !positive,
        Rounding::HalfAwayFromZero => at_half(positive),
        Rounding::HalfTowardsZero => at_half(!positive),
        Rounding::HalfEven => at_half(floor_is_odd),
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// An exponent with at most one sign. Bounded before anything is computed from it, since it comes from
/// outside and asks for a power of ten.
fn exponent_of(text: &str) -> Option<i32> {
    let (negative, digits) =
        text.strip_prefix('-').map_or((false, text.strip_prefix('+').unwrap_or(text)), |rest| (true, rest));
    if !all_digits(digits) {
        return None;
    }
    let size = digits.parse::<i32>().ok().filter(|size| *size <= LARGEST_EXPONENT)?;
    Some(if negative { -size } else { size })
}

fn ten_to(power: u32) -> BigInt {
    BigInt::from(10).pow(power)
}

/// `x / y` where numbers of 64 bits suffice; a fraction of any size costs twenty times as much. `y` is not nothing.
fn small_quotient(x: i128, y: i128) -> Option<Exact> {
    let (x, y) = (i64::try_from(x).ok()?, i64::try_from(y).ok()?);
    let common = x.unsigned_abs().gcd(&y.unsigned_abs());
    let denominator = y.unsigned_abs() / common;
    let numerator = i128::from(x) / i128::from(common) * i128::from(y.signum());
    let (mut rest, mut twos, mut fives) = (denominator, 0_u8, 0_u8);
    while rest % 2 == 0 {
        (rest, twos) = (rest / 2, twos + 1);
    }
    while rest % 5 == 0 {
        (rest, fives) = (rest / 5, fives + 1);
    }
    if rest != 1 {
        // In lowest terms already.
        let ratio = BigRational::new_raw(numerator.into(), denominator.into());
        return Some(Exact(Repr::Ratio(Box::new(ratio))));
    }
    let scale = twos.max(fives);
    let power = 10_i128.checked_pow(u32::from(scale))?;
    let units = numerator.checked_mul(power / i128::from(denominator))?;
    (scale <= DEEPEST).then(|| Exact::fixed(units, scale))
}

/// Decimal places of a fraction in lowest terms: only twos and fives may divide its denominator.
fn finite_places(denominator: &BigInt) -> Option<u32> {
    let mut rest = denominator.clone();
    let mut count = |prime: u32| {
        let prime = BigInt::from(prime);
        let mut n = 0;
        while (&rest % &prime).is_zero() {
            rest /= &prime;
            n += 1;
        }
        n
    };
    let places = count(2).max(count(5));
    rest.is_one().then_some(places)
}

/// Both at the finer scale, if that fits.
fn aligned(a: &Exact, b: &Exact) -> Option<(i128, i128, u8)> {
    let (Repr::Fixed { units: x, scale: m }, Repr::Fixed { units: y, scale: n }) = (&a.0, &b.0) else {
        return None;
    };
    if m == n {
        return Some((*x, *y, *m));
    }
    let scale = *m.max(n);
    let lift = |units: i128, from: u8| {
        10_i128.checked_pow(u32::from(scale - from)).and_then(|p| units.checked_mul(p))
    };
    Some((lift(*x, *m)?, lift(*y, *n)?, scale))
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match aligned(self, other) {
            Some((x, y, _)) => x.cmp(&y),
            None => self.to_ratio().cmp(&other.to_ratio()),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn sum(a: &Exact, b: &Exact) -> Exact {
    aligned(a, b)
        .and_then(|(x, y, scale)| x.checked_add(y).map(|units| Exact::fixed(units, scale)))
        .unwrap_or_else(|| Exact::ratio(a.to_ratio() + b.to_ratio()))
}

fn product(a: &Exact, b: &Exact) -> Exact {
    if let (Repr::Fixed { units: x, scale: m }, Repr::Fixed { units: y, scale: n }) = (&a.0, &b.0)
        && let Some(units) = x.checked_mul(*y)
    {
        return Exact::fixed(units, m + n);
    }
    Exact::ratio(a.to_ratio() * b.to_ratio())
}

macro_rules! operators {
    ($($trait:ident $method:ident $f:expr;)*) => {$(
        impl std::ops::$trait<&Exact> for &Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact { $f(self, other) }
        }
        impl std::ops::$trait<Exact> for Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact { $f(&self, &other) }
        }
        impl std::ops::$trait<&Exact> for Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact { $f(&self, other) }
        }
        impl std::ops::$trait<Exact> for &Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact { $f(self, &other) }
        }
    )*};
}
operators! {
    Add add sum;
    Sub sub |a: &Exact, b: &Exact| sum(a, &-b);
    Mul mul product;
}

impl std::ops::Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        match &self.0 {
            Repr::Fixed { units, scale } if *units != i128::MIN => Exact::fixed(-units, *scale),
            _ => Exact::ratio(-self.to_ratio()),
        }
    }
}

impl std::ops::Neg for Exact {
    type Output = Self;
    fn neg(self) -> Self {
        -&self
    }
}

impl std::iter::Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, |a, b| a + b)
    }
}

impl Default for Exact {
    fn default() -> Self {
        Self::ZERO
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Self::fixed(i128::from(value), 0)
    }
}

impl From<u64> for Exact {
    fn from(value: u64) -> Self {
        Self::fixed(i128::from(value), 0)
    }
}

impl From<i128> for Exact {
    fn from(value: i128) -> Self {
        Self::fixed(value, 0)
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(places) = self.decimals() else {
            let value = self.to_ratio();
            return write!(f, "{}/{}", value.numer(), value.denom());
        };
        let width = places as usize + 1;
        let digits = match &self.0 {
            Repr::Fixed { units, .. } => format!("{:0>width$}", units.unsigned_abs()),
            Repr::Ratio(value) => {
                let units = (value.abs() * BigRational::from(ten_to(places))).to_integer();
                format!("{:0>width$}", units.to_string())
            }
        };
        let (whole, fraction) = digits.split_at(digits.len() - places as usize);
        let sign = if self.is_negative() { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests;
