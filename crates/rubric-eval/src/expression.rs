//! Expressions, evaluated for one unit and at most one row of a list.

use rubric_base::Span;
use rubric_program::{
    Arithmetic, Comparison, Entry, Exact, Expr, ExprKind, Key, NodeId, RecordRow, Row, Type, Value,
};

use crate::aggregate;
use crate::state::{State, at, slot};
use crate::stop::{Eval, EvalErrorKind, Gap, MISSING, Stop, both, number};
use crate::{imports, workdays};

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'s, 'a> {
    pub(crate) state: &'s State<'a>,
    pub(crate) unit: usize,
    pub(crate) row: Option<&'s RecordRow>,
}

impl<'s, 'a> Scope<'s, 'a> {
    pub(crate) fn new(state: &'s State<'a>, unit: usize) -> Self {
        Self { state, unit, row: None }
    }

    /// The same with a row in hand.
    pub(crate) fn on(self, row: &'s RecordRow) -> Self {
        Self { row: Some(row), ..self }
    }

    pub(crate) fn eval(self, expr: &Expr) -> Eval {
        match &expr.kind {
            ExprKind::Number(n) => Ok(Value::Number(n.clone())),
            ExprKind::Flag(b) => Ok(Value::Flag(*b)),
            ExprKind::Text(t) => Ok(Value::Text(t.clone())),
            ExprKind::Not(inner) => Ok(Value::Flag(!self.flag(inner)?)),
            ExprKind::Negate(inner) => Ok(Value::Number(-self.number(inner)?)),
            ExprKind::And(parts) => self.until(parts, false),
            ExprKind::Or(parts) => self.until(parts, true),
            ExprKind::Arithmetic(op, a, b) => self.arithmetic(*op, a, b, expr.span),
            ExprKind::Compare(op, a, b) => {
                let (left, right) = both(self.eval(a), self.eval(b))?;
                self.compare(*op, &left, &right, a, expr.span).map(Value::Flag)
            }
            ExprKind::Between(value, low, high) => self.between(value, low, high, expr.span),
            ExprKind::If(condition, then, otherwise) => {
                self.eval(if self.flag(condition)? { then } else { otherwise })
            }
            ExprKind::Table(subject, rows) => self.table(subject, rows),
            ExprKind::Rows { aggregate, list, filter, value } => {
                aggregate::rows(self, *aggregate, *list, filter.as_deref(), value.as_deref())
            }
            ExprKind::Larger(parts) => self.extreme(parts, |a, b| a.max(b)),
            ExprKind::Smaller(parts) => self.extreme(parts, |a, b| a.min(b)),
            ExprKind::WithinWorkdays(day, from, most) => workdays::within(self, day, from, *most),
            ExprKind::Workdays(from, to) => workdays::between(self, from, to),
            ExprKind::Round { value, step, mode } => {
                Ok(Value::Number(self.number(value)?.round_to(step, *mode)))
            }
            _ => self.reference(&expr.kind),
        }
    }

    fn reference(self, kind: &ExprKind) -> Eval {
        let (state, unit) = (self.state, self.unit);
        let whole = |n: u64| Value::Number(Exact::from(n));
        match kind {
            ExprKind::Evidence(id) => state.evidence(*id, unit),
            ExprKind::Field(id) => {
                let cell = self.row.and_then(|row| row.cells.get(id.0));
                // Fields that a row must have were given, or the row was refused: what is left was left out.
                cell.map_or(Err(MISSING), |c| c.value.clone().ok_or(Stop::Gap(Gap::Absent)))
            }
            ExprKind::AbsentField(id) => {
                let cell = self.row.and_then(|row| row.cells.get(id.0)).ok_or(MISSING)?;
                Ok(Value::Flag(cell.value.is_none()))
            }
            ExprKind::Absent(id) => state.absent(*id, unit).map(Value::Flag),
            ExprKind::Let(id) => slot(&state.lets, id.0, unit),
            ExprKind::Output(id) => slot(&state.outputs, id.0, unit),
            ExprKind::Score(id) => slot(&state.nodes, id.0, unit).map(Value::Number),
            ExprKind::Total => at(&state.total, unit).map(Value::Number),
            ExprKind::Rank => at(&state.rank, unit).map(|share| whole(share.place)),
            ExprKind::Place(id) => slot(&state.places, id.0, unit).map(|share| whole(share.place)),
            ExprKind::Grade => {
                let grade = at(&state.grade, unit)?;
                let names = state.program.grades.as_ref().and_then(|g| g.names.get(grade));
                names.map(|g| Value::Text(g.name.clone())).ok_or(MISSING)
            }
            ExprKind::Imported(id, target) => imports::value(self, *id, *target),
            ExprKind::RequirementsMet => self.requirements_met().map(whole),
            ExprKind::RequirementsAll => Ok(whole(count(self.required()))),
            _ => Err(MISSING),
        }
    }

    fn requirements_met(self) -> Eval<u64> {
        let met = self.required().map(|n| slot(&self.state.requirements, n, self.unit));
        let met: Vec<bool> = met.collect::<Eval<_>>()?;
        Ok(count(met.iter().filter(|m| **m)))
    }

    /// The nodes with requirements that apply to the unit.
    fn required(self) -> impl Iterator<Item = usize> {
        let nodes = self.state.required.iter().enumerate().filter(|(_, required)| **required);
        nodes.map(|(n, _)| n).filter(move |n| !self.state.is_left_out(NodeId(*n), self.unit))
    }

    pub(crate) fn number(self, expr: &Expr) -> Eval<Exact> {
        match number(self.eval(expr)?) {
            Some(n) => Ok(n),
            None => self.state.fail(self.unit, expr.span, EvalErrorKind::WrongType),
        }
    }

