//! From what evaluation gives to what reports show: numbers become decimals with their unit, reasons become
//! arithmetic.

use rubric_base::keyword::UnitWord;
use rubric_base::{Language, Text};
use rubric_eval::{AbsorbedBy, Entry, EvalError, EvalErrorKind, NodeLedger, Outcome, Reason, UnitOutcome};
use rubric_program::{
    Exact, ExprKind, NodeId, Program, Rule, RuleId, RuleKind, Target, Type, Unit, Value, When,
};
use rubric_report::view::{Absorbed, LineView, NodeView, Shown, UnitView, View};

use crate::exit::{Exit, Failure};

/// What to say of an evaluation that failed.
pub fn failure(error: &EvalError) -> Failure {
    let (zh, en) = match error.kind {
        EvalErrorKind::DivisionByZero => ("除数为零", "a divisor is nothing"),
        EvalErrorKind::NegativeAmount => ("扣分或得分的数为负", "the points taken or given are negative"),
        EvalErrorKind::WrongType => ("值的类型不符", "a value is of the wrong type"),
        EvalErrorKind::LedgerMismatch => ("分数与明细不一致", "the ledger does not add up to the score"),
    };
    let unit = &error.unit;
    Failure { exit: Exit::Evidence, text: Text::new(format!("{unit}:{zh}"), format!("{unit}: {en}")) }
}

/// What came out for an expectation.
pub fn actual(outcome: &Outcome, unit: usize, target: Target) -> Option<Value> {
    let unit = outcome.units.iter().find(|u| u.index == unit)?;
    match target {
        Target::Node(id) => unit.nodes.get(id.0)?.clone().map(Value::Number),
        Target::Requirement(id) => unit.requirements.get(id.0)?.map(Value::Flag),
        Target::Total => unit.total.clone().map(Value::Number),
        Target::Rank => unit.rank.map(|r| Value::Number(Exact::from(r))),
        Target::Grade => unit.grade.clone().map(Value::Text),
        Target::Output(id) => unit.outputs.get(id.0)?.clone(),
    }
}

/// The rules that did anything for any unit.
pub fn fired(outcome: &Outcome) -> impl Iterator<Item = RuleId> {
    let of = |unit: &UnitOutcome| {
        let fired = unit.fired.iter().enumerate().filter(|(_, fired)| **fired);
        fired.map(|(id, _)| RuleId(id)).collect::<Vec<_>>()
    };
    outcome.units.iter().flat_map(of)
}

/// A value as people write it.
pub fn words(program: &Program, target: Target, value: &Value, language: Language) -> String {
    let unit = match target {
        Target::Node(_) | Target::Total => Some("points"),
        Target::Output(id) => program.outputs.get(id.0).and_then(|o| unit_of(&o.value.ty)),
        Target::Requirement(_) | Target::Rank | Target::Grade => None,
    };
    match value {
        Value::Number(n) => with_unit(n, unit, language),
        Value::Flag(b) => match (language, b) {
            (Language::Zh, true) => "是".to_owned(),
            (Language::Zh, false) => "否".to_owned(),
            (Language::En, true) => "yes".to_owned(),
            (Language::En, false) => "no".to_owned(),
        },
        Value::Text(text) => text.clone(),
    }
}

/// What an expectation is about, as people write it.
pub fn name(program: &Program, target: Target, language: Language) -> String {
    let of = |zh: &str, en: &str| match language {
        Language::Zh => zh.to_owned(),
        Language::En => en.to_owned(),
    };
    match target {
        Target::Node(id) | Target::Requirement(id) => {
            program.nodes.get(id.0).map(|n| n.number.clone()).unwrap_or_default()
        }
        Target::Total => of("总分", "total score"),
        Target::Rank => of("排名", "rank"),
        Target::Grade => of("等级", "grade"),
        Target::Output(id) => program.outputs.get(id.0).map(|o| o.name.clone()).unwrap_or_default(),
    }
}

