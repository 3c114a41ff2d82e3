//! What can be given for each evidence: all of it where that is little, else its ends and what lies at an edge.

use rubric_program::{
    Cell, Evidence, EvidenceId, EvidenceType, Exact, Field, NumberRange, Program, RecordRow, Unit, Value,
};

use crate::edges::Edges;

/// Most values of one evidence that count as all of them.
const FEW: u64 = 12;
/// Most values that are tried of one evidence of which there are more.
const MOST: usize = 80;
/// Most different rows that are tried of a list.
const MOST_PATTERNS: usize = 12;
/// The longest list that is tried.
const LONGEST: u64 = 40;

/// Something that can be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Left out, as it may be.
    Nothing,
    /// A value.
    One(Value),
    /// Rows.
    Rows(Vec<RecordRow>),
}

/// What can be given for one evidence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cases {
    pub(crate) all: Vec<Given>,
    /// There is nothing else that could be given.
    pub(crate) complete: bool,
}

/// For each evidence what can be given.
pub(crate) fn of(program: &Program, edges: &Edges) -> Vec<Cases> {
    program.evidence.iter().enumerate().map(|(i, e)| one(EvidenceId(i), e, edges)).collect()
}

fn one(id: EvidenceId, evidence: &Evidence, edges: &Edges) -> Cases {
    let mut cases = match &evidence.ty {
        EvidenceType::List { fields, most } => {
            Cases { all: lists(id, fields, *most, edges), complete: false }
        }
        ty => {
            let (values, complete) = values(ty, &edges.scalar(id));
            Cases { all: values.into_iter().map(Given::One).collect(), complete }
        }
    };
    if evidence.optional {
        cases.all.push(Given::Nothing);
    }
    cases
}

/// The smallest difference between two values of a type.
pub fn grain(ty: &EvidenceType) -> Option<Exact> {
    let (range, decimals) = number(ty)?;
    let fine = Exact::fixed(1, u8::try_from(decimals).unwrap_or(u8::MAX));
    Some(range.step.clone().unwrap_or(fine))
}

/// The unit in which evidence is written.
pub(crate) fn unit(ty: &EvidenceType) -> Option<Unit> {
    match ty {
        EvidenceType::Count { unit, .. } | EvidenceType::Number { unit, .. } => *unit,
        EvidenceType::Percent { .. } => Some("percent"),
        EvidenceType::Points { .. } => Some("points"),
        EvidenceType::Date { .. } => Some("date"),
        EvidenceType::Time { .. } => Some("time"),
        _ => None,
    }
}

/// The range of a number and the decimals of its base unit.
pub(crate) fn number(ty: &EvidenceType) -> Option<(&NumberRange, u32)> {
    match ty {
        EvidenceType::Count { range, .. } | EvidenceType::Date { range } | EvidenceType::Time { range } => {
            Some((range, 0))
        }
        EvidenceType::Number { range, decimals, unit } => {
            // Percentage points are kept as fractions.
            Some((range, if *unit == Some("pp") { *decimals + 2 } else { *decimals }))
        }
        EvidenceType::Percent { range, decimals } => Some((range, *decimals + 2)),
        EvidenceType::Points { range, decimals } => Some((range, *decimals)),
        _ => None,
    }
}

/// Values of a scalar, the lowest first, and whether these are all.
fn values(ty: &EvidenceType, edges: &[Exact]) -> (Vec<Value>, bool) {
    match ty {
        EvidenceType::Flag => (vec![Value::Flag(false), Value::Flag(true)], true),
        EvidenceType::Choice(all) | EvidenceType::Clause(all) => {
            (all.iter().take(MOST).cloned().map(Value::Text).collect(), all.len() <= MOST)
        }
        EvidenceType::Text | EvidenceType::List { .. } => (vec![Value::Text(String::new())], false),
        _ => match (number(ty), grain(ty)) {
            (Some((range, decimals)), Some(grain)) => numbers(range, decimals, &grain, edges),
            _ => (Vec::new(), false),
        },
    }
}

