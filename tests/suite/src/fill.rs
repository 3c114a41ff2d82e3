//! Random evidence for a checked program: at the ends of ranges, on the edges of bands, with many ties.

use std::fmt::Write as _;

use rubric_program::{
    Cell, Column, Dataset, EvidenceType, Exact, ExprKind, Field, NumberRange, Program, RecordRow, UnitRow,
    Value,
};
use rubric_syntax::TokenKind;

use crate::reference::Reference;
use crate::rng::Rng;

/// Evidence as values and as it is written.
#[derive(Debug, Clone)]
pub struct Filled {
    /// What must be read, without places.
    pub data: Dataset,
    /// The units as written, in order.
    pub units: Vec<String>,
}

impl Filled {
    /// The units in an order, as a file.
    #[must_use]
    pub fn json(&self, order: &[usize]) -> String {
        let units: Vec<&str> = order.iter().map(|i| self.units[*i].as_str()).collect();
        format!("{{\"subjects\": [\n{}\n]}}\n", units.join(",\n"))
    }

    /// All units as given.
    #[must_use]
    pub fn in_order(&self) -> Vec<usize> {
        (0..self.units.len()).collect()
    }
}

/// What one unit gives for one evidence.
#[derive(Debug, Clone)]
enum Given {
    Out,
    Scalar(Value),
    Rows(Vec<Vec<Option<Value>>>),
}

struct Filler<'p> {
    program: &'p Program,
    rng: Rng,
    /// Numbers of the rubric.
    edges: Vec<Exact>,
}

/// Evidence of so many units; nothing where nobody could be made to be scored.
#[must_use]
pub fn evidence(program: &Program, text: &str, seed: u64, units: usize) -> Option<Filled> {
    let mut filler = Filler { program, rng: Rng::new(seed), edges: edges(text) };
    (0..20).find_map(|_| filler.fill(units))
}

fn edges(text: &str) -> Vec<Exact> {
    let parse = rubric_syntax::parse_with_tokens(rubric_base::FileId::default(), text);
    let numbers = parse.tokens.iter().filter(|t| t.kind == TokenKind::Number).map(|t| t.span.of(text));
    let mut all: Vec<Exact> = numbers.filter_map(Exact::parse).collect();
    all.extend(all.clone().iter().map(|n| n * &Exact::fixed(1, 2)));
    all.sort();
    all.dedup();
    all
}

