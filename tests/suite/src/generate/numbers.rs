//! Expressions that are numbers of a unit.

use super::text::{quantity, words};
use super::{DAYS, Level, MINUTES, Named, PERCENT, POINTS, PP, Piece, Scope, Ty, Unit, WORKDAYS, Writer};

/// Units that are measures of their own; all others count things and go together, as with plain numbers.
const MEASURES: [&str; 14] = [
    "分",
    "%",
    "个百分点",
    "天",
    "元",
    "平方米",
    "个月",
    "分钟",
    "小时",
    "秒",
    "个工作日",
    "岁",
    "日期",
    "时间",
];

pub(super) fn counts(unit: Unit) -> bool {
    unit.is_none_or(|u| !MEASURES.contains(&u))
}

pub(super) fn fits(a: Unit, b: Unit) -> bool {
    a == b || (counts(a) && counts(b))
}

impl Writer {
    pub(super) fn any_unit(&mut self) -> Unit {
        if self.rng.percent(12) {
            return Some(*self.rng.pick(&[
                "平方米",
                "个月",
                "分钟",
                "小时",
                "岁",
                "名",
                "人",
                "项",
                "份",
                "台",
            ]));
        }
        if self.plan.calendar && self.rng.percent(12) {
            return WORKDAYS;
        }
        let usual = [POINTS, POINTS, None, Some("件"), Some("个"), PERCENT, PP, DAYS, Some("元")];
        *self.rng.pick(&usual)
    }

    /// A literal; often one that evidence can meet exactly.
    pub(super) fn literal(&mut self, unit: Unit) -> String {
        let step = if counts(unit) { 100 } else { *self.rng.pick(&[100, 100, 50, 10, 1]) };
        let size = i64::try_from(self.rng.below(13)).unwrap() * step;
        quantity(words(unit), size)
    }

    fn positive(&mut self, unit: Unit) -> String {
        quantity(words(unit), self.rng.one(&[100, 200, 400, 500, 1000, 300]))
    }

    /// A number of a unit.
    pub(super) fn number(&mut self, unit: Unit, depth: usize, scope: &Scope) -> Piece {
        if depth == 0 || self.rng.percent(35) {
            return self.leaf(unit, scope);
        }
        match self.rng.below(13) {
            0 | 1 => {
                let (a, b) = (self.number(unit, depth - 1, scope), self.number(unit, depth - 1, scope));
                // Percent less percent is percentage points.
                let minus = self.rng.percent(40) && unit != PERCENT;
                let (a, b) = (self.wrap(a, Level::Sum), self.wrap(b, Level::Product));
                let sign = if minus { *self.rng.pick(&["−", "-"]) } else { "+" };
                Piece::new(format!("{a} {sign} {b}"), Level::Sum)
            }
            2 if unit != PERCENT => {
                let (a, b) = (self.number(unit, depth - 1, scope), self.number(None, depth - 1, scope));
                let (a, b) = (self.wrap(a, Level::Product), self.wrap(b, Level::Negative));
                Piece::new(format!("{a} × {b}"), Level::Product)
            }
            3 => {
                let a = self.number(unit, depth - 1, scope);
                let (a, divisor) = (self.wrap(a, Level::Product), self.positive(None));
                Piece::new(format!("{a} {} {divisor}", self.rng.pick(&["÷", "/"])), Level::Product)
            }
            4 => self.guarded_quotient(unit, depth, scope),
            5 => {
                let c = self.condition(depth - 1, scope);
                let (a, b) = (self.number(unit, depth - 1, scope), self.number(unit, depth - 1, scope));
                let a = self.wrap(a, Level::Or);
                Piece::new(format!("若 {} 则 {a} 否则 {}", c.text, b.text), Level::Loose)
            }
            6 => {
                let word = *self.rng.pick(&["较大", "较小"]);
                let parts: Vec<String> = (0..self.rng.within(2, 3))
                    .map(|_| self.number(unit, depth - 1, scope))
                    .map(|p| p.text)
                    .collect();
                let comma = self.comma();
                Piece::primary(format!("{word}({})", parts.join(&comma)))
            }
            7 => {
                let a = self.number(unit, depth - 1, scope);
                let a = self.wrap(a, Level::Primary);
                let step = if counts(unit) { 100 } else { *self.rng.pick(&[1, 5, 10, 50, 100, 300]) };
                Piece::new(format!("{a} {}", self.rounding(words(unit), step)), Level::Rounded)
            }
            8 => self.value_table(unit, depth - 1, scope),
            9 if unit == PP => {
                let (a, b) = (self.number(PERCENT, depth - 1, scope), self.leaf(PERCENT, scope));
                let (a, b) = (self.wrap(a, Level::Sum), self.wrap(b, Level::Product));
                Piece::new(format!("{a} − {b}"), Level::Sum)
            }
            9 if unit != PERCENT => {
                let a = self.leaf(unit, scope);
                let a = self.wrap(a, Level::Negative);
                Piece::new(format!("−{a}"), Level::Negative)
            }
            10 | 11 => self.over_rows(unit, depth, scope).unwrap_or_else(|| self.leaf(unit, scope)),
            _ => self.leaf(unit, scope),
        }
    }

