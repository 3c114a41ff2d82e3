//! What is called exact is attained, and nothing lies outside what was proved: all cases of small rubrics are scored.
//!
//! A case is text in `tests/small.txt`: `#### name` and a rubric whose evidence has few values.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use std::collections::BTreeSet;
use std::path::Path;

use rubric_base::{FileId, Level};
use rubric_eval::{Mode, UnitOutcome, evaluate};
use rubric_program::{Cell, Column, Dataset, EvidenceType, Exact, Program, RecordRow, UnitRow, Value};
use rubric_prove::{Ask, OpenValue, Possible, Proofs, Range};

/// The most cases of one rubric.
const MOST: usize = 20_000;

fn program(text: &str) -> Program {
    let file = FileId::default();
    let parse = rubric_syntax::parse(file, text);
    assert!(parse.errors.is_empty(), "{:?}\n{text}", parse.errors);
    let checked = rubric_check::check(file, text, &parse.file);
    let errors: Vec<_> = checked.diagnostics.iter().filter(|d| d.level == Level::Error).collect();
    assert!(errors.is_empty(), "{errors:?}\n{text}");
    checked.program
}

fn values(ty: &EvidenceType, optional: bool) -> Vec<Option<Value>> {
    let (range, scale) = match ty {
        EvidenceType::Flag => return with_none([false, true].map(Value::Flag).into(), optional),
        EvidenceType::Choice(all) | EvidenceType::Clause(all) => {
            return with_none(all.iter().cloned().map(Value::Text).collect(), optional);
        }
        EvidenceType::Count { range, .. } => (range, 0),
        EvidenceType::Number { range, decimals, .. } | EvidenceType::Points { range, decimals } => {
            (range, *decimals)
        }
        EvidenceType::Percent { range, decimals } => (range, decimals + 2),
        other => panic!("{other:?} has too many values"),
    };
    let step = Exact::fixed(1, u8::try_from(scale).unwrap());
    let (mut at, high) = (range.low().unwrap().clone(), range.high().unwrap().clone());
    let mut all = Vec::new();
    while at <= high {
        if range.allows(&at) {
            all.push(Value::Number(at.clone()));
        }
        at = at + &step;
    }
    with_none(all, optional)
}

fn with_none(values: Vec<Value>, optional: bool) -> Vec<Option<Value>> {
    values.into_iter().map(Some).chain(optional.then_some(None)).collect()
}

/// All that one unit can give for one evidence.
fn columns(ty: &EvidenceType, optional: bool) -> Vec<Column> {
    let EvidenceType::List { fields, most } = ty else {
        let cell = |value| Column::Scalars(vec![Cell { value, place: None }]);
        return values(ty, optional).into_iter().map(cell).collect();
    };
    let mut rows: Vec<Vec<Cell>> = vec![Vec::new()];
    for field in fields {
        let own = if field.computed.is_some() { vec![None] } else { values(&field.ty, field.optional) };
        let more = |row: &Vec<Cell>| -> Vec<Vec<Cell>> {
            let with = |value: &Option<Value>| {
                let cell = Cell { value: value.clone(), place: None };
                row.iter().cloned().chain([cell]).collect()
            };
            own.iter().map(with).collect()
        };
        rows = rows.iter().flat_map(more).collect();
    }
    let (mut lists, mut last): (Vec<Vec<RecordRow>>, Vec<Vec<RecordRow>>) =
        (vec![Vec::new()], vec![Vec::new()]);
    for _ in 0..*most {
        let longer = |list: &Vec<RecordRow>| -> Vec<Vec<RecordRow>> {
            let with = |cells: &Vec<Cell>| {
                list.iter().cloned().chain([RecordRow { cells: cells.clone(), place: None }]).collect()
            };
            rows.iter().map(with).collect()
        };
        last = last.iter().flat_map(longer).collect();
        lists.extend(last.clone());
    }
    let given = lists.into_iter().map(|rows| Column::Lists(vec![Some(rows)]));
    given.chain(optional.then(|| Column::Lists(vec![None]))).collect()
}

/// Every evidence that one unit can give.
fn everything(program: &Program, name: &str) -> Vec<Dataset> {
    let units = vec![UnitRow { id: "甲".to_owned(), place: None }];
    let mut all = vec![Vec::new()];
    for evidence in &program.evidence {
        let own = columns(&evidence.ty, evidence.optional);
        let more = |row: &Vec<Column>| -> Vec<Vec<Column>> {
            own.iter().map(|column| row.iter().cloned().chain([column.clone()]).collect()).collect()
        };
        all = all.iter().flat_map(more).collect();
        assert!(all.len() <= MOST, "{name} has too many cases");
    }
    all.into_iter().map(|columns| Dataset { units: units.clone(), columns, imports: Vec::new() }).collect()
}

