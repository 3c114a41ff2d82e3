//! Expressions that are yes or no.

use super::text::{quantity, words};
use super::{Level, Named, Piece, Scope, Ty, Writer};

const COMPARISONS: [&str; 10] =
    ["不少于", "不低于", "不超过", "不高于", "多于", "高于", "超过", "少于", "低于", "不满"];

impl Writer {
    pub(super) fn condition(&mut self, depth: usize, scope: &Scope) -> Piece {
        if depth > 0 && self.rng.percent(35) {
            return match self.rng.below(5) {
                0 => {
                    let x = self.condition(depth - 1, scope);
                    let x = self.wrap(x, Level::Comparison);
                    Piece::new(format!("未 {x}"), Level::Not)
                }
                1 => self.joined("且", Level::And, depth, scope),
                2 => self.joined("或", Level::Or, depth, scope),
                _ => self.quantified(depth, scope).unwrap_or_else(|| self.comparison(depth, scope)),
            };
        }
        if self.rng.percent(25)
            && let Some(piece) = self.on_days(scope)
        {
            return piece;
        }
        if self.rng.percent(20)
            && let Some(piece) = self.on_times(scope)
        {
            return piece;
        }
        if self.rng.percent(15)
            && let Some(piece) = self.was_left_out(scope)
        {
            return piece;
        }
        let names = self.names(scope);
        let asked: Vec<&Named> =
            names.iter().filter(|n| !matches!(n.ty, Ty::Number(_) | Ty::List(_) | Ty::Clause)).collect();
        if asked.is_empty() || self.rng.percent(45) {
            return self.comparison(depth, scope);
        }
        let named = (*self.rng.pick(&asked)).clone();
        self.on_name(&named)
    }

    fn on_name(&mut self, named: &Named) -> Piece {
        let equal = *self.rng.pick(&["=", "≠", "!="]);
        match &named.ty {
            Ty::Flag if self.rng.percent(15) => {
                let word = *self.rng.pick(&["是", "否"]);
                Piece::new(format!("{} {equal} {word}", named.name), Level::Comparison)
            }
            Ty::Flag => Piece::primary(named.name.clone()),
            Ty::Choice(choices) => {
                Piece::new(format!("{} {equal} {}", named.name, self.rng.pick(choices)), Level::Comparison)
            }
            Ty::Rank => {
                let place = self.rng.within(1, 4);
                Piece::new(format!("{} ≤ {place}", named.name), Level::Comparison)
            }
            _ => Piece::new(format!("{} {equal} \"x\"", named.name), Level::Comparison),
        }
    }

    fn was_left_out(&mut self, scope: &Scope) -> Option<Piece> {
        let here = |n: &&Named| !scope.all_units || !n.graded_only;
        let known = scope.fields.iter().flatten().chain(&self.evidence).filter(here);
        let optional: Vec<String> = known.filter(|n| n.optional).map(|n| n.name.clone()).collect();
        (!optional.is_empty()).then(|| Piece::primary(format!("未填({})", self.rng.pick(&optional))))
    }

    fn joined(&mut self, word: &str, level: Level, depth: usize, scope: &Scope) -> Piece {
        let parts: Vec<Piece> =
            (0..self.rng.within(2, 3)).map(|_| self.condition(depth - 1, scope)).collect();
        let parts: Vec<String> = parts.into_iter().map(|p| self.wrap(p, Level::Not)).collect();
        Piece::new(parts.join(&format!(" {word} ")), level)
    }

    fn comparison(&mut self, depth: usize, scope: &Scope) -> Piece {
        if scope.late && self.ranking && self.rng.percent(15) {
            let place = self.rng.within(1, 4);
            return Piece::new(format!("排名 ≤ {place}"), Level::Comparison);
        }
        if (scope.graded || (scope.late && !self.grades.is_empty())) && self.rng.percent(20) {
            let grades = self.grades.clone();
            let equal = *self.rng.pick(&["=", "≠"]);
            return Piece::new(format!("等级 {equal} {}", self.rng.pick(&grades)), Level::Comparison);
        }
        let unit = self.any_unit();
        let depth = depth.min(2);
        let a = self.number(unit, depth, scope);
        let a = self.wrap(a, Level::Rounded);
        if self.rng.percent(15) {
            let low = i64::try_from(self.rng.below(5)).unwrap() * 100;
            let high = low + i64::try_from(self.rng.below(6)).unwrap() * 100;
            let (b, c) = (quantity(words(unit), low), quantity(words(unit), high));
            return Piece::new(format!("{a} 在 {b} 至 {c} 之间"), Level::Comparison);
        }
        let b = if self.rng.percent(70) {
            Piece::primary(self.literal(unit))
        } else {
            self.number(unit, depth.min(1), scope)
        };
        let b = self.wrap(b, Level::Rounded);
        let sign = if self.rng.percent(50) {
            *self.rng.pick(&["=", "≠", "<", "≤", "<=", ">", "≥", ">="])
        } else {
            *self.rng.pick(&COMPARISONS)
        };
        Piece::new(format!("{a} {sign} {b}"), Level::Comparison)
    }
}
