//! Expressions over sets of values.

use std::collections::BTreeSet;

use rubric_program::{
    Arithmetic, Cell, Column, Comparison, Entry, EvidenceType, Exact, Expr, ExprKind, Key, Row, Type, Value,
};

use crate::abstraction::{Abstract, Interval, Kind};
use crate::rows;
use crate::run::Run;

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'s, 'a> {
    pub(crate) run: &'s Run<'a>,
    pub(crate) unit: usize,
    pub(crate) row: Option<&'s [Abstract]>,
}

impl<'s, 'a> Scope<'s, 'a> {
    pub(crate) fn new(run: &'s Run<'a>, unit: usize) -> Self {
        Self { run, unit, row: None }
    }

    pub(crate) fn on(self, row: &'s [Abstract]) -> Self {
        Self { row: Some(row), ..self }
    }

    pub(crate) fn eval(self, expr: &Expr) -> Abstract {
        match &expr.kind {
            ExprKind::Number(n) => Abstract::number(n.clone()),
            ExprKind::Flag(b) => Abstract::flag(*b, !b),
            ExprKind::Text(t) => Abstract::text(t.clone()),
            ExprKind::Not(x) => {
                let x = self.eval(x);
                let (yes, no) = x.flags();
                Abstract { kind: flag_kind(no, yes), absent: x.absent }
            }
            ExprKind::Negate(x) => self.map(x, Interval::negate),
            ExprKind::And(parts) => self.joined(parts, true),
            ExprKind::Or(parts) => self.joined(parts, false),
            ExprKind::Arithmetic(op, a, b) => self.arithmetic(*op, a, b, expr),
            ExprKind::Compare(op, a, b) => self.compare(*op, &self.eval(a), &self.eval(b), &a.ty),
            ExprKind::Between(x, low, high) => {
                let (x, low, high) = (self.eval(x), self.eval(low), self.eval(high));
                let number = Type::Number(None);
                let above = self.compare(Comparison::GreaterOrEqual, &x, &low, &number);
                both(&above, &self.compare(Comparison::LessOrEqual, &x, &high, &number))
            }
            ExprKind::If(condition, then, otherwise) => {
                let condition = self.eval(condition);
                let (yes, no) = condition.flags();
                let mut all = Abstract { kind: Kind::Nothing, absent: condition.absent };
                if yes {
                    all = all.hull(self.eval(then));
                }
                if no {
                    all = all.hull(self.eval(otherwise));
                }
                all
            }
            ExprKind::Table(subject, rows) => self.table(subject, rows),
            ExprKind::Rows { aggregate, list, filter, value } => {
                rows::aggregate(self, *aggregate, *list, filter.as_deref(), value.as_deref(), expr)
            }
            ExprKind::Larger(parts) => self.extreme(parts, |a, b| a.max(b)),
            ExprKind::Smaller(parts) => self.extreme(parts, |a, b| a.min(b)),
            ExprKind::Round { value, step, mode } => {
                self.map(value, |i| i.rising(|x| x.round_to(step, *mode)))
            }
            ExprKind::WithinWorkdays(day, from, most) => self.within_workdays(day, from, *most),
            ExprKind::Workdays(from, to) => self.workdays(from, to, expr),
            _ => self.reference(expr),
        }
    }

    fn reference(self, expr: &Expr) -> Abstract {
        let (run, unit) = (self.run, self.unit);
        let known = |value: Option<Abstract>| value.unwrap_or_else(|| any(expr));
        match &expr.kind {
            ExprKind::Evidence(id) => self.run.evidence(*id, unit),
            ExprKind::Field(id) => known(self.row.and_then(|row| row.get(id.0)).cloned()),
            ExprKind::AbsentField(id) => match self.row.and_then(|row| row.get(id.0)) {
                Some(Abstract { kind: Kind::Nothing, .. }) => Abstract::flag(true, false),
                Some(Abstract { absent, .. }) => Abstract::flag(*absent, true),
                None => Abstract::flag(true, true),
            },
            ExprKind::Absent(id) => match run.data.columns.get(id.0) {
                Some(Column::Scalars(cells)) => {
                    let absent = cells.get(unit).is_none_or(|c| c.value.is_none());
                    Abstract::flag(absent, !absent)
                }
                Some(Column::Lists(lists)) => {
                    let absent = lists.get(unit).is_none_or(Option::is_none);
                    Abstract::flag(absent, !absent)
                }
                None => Abstract::flag(true, true),
            },
            ExprKind::Let(id) => known(run.lets.get(id.0).and_then(|c| c.get(unit)).cloned()),
            ExprKind::Output(id) => known(run.outputs.get(id.0).and_then(|c| c.get(unit)).cloned()),
            ExprKind::Score(id) => known(run.score(id.0, unit).map(|i| Abstract::of(Kind::Number(i)))),
            ExprKind::Total => {
                known(run.total.get(unit).cloned().flatten().map(|i| Abstract::of(Kind::Number(i))))
            }
            ExprKind::Rank => {
                known(run.rank.get(unit).cloned().flatten().map(|i| Abstract::of(Kind::Number(i))))
            }
            ExprKind::Place(id) => {
                let place = run.places.get(id.0).and_then(|c| c.get(unit)).cloned().flatten();
                known(place.map(|i| Abstract::of(Kind::Number(i))))
            }
            ExprKind::Grade => known(run.grade_names(unit).map(|names| Abstract::of(Kind::Texts(names)))),
            ExprKind::RequirementsMet => run.requirements_met(unit),
            ExprKind::RequirementsAll => run.requirements_all(unit),
            _ => any(expr),
        }
    }

