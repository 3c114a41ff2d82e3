//! When two expressions say the same, wherever they stand, and when one condition sees to another.

use rubric_program::{Comparison, Effect, Entry, Exact, Expr, ExprKind, Row, When};

/// Whether two expressions are the same but for their places.
pub(crate) fn expr(a: &Expr, b: &Expr) -> bool {
    use ExprKind as K;
    let own = match (&a.kind, &b.kind) {
        (K::Number(x), K::Number(y)) => x == y,
        (K::Flag(x), K::Flag(y)) => x == y,
        (K::Text(x), K::Text(y)) => x == y,
        (K::Evidence(x), K::Evidence(y)) | (K::Absent(x), K::Absent(y)) => x == y,
        (K::Field(x), K::Field(y)) | (K::AbsentField(x), K::AbsentField(y)) => x == y,
        (K::Let(x), K::Let(y)) => x == y,
        (K::Score(x), K::Score(y)) => x == y,
        (K::Place(x), K::Place(y)) => x == y,
        (K::Output(x), K::Output(y)) => x == y,
        (K::Imported(x, p), K::Imported(y, q)) => x == y && p == q,
        (K::WithinWorkdays(_, _, x), K::WithinWorkdays(_, _, y)) => x == y,
        (K::Arithmetic(x, ..), K::Arithmetic(y, ..)) => x == y,
        (K::Compare(x, ..), K::Compare(y, ..)) => x == y,
        (K::Round { step: s, mode: m, .. }, K::Round { step: t, mode: n, .. }) => s == t && m == n,
        (
            K::Rows { aggregate: x, list: l, filter: f, .. },
            K::Rows { aggregate: y, list: m, filter: g, .. },
        ) => x == y && l == m && f.is_some() == g.is_some(),
        (K::Table(_, x), K::Table(_, y)) => keys(x, y),
        (x, y) => std::mem::discriminant(x) == std::mem::discriminant(y),
    };
    let (x, y) = (a.parts(), b.parts());
    own && x.len() == y.len() && x.into_iter().zip(y).all(|(x, y)| expr(x, y))
}

fn keys(a: &[Row], b: &[Row]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.key == y.key)
}

/// Whether two rows have the same key and the same entry.
fn row(a: &Row, b: &Row) -> bool {
    a.key == b.key
        && match (&a.entry, &b.entry) {
            (Entry::Points(x), Entry::Points(y)) => effect(x, y),
            (Entry::Value(x), Entry::Value(y)) => expr(x, y),
            (x, y) => x == y,
        }
}

/// Whether two effects are the same.
pub(crate) fn effect(a: &Effect, b: &Effect) -> bool {
    match (a, b) {
        (Effect::Deduct(x), Effect::Deduct(y)) | (Effect::Award(x), Effect::Award(y)) => expr(x, y),
        (Effect::NoPoints, Effect::NoPoints) | (Effect::FullPoints, Effect::FullPoints) => true,
        _ => false,
    }
}

/// Whether two triggers are the same.
pub(crate) fn when(a: &When, b: &When) -> bool {
    match (a, b) {
        (When::Always, When::Always) => true,
        (When::Each(x), When::Each(y)) | (When::If(x), When::If(y)) => expr(x, y),
        (
            When::EachRow { list: l, filter: f, distinct: d },
            When::EachRow { list: m, filter: g, distinct: e },
        ) => {
            let filters = match (f, g) {
                (Some(f), Some(g)) => expr(f, g),
                (None, None) => true,
                _ => false,
            };
            l == m && d == e && filters
        }
        (
            When::Steps { value: v, limit: l, below: b, step: s, part: p },
            When::Steps { value: w, limit: m, below: c, step: t, part: q },
        ) => expr(v, w) && expr(l, m) && b == c && s == t && p == q,
        _ => false,
    }
}

/// Whether two tables of points are the same.
pub(crate) fn table(a: (&Expr, &[Row]), b: (&Expr, &[Row])) -> bool {
    expr(a.0, b.0) && a.1.len() == b.1.len() && a.1.iter().zip(b.1).all(|(x, y)| row(x, y))
}

/// Whether the second condition holds wherever the first does. What is left out settles nothing, so that both must
/// read the same.
pub(crate) fn implies(a: &Expr, b: &Expr) -> bool {
    if expr(a, b) {
        return true;
    }
    if let ExprKind::And(parts) = &a.kind
        && parts.iter().any(|part| implies(part, b))
    {
        return true;
    }
    if let ExprKind::Or(parts) = &b.kind
        && parts.iter().any(|part| implies(a, part))
    {
        return true;
    }
    match (bound(a), bound(b)) {
        (Some(x), Some(y)) if expr(x.of, y.of) => x.within(&y),
        _ => false,
    }
}

/// Values on one side of a number.
pub(crate) struct Bound<'a> {
    pub(crate) of: &'a Expr,
    pub(crate) limit: &'a Exact,
    /// They lie below it.
    pub(crate) below: bool,
    /// The number is one of them.
    pub(crate) with: bool,
}

impl Bound<'_> {
    fn within(&self, other: &Self) -> bool {
        if self.below != other.below {
            return false;
        }
        let nearer = if self.below { self.limit < other.limit } else { self.limit > other.limit };
        nearer || (self.limit == other.limit && (other.with || !self.with))
    }
}

/// A comparison with a number as values on one side of it.
pub(crate) fn bound(condition: &Expr) -> Option<Bound<'_>> {
    let ExprKind::Compare(op, a, b) = &condition.kind else { return None };
    let (of, limit, turned) = match (&a.kind, &b.kind) {
        (_, ExprKind::Number(limit)) => (&**a, limit, false),
        (ExprKind::Number(limit), _) => (&**b, limit, true),
        _ => return None,
    };
    let (below, with) = match op {
        Comparison::Less => (true, false),
        Comparison::LessOrEqual => (true, true),
        Comparison::Greater => (false, false),
        Comparison::GreaterOrEqual => (false, true),
        Comparison::Equal | Comparison::NotEqual => return None,
    };
    Some(Bound { of, limit, below: below != turned, with })
}
