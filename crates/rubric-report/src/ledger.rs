//! Results as one explains them on appeal: for each clause what was counted, by which words of the rubric, from
//! which place of the evidence.

use rubric_base::{Language, Place, Sources, Span};

use crate::view::{
    Absorbed, GradeAct, GradeLine, Ground, LineView, Matched, MissedPlace, NodeView, UnitView, View, What,
};

/// What the lines of a ledger are written from.
struct Pen<'a> {
    text: &'a str,
    sources: &'a Sources,
    language: Language,
}

impl Pen<'_> {
    fn say(&self, zh: String, en: String) -> String {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    fn points(&self, points: &str) -> String {
        let unit =
            if matches!(points.trim_start_matches(['+', '-', '−']), "1") { "point" } else { "points" };
        self.say(format!("{points} 分"), format!("{points} {unit}"))
    }

    fn place(&self, place: Place) -> Option<String> {
        let source = self.sources.get(place.file)?;
        let at = source.line_column(place.span.start);
        let (name, line, column) = (source.name(), at.line, at.column);
        Some(self.say(
            format!("{name} 第 {line} 行第 {column} 列"),
            format!("{name}, line {line}, column {column}"),
        ))
    }

    fn absorbed(&self, why: Absorbed, points: &str, all: bool) -> String {
        let (zh, en) = match why {
            Absorbed::Floor => ("已扣到最低分", "the clause can end no lower"),
            Absorbed::Ceiling => ("已加到最高分", "the clause can end no higher"),
            Absorbed::Cap => ("超出本规则的最高限额", "beyond the cap of the rule"),
            Absorbed::Heavier => ("同组中只计最重的一项", "only the heaviest of the group counts"),
            Absorbed::Duplicate => ("与前面相同，只计一次", "the same counts once"),
            Absorbed::Overruled => ("本条已由另一规则定分", "another rule settles the clause"),
        };
        if all {
            return self.say(format!("不计：{zh}"), format!("not counted: {en}"));
        }
        let points = self.points(points);
        self.say(format!("其中 {points}不计：{zh}"), format!("of which {points} not counted: {en}"))
    }

    fn head(&self, node: &NodeView) -> String {
        let name = format!("{} {}", node.number, node.title);
        match &node.points {
            Some(points) => {
                let points = self.points(points);
                self.say(format!("{name}（满分 {points}）"), format!("{name} (out of {points})"))
            }
            None => name,
        }
    }

    fn met(&self, met: bool) -> String {
        let (zh, en) = if met { ("达标", "met") } else { ("未达标", "not met") };
        self.say(zh.to_owned(), en.to_owned())
    }

    fn amount(&self, line: &LineView) -> String {
        if let Some(met) = line.met {
            return self.met(met);
        }
        let points = line.points.as_deref().unwrap_or("0");
        match &line.arithmetic {
            Some((times, each)) => format!("{times} × {each} = {}", self.points(points)),
            None => self.points(points),
        }
    }

    /// The rubric's own words on one line, however they are laid out.
    fn quoted(&self, span: Span, table: bool) -> String {
        let words = span.of(self.text);
        // Of a table its head: the row that fits is quoted by itself.
        let words = if table { words.split('{').next().unwrap_or_default() } else { words };
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.say(format!("「{words}」"), format!("“{words}”"))
    }

    fn line(&self, line: &LineView, out: &mut String) {
        let amount = self.amount(line);
        let colon = self.say("：".into(), ": ".into());
        match &line.what {
            What::Part(name) => out.push_str(&format!("  {name} {amount}\n")),
            What::Rounding => {
                let why = self.say("取整".into(), "rounding".into());
                out.push_str(&format!("  · {why}{colon}{amount}\n"));
            }
            What::Limit => {
                let why = self.say("起评超出允许的分值".into(), "the start is outside the limits".into());
                out.push_str(&format!("  · {why}{colon}{amount}\n"));
            }
            What::Rule(span) => {
                let quoted = self.quoted(*span, line.matched.is_some());
                out.push_str(&format!("  · {quoted}{colon}{amount}\n"));
            }
        }
        for detail in self.details(line) {
            out.push_str(&format!("      {detail}\n"));
        }
    }

    fn details(&self, line: &LineView) -> Vec<String> {
        let mut details = Vec::new();
        if let Some(Matched { value, row }) = &line.matched {
            details.push(match row.map(|row| self.quoted(row, false)) {
                Some(row) => self.say(format!("{value}，适用{row}"), format!("{value}: {row} applies")),
                None => self.say(format!("{value}，没有适用的一档"), format!("{value}: no row applies")),
            });
        }
        details.extend(line.note.clone());
        details.extend(line.evidence.iter().map(|ground| self.ground(ground)));
        let all = line.points.as_deref().map(|p| p.trim_start_matches(['+', '−']));
        let absorbed = line.absorbed.iter();
        details.extend(absorbed.map(|(why, points)| self.absorbed(*why, points, all == Some(points))));
        details
    }

    fn ground(&self, ground: &Ground) -> String {
        let places: Vec<String> = ground.places.iter().filter_map(|p| self.place(*p)).collect();
        let text = &ground.text;
        if places.is_empty() {
            return self.say(format!("证据：{text}"), format!("evidence: {text}"));
        }
        let list = places.join(&self.say("、".into(), "; ".into()));
        self.say(format!("证据：{text}（{list}）"), format!("evidence: {text} ({list})"))
    }

    fn node(&self, node: &NodeView, out: &mut String) {
        out.push_str(&format!("\n{}\n", self.head(node)));
        if node.left_out {
            let (zh, en) = ("不适用，不计入总分", "does not apply, and is left out");
            out.push_str(&format!("  {}\n", self.say(zh.into(), en.into())));
            return;
        }
        if let Some(start) = &node.start {
            let points = self.points(start);
            out.push_str(&self.say(format!("  起评 {points}\n"), format!("  starts at {points}\n")));
        }
        for line in &node.lines {
            self.line(line, out);
        }
        if node.lines.is_empty() && node.score.is_some() {
            // What begins full can only lose.
            let full = node.start.is_some() && node.start == node.points;
            let (zh, en) = if full {
                ("没有扣分", "nothing deducted")
            } else {
                ("没有扣分或得分", "nothing deducted or awarded")
            };
            out.push_str(&format!("  {}\n", self.say(zh.into(), en.into())));
        }
        if let Some(score) = &node.score {
            let score = self.points(&score.replace('-', "−"));
            out.push_str(&self.say(format!("  得分 {score}\n"), format!("  score {score}\n")));
        }
        if let Some(met) = node.requirement {
            let met = self.met(met);
            out.push_str(&self.say(format!("  要求 {met}\n"), format!("  requirements {met}\n")));
        }
    }

    /// A step of grading, and why it changed or refused the grade.
    fn grade(&self, line: &GradeLine, out: &mut String) {
        let colon = self.say("：".into(), ": ".into());
        let row = match line.act {
            GradeAct::Give => line.words.iter().map(|row| self.quoted(*row, false)).collect(),
            _ => String::new(),
        };
        let before = line.before.as_ref().map(|b| format!("{b} → ")).unwrap_or_default();
        let head = self.quoted(line.step, line.act != GradeAct::Quota);
        out.push_str(&format!("  · {head}{row}{colon}{before}{}\n", line.grade));
        let mut details = Vec::new();
        if line.act == GradeAct::Veto {
            let words: Vec<String> = line.words.iter().map(|words| self.quoted(*words, false)).collect();
            let because = words.join(&self.say(String::new(), " and ".into()));
            details.push(self.say(format!("因为{because}"), format!("because {because}")));
        }
        details.extend(line.missed.as_ref().map(|missed| self.missed(missed)));
        details.extend(line.evidence.iter().map(|ground| self.ground(ground)));
        details.iter().for_each(|detail| out.push_str(&format!("      {detail}\n")));
    }

    fn missed(&self, missed: &MissedPlace) -> String {
        let MissedPlace { places, reached, equals, tied, group } = missed;
        let (within, among) = match group.as_str() {
            "" => (String::new(), String::new()),
            group => (format!("「{group}」"), format!(" for {group}")),
        };
        let s = if places == "1" { "" } else { "s" };
        match (tied, equals) {
            (true, _) => self.say(
                format!("{within}名额 {places} 个，并列第 {reached} 名的有 {equals} 个，容不下，一并落选"),
                format!("{places} place{s}{among}; {equals} share place {reached}, do not all fit, and all miss out"),
            ),
            (false, 1) => self.say(
                format!("{within}名额 {places} 个，排在第 {reached} 名"),
                format!("{places} place{s}{among}; reached place {reached}"),
            ),
            (false, _) => self.say(
                format!("{within}名额 {places} 个，{equals} 个并列第 {reached} 名"),
                format!("{places} place{s}{among}; reached place {reached}, {equals} sharing it"),
            ),
        }
    }

    fn unit(&self, unit: &UnitView, clauses: &[String], out: &mut String) {
        let mut facts = Vec::new();
        if let Some(total) = &unit.total {
            let total = self.points(total);
            facts.push(self.say(format!("总分 {total}"), format!("total {total}")));
        }
        if let Some(rank) = unit.rank {
            facts.push(self.say(format!("第 {rank} 名"), format!("rank {rank}")));
        }
        if let Some(grade) = &unit.grade {
            facts.push(self.say(format!("等级 {grade}"), format!("grade {grade}")));
        }
        let facts = facts.join(&self.say("，".into(), ", ".into()));
        out.push_str(format!("【{}】 {facts}", unit.id).trim_end());
        out.push('\n');
        let told =
            |n: &NodeView| n.score.is_some() || n.requirement.is_some() || n.left_out || !n.lines.is_empty();
        let wanted = |n: &&NodeView| told(n) && (clauses.is_empty() || clauses.contains(&n.number));
        for node in unit.nodes.iter().filter(wanted) {
            self.node(node, out);
        }
        if let (Some(total), false) = (&unit.total, unit.parts.is_empty() || !clauses.is_empty()) {
            out.push_str(&self.say("\n总分\n".into(), "\nTotal\n".into()));
            unit.parts.iter().for_each(|line| self.line(line, out));
            let total = self.points(&total.replace('-', "−"));
            out.push_str(&self.say(format!("  合计 {total}\n"), format!("  in all {total}\n")));
        }
        if clauses.is_empty() && !unit.grade_moves.is_empty() {
            out.push_str(&self.say("\n等级\n".into(), "\nGrade\n".into()));
            unit.grade_moves.iter().for_each(|line| self.grade(line, out));
        }
    }
}