    fn map(self, x: &Expr, f: impl Fn(&Interval) -> Interval) -> Abstract {
        let x = self.eval(x);
        let kind = x.interval().map_or(Kind::Nothing, |i| Kind::Number(f(&i)));
        Abstract { kind, absent: x.absent }
    }

    /// All of them, or one of them: a part that decides makes the others unneeded, absent ones too.
    fn joined(self, parts: &[Expr], and: bool) -> Abstract {
        let (mut decided, mut may_decide, mut may_not, mut absent) = (false, false, true, false);
        for part in parts {
            let part = self.eval(part);
            let (yes, no) = part.flags();
            let (decides, passes) = if and { (no, yes) } else { (yes, no) };
            decided |= decides && !passes && !part.absent;
            may_decide |= decides;
            may_not &= passes || part.absent;
            absent |= part.absent;
        }
        let (decides, passes) = (may_decide, may_not && !decided);
        let kind = if and { flag_kind(passes, decides) } else { flag_kind(decides, passes) };
        Abstract { kind, absent: absent && !decided }
    }

    fn arithmetic(self, op: Arithmetic, a: &Expr, b: &Expr, whole: &Expr) -> Abstract {
        let (x, y) = (self.eval(a), self.eval(b));
        let absent = x.absent || y.absent;
        let (Some(i), Some(j)) = (x.interval(), y.interval()) else {
            return Abstract { kind: Kind::Nothing, absent };
        };
        let result = match op {
            Arithmetic::Add => Some(i.add(&j)),
            Arithmetic::Subtract => Some(i.add(&j.negate())),
            Arithmetic::Multiply => Some(i.multiply(&j)),
            Arithmetic::Divide => i.divide(&j),
        };
        // A divisor that only a condition around it keeps from nothing: what the checker proved still holds.
        let kind = result.map_or_else(|| any(whole).kind, Kind::Number);
        Abstract { kind, absent }
    }

    fn compare(self, op: Comparison, a: &Abstract, b: &Abstract, ty: &Type) -> Abstract {
        let absent = a.absent || b.absent;
        let kind = match (&a.kind, &b.kind) {
            (Kind::Nothing, _) | (_, Kind::Nothing) => Kind::Nothing,
            (Kind::Number(i), Kind::Number(j)) => {
                ordered(op, &Interval::new(i.low.clone(), i.high.clone()), j)
            }
            (Kind::Texts(x), Kind::Texts(y)) if *ty == Type::Grade => {
                let at = |name: &String| Exact::from(self.run.grade_index(name).map_or(0, |i| i as u64));
                let hull = |names: &BTreeSet<String>| {
                    let all: Vec<Exact> = names.iter().map(|n| -at(n)).collect();
                    let low = all.iter().min().cloned().unwrap_or_default();
                    Interval::new(low, all.iter().max().cloned().unwrap_or_default())
                };
                match op {
                    Comparison::Equal | Comparison::NotEqual => equality(op, x, y),
                    _ => ordered(op, &hull(x), &hull(y)),
                }
            }
            (Kind::Texts(x), Kind::Texts(y)) => equality(op, x, y),
            (Kind::Flag { yes, no }, Kind::Flag { yes: y, no: n }) => {
                let same = (*yes && *y) || (*no && *n);
                let other = (*yes && *n) || (*no && *y);
                if op == Comparison::Equal { flag_kind(same, other) } else { flag_kind(other, same) }
            }
            _ => flag_kind(true, true),
        };
        Abstract { kind, absent }
    }

