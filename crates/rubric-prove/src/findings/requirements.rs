//! R0912, a note: a requirement whose breach costs nothing.

use rubric_base::{Code, Text};
use rubric_program::{Expr, ExprKind, GradeStep, QuotaLimit, RuleKind};

use super::{Finder, finding, name};

pub(super) fn find(finder: &mut Finder<'_>) {
    if anything_asks(finder) {
        return;
    }
    let program = finder.program;
    for node in &program.nodes {
        let first = node.rules.iter().find(|r| matches!(r.kind, RuleKind::Require { advice: false, .. }));
        let Some(rule) = first else { continue };
        let (zh, en) = name(node);
        let diagnostic = finding(
            Code::R0912,
            finder.place(rule.span),
            format!("{zh}的要求达不到也没有后果：不扣分，也不影响等级和输出"),
            format!("not meeting what {en} requires costs nothing: no points, no grade, no output"),
        )
        .help(Text::new(
            "若应有后果，可在等级或输出中用「要求 达标数」",
            "where it should matter, use `requirements met` in the grades or an output",
        ));
        finder.report(diagnostic);
    }
}

/// Whether anything counts the requirements that are met.
fn anything_asks(finder: &Finder<'_>) -> bool {
    let program = finder.program;
    let mut asked = false;
    let mut see =
        |part: &Expr| asked |= matches!(part.kind, ExprKind::RequirementsMet | ExprKind::RequirementsAll);
    for named in program.lets.iter().chain(&program.outputs) {
        named.value.visit(&mut see);
    }
    program.nodes.iter().flat_map(|n| &n.rules).for_each(|r| r.visit(&mut see));
    program.ranking.iter().flat_map(|r| &r.keys).for_each(|k| k.key.visit(&mut see));
    program.places.iter().for_each(|p| p.order.key.visit(&mut see));
    for (step, _) in program.grades.iter().flat_map(|g| &g.steps) {
        match step {
            GradeStep::Table(subject, rows) => {
                subject.visit(&mut see);
                rows.iter().filter_map(rubric_program::Row::value).for_each(|v| v.visit(&mut see));
            }
            GradeStep::Give { condition, .. } => condition.iter().for_each(|c| c.visit(&mut see)),
            GradeStep::Lower { condition, .. } | GradeStep::Change { condition, .. } => {
                condition.visit(&mut see)
            }
            GradeStep::Veto { conditions, .. } => conditions.iter().for_each(|c| c.visit(&mut see)),
            GradeStep::Quota(quota) => {
                quota.keys.iter().for_each(|k| k.key.visit(&mut see));
                match &quota.limit {
                    QuotaLimit::Number(n) => n.visit(&mut see),
                    QuotaLimit::Share { share, of, .. } => {
                        share.visit(&mut see);
                        of.iter().for_each(|of| of.visit(&mut see));
                    }
                }
            }
        }
    }
    asked
}
