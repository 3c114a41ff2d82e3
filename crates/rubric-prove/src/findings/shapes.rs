//! R0908: tables whose rows go the wrong way, as one reads them: a better place that gets less, a better score that gets a
//! worse grade, points that fall and rise again.

use rubric_base::{Code, Span, Text};
use rubric_program::{Effect, Entry, Exact, Expr, ExprKind, GradeStep, Key, Row, Rule, RuleKind, Type};

use super::{Finder, finding, leaves};

/// All tables.
pub(super) fn find(finder: &mut Finder<'_>) {
    let program = finder.program;
    for node in &program.nodes {
        let mut rules: Vec<&Rule> = Vec::new();
        leaves(&node.rules, &mut rules);
        for rule in rules {
            if let RuleKind::Table { subject, rows } = &rule.kind {
                points(finder, subject, rows);
            }
        }
    }
    for (step, _) in program.grades.iter().flat_map(|g| &g.steps) {
        if let GradeStep::Table(subject, rows) = step {
            grades(finder, subject, rows);
        }
    }
}

/// A row and what it gives.
struct Step {
    gives: Exact,
    span: Span,
}

fn points(finder: &mut Finder<'_>, subject: &Expr, rows: &[Row]) {
    let steps: Option<Vec<Step>> = located(rows)
        .into_iter()
        .map(|(_, row)| Some(Step { gives: given(&row.entry)?, span: row.span }))
        .collect();
    let Some(steps) = steps else { return };
    if subject.ty == Type::Rank {
        // A better place gets no less: that is what places are for.
        if let Some((better, worse)) = rising(&steps) {
            let diagnostic = finding(
                Code::R0908,
                finder.place(worse.span),
                format!(
                    "名次靠后的反而多得：{} 分，前面的只有 {} 分",
                    shown(&worse.gives),
                    shown(&better.gives)
                ),
                format!(
                    "a worse place gets more: {} points, where a better one gets {}",
                    shown(&worse.gives),
                    shown(&better.gives)
                ),
            )
            .label(finder.place(better.span), Text::new("靠前的名次", "the better place"))
            .help(way_out());
            finder.report(diagnostic);
        }
        return;
    }
    if let Some((first, dip, last)) = valley(&steps) {
        let diagnostic = finding(
            Code::R0908,
            finder.place(dip.span),
            format!(
                "分数先降后升：这一行 {} 分，两边的却是 {} 分和 {} 分",
                shown(&dip.gives),
                shown(&first.gives),
                shown(&last.gives)
            ),
            format!(
                "the points fall and rise again: {} in this row, but {} and {} on either side",
                shown(&dip.gives),
                shown(&first.gives),
                shown(&last.gives)
            ),
        )
        .label(finder.place(first.span), Text::new("这边更高", "higher here"))
        .label(finder.place(last.span), Text::new("这边也更高", "and here"))
        .help(way_out());
        finder.report(diagnostic);
    }
}

fn way_out() -> Text {
    Text::new(
        "检查这几行的分数和界限是否写错；若原文如此，写「照原文 R0908 \"理由\"」",
        "look at the points and the limits of these rows; if the source prints it so, write `as printed R0908 \"reason\"`",
    )
}

fn shown(points: &Exact) -> String {
    points.to_string().replace('-', "−")
}