impl Filler<'_> {
    fn fill(&mut self, units: usize) -> Option<Filled> {
        let declared = &self.program.evidence;
        let pools: Vec<Vec<Given>> = declared
            .iter()
            .map(|e| {
                let may_be_out = e.optional || e.default.is_some();
                (0..self.rng.within(1, 4)).map(|_| self.given(&e.ty, may_be_out)).collect()
            })
            .collect();
        let mut given: Vec<Vec<Given>> =
            (0..units).map(|_| pools.iter().map(|pool| self.rng.pick(pool).clone()).collect()).collect();
        let first = self.dataset(&given, &vec![false; units]);
        let graded: Vec<bool> = {
            let reference = Reference::new(self.program, &first);
            (0..units).map(|u| reference.is_graded(u)).collect()
        };
        if !graded.contains(&true) {
            return None;
        }
        for (unit, row) in given.iter_mut().enumerate() {
            for (e, slot) in declared.iter().zip(row) {
                if e.graded_only && !graded[unit] {
                    *slot = Given::Out;
                }
            }
        }
        let data = self.dataset(&given, &graded);
        let written =
            given.iter().enumerate().map(|(unit, row)| self.write(&data.units[unit].id, row)).collect();
        Some(Filled { data, units: written })
    }

    /// What must be read; defaults in place of what was left out.
    fn dataset(&self, given: &[Vec<Given>], graded: &[bool]) -> Dataset {
        let ids = ["甲镇", "乙 镇", "unit 3", "4", "「戊」", "己\\\"", "庚"];
        let units = (0..given.len()).map(|i| UnitRow {
            id: ids.get(i).map_or(format!("单位{i}"), |id| (*id).to_owned()),
            place: None,
        });
        let columns = self.program.evidence.iter().enumerate().map(|(index, e)| {
            let cells = given.iter().enumerate().map(|(unit, row)| {
                let theirs = !e.graded_only || graded[unit];
                let given = if theirs { row[index].clone() } else { Given::Out };
                (theirs, given)
            });
            if let EvidenceType::List { fields, .. } = &e.ty {
                let lists = cells.map(|(_, given)| match given {
                    Given::Rows(rows) => Some(rows.iter().map(|row| read_row(fields, row)).collect()),
                    _ => None,
                });
                return Column::Lists(lists.collect());
            }
            let scalars = cells.map(|(theirs, given)| {
                let value = match given {
                    Given::Scalar(value) => Some(value),
                    _ if theirs => e.default.as_ref().map(literal),
                    _ => None,
                };
                Cell { value, place: None }
            });
            Column::Scalars(scalars.collect())
        });
        Dataset { columns: columns.collect(), units: units.collect(), imports: Vec::new() }
    }

    fn given(&mut self, ty: &EvidenceType, may_be_out: bool) -> Given {
        if may_be_out && self.rng.percent(35) {
            return Given::Out;
        }
        let EvidenceType::List { fields, most } = ty else { return Given::Scalar(self.value(ty)) };
        let most = usize::try_from(*most).unwrap().min(7);
        let count = *self.rng.pick(&[0, most, most, most.min(2), most.min(3)]);
        let pools: Vec<Vec<Option<Value>>> = fields
            .iter()
            .map(|f| {
                let may_be_out = f.optional || f.default.is_some();
                (0..2).map(|_| (!(may_be_out && self.rng.percent(35))).then(|| self.value(&f.ty))).collect()
            })
            .collect();
        Given::Rows(
            (0..count).map(|_| pools.iter().map(|pool| self.rng.pick(pool).clone()).collect()).collect(),
        )
    }

    fn value(&mut self, ty: &EvidenceType) -> Value {
        match ty {
            EvidenceType::Flag => Value::Flag(self.rng.percent(50)),
            EvidenceType::Choice(choices) => Value::Text(self.rng.pick(choices).clone()),
            EvidenceType::Text => {
                Value::Text((*self.rng.pick(&["x", "y", "", "甲 \"乙\"\n", "\\"])).to_owned())
            }
            EvidenceType::List { .. } => panic!("a list in a list"),
            EvidenceType::Date { range } => Value::Number(self.number(range, 0, 0)),
            EvidenceType::Clause(numbers) => Value::Text(self.rng.pick(numbers).clone()),
            EvidenceType::Count { range, .. } => Value::Number(self.number(range, 0, 0)),
            EvidenceType::Number { range, decimals, unit } => {
                let places = if *unit == Some("pp") { 2 } else { 0 };
                Value::Number(self.number(range, *decimals, places))
            }
            EvidenceType::Percent { range, decimals } => Value::Number(self.number(range, *decimals, 2)),
            EvidenceType::Points { range, decimals } => Value::Number(self.number(range, *decimals, 0)),
        }
    }

    /// A number of a range: its ends, the numbers of the rubric, and what lies just beside them.
    fn number(&mut self, range: &NumberRange, decimals: u32, places: u8) -> Exact {
        let scale = u8::try_from(decimals).unwrap() + places;
        let step = Exact::fixed(1, scale);
        let mut candidates: Vec<Exact> = Vec::new();
        for (low, high) in &range.stretches {
            candidates.extend([low.clone(), high.clone(), low.clone(), high.clone()]);
            let near = low + &Exact::from(i64::try_from(self.rng.below(6)).unwrap());
            candidates.extend([&near + &step, near]);
        }
        for edge in &self.edges {
            candidates.extend([edge.clone(), edge + &step, edge - &step]);
        }
        let fits = |n: &Exact| {
            range.allows(n)
                && n.decimals().is_some_and(|d| d <= u32::from(scale))
                && n.integer_digits() <= 12 - u32::from(places)
        };
        candidates.retain(fits);
        if candidates.is_empty() {
            return range.low().unwrap().ceil_steps(&step) * step;
        }
        self.rng.pick(&candidates).clone()
    }

    fn write(&mut self, id: &str, row: &[Given]) -> String {
        let mut entries = vec![format!("\"id\": {}", quoted(id))];
        for (e, given) in self.program.evidence.iter().zip(row) {
            let value = match given {
                Given::Out => continue,
                Given::Scalar(value) => self.scalar(value, &e.ty),
                Given::Rows(rows) => {
                    let EvidenceType::List { fields, .. } = &e.ty else { panic!("rows of no list") };
                    let rows: Vec<String> = rows.iter().map(|row| self.row(fields, row)).collect();
                    format!("[{}]", rows.join(", "))
                }
            };
            entries.push(format!("{}: {value}", quoted(&e.name)));
        }
        self.rng.shuffle(&mut entries);
        format!("{{{}}}", entries.join(", "))
    }

    fn row(&mut self, fields: &[Field], row: &[Option<Value>]) -> String {
        let mut cells: Vec<String> = Vec::new();
        for (field, value) in fields.iter().zip(row) {
            if let Some(value) = value {
                cells.push(format!("{}: {}", quoted(&field.name), self.scalar(value, &field.ty)));
            }
        }
        self.rng.shuffle(&mut cells);
        format!("{{{}}}", cells.join(", "))
    }

    fn scalar(&mut self, value: &Value, ty: &EvidenceType) -> String {
        let n = match value {
            Value::Flag(b) => return b.to_string(),
            Value::Text(t) => return quoted(t),
            Value::Number(n) => n,
        };
        let hundred = Exact::from(100_i64);
        match ty {
            EvidenceType::Percent { .. } => {
                format!("\"{}{}\"", n * &hundred, self.rng.pick(&["%", "%", "%"]))
            }
            EvidenceType::Count { .. } => n.to_string(),
            _ => {
                let pp = matches!(ty, EvidenceType::Number { unit: Some("pp"), .. });
                let n = if pp { n * &hundred } else { n.clone() };
                let zeros = if n.is_integer() && self.rng.percent(20) { ".00" } else { "" };
                if self.rng.percent(50) { format!("{n}{zeros}") } else { format!("\"{n}{zeros}\"") }
            }
        }
    }
}

fn read_row(fields: &[Field], row: &[Option<Value>]) -> RecordRow {
    let cell = |(field, value): (&Field, &Option<Value>)| Cell {
        value: value.clone().or_else(|| field.default.as_ref().map(literal)),
        place: None,
    };
    RecordRow { cells: fields.iter().zip(row).map(cell).collect(), place: None }
}

/// The value of a default.
fn literal(expr: &rubric_program::Expr) -> Value {
    match &expr.kind {
        ExprKind::Number(n) => Value::Number(n.clone()),
        ExprKind::Flag(b) => Value::Flag(*b),
        ExprKind::Text(t) => Value::Text(t.clone()),
        other => panic!("a default is a literal, not {other:?}"),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => write!(out, "\\u{:04x}", u32::from(c)).unwrap(),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
