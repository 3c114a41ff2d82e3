//! A small rubric for the tests.

use std::sync::Arc;

use rubric_base::{Diagnostic, FileId, Span};
use rubric_evidence::{Input, read};
use rubric_program::{
    Comparison, Dataset, Evidence, EvidenceId, EvidenceType, Exact, Expr, ExprKind, Field, NumberRange,
    Program, Type,
};

pub fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn range(low: &str, high: &str) -> NumberRange {
    NumberRange::between(exact(low), exact(high))
}

fn expr(kind: ExprKind, ty: Type) -> Expr {
    Expr { kind, ty, domain: None, span: Span::default() }
}

fn evidence(name: &str, ty: EvidenceType) -> Evidence {
    Evidence {
        name: name.into(),
        ty,
        graded_only: true,
        better: None,
        optional: true,
        default: None,
        help: String::new(),
        span: Span::default(),
    }
}

fn field(name: &str, ty: EvidenceType) -> Field {
    Field { name: name.into(), ty, optional: false, default: None, computed: None, span: Span::default() }
}

fn count() -> EvidenceType {
    EvidenceType::Count { unit: None, range: range("0", "100") }
}

/// Towns are scored. Only what is marked so must be given.
pub fn program() -> Program {
    let choices: Arc<[String]> = ["乡镇".to_owned(), "派出所".to_owned()].into();
    let number = EvidenceType::Number { unit: None, range: range("0", "99999999999999"), decimals: 2 };
    let pp = EvidenceType::Number { unit: Some("pp"), range: range("-1", "1"), decimals: 2 };
    let percent = EvidenceType::Percent { range: range("0", "1"), decimals: 3 };
    let fields = vec![
        field("办件", EvidenceType::Text),
        field("反馈", EvidenceType::Flag),
        Field {
            default: Some(expr(ExprKind::Number(exact("7")), Type::Number(None))),
            ..field("天数", count())
        },
    ];
    let all = |name: &str, ty| Evidence { graded_only: false, optional: false, ..evidence(name, ty) };
    let needed = |name: &str| Evidence { optional: false, ..evidence(name, count()) };
    let kind = expr(ExprKind::Evidence(EvidenceId(0)), Type::Choice(choices.clone()));
    let town = expr(ExprKind::Text("乡镇".into()), Type::Choice(choices.clone()));
    let graded = ExprKind::Compare(Comparison::Equal, Box::new(kind), Box::new(town));
    Program {
        evidence: vec![
            all("类别", EvidenceType::Choice(choices)),
            needed("缺项"),
            needed("迟到"),
            evidence("面积", number),
            evidence("归档率", percent),
            evidence("增幅", pp),
            evidence("加分", EvidenceType::Points { range: range("0", "3"), decimals: 1 }),
            evidence("着装", EvidenceType::Flag),
            evidence("备注", EvidenceType::Text),
            evidence("申报", EvidenceType::List { fields, most: 3 }),
            Evidence {
                default: Some(expr(ExprKind::Flag(false), Type::Flag)),
                ..evidence("通报", EvidenceType::Flag)
            },
        ],
        graded: Some(expr(graded, Type::Flag)),
        ..Program::default()
    }
}

/// Reads several files.
pub fn read_all(texts: &[&str]) -> (Dataset, Vec<Diagnostic>) {
    let input = |(number, text): (usize, _)| Input { file: FileId(u32::try_from(number).unwrap()), text };
    let inputs: Vec<_> = texts.iter().copied().enumerate().map(input).collect();
    read(&program(), &inputs)
}

/// A file of one town that lacks nothing, with more entries.
pub fn town(entries: &str) -> String {
    let comma = if entries.is_empty() { "" } else { "," };
    format!(r#"{{"subjects":[{{"id":"甲镇","类别":"乡镇","缺项":0,"迟到":1{comma}{entries}}}]}}"#)
}

/// Codes and underlined words of the findings.
pub fn told(texts: &[&str]) -> Vec<(String, String)> {
    let tell = |d: &Diagnostic| {
        let place = d.place().unwrap();
        (d.code.name().to_owned(), place.span.of(texts[place.file.0 as usize]).to_owned())
    };
    read_all(texts).1.iter().map(tell).collect()
}
