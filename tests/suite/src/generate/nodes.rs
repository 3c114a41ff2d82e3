//! Sections and clauses whose points add up, planned from the whole downwards.

use super::text::points;
use super::{POINTS, Scope, Ty, Writer};

/// What a part is told by the whole it stands in.
struct Part {
    number: String,
    /// Its own points.
    points: usize,
    /// What follows the points in its head.
    head: String,
    /// Clauses it may hold.
    clauses: usize,
    depth: usize,
    /// It may be left out, for something beside it always counts.
    may_be_left_out: bool,
}

impl Writer {
    /// The nodes at the top.
    pub(super) fn top(&mut self, total: usize, clauses: usize) -> Vec<String> {
        let mut nodes = self.parts("", total, clauses, 3);
        for (word, odds) in [("另扣", 18), ("另加", 18)] {
            if self.rng.percent(odds) {
                nodes.push(self.outside(word));
            }
        }
        nodes
    }

    /// Parts that together have so many points: their shares, weights or scales are planned here.
    fn parts(&mut self, above: &str, whole: usize, clauses: usize, depth: usize) -> Vec<String> {
        let count = self.rng.within(1, clauses.clamp(1, 4));
        let weighed = count > 1 && self.rng.percent(20);
        let heads = if weighed { self.weights(count) } else { vec![String::new(); count] };
        let shares = if weighed { vec![whole; count] } else { self.shares(whole, count) };
        let each = (clauses / count).max(1);
        let number =
            |i: usize| if above.is_empty() { format!("{}", i + 1) } else { format!("{above}.{}", i + 1) };
        let always = self.rng.below(count);
        let mut nodes = Vec::new();
        for (i, share) in shares.iter().enumerate() {
            if above.is_empty() {
                self.later = (i + 1..count).map(number).collect();
            }
            let (own, mut head) = (self.own(*share), String::new());
            if self.rng.percent(15) {
                let (comma, step) = (self.perhaps_comma(), *self.rng.pick(&[10, 50, 1]));
                head.push_str(&format!("{comma}{}", self.rounding("分", step)));
            }
            if own != *share || self.rng.percent(3) {
                let comma = self.perhaps_comma();
                head.push_str(&format!("{comma}折算 {}", points(*share)));
                self.scaled.retain(|n| *n != number(i));
            }
            head.push_str(&heads[i]);
            let part = Part {
                number: number(i),
                points: own,
                head,
                clauses: each,
                depth,
                may_be_left_out: count > 1 && i != always,
            };
            let scaled = part.head.contains("折算");
            let number = part.number.clone();
            nodes.push(self.node(part));
            if scaled && self.scored.contains(&number) {
                self.scaled.push(number);
            }
        }
        if self.rng.percent(10) {
            let lines: Vec<String> = (0..self.rng.within(1, 2)).map(|_| self.requirement()).collect();
            let head = format!("条款 {} \"{}\"", number(count), self.prose());
            nodes.push(self.block(&head, &lines));
        }
        nodes
    }

    /// So many positive parts of the whole.
    fn shares(&mut self, whole: usize, count: usize) -> Vec<usize> {
        let unit = if whole.is_multiple_of(50) && whole / 50 >= count { 50 } else { 1 };
        let mut shares = vec![unit; count];
        for _ in 0..whole / unit - count {
            let i = self.rng.below(count);
            shares[i] += unit;
        }
        shares
    }

    /// What a part is out of: mostly what it contributes, else something that is scaled to it.
    fn own(&mut self, share: usize) -> usize {
        if !self.rng.percent(12) {
            return share;
        }
        // Scaled from these, points stay finite decimals.
        if self.rng.percent(80) {
            *self.rng.pick(&[100, 200, 400, 500, 1000, 10000])
        } else {
            self.endless = true;
            *self.rng.pick(&[300, 700, 1200])
        }
    }

    /// Weights of so many parts: 100% together, in each case of a choice, or numbers that count in proportion.
    fn weights(&mut self, count: usize) -> Vec<String> {
        let choices: Vec<(String, Vec<String>)> = self
            .evidence
            .iter()
            .filter(|e| !e.optional)
            .filter_map(|e| if let Ty::Choice(c) = &e.ty { Some((e.name.clone(), c.clone())) } else { None })
            .collect();
        let comma = self.perhaps_comma();
        if self.rng.percent(25) {
            self.endless = true;
            return (0..count)
                .map(|_| format!("{comma}权重 {}", self.rng.one(&["1", "2", "3", "0.5"])))
                .collect();
        }
        if choices.is_empty() || self.rng.percent(50) {
            let shares = self.shares(100, count);
            return shares.iter().map(|share| format!("{comma}权重 {share}%")).collect();
        }
        let (name, cases) = self.rng.pick(&choices).clone();
        let by_case: Vec<Vec<usize>> = cases.iter().map(|_| self.shares(100, count)).collect();
        let rest = self.rng.percent(50);
        (0..count)
            .map(|i| {
                let rows = cases.iter().zip(&by_case).enumerate().map(|(n, (case, shares))| {
                    let key = if rest && n + 1 == cases.len() { "其余" } else { case };
                    format!("{key} 为 {}%", shares[i])
                });
                format!("{comma}权重 按 {name} {{ {} }}", rows.collect::<Vec<_>>().join("; "))
            })
            .collect()
    }

