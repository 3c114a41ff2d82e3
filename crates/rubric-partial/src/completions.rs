//! What is missing, and values that could be given for it.

use rubric_program::{
    Cell, Column, Dataset, EvidenceId, EvidenceType, Exact, Field, NumberRange, Program, RecordRow, Value,
};

/// Most values tried for one missing evidence.
const MOST_CANDIDATES: usize = 12;
/// Most rows of a list that is tried.
const MOST_ROWS: u64 = 40;

/// A missing value.
pub(crate) struct Missing {
    pub(crate) unit: usize,
    pub(crate) evidence: EvidenceId,
    pub(crate) candidates: Vec<Candidate>,
    /// There are no other values.
    pub(crate) complete: bool,
}

/// A value that could be given.
#[derive(Clone)]
pub(crate) enum Candidate {
    Scalar(Value),
    Rows(Vec<RecordRow>),
}

/// Everything that is missing: required, without a default, and not given by a unit that may have to.
pub(crate) fn open(program: &Program, data: &Dataset, graded: &[(bool, bool)]) -> Vec<Missing> {
    let mut all = Vec::new();
    for (index, evidence) in program.evidence.iter().enumerate() {
        if evidence.optional || evidence.default.is_some() {
            continue;
        }
        for unit in 0..data.units.len() {
            let theirs = !evidence.graded_only || graded.get(unit).is_some_and(|g| g.0);
            let given = match data.columns.get(index) {
                Some(Column::Scalars(cells)) => cells.get(unit).is_some_and(|c| c.value.is_some()),
                Some(Column::Lists(lists)) => lists.get(unit).is_some_and(Option::is_some),
                None => true,
            };
            if theirs && !given {
                let (candidates, complete) = candidates(&evidence.ty);
                all.push(Missing { unit, evidence: EvidenceId(index), candidates, complete });
            }
        }
    }
    all.sort_by_key(|m| (m.unit, m.evidence));
    all
}

fn candidates(ty: &EvidenceType) -> (Vec<Candidate>, bool) {
    match ty {
        EvidenceType::List { fields, most } => (lists(fields, *most), false),
        _ => {
            let (values, complete) = values(ty);
            (values.into_iter().map(Candidate::Scalar).collect(), complete)
        }
    }
}

/// Values of a scalar, lowest and highest first, and whether these are all.
fn values(ty: &EvidenceType) -> (Vec<Value>, bool) {
    let texts = |all: &[String]| {
        let taken = all.iter().take(MOST_CANDIDATES).cloned().map(Value::Text).collect();
        (taken, all.len() <= MOST_CANDIDATES)
    };
    match ty {
        EvidenceType::Flag => (vec![Value::Flag(false), Value::Flag(true)], true),
        EvidenceType::Choice(all) | EvidenceType::Clause(all) => texts(all),
        EvidenceType::Count { range, .. } => numbers(range, 0),
        EvidenceType::Number { range, decimals, unit } => {
            numbers(range, decimals + if *unit == Some("pp") { 2 } else { 0 })
        }
        EvidenceType::Percent { range, decimals } => numbers(range, decimals + 2),
        EvidenceType::Points { range, decimals } => numbers(range, *decimals),
        EvidenceType::Date { range } => numbers(range, 0),
        // Whole minutes are all there is only where nothing finer is allowed.
        EvidenceType::Time { range } => {
            let (values, complete) = numbers(range, 0);
            let minutes = range.step.as_ref() == Some(&Exact::ONE);
            (
                values.into_iter().filter(|v| matches!(v, Value::Number(n) if range.allows(n))).collect(),
                complete && minutes,
            )
        }
        EvidenceType::Text | EvidenceType::List { .. } => (vec![Value::Text("甲".to_owned())], false),
    }
}

fn numbers(range: &NumberRange, decimals: u32) -> (Vec<Value>, bool) {
    let step = Exact::fixed(1, u8::try_from(decimals).unwrap_or(u8::MAX));
    let (low, high) = (range.low().cloned().unwrap_or_default(), range.high().cloned().unwrap_or_default());
    let mut found = vec![low.clone(), high.clone()];
    let room = Exact::from(MOST_CANDIDATES as u64);
    let complete = (&high - &low).floor_steps(&step) < room;
    if complete {
        let mut next = &low + &step;
        while next < high {
            found.push(next.clone());
            next = next + &step;
        }
    } else {
        found.extend(range.stretches.iter().flat_map(|(a, b)| [a.clone(), b.clone()]));
        found.extend([1, 2, 3, 5, 10, 20, 50, 100].map(Exact::from_int));
        found.push((&low + &high) * Exact::fixed(5, 1));
    }
    let mut seen: Vec<Exact> = Vec::new();
    for value in found {
        let fine = value.decimals().is_some_and(|d| d <= decimals);
        if fine && range.allows(&value) && !seen.contains(&value) {
            seen.push(value);
        }
    }
    if !complete {
        seen.truncate(MOST_CANDIDATES);
    }
    (seen.into_iter().map(Value::Number).collect(), complete)
}

/// No row, and one or many rows of each pattern: every field at its n-th candidate.
fn lists(fields: &[Field], most: u64) -> Vec<Candidate> {
    let columns: Vec<Vec<Value>> =
        fields.iter().map(|f| if f.computed.is_some() { Vec::new() } else { values(&f.ty).0 }).collect();
    let patterns = columns.iter().map(Vec::len).max().unwrap_or(1).clamp(1, 4);
    let mut all = vec![Candidate::Rows(Vec::new())];
    for count in [1, 3, MOST_ROWS] {
        for pattern in 0..patterns {
            let rows = (0..count.min(most)).map(|row| record(fields, &columns, pattern, row)).collect();
            all.push(Candidate::Rows(rows));
        }
    }
    all
}

fn record(fields: &[Field], columns: &[Vec<Value>], pattern: usize, row: u64) -> RecordRow {
    let cell = |(field, column): (&Field, &Vec<Value>)| {
        let own = column.get(pattern.min(column.len().saturating_sub(1))).cloned();
        // Texts are told apart, so that rows with equal keys are not all one.
        let value = match (&field.ty, own) {
            (EvidenceType::Text, Some(_)) => Some(Value::Text(row.to_string())),
            (_, own) => own,
        };
        Cell { value, place: None }
    };
    RecordRow { cells: fields.iter().zip(columns).map(cell).collect(), place: None }
}

/// The evidence with a candidate for each missing value, by its number.
pub(crate) fn completed(data: &Dataset, open: &[Missing], chosen: &[usize]) -> Dataset {
    let mut data = data.clone();
    for (missing, choice) in open.iter().zip(chosen) {
        let last = missing.candidates.len().saturating_sub(1);
        let Some(candidate) = missing.candidates.get((*choice).min(last)) else { continue };
        match (data.columns.get_mut(missing.evidence.0), candidate) {
            (Some(Column::Scalars(cells)), Candidate::Scalar(value)) => {
                if let Some(cell) = cells.get_mut(missing.unit) {
                    cell.value = Some(value.clone());
                }
            }
            (Some(Column::Lists(lists)), Candidate::Rows(rows)) => {
                if let Some(list) = lists.get_mut(missing.unit) {
                    *list = Some(rows.clone());
                }
            }
            _ => {}
        }
    }
    data
}
