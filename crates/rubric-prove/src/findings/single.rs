//! R0905: what is taken or given at one time is more than the clause has.

use rubric_base::{Code, Text};
use rubric_program::{Effect, Exact, Expr, ExprKind, Node, Rule, RuleKind, When};

use super::{Finder, finding, leaves, name};

/// What evidence may be where nothing is declared: a limit that nobody wrote is no mistake.
const UNDECLARED: i64 = 1_000_000;

pub(super) fn find(finder: &mut Finder<'_>, node: &Node) {
    let mut rules = Vec::new();
    leaves(&node.rules, &mut rules);
    for rule in rules {
        // A rule of no clause has one amount for clauses of different points.
        let RuleKind::Simple { when, effect, .. } = &rule.kind else { continue };
        let (Effect::Deduct(points) | Effect::Award(points)) = effect else { continue };
        let takes = matches!(effect, Effect::Deduct(_));
        if let Some(per) = most_at_once(when, points) {
            one(finder, node, rule, (points, &per), takes);
        }
    }
}

/// The points that are written for one time, or the most that a person may give.
fn most_at_once(when: &When, points: &Expr) -> Option<Exact> {
    match (&points.kind, when) {
        (ExprKind::Number(n), When::Each(_) | When::EachRow { .. } | When::Steps { .. } | When::If(_)) => {
            Some(n.clone())
        }
        (ExprKind::Evidence(_), When::Always | When::If(_)) => {
            let high = &points.domain.as_ref()?.high;
            (*high < Exact::from_int(UNDECLARED)).then(|| high.clone())
        }
        _ => None,
    }
}

fn one(finder: &mut Finder<'_>, node: &Node, rule: &Rule, (points, per): (&Expr, &Exact), takes: bool) {
    let Some(there) = available(finder, node) else { return };
    if *per <= there {
        return;
    }
    let (zh, en) = name(node);
    let (verb_zh, verb_en) = if takes { ("扣", "taken") } else { ("得", "given") };
    let diagnostic = finding(
        Code::R0905,
        finder.place(points.span),
        format!("一次就{verb_zh} {per} 分，而{zh}能{verb_zh}的只有 {there} 分"),
        format!("{per} points are {verb_en} at one time, but {en} has only {there} that can be"),
    )
    .label(finder.place(rule.span), Text::new("这条规则", "this rule"))
    .label(finder.place(node.span), Text::new(format!("只有 {there} 分"), format!("has {there} points")))
    .help(Text::new(
        format!("改为不超过 {there}分；若原文如此，写「照原文 R0905 \"理由\"」"),
        format!(
            "write {there} points or less; if the source prints it so, write `as printed R0905 \"reason\"`"
        ),
    ));
    finder.report(diagnostic);
}

/// The most points that can be taken off, or given.
fn available(finder: &Finder<'_>, node: &Node) -> Option<Exact> {
    // Clauses of a section that shares its points take from these.
    if node.points.as_ref().is_some_and(Exact::is_zero) {
        let parent = finder.program.nodes.get(node.parent?.0).filter(|p| p.shared)?;
        return parent.points.clone();
    }
    let (low, high) = if node.kind.outside() {
        (node.floor.clone()?, node.ceiling.clone()?)
    } else {
        (node.floor.clone()?, node.points.clone()?)
    };
    Some(high - low)
}
