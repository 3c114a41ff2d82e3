//! What each rule comes to.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use rubric_program::{Effect, Entry, ExprKind, Key, PartSteps, Row, Rule, RuleKind, Ties, When};

use super::expr::row_for;
use super::value::{Gap, Number, Scalar, all, ratio, whole, zero};
use super::{At, Known, Line, Reference, Share};

/// What a rule comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effected {
    /// Points it moves the score by.
    Points(Number),
    /// The node ends at its full points.
    Full,
    /// The node ends at nothing.
    Nothing,
}

impl Effected {
    fn weight(&self) -> (u8, Number) {
        match self {
            Self::Points(p) => (0, p.abs()),
            Self::Full => (1, zero()),
            Self::Nothing => (2, zero()),
        }
    }
}

impl Reference<'_> {
    pub(super) fn rule(&self, rule: &Rule, unit: usize) -> Known<Effected> {
        let at = At::unit(unit);
        let effected = match &rule.kind {
            RuleKind::Require { .. } => return Ok(Effected::Points(zero())),
            RuleKind::Heaviest(members) => {
                let all = all(members.iter().map(|m| self.rule(m, unit)).collect())?;
                let mut best: Option<Effected> = None;
                for one in all {
                    if best.as_ref().is_none_or(|b| one.weight() > b.weight()) {
                        best = Some(one);
                    }
                }
                best.unwrap_or_else(|| Effected::Points(zero()))
            }
            RuleKind::Simple { when, effect, otherwise } => {
                self.simple(when, effect, otherwise.as_ref(), at)?
            }
            RuleKind::Table { subject, rows } => {
                let value = self.eval(subject, at)?;
                match self.mean(subject, rows, unit)? {
                    Some(mean) => Effected::Points(mean),
                    None => self.table_row(rows, &value, at)?,
                }
            }
        };
        let Some(cap) = &rule.cap else { return Ok(effected) };
        if let RuleKind::Simple { when: When::If(condition), otherwise: Some(_), .. } = &rule.kind
            && !self.flag(condition, at)?
        {
            return Ok(effected);
        }
        let cap = self.number(cap, at)?;
        assert!(!cap.is_negative(), "a cap below nothing in a checked program");
        Ok(match effected {
            Effected::Points(p) if p.is_negative() => Effected::Points(p.max(-cap)),
            Effected::Points(p) => Effected::Points(p.min(cap)),
            other => other,
        })
    }

    fn effect(&self, effect: &Effect, times: &Number, at: At<'_>) -> Known<Effected> {
        let (points, sign) = match effect {
            Effect::Deduct(points) => (points, -1),
            Effect::Award(points) => (points, 1),
            Effect::NoPoints => return Ok(Effected::Nothing),
            Effect::FullPoints => return Ok(Effected::Full),
        };
        let points = self.number(points, at)?;
        assert!(!points.is_negative(), "an amount below nothing in a checked program");
        Ok(Effected::Points(points * times * Number::from(BigInt::from(sign))))
    }

    fn simple(
        &self,
        when: &When,
        effect: &Effect,
        otherwise: Option<&Effect>,
        at: At<'_>,
    ) -> Known<Effected> {
        let nothing = Ok(Effected::Points(zero()));
        let times = match when {
            When::Always => whole(1),
            When::Each(count) => self.number(count, at)?,
            When::If(condition) => {
                let holds = self.flag(condition, at)?;
                return match if holds { Some(effect) } else { otherwise } {
                    Some(effect) => self.effect(effect, &whole(1), at),
                    None => nothing,
                };
            }
            When::Steps { value, limit, below, step, part } => {
                let ends = all(vec![self.number(value, at), self.number(limit, at)])?;
                let beyond = if *below { &ends[1] - &ends[0] } else { &ends[0] - &ends[1] };
                let steps = beyond.max(zero()) / ratio(step);
                match part {
                    PartSteps::Ignored => steps.floor(),
                    PartSteps::Counted => steps.ceil(),
                    PartSteps::ProRata => steps,
                }
            }
            When::EachRow { list, filter, distinct } => {
                return self.each_row(*list, filter.as_ref(), distinct, effect, at);
            }
        };
        if times.is_zero() { nothing } else { self.effect(effect, &times, at) }
    }

    fn each_row(
        &self,
        list: rubric_program::EvidenceId,
        filter: Option<&rubric_program::Expr>,
        distinct: &[rubric_program::FieldId],
        effect: &Effect,
        at: At<'_>,
    ) -> Known<Effected> {
        let mut seen: Vec<Vec<Known<Scalar>>> = Vec::new();
        let mut sum = zero();
        let mut verdict: Option<Effected> = None;
        for row in self.rows(list, at.unit)?.iter() {
            let on = At { row: Some(row), ..at };
            if !filter.map_or(Ok(true), |f| self.flag(f, on))? {
                continue;
            }
            let key = key(row, distinct);
            if !distinct.is_empty() && seen.contains(&key) {
                continue;
            }
            seen.push(key);
            match self.effect(effect, &whole(1), on)? {
                Effected::Points(p) => sum += p,
                other => verdict = Some(other),
            }
        }
        Ok(verdict.unwrap_or(Effected::Points(sum)))
    }

    fn table_row(&self, rows: &[Row], value: &Scalar, at: At<'_>) -> Known<Effected> {
        let row = row_for(rows, value).unwrap_or_else(|| panic!("no row of points for {value:?}"));
        match (&row.entry, &row.key, value) {
            (Entry::Points(effect), _, _) => self.effect(effect, &whole(1), at),
            (Entry::Falling { first, less }, Key::Places(from, _), Scalar::Number(place)) => {
                let further = place - Number::from(BigInt::from(*from));
                Ok(Effected::Points((ratio(first) - ratio(less) * further).max(zero())))
            }
            _ => Err(Gap::Missing),
        }
    }

    /// Equals share the mean of what their places would get, where the table says so.
    fn mean(&self, subject: &rubric_program::Expr, rows: &[Row], unit: usize) -> Known<Option<Number>> {
        let ExprKind::Place(id) = &subject.kind else { return Ok(None) };
        if self.program.places[id.0].ties != Ties::Mean {
            return Ok(None);
        }
        let Share { first, tied, .. } = self.place_share(*id, unit)?;
        let mut sum = zero();
        for place in first..first + tied {
            let place = Scalar::Number(Number::from(BigInt::from(place)));
            match self.table_row(rows, &place, At::unit(unit))? {
                Effected::Points(p) => sum += p,
                _ => return Ok(None),
            }
        }
        Ok(Some(sum / Number::from(BigInt::from(tied))))
    }
}

/// The fields by which rows count once.
fn key(row: &Line, distinct: &[rubric_program::FieldId]) -> Vec<Known<Scalar>> {
    distinct.iter().map(|field| row[field.0].clone()).collect()
}
