//! Random evidence for a checked program: at the ends of ranges, on the edges of bands, with many ties, empty lists,
//! days at the edges of the calendar. Most of it passes the checks of the rubric; now and then it does not.

mod values;
mod written;

use std::collections::BTreeSet;

use rubric_program::{
    Cell, Column, Dataset, EvidenceType, Exact, ExprKind, Field, Program, RecordRow, UnitRow, Value,
};

use crate::reference::Reference;
use crate::rng::Rng;

/// Most units that are told apart by name.
const IDS: [&str; 7] = ["甲镇", "乙 镇", "unit 3", "4", "「戊」", "己\\\"", "庚"];

/// Evidence as values and as it is written.
#[derive(Debug, Clone)]
pub struct Filled {
    /// What must be read, without places.
    pub data: Dataset,
    /// The units as written, in order.
    pub units: Vec<String>,
    /// The evidence of each imported rubric.
    pub imports: Vec<Filled>,
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
    /// Numbers of the rubric, days as their numbers.
    edges: Vec<Exact>,
    imports: Vec<Filled>,
    /// Nothing is given that is known to be refused.
    careful: bool,
}

/// Evidence of so many units; nothing where nobody could be made to be scored.
#[must_use]
pub fn evidence(program: &Program, text: &str, seed: u64, units: usize) -> Option<Filled> {
    let mut rng = Rng::new(seed);
    let careful = rng.percent(94);
    let mut imports = Vec::new();
    for (i, import) in program.imports.iter().enumerate() {
        let theirs = if careful { IDS.len().min(units.max(2)) } else { units.saturating_sub(1).max(1) };
        imports.push(evidence(&import.program, "", seed.wrapping_add(7 + i as u64), theirs)?);
    }
    let mut filler = Filler { program, rng, edges: values::edges(text), imports, careful };
    (0..20).find_map(|_| filler.fill(units))
}

impl Filler<'_> {
    fn fill(&mut self, units: usize) -> Option<Filled> {
        let declared = &self.program.evidence;
        let pools: Vec<Vec<Given>> = (0..declared.len())
            .map(|e| (0..self.rng.within(1, 4)).map(|_| self.given(e)).collect())
            .collect();
        let mut given: Vec<Vec<Given>> =
            (0..units).map(|_| pools.iter().map(|pool| self.rng.pick(pool).clone()).collect()).collect();
        for _ in 0..12 {
            let graded = self.graded(&given);
            let data = self.dataset(&given, &graded);
            let breaking = if self.careful && !self.program.verify.is_empty() {
                Reference::new(self.program, &data).breaking()
            } else {
                BTreeSet::new()
            };
            if breaking.is_empty() {
                break;
            }
            for unit in breaking {
                given[unit] = (0..declared.len()).map(|e| self.given(e)).collect();
            }
        }
        let graded = self.graded(&given);
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
        Some(Filled { data, units: written, imports: self.imports.clone() })
    }

    /// Who is scored.
    fn graded(&self, given: &[Vec<Given>]) -> Vec<bool> {
        let first = self.dataset(given, &vec![false; given.len()]);
        let reference = Reference::new(self.program, &first);
        (0..given.len()).map(|u| reference.is_graded(u)).collect()
    }

    /// What must be read; defaults in place of what was left out.
    fn dataset(&self, given: &[Vec<Given>], graded: &[bool]) -> Dataset {
        let units = (0..given.len()).map(|i| UnitRow {
            id: IDS.get(i).map_or(format!("单位{i}"), |id| (*id).to_owned()),
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
        let imports = self.imports.iter().map(|filled| filled.data.clone()).collect();
        Dataset { columns: columns.collect(), units: units.collect(), imports }
    }

    fn given(&mut self, evidence: usize) -> Given {
        let declared = &self.program.evidence[evidence];
        let may_be_out = declared.optional || declared.default.is_some();
        if may_be_out && self.rng.percent(35) {
            return Given::Out;
        }
        let ids = self.subjects_of(evidence);
        if !ids.is_empty() && self.careful {
            return Given::Scalar(Value::Text(self.rng.pick(&ids).clone()));
        }
        let EvidenceType::List { fields, most } = &declared.ty else {
            return Given::Scalar(self.value(&declared.ty));
        };
        let most = usize::try_from(*most).unwrap().min(7);
        let count = *self.rng.pick(&[0, most, most, most.min(2), most.min(3)]);
        let pools: Vec<Vec<Option<Value>>> = fields
            .iter()
            .map(|f| {
                let may_be_out = f.optional || f.default.is_some();
                let out = |rng: &mut Rng| f.computed.is_some() || (may_be_out && rng.percent(35));
                (0..2).map(|_| (!out(&mut self.rng)).then(|| self.value(&f.ty))).collect()
            })
            .collect();
        Given::Rows(
            (0..count).map(|_| pools.iter().map(|pool| self.rng.pick(pool).clone()).collect()).collect(),
        )
    }

    /// The ids that evidence may hold which names the subject of an imported result.
    fn subjects_of(&self, evidence: usize) -> Vec<String> {
        let imports = self.program.imports.iter().zip(&self.imports);
        let theirs = imports.filter(|(import, _)| import.by.is_some_and(|by| by.0 == evidence));
        theirs.flat_map(|(_, filled)| filled.data.units.iter().map(|u| u.id.clone())).collect()
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