/// A higher score that gets a worse grade, or a worse place that gets a better one.
fn grades(finder: &mut Finder<'_>, subject: &Expr, rows: &[Row]) {
    let Some(declared) = &finder.program.grades else { return };
    let better_high = match &subject.kind {
        ExprKind::Total | ExprKind::Score(_) => true,
        ExprKind::Rank => false,
        _ => return,
    };
    let index = |row: &Row| match &row.entry {
        Entry::Value(Expr { kind: ExprKind::Text(name), .. }) => {
            let at = declared.names.iter().position(|g| g.name == *name)?;
            declared.names.get(at).filter(|g| g.ordered).map(|_| at)
        }
        _ => None,
    };
    let located = located(rows);
    let steps: Vec<(usize, &Row)> = located.iter().filter_map(|(_, row)| Some((index(row)?, *row))).collect();
    for pair in steps.windows(2) {
        let [(first, lower), (second, higher)] = pair else { continue };
        let wrong = if better_high { second > first } else { second < first };
        if !wrong {
            continue;
        }
        let name = |at: &usize| declared.names.get(*at).map(|g| g.name.clone()).unwrap_or_default();
        let (a, b) = (name(first), name(second));
        let (zh, en) = if better_high {
            (
                format!("分数高的反而等级低：高的为「{b}」，低的为「{a}」"),
                format!("a higher score gets a lower grade: `{b}`, where a lower one gets `{a}`"),
            )
        } else {
            (
                format!("名次靠后的反而等级高：靠后的为「{b}」，靠前的为「{a}」"),
                format!("a worse place gets a better grade: `{b}`, where a better one gets `{a}`"),
            )
        };
        let diagnostic = finding(Code::R0908, finder.place(higher.span), zh, en)
            .label(finder.place(lower.span), Text::new("与这一行相反", "this row is the other way round"))
            .help(Text::new(
                "检查这两行的等级和界限是否写反",
                "look whether the grades or the limits of the two were exchanged",
            ));
        finder.report(diagnostic);
        return;
    }
}

/// Signed points of a row that are the same for all it is for.
fn given(entry: &Entry) -> Option<Exact> {
    match entry {
        Entry::Points(Effect::Award(Expr { kind: ExprKind::Number(n), .. })) => Some(n.clone()),
        Entry::Points(Effect::Deduct(Expr { kind: ExprKind::Number(n), .. })) => Some(-n),
        Entry::Falling { first, .. } => Some(first.clone()),
        _ => None,
    }
}

/// The rows from the lowest values to the highest. The rest is taken in where it surely lies at one end.
fn located(rows: &[Row]) -> Vec<(Exact, &Row)> {
    let mut all: Vec<(Exact, &Row)> = Vec::new();
    let (mut from_above, mut from_below, mut both) = (false, false, false);
    for row in rows {
        match &row.key {
            Key::Band { low: Some(low), high: None, .. } => {
                from_above = true;
                all.push((low.clone(), row));
            }
            Key::Band { low: None, high: Some(high), .. } => {
                from_below = true;
                all.push((high.clone(), row));
            }
            Key::Band { low: Some(low), high: Some(_), .. } => {
                both = true;
                all.push((low.clone(), row));
            }
            Key::Places(first, _) => {
                from_below = true;
                all.push((Exact::from(*first), row));
            }
            _ => {}
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let rest = rows.iter().find(|row| row.key == Key::Otherwise);
    let ends = all.first().zip(all.last()).map(|(a, b)| (a.0.clone(), b.0.clone()));
    if let (Some(rest), Some((first, last)), false) = (rest, ends, both) {
        match (from_above, from_below) {
            (true, false) => all.insert(0, (first - Exact::ONE, rest)),
            (false, true) => all.push((last + Exact::ONE, rest)),
            _ => {}
        }
    }
    all
}

/// Two rows, one after the other, of which the second gives more.
fn rising(steps: &[Step]) -> Option<(&Step, &Step)> {
    steps.windows(2).find_map(|pair| match pair {
        [a, b] if b.gives > a.gives => Some((a, b)),
        _ => None,
    })
}

/// A row that gives less than one before it and one after it: of what is best in the middle there is none.
fn valley(steps: &[Step]) -> Option<(&Step, &Step, &Step)> {
    let mut highest: Option<&Step> = None;
    for (index, step) in steps.iter().enumerate() {
        if let Some(before) = highest.filter(|h| h.gives > step.gives) {
            let after = steps.get(index + 1..).unwrap_or_default();
            // The next row alone decides: the first that rises after a fall closes the valley.
            if let Some(next) = after.first().filter(|next| next.gives > step.gives) {
                return Some((before, step, next));
            }
        }
        if highest.is_none_or(|h| step.gives >= h.gives) {
            highest = Some(step);
        }
    }
    None
}
