//! Which evidence an expression reads.

use rubric_program::{EvidenceId, Expr, ExprKind};

/// The evidence that expressions read, each once, in reading order. Named values are not opened.
pub(crate) fn evidence_of(exprs: &[&Expr]) -> Vec<EvidenceId> {
    let mut found = Vec::new();
    exprs.iter().for_each(|e| collect(e, &mut found));
    found
}

fn collect(expr: &Expr, found: &mut Vec<EvidenceId>) {
    let mut add = |id: EvidenceId| {
        if !found.contains(&id) {
            found.push(id);
        }
    };
    match &expr.kind {
        ExprKind::Evidence(id) | ExprKind::Absent(id) => add(*id),
        ExprKind::Rows { list, .. } => add(*list),
        ExprKind::Not(x) | ExprKind::Negate(x) | ExprKind::Table(x, _) => collect(x, found),
        ExprKind::Round { value, .. } => collect(value, found),
        ExprKind::And(all) | ExprKind::Or(all) | ExprKind::Larger(all) | ExprKind::Smaller(all) => {
            all.iter().for_each(|x| collect(x, found));
        }
        ExprKind::Arithmetic(_, a, b) | ExprKind::Compare(_, a, b) => {
            [a, b].iter().for_each(|x| collect(x, found))
        }
        ExprKind::Between(a, b, c) | ExprKind::If(a, b, c) => {
            [a, b, c].iter().for_each(|x| collect(x, found))
        }
        _ => {}
    }
}
