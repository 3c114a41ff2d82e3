//! `rubricc check --report`: what can come out of a rubric, as reports show it.

use rubric_partial::{OpenValue, Possible, Range};
use rubric_program::{Exact, NodeId, Program, Type};
use rubric_prove::{Ranges, RuleRange};
use rubric_report::partial::{OpenView, PossibleView, RangeView};
use rubric_report::proofs::{NodeReport, OutputReport, PrintedReport, Report, RuleReport};

use crate::load::{Loaded, Session};
use crate::written::{decimal, unit_of};

/// The longest text of a rule that a table shows, in characters.
const LONGEST: usize = 36;

/// What can come out of a rubric; nothing where it has errors.
pub fn report(loaded: &Loaded, session: &Session) -> Option<Report> {
    let (program, ranges) = (loaded.program.as_ref()?, loaded.ranges.as_ref()?);
    let nodes = (0..program.nodes.len()).filter_map(|id| node(program, ranges, loaded, session, NodeId(id)));
    let outputs = program.outputs.iter().zip(&ranges.outputs).map(|(named, value)| OutputReport {
        name: named.name.clone(),
        value: value.as_ref().and_then(|v| open(v, &named.value.ty)),
    });
    Some(Report {
        file: session.sources.get(loaded.file).map(|s| s.name().to_owned()).unwrap_or_default(),
        title: program.title.clone(),
        total: ranges.total.as_ref().map(|r| range(r, None)),
        points: program.total.as_ref().and_then(|t| Some(t.points.as_ref()?.to_string())),
        grades: ranges.grades.as_ref().map(possible),
        nodes: nodes.collect(),
        outputs: outputs.collect(),
        as_printed: printed(loaded, session),
    })
}

fn printed(loaded: &Loaded, session: &Session) -> Vec<PrintedReport> {
    let one = |(finding, reason): &(rubric_base::Diagnostic, String)| PrintedReport {
        code: finding.code.name().to_owned(),
        line: line(loaded, session, finding.span().start),
        message: finding.message.get(session.language).to_owned(),
        reason: reason.clone(),
    };
    loaded.silenced.iter().map(one).collect()
}

fn line(loaded: &Loaded, session: &Session, at: u32) -> usize {
    session.sources.get(loaded.file).map_or(1, |s| s.line_column(at).line)
}

fn node(
    program: &Program,
    ranges: &Ranges,
    loaded: &Loaded,
    session: &Session,
    id: NodeId,
) -> Option<NodeReport> {
    let node = program.nodes.get(id.0)?;
    let (mut depth, mut up) = (0, node.parent);
    while let Some(parent) = up {
        depth += 1;
        up = program.nodes.get(parent.0)?.parent;
    }
    let first = ranges.rules.partition_point(|r| r.node < id);
    let rules = ranges.rules.iter().skip(first).take_while(|r| r.node == id);
    Some(NodeReport {
        number: node.number.clone(),
        title: node.title.clone(),
        depth,
        points: node.points.as_ref().map(ToString::to_string),
        score: ranges.nodes.get(id.0)?.as_ref().map(|r| range(r, None)),
        requirement: ranges.requirements.get(id.0)?.as_ref().map(possible),
        rules: rules.map(|r| rule(r, loaded, session)).collect(),
    })
}

fn rule(rule: &RuleRange, loaded: &Loaded, session: &Session) -> RuleReport {
    let words: Vec<&str> = rule.span.of(session.text(loaded.file)).split_whitespace().collect();
    let words = words.join(" ");
    let mut text: String = words.chars().take(LONGEST).collect();
    if text.len() < words.len() {
        text.push('…');
    }
    let most = Exact::from_int(1_000_000);
    RuleReport {
        line: line(loaded, session, rule.span.start),
        text,
        moves: range(&rule.points, None),
        unlimited: rule.points.low.abs() >= most || rule.points.high >= most,
        no_points: rule.nothing,
        full_points: rule.full,
    }
}

fn range(range: &Range, unit: Option<&'static str>) -> RangeView {
    RangeView { low: decimal(&range.low, unit), high: decimal(&range.high, unit), exact: range.exact }
}

fn possible<T: Clone>(possible: &Possible<T>) -> PossibleView<T> {
    PossibleView { possible: possible.values.clone(), exact: possible.exact }
}

fn open(value: &OpenValue, ty: &Type) -> Option<OpenView> {
    Some(match value {
        OpenValue::Number(r) => OpenView::Number(range(r, unit_of(ty))),
        OpenValue::Flag(p) => OpenView::Flag(possible(p)),
        OpenValue::Text(p) => OpenView::Text(possible(p)),
        OpenValue::AnyText => return None,
    })
}
