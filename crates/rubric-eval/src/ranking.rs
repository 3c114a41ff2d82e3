//! Places in an order, among all units or the scored ones.

use std::cmp::Ordering;

use rubric_program::{Exact, Order, Program, Ties, Type, Value};

use crate::expression::{Scope, count};
use crate::state::{PlaceShare, Slot, State};
use crate::stop::{EvalError, Gap, settle};

/// The places by some keys, by unit. Where one unit's key is not known, nobody's place is.
pub(crate) fn places(
    state: &State<'_>,
    keys: &[Order],
    graded_only: bool,
    ties: Ties,
) -> Result<Vec<Slot<PlaceShare>>, EvalError> {
    let mut result = vec![Err(Gap::Missing); state.data.units.len()];
    let mut ranked: Vec<(usize, Vec<Value>)> = Vec::new();
    for unit in (0..state.data.units.len()).filter(|u| !graded_only || state.is_graded(*u)) {
        let scope = Scope::new(state, unit);
        match settle(keys.iter().map(|k| scope.eval(&k.key)).collect())? {
            Ok(values) => ranked.push((unit, values)),
            Err(_) => return Ok(result),
        }
    }
    let compare = |a: &[Value], b: &[Value]| compare(state.program, keys, a, b);
    ranked.sort_by(|(_, a), (_, b)| compare(a, b));
    let mut first = 1_u64;
    for group in ranked.chunk_by(|(_, a), (_, b)| compare(a, b).is_eq()) {
        let tied = count(group.iter());
        let place = if ties == Ties::Worse { first + tied - 1 } else { first };
        for (unit, _) in group {
            if let Some(slot) = result.get_mut(*unit) {
                *slot = Ok(PlaceShare { place, first, tied });
            }
        }
        first += tied;
    }
    Ok(result)
}

/// Better first.
pub(crate) fn compare(program: &Program, keys: &[Order], a: &[Value], b: &[Value]) -> Ordering {
    let pairs = keys.iter().zip(a.iter().zip(b));
    let by_key = pairs.map(|(order, (a, b))| {
        let rising = rising(program, order, a, b);
        if order.highest_first { rising.reverse() } else { rising }
    });
    by_key.fold(Ordering::Equal, Ordering::then)
}

fn rising(program: &Program, order: &Order, a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Exact::cmp(a, b),
        (Value::Flag(a), Value::Flag(b)) => a.cmp(b),
        // A better grade is the higher one, and stands earlier in the list.
        (Value::Text(a), Value::Text(b)) if order.key.ty == Type::Grade => {
            let index = |name: &String| program.grades.as_ref()?.names.iter().position(|g| g.name == *name);
            index(b).cmp(&index(a))
        }
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}