/// How many ranges were called exact, and how many only bounds.
#[derive(Default)]
struct Tally {
    exact: usize,
    bounds: Vec<String>,
}

impl Tally {
    fn range(&mut self, told: Option<&Range>, seen: impl Iterator<Item = Exact>, what: &str) {
        let seen: BTreeSet<Exact> = seen.collect();
        let (Some(range), Some(low), Some(high)) = (told, seen.first(), seen.last()) else {
            assert!(seen.is_empty() || told.is_some(), "{what}: nothing was told");
            return;
        };
        assert!(range.low <= *low && *high <= range.high, "{what}: {low} to {high} is outside {range:?}");
        if range.exact {
            assert_eq!((&range.low, &range.high), (low, high), "{what}");
            self.exact += 1;
        } else {
            self.bounds.push(what.to_owned());
        }
    }

    fn possible<T: Ord + Clone + std::fmt::Debug>(
        &mut self,
        told: &Possible<T>,
        seen: BTreeSet<T>,
        what: &str,
    ) {
        let told_of: BTreeSet<T> = told.values.iter().cloned().collect();
        assert!(seen.is_subset(&told_of), "{what}: {seen:?} is outside {told:?}");
        if told.exact {
            assert_eq!(told_of, seen, "{what}");
            self.exact += 1;
        } else {
            self.bounds.push(what.to_owned());
        }
    }

    fn compare(&mut self, program: &Program, proofs: &Proofs, units: &[UnitOutcome], name: &str) {
        let ranges = &proofs.ranges;
        self.range(
            ranges.total.as_ref(),
            units.iter().filter_map(|u| u.total.clone()),
            &format!("{name}: total"),
        );
        for (id, node) in program.nodes.iter().enumerate() {
            let what = format!("{name}: {}", node.number);
            self.range(ranges.nodes[id].as_ref(), units.iter().filter_map(|u| u.nodes[id].clone()), &what);
            if let Some(told) = &ranges.requirements[id] {
                self.possible(told, units.iter().filter_map(|u| u.requirements[id]).collect(), &what);
            }
        }
        // Places are free in what was proved, but there is one unit here.
        let alone = program.places.is_empty() && program.ranking.is_none();
        if let Some(told) = ranges.grades.as_ref().filter(|_| alone) {
            self.possible(told, units.iter().filter_map(|u| u.grade.clone()).collect(), name);
        }
        for (id, output) in program.outputs.iter().enumerate() {
            let what = format!("{name}: {}", output.name);
            let seen = || units.iter().filter_map(|u| u.outputs[id].clone());
            let number = |v| if let Value::Number(n) = v { Some(n) } else { None };
            let flag = |v| if let Value::Flag(b) = v { Some(b) } else { None };
            let text = |v| if let Value::Text(t) = v { Some(t) } else { None };
            match &ranges.outputs[id] {
                Some(OpenValue::Number(range)) => self.range(Some(range), seen().filter_map(number), &what),
                Some(OpenValue::Flag(p)) => self.possible(p, seen().filter_map(flag).collect(), &what),
                Some(OpenValue::Text(p)) => self.possible(p, seen().filter_map(text).collect(), &what),
                _ => {}
            }
        }
    }
}

#[test]
fn all_cases_of_small_rubrics_agree_with_what_is_proved() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small.txt");
    let text = std::fs::read_to_string(path).unwrap();
    let mut tally = Tally::default();
    for case in text.split("#### ").skip(1) {
        let (name, rubric) = case.split_once('\n').unwrap();
        let program = program(rubric);
        let proofs = rubric_prove::prove(&program, FileId::default(), Ask::All);
        let mut units = Vec::new();
        for data in everything(&program, name) {
            let outcome = evaluate(&program, &data, Mode::ScoresOnly).unwrap();
            if outcome.faults.is_empty() {
                units.extend(outcome.units);
            }
        }
        assert!(units.len() > 1, "{name} scores nobody");
        tally.compare(&program, &proofs, &units, name);
    }
    // Most of what is small can be told exactly.
    assert!(tally.exact > 4 * tally.bounds.len(), "{} exact, {:#?}", tally.exact, tally.bounds);
}
