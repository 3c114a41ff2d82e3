//! What each rule says by itself: its occurrences, and their sum under its cap.

use std::collections::HashSet;

use rubric_base::Span;
use rubric_program::{
    Cell, Effect, Exact, Expr, FieldId, PartSteps, RecordRow, Rule, RuleId, RuleKind, Value, When,
};

use crate::aggregate::takes;
use crate::expression::Scope;
use crate::outcome::Reason;
use crate::stop::{Eval, EvalErrorKind, Stop};
use crate::tables;

/// An effect that sets the score instead of moving it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    Full,
    Nothing,
}

/// One time that a rule acts.
pub(crate) struct Occurrence<'r> {
    pub(crate) reason: Reason,
    /// Signed; nothing for a verdict.
    pub(crate) raw: Exact,
    pub(crate) verdict: Option<Verdict>,
    /// An earlier row had the same key, so that it does not count.
    pub(crate) duplicate: bool,
    pub(crate) row: Option<&'r RecordRow>,
    /// A row of a table fitted, or a condition held.
    pub(crate) matched: bool,
}

impl Occurrence<'_> {
    /// Whether it is what the rule does where its condition does not hold: no cap bounds that.
    pub(crate) const fn otherwise(&self) -> bool {
        matches!(self.reason, Reason::Condition(false))
    }

    fn plain(reason: Reason, effect: Acting, matched: bool) -> Self {
        let Acting { raw, verdict, .. } = effect;
        Self { reason, raw, verdict, duplicate: false, row: None, matched }
    }
}

/// An effect with its points worked out.
pub(crate) struct Acting {
    /// Points each time, without a sign.
    pub(crate) per: Exact,
    /// All together, signed.
    pub(crate) raw: Exact,
    pub(crate) verdict: Option<Verdict>,
}

/// What a rule amounts to, under its cap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Net {
    pub(crate) points: Exact,
    pub(crate) verdict: Option<Verdict>,
}

/// An effect so many times, above nothing.
pub(crate) fn act(scope: Scope<'_, '_>, effect: &Effect, times: &Exact) -> Eval<Acting> {
    let verdict = |v| Acting { per: Exact::ZERO, raw: Exact::ZERO, verdict: Some(v) };
    let (per, sign) = match effect {
        Effect::Deduct(expr) => (scope.amount(expr)?, Exact::from_int(-1)),
        Effect::Award(expr) => (scope.amount(expr)?, Exact::ONE),
        Effect::NoPoints => return Ok(verdict(Verdict::Nothing)),
        Effect::FullPoints => return Ok(verdict(Verdict::Full)),
    };
    let raw = &(&per * times) * &sign;
    Ok(Acting { per, raw, verdict: None })
}

/// The rule's points under its cap. The ids of rules that fired are added to `fired`.
pub(crate) fn net(scope: Scope<'_, '_>, rule: &Rule, fired: &mut Vec<RuleId>) -> Eval<Net> {
    let mut result = Net::default();
    let mut hit = false;
    let mut capped = true;
    match &rule.kind {
        RuleKind::Require { .. } => return Ok(result),
        RuleKind::Heaviest(members) => {
            let before = fired.len();
            if let Some((_, heaviest)) = heaviest(scope, members, fired)? {
                result = heaviest;
            }
            hit = fired.len() > before;
        }
        _ => occurrences(scope, rule, &mut |o: Occurrence<'_>| {
            hit |= o.matched || !o.raw.is_zero() || o.verdict.is_some();
            capped &= !o.otherwise();
            if !o.duplicate {
                result.points = &result.points + &o.raw;
                result.verdict = result.verdict.max(o.verdict);
            }
        })?,
    }
    if hit {
        fired.push(rule.id);
    }
    if let Some(cap) = rule.cap.as_ref().filter(|_| capped) {
        let cap = scope.amount(cap)?;
        result.points = result.points.min(cap.clone()).max(-cap);
    }
    Ok(result)
}

/// The member that weighs most: ending at nothing, then at full points, then by size; the first of equals.
pub(crate) fn heaviest(
    scope: Scope<'_, '_>,
    members: &[Rule],
    fired: &mut Vec<RuleId>,
) -> Eval<Option<(RuleId, Net)>> {
    let mut best: Option<(RuleId, Net)> = None;
    for member in members {
        let net = net(scope, member, fired)?;
        let weight = |n: &Net| (n.verdict, n.points.abs());
        if best.as_ref().is_none_or(|(_, b)| weight(&net) > weight(b)) {
            best = Some((member.id, net));
        }
    }
    Ok(best)
}

