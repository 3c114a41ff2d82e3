//! Quotas by definition: who keeps the grade is told by how many are strictly before, and how many are equal.

use rubric_program::{Population, Quota, QuotaLimit, Rounding};

use super::faults::Fault;
use super::value::{Gap, Number, Scalar, all, round, whole};
use super::{At, Known, Reference};

impl Reference<'_> {
    /// The grade of a holder after the quota.
    pub(super) fn after_quota(
        &self,
        quota: &Quota,
        unit: usize,
        before: &[Known<Option<usize>>],
        vetoed: &[bool],
    ) -> Known<usize> {
        let open = |u: usize| self.graded[u] && before[u].is_err();
        if (0..before.len()).any(open) {
            return Err(Gap::Missing);
        }
        let own = self.group(quota, unit)?;
        let mut rivals = Vec::new();
        for other in 0..before.len() {
            let holds = self.graded[other] && !vetoed[other] && before[other] == Ok(Some(quota.grade));
            if holds && self.group(quota, other)? == own {
                rivals.push(other);
            }
        }
        let keys = |u: usize| all(quota.keys.iter().map(|k| self.eval(&k.key, At::unit(u))).collect());
        let mine = keys(unit)?;
        let (mut better, mut equal) = (0, 0);
        for rival in &rivals {
            let order = self.order(&quota.keys, &keys(*rival)?, &mine);
            better += usize::from(order.is_lt());
            equal += usize::from(order.is_eq());
        }
        let places = self.places_of(quota, &rivals)?;
        let fits = whole(better + equal) <= places;
        let some_fit = whole(better) < places;
        Ok(if fits || (some_fit && !quota.ties_lose) { quota.grade } else { quota.beyond })
    }

    fn group(&self, quota: &Quota, unit: usize) -> Known<Option<Scalar>> {
        quota.each.map(|id| self.evidence(id, unit)).transpose()
    }

    /// The places of a group: all in it must say the same.
    fn places_of(&self, quota: &Quota, group: &[usize]) -> Known<Number> {
        match &quota.limit {
            QuotaLimit::Number(places) => self.same(places, group),
            QuotaLimit::Share { share, of, of_population, whole: mode } => {
                let all = *of_population == Population::All;
                let mut counted = Vec::new();
                for unit in (0..self.data.units.len()).filter(|u| all || self.graded[*u]) {
                    if of.as_ref().map_or(Ok(true), |of| self.flag(of, At::unit(unit)))? {
                        counted.push(unit);
                    }
                }
                let share = self.same(share, &counted)?;
                Ok(whole_of(&(share * whole(counted.len())), *mode))
            }
        }
    }

    /// What all units of a group say; nothing where there is none.
    fn same(&self, limit: &rubric_program::Expr, group: &[usize]) -> Known<Number> {
        let mut said: Option<Number> = None;
        for unit in group {
            let own = self.number(limit, At::unit(*unit))?;
            if said.as_ref().is_some_and(|said| *said != own) {
                self.fault(*unit, Fault::QuotaDiffers);
            }
            said = said.or(Some(own));
        }
        Ok(said.unwrap_or_else(|| whole(0)))
    }
}

fn whole_of(n: &Number, mode: Rounding) -> Number {
    round(n, &whole(1), mode)
}
