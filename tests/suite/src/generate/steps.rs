//! Steps beyond a limit: four directions, and three ways to count a part of a step.

use super::numbers::counts;
use super::text::{quantity, words};
use super::{Level, Named, PERCENT, PP, Scope, Ty, Writer};

impl Writer {
    pub(super) fn steps(&mut self, deducts: bool) -> String {
        if self.rng.percent(20)
            && let Some(rule) = self.whole_steps(deducts)
        {
            return rule;
        }
        if self.rng.percent(30)
            && let Some(rule) = self.late_steps(deducts)
        {
            return rule;
        }
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
        let way = *self.rng.pick(&["每低", "每少", "每高", "每多"]);
        let step_unit = if unit == PERCENT { PP } else { unit };
        let step = quantity(words(step_unit), self.rng.one(&[100, 100, 200, 50, 300]));
        let part = *self.rng.pick(&["不计", "计一", "按比例"]);
        let effect = self.outcome(deducts, &scope);
        let cap = self.cap(40);
        let (a, b) = (self.comma(), self.comma());
        if self.rng.percent(50) {
            format!("{value} 比 {limit} {way} {step}{a}{effect}{b}不足 {part}{cap}")
        } else {
            format!("{value} 比 {limit} {way} {step}{a}{effect}{cap}{b}不足 {part}")
        }
    }

    /// Steps of one of what is counted have no parts.
    fn whole_steps(&mut self, deducts: bool) -> Option<String> {
        let whole = |n: &Named| matches!(n.ty, Ty::Number(None)) && !n.wild && counts(None);
        let names: Vec<String> =
            self.names(&Scope::default()).into_iter().filter(whole).map(|n| n.name).collect();
        if names.is_empty() {
            return None;
        }
        let (name, limit) = (self.rng.pick(&names).clone(), self.rng.below(9));
        let way = *self.rng.pick(&["每少", "每多"]);
        let effect = self.effect(deducts, &Scope::default());
        Some(format!("{name} 比 {limit}次 {way} 1次 {effect}"))
    }
}