    fn extreme(self, parts: &[Expr], pick: fn(Exact, Exact) -> Exact) -> Abstract {
        let parts: Vec<Abstract> = parts.iter().map(|p| self.eval(p)).collect();
        let absent = parts.iter().any(|p| p.absent);
        let intervals: Option<Vec<Interval>> = parts.iter().map(Abstract::interval).collect();
        let all = intervals.and_then(|all| {
            all.into_iter().reduce(|a, b| Interval::new(pick(a.low, b.low), pick(a.high, b.high)))
        });
        Abstract { kind: all.map_or(Kind::Nothing, Kind::Number), absent }
    }

    fn table(self, subject: &Expr, rows: &[Row]) -> Abstract {
        let value = self.eval(subject);
        let mut all = Abstract { kind: Kind::Nothing, absent: value.absent };
        for row in fitting(rows, &value).into_iter().filter_map(|(i, _)| rows.get(i)) {
            if let Entry::Value(value) = &row.entry {
                all = all.hull(self.eval(value));
            }
        }
        all
    }

    fn within_workdays(self, day: &Expr, from: &Expr, most: u64) -> Abstract {
        let (d, e) = (self.eval(day), self.eval(from));
        let absent = d.absent || e.absent;
        let (Some(d), Some(e)) = (d.interval(), e.interval()) else {
            return Abstract { kind: Kind::Nothing, absent };
        };
        let point =
            |i: &Interval| i.low.to_i64().filter(|_| i.is_point()).and_then(|n| i32::try_from(n).ok());
        let calendar = self.run.program.calendar.as_ref();
        let known = point(&d).zip(point(&e)).and_then(|(d, e)| calendar?.within(d, e, most));
        let kind = known.map_or(flag_kind(true, true), |b| flag_kind(b, !b));
        Abstract { kind, absent }
    }

    fn workdays(self, from: &Expr, to: &Expr, whole: &Expr) -> Abstract {
        let (a, b) = (self.eval(from), self.eval(to));
        let absent = a.absent || b.absent;
        let (Some(a), Some(b)) = (a.interval(), b.interval()) else {
            return Abstract { kind: Kind::Nothing, absent };
        };
        let day = |n: &Exact| n.to_i64().and_then(|n| i32::try_from(n).ok());
        let calendar = self.run.program.calendar.as_ref();
        let between = |a: &Exact, b: &Exact| Some(Exact::from_int(calendar?.between(day(a)?, day(b)?)?));
        // More days later, fewer days earlier.
        let bounds = between(&a.high, &b.low).zip(between(&a.low, &b.high));
        let kind =
            bounds.map_or_else(|| any(whole).kind, |(low, high)| Kind::Number(Interval::new(low, high)));
        Abstract { kind, absent }
    }
}

pub(crate) const fn flag_kind(yes: bool, no: bool) -> Kind {
    if yes || no { Kind::Flag { yes, no } } else { Kind::Nothing }
}

fn both(a: &Abstract, b: &Abstract) -> Abstract {
    let ((ay, an), (by, bn)) = (a.flags(), b.flags());
    Abstract { kind: flag_kind(ay && by, an || bn), absent: a.absent || b.absent }
}

fn equality(op: Comparison, a: &BTreeSet<String>, b: &BTreeSet<String>) -> Kind {
    let same = a.intersection(b).next().is_some();
    let other = a.len() > 1 || b.len() > 1 || !same;
    if op == Comparison::NotEqual { flag_kind(other, same) } else { flag_kind(same, other) }
}

fn ordered(op: Comparison, a: &Interval, b: &Interval) -> Kind {
    let may_less = a.low < b.high;
    let may_equal = a.low <= b.high && b.low <= a.high;
    let may_greater = a.high > b.low;
    match op {
        Comparison::Equal => flag_kind(may_equal, may_less || may_greater),
        Comparison::NotEqual => flag_kind(may_less || may_greater, may_equal),
        Comparison::Less => flag_kind(may_less, may_equal || may_greater),
        Comparison::LessOrEqual => flag_kind(may_less || may_equal, may_greater),
        Comparison::Greater => flag_kind(may_greater, may_equal || may_less),
        Comparison::GreaterOrEqual => flag_kind(may_greater || may_equal, may_less),
    }
}

