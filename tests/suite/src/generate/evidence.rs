//! Declarations of evidence, and who is scored.

use super::words::decimal;
use super::{Named, Scope, Ty, Unit, Writer};

impl Writer {
    pub(super) fn evidence_block(&mut self, clauses: usize) -> String {
        let mut lines = Vec::new();
        // One choice and one flag that every unit fills in, for the line that says who is scored.
        for ty in [0, 1] {
            lines.push(self.field(ty, false));
        }
        for _ in 0..self.rng.within(1, 3) {
            let ty = self.rng.within(0, 7);
            lines.push(self.field(ty, false));
        }
        let mut theirs = Vec::new();
        for _ in 0..clauses + self.rng.within(2, 4) {
            let ty = self.rng.within(0, 8);
            theirs.push(self.field(ty, true));
        }
        self.graded = self.rng.percent(70);
        if self.graded {
            let head = self.kw("graded_only");
            lines.push(self.block(&head, &theirs));
        } else {
            self.evidence.iter_mut().for_each(|e| e.graded_only = false);
            lines.extend(theirs);
        }
        let head = self.kw("evidence");
        self.block(&head, &lines)
    }

    /// A declaration; those of a list's fields are taken out again by [`Self::list_field`].
    fn field(&mut self, ty: usize, graded_only: bool) -> String {
        let name = self.fresh(["类", "旗", "次", "数", "率", "分", "文", "期", "单"][ty]);
        let (words, ty, wild, default) = match ty {
            0 => {
                let choices: Vec<String> = (0..self.rng.within(2, 4))
                    .map(|i| ["甲", "乙", "b1", "「丁 丁」"][i].to_owned())
                    .collect();
                let listed = self.listed(&choices);
                let default = choices[0].clone();
                (format!("{} {listed}", self.kw("choice")), Ty::Choice(choices), false, default)
            }
            1 => {
                let word = if self.rng.percent(50) { "yes" } else { "no" };
                (self.kw("flag"), Ty::Flag, false, self.kw(word))
            }
            2 => self.count_field(),
            3 => {
                let unit = *self.rng.pick(&["cases", "items", "days", "yuan", "square_metres", "pp", ""]);
                self.number_field("number", unit)
            }
            4 => self.number_field("percent", "percent"),
            5 => self.number_field("score_type", "points"),
            6 => (self.kw("text"), Ty::Text, false, "\"x\"".to_owned()),
            7 => self.number_field("number", "days"),
            _ => self.list_field(),
        };
        let list = matches!(ty, Ty::List(_));
        let mut line = format!("{name}: {words}");
        let mut optional = false;
        if self.rng.percent(15) && !list {
            line.push_str(&format!(" {} {default}", self.kw("default")));
        } else if self.rng.percent(if self.gaps { 25 } else { 0 }) {
            optional = true;
            line.push_str(&format!(" {}", self.kw("optional")));
        }
        if self.rng.percent(15) {
            line.push_str(&format!(" \"{}\"", self.prose()));
        }
        let named = Named { name, ty, optional, graded_only, wild };
        self.evidence.push(named);
        line
    }

    fn count_field(&mut self) -> (String, Ty, bool, String) {
        let most = self.rng.within(1, 12);
        let mut words = self.kw("count");
        match self.rng.below(4) {
            0 => words.push_str(&format!(" 0 {} {most}", self.kw("to"))),
            1 => {
                let most = self.quantity("cases", i64::try_from(most * 100).unwrap());
                words.push_str(&format!(" {} {most}", self.kw("sample")));
            }
            _ => {}
        }
        (words, Ty::Number(None), false, self.rng.below(most + 1).to_string())
    }