    /// A quotient whose divisor is never nothing, or is asked first whether it is.
    fn guarded_quotient(&mut self, unit: Unit, depth: usize, scope: &Scope) -> Piece {
        let divisors: Vec<Named> = self
            .names(scope)
            .into_iter()
            .filter(|n| matches!(n.ty, Ty::Number(u) if counts(u)) && !n.wild)
            .collect();
        if divisors.is_empty() || unit == PERCENT {
            return self.leaf(unit, scope);
        }
        let divisor = self.rng.pick(&divisors).clone();
        let (a, other) = (self.number(unit, depth - 1, scope), self.leaf(unit, scope));
        let a = self.wrap(a, Level::Product);
        let quotient = format!("{a} ÷ {}", divisor.name);
        if divisor.filled {
            return Piece::new(quotient, Level::Product);
        }
        let (divisor, other) = (divisor.name, other.text);
        let text = match self.rng.below(3) {
            0 => {
                let other = if other.starts_with('若') { format!("({other})") } else { other };
                format!("若 {divisor} = 0 则 {other} 否则 {quotient}")
            }
            1 => format!("若 {divisor} > 0 则 {quotient} 否则 {other}"),
            _ => format!("若 {divisor} ≠ 0 则 {quotient} 否则 {other}"),
        };
        Piece::new(text, Level::Loose)
    }

    /// What may be left out, where it is asked first whether it was.
    fn guarded_optional(&mut self, unit: Unit, scope: &Scope) -> Option<Piece> {
        let here = |n: &&Named| !scope.all_units || !n.graded_only;
        let optional: Vec<String> = scope
            .fields
            .as_deref()
            .unwrap_or(&self.evidence)
            .iter()
            .filter(here)
            .filter(|n| n.optional && matches!(n.ty, Ty::Number(u) if fits(u, unit)))
            .map(|n| n.name.clone())
            .collect();
        if optional.is_empty() || !self.rng.percent(30) {
            return None;
        }
        let (name, other) = (self.rng.pick(&optional).clone(), self.literal(unit));
        let text = if self.rng.percent(50) {
            format!("若 未填({name}) 则 {other} 否则 {name}")
        } else {
            format!("若 未 未填({name}) 则 {name} 否则 {other}")
        };
        Some(Piece::new(text, Level::Loose))
    }

    pub(super) fn leaf(&mut self, unit: Unit, scope: &Scope) -> Piece {
        if let Some(piece) = self.guarded_optional(unit, scope) {
            return piece;
        }
        if (unit == DAYS || unit == WORKDAYS)
            && let Some(piece) = self.span_of_days(unit, scope)
        {
            return piece;
        }
        if unit == MINUTES
            && let Some(piece) = self.span_of_times(scope)
        {
            return piece;
        }
        let guarded = unit == POINTS && scope.fields.is_none() && !scope.all_units && !scope.plain;
        if guarded && !self.perhaps.is_empty() && self.rng.percent(15) {
            let (number, condition) = self.rng.pick(&self.perhaps).clone();
            let other = self.literal(unit);
            return Piece::new(format!("若 {condition} 则 {other} 否则 「{number}」得分"), Level::Loose);
        }
        let mut named: Vec<String> = self
            .names(scope)
            .into_iter()
            .filter(|n| matches!(n.ty, Ty::Number(u) if fits(u, unit)))
            .map(|n| n.name)
            .collect();
        if unit == POINTS && !scope.all_units && !scope.plain {
            let known = if self.plan.forward && !scope.late { &self.later } else { &self.scored };
            named.extend(known.iter().rev().take(2).map(|number| format!("「{number}」得分")));
            named.extend(self.scaled.iter().rev().take(1).map(|number| format!("「{number}」折算前得分")));
            if scope.late {
                named.push("总分".to_owned());
            }
        }
        if counts(unit) && scope.late {
            named.extend(["要求 达标数".to_owned(), "要求 总数".to_owned()]);
        }
        if named.is_empty() || self.rng.percent(20) {
            return Piece::primary(self.literal(unit));
        }
        Piece::primary(self.rng.pick(&named).clone())
    }
}