fn numbers(range: &NumberRange, decimals: u32, grain: &Exact, edges: &[Exact]) -> (Vec<Value>, bool) {
    let (Some(low), Some(high)) = (range.low(), range.high()) else { return (Vec::new(), false) };
    let complete = (high - low).floor_steps(grain) < Exact::from(FEW);
    let mut all = vec![low.clone(), high.clone()];
    if complete {
        // Values lie on the grid, wherever the range begins.
        let mut next = low.ceil_steps(grain) * grain;
        while next < *high {
            all.push(next.clone());
            next = next + grain;
        }
    } else {
        all.extend(range.stretches.iter().flat_map(|(a, b)| [a.clone(), b.clone()]));
        all.extend(edges.iter().flat_map(|n| on_grid(n, grain)));
        all.extend([low + grain, high - grain, (low + grain) + grain]);
        all.extend([1, 2, 3].map(Exact::from_int));
    }
    // A step of its own may be no finite decimal, as a second is of a minute.
    let written = |value: &Exact| range.step.is_some() || value.decimals().is_some_and(|d| d <= decimals);
    let fine = |value: &Exact| written(value) && range.allows(value);
    all.retain(fine);
    all.sort();
    all.dedup();
    (all.into_iter().take(MOST).map(Value::Number).collect(), complete)
}

/// The values just below, at and just above a number.
fn on_grid(number: &Exact, grain: &Exact) -> [Exact; 4] {
    let (below, above) = (number.floor_steps(grain) * grain, number.ceil_steps(grain) * grain);
    [&below - grain, below, above.clone(), above + grain]
}

/// No row; one row, and many, of each pattern; and one row of each pattern together.
fn lists(id: EvidenceId, fields: &[Field], most: u64, edges: &Edges) -> Vec<Given> {
    let column = |(i, field): (usize, &Field)| {
        if field.computed.is_some() {
            return Vec::new();
        }
        let mut all: Vec<Option<Value>> =
            values(&field.ty, &edges.field(id, i)).0.into_iter().map(Some).collect();
        if field.optional {
            all.push(None);
        }
        all
    };
    let columns: Vec<Vec<Option<Value>>> = fields.iter().enumerate().map(column).collect();
    let patterns = patterns(&columns);
    let mut all = vec![Given::Rows(Vec::new())];
    for pattern in &patterns {
        for count in [1, 2, LONGEST] {
            let rows = (0..count.min(most)).map(|row| record(fields, &columns, pattern, row)).collect();
            all.push(Given::Rows(rows));
        }
    }
    if u64::try_from(patterns.len()).is_ok_and(|n| n <= most) {
        let rows = patterns.iter().zip(0..).map(|(pattern, row)| record(fields, &columns, pattern, row));
        all.push(Given::Rows(rows.collect()));
    }
    all
}

/// Which value each field of a row has: all combinations where they are few, else those in step and some others.
fn patterns(columns: &[Vec<Option<Value>>]) -> Vec<Vec<usize>> {
    let sizes: Vec<usize> = columns.iter().map(|c| c.len().max(1)).collect();
    let all = sizes.iter().try_fold(1_usize, |all, n| all.checked_mul(*n)).unwrap_or(usize::MAX);
    let at = |number: usize| -> Vec<usize> {
        let mut rest = number;
        let digit = |n: &usize| {
            let digit = rest.checked_rem(*n).unwrap_or(0);
            rest = rest.checked_div(*n).unwrap_or(0);
            digit
        };
        sizes.iter().map(digit).collect()
    };
    if all <= MOST_PATTERNS {
        return (0..all).map(at).collect();
    }
    let last: Vec<usize> = sizes.iter().map(|n| n - 1).collect();
    let mut found = vec![vec![0; sizes.len()], last];
    let stride = all.checked_div(MOST_PATTERNS - 2).unwrap_or(1).max(1) | 1;
    found.extend((1..MOST_PATTERNS - 1).map(|n| at(n.wrapping_mul(stride) % all)));
    found
}

fn record(fields: &[Field], columns: &[Vec<Option<Value>>], pattern: &[usize], row: u64) -> RecordRow {
    let cell = |((field, column), at): ((&Field, &Vec<Option<Value>>), &usize)| {
        let own = column.get(*at).cloned().flatten();
        // Texts are told apart, so that rows with equal keys are not all one.
        let value = match (&field.ty, own) {
            (EvidenceType::Text, Some(_)) => Some(Value::Text(row.to_string())),
            (_, own) => own,
        };
        Cell { value, place: None }
    };
    RecordRow { cells: fields.iter().zip(columns).zip(pattern).map(cell).collect(), place: None }
}
