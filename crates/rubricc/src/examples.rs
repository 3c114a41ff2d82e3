//! Which rules the examples of a rubric use.

use std::collections::BTreeSet;

use rubric_program::{Program, Rule, RuleId, RuleKind};

pub use rubric_eval::examples::{Lack, Run, lacking, run, value};

/// The rules of a program with the rules inside them, in written order.
pub fn all_rules(program: &Program) -> Vec<&Rule> {
    fn collect<'a>(rules: &'a [Rule], all: &mut Vec<&'a Rule>) {
        for rule in rules {
            match &rule.kind {
                RuleKind::Heaviest(inner) => collect(inner, all),
                _ => all.push(rule),
            }
        }
    }
    let mut all = Vec::new();
    for node in &program.nodes {
        collect(&node.rules, &mut all);
    }
    all.sort_by_key(|rule| rule.span.start);
    // A rule of no clause has a copy in each clause at which it may act.
    all.dedup_by_key(|rule| rule.id);
    all
}

/// The rules that no run fired, and the percentage fired, rounded down; without rules all are fired.
pub fn coverage<'a>(program: &'a Program, fired: &BTreeSet<RuleId>) -> (Vec<&'a Rule>, usize) {
    let all = all_rules(program);
    let count = all.len();
    let idle: Vec<&Rule> = all.into_iter().filter(|rule| !fired.contains(&rule.id)).collect();
    let percent = ((count - idle.len()) * 100).checked_div(count).unwrap_or(100);
    (idle, percent)
}
