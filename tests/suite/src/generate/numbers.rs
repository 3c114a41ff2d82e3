//! Expressions that are numbers of a unit.

use super::{Level, Named, Piece, Scope, Ty, Unit, Writer};

/// Units that count things go together, as with plain numbers.
fn counts(unit: Unit) -> bool {
    !matches!(unit, Some("points" | "percent" | "pp" | "days" | "yuan" | "square_metres"))
}

fn fits(a: Unit, b: Unit) -> bool {
    a == b || (counts(a) && counts(b))
}

impl Writer {
    pub(super) fn any_unit(&mut self) -> Unit {
        *self.rng.pick(&[
            Some("points"),
            Some("points"),
            None,
            Some("cases"),
            Some("percent"),
            Some("pp"),
            Some("days"),
            Some("yuan"),
        ])
    }

    /// A literal; often one that evidence can meet exactly.
    pub(super) fn literal(&mut self, unit: Unit) -> String {
        let step = if counts(unit) { 100 } else { *self.rng.pick(&[100, 100, 50, 10, 1]) };
        let size = i64::try_from(self.rng.below(13)).unwrap() * step;
        self.quantity(unit.unwrap_or_default(), size)
    }

    fn positive(&mut self, unit: Unit) -> String {
        let size = *self.rng.pick(&[100, 200, 400, 500, 1000, 300]);
        self.quantity(unit.unwrap_or_default(), size)
    }

    /// A number of a unit.
    pub(super) fn number(&mut self, unit: Unit, depth: usize, scope: &Scope) -> Piece {
        if depth == 0 || self.rng.percent(35) {
            return self.leaf(unit, scope);
        }
        match self.rng.below(12) {
            0 | 1 => {
                let (a, b) = (self.number(unit, depth - 1, scope), self.number(unit, depth - 1, scope));
                // Percent less percent is percentage points.
                let minus = self.rng.percent(40) && unit != Some("percent");
                let (a, b) = (self.wrap(a, Level::Sum), self.wrap(b, Level::Product));
                let sign = if minus { *self.rng.pick(&["−", "-"]) } else { "+" };
                Piece::new(format!("{a} {sign} {b}"), Level::Sum)
            }
            2 => {
                let (a, b) = (self.number(unit, depth - 1, scope), self.number(None, depth - 1, scope));
                if unit == Some("percent") {
                    return a;
                }
                let (a, b) = (self.wrap(a, Level::Product), self.wrap(b, Level::Negative));
                Piece::new(format!("{a} × {b}"), Level::Product)
            }
            3 => {
                let a = self.number(unit, depth - 1, scope);
                let a = self.wrap(a, Level::Product);
                let divisor = self.positive(None);
                Piece::new(
                    format!("{a} {} {divisor}", if self.rng.percent(50) { "÷" } else { "/" }),
                    Level::Product,
                )
            }
            4 => self.guarded_quotient(unit, depth, scope),
            5 => {
                let c = self.condition(depth - 1, scope);
                let (a, b) = (self.number(unit, depth - 1, scope), self.number(unit, depth - 1, scope));
                let (kw_if, then, kw_else) = (self.kw("if"), self.kw("then"), self.kw("else"));
                let a = self.wrap(a, Level::Or);
                Piece::new(format!("{kw_if} {} {then} {a} {kw_else} {}", c.text, b.text), Level::Loose)
            }
            6 => {
                let word = if self.rng.percent(50) { "larger" } else { "smaller" };
                let parts: Vec<String> = (0..self.rng.within(2, 3))
                    .map(|_| self.number(unit, depth - 1, scope))
                    .map(|p| p.text)
                    .collect();
                let (word, comma) = (self.kw(word), self.comma());
                Piece::primary(format!("{word}({})", parts.join(&comma)))
            }
            7 => {
                let a = self.number(unit, depth - 1, scope);
                let a = self.wrap(a, Level::Primary);
                let step = if counts(unit) { 100 } else { *self.rng.pick(&[1, 5, 10, 50, 100, 300]) };
                let rounding = self.rounding(unit.unwrap_or_default(), step);
                Piece::new(format!("{a} {rounding}"), Level::Rounded)
            }
            8 => self.value_table(unit, depth - 1, scope),
            9 if unit == Some("pp") => {
                let (a, b) =
                    (self.number(Some("percent"), depth - 1, scope), self.leaf(Some("percent"), scope));
                let (a, b) = (self.wrap(a, Level::Sum), self.wrap(b, Level::Product));
                Piece::new(format!("{a} − {b}"), Level::Sum)
            }
            9 if unit != Some("percent") => {
                let a = self.leaf(unit, scope);
                let a = self.wrap(a, Level::Negative);
                Piece::new(format!("−{a}"), Level::Negative)
            }
            10 => self.over_rows(unit, depth, scope).unwrap_or_else(|| self.leaf(unit, scope)),
            _ => self.leaf(unit, scope),
        }
    }

