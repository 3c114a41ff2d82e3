//! Rules.

use super::numbers::counts;
use super::tables::Gives;
use super::text::points;
use super::{Named, POINTS, Scope, Ty, Writer};

impl Writer {
    /// 扣 or 得 so many points.
    pub(super) fn effect(&mut self, deducts: bool, scope: &Scope) -> String {
        let word = if deducts { "扣" } else { "得" };
        format!("{word} {}", self.amount(scope))
    }

    /// Points that are not below nothing.
    pub(super) fn amount(&mut self, scope: &Scope) -> String {
        if self.rng.percent(60) {
            return points(self.rng.one(&[10, 20, 25, 30, 50, 100, 150, 200, 5]));
        }
        let given: Vec<Named> =
            self.names(scope).into_iter().filter(|n| n.ty == Ty::Number(POINTS) && !n.wild).collect();
        if !given.is_empty() && self.rng.percent(50) {
            return self.rng.pick(&given).name.clone();
        }
        let inner = self.number(POINTS, 2, scope);
        let comma = self.comma();
        format!("较大({}{comma}0分)", inner.text)
    }

    /// An effect of the clause's kind, or one that settles the score.
    pub(super) fn outcome(&mut self, deducts: bool, scope: &Scope) -> String {
        match self.rng.below(14) {
            0 if self.settles => "不得分".to_owned(),
            1 if !deducts && self.settles => "得满分".to_owned(),
            _ => self.effect(deducts, scope),
        }
    }

    pub(super) fn cap(&mut self, odds: usize) -> String {
        if !self.rng.percent(odds) {
            return String::new();
        }
        let size = *self.rng.pick(&[20, 50, 75, 100, 150]);
        let cap = if self.rng.percent(85) { points(size) } else { self.amount(&Scope::default()) };
        let comma = self.comma();
        format!("{comma}最高 {cap}")
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
                let settles = matches!(effect.as_str(), "不得分" | "得满分");
                let cap = if settles { String::new() } else { self.cap(20) };
                let comma = self.comma();
                let mut rule = format!("若 {}{comma}{effect}{cap}", condition.text);
                if self.rng.percent(35) {
                    let other = self.outcome(deducts, &scope);
                    let comma = self.perhaps_comma();
                    rule.push_str(&format!("{comma}否则 {other}"));
                }
                rule
            }
            9 => self.table(gives, 1, &scope),
            10 if depth > 0 => {
                let members: Vec<String> =
                    (0..self.rng.within(2, 3)).map(|_| self.rule(deducts, depth - 1)).collect();
                self.block("只计最重", &members)
            }
            _ => {
                let effect = self.effect(deducts, &scope);
                let cap = self.cap(15);
                format!("{effect}{cap}")
            }
        }
    }

    fn each_count(&mut self, deducts: bool) -> String {
        let counted: Vec<Named> = self
            .names(&Scope::default())
            .into_iter()
            .filter(|n| matches!(n.ty, Ty::Number(unit) if unit.is_none() && counts(unit)) && !n.wild)
            .collect();
        if counted.is_empty() {
            return self.effect(deducts, &Scope::default());
        }
        let count = self.rng.pick(&counted).name.clone();
        let (effect, cap) = (self.outcome(deducts, &Scope::default()), self.cap(40));
        let comma = self.perhaps_comma();
        format!("每 {count}{comma}{effect}{cap}")
    }

    fn each_row(&mut self, deducts: bool) -> Option<String> {
        let lists = self.lists(&Scope::default());
        if lists.is_empty() {
            return None;
        }
        let list = self.rng.pick(&lists).clone();
        let rows = Self::row_scope(&list, &Scope::default());
        let mut text = format!("每 {}", list.name);
        if self.rng.percent(50) {
            let condition = self.condition(2, &rows);
            text.push_str(&format!(" 其中 {}", condition.text));
        }
        if self.rng.percent(40) {
            let Ty::List(fields) = &list.ty else { return None };
            let many = self.rng.within(1, fields.len().min(2));
            let names: Vec<String> = fields.iter().take(many).map(|f| f.name.clone()).collect();
            let comma = self.perhaps_comma();
            text.push_str(&format!("{comma}同一 {} 只计一次", self.listed(&names)));
        }
        let (effect, cap) = (self.outcome(deducts, &rows), self.cap(40));
        let comma = self.comma();
        text.push_str(&format!("{comma}{effect}{cap}"));
        Some(text)
    }

    /// A requirement or an advice.
    pub(super) fn requirement(&mut self) -> String {
        let word = if self.rng.percent(75) { "要求" } else { "建议" };
        let condition = self.condition(2, &Scope { requires: true, ..Scope::default() });
        let text = if self.rng.percent(40) { " \"须办\"" } else { "" };
        format!("{word} {}{text}", condition.text)
    }

    /// When a clause does not apply, and to what effect.
    pub(super) fn not_applicable(&mut self, full: bool) -> String {
        let condition = self.condition(1, &Scope::default());
        self.not_applicable = Some((condition.text.clone(), full));
        let comma = self.perhaps_comma();
        let effect = if full { "按满分计" } else { "不计入总分" };
        format!("不适用 若 {}{comma}{effect}", condition.text)
    }
}
