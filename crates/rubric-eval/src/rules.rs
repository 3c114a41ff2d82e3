//! What each rule of a node contributes.

use std::collections::HashSet;

use rubric_base::{Place, Span};
use rubric_program::{
    Effect, Entry as RowEntry, EvidenceId, Exact, Expr, ExprKind, FieldId, Key, PartSteps, RecordRow, Row,
    Rule, RuleId, RuleKind, Ties, Value, When,
};

use crate::evidence_of::evidence_of;
use crate::expression::{row_for, wrong_type};
use crate::outcome::{Absorbed, AbsorbedBy, Reason};
use crate::state::{Gap, Known, State, known};

/// One contribution of a rule, before the node's own limits.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) rule: RuleId,
    pub(crate) span: Span,
    pub(crate) reason: Reason,
    /// What the rule says, signed.
    pub(crate) raw: Exact,
    /// What is left after duplicates, cap and group, signed.
    pub(crate) kept: Exact,
    pub(crate) absorbed: Vec<Absorbed>,
    pub(crate) evidence: Vec<EvidenceId>,
    pub(crate) places: Vec<Place>,
}

impl Part {
    /// Keeps at most `most` of it, without sign; the rest is absorbed.
    pub(crate) fn limit(&mut self, most: &Exact, by: AbsorbedBy) {
        let size = self.kept.abs();
        if size > *most {
            self.absorbed.push(Absorbed { by, points: &size - most });
            self.kept = if self.kept.is_negative() { -most } else { most.clone() };
        }
    }
}

/// What a rule, or all rules of a node, contribute.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parts {
    pub(crate) parts: Vec<Part>,
    /// The rule that ends the node at nothing.
    pub(crate) no_points: Option<Part>,
    /// The rule that ends it at its full points.
    pub(crate) full_points: Option<Part>,
}

impl Parts {
    fn size(&self) -> Exact {
        self.parts.iter().map(|p| p.kept.abs()).sum()
    }

    pub(crate) fn extend(&mut self, other: Self) {
        self.parts.extend(other.parts);
        self.no_points = self.no_points.take().or(other.no_points);
        self.full_points = self.full_points.take().or(other.full_points);
    }
}

/// A unit, and a row of one of its lists where a rule stands in one.
#[derive(Clone, Copy)]
struct At<'r> {
    unit: usize,
    row: Option<&'r RecordRow>,
}

