//! R0908: a named value or an output that moves one way within every row of its table, and the other way at an edge.
//!
//! Seventy per cent of up to fifty, sixty of more: each case more asks for more, only the fifty-first asks for less. No
//! direction need be declared for that: the rows say themselves which way it goes.

use rubric_base::{Code, Language, Span, Text};
use rubric_eval::UnitOutcome;
use rubric_program::{EvidenceId, Exact, Expr, ExprKind, Key, Named, Row, Type, Value};

use super::{Finder, finding};
use crate::cases::{self, Given};
use crate::claims::Claim;
use crate::reads::Reads;
use crate::written;

/// The most edges of a table that are looked at.
const MOST: usize = 12;

/// What is looked at.
#[derive(Clone, Copy)]
enum What {
    Let(usize),
    Output(usize),
}

pub(super) fn find(finder: &mut Finder<'_>) {
    let program = finder.program;
    let lets = program.lets.iter().enumerate().map(|(i, named)| (What::Let(i), named));
    let outputs = program.outputs.iter().enumerate().map(|(i, named)| (What::Output(i), named));
    for (what, named) in lets.chain(outputs) {
        if let ExprKind::Table(subject, rows) = &named.value.kind
            && matches!(named.value.ty, Type::Number(_))
        {
            table(finder, what, named, (subject, rows));
        }
    }
}

/// A value of the evidence, and what came out for it.
type Point = (Exact, Option<Claim>);

fn table<'a>(finder: &mut Finder<'a>, what: What, named: &'a Named, (subject, rows): (&'a Expr, &'a [Row])) {
    let ExprKind::Evidence(id) = subject.kind else { return };
    let reads = Reads::of(finder.program, &named.value);
    let moves = rows.iter().filter_map(Row::value).any(|v| !matches!(v.kind, ExprKind::Number(_)));
    if reads.others || reads.evidence.len() != 1 || !moves {
        return;
    }
    let Some(pieces) = pieces(finder, id, rows) else { return };
    let mut claim =
        |n: &Exact| (n.clone(), finder.claims.add(&vec![(id, Given::One(Value::Number(n.clone())))]));
    let pieces: Vec<Vec<Point>> = pieces.iter().map(|piece| piece.iter().map(&mut claim).collect()).collect();
    let (place, name, value) = (finder.place(named.span), &named.name, &named.value);
    let spans: Vec<(Key, Span)> = rows.iter().map(|row| (row.key.clone(), row.span)).collect();
    let declared = finder.program.evidence.get(id.0);
    let (evidence, unit) = declared.map(|e| (e.name.as_str(), cases::unit(&e.ty))).unwrap_or_default();
    let file = finder.file;
    finder.pending.push(Box::new(move |answers| {
        let of = |point: &Point| number(answers.unit(point.1)?, what);
        let (up, (a, b)) = against(&pieces, &of)?;
        let (x, y) = (of(&a)?, of(&b)?);
        let ty = if let Type::Number(unit) = value.ty { unit } else { None };
        let say = |language| {
            let n = |n: &Exact, unit| written::number(n, unit, language);
            (n(&a.0, unit), n(&x, ty), n(&b.0, unit), n(&y, ty))
        };
        let ((a_zh, x_zh, b_zh, y_zh), (a_en, x_en, b_en, y_en)) = (say(Language::Zh), say(Language::En));
        let (way_zh, way_en) = if up { ("减少", "falls") } else { ("增加", "rises") };
        let mut diagnostic = finding(
            Code::R0908,
            place,
            format!("「{evidence}」为 {a_zh} 时，「{name}」是 {x_zh}；到 {b_zh} 反而{way_zh}到 {y_zh}"),
            format!("at {evidence} = {a_en} `{name}` is {x_en}, but at {b_en} it {way_en} to {y_en}"),
        )
        .help(Text::new(
            "各档之内同向变动，到界限处却反了：可在较高的一档写「较大(…)」接上；若原文如此，写「照原文 R0908 \"理由\"」",
            "within each row it moves one way and at the edge the other: join the rows with `larger(…)`; if the source prints it so, write `as printed R0908 \"reason\"`",
        ));
        for (at, text) in [(&a.0, Text::new(x_zh.as_str(), x_en.as_str())), (&b.0, Text::new(y_zh.as_str(), y_en.as_str()))] {
            if let Some((_, span)) = spans.iter().find(|(key, _)| fits(key, at)) {
                diagnostic = diagnostic.label(rubric_base::Place { file, span: *span }, text);
            }
        }
        Some(diagnostic)
    }));
}

fn number(unit: &UnitOutcome, what: What) -> Option<Exact> {
    let value = match what {
        What::Let(id) => unit.lets.get(id)?,
        What::Output(id) => unit.outputs.get(id)?,
    };
    if let Some(Value::Number(n)) = value { Some(n.clone()) } else { None }
}

/// Each stretch between two edges, by its first value and its last; nothing where there are no edges, or too many.
fn pieces(finder: &Finder<'_>, id: EvidenceId, rows: &[Row]) -> Option<Vec<[Exact; 2]>> {
    let ty = &finder.program.evidence.get(id.0)?.ty;
    let ((range, _), grain) = (cases::number(ty)?, cases::grain(ty)?);
    let (low, high) = (range.low()?.clone(), range.high()?.clone());
    // The first value of each row that begins within the range.
    let mut starts: Vec<Exact> = Vec::new();
    for row in rows {
        let Key::Band { low, low_open, high, high_open } = &row.key else { continue };
        let next = |n: &Exact| (n.floor_steps(&grain) + Exact::ONE) * &grain;
        let here = |n: &Exact| n.ceil_steps(&grain) * &grain;
        starts.extend(low.iter().map(|n| if *low_open { next(n) } else { here(n) }));
        starts.extend(high.iter().map(|n| if *high_open { here(n) } else { next(n) }));
    }
    starts.retain(|n| *n > low && *n <= high);
    starts.sort();
    starts.dedup();
    if starts.is_empty() || starts.len() > MOST {
        return None;
    }
    let mut all = Vec::new();
    let mut from = low;
    for start in starts {
        all.push([from, &start - &grain]);
        from = start;
    }
    // Of the last stretch as much again is enough.
    let far = (&from + &from).min(high).max(from.clone());
    all.push([from, far]);
    Some(all)
}

/// Whether the value rises within the stretches, and the two values at an edge between which it falls; or the other way.
fn against(pieces: &[Vec<Point>], of: &impl Fn(&Point) -> Option<Exact>) -> Option<(bool, (Point, Point))> {
    let ends: Option<Vec<(Exact, Exact)>> =
        pieces.iter().map(|p| Some((of(p.first()?)?, of(p.last()?)?))).collect();
    let ends = ends?;
    let (rises, falls) = (ends.iter().any(|(a, b)| b > a), ends.iter().any(|(a, b)| b < a));
    if rises == falls {
        return None;
    }
    let jump = ends.windows(2).zip(pieces.windows(2)).find_map(|(values, points)| {
        let ([(_, before), (after, _)], [left, right]) = (values, points) else { return None };
        let wrong = if rises { after < before } else { after > before };
        wrong.then(|| Some((left.last()?.clone(), right.first()?.clone())))?
    })?;
    Some((rises, jump))
}

fn fits(key: &Key, at: &Exact) -> bool {
    match key {
        Key::Band { low, low_open, high, high_open } => {
            let above = low.as_ref().is_none_or(|l| l < at || (!low_open && l == at));
            above && high.as_ref().is_none_or(|h| h > at || (!high_open && h == at))
        }
        Key::Otherwise => true,
        _ => false,
    }
}
