//! The rows of a list.

use rubric_base::{Place, near};
use rubric_program::{Cell, Expr, ExprKind, Field, RecordRow, Value};

use crate::findings::Findings;
use crate::json::Kind;
use crate::messages;
use crate::refusal::{self, Wanted};
use crate::value;

/// A field as one row gives it. The value is absent where it was refused, which is not the same as missing.
struct Given {
    key: Place,
    cell: Cell,
}

/// Reads a list; `None` where something was refused.
pub(crate) fn list(
    wanted: Wanted<'_>,
    (fields, most): (&[Field], u64),
    key: Place,
    findings: &mut Findings,
) -> Option<Vec<RecordRow>> {
    if wanted.raw.kind() != Kind::Array {
        let null = wanted.raw.kind() == Kind::Null;
        findings.push(if null { refusal::null(wanted) } else { refusal::wrong_type(wanted) });
        return None;
    }
    let items = wanted.raw.array().map_err(|d| findings.push(d)).ok()?;
    if u64::try_from(items.len()).unwrap_or(u64::MAX) > most {
        findings.push(messages::too_many_rows(key, wanted.name, items.len(), most));
        return None;
    }
    // Every row is read before the list is given up, so that every fault is found.
    let rows: Vec<_> = items.into_iter().map(|raw| row(Wanted { raw, ..wanted }, fields, findings)).collect();
    rows.into_iter().collect()
}

fn row(wanted: Wanted<'_>, fields: &[Field], findings: &mut Findings) -> Option<RecordRow> {
    if wanted.raw.kind() != Kind::Object {
        findings.push(messages::row_not_object(wanted.raw.place(), wanted.name, wanted.ty));
        return None;
    }
    let entries = wanted.raw.object().map_err(|d| findings.push(d)).ok()?;
    let mut given: Vec<Option<Given>> = fields.iter().map(|_| None).collect();
    let mut sound = true;
    for entry in entries {
        let at = fields.iter().position(|f| f.name == entry.key && f.computed.is_none());
        let Some((field, slot)) = at.and_then(|i| Some((fields.get(i)?, given.get_mut(i)?))) else {
            if fields.iter().any(|f| f.name == entry.key) {
                findings.push(messages::computed(entry.key_place, &entry.key));
                sound = false;
                continue;
            }
            let given = fields.iter().filter(|f| f.computed.is_none());
            let near = near::nearest_name(&entry.key, given.map(|f| f.name.as_str()));
            findings.push(messages::unknown(entry.key_place, &entry.key, Some(wanted.name), near));
            sound = false;
            continue;
        };
        if let Some(first) = slot {
            findings.push(messages::twice(entry.key_place, first.key, &field.name, wanted.name));
            sound = false;
            continue;
        }
        let value = value::scalar(&field.name, &field.ty, entry.value).map_err(|d| findings.push(d)).ok();
        sound &= value.is_some();
        *slot = Some(Given { key: entry.key_place, cell: Cell { value, place: Some(entry.value.place()) } });
    }
    let cells = complete(wanted, fields, given, findings)?;
    sound.then(|| RecordRow { cells, place: Some(wanted.raw.place()) })
}

/// Fills defaults, and reports all that one row lacks in one finding.
fn complete(
    wanted: Wanted<'_>,
    fields: &[Field],
    given: Vec<Option<Given>>,
    findings: &mut Findings,
) -> Option<Vec<Cell>> {
    let lacking: Vec<_> = fields
        .iter()
        .zip(&given)
        .filter(|(f, g)| g.is_none() && f.computed.is_none() && !f.optional && f.default.is_none())
        .map(|(f, _)| (f.name.clone(), &f.ty))
        .collect();
    if !lacking.is_empty() {
        let first = lacking.first().map(|(name, _)| name.clone()).unwrap_or_default();
        let owner = format!("「{}」的这条记录", wanted.name);
        let english = format!("this row of `{}`", wanted.name);
        findings.push(messages::missing(wanted.raw.place(), (&owner, &english), &lacking, &first));
        return None;
    }
    let cell = |(field, given): (&Field, Option<Given>)| match given {
        Some(given) => given.cell,
        None => Cell { value: field.default.as_ref().and_then(literal), place: None },
    };
    Some(fields.iter().zip(given).map(cell).collect())
}

/// The value of a default, which the checker has made sure is a literal.
pub(crate) fn literal(expr: &Expr) -> Option<Value> {
    match &expr.kind {
        ExprKind::Number(number) => Some(Value::Number(number.clone())),
        ExprKind::Flag(flag) => Some(Value::Flag(*flag)),
        ExprKind::Text(text) => Some(Value::Text(text.clone())),
        _ => None,
    }
}
