//! Lines above what is written: what sections add up to, and whether examples hold.

use rubric_base::{Language, Span};
use rubric_eval::examples;
use rubric_program::{Exact, Example, Program, Target, Value};
use rubric_report::written;

use super::Context;
use crate::analysis::Meaning;

/// A line above a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// Above the line of what.
    pub span: Span,
    /// What is said.
    pub title: String,
    /// The command behind it, with the number of the example that it is about; none where there is nothing to do.
    pub command: Option<(&'static str, Option<usize>)>,
}

/// Runs one example and says how it went.
pub const RUN_EXAMPLE: &str = "rubricc.runExample";
/// Runs all examples of a document and says how they went.
pub const RUN_EXAMPLES: &str = "rubricc.runExamples";

/// The lines above the parts of a document.
#[must_use]
pub fn all(cx: Context<'_>) -> Vec<Lens> {
    let Some(Meaning { program, .. }) = cx.document.fresh() else { return Vec::new() };
    let mut lenses: Vec<Lens> = sections(cx, program);
    if !cx.document.is_sound() {
        return lenses;
    }
    let went: Vec<(usize, &Example, Result<(), String>)> =
        program.examples.iter().enumerate().map(|(i, e)| (i, e, run(cx, program, e))).collect();
    if !went.is_empty() {
        let (all, passed) = (went.len(), went.iter().filter(|(.., r)| r.is_ok()).count());
        let title = cx.say(
            format!("运行全部示例：{all} 例通过 {passed} 例"),
            format!("run all examples: {passed} of {all} hold"),
        );
        lenses.push(Lens { span: Span::default(), title, command: Some((RUN_EXAMPLES, None)) });
    }
    for (index, example, went) in went {
        let title = match went {
            Ok(()) => cx.say("✓ 通过", "✓ holds"),
            Err(why) => format!("✗ {why}"),
        };
        lenses.push(Lens { span: example.span, title, command: Some((RUN_EXAMPLE, Some(index))) });
    }
    lenses.sort_by_key(|l| l.span.start);
    lenses
}

fn sections(cx: Context<'_>, program: &Program) -> Vec<Lens> {
    let holds = program.nodes.iter().filter(|n| !n.children.is_empty());
    let lens = |node: &rubric_program::Node| {
        let inner: Vec<_> = node.children.iter().filter_map(|id| program.nodes.get(id.0)).collect();
        let counted = inner.iter().filter(|n| !n.kind.outside());
        let sum = counted.filter_map(|n| n.points.as_ref()).fold(Exact::ZERO, |a, b| &a + b);
        let number = inner.len();
        if node.shared || sum.is_zero() {
            return Lens {
                span: node.span,
                title: cx.say(format!("{number} 项"), format!("{number} parts")),
                command: None,
            };
        }
        let sum = written::with_unit(&sum, Some("points"), cx.client.language);
        let title = cx.say(format!("{number} 项，合计 {sum}"), format!("{number} parts, {sum} together"));
        Lens { span: node.span, title, command: None }
    };
    holds.map(lens).collect()
}

/// Runs an example.
///
/// # Errors
/// The first expectation that does not hold, in the editor's language.
pub fn run(cx: Context<'_>, program: &Program, example: &Example) -> Result<(), String> {
    let run = examples::run(program, example).map_err(|_| cx.say("无法求值", "cannot be evaluated"))?;
    if !run.outcome.faults.is_empty() {
        return Err(cx.say("证据不能成立", "its evidence cannot be right"));
    }
    let Some((expectation, actual)) = run.missed.first() else { return Ok(()) };
    let (language, nothing) = (cx.client.language, actual.is_none());
    let what = target(program, expectation.target, language);
    let unit = match expectation.target {
        Target::Node(_) | Target::Total => Some("points"),
        Target::Output(id) => program.outputs.get(id.0).and_then(|o| written::unit_of(&o.value.ty)),
        _ => None,
    };
    let shown =
        |v: Option<&Value>| v.map_or_else(|| cx.say("无", "nothing"), |v| written::value(v, unit, language));
    let (expected, actual) = (shown(examples::value(&expectation.value).as_ref()), shown(actual.as_ref()));
    let who = example.units.get(expectation.unit).map(|u| u.id.as_str()).unwrap_or_default();
    let what = format!("{who} {what}");
    let what = what.trim();
    if nothing {
        let lacks = examples::lacking(program, example, expectation);
        let names: std::collections::BTreeSet<&str> =
            lacks.iter().map(|l| l.evidence.name.as_str()).collect();
        let names: Vec<&str> = names.into_iter().collect();
        if !names.is_empty() {
            return Err(cx.say(
                format!("{what}：缺少证据 {}", names.join("、")),
                format!("{what}: evidence is lacking: {}", names.join(", ")),
            ));
        }
    }
    Err(cx.say(
        format!("{what}：应为 {expected}，实为 {actual}"),
        format!("{what}: expected {expected}, actual {actual}"),
    ))
}

fn target(program: &Program, target: Target, language: Language) -> String {
    let say = |zh: &str, en: &str| if language == Language::Zh { zh.to_owned() } else { en.to_owned() };
    match target {
        Target::Node(id) | Target::Requirement(id) => {
            program.nodes.get(id.0).map(|n| n.number.clone()).unwrap_or_default()
        }
        Target::Total => say("总分", "total score"),
        Target::Rank => say("排名", "rank"),
        Target::Grade => say("等级", "grade"),
        Target::Output(id) => program.outputs.get(id.0).map(|o| o.name.clone()).unwrap_or_default(),
    }
}
