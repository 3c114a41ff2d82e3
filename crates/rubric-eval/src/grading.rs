//! Grades, step by step in the order written.

use rubric_program::{Entry, ExprKind, GradeStep, Grades};

use crate::EvalError;
use crate::expression::row_for;
use crate::state::{Gap, Known, State};

/// Where a unit stands while the steps run. A grade is an index into the names.
#[derive(Clone, Copy, Default)]
struct Standing {
    grade: Option<usize>,
    /// A veto: no later step touches it.
    settled: bool,
}

impl State<'_> {
    /// Grades every scored unit.
    pub(crate) fn grade_units(&mut self) -> Result<(), EvalError> {
        let Some(grades) = &self.program.grades else { return Ok(()) };
        let column = self.column(|s, unit| {
            if s.graded.get(unit).copied().unwrap_or(false) {
                s.grade_of(grades, unit)
            } else {
                Err(Gap::Unknown)
            }
        })?;
        self.grade = column;
        Ok(())
    }

    fn grade_of(&self, grades: &Grades, unit: usize) -> Known<String> {
        let mut standing = Standing::default();
        for (step, _) in &grades.steps {
            if !standing.settled {
                self.grade_step(grades, step, &mut standing, unit)?;
            }
        }
        let name = standing.grade.and_then(|g| grades.names.get(g));
        name.map(|g| g.name.clone()).ok_or(Gap::Unknown)
    }

    #[allow(clippy::collapsible_match, reason = "a guard of a match cannot return early")]
    fn grade_step(
        &self,
        grades: &Grades,
        step: &GradeStep,
        standing: &mut Standing,
        unit: usize,
    ) -> Known<()> {
        match (step, standing.grade) {
            (GradeStep::Table(subject, rows), None) => {
                let value = self.value(subject, unit, None)?;
                if let Some(row) = row_for(rows, &value)
                    && let Entry::Value(entry) = &row.entry
                    && let ExprKind::Text(name) = &entry.kind
                {
                    standing.grade = grades.names.iter().position(|g| g.name == *name);
                }
            }
            (GradeStep::Give { condition, grade }, None) => {
                if condition.as_ref().map_or(Ok(true), |c| self.flag(c, unit, None))? {
                    standing.grade = Some(*grade);
                }
            }
            (GradeStep::Lower { condition, by, named }, Some(grade)) => {
                if grades.names.get(grade).is_some_and(|g| g.ordered) && self.flag(condition, unit, None)? {
                    standing.grade = Some(lowered(grades, grade, *by, named));
                }
            }
            (GradeStep::Change { condition, from, to }, Some(grade)) => {
                if grade == *from && self.flag(condition, unit, None)? {
                    standing.grade = Some(*to);
                }
            }
            (GradeStep::Veto { grade, conditions }, _) => {
                for condition in conditions {
                    if self.flag(condition, unit, None)? {
                        *standing = Standing { grade: Some(*grade), settled: true };
                        break;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// A grade after falling `by` places; one that has a grade of its own to fall to goes there and stays.
fn lowered(grades: &Grades, mut grade: usize, by: usize, named: &[(usize, usize)]) -> usize {
    for _ in 0..by {
        if let Some((_, to)) = named.iter().find(|(from, _)| *from == grade) {
            return *to;
        }
        if grades.names.get(grade + 1).is_some_and(|g| g.ordered) {
            grade += 1;
        }
    }
    grade
}