    /// A quotient whose divisor is asked first whether it is nothing.
    fn guarded_quotient(&mut self, unit: Unit, depth: usize, scope: &Scope) -> Piece {
        let divisors: Vec<Named> = self
            .names(scope)
            .into_iter()
            .filter(|n| matches!(n.ty, Ty::Number(u) if counts(u)) && !n.wild)
            .collect();
        if divisors.is_empty() || unit == Some("percent") {
            return self.leaf(unit, scope);
        }
        let divisor = self.rng.pick(&divisors).name.clone();
        let (a, other) = (self.number(unit, depth - 1, scope), self.leaf(unit, scope));
        let a = self.wrap(a, Level::Product);
        let (kw_if, then, kw_else) = (self.kw("if"), self.kw("then"), self.kw("else"));
        let quotient = format!("{a} ÷ {divisor}");
        let other = other.text;
        let text = match self.rng.below(3) {
            0 => format!("{kw_if} {divisor} = 0 {then} {other} {kw_else} {quotient}"),
            1 => format!("{kw_if} {divisor} > 0 {then} {quotient} {kw_else} {other}"),
            _ => format!("{kw_if} {divisor} ≠ 0 {then} {quotient} {kw_else} {other}"),
        };
        Piece::new(text, Level::Loose)
    }

    /// What may be left out, where it is asked first whether it was.
    fn guarded_optional(&mut self, unit: Unit, scope: &Scope) -> Option<Piece> {
        let fields = scope.fields.as_deref();
        let here = |n: &&Named| !scope.all_units || !n.graded_only;
        let optional: Vec<String> = fields
            .unwrap_or(&self.evidence)
            .iter()
            .filter(here)
            .filter(|n| n.optional && matches!(n.ty, Ty::Number(u) if fits(u, unit)))
            .map(|n| n.name.clone())
            .collect();
        if optional.is_empty() || !self.rng.percent(30) {
            return None;
        }
        let name = self.rng.pick(&optional).clone();
        let (kw_if, then, kw_else) = (self.kw("if"), self.kw("then"), self.kw("else"));
        let (absent, not, other) = (self.kw("absent"), self.kw("not"), self.literal(unit));
        let text = if self.rng.percent(50) {
            format!("{kw_if} {absent}({name}) {then} {other} {kw_else} {name}")
        } else {
            format!("{kw_if} {not} {absent}({name}) {then} {name} {kw_else} {other}")
        };
        Some(Piece::new(text, Level::Loose))
    }

    fn leaf(&mut self, unit: Unit, scope: &Scope) -> Piece {
        if let Some(piece) = self.guarded_optional(unit, scope) {
            return piece;
        }
        let mut named: Vec<String> = self
            .names(scope)
            .into_iter()
            .filter(|n| matches!(n.ty, Ty::Number(u) if fits(u, unit)))
            .map(|n| n.name)
            .collect();
        if unit == Some("points") && !scope.all_units {
            let word = self.kw("node_score");
            named.extend(self.scored.iter().rev().take(2).map(|number| format!("「{number}」{word}")));
            if scope.late {
                named.push(self.kw("total_score"));
            }
        }
        if counts(unit) && scope.late {
            named.push(self.kw("requirements_met"));
            named.push(self.kw("requirements_all"));
        }
        if named.is_empty() || self.rng.percent(20) {
            return Piece::primary(self.literal(unit));
        }
        Piece::primary(self.rng.pick(&named).clone())
    }

    /// Lists that a scope may ask as a whole.
    pub(super) fn lists(&self, scope: &Scope) -> Vec<Named> {
        let lists = self.names(scope).into_iter();
        lists.filter(|n| matches!(n.ty, Ty::List(_))).collect()
    }

    /// The scope of a row of a list.
    pub(super) fn row_scope(list: &Named, scope: &Scope) -> Scope {
        let Ty::List(fields) = &list.ty else { panic!("{} is no list", list.name) };
        Scope { fields: Some(fields.clone()), ..scope.clone() }
    }

    fn over_rows(&mut self, unit: Unit, depth: usize, scope: &Scope) -> Option<Piece> {
        let lists = self.lists(scope);
        if lists.is_empty() {
            return None;
        }
        let list = self.rng.pick(&lists).clone();
        let rows = Self::row_scope(&list, &Scope { late: false, ..scope.clone() });
        let filter = if self.rng.percent(50) {
            let condition = self.condition(depth.min(2) - 1, &rows);
            format!(" {} {}", self.kw("where"), condition.text)
        } else {
            String::new()
        };
        let name = &list.name;
        let fields: Vec<String> = rows
            .fields
            .iter()
            .flatten()
            .filter(|f| (scope.requires || !f.optional) && matches!(f.ty, Ty::Number(u) if fits(u, unit)))
            .map(|f| f.name.clone())
            .collect();
        if fields.is_empty() {
            return counts(unit)
                .then(|| self.kw("count_of"))
                .map(|word| Piece::primary(format!("{word}({name}{filter})")));
        }
        let field = self.rng.pick(&fields).clone();
        let id = *self.rng.pick(&["sum_of", "sum_of", "sum_of", "mean_of", "max_of", "min_of"]);
        let (word, of) = (self.kw(id), self.kw("of"));
        let text = format!("{word}({name} {of} {field}{filter})");
        if id == "sum_of" {
            return Some(Piece::primary(text));
        }
        // The mean, largest and smallest of no row are not known: it is asked first whether there is one.
        let (count, other) = (self.kw("count_of"), self.literal(unit));
        let (kw_if, then, kw_else) = (self.kw("if"), self.kw("then"), self.kw("else"));
        let text = format!("{kw_if} {count}({name}{filter}) > 0 {then} {text} {kw_else} {other}");
        Some(Piece::new(text, Level::Loose))
    }
}
