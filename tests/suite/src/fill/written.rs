//! Evidence as a file, its entries in any order, numbers in any of the forms that are read.

use std::fmt::Write as _;

use rubric_base::{date, time};
use rubric_program::{EvidenceType, Exact, Field, Value};

use super::{Filler, Given};

impl Filler<'_> {
    pub(super) fn write(&mut self, id: &str, row: &[Given]) -> String {
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
            EvidenceType::Date { .. } => quoted(&date::iso(i32::try_from(n.to_i64().unwrap()).unwrap())),
            EvidenceType::Time { .. } => quoted(&time::iso((n * &Exact::from_int(60)).to_i64().unwrap())),
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
