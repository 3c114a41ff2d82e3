//! Expressions that are yes or no.

use super::{Level, Named, Piece, Scope, Ty, Writer};

const COMPARISONS: [&str; 10] = [
    "at_least",
    "not_below",
    "not_over",
    "not_above",
    "more_than",
    "above",
    "over",
    "fewer_than",
    "below",
    "under",
];

impl Writer {
    pub(super) fn condition(&mut self, depth: usize, scope: &Scope) -> Piece {
        if depth > 0 && self.rng.percent(35) {
            return match self.rng.below(4) {
                0 => {
                    let x = self.condition(depth - 1, scope);
                    let x = self.wrap(x, Level::Comparison);
                    Piece::new(format!("{} {x}", self.kw("not")), Level::Not)
                }
                1 => self.joined("and", Level::And, depth, scope),
                2 => self.joined("or", Level::Or, depth, scope),
                _ => self.quantified(depth, scope).unwrap_or_else(|| self.comparison(depth, scope)),
            };
        }
        let names = self.names(scope);
        let asked: Vec<&Named> =
            names.iter().filter(|n| !matches!(n.ty, Ty::Number(_) | Ty::List(_))).collect();
        if asked.is_empty() || self.rng.percent(45) {
            return self.comparison(depth, scope);
        }
        let named = (*self.rng.pick(&asked)).clone();
        if named.optional && scope.fields.is_none() && self.rng.percent(40) {
            return Piece::primary(format!("{}({})", self.kw("absent"), named.name));
        }
        let equal = *self.rng.pick(&["=", "≠", "!="]);
        match &named.ty {
            Ty::Flag if self.rng.percent(15) => {
                let word = if self.rng.percent(50) { "yes" } else { "no" };
                Piece::new(format!("{} {equal} {}", named.name, self.kw(word)), Level::Comparison)
            }
            Ty::Flag => Piece::primary(named.name),
            Ty::Choice(choices) => {
                Piece::new(format!("{} {equal} {}", named.name, self.rng.pick(choices)), Level::Comparison)
            }
            _ => Piece::new(format!("{} {equal} \"x\"", named.name), Level::Comparison),
        }
    }

    fn joined(&mut self, word: &str, level: Level, depth: usize, scope: &Scope) -> Piece {
        let parts: Vec<Piece> =
            (0..self.rng.within(2, 3)).map(|_| self.condition(depth - 1, scope)).collect();
        let parts: Vec<String> = parts.into_iter().map(|p| self.wrap(p, Level::Not)).collect();
        let word = self.kw(word);
        Piece::new(parts.join(&format!(" {word} ")), level)
    }

    fn comparison(&mut self, depth: usize, scope: &Scope) -> Piece {
        if scope.late && self.ranking && self.rng.percent(15) {
            let place = self.rng.within(1, 4);
            return Piece::new(format!("{} ≤ {place}", self.kw("rank_value")), Level::Comparison);
        }
        let unit = self.any_unit();
        let depth = depth.min(2);
        let a = self.number(unit, depth, scope);
        let a = self.wrap(a, Level::Rounded);
        if self.rng.percent(15) {
            let (b, c) = (self.literal(unit), self.literal(unit));
            let (within, to, end) = (self.kw("within"), self.kw("to"), self.kw("inclusive"));
            return Piece::new(format!("{a} {within} {b} {to} {c} {end}"), Level::Comparison);
        }
        let b = if self.rng.percent(70) {
            Piece::primary(self.literal(unit))
        } else {
            self.number(unit, depth.min(1), scope)
        };
        let b = self.wrap(b, Level::Rounded);
        let sign = if self.rng.percent(50) {
            (*self.rng.pick(&["=", "≠", "<", "≤", "<=", ">", "≥", ">="])).to_owned()
        } else {
            let word = *self.rng.pick(&COMPARISONS);
            self.kw(word)
        };
        Piece::new(format!("{a} {sign} {b}"), Level::Comparison)
    }

    fn quantified(&mut self, depth: usize, scope: &Scope) -> Option<Piece> {
        let lists = self.lists(scope);
        if lists.is_empty() || scope.fields.is_some() {
            return None;
        }
        let list = self.rng.pick(&lists).clone();
        let rows = Self::row_scope(&list, &Scope { late: false, ..scope.clone() });
        let condition = self.condition(depth - 1, &rows);
        let word = if self.rng.percent(50) { "every" } else { "any" };
        Some(Piece::primary(format!("{} {} ({})", list.name, self.kw(word), condition.text)))
    }
}
