//! Which evidence a result comes from, by whatever way: so that an example without a result can say what it lacks.
//!
//! Looser than what a single run needs, since a condition may make a part needless; but evidence that is not
//! named here has nothing to do with the result.

use std::collections::BTreeSet;

use crate::evidence::{EvidenceId, EvidenceType};
use crate::expr::{Expr, ExprKind};
use crate::program::{GradeStep, NodeId, Program, QuotaLimit, Target};
use crate::rule::{RuleKind, When};

/// The evidence that a result comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// Each once.
    pub evidence: BTreeSet<EvidenceId>,
    /// Other units are compared with, so that theirs is needed too.
    pub of_all_units: bool,
}

/// Something whose parts are looked at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Evidence(usize),
    Let(usize),
    Place(usize),
    Output(usize),
    Node(usize),
    Requirements,
    Total,
    Ranking,
    Grades,
}

/// What was met so far, and what is still to be looked at.
#[derive(Default)]
struct Search {
    met: BTreeSet<Part>,
    open: Vec<Part>,
    of_all_units: bool,
}

impl Search {
    fn meet(&mut self, part: Part) {
        if self.met.insert(part) {
            self.open.push(part);
        }
    }

    fn node(&mut self, id: NodeId) {
        self.meet(Part::Node(id.0));
    }

    fn evidence(&mut self, id: EvidenceId) {
        self.meet(Part::Evidence(id.0));
    }

    fn expr(&mut self, program: &Program, expr: &Expr) {
        expr.visit(&mut |inner| self.named(program, inner));
    }

    /// What an expression names itself, its parts aside.
    fn named(&mut self, program: &Program, expr: &Expr) {
        match &expr.kind {
            ExprKind::Evidence(id) | ExprKind::Absent(id) | ExprKind::Rows { list: id, .. } => {
                self.evidence(*id);
            }
            ExprKind::Let(id) => self.meet(Part::Let(id.0)),
            ExprKind::Place(id) => self.meet(Part::Place(id.0)),
            ExprKind::Output(id) => self.meet(Part::Output(id.0)),
            ExprKind::Score(id) => self.node(*id),
            ExprKind::Total => self.meet(Part::Total),
            ExprKind::Rank => self.meet(Part::Ranking),
            ExprKind::Grade => self.meet(Part::Grades),
            ExprKind::RequirementsMet => self.meet(Part::Requirements),
            ExprKind::Imported(id, _) => {
                if let Some(by) = program.imports.get(id.0).and_then(|import| import.by) {
                    self.evidence(by);
                }
            }
            _ => {}
        }
    }

    fn part(&mut self, program: &Program, part: Part) {
        match part {
            Part::Evidence(id) => {
                if let Some(EvidenceType::List { fields, .. }) = program.evidence.get(id).map(|e| &e.ty) {
                    fields.iter().filter_map(|f| f.computed.as_ref()).for_each(|e| self.expr(program, e));
                }
            }
            Part::Let(id) => program.lets.get(id).iter().for_each(|named| self.expr(program, &named.value)),
            Part::Output(id) => {
                program.outputs.get(id).iter().for_each(|named| self.expr(program, &named.value));
            }
            Part::Place(id) => {
                self.of_all_units = true;
                program.places.get(id).iter().for_each(|place| self.expr(program, &place.order.key));
            }
            Part::Node(id) => self.parts_of_node(program, id),
            Part::Requirements => {
                let all = program.nodes.iter().enumerate();
                let asking =
                    all.filter(|(_, n)| n.rules.iter().any(|r| matches!(r.kind, RuleKind::Require { .. })));
                asking.for_each(|(id, _)| self.meet(Part::Node(id)));
            }
            Part::Total => {
                let top = program.nodes.iter().enumerate().filter(|(_, n)| n.parent.is_none());
                top.for_each(|(id, _)| self.meet(Part::Node(id)));
            }
            Part::Ranking => {
                self.of_all_units = true;
                let keys = program.ranking.iter().flat_map(|r| &r.keys);
                keys.for_each(|key| self.expr(program, &key.key));
            }
            Part::Grades => {
                let steps = program.grades.iter().flat_map(|g| &g.steps);
                steps.for_each(|(step, _)| self.grade_step(program, step));
            }
        }
    }

    fn parts_of_node(&mut self, program: &Program, id: usize) {
        let Some(node) = program.nodes.get(id) else { return };
        node.children.iter().for_each(|child| self.node(*child));
        for rule in &node.rules {
            if let RuleKind::Simple { when: When::EachRow { list, .. }, .. } = &rule.kind {
                self.evidence(*list);
            }
            rule.visit(&mut |expr| self.named(program, expr));
        }
        let not_applicable = node.not_applicable.as_ref().map(|n| &n.condition);
        node.start.iter().chain(&node.weight).chain(not_applicable).for_each(|e| self.expr(program, e));
    }

    fn grade_step(&mut self, program: &Program, step: &GradeStep) {
        match step {
            GradeStep::Table(subject, rows) => {
                self.expr(program, subject);
                rows.iter().filter_map(|row| row.value()).for_each(|value| self.expr(program, value));
            }
            GradeStep::Give { condition, .. } => {
                condition.iter().for_each(|condition| self.expr(program, condition));
            }
            GradeStep::Lower { condition, .. } | GradeStep::Change { condition, .. } => {
                self.expr(program, condition);
            }
            GradeStep::Veto { conditions, .. } => {
                conditions.iter().for_each(|condition| self.expr(program, condition));
            }
            GradeStep::Quota(quota) => {
                self.of_all_units = true;
                quota.each.into_iter().for_each(|id| self.evidence(id));
                quota.keys.iter().for_each(|key| self.expr(program, &key.key));
                match &quota.limit {
                    QuotaLimit::Number(limit) => self.expr(program, limit),
                    QuotaLimit::Share { share, of, .. } => {
                        std::iter::once(share).chain(of).for_each(|e| self.expr(program, e));
                    }
                }
            }
        }
    }
}

impl Program {
    /// The evidence that a result comes from, by whatever way; who is scored included.
    #[must_use]
    pub fn needs(&self, target: Target) -> Needs {
        let mut search = Search::default();
        self.graded.iter().for_each(|graded| search.expr(self, graded));
        match target {
            Target::Node(id) | Target::Requirement(id) => search.node(id),
            Target::Total => search.meet(Part::Total),
            Target::Rank => search.meet(Part::Ranking),
            Target::Grade => search.meet(Part::Grades),
            Target::Output(id) => search.meet(Part::Output(id.0)),
        }
        while let Some(part) = search.open.pop() {
            search.part(self, part);
        }
        let evidence = |part| if let Part::Evidence(id) = part { Some(EvidenceId(id)) } else { None };
        Needs {
            evidence: search.met.into_iter().filter_map(evidence).collect(),
            of_all_units: search.of_all_units,
        }
    }
}