/// Every time that a rule acts, in the order of the evidence.
pub(crate) fn occurrences<'s>(
    scope: Scope<'s, '_>,
    rule: &Rule,
    sink: &mut dyn FnMut(Occurrence<'s>),
) -> Eval<()> {
    let (when, effect, otherwise) = match &rule.kind {
        RuleKind::Simple { when, effect, otherwise } => (when, effect, otherwise.as_ref()),
        RuleKind::Table { subject, rows } => {
            sink(tables::occurrence(scope, subject, rows)?);
            return Ok(());
        }
        RuleKind::Heaviest(_) | RuleKind::Require { .. } => return Ok(()),
    };
    match when {
        When::Always => sink(Occurrence::plain(Reason::Always, act(scope, effect, &Exact::ONE)?, false)),
        When::Each(count) => {
            let count = scope.amount(count)?;
            if !count.is_zero() {
                let acting = act(scope, effect, &count)?;
                let reason = Reason::Each { count, per: acting.per.clone() };
                sink(Occurrence::plain(reason, acting, false));
            }
        }
        When::EachRow { list, filter, distinct } => {
            let rows = scope.state.rows(*list, scope.unit)?;
            each_row(scope, rows, filter.as_ref(), distinct, effect, sink)?;
        }
        When::Steps { .. } => steps(scope, when, effect, rule.span, sink)?,
        When::If(condition) => {
            let holds = scope.flag(condition)?;
            if let Some(effect) = if holds { Some(effect) } else { otherwise } {
                let acting = act(scope, effect, &Exact::ONE)?;
                sink(Occurrence::plain(Reason::Condition(holds), acting, holds));
            }
        }
    }
    Ok(())
}

fn each_row<'s>(
    scope: Scope<'s, '_>,
    rows: &'s [RecordRow],
    filter: Option<&Expr>,
    distinct: &[FieldId],
    effect: &Effect,
    sink: &mut dyn FnMut(Occurrence<'s>),
) -> Eval<()> {
    let mut seen = HashSet::new();
    for (index, row) in rows.iter().enumerate() {
        if !takes(scope, row, filter)? {
            continue;
        }
        let duplicate = !distinct.is_empty() && !seen.insert(key(row, distinct));
        let acting = match act(scope.on(row), effect, &Exact::ONE) {
            // It does not count, so that what it leaves out does not matter.
            Err(Stop::Gap(_)) if duplicate => continue,
            acting => acting?,
        };
        let reason = Reason::Row { row: index, per: acting.per.clone() };
        let verdict = acting.verdict.filter(|_| !duplicate);
        sink(Occurrence { reason, raw: acting.raw, verdict, duplicate, row: Some(row), matched: true });
    }
    Ok(())
}

/// A value that can be looked up.
#[derive(PartialEq, Eq, Hash)]
enum Part<'r> {
    LeftOut,
    Number(&'r Exact),
    Flag(bool),
    Text(&'r str),
}

/// The fields by which rows count once; what was left out equals what was left out.
fn key<'r>(row: &'r RecordRow, distinct: &[FieldId]) -> Vec<Part<'r>> {
    let part = |cell: Option<&'r Cell>| match cell.and_then(|c| c.value.as_ref()) {
        None => Part::LeftOut,
        Some(Value::Number(n)) => Part::Number(n),
        Some(Value::Flag(b)) => Part::Flag(*b),
        Some(Value::Text(t)) => Part::Text(t),
    };
    distinct.iter().map(|field| part(row.cells.get(field.0))).collect()
}

fn steps<'s>(
    scope: Scope<'s, '_>,
    when: &When,
    effect: &Effect,
    span: Span,
    sink: &mut dyn FnMut(Occurrence<'s>),
) -> Eval<()> {
    let When::Steps { value, limit, below, step, part } = when else { return Ok(()) };
    let (value, limit) = (scope.number(value)?, scope.number(limit)?);
    let distance = if *below { limit - value } else { value - limit }.max(Exact::ZERO);
    let steps = match part {
        PartSteps::Ignored => Some(distance.floor_steps(step)),
        PartSteps::Counted => Some(distance.ceil_steps(step)),
        PartSteps::ProRata => distance.checked_div(step),
    };
    let steps = match steps {
        Some(steps) if !step.is_zero() => steps,
        _ => return scope.state.fail(scope.unit, span, EvalErrorKind::DivisionByZero),
    };
    if !steps.is_zero() {
        let acting = act(scope, effect, &steps)?;
        let reason = Reason::Steps { distance, steps, per: acting.per.clone() };
        sink(Occurrence::plain(reason, acting, false));
    }
    Ok(())
}
