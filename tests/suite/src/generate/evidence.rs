//! Declarations of evidence, and who is scored.

use super::text::{decimal, points, quantity, words};
use super::{DAYS, Named, PERCENT, POINTS, PP, Scope, Ty, Unit, Writer};

/// Units of evidence that counts things.
pub(super) const COUNTED: [&str; 9] = ["件", "个", "名", "次", "人", "项", "份", "台", "处"];
/// Units of evidence that is measured.
const MEASURED: [&str; 8] = ["天", "元", "平方米", "个百分点", "个月", "分钟", "小时", "岁"];

/// What is declared: its words, its type, whether it is wild, its default.
pub(super) struct Declared {
    pub(super) words: String,
    pub(super) ty: Ty,
    pub(super) wild: bool,
    pub(super) filled: bool,
    pub(super) default: String,
}

impl Declared {
    fn new(words: impl Into<String>, ty: Ty, default: impl Into<String>) -> Self {
        Self { words: words.into(), ty, wild: false, filled: false, default: default.into() }
    }
}

impl Writer {
    pub(super) fn evidence_block(&mut self, clauses: usize) -> String {
        // One choice and one flag that every unit fills in, for the line that says who is scored.
        let mut lines = vec![self.field(0), self.field(1)];
        if self.plan.imports {
            lines.push("对象: 文本".to_owned());
            self.taken.insert("对象".to_owned());
        }
        for _ in 0..self.rng.within(1, 3) {
            let kind = self.kind();
            lines.push(self.field(kind));
        }
        let all = self.evidence.len();
        let mut theirs = Vec::new();
        if self.plan.dates {
            theirs.extend([self.field(8), self.field(8)]);
        }
        if self.plan.times {
            theirs.extend([self.field(10), self.field(10)]);
        }
        for _ in 0..clauses.min(8) + self.rng.within(2, 4) {
            let kind = self.kind();
            theirs.push(self.field(kind));
        }
        if self.plan.draws {
            theirs.push(self.findings());
        }
        theirs.extend(self.checks(&Scope { plain: true, ..Scope::default() }, 30));
        if self.plan.theirs {
            self.evidence.iter_mut().skip(all).for_each(|e| e.graded_only = true);
            lines.push(self.block("以下由参评单位填报", &theirs));
        } else {
            lines.extend(theirs);
        }
        self.block("填报", &lines)
    }

    fn kind(&mut self) -> usize {
        let dates: &[usize] = if self.plan.dates { &[8] } else { &[] };
        let kinds: Vec<usize> =
            [0, 1, 2, 2, 3, 3, 4, 5, 5, 6, 7, 9, 9].iter().chain(dates).copied().collect();
        *self.rng.pick(&kinds)
    }

    /// A declaration that becomes evidence.
    fn field(&mut self, kind: usize) -> String {
        let (mut line, named) = self.declaration(kind);
        let numeric = matches!(named.ty, Ty::Number(_));
        if numeric && !line.contains('"') && self.rng.percent(8) {
            line.push_str(self.rng.one(&[" 越高越好", " 越低越好"]));
        }
        self.evidence.push(named);
        line
    }

    /// A declaration and what it declares.
    pub(super) fn declaration(&mut self, kind: usize) -> (String, Named) {
        let name = self.fresh(["类", "旗", "次", "数", "率", "分", "文", "期", "日", "单", "时"][kind]);
        let declared = self.declared(kind);
        let list = matches!(declared.ty, Ty::List(_));
        let mut line = format!("{name}: {}", declared.words);
        let mut named =
            Named { wild: declared.wild, filled: declared.filled, ..Named::new(name, declared.ty) };
        if self.rng.percent(12) && !list {
            line.push_str(&format!(" 未填视为 {}", declared.default));
        } else if !named.filled && self.plan.gaps && self.rng.percent(25) {
            named.optional = true;
            line.push_str(" 可不填");
        }
        if self.rng.percent(15) {
            line.push_str(&format!(" \"{}\"", self.prose()));
        }
        (line, named)
    }

    fn declared(&mut self, kind: usize) -> Declared {
        match kind {
            0 => {
                let choices: Vec<String> = (0..self.rng.within(2, 4))
                    .map(|i| ["甲", "乙", "b1", "「丁 丁」"][i].to_owned())
                    .collect();
                let words = format!("选项 {}", self.listed(&choices));
                let default = choices[0].clone();
                Declared::new(words, Ty::Choice(choices), default)
            }
            1 => Declared::new("是否", Ty::Flag, *self.rng.pick(&["是", "否"])),
            2 => self.count(),
            3 => {
                let unit = match self.rng.below(3) {
                    0 => Some(*self.rng.pick(&COUNTED)),
                    1 => Some(*self.rng.pick(&MEASURED)),
                    _ => *self.rng.pick(&[None, DAYS, PP]),
                };
                self.measured("数量", unit)
            }
            4 => self.measured("百分比", PERCENT),
            5 => self.measured("评分", POINTS),
            6 => Declared::new("文本", Ty::Text, "\"x\""),
            7 => {
                let unit = self.rng.one(&["天", "小时", "分钟"]);
                self.measured("时长", Some(unit))
            }
            8 => {
                let default = self.day();
                let narrow = self.rng.percent(80);
                let words = if narrow { "日期 2026-01-01 至 2026-12-31" } else { "日期" };
                Declared { wild: true, ..Declared::new(words, Ty::Number(super::DATE), default) }
            }
            9 => self.list(),
            _ => {
                let narrow = self.rng.one(&["", " 7:00 至 12:00", " 到 1秒", " 到 15分钟"]);
                Declared {
                    wild: true,
                    ..Declared::new(format!("时间{narrow}"), Ty::Number(super::TIME), "8:30")
                }
            }
        }
    }