impl State<'_> {
    /// What a rule contributes to a node for one unit.
    pub(crate) fn parts_of(&self, rule: &Rule, unit: usize) -> Known<Parts> {
        let mut parts = match &rule.kind {
            RuleKind::Simple { when, effect, otherwise } => {
                self.simple(rule, when, effect, otherwise.as_ref(), unit)?
            }
            RuleKind::Table { subject, rows } => self.by_table(rule, subject, rows, unit)?,
            RuleKind::Heaviest(members) => self.heaviest(members, unit)?,
            RuleKind::Require { .. } => Parts::default(),
        };
        if let Some(cap) = &rule.cap {
            let mut left = self.number(cap, unit, None)?;
            for part in &mut parts.parts {
                part.limit(&left, AbsorbedBy::Cap);
                left = left - part.kept.abs();
            }
        }
        Ok(parts)
    }

    fn simple(
        &self,
        rule: &Rule,
        when: &When,
        effect: &Effect,
        otherwise: Option<&Effect>,
        unit: usize,
    ) -> Known<Parts> {
        let at = At { unit, row: None };
        match when {
            When::Always => self.effect(rule, effect, at, Reason::Always, &Exact::ONE, &[]),
            When::If(condition) => {
                let holds = self.flag(condition, unit, None)?;
                let evidence = evidence_of(&[condition]);
                match (holds, otherwise) {
                    (true, _) => {
                        self.effect(rule, effect, at, Reason::Condition(true), &Exact::ONE, &evidence)
                    }
                    (false, Some(effect)) => {
                        self.effect(rule, effect, at, Reason::Condition(false), &Exact::ONE, &evidence)
                    }
                    (false, None) => Ok(Parts::default()),
                }
            }
            When::Each(count) => {
                let times = self.number(count, unit, None)?;
                let evidence = evidence_of(&[count]);
                let per = self.amount(effect, at)?;
                self.effect(rule, effect, at, Reason::Each { count: times.clone(), per }, &times, &evidence)
            }
            When::EachRow { list, filter, distinct } => {
                self.each_row(rule, *list, filter.as_ref(), distinct, effect, unit)
            }
            When::Steps { value, limit, below, step, part } => {
                let (x, l) = (self.number(value, unit, None)?, self.number(limit, unit, None)?);
                let distance = if *below { l - x } else { x - l }.max(Exact::ZERO);
                let steps = match part {
                    PartSteps::Ignored => distance.floor_steps(step),
                    PartSteps::Counted => distance.ceil_steps(step),
                    PartSteps::ProRata => distance.checked_div(step).unwrap_or(Exact::ZERO),
                };
                let per = self.amount(effect, at)?;
                let reason = Reason::Steps { distance, steps: steps.clone(), per };
                self.effect(rule, effect, at, reason, &steps, &evidence_of(&[value, limit]))
            }
        }
    }

    /// The points of an effect, without sign.
    fn amount(&self, effect: &Effect, at: At<'_>) -> Known<Exact> {
        match effect {
            Effect::Deduct(points) | Effect::Award(points) => self.number(points, at.unit, at.row),
            Effect::NoPoints | Effect::FullPoints => Ok(Exact::ZERO),
        }
    }

    /// One effect, so many times; nothing where that is no time at all.
    fn effect(
        &self,
        rule: &Rule,
        effect: &Effect,
        at: At<'_>,
        reason: Reason,
        times: &Exact,
        evidence: &[EvidenceId],
    ) -> Known<Parts> {
        if times.is_zero() {
            return Ok(Parts::default());
        }
        let size = self.amount(effect, at)? * times;
        let mut evidence = evidence.to_vec();
        if let Effect::Deduct(points) | Effect::Award(points) = effect {
            evidence.extend(evidence_of(&[points]));
        }
        let raw = if matches!(effect, Effect::Deduct(_)) { -size } else { size };
        let mut part = self.part(rule, reason, raw, evidence, at.unit);
        part.places.extend(at.row.and_then(|r| r.place));
        Ok(match effect {
            Effect::Deduct(_) | Effect::Award(_) if part.raw.is_zero() => Parts::default(),
            Effect::Deduct(_) | Effect::Award(_) => Parts { parts: vec![part], ..Parts::default() },
            Effect::NoPoints => {
                part.reason = Reason::NoPoints;
                Parts { no_points: Some(part), ..Parts::default() }
            }
            Effect::FullPoints => {
                part.reason = Reason::FullPoints;
                Parts { full_points: Some(part), ..Parts::default() }
            }
        })
    }

    fn part(&self, rule: &Rule, reason: Reason, raw: Exact, evidence: Vec<EvidenceId>, unit: usize) -> Part {
        let places = evidence.iter().filter_map(|id| self.cell(*id, unit)?.place).collect();
        Part {
            rule: rule.id,
            span: rule.span,
            reason,
            kept: raw.clone(),
            raw,
            absorbed: Vec::new(),
            evidence,
            places,
        }
    }

    fn each_row(
        &self,
        rule: &Rule,
        list: EvidenceId,
        filter: Option<&Expr>,
        distinct: &[FieldId],
        effect: &Effect,
        unit: usize,
    ) -> Known<Parts> {
        let rows = self.rows(list, unit).ok_or_else(|| self.gap(list, unit))?;
        let mut seen: HashSet<Vec<Option<Value>>> = HashSet::new();
        let mut all = Parts::default();
        for (index, row) in rows.iter().enumerate() {
            if !filter.map_or(Ok(true), |f| self.flag(f, unit, Some(row)))? {
                continue;
            }
            let at = At { unit, row: Some(row) };
            let mut parts = self.effect(rule, effect, at, Reason::Row(index), &Exact::ONE, &[])?;
            for part in &mut parts.parts {
                part.evidence.insert(0, list);
            }
            let key = || distinct.iter().map(|f| row.cells.get(f.0).and_then(|c| c.value.clone())).collect();
            if !distinct.is_empty() && !seen.insert(key()) {
                parts.parts.iter_mut().for_each(|p| p.limit(&Exact::ZERO, AbsorbedBy::Duplicate));
            }
            all.extend(parts);
        }
        Ok(all)
    }

    fn by_table(&self, rule: &Rule, subject: &Expr, rows: &[Row], unit: usize) -> Known<Parts> {
        let at = At { unit, row: None };
        let value = self.value(subject, unit, None)?;
        let evidence = self.subject_evidence(subject);
        let Some(row) = row_for(rows, &value) else { return Ok(Parts::default()) };
        let reason = Reason::TableRow(value);
        if let Some(raw) = self.shared_mean(subject, rows, unit)? {
            let part = self.part(rule, reason, raw, evidence, unit);
            return Ok(Parts { parts: vec![part], ..Parts::default() });
        }
        match &row.entry {
            RowEntry::Points(effect) => self.effect(rule, effect, at, reason, &Exact::ONE, &evidence),
            RowEntry::Falling { .. } => {
                let raw = self.place_points(row, &self.number(subject, unit, None)?, at)?;
                let part = self.part(rule, reason, raw, evidence, unit);
                Ok(Parts { parts: vec![part], ..Parts::default() })
            }
            RowEntry::Value(_) => Err(wrong_type(subject)),
        }
    }

    /// The evidence of a subject; for a place that of the value ranked.
    fn subject_evidence(&self, subject: &Expr) -> Vec<EvidenceId> {
        match &subject.kind {
            ExprKind::Place(id) => {
                self.program.places.get(id.0).map(|p| evidence_of(&[&p.order.key])).unwrap_or_default()
            }
            _ => evidence_of(&[subject]),
        }
    }

    /// Signed points of a row at a place.
    fn place_points(&self, row: &Row, place: &Exact, at: At<'_>) -> Known<Exact> {
        match (&row.entry, &row.key) {
            (RowEntry::Falling { first, less }, Key::Places(from, _)) => {
                let further = place - Exact::from(*from);
                Ok((first - less * &further).max(Exact::ZERO))
            }
            (RowEntry::Points(effect @ Effect::Deduct(_)), _) => Ok(-self.amount(effect, at)?),
            (RowEntry::Points(effect), _) => self.amount(effect, at),
            _ => Ok(Exact::ZERO),
        }
    }

    /// Where ties share the mean: the mean of what the places they take up would get.
    fn shared_mean(&self, subject: &Expr, rows: &[Row], unit: usize) -> Known<Option<Exact>> {
        let ExprKind::Place(id) = subject.kind else { return Ok(None) };
        if self.program.places.get(id.0).is_none_or(|p| p.ties != Ties::Mean) {
            return Ok(None);
        }
        let (first, sharing) = known(&self.places, id.0, unit)?;
        let at = At { unit, row: None };
        let mut sum = Exact::ZERO;
        for place in first..first + sharing {
            let place = Exact::from(place);
            if let Some(row) = row_for(rows, &Value::Number(place.clone())) {
                sum = sum + self.place_points(row, &place, at)?;
            }
        }
        Ok(sum.checked_div(&Exact::from(sharing)))
    }

    /// Of several rules the heaviest; the first of equals.
    fn heaviest(&self, members: &[Rule], unit: usize) -> Known<Parts> {
        let all: Known<Vec<Parts>> = members.iter().map(|rule| self.parts_of(rule, unit)).collect();
        let mut all = all?;
        let mut best = 0;
        for (i, parts) in all.iter().enumerate() {
            if all.get(best).is_some_and(|b| parts.size() > b.size()) {
                best = i;
            }
        }
        let winner = members.get(best).map_or(RuleId(0), |rule| rule.id);
        for (i, parts) in all.iter_mut().enumerate() {
            if i != best {
                parts.parts.iter_mut().for_each(|p| p.limit(&Exact::ZERO, AbsorbedBy::Heavier(winner)));
            }
        }
        let mut together = Parts::default();
        all.into_iter().for_each(|parts| together.extend(parts));
        Ok(together)
    }

    /// Whether a requirement is met: evidence that was left out does not meet it.
    pub(crate) fn met(&self, condition: &Expr, unit: usize) -> Known<bool> {
        match self.flag(condition, unit, None) {
            Err(Gap::Absent) => Ok(false),
            other => other,
        }
    }
}
