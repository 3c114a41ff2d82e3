//! In-language tests.

use rubric_base::{Code, Diagnostic, Place, Text};
use rubric_program::{EvidenceType, Type};

use super::finding;
use super::types::kind;

pub(crate) fn wrong_value(place: Place, words: &str, wanted: &Type, ty: &EvidenceType) -> Diagnostic {
    let (zh, en) = match ty {
        EvidenceType::List { .. } => ("清单".to_owned(), "a list".to_owned()),
        _ => kind(wanted),
    };
    finding(
        Code::R0503,
        place,
        format!("这里要{zh}，「{words}」不合或超出范围"),
        format!("{en} is needed here; `{words}` does not fit or is out of range"),
    )
    .help(match ty {
        EvidenceType::Percent { .. } => {
            Text::new("百分比要带百分号，如 99.5%", "write a percentage with its sign, such as 99.5%")
        }
        EvidenceType::List { .. } => Text::new("写成 [ { 字段 = 值; … } ]", "write [ { field = value; … } ]"),
        _ => Text::default(),
    })
}

pub(crate) fn wrong_expectation(place: Place, words: &str, wanted: &Type) -> Diagnostic {
    let (zh, en) = kind(wanted);
    finding(
        Code::R0503,
        place,
        format!("应得的是{zh}，不能是「{words}」"),
        format!("what comes out is {en}; it cannot be `{words}`"),
    )
}

pub(crate) fn no_requirement(place: Place, number: &str) -> Diagnostic {
    finding(
        Code::R0503,
        place,
        format!("第 {number} 条没有要求，谈不上是否达到"),
        format!("clause {number} has no requirement that could be met"),
    )
}

pub(crate) fn which_unit(place: Place, units: usize) -> Diagnostic {
    finding(
        Code::R0503,
        place,
        format!("示例中有 {units} 个单位，没有写是哪一个"),
        format!("the example has {units} units; which one is meant?"),
    )
    .help(Text::new("在前面写单位的名称", "write the name of the unit in front"))
}