    fn count(&mut self) -> Declared {
        let most = self.rng.within(1, 12);
        let default = self.rng.below(most + 1).to_string();
        match self.rng.below(5) {
            0 => Declared::new(format!("次数 0 至 {most}"), Ty::Number(None), default),
            1 => Declared::new(format!("次数 抽查 {most}件"), Ty::Number(None), default),
            2 => Declared {
                filled: true,
                ..Declared::new(format!("次数 1 至 {}", most + 1), Ty::Number(None), "1")
            },
            _ => Declared::new("次数", Ty::Number(None), default),
        }
    }

    fn measured(&mut self, word: &str, unit: Unit) -> Declared {
        let mut text = word.to_owned();
        if matches!(word, "数量" | "时长") {
            text.push_str(&format!(" {}", words(unit)));
        }
        let whole = unit.is_some_and(|u| COUNTED.contains(&u));
        // Without a range it could be anything.
        let mut wild = unit.is_none();
        let mut low = 0;
        if self.rng.percent(80) || unit == POINTS {
            if self.rng.percent(15) && unit != POINTS {
                low = -i64::try_from(self.rng.within(1, 5)).unwrap() * 100;
                wild = true;
            }
            let high = i64::try_from(self.rng.within(1, 20)).unwrap() * 100;
            let (from, till) = (quantity(words(unit), low), quantity(words(unit), high));
            if self.rng.percent(12) && low == 0 {
                let half = quantity(words(unit), (high / 200).max(1) * 100);
                text.push_str(&format!(" {from} 或 {half} 至 {till}"));
            } else {
                text.push_str(&format!(" {from} 至 {till}"));
            }
        }
        if !whole || self.rng.percent(15) {
            // Steps of a half or a quarter are more than decimals.
            let fine = *self.rng.pick(&[100, 10, 1, 1, 50, 25]);
            let fits = low % fine == 0;
            text.push_str(&format!(" 到 {}", decimal(if fits { fine } else { 1 })));
        }
        let default = quantity(words(unit), low);
        Declared { wild, ..Declared::new(text.trim().to_owned(), Ty::Number(unit), default) }
    }

    /// Who is scored, by evidence that all have.
    pub(super) fn graded_line(&mut self) -> Option<String> {
        let scope = Scope { plain: true, all_units: true, ..Scope::default() };
        let all: Vec<Named> = self.names(&scope);
        if all.is_empty() {
            return None;
        }
        let condition = if self.rng.percent(15) {
            self.condition(1, &scope).text
        } else {
            let mut condition = self.who(&all)?;
            if self.rng.percent(40)
                && let Some(other) = self.who(&all)
            {
                condition = format!("({condition}) 或 ({other})");
            }
            condition
        };
        Some(format!("参评 {condition}"))
    }

    fn who(&mut self, all: &[Named]) -> Option<String> {
        let e = self.rng.pick(all).clone();
        Some(match &e.ty {
            Ty::Choice(choices) => format!("{} = {}", e.name, self.rng.pick(choices)),
            Ty::Flag if self.rng.percent(30) => format!("未 {0} 或 {0} = 是", e.name),
            Ty::Flag => e.name.clone(),
            Ty::Number(unit) if ![super::DATE, super::TIME].contains(unit) => {
                format!("{} ≤ {}", e.name, self.literal(*unit))
            }
            _ => return None,
        })
    }

    /// What a scope may name.
    pub(super) fn names(&self, scope: &Scope) -> Vec<Named> {
        let hidden: Vec<&String> = scope.fields.iter().flatten().map(|f| &f.name).collect();
        let evidence = self.evidence.iter().filter(|e| !scope.all_units || !e.graded_only);
        let computed = self.lets.iter().chain(&self.imported).filter(|_| !scope.all_units && !scope.plain);
        let outputs = self.outputs.iter().filter(|_| scope.late && !scope.all_units);
        let outer = evidence.chain(computed).chain(outputs).filter(|n| !hidden.contains(&&n.name));
        let usable = |n: &&Named| scope.requires || !n.optional;
        scope.fields.iter().flatten().chain(outer).filter(usable).cloned().collect()
    }

    /// Points that a person gives, in hundredths at most.
    pub(super) fn given_points(most: usize) -> String {
        format!("评分 0分 至 {}", points(most))
    }
}
