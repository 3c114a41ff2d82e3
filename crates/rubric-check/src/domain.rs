//! Proved bounds: interval arithmetic on exact numbers, with the decimals that always suffice.

use rubric_program::{Arithmetic, Domain, Exact};

/// Most decimals a proved scale may have; beyond, the value is treated as a fraction.
const DEEPEST: u32 = 28;

/// Exactly this value.
pub(crate) fn exactly(value: &Exact) -> Domain {
    Domain { low: value.clone(), high: value.clone(), scale: value.decimals() }
}

/// Everything between.
pub(crate) fn between(low: Exact, high: Exact, scale: Option<u32>) -> Domain {
    Domain { low, high, scale }
}

fn scale(of: impl Fn(u32, u32) -> u32, a: &Domain, b: &Domain) -> Option<u32> {
    Some(of(a.scale?, b.scale?)).filter(|s| *s <= DEEPEST)
}

/// The smallest domain that holds both.
pub(crate) fn either(a: &Domain, b: &Domain) -> Domain {
    between(a.low.clone().min(b.low.clone()), a.high.clone().max(b.high.clone()), scale(u32::max, a, b))
}

/// Sum.
pub(crate) fn add(a: &Domain, b: &Domain) -> Domain {
    between(&a.low + &b.low, &a.high + &b.high, scale(u32::max, a, b))
}

/// Opposite.
pub(crate) fn negate(a: &Domain) -> Domain {
    between(-&a.high, -&a.low, a.scale)
}

/// Product.
pub(crate) fn multiply(a: &Domain, b: &Domain) -> Domain {
    let corners = [&a.low * &b.low, &a.low * &b.high, &a.high * &b.low, &a.high * &b.high];
    hull(&corners, scale(|x, y| x + y, a, b))
}

fn hull(corners: &[Exact], scale: Option<u32>) -> Domain {
    let low = corners.iter().min().cloned().unwrap_or_default();
    let high = corners.iter().max().cloned().unwrap_or_default();
    between(low, high, scale)
}

/// Quotient; `None` where the divisor can be nothing.
pub(crate) fn divide(a: &Domain, b: &Domain) -> Option<Domain> {
    if !b.low.is_positive() && !b.high.is_negative() {
        return None;
    }
    let corners: Option<Vec<Exact>> =
        [(&a.low, &b.low), (&a.low, &b.high), (&a.high, &b.low), (&a.high, &b.high)]
            .iter()
            .map(|(x, y)| x.checked_div(y))
            .collect();
    let finite =
        (b.low == b.high).then(|| Exact::ONE.checked_div(&b.low)).flatten().and_then(|q| q.decimals());
    let scale = finite.and_then(|f| Some(a.scale? + f)).filter(|s| *s <= DEEPEST);
    corners.map(|c| hull(&c, scale))
}

/// By operator.
pub(crate) fn arithmetic(op: Arithmetic, a: &Domain, b: &Domain) -> Option<Domain> {
    match op {
        Arithmetic::Add => Some(add(a, b)),
        Arithmetic::Subtract => Some(add(a, &negate(b))),
        Arithmetic::Multiply => Some(multiply(a, b)),
        Arithmetic::Divide => divide(a, b),
    }
}

/// At most so much to either side of nothing, where the limit itself lies in a domain.
pub(crate) fn capped(a: &Domain, cap: &Domain) -> Domain {
    let at = |limit: &Exact| clamp(a, Some(&-limit), Some(limit));
    let all = either(&at(&cap.low), &at(&cap.high));
    between(all.low, all.high, scale(u32::max, a, cap))
}

/// Within limits, where there are any.
pub(crate) fn clamp(a: &Domain, floor: Option<&Exact>, ceiling: Option<&Exact>) -> Domain {
    let within = |x: &Exact| {
        let x = floor.map_or_else(|| x.clone(), |f| x.clone().max(f.clone()));
        ceiling.map_or_else(|| x.clone(), |c| x.clone().min(c.clone()))
    };
    let scales = [a.scale, floor.map_or(Some(0), Exact::decimals), ceiling.map_or(Some(0), Exact::decimals)];
    let scale = scales.into_iter().collect::<Option<Vec<u32>>>().and_then(|s| s.into_iter().max());
    between(within(&a.low), within(&a.high), scale)
}
