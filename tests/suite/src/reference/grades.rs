//! Grades, step by step in the order written.

use rubric_program::{Entry, Expr, GradeStep, Grades};

use super::expr::row_for;
use super::value::{Gap, Scalar};
use super::{At, Known, Reference};

impl Reference<'_> {
    pub(super) fn grade_index(&self, unit: usize) -> Known<usize> {
        let grades = self.program.grades.as_ref().ok_or(Gap::Missing)?;
        if !self.graded[unit] {
            return Err(Gap::Missing);
        }
        let mut grade: Known<Option<usize>> = Ok(None);
        for (step, _) in &grades.steps {
            if let GradeStep::Veto { grade: to, conditions } = step {
                match self.kleene(conditions, At { unit, row: None }, true) {
                    // No later step touches it.
                    Ok(true) => return Ok(*to),
                    Ok(false) => {}
                    Err(gap) => return Err(gap),
                }
            } else if let Ok(now) = grade {
                grade = self.step(grades, step, now, unit);
            }
        }
        grade?.ok_or(Gap::Missing)
    }

    fn step(
        &self,
        grades: &Grades,
        step: &GradeStep,
        now: Option<usize>,
        unit: usize,
    ) -> Known<Option<usize>> {
        let at = At { unit, row: None };
        let holds = |condition: &Expr| self.flag(condition, at);
        Ok(match (step, now) {
            (GradeStep::Table(subject, rows), None) => {
                let value = self.eval(subject, at)?;
                let row = row_for(rows, &value).expect("a table of grades has a row for every value");
                let Entry::Value(name) = &row.entry else { panic!("grades are values") };
                let Scalar::Text(name) = self.eval(name, at)? else { panic!("grades are names") };
                Some(grades.names.iter().position(|g| g.name == name).expect("a grade of the list"))
            }
            (GradeStep::Give { condition, grade }, None) => {
                condition.as_ref().map_or(Ok(true), holds)?.then_some(*grade)
            }
            (GradeStep::Lower { condition, by, named }, Some(grade)) if grades.names[grade].ordered => {
                Some(if holds(condition)? { lower(grades, grade, *by, named) } else { grade })
            }
            (GradeStep::Change { condition, from, to }, Some(grade)) if grade == *from => {
                Some(if holds(condition)? { *to } else { grade })
            }
            (_, now) => now,
        })
    }
}

/// So many grades further down, or to where the grade that is held falls by name.
fn lower(grades: &Grades, grade: usize, by: usize, named: &[(usize, usize)]) -> usize {
    if let Some((_, to)) = named.iter().find(|(from, _)| *from == grade) {
        return *to;
    }
    assert!(grades.names[grade + by].ordered, "a fall out of the list in a checked program");
    grade + by
}
