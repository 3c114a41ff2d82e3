//! Tables: bands, stretches, choices, flags, places and grades.

use super::words::decimal;
use super::{Level, Named, Piece, Scope, Ty, Unit, Writer};

/// What a row gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gives {
    /// Takes points.
    Deducts,
    /// Gives points.
    Awards,
    /// A value of a unit.
    Value(Unit),
}

impl Writer {
    fn entry(&mut self, gives: Gives, depth: usize, scope: &Scope) -> String {
        match gives {
            Gives::Value(unit) => {
                let value = self.number(unit, depth.min(1), scope);
                format!("{} {}", self.kw("value_is"), value.text)
            }
            _ if self.rng.percent(8) => self.kw("no_points"),
            Gives::Awards if self.rng.percent(8) => self.kw("full_points"),
            Gives::Deducts => self.effect(true, scope),
            Gives::Awards => self.effect(false, scope),
        }
    }

    /// A table in an expression.
    pub(super) fn value_table(&mut self, unit: Unit, depth: usize, scope: &Scope) -> Piece {
        Piece::primary(self.table(Gives::Value(unit), depth, scope))
    }

    /// A table by some subject.
    pub(super) fn table(&mut self, gives: Gives, depth: usize, scope: &Scope) -> String {
        let names = self.names(scope);
        let asked: Vec<&Named> = names.iter().filter(|n| matches!(n.ty, Ty::Flag | Ty::Choice(_))).collect();
        if !asked.is_empty() && self.rng.percent(45) {
            let named = (*self.rng.pick(&asked)).clone();
            let rows = self.choice_rows(&named.ty, gives, depth, scope);
            let by = self.kw("by");
            return self.block(&format!("{by} {}", named.name), &rows);
        }
        if scope.fields.is_none() && self.rng.percent(30) {
            return self.place_table(gives, depth, scope);
        }
        let unit = self.any_unit();
        let subject = self.number(unit, depth.min(1), scope);
        let subject = self.wrap(subject, Level::Rounded);
        let rows = self.band_rows(unit, gives, depth, scope);
        let by = self.kw("by");
        self.block(&format!("{by} {subject}"), &rows)
    }

    fn choice_rows(&mut self, ty: &Ty, gives: Gives, depth: usize, scope: &Scope) -> Vec<String> {
        let mut keys = match ty {
            Ty::Choice(choices) => {
                let mut choices = choices.clone();
                self.rng.shuffle(&mut choices);
                let first = self.rng.within(1, choices.len());
                let together = choices.drain(..first).collect::<Vec<_>>();
                let mut keys = vec![self.listed(&together)];
                keys.extend(choices);
                keys
            }
            _ => {
                let (yes, no) = (self.kw("yes"), self.kw("no"));
                if self.rng.percent(50) { vec![yes, no] } else { vec![no, yes] }
            }
        };
        if keys.len() > 1 && self.rng.percent(40) {
            keys.pop();
            keys.push(self.kw("otherwise"));
        }
        keys.into_iter().map(|key| format!("{key} {}", self.entry(gives, depth, scope))).collect()
    }

    fn band_rows(&mut self, unit: Unit, gives: Gives, depth: usize, scope: &Scope) -> Vec<String> {
        let step = if matches!(unit, Some("percent" | "pp" | "points" | "days" | "yuan")) {
            *self.rng.pick(&[50, 100, 10])
        } else {
            100
        };
        let mut edges: Vec<i64> = Vec::new();
        let mut edge = i64::try_from(self.rng.below(4)).unwrap() * 100;
        for _ in 0..self.rng.within(1, 4) {
            edges.push(edge);
            edge += i64::try_from(self.rng.within(1, 6)).unwrap() * step;
        }
        let word = unit.unwrap_or_default();
        let mut keys: Vec<String> = Vec::new();
        match self.rng.below(3) {
            0 => {
                for edge in edges.iter().rev() {
                    let limit = self.quantity(word, *edge);
                    let open = self.rng.percent(30);
                    let key = match self.rng.below(3) {
                        0 => format!("{limit} {}", self.kw("or_more")),
                        1 if open => format!("> {limit}"),
                        1 => format!("≥ {limit}"),
                        _ if open => format!("{} {limit}", self.kw("over")),
                        _ => format!("{} {limit}", self.kw("not_below")),
                    };
                    keys.push(key);
                }
            }
            1 => {
                for edge in &edges {
                    let limit = self.quantity(word, *edge);
                    let key = match self.rng.below(4) {
                        0 => format!("{limit} {}", self.kw("or_less")),
                        1 => format!("{} {limit}", self.kw("under")),
                        2 => format!("< {limit}"),
                        _ => format!("{} {limit}", self.kw("not_over")),
                    };
                    keys.push(key);
                }
            }
            _ => {
                for pair in edges.chunks(2) {
                    let low = self.quantity(word, pair[0]);
                    if let [_, high] = pair {
                        let high = self.quantity(word, *high);
                        keys.push(format!("{low} {} {high}", self.kw("to")));
                    } else {
                        let sign = if self.rng.percent(50) { "= " } else { "" };
                        keys.push(format!("{sign}{low}"));
                    }
                }
            }
        }
        keys.push(self.kw("otherwise"));
        keys.into_iter().map(|key| format!("{key} {}", self.entry(gives, depth, scope))).collect()
    }

