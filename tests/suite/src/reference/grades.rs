//! Grades, step by step in the order written, each for all units before the next.

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
        if self.standing.borrow().is_none() {
            self.give_grades(grades);
        }
        let standing = self.standing.borrow();
        standing.as_ref().expect("grades were given")[unit]?.ok_or(Gap::Missing)
    }

    fn give_grades(&self, grades: &Grades) {
        let units = self.data.units.len();
        let mut vetoed = vec![false; units];
        *self.standing.borrow_mut() = Some(vec![Ok(None); units]);
        for (step, _) in &grades.steps {
            let before = self.standing.borrow().clone().expect("set above");
            let (mut after, was) = (before.clone(), vetoed.clone());
            for unit in (0..units).filter(|u| self.graded[*u] && !was[*u]) {
                // A veto acts on everybody, also where the grade so far is not known.
                if let GradeStep::Veto { grade, conditions } = step {
                    let hit = self.kleene(conditions, At::unit(unit), true);
                    vetoed[unit] = hit == Ok(true);
                    after[unit] = hit.and_then(|hit| if hit { Ok(Some(*grade)) } else { before[unit] });
                    continue;
                }
                let Ok(now) = before[unit] else { continue };
                after[unit] = match step {
                    GradeStep::Quota(quota) if now == Some(quota.grade) => {
                        self.after_quota(quota, unit, &before, &was).map(Some)
                    }
                    _ => self.step(grades, step, now, unit),
                };
            }
            *self.standing.borrow_mut() = Some(after);
        }
    }

    fn step(
        &self,
        grades: &Grades,
        step: &GradeStep,
        now: Option<usize>,
        unit: usize,
    ) -> Known<Option<usize>> {
        let at = At::unit(unit);
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
