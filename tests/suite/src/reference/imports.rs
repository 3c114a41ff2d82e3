//! Results of imported rubrics: each was scored by itself, over its own evidence.

use rubric_program::{ImportId, Target};

use super::faults::Fault;
use super::value::{Gap, Scalar};
use super::{Known, Number, Reference};

impl Reference<'_> {
    /// Something of the imported result for the subject of a unit.
    pub(super) fn imported(&self, id: ImportId, target: Target, unit: usize) -> Known<Scalar> {
        let theirs = self.subject(id.0, unit).ok_or(Gap::Missing)?;
        let of = &self.imports[id.0];
        match target {
            Target::Node(id) => of.node(id.0, theirs).map(Scalar::Number),
            Target::Requirement(id) => of.requirement(id.0, theirs).map(Scalar::Flag),
            Target::Total => of.total(theirs).map(Scalar::Number),
            Target::Rank => {
                of.rank(theirs).map(|r| Scalar::Number(Number::from(num_bigint::BigInt::from(r))))
            }
            Target::Grade => of.grade(theirs).map(Scalar::Text),
            Target::Output(id) => of.output(id.0, theirs),
        }
    }

    /// The unit of an imported result that is the subject of one of ours, if it was scored.
    fn subject(&self, id: usize, unit: usize) -> Option<usize> {
        let name = match self.program.imports[id].by {
            None => self.data.units[unit].id.clone(),
            Some(by) => self.evidence(by, unit).ok()?.text()?,
        };
        let of = &self.imports[id];
        (0..of.data.units.len()).find(|u| of.data.units[*u].id == name && of.graded[*u])
    }

    /// Tells of a scored unit whose subject an imported result lacks.
    pub(super) fn joined(&self, unit: usize) {
        for (id, import) in self.program.imports.iter().enumerate() {
            let named = import.by.is_none_or(|by| self.evidence(by, unit).is_ok());
            if named && self.subject(id, unit).is_none() {
                self.fault(unit, Fault::NotImported);
            }
        }
    }
}