    fn place_table(&mut self, gives: Gives, depth: usize, scope: &Scope) -> String {
        let all = self.rng.percent(40);
        let keys = Scope { fields: None, all_units: all, late: false, requires: false };
        let unit = self.any_unit();
        let subject = self.number(unit, 1, &keys);
        let subject = self.wrap(subject, Level::Rounded);
        let way = if self.rng.percent(50) { "highest_first" } else { "lowest_first" };
        let population = if all { "all_units" } else { "graded_units" };
        let head = format!(
            "{} {subject} {} {} {} {}",
            self.kw("by"),
            self.kw(way),
            self.kw("within"),
            self.kw(population),
            self.kw("as_place")
        );
        let mut rows = Vec::new();
        let mut next = 1;
        if gives == Gives::Awards && self.rng.percent(50) {
            let less = *self.rng.pick(&[10_usize, 20, 25, 50, 100]);
            let places = self.rng.within(2, 5);
            let first = less * places + self.rng.below(3) * 50;
            rows.push(format!("{} {} {}", self.place(1), self.kw("award"), self.points(first)));
            let (each, word, minus) = (self.kw("each_next"), self.kw("place_word"), self.kw("less"));
            let comma = if self.rng.percent(30) { self.comma() } else { " ".to_owned() };
            rows.push(format!("{each} 1 {word}{comma}{minus} {}", self.points(less)));
            next = 1 + places;
        } else {
            for _ in 0..self.rng.within(1, 3) {
                let last = next + self.rng.below(3);
                let key = if last == next && self.rng.percent(60) {
                    self.place(next)
                } else {
                    format!("{} {} {}", self.place(next), self.kw("to"), self.place(last))
                };
                rows.push(format!("{key} {}", self.entry(gives, depth, scope)));
                next = last + 1;
            }
        }
        let key = if self.rng.percent(50) {
            self.kw("otherwise")
        } else {
            format!("{} {}", self.place(next), self.kw("onward"))
        };
        rows.push(format!("{key} {}", self.entry(gives, depth, scope)));
        let mean = !matches!(gives, Gives::Value(_));
        let ways: &[&str] = &["ties_better", "ties_worse", "ties_mean"];
        let ways = if mean { ways } else { &ways[..2] };
        let ties = *self.rng.pick(ways);
        rows.push(format!("{} {}", self.kw("ties"), self.kw(ties)));
        self.block(&head, &rows)
    }

    /// A place by its number.
    pub(super) fn place(&mut self, number: usize) -> String {
        let word = self.kw("place_word");
        if word.is_ascii() { format!("place {number}") } else { format!("第{number}名") }
    }

    /// A table of values by the grade.
    pub(super) fn grade_value_table(&mut self) -> String {
        let grades = self.grades.clone();
        let mut rows = Vec::new();
        for grade in &grades[..grades.len() - 1] {
            let value = decimal(i64::try_from(self.rng.below(9)).unwrap() * 50);
            rows.push(format!("{grade} {} {value}", self.kw("value_is")));
        }
        rows.push(format!("{} {} 0", self.kw("otherwise"), self.kw("value_is")));
        let head = format!("{} {}", self.kw("by"), self.kw("grade_value"));
        self.block(&head, &rows)
    }
}