    /// A number that may not be below nothing: an amount, a count, a cap.
    pub(crate) fn amount(self, expr: &Expr) -> Eval<Exact> {
        let n = self.number(expr)?;
        if n.is_negative() {
            return self.state.fail(self.unit, expr.span, EvalErrorKind::NegativeAmount);
        }
        Ok(n)
    }

    pub(crate) fn flag(self, expr: &Expr) -> Eval<bool> {
        match self.eval(expr)? {
            Value::Flag(b) => Ok(b),
            _ => self.state.fail(self.unit, expr.span, EvalErrorKind::WrongType),
        }
    }

    /// `And` and `Or`: a part that decides makes the others unneeded, wherever it stands. Where none does, a
    /// missing part leaves the answer open even beside one that was left out, since it may yet decide.
    fn until(self, parts: &[Expr], decides: bool) -> Eval {
        let mut gap = None;
        for part in parts {
            match self.flag(part) {
                Ok(b) if b == decides => return Ok(Value::Flag(decides)),
                Ok(_) => {}
                Err(Stop::Gap(Gap::Missing)) => gap = Some(Gap::Missing),
                Err(Stop::Gap(Gap::Absent)) => gap = gap.or(Some(Gap::Absent)),
                Err(error) => return Err(error),
            }
        }
        gap.map_or(Ok(Value::Flag(!decides)), |g| Err(Stop::Gap(g)))
    }

    fn arithmetic(self, op: Arithmetic, a: &Expr, b: &Expr, span: Span) -> Eval {
        let (x, y) = both(self.number(a), self.number(b))?;
        let result = match op {
            Arithmetic::Add => Some(x + y),
            Arithmetic::Subtract => Some(x - y),
            Arithmetic::Multiply => Some(x * y),
            Arithmetic::Divide => x.checked_div(&y),
        };
        match result {
            Some(n) => Ok(Value::Number(n)),
            None => self.state.fail(self.unit, span, EvalErrorKind::DivisionByZero),
        }
    }

    fn between(self, value: &Expr, low: &Expr, high: &Expr, span: Span) -> Eval {
        let (v, (l, h)) = {
            let limits = both(self.eval(low), self.eval(high));
            match (self.eval(value), limits) {
                (Ok(v), Ok(limits)) => (v, limits),
                (Err(Stop::Error(e)), _) | (_, Err(Stop::Error(e))) => return Err(Stop::Error(e)),
                (Err(stop), _) | (_, Err(stop)) => return Err(stop),
            }
        };
        let above = self.compare(Comparison::GreaterOrEqual, &v, &l, value, span)?;
        let below = self.compare(Comparison::LessOrEqual, &v, &h, value, span)?;
        Ok(Value::Flag(above && below))
    }

    fn compare(self, op: Comparison, a: &Value, b: &Value, left: &Expr, span: Span) -> Eval<bool> {
        let order = match (a, b) {
            (Value::Number(x), Value::Number(y)) => x.cmp(y),
            (Value::Flag(x), Value::Flag(y)) => x.cmp(y),
            // A better grade is the greater one, and stands earlier in the list.
            (Value::Text(x), Value::Text(y)) if left.ty == Type::Grade && x != y => {
                self.grade(y).cmp(&self.grade(x))
            }
            (Value::Text(x), Value::Text(y)) => x.cmp(y),
            _ => return self.state.fail(self.unit, span, EvalErrorKind::WrongType),
        };
        Ok(match op {
            Comparison::Equal => order.is_eq(),
            Comparison::NotEqual => order.is_ne(),
            Comparison::Less => order.is_lt(),
            Comparison::LessOrEqual => order.is_le(),
            Comparison::Greater => order.is_gt(),
            Comparison::GreaterOrEqual => order.is_ge(),
        })
    }

    fn grade(self, name: &str) -> Option<usize> {
        self.state.program.grades.as_ref()?.names.iter().position(|g| g.name == name)
    }

    fn extreme(self, parts: &[Expr], pick: fn(Exact, Exact) -> Exact) -> Eval {
        let numbers: Vec<Exact> = parts.iter().map(|p| self.number(p)).collect::<Eval<_>>()?;
        numbers.into_iter().reduce(pick).map(Value::Number).ok_or(MISSING)
    }

    fn table(self, subject: &Expr, rows: &[Row]) -> Eval {
        let value = self.eval(subject)?;
        match find(rows, &value).map(|(_, row)| &row.entry) {
            Some(Entry::Value(expr)) => self.eval(expr),
            _ => Err(MISSING),
        }
    }
}

/// How many, as the language counts.
pub(crate) fn count<T>(items: impl Iterator<Item = T>) -> u64 {
    items.fold(0, |n, _| n + 1)
}

/// The first row whose key fits, and its index.
pub(crate) fn find<'r>(rows: &'r [Row], value: &Value) -> Option<(usize, &'r Row)> {
    rows.iter().enumerate().find(|(_, row)| fits(&row.key, value))
}

fn fits(key: &Key, value: &Value) -> bool {
    match (key, value) {
        (Key::Otherwise, _) => true,
        (Key::Band { low, low_open, high, high_open }, Value::Number(n)) => {
            low.as_ref().is_none_or(|l| l < n || (!low_open && l == n))
                && high.as_ref().is_none_or(|h| n < h || (!high_open && h == n))
        }
        (Key::Places(first, last), Value::Number(n)) => {
            *n >= Exact::from(*first) && last.is_none_or(|l| *n <= Exact::from(l))
        }
        (Key::Choices(names), Value::Text(text)) => names.contains(text),
        (Key::Flag(wanted), Value::Flag(b)) => wanted == b,
        _ => false,
    }
}
