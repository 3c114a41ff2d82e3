//! R0901: a grade that nobody can get; R0907: a quota that does nothing, or lets nobody in.

use rubric_base::{Code, Diagnostic, Span, Text};
use rubric_program::{Entry, Exact, ExprKind, GradeStep, Grades, Quota, QuotaLimit};

use super::{Finder, finding};
use crate::written;

pub(super) fn find(finder: &mut Finder<'_>) {
    let Some(grades) = &finder.program.grades else { return };
    let Some(possible) = finder.ranges.grades.clone() else { return };
    for (index, grade) in grades.names.iter().enumerate() {
        if !possible.values.contains(&grade.name) {
            let diagnostic = never(finder, grades, index);
            finder.report(diagnostic);
        }
    }
    for (step, span) in &grades.steps {
        if let GradeStep::Quota(quota) = step {
            let found = self::quota(finder, quota, *span);
            found.into_iter().for_each(|d| finder.report(d));
        }
    }
}

fn never(finder: &Finder<'_>, grades: &Grades, index: usize) -> Diagnostic {
    let name = grades.names.get(index).map(|g| g.name.as_str()).unwrap_or_default();
    let givers = givers(grades, index);
    let place = finder.place(givers.first().copied().unwrap_or(grades.span));
    let mut diagnostic = finding(
        Code::R0901,
        place,
        format!("没有一个单位能得到「{name}」"),
        format!("no unit can ever get the grade `{name}`"),
    );
    if givers.is_empty() {
        return diagnostic
            .here(Text::new(
                format!("列出了「{name}」，却没有一步给出它"),
                format!("`{name}` is listed, but no step gives it"),
            ))
            .help(Text::new(
                "加上给出它的一步，或从等级中删去",
                "add the step that gives it, or take it off the list",
            ));
    }
    if let Some(total) = &finder.ranges.total {
        let (low, high) = (&total.low, &total.high);
        diagnostic = diagnostic.here(Text::new(
            format!("总分只能在 {low} 分至 {high} 分之间"),
            format!("the total lies between {low} and {high} points"),
        ));
        if let (Some(span), true) = (finder.program.total.as_ref().map(|t| t.span), total.exact) {
            diagnostic = diagnostic.label(
                finder.place(span),
                Text::new(format!("最高得 {high} 分"), format!("{high} points at most")),
            );
        }
    }
    for span in givers.iter().skip(1) {
        diagnostic = diagnostic.label(finder.place(*span), Text::new("这里也给不出", "nor does this one"));
    }
    let help_zh = example(finder, rubric_base::Language::Zh)
        .map(|e| format!("得分最高的一例：{e}。"))
        .unwrap_or_default();
    let help_en = example(finder, rubric_base::Language::En)
        .map(|e| format!("the highest score found: {e}; "))
        .unwrap_or_default();
    diagnostic.help(Text::new(
        format!("{help_zh}改分数线，或从等级中删去「{name}」"),
        format!("{help_en}move the limits, or take `{name}` off the list"),
    ))
}

/// The best score that was tried, and its grade.
fn example(finder: &Finder<'_>, language: rubric_base::Language) -> Option<String> {
    let scored = finder.trials.all.iter().filter(|t| t.outcome.total.is_some());
    let best = scored.max_by_key(|t| t.outcome.total.clone())?;
    let total = written::number(best.outcome.total.as_ref()?, Some("points"), language);
    let grade = best.outcome.grade.clone()?;
    Some(match language {
        rubric_base::Language::Zh => format!("{total}，为「{grade}」"),
        rubric_base::Language::En => format!("{total}, `{grade}`"),
    })
}

/// Where a grade is given.
fn givers(grades: &Grades, index: usize) -> Vec<Span> {
    let name = grades.names.get(index).map(|g| g.name.as_str());
    let mut all = Vec::new();
    for (step, span) in &grades.steps {
        match step {
            GradeStep::Table(_, rows) => {
                let gives = |entry: &Entry| match entry {
                    Entry::Value(value) => {
                        matches!(&value.kind, ExprKind::Text(t) if Some(t.as_str()) == name)
                    }
                    _ => false,
                };
                all.extend(rows.iter().filter(|row| gives(&row.entry)).map(|row| row.span));
            }
            GradeStep::Give { grade, .. } | GradeStep::Veto { grade, .. } if *grade == index => {
                all.push(*span)
            }
            GradeStep::Change { to, .. } if *to == index => all.push(*span),
            GradeStep::Lower { named, .. } if named.iter().any(|(_, to)| *to == index) => all.push(*span),
            GradeStep::Quota(quota) if quota.beyond == index => all.push(*span),
            _ => {}
        }
    }
    all
}

fn quota(finder: &Finder<'_>, quota: &Quota, span: Span) -> Option<Diagnostic> {
    let names = &finder.program.grades.as_ref()?.names;
    let name = &names.get(quota.grade)?.name;
    let beyond = &names.get(quota.beyond)?.name;
    let say = |zh: String, en: String| Some(finding(Code::R0907, finder.place(span), zh, en));
    if quota.grade == quota.beyond {
        return say(
            format!("超额的「{name}」降为「{beyond}」，等于没有降"),
            format!("those beyond the quota fall from `{name}` to `{beyond}`: nothing changes"),
        );
    }
    match &quota.limit {
        QuotaLimit::Number(limit) => match &limit.domain {
            Some(d) if d.high.is_zero() => say(
                format!("「{name}」的名额是 0，谁也评不上"),
                format!("the quota of `{name}` is 0: nobody can keep it"),
            ),
            _ => None,
        },
        QuotaLimit::Share { share, of, .. } => {
            let domain = share.domain.as_ref()?;
            let all = of.is_none() && domain.low >= Exact::ONE;
            if domain.high.is_zero() {
                return say(
                    format!("「{name}」的名额是 0%，谁也评不上"),
                    format!("the quota of `{name}` is 0%: nobody can keep it"),
                );
            }
            all.then(|| {
                finding(
                    Code::R0907,
                    finder.place(span),
                    format!("「{name}」的名额不少于全部参评单位，永远用不完"),
                    format!("the quota of `{name}` is all the graded units or more: it can never bind"),
                )
            })
        }
    }
}