/// The whole explanation; `clauses` narrows it. `text` is the rubric's own text.
#[must_use]
pub fn ledger(view: &View, clauses: &[String], text: &str, sources: &Sources, language: Language) -> String {
    let pen = Pen { text, sources, language };
    let mut out = String::new();
    for (i, unit) in view.units.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        pen.unit(unit, clauses, &mut out);
    }
    out
}

/// The explanation of one clause.
#[must_use]
pub fn clause_ledger(node: &NodeView, text: &str, sources: &Sources, language: Language) -> String {
    let mut out = String::new();
    Pen { text, sources, language }.node(node, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use rubric_base::Source;

    #[test]
    fn reads_like_an_explanation() {
        let mut sources = Sources::default();
        let file = sources.add(Source::new("甲.json", "{\n  \"迟报\": 3 }"));
        let place = Place { file, span: Span::new(14, 15) };
        let line = LineView {
            arithmetic: Some(("3次".into(), "0.5".into())),
            points: Some("−1.5".into()),
            evidence: vec![Ground { text: "迟报 = 3次".into(), places: vec![place] }],
            absorbed: vec![(Absorbed::Cap, "0.5".into())],
            ..LineView::of(What::Rule(Span::new(0, 22)))
        };
        let node = NodeView {
            number: "3.1".into(),
            title: "报送".into(),
            points: Some("5".into()),
            start: Some("5".into()),
            lines: vec![line],
            score: Some("4".into()),
            ..NodeView::default()
        };
        let text = clause_ledger(&node, "每 迟报  扣 0.5分", &sources, Language::Zh);
        let want = "\n3.1 报送（满分 5 分）\n  起评 5 分\n  · 「每 迟报 扣 0.5分」：3次 × 0.5 = −1.5 分\n      证据：迟报 = 3次（甲.json 第 2 行第 9 列）\n      其中 0.5 分不计：超出本规则的最高限额\n  得分 4 分\n";
        assert_eq!(text, want);
    }
}
