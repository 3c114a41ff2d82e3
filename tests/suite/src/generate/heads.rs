//! The head of the rubric, named values, outputs, and the order of merit.

use super::text::{points, words};
use super::{Level, Named, Scope, Ty, Writer};

impl Writer {
    pub(super) fn header(&mut self, total: usize) -> String {
        let mut lines = vec![format!("年度 {}", self.rng.within(2000, 2026))];
        for word in ["依据", "说明"] {
            if self.rng.percent(20) {
                lines.push(format!("{word} \"{}\"", self.prose()));
            }
        }
        // An imported rubric without 按 scores the same subjects.
        lines.push("考核对象 单位".to_owned());
        let mut line = format!("满分 {}", points(total));
        if self.endless || self.rng.percent(88) {
            let step = *self.rng.pick(&[1, 5, 10, 25, 50, 100]);
            let comma = self.perhaps_comma();
            line.push_str(&format!("{comma}{}", self.rounding("分", step)));
        }
        lines.push(line);
        if self.rng.percent(30) {
            let code = self.rng.one(&["R0105", "R0203", "R0205", "R0206", "R0303"]);
            let level = self.rng.one(&["不报", "提示", "警告", "警告"]);
            lines.push(format!("检查 {code} {level}"));
        }
        if self.rng.percent(10) {
            lines.push("检查 R0101 错误".to_owned());
        }
        let head = format!("标准 \"{}\"", self.prose());
        self.block(&head, &lines)
    }

    pub(super) fn let_line(&mut self) -> String {
        let name = self.fresh("值");
        let scope = Scope::default();
        let (ty, piece) = if self.rng.percent(70) {
            let unit = self.any_unit();
            (Ty::Number(unit), self.number(unit, 3, &scope))
        } else {
            (Ty::Flag, self.condition(3, &scope))
        };
        let line = format!("设 {name} = {}", piece.text);
        self.lets.push(Named { graded_only: true, wild: true, ..Named::new(name, ty) });
        line
    }

    pub(super) fn output_line(&mut self) -> String {
        let name = self.fresh("结果");
        let scope = Scope { late: true, ..Scope::default() };
        let (ty, value) = match self.rng.below(10) {
            0 | 1 => (Ty::Flag, self.condition(2, &scope).text),
            2 => (Ty::Text, format!("\"{}\"", self.prose())),
            3 if !self.grades.is_empty() => (Ty::Number(None), self.grade_value_table()),
            4 if self.ranking => (Ty::Rank, "排名".to_owned()),
            5 if !self.scaled.is_empty() => {
                let number = self.rng.pick(&self.scaled).clone();
                (Ty::Number(super::POINTS), format!("(「{number}」折算前得分) {}", self.rounding("分", 1)))
            }
            _ => {
                let unit = self.any_unit();
                let inner = self.number(unit, 3, &scope);
                let step = *self.rng.pick(&[1, 5, 10, 100]);
                let inner = self.wrap(inner, Level::Primary);
                (Ty::Number(unit), format!("{inner} {}", self.rounding(words(unit), step)))
            }
        };
        let line = format!("输出 {name} = {value}");
        self.outputs.push(Named { wild: true, ..Named::new(name, ty) });
        line
    }

    pub(super) fn ranking_line(&mut self) -> String {
        let mut keys = vec![format!("总分 {}", self.way())];
        for _ in 0..self.rng.below(3) {
            keys.push(self.key());
        }
        if self.rng.percent(20) {
            keys.reverse();
        }
        let ties = *self.rng.pick(&["取优", "取劣"]);
        let end = *self.rng.pick(&["; ", ",", "\n  "]);
        format!("排名 依 {}{end}并列 {ties}", keys.join("、"))
    }

    /// A key of an order, and which way it goes.
    pub(super) fn key(&mut self) -> String {
        let unit = self.any_unit();
        let key = self.number(unit, 1, &Scope::default());
        let key = self.wrap(key, Level::Sum);
        format!("{key} {}", self.way())
    }

    pub(super) fn way(&mut self) -> &'static str {
        if self.rng.percent(60) { "从高到低" } else { "从低到高" }
    }
}
