//! Expressions.

use num_traits::Zero;
use rubric_program::{Arithmetic, Comparison, Entry, Expr, ExprKind, Key, Row, Type};

use super::value::{Gap, Number, Scalar, all, ratio, round, whole};
use super::{At, Known, Reference};

impl Reference<'_> {
    pub(super) fn eval(&self, expr: &Expr, at: At<'_>) -> Known<Scalar> {
        let value = self.bare(expr, at)?;
        if let Scalar::Number(n) = &value {
            let words = || format!("bytes {}..{} {:?}", expr.span.start, expr.span.end, short(&expr.kind));
            self.hold(n, expr.domain.as_ref(), words);
        }
        Ok(value)
    }

    pub(super) fn number(&self, expr: &Expr, at: At<'_>) -> Known<Number> {
        Ok(self.eval(expr, at)?.number().unwrap_or_else(|| panic!("no number: {expr:?}")))
    }

    pub(super) fn flag(&self, expr: &Expr, at: At<'_>) -> Known<bool> {
        match self.eval(expr, at)? {
            Scalar::Flag(b) => Ok(b),
            _ => panic!("no flag: {expr:?}"),
        }
    }

    fn numbers(&self, parts: &[&Expr], at: At<'_>) -> Known<Vec<Number>> {
        all(parts.iter().map(|p| self.number(p, at)).collect())
    }

    fn bare(&self, expr: &Expr, at: At<'_>) -> Known<Scalar> {
        let unit = at.unit;
        let flag = |b: bool| Ok(Scalar::Flag(b));
        let number = |n: Number| Ok(Scalar::Number(n));
        match &expr.kind {
            ExprKind::Number(n) => number(ratio(n)),
            ExprKind::Flag(b) => flag(*b),
            ExprKind::Text(t) => Ok(Scalar::Text(t.clone())),
            ExprKind::Evidence(id) => self.evidence(*id, unit),
            ExprKind::Field(id) => at.row.ok_or(Gap::Missing)?[id.0].clone(),
            ExprKind::Let(id) => self.let_value(id.0, unit),
            ExprKind::Output(id) => self.output(id.0, unit),
            ExprKind::Score(id) => {
                if !self.has_score(id.0) {
                    return Err(Gap::Missing);
                }
                number(self.node(id.0, unit)?)
            }
            ExprKind::Total => number(self.total(unit)?),
            ExprKind::Rank => number(Number::from(num_bigint::BigInt::from(self.rank(unit)?))),
            ExprKind::Grade => Ok(Scalar::Text(self.grade(unit)?)),
            ExprKind::Place(id) => {
                number(Number::from(num_bigint::BigInt::from(self.place_share(*id, unit)?.place)))
            }
            ExprKind::RequirementsMet => {
                let asking = self.asking(unit).into_iter();
                let met = all(asking.map(|n| self.requirement(n, unit)).collect())?;
                number(whole(met.into_iter().filter(|m| *m).count()))
            }
            ExprKind::RequirementsAll => number(whole(self.asking(unit).len())),
            ExprKind::AbsentField(id) => flag(at.row.ok_or(Gap::Missing)?[id.0].is_err()),
            ExprKind::Absent(id) => flag(self.absent(*id, unit)?),
            ExprKind::Not(x) => flag(!self.flag(x, at)?),
            ExprKind::Negate(x) => number(-self.number(x, at)?),
            ExprKind::And(parts) => flag(self.kleene(parts, at, false)?),
            ExprKind::Or(parts) => flag(self.kleene(parts, at, true)?),
            ExprKind::Arithmetic(op, a, b) => {
                let both = self.numbers(&[a, b], at)?;
                let (x, y) = (&both[0], &both[1]);
                number(match op {
                    Arithmetic::Add => x + y,
                    Arithmetic::Subtract => x - y,
                    Arithmetic::Multiply => x * y,
                    Arithmetic::Divide => {
                        assert!(!y.is_zero(), "division by nothing in a checked program: {:?}", expr.span);
                        x / y
                    }
                })
            }
            ExprKind::Compare(op, a, b) => {
                let both = all(vec![self.eval(a, at), self.eval(b, at)])?;
                flag(self.compare(*op, &both[0], &both[1], &a.ty))
            }
            ExprKind::Between(x, low, high) => {
                let all = self.numbers(&[x, low, high], at)?;
                flag(all[1] <= all[0] && all[0] <= all[2])
            }
            ExprKind::If(condition, then, otherwise) => {
                self.eval(if self.flag(condition, at)? { then } else { otherwise }, at)
            }
            ExprKind::Table(subject, rows) => {
                let value = self.eval(subject, at)?;
                match row_for(rows, &value).map(|row| &row.entry) {
                    Some(Entry::Value(value)) => self.eval(value, at),
                    _ => panic!("a table of a checked program has no row for {value:?}"),
                }
            }
            ExprKind::Rows { aggregate, list, filter, value } => {
                self.over_rows(*aggregate, *list, filter.as_deref(), value.as_deref(), at)
            }
            ExprKind::Larger(parts) | ExprKind::Smaller(parts) => {
                let parts = self.numbers(&parts.iter().collect::<Vec<_>>(), at)?;
                let larger = matches!(expr.kind, ExprKind::Larger(_));
                number(if larger { parts.into_iter().max() } else { parts.into_iter().min() }.unwrap())
            }
            ExprKind::WithinWorkdays(day, after, most) => self.within_workdays(day, after, *most, at),
            ExprKind::Workdays(from, to) => self.workdays(from, to, at),
            ExprKind::Imported(id, target) => self.imported(*id, *target, unit),
            ExprKind::Round { value, step, mode } => {
                number(round(&self.number(value, at)?, &ratio(step), *mode))
            }
        }
    }

    /// 且 and 或 of three values, asked from the left: what decides does so whatever is not known of the others.
    pub(super) fn kleene(&self, parts: &[Expr], at: At<'_>, decides: bool) -> Known<bool> {
        let mut gaps = Vec::new();
        for part in parts {
            match self.flag(part, at) {
                Ok(b) if b == decides => return Ok(decides),
                Ok(_) => {}
                Err(gap) => gaps.push(gap),
            }
        }
        // What is missing may yet decide; what was left out never will.
        match gaps.into_iter().max_by_key(|g| *g == Gap::Missing) {
            Some(gap) => Err(gap),
            None => Ok(!decides),
        }
    }

    fn compare(&self, op: Comparison, a: &Scalar, b: &Scalar, ty: &Type) -> bool {
        let order = match (a, b) {
            (Scalar::Number(x), Scalar::Number(y)) => x.cmp(y),
            _ if *ty == Type::Grade || matches!(op, Comparison::Equal | Comparison::NotEqual) => {
                return match op {
                    Comparison::Equal => a == b,
                    Comparison::NotEqual => a != b,
                    _ => panic!("grades have no order in a checked program"),
                };
            }
            _ => panic!("{a:?} and {b:?} have no order"),
        };
        match op {
            Comparison::Equal => order.is_eq(),
            Comparison::NotEqual => order.is_ne(),
            Comparison::Less => order.is_lt(),
            Comparison::LessOrEqual => order.is_le(),
            Comparison::Greater => order.is_gt(),
            Comparison::GreaterOrEqual => order.is_ge(),
        }
    }
}

/// The first row whose key fits.
pub(super) fn row_for<'r>(rows: &'r [Row], value: &Scalar) -> Option<&'r Row> {
    rows.iter().find(|row| match (&row.key, value) {
        (Key::Otherwise, _) => true,
        (Key::Band { low, low_open, high, high_open }, Scalar::Number(n)) => {
            let low = low.as_ref().map(ratio);
            let high = high.as_ref().map(ratio);
            low.is_none_or(|l| if *low_open { *n > l } else { *n >= l })
                && high.is_none_or(|h| if *high_open { *n < h } else { *n <= h })
        }
        (Key::Places(first, last), Scalar::Number(n)) => {
            let place = |p: u64| Number::from(num_bigint::BigInt::from(p));
            *n >= place(*first) && last.is_none_or(|l| *n <= place(l))
        }
        (Key::Choices(names), Scalar::Text(text)) => names.contains(text),
        (Key::Flag(wanted), Scalar::Flag(b)) => wanted == b,
        _ => false,
    })
}

/// The first words of an expression, for messages.
fn short(kind: &ExprKind) -> String {
    let text = format!("{kind:?}");
    text.split(['(', ' ', '{']).next().unwrap_or_default().to_owned()
}
