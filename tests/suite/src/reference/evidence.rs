//! Evidence of a unit, and the rows of its lists with their computed columns.

use std::rc::Rc;

use rubric_program::{Column, EvidenceId, EvidenceType};

use super::value::{Gap, Scalar, scalar};
use super::{At, Known, Line, Reference};

impl<'a> Reference<'a> {
    /// Evidence that only the scored have is never known of others.
    fn theirs(&self, id: EvidenceId, unit: usize) -> Option<&'a Column> {
        let declared = &self.program.evidence[id.0];
        (!declared.graded_only || self.graded[unit]).then(|| &self.data.columns[id.0])
    }

    fn left_out(&self, id: EvidenceId) -> Gap {
        if self.program.evidence[id.0].optional { Gap::Absent } else { Gap::Missing }
    }

    pub(super) fn evidence(&self, id: EvidenceId, unit: usize) -> Known<Scalar> {
        match self.theirs(id, unit).ok_or(Gap::Missing)? {
            Column::Scalars(cells) => cells[unit].value.as_ref().map(scalar).ok_or(self.left_out(id)),
            Column::Lists(_) => panic!("a list is no value in a checked program"),
        }
    }

    pub(super) fn absent(&self, id: EvidenceId, unit: usize) -> Known<bool> {
        Ok(match self.theirs(id, unit).ok_or(Gap::Missing)? {
            Column::Scalars(cells) => cells[unit].value.is_none(),
            Column::Lists(lists) => lists[unit].is_none(),
        })
    }

    /// The rows of a list.
    pub(super) fn rows(&self, id: EvidenceId, unit: usize) -> Known<Rc<Vec<Line>>> {
        if let Some(known) = self.lines.borrow().get(&(id.0, unit)) {
            return known.clone();
        }
        let lines = self.lines_of(id, unit).map(Rc::new);
        self.lines.borrow_mut().insert((id.0, unit), lines.clone());
        lines
    }

    fn lines_of(&self, id: EvidenceId, unit: usize) -> Known<Vec<Line>> {
        let Column::Lists(lists) = self.theirs(id, unit).ok_or(Gap::Missing)? else {
            panic!("rows of what is no list")
        };
        let EvidenceType::List { fields, .. } = &self.program.evidence[id.0].ty else {
            panic!("rows of what is no list")
        };
        let rows = lists[unit].as_ref().ok_or(self.left_out(id))?;
        let line = |row: &rubric_program::RecordRow| {
            let mut line: Line =
                row.cells.iter().map(|c| c.value.as_ref().map(scalar).ok_or(Gap::Absent)).collect();
            for (index, field) in fields.iter().enumerate() {
                if let Some(computed) = &field.computed {
                    let value = self.eval(computed, At { unit, row: Some(&line) });
                    line[index] = value.map_err(|_| Gap::Absent);
                }
            }
            line
        };
        Ok(rows.iter().map(line).collect())
    }
}