    fn number_field(&mut self, id: &str, unit: &'static str) -> (String, Ty, bool, String) {
        let mut words = self.kw(id);
        if id == "number" {
            let spelled = self.unit(unit, false);
            words.push_str(&format!(" {}", spelled.trim()));
        }
        let unit: Unit = Some(unit).filter(|u| !u.is_empty());
        let whole = unit.is_some_and(|u| matches!(u, "cases" | "items"));
        let word = unit.unwrap_or_default();
        if !whole || self.rng.percent(20) {
            let fine = *self.rng.pick(&[100, 10, 1]);
            words.push_str(&format!(" {} {}", self.kw("precision"), decimal(fine)));
        }
        // Without a range a score given could be anything.
        let mut wild = unit.is_none();
        let mut low = 0;
        if self.rng.percent(80) || unit == Some("points") {
            if self.rng.percent(15) && unit != Some("points") {
                low = -i64::try_from(self.rng.within(1, 5)).unwrap() * 100;
                wild = true;
            }
            let high = i64::try_from(self.rng.within(1, 20)).unwrap() * 100;
            let one = self.rng.percent(10) && low == 0;
            let from = self.quantity(word, low);
            let till = self.quantity(word, high);
            if one {
                let half = self.quantity(word, (high / 200).max(1) * 100);
                words.push_str(&format!(" {from} {} {half} {} {till}", self.kw("or"), self.kw("to")));
            } else {
                words.push_str(&format!(" {from} {} {till}", self.kw("to")));
            }
        }
        (words, Ty::Number(unit), wild, self.quantity(word, low))
    }

    fn list_field(&mut self) -> (String, Ty, bool, String) {
        let before = self.evidence.len();
        let mut lines = Vec::new();
        for _ in 0..self.rng.within(1, 4) {
            let ty = self.rng.within(0, 6);
            lines.push(self.field(ty, true));
        }
        let fields: Vec<Named> = self.evidence.drain(before..).collect();
        let head = self.kw("list");
        let mut words = self.block(&head, &lines);
        if self.rng.percent(70) {
            let most = self.rng.within(1, 6);
            words.push_str(&format!(" {} {most} {}", self.kw("most_rows"), self.kw("rows_word")));
        }
        (words, Ty::List(fields), false, String::new())
    }

    /// Who is scored, by evidence that all have.
    pub(super) fn graded_line(&mut self) -> Option<String> {
        let all: Vec<Named> =
            self.evidence.iter().filter(|e| !e.graded_only && !e.optional).cloned().collect();
        if all.is_empty() {
            return None;
        }
        let one = |writer: &mut Self| -> Option<String> {
            let e = writer.rng.pick(&all).clone();
            let (not, or, yes) = (writer.kw("not"), writer.kw("or"), writer.kw("yes"));
            Some(match &e.ty {
                Ty::Choice(choices) => format!("{} = {}", e.name, writer.rng.pick(choices)),
                Ty::Flag if writer.rng.percent(30) => format!("{not} {} {or} {} = {yes}", e.name, e.name),
                Ty::Flag => e.name.clone(),
                Ty::Number(unit) => {
                    let limit = writer.literal(*unit);
                    format!("{} ≤ {limit}", e.name)
                }
                _ => return None,
            })
        };
        let mut condition = one(self)?;
        if self.rng.percent(40)
            && let Some(other) = one(self)
        {
            condition = format!("({condition}) {} ({other})", self.kw("or"));
        }
        Some(format!("{} {condition}", self.kw("graded")))
    }

    /// What a scope may name.
    pub(super) fn names(&self, scope: &Scope) -> Vec<Named> {
        let hidden: Vec<&String> = scope.fields.iter().flatten().map(|f| &f.name).collect();
        let evidence = self.evidence.iter().filter(|e| !scope.all_units || !e.graded_only);
        let lets = self.lets.iter().filter(|_| !scope.all_units);
        let outer = evidence.chain(lets).filter(|n| !hidden.contains(&&n.name));
        let usable = |n: &&Named| scope.requires || !n.optional;
        scope.fields.iter().flatten().chain(outer).filter(usable).cloned().collect()
    }
}
