//! Results as one explains them on appeal: for each clause what was counted, by which words of the rubric, from
//! which place of the evidence.

use rubric_base::{Language, Place, Sources};

use crate::view::{Absorbed, LineView, NodeView, UnitView, View};

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

    fn absorbed(&self, why: Absorbed, points: &str) -> String {
        let points = self.points(points);
        let (zh, en) = match why {
            Absorbed::Floor => ("已到最低分", "the clause can end no lower"),
            Absorbed::Ceiling => ("已到最高分", "the clause can end no higher"),
            Absorbed::Cap => ("超出本规则的最高限额", "beyond the cap of the rule"),
            Absorbed::Heavier => ("同组中只计最重的一项", "only the heaviest of the group counts"),
            Absorbed::Duplicate => ("相同的只计一次", "the same counts once"),
            Absorbed::Overruled => ("本条已由另一规则定分", "another rule settles the clause"),
        };
        self.say(format!("其中 {points}不计:{zh}"), format!("of which {points} not counted: {en}"))
    }

    fn head(&self, node: &NodeView) -> String {
        let name = format!("{} {}", node.number, node.title);
        match &node.points {
            Some(points) => {
                let points = self.points(points);
                self.say(format!("{name}(满分 {points})"), format!("{name} (out of {points})"))
            }
            None => name,
        }
    }

    fn amount(&self, line: &LineView) -> String {
        if let Some(met) = line.met {
            let (zh, en) = if met { ("达标", "met") } else { ("未达标", "not met") };
            return self.say(zh.to_owned(), en.to_owned());
        }
        let points = line.points.as_deref().unwrap_or("0");
        match &line.arithmetic {
            Some((times, each)) => format!("{times} × {each} = {}", self.points(points)),
            None => self.points(points),
        }
    }

    fn line(&self, line: &LineView, out: &mut String) {
        // The rule's own words on one line, however they are laid out in the rubric.
        let words: Vec<&str> = line.rule.of(self.text).split_whitespace().collect();
        let quoted = self.say(format!("「{}」", words.join(" ")), format!("“{}”", words.join(" ")));
        let colon = self.say(":".into(), ": ".into());
        out.push_str(&format!("  · {quoted}{colon}{}\n", self.amount(line)));
        let places: Vec<String> = line.evidence.iter().filter_map(|p| self.place(*p)).collect();
        if !places.is_empty() {
            let list = places.join(&self.say("、".into(), "; ".into()));
            out.push_str(&self.say(format!("      证据:{list}\n"), format!("      evidence: {list}\n")));
        }
        for (why, points) in &line.absorbed {
            out.push_str(&format!("      {}\n", self.absorbed(*why, points)));
        }
    }

    fn node(&self, node: &NodeView, out: &mut String) {
        out.push_str(&format!("\n{}\n", self.head(node)));
        if let Some(start) = &node.start {
            let start = self.points(start);
            out.push_str(&self.say(format!("  起评 {start}\n"), format!("  starts at {start}\n")));
        }
        for line in &node.lines {
            self.line(line, out);
        }
        if node.lines.is_empty() {
            out.push_str(&self.say("  没有扣分或得分\n".into(), "  nothing deducted or awarded\n".into()));
        }
        if let Some((floor, points)) = &node.limited {
            let why = if *floor { Absorbed::Floor } else { Absorbed::Ceiling };
            out.push_str(&format!("  {}\n", self.absorbed(why, points)));
        }
        if let Some(score) = &node.score {
            let score = self.points(score);
            out.push_str(&self.say(format!("  得分 {score}\n"), format!("  score {score}\n")));
        }
        if let Some(met) = node.requirement {
            let (zh, en) = if met { ("达标", "met") } else { ("未达标", "not met") };
            out.push_str(&self.say(format!("  要求 {zh}\n"), format!("  requirements {en}\n")));
        }
    }

    fn unit(&self, unit: &UnitView, clauses: &[String], out: &mut String) {
        let mut head = vec![format!("【{}】", unit.id)];
        if let Some(total) = &unit.total {
            let total = self.points(total);
            head.push(self.say(format!("总分 {total}"), format!("total {total}")));
        }
        if let Some(rank) = unit.rank {
            head.push(self.say(format!("第 {rank} 名"), format!("rank {rank}")));
        }
        if let Some(grade) = &unit.grade {
            head.push(self.say(format!("等级 {grade}"), format!("grade {grade}")));
        }
        out.push_str(&head.join(" "));
        out.push('\n');
        for node in unit.nodes.iter().filter(|n| clauses.is_empty() || clauses.contains(&n.number)) {
            self.node(node, out);
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
    use rubric_base::{Source, Span};

    #[test]
    fn reads_like_an_explanation() {
        let mut sources = Sources::default();
        let file = sources.add(Source::new("甲.json", "{\n  \"迟报\": 3 }"));
        let line = LineView {
            rule: Span::new(0, 22),
            arithmetic: Some(("3 次".into(), "0.5".into())),
            points: Some("−1.5".into()),
            met: None,
            evidence: vec![Place { file, span: Span::new(14, 15) }],
            absorbed: vec![(Absorbed::Cap, "0.5".into())],
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
        let want = "\n3.1 报送(满分 5 分)\n  起评 5 分\n  · 「每 迟报 扣 0.5分」:3 次 × 0.5 = −1.5 分\n      证据:甲.json 第 2 行第 9 列\n      其中 0.5 分不计:超出本规则的最高限额\n  得分 4 分\n";
        assert_eq!(text, want);
    }
}
