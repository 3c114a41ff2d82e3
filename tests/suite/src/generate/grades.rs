//! Grades and the steps that give them.

use super::{Scope, Writer};

impl Writer {
    pub(super) fn grades_block(&mut self) -> String {
        let ordered: Vec<String> = (0..self.rng.within(2, 4))
            .map(|i| ["一等", "二等", "「third grade」", "末等"][i].to_owned())
            .collect();
        let besides: Vec<String> =
            if self.rng.percent(60) { vec!["不定".to_owned(), "x9".to_owned()] } else { Vec::new() };
        let scope = Scope { late: true, ..Scope::default() };
        let mut steps = Vec::new();
        let all: Vec<String> = ordered.iter().chain(&besides).cloned().collect();
        if self.rng.percent(25) {
            steps.push(self.veto(&all, &scope));
        }
        if self.rng.percent(30) {
            let (condition, grade) = (self.condition(2, &scope), self.rng.pick(&all).clone());
            let (kw_if, becomes, comma) = (self.kw("if"), self.kw("becomes"), self.comma());
            steps.push(format!("{kw_if} {}{comma}{becomes} {grade}", condition.text));
        }
        if self.rng.percent(75) {
            steps.push(self.grade_table(&ordered));
        } else {
            steps.push(format!("{} {} {}", self.kw("otherwise"), self.kw("becomes"), ordered[0]));
        }
        for _ in 0..self.rng.below(3) {
            let step = match self.rng.below(3) {
                0 => self.lowering(&ordered, &besides, &scope),
                1 => {
                    let (from, to) = (self.rng.pick(&all).clone(), self.rng.pick(&all).clone());
                    let (condition, falls) = (self.condition(2, &scope), self.kw("falls_to"));
                    let (kw_if, comma) = (self.kw("if"), self.comma());
                    format!("{kw_if} {}{comma}{from} {falls} {to}", condition.text)
                }
                _ => self.veto(&all, &scope),
            };
            steps.push(step);
        }
        let mut head = format!("{} {}", self.kw("grades"), self.listed(&ordered));
        if !besides.is_empty() {
            head.push_str(&format!(" {} {}", self.kw("besides"), self.listed(&besides)));
        }
        self.grades = all;
        self.block(&head, &steps)
    }

    fn grade_table(&mut self, ordered: &[String]) -> String {
        let by = self.kw("by");
        let is = self.kw("value_is");
        let mut rows = Vec::new();
        if self.ranking && self.rng.percent(60) {
            let mut next = 1;
            for grade in &ordered[..ordered.len() - 1] {
                let last = next + self.rng.below(2);
                let key = if last == next {
                    self.place(next)
                } else {
                    format!("{} {} {}", self.place(next), self.kw("to"), self.place(last))
                };
                rows.push(format!("{key} {is} {grade}"));
                next = last + 1;
            }
            let last = ordered.last().unwrap();
            let key = if self.rng.percent(50) {
                self.kw("otherwise")
            } else {
                format!("{} {}", self.place(next), self.kw("onward"))
            };
            rows.push(format!("{key} {is} {last}"));
            let rank = self.kw("rank_value");
            return self.block(&format!("{by} {rank}"), &rows);
        }
        for (i, grade) in ordered[..ordered.len() - 1].iter().enumerate() {
            let limit =
                i64::try_from((ordered.len() - i) * self.rng.within(1, 4) * 50 + 1000 - i * 300).unwrap();
            let limit = self.quantity("points", limit);
            rows.push(format!("{limit} {} {is} {grade}", self.kw("or_more")));
        }
        rows.push(format!("{} {is} {}", self.kw("otherwise"), ordered.last().unwrap()));
        let total = self.kw("total_score");
        self.block(&format!("{by} {total}"), &rows)
    }

    fn lowering(&mut self, ordered: &[String], besides: &[String], scope: &Scope) -> String {
        let by = self.rng.within(1, 2);
        let all = by == 1 || self.rng.percent(50);
        let (condition, lower) = (self.condition(2, scope), self.kw("lower"));
        let steps = self.quantity("grades", i64::try_from(by * 100).unwrap());
        let mut text = format!("{} {}{}{lower} {steps}", self.kw("if"), condition.text, self.comma());
        let bottom = besides.first().or(ordered.last()).unwrap().clone();
        for grade in ordered.iter().skip(ordered.len().saturating_sub(if all { by } else { 1 })) {
            let (falls, sign) = (self.kw("falls_to"), if self.rng.percent(50) { "、" } else { "," });
            text.push_str(&format!("{sign}{grade} {falls} {bottom}"));
        }
        text
    }

    fn veto(&mut self, all: &[String], scope: &Scope) -> String {
        let (word, is) = (self.kw("veto"), self.kw("value_is"));
        let grade = self.rng.pick(all).clone();
        let lines: Vec<String> = (0..self.rng.within(1, 2)).map(|_| self.condition(2, scope).text).collect();
        let mut text = format!("{word} {is} {grade} {{\n");
        for line in lines {
            text.push_str(&format!("{line}\n"));
        }
        text.push('}');
        text
    }
}
