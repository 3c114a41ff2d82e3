//! Grades: the steps in written order, and whether everybody ends with a grade.

use std::collections::BTreeSet;

use rubric_program::{Entry, ExprKind, Grade, GradeStep, Grades, Key, Row};
use rubric_syntax::ast;

use crate::checker::Checker;
use crate::expression::Scope;
use crate::findings::{grades, names, quotas};

/// Which grades can be held so far; the flag says whether someone may have none yet.
struct Held {
    grades: BTreeSet<usize>,
    open: bool,
}

impl Checker<'_> {
    pub(crate) fn grade_names(&self) -> Vec<String> {
        self.grades
            .map(|g| g.names.iter().chain(&g.besides).map(|n| n.node.clone()).collect())
            .unwrap_or_default()
    }

    pub(crate) fn lower_grades(&mut self) -> bool {
        let Some(tree) = self.grades else { return false };
        for (i, name) in tree.names.iter().chain(&tree.besides).enumerate() {
            if let Some(first) = tree.names.iter().chain(&tree.besides).take(i).find(|n| n.node == name.node)
            {
                let diagnostic = names::twice(self.place(name.at), &name.node, self.place(first.at));
                self.report(diagnostic);
            }
        }
        let ordered = tree.names.iter().map(|n| Grade { name: n.node.clone(), ordered: true });
        let besides = tree.besides.iter().map(|n| Grade { name: n.node.clone(), ordered: false });
        let all: Vec<Grade> = ordered.chain(besides).collect();
        let mut held = Held { grades: BTreeSet::new(), open: true };
        let mut steps = Vec::new();
        for step in &tree.steps {
            if let Some(lowered) = self.grade_step(step, &all, &mut held) {
                steps.push((lowered, step.at.0));
            }
        }
        if held.open && steps.len() == tree.steps.len() {
            let diagnostic =
                grades::may_end_without(self.place(tree.names.first().map_or(tree.at, |n| n.at)));
            self.report(diagnostic);
        }
        self.program.grades = Some(Grades { names: all, steps, span: tree.at.0 });
        true
    }

    pub(crate) fn grade(&mut self, name: &ast::Name) -> Option<usize> {
        let all = self.grade_names();
        let found = all.iter().position(|n| *n == name.node);
        if found.is_none() {
            let diagnostic = grades::unknown(self.place(name.at), &name.node, &all);
            self.report(diagnostic);
        }
        found
    }

    fn grade_step(&mut self, step: &ast::GradeStep, all: &[Grade], held: &mut Held) -> Option<GradeStep> {
        match &step.kind {
            ast::GradeStepKind::Table(table) => self.grade_table(table, all, held),
            ast::GradeStepKind::Give(condition, name) => {
                let condition = match condition {
                    Some(c) => Some(self.condition(c, &Scope::default())?),
                    None => None,
                };
                let grade = self.grade(name)?;
                held.grades.insert(grade);
                held.open &= condition.is_some();
                Some(GradeStep::Give { condition, grade })
            }
            ast::GradeStepKind::Lower(condition, by, changes) => {
                self.lower(step, condition, by, changes, all, held)
            }
            ast::GradeStepKind::Change(condition, from, to) => {
                let condition = self.condition(condition, &Scope::default());
                let (from, to) = (self.grade(from), self.grade(to));
                let (condition, from, to) = (condition?, from?, to?);
                held.grades.insert(to);
                Some(GradeStep::Change { condition, from, to })
            }
            ast::GradeStepKind::Quota(quota) => {
                if held.open {
                    let diagnostic = quotas::before_grades(self.place(step.at));
                    self.report(diagnostic);
                }
                let (lowered, beyond) = self.quota(quota)?;
                held.grades.insert(beyond);
                Some(lowered)
            }
            ast::GradeStepKind::Veto(name, conditions) => {
                let lowered: Vec<_> =
                    conditions.iter().map(|c| self.condition(c, &Scope::default())).collect();
                let grade = self.grade(name)?;
                held.grades.insert(grade);
                Some(GradeStep::Veto { grade, conditions: lowered.into_iter().collect::<Option<_>>()? })
            }
        }
    }

    /// `按 排名 { … 为 一等 }`: entries are names of grades, which are no expressions of their own.
    fn grade_table(&mut self, table: &ast::Table, all: &[Grade], held: &mut Held) -> Option<GradeStep> {
        let mut named = table.clone();
        for row in &mut named.rows {
            let ast::Row::Entry { entry: ast::Entry::Value(value), .. } = row else { continue };
            let ast::ExprKind::Name(name) = &value.kind else { continue };
            let name = ast::Name { node: name.clone(), at: value.at };
            self.grade(&name)?;
            // A text literal passes the table unchanged.
            value.kind = ast::ExprKind::Text(name.node);
        }
        let (subject, rows) = self.table(&named, crate::tables::Entries::Values, &Scope::default())?;
        for row in &rows {
            if let Some(grade) = grade_of(row, all) {
                held.grades.insert(grade);
            }
        }
        // Without `其余` the coverage was proved or reported.
        held.open = false;
        let _ = rows.iter().any(|r| r.key == Key::Otherwise);
        Some(GradeStep::Table(subject, rows))
    }

    fn lower(
        &mut self,
        step: &ast::GradeStep,
        condition: &ast::Expr,
        by: &ast::Quantity,
        changes: &[(ast::Name, ast::Name)],
        all: &[Grade],
        held: &mut Held,
    ) -> Option<GradeStep> {
        let condition = self.condition(condition, &Scope::default());
        let mut named = Vec::new();
        for (from, to) in changes {
            let (from, to) = (self.grade(from), self.grade(to));
            named.push((from?, to?));
        }
        let whole =
            rubric_program::Exact::from_decimal(by.number).to_i64().and_then(|n| usize::try_from(n).ok());
        let Some(by) = whole.filter(|n| *n > 0) else {
            let diagnostic = grades::how_many(self.place(by.at));
            self.report(diagnostic);
            return None;
        };
        let mut after = BTreeSet::new();
        for grade in held.grades.iter().filter(|g| all.get(**g).is_some_and(|g| g.ordered)) {
            match fallen(*grade, by, &named, all) {
                Some(to) => {
                    after.insert(to);
                }
                None => {
                    let name = all.get(*grade).map(|g| g.name.clone()).unwrap_or_default();
                    let diagnostic = grades::falls_off(self.place(step.at), &name);
                    self.report(diagnostic);
                }
            }
        }
        held.grades.extend(after);
        Some(GradeStep::Lower { condition: condition?, by, named })
    }
}

/// Where a grade falls to; nothing where it would leave the list.
fn fallen(grade: usize, by: usize, named: &[(usize, usize)], all: &[Grade]) -> Option<usize> {
    // By name only from the grade that is held: what lies between is not held on the way.
    if let Some((_, to)) = named.iter().find(|(from, _)| *from == grade) {
        return Some(*to);
    }
    let to = grade.checked_add(by)?;
    all.get(to).filter(|g| g.ordered).map(|_| to)
}

fn grade_of(row: &Row, all: &[Grade]) -> Option<usize> {
    match &row.entry {
        Entry::Value(value) => match &value.kind {
            ExprKind::Text(name) => all.iter().position(|g| g.name == *name),
            _ => None,
        },
        _ => None,
    }
}
