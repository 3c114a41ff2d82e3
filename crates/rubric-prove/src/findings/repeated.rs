//! R0903: a rule that stands twice in a clause, or that another one leaves nothing to do.

use rubric_base::{Code, Text};
use rubric_program::{Effect, Node, Rule, RuleKind, When};

use super::{Finder, finding};
use crate::same;

/// The most rules of one clause that are compared each with each.
const MOST: usize = 64;

pub(super) fn find(finder: &mut Finder<'_>, node: &Node) {
    let rules: Vec<&Rule> = node.rules.iter().take(MOST).collect();
    for (index, rule) in rules.iter().enumerate() {
        let before = rules.iter().take(index);
        if let Some(first) = before.clone().find(|other| repeats(rule, other)) {
            let deletes = finder.place(rule.span);
            let diagnostic = finding(
                Code::R0903,
                finder.place(rule.span),
                "这条规则写了两遍，同一件事会算两次",
                "this rule stands twice: the same thing counts twice",
            )
            .label(finder.place(first.span), Text::new("第一遍", "the first time"))
            .help(Text::new(
                "删去一条；若本意不同，把不同之处写出来",
                "remove one of them; if they mean different things, say how",
            ))
            .fix(Text::new("删去这一条", "remove this one"), deletes, "");
            finder.report(diagnostic);
            continue;
        }
        let other = rules.iter().filter(|other| other.id != rule.id).find(|other| shadows(other, rule));
        if let Some(other) = other {
            let diagnostic = finding(
                Code::R0903,
                finder.place(rule.span),
                "这条规则永远不起作用：它成立时，另一条已使本条不得分",
                "this rule never matters: whenever it acts, another one has ended the clause at nothing",
            )
            .label(finder.place(other.span), Text::new("由这一条决定", "this one decides"))
            .help(Text::new(
                "删去这一条，或把另一条的条件写窄",
                "remove it, or narrow the condition of the other",
            ));
            finder.report(diagnostic);
        }
    }
}

/// Whether two rules are the same. A rule of no clause is copied, and its copies have one id.
fn repeats(a: &Rule, b: &Rule) -> bool {
    if a.id == b.id {
        return false;
    }
    let caps = match (&a.cap, &b.cap) {
        (Some(x), Some(y)) => same::expr(x, y),
        (None, None) => true,
        _ => false,
    };
    caps && match (&a.kind, &b.kind) {
        (
            RuleKind::Simple { when: w, effect: e, otherwise: o },
            RuleKind::Simple { when: v, effect: f, otherwise: p },
        ) => {
            let others = match (o, p) {
                (Some(x), Some(y)) => same::effect(x, y),
                (None, None) => true,
                _ => false,
            };
            same::when(w, v) && same::effect(e, f) && others
        }
        (RuleKind::Table { subject: s, rows: r }, RuleKind::Table { subject: t, rows: q }) => {
            same::table((s, r), (t, q))
        }
        (RuleKind::Require { condition: x, .. }, RuleKind::Require { condition: y, .. }) => same::expr(x, y),
        _ => false,
    }
}

/// Whether the first ends the clause at nothing wherever the second acts.
fn shadows(strong: &Rule, weak: &Rule) -> bool {
    let RuleKind::Simple { when: When::If(always), effect: Effect::NoPoints, .. } = &strong.kind else {
        return false;
    };
    match &weak.kind {
        RuleKind::Simple { when: When::If(condition), otherwise: None, .. } => {
            same::implies(condition, always)
        }
        _ => false,
    }
}