/// All values that an expression of this type can have at all, as the checker proved.
pub(crate) fn any(expr: &Expr) -> Abstract {
    let kind = match (&expr.ty, &expr.domain) {
        (Type::Number(_), Some(d)) => Kind::Number(Interval::new(d.low.clone(), d.high.clone())),
        (Type::Number(_) | Type::Rank, _) => {
            let most = Exact::from_int(1_000_000_000_000_000);
            Kind::Number(Interval::new(-&most, most))
        }
        (Type::Flag, _) => flag_kind(true, true),
        (Type::Choice(choices), _) => Kind::Texts(choices.iter().cloned().collect()),
        (Type::Text | Type::Grade, _) => Kind::AnyText,
    };
    Abstract::of(kind)
}

/// All values that evidence of a type can have.
pub(crate) fn any_of(ty: &EvidenceType) -> Abstract {
    let kind = match ty {
        EvidenceType::Count { range, .. }
        | EvidenceType::Number { range, .. }
        | EvidenceType::Percent { range, .. }
        | EvidenceType::Points { range, .. }
        | EvidenceType::Time { range }
        | EvidenceType::Date { range } => Kind::Number(Interval::of(range)),
        EvidenceType::Flag => flag_kind(true, true),
        EvidenceType::Choice(choices) | EvidenceType::Clause(choices) => {
            Kind::Texts(choices.iter().cloned().collect())
        }
        EvidenceType::Text | EvidenceType::List { .. } => Kind::AnyText,
    };
    Abstract::of(kind)
}

/// A cell of evidence. What is left out is absent where it may be, else it can still be anything.
pub(crate) fn of_cell(cell: Option<&Cell>, ty: &EvidenceType, optional: bool) -> Abstract {
    match cell.and_then(|c| c.value.as_ref()) {
        Some(Value::Number(n)) => Abstract::number(n.clone()),
        Some(Value::Flag(b)) => Abstract::flag(*b, !b),
        Some(Value::Text(t)) => Abstract::text(t.clone()),
        None if optional => Abstract::ABSENT,
        None => any_of(ty),
    }
}

/// The rows that can fit, each with whether it surely does.
pub(crate) fn fitting(rows: &[Row], value: &Abstract) -> Vec<(usize, bool)> {
    let mut found: Vec<usize> = Vec::new();
    match &value.kind {
        Kind::Number(interval) => numbers(rows, interval, &mut found),
        Kind::Texts(texts) => {
            for text in texts {
                let fits = |row: &Row| match &row.key {
                    Key::Otherwise => true,
                    Key::Choices(names) => names.contains(text),
                    _ => false,
                };
                found.extend(rows.iter().position(fits));
            }
        }
        Kind::Flag { yes, no } => {
            for wanted in [(*yes).then_some(true), (*no).then_some(false)].into_iter().flatten() {
                let fits = |row: &Row| match &row.key {
                    Key::Otherwise => true,
                    Key::Flag(b) => *b == wanted,
                    _ => false,
                };
                found.extend(rows.iter().position(fits));
            }
        }
        Kind::AnyText => found.extend(0..rows.len()),
        Kind::Nothing => {}
    }
    found.sort_unstable();
    found.dedup();
    let sure = found.len() == 1;
    found.into_iter().map(|row| (row, sure)).collect()
}

/// Rows take what those before them left; what is left is kept as one interval, which may be too wide.
fn numbers(rows: &[Row], interval: &Interval, found: &mut Vec<usize>) {
    let mut left = interval.clone();
    for (index, row) in rows.iter().enumerate() {
        let (low, low_open, high, high_open) = match &row.key {
            Key::Otherwise => (None, false, None, false),
            Key::Band { low, low_open, high, high_open } => {
                (low.clone(), *low_open, high.clone(), *high_open)
            }
            Key::Places(first, last) => (Some(Exact::from(*first)), false, last.map(Exact::from), false),
            _ => continue,
        };
        let below = low.as_ref().is_some_and(|l| left.high < *l || (low_open && left.high == *l));
        let above = high.as_ref().is_some_and(|h| left.low > *h || (high_open && left.low == *h));
        if below || above {
            continue;
        }
        found.push(index);
        let from_start = low.as_ref().is_none_or(|l| *l < left.low || (!low_open && *l == left.low));
        let to_end = high.as_ref().is_none_or(|h| *h > left.high || (!high_open && *h == left.high));
        match (from_start, to_end) {
            (true, true) => return,
            (true, false) => left.low = high.unwrap_or(left.low),
            (false, true) => left.high = low.unwrap_or(left.high),
            (false, false) => {}
        }
    }
}
