//! From what evaluation gives to what an expectation, a message or a coverage report asks for.

use rubric_base::{Language, Text};
use rubric_eval::{EvalError, EvalErrorKind, Outcome, UnitOutcome};
use rubric_program::{Program, RuleId, Target, Value};

use crate::exit::{Exit, Failure};
use crate::written;

/// What to say of an evaluation that failed.
pub fn failure(error: &EvalError) -> Failure {
    let (zh, en) = match error.kind {
        EvalErrorKind::DivisionByZero => ("除数为零", "a divisor is nothing"),
        EvalErrorKind::NegativeAmount => ("扣分或得分的数为负", "the points taken or given are negative"),
        EvalErrorKind::WrongType => ("值的类型不符", "a value is of the wrong type"),
        EvalErrorKind::LedgerMismatch => ("分数与明细不一致", "the ledger does not add up to the score"),
    };
    let unit = &error.unit;
    Failure { exit: Exit::Evidence, text: Text::new(format!("{unit}：{zh}"), format!("{unit}: {en}")) }
}

/// The rules that did anything for any unit.
pub fn fired(outcome: &Outcome) -> impl Iterator<Item = RuleId> {
    let of = |unit: &UnitOutcome| {
        let fired = unit.fired.iter().enumerate().filter(|(_, fired)| **fired);
        fired.map(|(id, _)| RuleId(id)).collect::<Vec<_>>()
    };
    outcome.units.iter().flat_map(of)
}

/// The value of an expectation as people write it.
pub fn words(program: &Program, target: Target, value: &Value, language: Language) -> String {
    let unit = match target {
        Target::Node(_) | Target::Total => Some("points"),
        Target::Output(id) => program.outputs.get(id.0).and_then(|o| written::unit_of(&o.value.ty)),
        Target::Requirement(_) | Target::Rank | Target::Grade => None,
    };
    written::value(value, unit, language)
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