/// The result as reports show it.
pub fn view(program: &Program, outcome: &Outcome, language: Language) -> View {
    let units = outcome.units.iter().map(|unit| unit_view(program, unit, language)).collect();
    View { title: program.title.clone(), units }
}

/// One unit as reports show it.
pub fn unit_view(program: &Program, unit: &UnitOutcome, language: Language) -> UnitView {
    let nodes =
        program.nodes.iter().enumerate().map(|(id, _)| node_view(program, unit, NodeId(id), language));
    let outputs = program.outputs.iter().zip(&unit.outputs).filter_map(|(named, value)| {
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
        outputs: outputs.collect(),
    }
}

fn node_view(program: &Program, unit: &UnitOutcome, id: NodeId, language: Language) -> NodeView {
    let Some(node) = program.nodes.get(id.0) else { return NodeView::default() };
    let ledger = unit.ledger.iter().find(|l| l.node == id);
    let lines = ledger.map(|l| lines(program, l, language)).unwrap_or_default();
    NodeView {
        number: node.number.clone(),
        title: node.title.clone(),
        top: node.parent.is_none(),
        points: node.points.as_ref().map(Exact::to_string),
        // A section starts at nothing and collects its parts: not worth a line.
        start: ledger.filter(|_| node.children.is_empty()).map(|l| l.start.to_string()),
        lines,
        score: unit.nodes.get(id.0).and_then(|s| s.as_ref()).map(Exact::to_string),
        requirement: unit.requirements.get(id.0).copied().flatten(),
        limited: None,
    }
}

fn lines(program: &Program, ledger: &NodeLedger, language: Language) -> Vec<LineView> {
    ledger.entries.iter().map(|entry| line(program, entry, language)).collect()
}

fn line(program: &Program, entry: &Entry, language: Language) -> LineView {
    let rule = entry.rule.and_then(|id| rule_of(program, id));
    let arithmetic = match &entry.reason {
        Reason::Each { count, per } => {
            let unit = rule.and_then(counted_unit);
            Some((with_unit(count, unit, language), per.to_string()))
        }
        Reason::Steps { steps, per, .. } => {
            let word = match language {
                Language::Zh => "步",
                Language::En => "steps",
            };
            Some((spaced(&steps.to_string(), word, language), per.to_string()))
        }
        _ => None,
    };
    LineView {
        rule: entry.span,
        arithmetic,
        points: Some(signed(&entry.raw)),
        met: None,
        evidence: entry.places.clone(),
        absorbed: entry.absorbed.iter().map(|a| (absorbed(a.by), a.points.to_string())).collect(),
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

/// The unit of what a rule counts.
fn counted_unit(rule: &Rule) -> Option<Unit> {
    match &rule.kind {
        RuleKind::Simple { when: When::Each(count), .. } => match count.kind {
            ExprKind::Number(_) => None,
            _ => unit_of(&count.ty).or(Some("times")),
        },
        _ => None,
    }
}

const fn unit_of(ty: &Type) -> Option<Unit> {
    match ty {
        Type::Number(unit) => *unit,
        _ => None,
    }
}

/// A decimal; percentages and percentage points are kept as fractions and written as such.
fn decimal(value: &Exact, unit: Option<Unit>) -> String {
    match unit {
        Some("percent") => format!("{}%", value * &Exact::from_int(100)),
        Some("pp") => (value * &Exact::from_int(100)).to_string(),
        _ => value.to_string(),
    }
}

fn with_unit(value: &Exact, unit: Option<Unit>, language: Language) -> String {
    let number = decimal(value, unit);
    match unit.filter(|u| *u != "percent").and_then(UnitWord::by_id) {
        Some(word) => spaced(&number, word.spelling(language, *value == Exact::ONE), language),
        None => number,
    }
}

fn spaced(number: &str, word: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("{number}{word}"),
        Language::En => format!("{number} {word}"),
    }
}

/// With its sign; nothing has none.
fn signed(value: &Exact) -> String {
    if value.is_negative() {
        format!("−{}", value.abs())
    } else if value.is_zero() {
        "0".to_owned()
    } else {
        format!("+{value}")
    }
}