    fn node(&mut self, part: Part) -> String {
        let number = part.number.clone();
        let text = if part.depth == 0 || part.clauses < 2 || self.rng.percent(25) {
            self.clause(&part)
        } else if self.plan.draws && part.head.is_empty() && self.rng.percent(40) {
            self.shared(&part)
        } else {
            self.section(&part)
        };
        self.may_be_asked(number);
        text
    }

    /// The scores of a node and what stands in it may be asked for, where they are there.
    fn may_be_asked(&mut self, number: String) {
        let Some((condition, full)) = self.not_applicable.take() else { return self.scored.push(number) };
        let inner = format!("{number}.");
        self.scored.retain(|n| !n.starts_with(&inner));
        self.scaled.retain(|n| !n.starts_with(&inner));
        self.perhaps.retain(|(n, _)| !n.starts_with(&inner));
        if full {
            self.scored.push(number);
        } else {
            self.perhaps.push((number, condition));
        }
    }

    fn section(&mut self, part: &Part) -> String {
        let mut lines = self.parts(&part.number, part.points, part.clauses, part.depth - 1);
        lines.extend(self.applies(part));
        if self.rng.percent(25) {
            let deducts = self.rng.percent(70);
            lines.push(self.rule(deducts, 1));
        }
        if self.rng.percent(8) {
            lines.push("可为负".to_owned());
        }
        if self.rng.percent(10) {
            lines.push(self.requirement());
        }
        let head = self.head("大项", part);
        self.block(&head, &lines)
    }

    /// A section whose clauses share its points.
    fn shared(&mut self, part: &Part) -> String {
        let mut lines = Vec::new();
        for i in 0..self.rng.within(1, 3) {
            let mut body = vec![format!("说明 \"{}\"", self.prose())];
            if self.rng.percent(35) {
                body.push(self.rule(true, 0));
            }
            let head = format!("条款 {}.{} \"{}\"", part.number, i + 1, self.prose());
            lines.push(self.block(&head, &body));
        }
        lines.extend(self.applies(part));
        if self.rng.percent(20) {
            lines.push(self.rule(true, 1));
        }
        let head = format!("大项 {} \"{}\" 共用 {}", part.number, self.prose(), points(part.points));
        self.block(&head, &lines)
    }

    fn clause(&mut self, part: &Part) -> String {
        let mixed = self.rng.percent(15);
        let deducts = self.rng.percent(60);
        let mut lines = Vec::new();
        if self.rng.percent(15) {
            lines.push(format!("说明 \"{}\"", self.prose()));
        }
        lines.extend(self.applies(part));
        if mixed || self.rng.percent(10) {
            let start = if self.rng.percent(75) {
                points(self.rng.within(0, part.points / 50) * 50)
            } else {
                self.number(POINTS, 1, &Scope::default()).text
            };
            lines.push(format!("起评 {start}"));
        }
        if self.rng.percent(12) {
            lines.push("可为负".to_owned());
        }
        for _ in 0..self.rng.within(1, 3) {
            let kind = if mixed { self.rng.percent(50) } else { deducts };
            lines.push(self.rule(kind, 1));
        }
        if self.rng.percent(20) {
            lines.push(self.requirement());
        }
        if self.rng.percent(5) {
            lines[0].push_str(" 照原文 R0206 \"原文\"");
        }
        let head = self.head("条款", part);
        self.block(&head, &lines)
    }

    fn head(&mut self, word: &str, part: &Part) -> String {
        format!("{word} {} \"{}\" {}{}", part.number, self.prose(), points(part.points), part.head)
    }

    /// Whether it applies, perhaps.
    fn applies(&mut self, part: &Part) -> Option<String> {
        if !self.rng.percent(10) {
            return None;
        }
        let full = !part.may_be_left_out || self.plan.forward || self.rng.percent(50);
        self.endless |= !full;
        Some(self.not_applicable(full))
    }

    /// Points outside the total.
    fn outside(&mut self, word: &str) -> String {
        let number = if word == "另扣" { "91" } else { "92" };
        let deducts = word == "另扣";
        // Awards with a limit alone can end at it, and deductions at nothing of theirs.
        let limited = self.rng.percent(70);
        self.settles = !deducts && limited;
        let mut lines: Vec<String> = (0..self.rng.within(1, 2)).map(|_| self.rule(deducts, 1)).collect();
        self.settles = true;
        if self.rng.percent(15) {
            lines.push(self.not_applicable(false));
        }
        let limit =
            if limited { format!(" 最高 {}", points(self.rng.within(1, 10) * 50)) } else { String::new() };
        let head = format!("{word} {number} \"{}\"{limit}", self.prose());
        let text = self.block(&head, &lines);
        self.may_be_asked(number.to_owned());
        text
    }
}
