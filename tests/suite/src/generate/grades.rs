//! Grades and the steps that give them.

use super::text::quantity;
use super::{Scope, Writer};

impl Writer {
    pub(super) fn grades_block(&mut self) -> String {
        let ordered: Vec<String> = (0..self.rng.within(2, 4))
            .map(|i| ["一等", "二等", "「third grade」", "末等"][i].to_owned())
            .collect();
        let besides: Vec<String> =
            if self.rng.percent(60) { vec!["不定".to_owned(), "x9".to_owned()] } else { Vec::new() };
        let all: Vec<String> = ordered.iter().chain(&besides).cloned().collect();
        let mut scope = Scope { late: true, ..Scope::default() };
        let mut steps = Vec::new();
        if self.rng.percent(25) {
            steps.push(self.veto(&all, &scope));
        }
        if self.rng.percent(30) {
            let (condition, grade) = (self.condition(2, &scope), self.rng.pick(&all).clone());
            let comma = self.comma();
            steps.push(format!("若 {}{comma}定为 {grade}", condition.text));
        }
        if self.rng.percent(75) {
            steps.push(self.grade_table(&ordered));
        } else {
            steps.push(format!("其余 定为 {}", ordered[0]));
        }
        self.grades.clone_from(&all);
        scope.graded = true;
        for _ in 0..self.rng.below(4) {
            let step = match self.rng.below(6) {
                0 => self.lowering(&ordered, &besides, &scope),
                1 => {
                    let (from, to) = (self.rng.pick(&all).clone(), self.rng.pick(&all).clone());
                    let condition = self.condition(2, &scope);
                    let comma = self.comma();
                    format!("若 {}{comma}{from} 降为 {to}", condition.text)
                }
                2 => self.veto(&all, &scope),
                _ => self.quota(&ordered, &all),
            };
            steps.push(step);
        }
        let mut head = format!("等级 {}", self.listed(&ordered));
        if !besides.is_empty() {
            head.push_str(&format!(" 另有 {}", self.listed(&besides)));
        }
        self.block(&head, &steps)
    }

    fn grade_table(&mut self, ordered: &[String]) -> String {
        let last = ordered.last().unwrap();
        let mut rows = Vec::new();
        if self.ranking && self.rng.percent(60) {
            let mut next = 1;
            for grade in &ordered[..ordered.len() - 1] {
                let to = next + self.rng.below(2);
                let key =
                    if to == next { format!("第{next}名") } else { format!("第{next}名 至 第{to}名") };
                rows.push(format!("{key} 为 {grade}"));
                next = to + 1;
            }
            let key = if self.rng.percent(50) { "其余".to_owned() } else { format!("第{next}名起") };
            rows.push(format!("{key} 为 {last}"));
            return self.block("按 排名", &rows);
        }
        for (i, grade) in ordered[..ordered.len() - 1].iter().enumerate() {
            let limit =
                i64::try_from((ordered.len() - i) * self.rng.within(1, 4) * 50 + 1000 - i * 300).unwrap();
            rows.push(format!("{}以上 为 {grade}", quantity("分", limit)));
        }
        rows.push(format!("其余 为 {last}"));
        self.block("按 总分", &rows)
    }

    fn lowering(&mut self, ordered: &[String], besides: &[String], scope: &Scope) -> String {
        let by = self.rng.within(1, 2);
        let condition = self.condition(2, scope);
        let comma = self.comma();
        let mut text = format!("若 {}{comma}降 {by}等", condition.text);
        let bottom = besides.first().or(ordered.last()).unwrap().clone();
        for grade in ordered.iter().skip(ordered.len().saturating_sub(by)) {
            text.push_str(&format!("{}{grade} 降为 {bottom}", self.rng.pick(&["、", ","])));
        }
        text
    }

    fn veto(&mut self, all: &[String], scope: &Scope) -> String {
        let grade = self.rng.pick(all).clone();
        let lines: Vec<String> = (0..self.rng.within(1, 2)).map(|_| self.condition(2, scope).text).collect();
        format!("一票否决 为 {grade} {{\n{}\n}}", lines.join("\n"))
    }
}
