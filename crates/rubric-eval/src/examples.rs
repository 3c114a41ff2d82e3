//! Running the examples of a rubric: from the checked program alone.

use rubric_program::{
    Cell, Column, Dataset, Evidence, EvidenceType, Exact, Example, ExampleUnit, Expectation, Expr, ExprKind,
    Field, Literal, Program, RecordRow, Target, UnitRow, Value,
};

use crate::outcome::Outcome;
use crate::stop::EvalError;
use crate::{Mode, evaluate};

/// What came of one example.
#[derive(Debug)]
pub struct Run<'a> {
    /// The evidence it stands for.
    pub dataset: Dataset,
    /// What the rubric makes of it.
    pub outcome: Outcome,
    /// The expectations that do not hold, with what came out instead.
    pub missed: Vec<(&'a Expectation, Option<Value>)>,
}

/// Evaluates one example and compares.
///
/// # Errors
/// Where the program is not what the checker lets through.
pub fn run<'a>(program: &Program, example: &'a Example) -> Result<Run<'a>, EvalError> {
    let dataset = dataset(program, example);
    let outcome = evaluate(program, &dataset, Mode::WithLedger)?;
    let missed = example
        .expectations
        .iter()
        .map(|e| (e, actual(&outcome, e.unit, e.target)))
        .filter(|(e, actual)| actual.is_none() || *actual != value(&e.value))
        .collect();
    Ok(Run { dataset, outcome, missed })
}

/// Evidence that an example does not give.
#[derive(Debug, Clone, PartialEq)]
pub struct Lack<'a> {
    /// Whose: an index into the units of the example.
    pub unit: usize,
    /// The evidence.
    pub evidence: &'a Evidence,
    /// Of a list that is given the row, from 0, and the field that it lacks.
    pub field: Option<(usize, &'a Field)>,
}

/// What an expectation comes from and the example does not give; where nothing came out, this is why.
///
/// Empty where all is given: then the rubric itself gives nothing, as for a clause that does not apply.
#[must_use]
pub fn lacking<'a>(program: &'a Program, example: &Example, expectation: &Expectation) -> Vec<Lack<'a>> {
    let needs = program.needs(expectation.target);
    let units = example.units.iter().enumerate();
    let asked = units.filter(|(index, _)| needs.of_all_units || *index == expectation.unit);
    let of_unit = |(unit, given): (usize, &'_ ExampleUnit)| -> Vec<Lack<'a>> {
        let declared = needs.evidence.iter().filter_map(|id| Some((id.0, program.evidence.get(id.0)?)));
        declared.flat_map(|(index, evidence)| lacks(unit, given, index, evidence)).collect()
    };
    asked.flat_map(of_unit).collect()
}

/// What one unit does not give of one evidence.
fn lacks<'a>(unit: usize, given_unit: &ExampleUnit, index: usize, evidence: &'a Evidence) -> Vec<Lack<'a>> {
    match (&evidence.ty, given(given_unit, index)) {
        (EvidenceType::List { fields, .. }, Some(Literal::Rows(rows))) => {
            let due = |f: &&Field| !f.optional && f.default.is_none() && f.computed.is_none();
            let cell = |row: &Vec<Option<Literal>>, at: usize| row.get(at).is_some_and(Option::is_some);
            let of_row = |(row, cells): (usize, &'_ Vec<Option<Literal>>)| -> Vec<Lack<'a>> {
                let all = fields.iter().enumerate().filter(|(at, field)| due(field) && !cell(cells, *at));
                all.map(|(_, field)| Lack { unit, evidence, field: Some((row, field)) }).collect()
            };
            rows.iter().enumerate().flat_map(of_row).collect()
        }
        (EvidenceType::List { .. }, None) if given_unit.rest_faultless => Vec::new(),
        (EvidenceType::List { .. }, None) if !evidence.optional => {
            vec![Lack { unit, evidence, field: None }]
        }
        (EvidenceType::List { .. }, _) => Vec::new(),
        _ if evidence.optional || scalar(given_unit, index, evidence).value.is_some() => Vec::new(),
        _ => vec![Lack { unit, evidence, field: None }],
    }
}

/// The evidence an example stands for.
#[must_use]
pub fn dataset(program: &Program, example: &Example) -> Dataset {
    let units = example.units.iter().map(|u| UnitRow { id: u.id.clone(), place: None }).collect();
    let column = |(index, evidence): (usize, &Evidence)| match &evidence.ty {
        EvidenceType::List { fields, .. } => {
            Column::Lists(example.units.iter().map(|u| list(u, index, fields)).collect())
        }
        _ => Column::Scalars(example.units.iter().map(|u| scalar(u, index, evidence)).collect()),
    };
    let columns = program.evidence.iter().enumerate().map(column).collect();
    Dataset { units, columns, imports: Vec::new() }
}

fn given(unit: &ExampleUnit, index: usize) -> Option<&Literal> {
    unit.given.iter().find(|g| g.evidence.0 == index).map(|g| &g.value)
}

/// What is given; else nothing wrong, where the rest is faultless; else the default.
fn scalar(unit: &ExampleUnit, index: usize, evidence: &Evidence) -> Cell {
    let counted = matches!(evidence.ty, EvidenceType::Count { .. } | EvidenceType::Points { .. });
    let value = given(unit, index)
        .and_then(value)
        .or_else(|| (unit.rest_faultless && counted).then_some(Value::Number(Exact::ZERO)))
        .or_else(|| evidence.default.as_ref().and_then(literal));
    Cell { value, place: None }
}

fn list(unit: &ExampleUnit, index: usize, fields: &[Field]) -> Option<Vec<RecordRow>> {
    match given(unit, index) {
        Some(Literal::Rows(rows)) => Some(rows.iter().map(|row| record(row, fields)).collect()),
        _ if unit.rest_faultless => Some(Vec::new()),
        _ => None,
    }
}

fn record(row: &[Option<Literal>], fields: &[Field]) -> RecordRow {
    let cell = |(index, field): (usize, &Field)| {
        let written = row.get(index).and_then(Option::as_ref).and_then(value);
        let value = written.or_else(|| field.default.as_ref().and_then(literal));
        Cell { value, place: None }
    };
    RecordRow { cells: fields.iter().enumerate().map(cell).collect(), place: None }
}

/// A literal as a value; rows are none.
#[must_use]
pub fn value(literal: &Literal) -> Option<Value> {
    match literal {
        Literal::Number(number) => Some(Value::Number(number.clone())),
        Literal::Flag(flag) => Some(Value::Flag(*flag)),
        Literal::Text(text) => Some(Value::Text(text.clone())),
        Literal::Rows(_) => None,
    }
}

/// The value of a default, which the checker has seen to be a literal.
fn literal(expr: &Expr) -> Option<Value> {
    match &expr.kind {
        ExprKind::Number(number) => Some(Value::Number(number.clone())),
        ExprKind::Flag(flag) => Some(Value::Flag(*flag)),
        ExprKind::Text(text) => Some(Value::Text(text.clone())),
        ExprKind::Negate(inner) => match literal(inner)? {
            Value::Number(number) => Some(Value::Number(-number)),
            _ => None,
        },
        _ => None,
    }
}

/// What came out for an expectation.
#[must_use]
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
