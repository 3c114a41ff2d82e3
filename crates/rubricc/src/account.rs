//! The result as reports show it: of every score its reasons, as arithmetic, with the evidence behind them.

use rubric_base::Language;
use rubric_eval::{AbsorbedBy, Entry, NodeLedger, Outcome, Reason, UnitOutcome};
use rubric_program::{
    Dataset, Exact, Expr, ExprKind, Node, NodeId, Program, Rule, RuleId, RuleKind, Type, Value, When,
};
use rubric_report::view::{Absorbed, LineView, Matched, NodeView, Shown, UnitView, View, What};

use crate::written::{decimal, plain, signed, spaced, unit_of, value, with_unit};
use crate::{grades, grounds};

/// What an account is given from.
#[derive(Clone, Copy)]
pub struct Account<'a> {
    /// The rubric.
    pub program: &'a Program,
    /// The evidence it was applied to.
    pub dataset: &'a Dataset,
    /// The language of words that neither of them holds.
    pub language: Language,
}

impl Account<'_> {
    /// Everybody's.
    pub fn view(self, outcome: &Outcome) -> View {
        let units = outcome.units.iter().map(|unit| self.unit(unit)).collect();
        View { title: self.program.title.clone(), units }
    }

    /// One unit's.
    pub fn unit(self, unit: &UnitOutcome) -> UnitView {
        let nodes = self.program.nodes.iter().enumerate().map(|(id, node)| self.node(unit, NodeId(id), node));
        let outputs = self.program.outputs.iter().zip(&unit.outputs).filter_map(|(named, value)| {
            let shown = match value.as_ref()? {
                Value::Number(n) => Shown::Decimal(decimal(n, unit_of(&named.value.ty))),
                Value::Flag(b) => Shown::Flag(*b),
                Value::Text(t) => Shown::Text(t.clone()),
            };
            Some((named.name.clone(), shown))
        });
        UnitView {
            id: unit.id.clone(),
            total: unit.total.as_ref().map(Exact::to_string),
            rank: unit.rank,
            grade: unit.grade.clone(),
            nodes: nodes.collect(),
            grade_moves: unit.grade_moves.iter().filter_map(|m| grades::line(self, unit.index, m)).collect(),
            parts: self.parts(unit),
            outputs: outputs.collect(),
        }
    }

    fn node(self, unit: &UnitOutcome, id: NodeId, node: &Node) -> NodeView {
        let ledger = unit.ledger.iter().find(|l| l.node == id);
        let requirement = unit.requirements.get(id.0).copied().flatten();
        let mut lines = ledger.map(|l| self.lines(unit, l)).unwrap_or_default();
        // Advice is told too, also where a clause holds nothing else.
        if !unit.left_out.get(id.0).copied().unwrap_or_default() {
            lines.extend(node.rules.iter().filter_map(|rule| self.requirement(unit, rule)));
        }
        NodeView {
            number: node.number.clone(),
            title: node.title.clone(),
            top: node.parent.is_none(),
            points: node.points.as_ref().filter(|p| p.is_positive()).map(Exact::to_string),
            left_out: unit.left_out.get(id.0).copied().unwrap_or_default(),
            // A section starts at nothing and collects its parts: not worth a line.
            start: ledger.filter(|_| node.shared || node.children.is_empty()).map(|l| plain(&l.start)),
            lines,
            score: unit.nodes.get(id.0).and_then(|s| s.as_ref()).map(Exact::to_string),
            requirement,
        }
    }

    /// What the total consists of, where that is more than the plain sum of the scores.
    fn parts(self, unit: &UnitOutcome) -> Vec<LineView> {
        let plain = |e: &Entry| matches!(e.reason, Reason::Child(_, None));
        if unit.parts.iter().all(plain) {
            return Vec::new();
        }
        unit.parts.iter().map(|entry| self.line(unit, entry)).collect()
    }

    fn lines(self, unit: &UnitOutcome, ledger: &NodeLedger) -> Vec<LineView> {
        ledger.entries.iter().map(|entry| self.line(unit, entry)).collect()
    }

    /// A requirement or an advice that is not met counts as having acted.
    fn requirement(self, unit: &UnitOutcome, rule: &Rule) -> Option<LineView> {
        let RuleKind::Require { condition, .. } = &rule.kind else { return None };
        let acted = unit.fired.get(rule.id.0).copied().unwrap_or_default();
        let evidence = grounds::of_condition(self, unit.index, condition);
        Some(LineView { met: Some(!acted), evidence, ..LineView::of(What::Rule(rule.span)) })
    }

    fn line(self, unit: &UnitOutcome, entry: &Entry) -> LineView {
        let rule = entry.rule.and_then(|id| rule_of(self.program, id));
        let what = match &entry.reason {
            Reason::Child(id, _) => What::Part(self.name_of(*id)),
            Reason::Rounded => What::Rounding,
            Reason::Limit => What::Limit,
            _ => What::Rule(entry.span),
        };
        let points = match what {
            What::Part(_) => plain(&entry.raw),
            _ => signed(&entry.raw),
        };
        LineView {
            arithmetic: self.arithmetic(unit, rule, &entry.reason),
            points: Some(points),
            note: self.distance(rule, &entry.reason),
            matched: self.matched(rule, &entry.reason),
            evidence: grounds::of(self, unit.index, rule, entry),
            absorbed: entry.absorbed.iter().map(|a| (absorbed(a.by), a.points.to_string())).collect(),
            ..LineView::of(what)
        }
    }

    fn name_of(self, id: NodeId) -> String {
        let node = self.program.nodes.get(id.0);
        node.map(|n| format!("{} {}", n.number, n.title).trim().to_owned()).unwrap_or_default()
    }

    /// In the language of the account.
    pub fn say(self, zh: &str, en: &str) -> String {
        match self.language {
            Language::Zh => zh.to_owned(),
            Language::En => en.to_owned(),
        }
    }

    fn arithmetic(
        self,
        unit: &UnitOutcome,
        rule: Option<&Rule>,
        reason: &Reason,
    ) -> Option<(String, String)> {
        match reason {
            Reason::Each { count, per } => {
                let unit = match rule.map(|r| &r.kind) {
                    Some(RuleKind::Simple { when: When::Each(counted), .. }) => match counted.kind {
                        ExprKind::Number(_) => None,
                        _ => unit_of(&counted.ty).or(Some("times")),
                    },
                    _ => None,
                };
                Some((with_unit(count, unit, self.language), per.to_string()))
            }
            Reason::Steps { steps, per, .. } => {
                let word = if *steps == Exact::ONE { "step" } else { "steps" };
                let word = self.say("步", word);
                Some((spaced(&steps.to_string(), &word, self.language), per.to_string()))
            }
            Reason::Child(id, Some(share)) => {
                let score = self.scored(unit, *id)?;
                // A share that no percentage writes exactly, such as a third, stays a fraction.
                let unit = share.decimals().map(|_| "percent");
                Some((score.to_string(), decimal(share, unit)))
            }
            _ => None,
        }
    }

    /// The score of a node as it stands in the result.
    fn scored(self, unit: &UnitOutcome, id: NodeId) -> Option<Exact> {
        unit.nodes.get(id.0).cloned().flatten()
    }

    /// How far from the limit, where steps are counted.
    fn distance(self, rule: Option<&Rule>, reason: &Reason) -> Option<String> {
        let Reason::Steps { distance, .. } = reason else { return None };
        let Some(RuleKind::Simple { when: When::Steps { value: of, limit, below, .. }, .. }) =
            rule.map(|r| &r.kind)
        else {
            return None;
        };
        // What is compared has a unit of its own, and its distance has another.
        let (unit, low, high) = match unit_of(&of.ty) {
            Some("percent") => (Some("pp"), ("低", "below"), ("高", "above")),
            Some("date") => (Some("days"), ("早", "before"), ("晚", "after")),
            Some("time") => (Some("minutes"), ("早", "before"), ("晚", "after")),
            unit => (unit, ("少", "short of"), ("多", "over")),
        };
        let far = with_unit(distance, unit, self.language);
        let limit = self.literal(limit);
        let (zh, en) = if *below { low } else { high };
        Some(match (self.language, limit) {
            (Language::Zh, Some(limit)) => format!("比 {limit} {zh} {far}"),
            (Language::Zh, None) => format!("{zh} {far}"),
            (Language::En, Some(limit)) => format!("{far} {en} {limit}"),
            (Language::En, None) => format!("{far} {en} the limit"),
        })
    }

    fn literal(self, expr: &Expr) -> Option<String> {
        match &expr.kind {
            ExprKind::Number(n) => Some(with_unit(n, unit_of(&expr.ty), self.language)),
            _ => None,
        }
    }

    /// What was looked up in a table, and the row that fits.
    fn matched(self, rule: Option<&Rule>, reason: &Reason) -> Option<Matched> {
        let Reason::TableRow { row, value: looked_up } = reason else { return None };
        let Some(RuleKind::Table { subject, rows }) = rule.map(|r| &r.kind) else { return None };
        let shown = match (&subject.ty, looked_up) {
            (Type::Rank, Value::Number(n)) => {
                self.say(&format!("第 {n} 名"), &format!("{} place", rubric_base::ordinal(&n.to_string())))
            }
            (ty, other) => value(other, unit_of(ty), self.language),
        };
        Some(Matched { value: shown, row: row.and_then(|r| rows.get(r)).map(|r| r.span) })
    }
}

const fn absorbed(by: AbsorbedBy) -> Absorbed {
    match by {
        AbsorbedBy::Cap => Absorbed::Cap,
        AbsorbedBy::Floor => Absorbed::Floor,
        AbsorbedBy::Ceiling => Absorbed::Ceiling,
        AbsorbedBy::Heavier(_) => Absorbed::Heavier,
        AbsorbedBy::Duplicate => Absorbed::Duplicate,
        AbsorbedBy::NoPoints | AbsorbedBy::FullPoints => Absorbed::Overruled,
    }
}

/// The rule with this id, also within a group.
fn rule_of(program: &Program, id: RuleId) -> Option<&Rule> {
    fn find(rules: &[Rule], id: RuleId) -> Option<&Rule> {
        rules.iter().find_map(|rule| match &rule.kind {
            _ if rule.id == id => Some(rule),
            RuleKind::Heaviest(members) => find(members, id),
            _ => None,
        })
    }
    program.nodes.iter().find_map(|node| find(&node.rules, id))
}
