//! What is wrong with evidence that has the right form.

use std::collections::BTreeSet;

use rubric_program::{EvidenceId, EvidenceType, Verify};

use super::{At, Reference};

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A check does not hold.
    Verify,
    /// Working days are counted from or to a day outside the calendar.
    OutsideCalendar,
    /// Units of one group state different quotas.
    QuotaDiffers,
    /// The imported result has no such subject.
    NotImported,
    /// No clause applies.
    NothingApplies,
}

impl Reference<'_> {
    pub(super) fn fault(&self, unit: usize, fault: Fault) {
        self.faults.borrow_mut().insert((unit, fault));
    }

    /// All faults: everything is asked for once.
    #[must_use]
    pub fn faults(&self) -> Vec<(usize, Fault)> {
        let _ = self.breaking();
        self.columns();
        for unit in (0..self.data.units.len()).filter(|u| self.graded[*u]) {
            self.joined(unit);
            (0..self.program.lets.len()).for_each(|id| drop(self.let_value(id, unit)));
            for id in 0..self.program.nodes.len() {
                let _ = self.requirement(id, unit);
                self.advice(id, unit);
                if self.has_score(id) {
                    let _ = self.node(id, unit);
                }
            }
            let _ = (self.total(unit), self.grade(unit));
            if self.program.ranking.is_some() {
                let _ = self.rank(unit);
            }
            (0..self.program.outputs.len()).for_each(|id| drop(self.output(id, unit)));
        }
        self.faults.borrow().iter().copied().collect()
    }

    /// The units that break a check.
    #[must_use]
    pub fn breaking(&self) -> BTreeSet<usize> {
        for unit in 0..self.data.units.len() {
            let verify = self.program.verify.iter().filter(|v| !v.graded_only || self.graded[unit]);
            verify.for_each(|v| self.verify(v, unit));
        }
        let faults = self.faults.borrow();
        faults.iter().filter(|(_, fault)| *fault == Fault::Verify).map(|(unit, _)| *unit).collect()
    }

    /// Computed columns belong to the evidence of every unit, scored or not.
    fn columns(&self) {
        let lists = self.program.evidence.iter().enumerate();
        for (id, _) in lists.filter(|(_, e)| matches!(e.ty, EvidenceType::List { .. })) {
            (0..self.data.units.len()).for_each(|unit| drop(self.rows(EvidenceId(id), unit)));
        }
    }

    /// What is not known breaks no check.
    fn verify(&self, verify: &Verify, unit: usize) {
        let broken = |at: At<'_>| self.flag(&verify.condition, at) == Ok(false);
        let breach = match verify.list {
            None => broken(At::unit(unit)),
            Some(list) => self
                .rows(list, unit)
                .is_ok_and(|rows| rows.iter().any(|row| broken(At { unit, row: Some(row) }))),
        };
        if breach {
            self.fault(unit, Fault::Verify);
        }
    }
}
