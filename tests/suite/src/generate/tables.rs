//! Tables: bands, stretches, choices, flags, places and grades.

use super::text::{decimal, points, quantity, words};
use super::{DAYS, Level, Named, PERCENT, POINTS, PP, Piece, Scope, Ty, Unit, Writer};

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
                format!("为 {}", value.text)
            }
            _ if self.settles && self.rng.percent(8) => "不得分".to_owned(),
            Gives::Awards if self.settles && self.rng.percent(8) => "得满分".to_owned(),
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
        let asked: Vec<&Named> =
            names.iter().filter(|n| matches!(n.ty, Ty::Flag | Ty::Choice(_) | Ty::Rank)).collect();
        if !asked.is_empty() && self.rng.percent(45) {
            let named = (*self.rng.pick(&asked)).clone();
            let rows = match &named.ty {
                Ty::Rank => self.place_rows(gives, depth, scope),
                ty => self.choice_rows(ty, gives, depth, scope),
            };
            return self.block(&format!("按 {}", named.name), &rows);
        }
        if scope.fields.is_none() && !scope.plain && self.rng.percent(30) {
            return self.place_table(gives, depth, scope);
        }
        let unit = self.any_unit();
        let subject = self.number(unit, depth.min(1), scope);
        let subject = self.wrap(subject, Level::Rounded);
        let rows = self.band_rows(unit, gives, depth, scope);
        self.block(&format!("按 {subject}"), &rows)
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
            _ => self.rng.pick(&[["是", "否"], ["否", "是"]]).map(str::to_owned).to_vec(),
        };
        if keys.len() > 1 && self.rng.percent(40) {
            keys.pop();
            keys.push("其余".to_owned());
        }
        keys.into_iter().map(|key| format!("{key} {}", self.entry(gives, depth, scope))).collect()
    }

    fn band_rows(&mut self, unit: Unit, gives: Gives, depth: usize, scope: &Scope) -> Vec<String> {
        let fine = [PERCENT, PP, POINTS, DAYS, Some("元"), Some("小时")].contains(&unit);
        let step = if fine { *self.rng.pick(&[50, 100, 10]) } else { 100 };
        let mut edges: Vec<i64> = Vec::new();
        let mut edge = i64::try_from(self.rng.below(4)).unwrap() * 100;
        for _ in 0..self.rng.within(1, 4) {
            edges.push(edge);
            edge += i64::try_from(self.rng.within(1, 6)).unwrap() * step;
        }
        let limit = |edge: i64| quantity(words(unit), edge);
        let mut keys: Vec<String> = Vec::new();
        match self.rng.below(3) {
            0 => {
                for edge in edges.iter().rev() {
                    let limit = limit(*edge);
                    keys.push(match self.rng.below(5) {
                        0 | 1 => format!("{limit}以上"),
                        2 => format!("{} {limit}", self.rng.pick(&[">", "≥"])),
                        3 => format!("超过 {limit}"),
                        _ => format!("不低于 {limit}"),
                    });
                }
            }
            1 => {
                for edge in &edges {
                    let limit = limit(*edge);
                    keys.push(match self.rng.below(4) {
                        0 => format!("{limit}以内"),
                        1 => format!("不满 {limit}"),
                        2 => format!("< {limit}"),
                        _ => format!("不超过 {limit}"),
                    });
                }
            }
            _ => {
                for pair in edges.chunks(2) {
                    let low = limit(pair[0]);
                    keys.push(match pair {
                        [_, high] => format!("{low} 至 {}", limit(*high)),
                        _ => format!("{}{low}", self.rng.pick(&["= ", ""])),
                    });
                }
            }
        }
        keys.push("其余".to_owned());
        keys.into_iter().map(|key| format!("{key} {}", self.entry(gives, depth, scope))).collect()
    }

    /// Rows of places, each next one from where the one before ends.
    fn place_rows(&mut self, gives: Gives, depth: usize, scope: &Scope) -> Vec<String> {
        let (mut rows, mut next) = (Vec::new(), 1);
        let mut falls = false;
        if gives == Gives::Awards && self.rng.percent(50) {
            let less = *self.rng.pick(&[10_usize, 20, 25, 50, 100]);
            let places = self.rng.within(2, 5);
            let first = less * places + self.rng.below(3) * 50;
            rows.push(format!("第1名 得 {}", points(first)));
            let comma = self.perhaps_comma();
            rows.push(format!("每后1名{comma}减 {}", points(less)));
            (next, falls) = (1 + places, true);
        } else {
            for _ in 0..self.rng.within(1, 3) {
                let last = next + self.rng.below(3);
                let key = if last == next && self.rng.percent(60) {
                    format!("第{next}名")
                } else {
                    format!("第{next}名 至 第{last}名")
                };
                rows.push(format!("{key} {}", self.entry(gives, depth, scope)));
                next = last + 1;
            }
        }
        // Points that fall do so down to the place at which the next row begins.
        let key =
            if !falls && self.rng.percent(50) { "其余".to_owned() } else { format!("第{next}名起") };
        rows.push(format!("{key} {}", self.entry(gives, depth, scope)));
        rows
    }

    fn place_table(&mut self, gives: Gives, depth: usize, scope: &Scope) -> String {
        let all = self.rng.percent(40);
        let keys = Scope { all_units: all, ..Scope::default() };
        let unit = self.any_unit();
        let subject = self.number(unit, 1, &keys);
        let subject = self.wrap(subject, Level::Rounded);
        let population = if all { "全部单位" } else { "参评单位" };
        let head = format!("按 {subject} {} 在 {population} 的 名次", self.way());
        let mut rows = self.place_rows(gives, depth, scope);
        let ways: &[&str] = if matches!(gives, Gives::Value(_)) {
            &["取优", "取劣"]
        } else {
            &["取优", "取劣", "均分"]
        };
        rows.push(format!("并列 {}", self.rng.pick(ways)));
        self.block(&head, &rows)
    }

    /// A table of values by the grade.
    pub(super) fn grade_value_table(&mut self) -> String {
        let grades = self.grades.clone();
        let mut rows = Vec::new();
        for grade in &grades[..grades.len() - 1] {
            let value = decimal(i64::try_from(self.rng.below(9)).unwrap() * 50);
            rows.push(format!("{grade} 为 {value}"));
        }
        rows.push("其余 为 0".to_owned());
        self.block("按 等级", &rows)
    }
}
