//! Rules.

use super::tables::Gives;
use super::{Level, Named, Scope, Ty, Writer};

impl Writer {
    /// 扣 or 得 so many points.
    pub(super) fn effect(&mut self, deducts: bool, scope: &Scope) -> String {
        let word = self.kw(if deducts { "deduct" } else { "award" });
        let amount = self.amount(scope);
        format!("{word} {amount}")
    }

    /// Points that are not below nothing.
    fn amount(&mut self, scope: &Scope) -> String {
        if self.rng.percent(65) {
            let size = *self.rng.pick(&[10, 20, 25, 30, 50, 100, 150, 200, 5]);
            return self.points(size);
        }
        let given: Vec<Named> =
            self.names(scope).into_iter().filter(|n| n.ty == Ty::Number(Some("points")) && !n.wild).collect();
        if !given.is_empty() && self.rng.percent(50) {
            return self.rng.pick(&given).name.clone();
        }
        let inner = self.number(Some("points"), 2, scope);
        let zero = self.points(0);
        let (word, comma) = (self.kw("larger"), self.comma());
        format!("{word}({}{comma}{zero})", inner.text)
    }

    /// An effect of the clause's kind, or one that settles the score.
    fn outcome(&mut self, deducts: bool, scope: &Scope) -> String {
        match self.rng.below(12) {
            0 => self.kw("no_points"),
            1 if !deducts => self.kw("full_points"),
            _ => self.effect(deducts, scope),
        }
    }

    fn cap(&mut self, odds: usize) -> String {
        if !self.rng.percent(odds) {
            return String::new();
        }
        let size = *self.rng.pick(&[20, 50, 75, 100, 150]);
        let cap = if self.rng.percent(85) { self.points(size) } else { self.amount(&Scope::default()) };
        let comma = self.comma();
        format!("{comma}{} {cap}", self.kw("cap"))
    }

    /// A rule that takes points, or one that gives them.
    pub(super) fn rule(&mut self, deducts: bool, depth: usize) -> String {
        let scope = Scope::default();
        let gives = if deducts { Gives::Deducts } else { Gives::Awards };
        match self.rng.below(12) {
            0 | 1 => self.each_count(deducts),
            2..=4 => self.each_row(deducts).unwrap_or_else(|| self.each_count(deducts)),
            5 | 6 => self.steps(deducts),
            7 | 8 => {
                let (condition, effect) = (self.condition(2, &scope), self.outcome(deducts, &scope));
                let cap = if effect.contains(['0', '1', '2', '5']) { self.cap(20) } else { String::new() };
                let mut rule = format!("{} {}{}{effect}{cap}", self.kw("if"), condition.text, self.comma());
                if self.rng.percent(35) {
                    let other = self.outcome(deducts, &scope);
                    let comma = if self.rng.percent(80) { self.comma() } else { " ".to_owned() };
                    rule.push_str(&format!("{comma}{} {other}", self.kw("else")));
                }
                rule
            }
            9 => self.table(gives, 1, &scope),
            10 if depth > 0 => {
                let members: Vec<String> =
                    (0..self.rng.within(2, 3)).map(|_| self.rule(deducts, depth - 1)).collect();
                let head = self.kw("heaviest");
                self.block(&head, &members)
            }
            _ => {
                let effect = self.effect(deducts, &scope);
                let cap = self.cap(15);
                format!("{effect}{cap}")
            }
        }
    }

    fn each_count(&mut self, deducts: bool) -> String {
        let counts: Vec<Named> = self
            .names(&Scope::default())
            .into_iter()
            .filter(|n| n.ty == Ty::Number(None) && !n.wild)
            .collect();
        if counts.is_empty() {
            return self.effect(deducts, &Scope::default());
        }
        let count = self.rng.pick(&counts).name.clone();
        let (effect, cap) = (self.outcome(deducts, &Scope::default()), self.cap(40));
        let comma = if self.rng.percent(50) { " ".to_owned() } else { self.comma() };
        format!("{} {count}{comma}{effect}{cap}", self.kw("each"))
    }

    fn each_row(&mut self, deducts: bool) -> Option<String> {
        let lists = self.lists(&Scope::default());
        if lists.is_empty() {
            return None;
        }
        let list = self.rng.pick(&lists).clone();
        let rows = Self::row_scope(&list, &Scope::default());
        let mut text = format!("{} {}", self.kw("each"), list.name);
        if self.rng.percent(50) {
            let condition = self.condition(2, &rows);
            text.push_str(&format!(" {} {}", self.kw("where"), condition.text));
        }
        if self.rng.percent(40) {
            let Ty::List(fields) = &list.ty else { return None };
            let many = self.rng.within(1, fields.len().min(2));
            let names: Vec<String> = fields.iter().take(many).map(|f| f.name.clone()).collect();
            let (same, once) = (self.kw("same"), self.kw("once"));
            let comma = if self.rng.percent(30) { self.comma() } else { " ".to_owned() };
            text.push_str(&format!("{comma}{same} {} {once}", self.listed(&names)));
        }
        let (effect, cap) = (self.outcome(deducts, &rows), self.cap(40));
        text.push_str(&format!("{}{effect}{cap}", self.comma()));
        Some(text)
    }

    fn steps(&mut self, deducts: bool) -> String {
        let unit = self.any_unit();
        let scope = Scope::default();
        let value = self.number(unit, 1, &scope);
        // A rule that begins with 按 is a table of points.
        let level = if value.text.contains('{') { Level::Loose } else { value.level };
        let value = self.wrap(super::Piece { level, ..value }, Level::Rounded);
        let limit = if self.rng.percent(80) {
            self.literal(unit)
        } else {
            let limit = self.number(unit, 1, &scope);
            self.wrap(limit, Level::Rounded)
        };
        let way = *self.rng.pick(&["each_lower", "each_fewer", "each_higher", "each_more"]);
        let step_unit = if unit == Some("percent") { "pp" } else { unit.unwrap_or_default() };
        let step = *self.rng.pick(&[100, 100, 200, 50, 300]);
        let step = self.quantity(step_unit, step);
        let part = *self.rng.pick(&["part_ignored", "part_counted", "part_pro_rata"]);
        let (compared, way, part) = (self.kw("compared"), self.kw(way), self.kw(part));
        let effect = self.outcome(deducts, &scope);
        let cap = self.cap(40);
        let word = self.kw("part");
        let (a, b) = (self.comma(), self.comma());
        if self.rng.percent(50) {
            format!("{value} {compared} {limit} {way} {step}{a}{effect}{b}{word} {part}{cap}")
        } else {
            format!("{value} {compared} {limit} {way} {step}{a}{effect}{cap}{b}{word} {part}")
        }
    }

    /// A requirement or an advice.
    pub(super) fn requirement(&mut self) -> String {
        let word = if self.rng.percent(80) { "require" } else { "advise" };
        let (word, condition) =
            (self.kw(word), self.condition(2, &Scope { requires: true, ..Scope::default() }));
        let text = if self.rng.percent(40) { " \"须办\"" } else { "" };
        format!("{word} {}{text}", condition.text)
    }
}
