//! Sections and clauses whose points add up.

use super::{Scope, Writer};

impl Writer {
    /// The nodes at the top, and their points in hundredths.
    pub(super) fn nodes(&mut self, clauses: usize) -> (Vec<String>, usize) {
        let mut nodes = Vec::new();
        let mut sum = 0;
        let mut left = clauses;
        let mut number = 0;
        while left > 0 {
            number += 1;
            let (text, points, used) = self.node(&number.to_string(), left, 3);
            nodes.push(text);
            sum += points;
            left -= used;
        }
        (nodes, sum)
    }

    /// A node with up to so many clauses: its text, points, and how many clauses it took.
    fn node(&mut self, number: &str, most: usize, depth: usize) -> (String, usize, usize) {
        if depth == 0 || most < 2 || self.rng.percent(40) {
            let (text, points) = self.clause(number);
            return (text, points, 1);
        }
        let (mut lines, mut sum, mut used) = (Vec::new(), 0, 0);
        let wanted = self.rng.within(1, most.min(5));
        let mut child = 0;
        while used < wanted {
            child += 1;
            let (text, points, took) = self.node(&format!("{number}.{child}"), wanted - used, depth - 1);
            lines.push(text);
            sum += points;
            used += took;
        }
        if sum > 0 && self.rng.percent(25) {
            let deducts = self.rng.percent(70);
            lines.push(self.rule(deducts, 1));
        }
        if self.rng.percent(8) {
            lines.push(self.kw("may_be_negative"));
        }
        if self.rng.percent(10) {
            lines.push(self.requirement());
        }
        let points = if sum > 0 { format!(" {}", self.points(sum)) } else { String::new() };
        let (section, title) = (self.kw("section"), self.prose());
        let text = self.block(&format!("{section} {number} \"{title}\"{points}"), &lines);
        if sum > 0 {
            self.scored.push(number.to_owned());
        }
        (text, sum, used)
    }

    fn clause(&mut self, number: &str) -> (String, usize) {
        let (clause, title) = (self.kw("clause"), self.prose());
        if self.rng.percent(8) {
            let lines: Vec<String> = (0..self.rng.within(1, 2)).map(|_| self.requirement()).collect();
            return (self.block(&format!("{clause} {number} \"{title}\""), &lines), 0);
        }
        let points = self.rng.within(1, 12) * 50;
        let mixed = self.rng.percent(15);
        let deducts = self.rng.percent(60);
        let mut lines = Vec::new();
        if mixed || self.rng.percent(10) {
            let start = if self.rng.percent(75) {
                let start = self.rng.within(0, points / 50) * 50;
                self.points(start)
            } else {
                self.number(Some("points"), 1, &Scope::default()).text
            };
            lines.push(format!("{} {start}", self.kw("start")));
        }
        if self.rng.percent(12) {
            lines.push(self.kw("may_be_negative"));
        }
        for _ in 0..self.rng.within(1, 3) {
            let kind = if mixed { self.rng.percent(50) } else { deducts };
            lines.push(self.rule(kind, 1));
        }
        if self.rng.percent(15) {
            lines.push(self.requirement());
        }
        if self.rng.percent(5) {
            lines[0].push_str(&format!(" {} R0206 \"原文\"", self.kw("as_printed")));
        }
        let points_text = self.points(points);
        let text = self.block(&format!("{clause} {number} \"{title}\" {points_text}"), &lines);
        self.scored.push(number.to_owned());
        (text, points)
    }
}
