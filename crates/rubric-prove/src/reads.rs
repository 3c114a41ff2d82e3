//! Which evidence a part of a rubric reads, by way of named values and places too.

use std::collections::BTreeSet;

use rubric_program::{EvidenceId, Expr, ExprKind, Node, Program, RuleKind, When};

/// Longest chain of named values that is followed; the checker allows no longer one.
const DEEPEST: usize = 64;

/// What a part of a rubric depends on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads {
    /// Evidence of the unit itself.
    pub evidence: BTreeSet<EvidenceId>,
    /// It depends on other units, or on another rubric.
    pub others: bool,
    /// Named values, outputs and places that were followed: each once, for a chain in which every value is used twice
    /// would else double the work at each step.
    followed: BTreeSet<(u8, usize)>,
}

impl Reads {
    /// Of an expression.
    pub(crate) fn of(program: &Program, expr: &Expr) -> Self {
        let mut reads = Self::default();
        reads.add(program, expr, 0);
        reads
    }

    /// Of a section or clause by itself: not of what stands in it.
    pub fn of_node(program: &Program, node: &Node) -> Self {
        let mut reads = Self::default();
        for rule in &node.rules {
            if let RuleKind::Simple { when: When::EachRow { list, .. }, .. } = &rule.kind {
                reads.list(program, *list, 0);
            }
            rule.visit(&mut |expr| reads.one(program, expr, 0));
            if let RuleKind::Heaviest(members) = &rule.kind {
                reads.lists_within(program, members);
            }
        }
        let condition = node.not_applicable.as_ref().map(|n| &n.condition);
        node.start.iter().chain(&node.weight).chain(condition).for_each(|e| reads.add(program, e, 0));
        reads
    }

    fn lists_within(&mut self, program: &Program, rules: &[rubric_program::Rule]) {
        for rule in rules {
            match &rule.kind {
                RuleKind::Simple { when: When::EachRow { list, .. }, .. } => self.list(program, *list, 0),
                RuleKind::Heaviest(members) => self.lists_within(program, members),
                _ => {}
            }
        }
    }

    fn add(&mut self, program: &Program, expr: &Expr, depth: usize) {
        expr.visit(&mut |part| self.one(program, part, depth));
    }

    /// A list, and what its computed columns read besides the row.
    fn list(&mut self, program: &Program, list: EvidenceId, depth: usize) {
        if !self.evidence.insert(list) || depth >= DEEPEST {
            return;
        }
        let declared = program.evidence.get(list.0).map(|e| &e.ty);
        if let Some(rubric_program::EvidenceType::List { fields, .. }) = declared {
            fields.iter().filter_map(|f| f.computed.as_ref()).for_each(|e| self.add(program, e, depth + 1));
        }
    }

    fn one(&mut self, program: &Program, part: &Expr, depth: usize) {
        if depth >= DEEPEST {
            return;
        }
        let named = match &part.kind {
            ExprKind::Evidence(id) | ExprKind::Absent(id) => {
                self.evidence.insert(*id);
                None
            }
            ExprKind::Rows { list, .. } => {
                self.list(program, *list, depth);
                None
            }
            ExprKind::Imported(id, _) => {
                self.others = true;
                self.evidence.extend(program.imports.get(id.0).and_then(|i| i.by));
                None
            }
            // What they are made of is not followed: that would join all clauses into one.
            ExprKind::Rank | ExprKind::Grade | ExprKind::Total | ExprKind::Score(_) => {
                self.others = true;
                None
            }
            ExprKind::RequirementsMet | ExprKind::RequirementsAll => {
                self.others = true;
                None
            }
            ExprKind::Let(id) if self.followed.insert((0, id.0)) => {
                program.lets.get(id.0).map(|named| &named.value)
            }
            ExprKind::Output(id) if self.followed.insert((1, id.0)) => {
                program.outputs.get(id.0).map(|named| &named.value)
            }
            ExprKind::Place(id) if self.followed.insert((2, id.0)) => {
                self.others = true;
                program.places.get(id.0).map(|place| &place.order.key)
            }
            _ => None,
        };
        if let Some(value) = named {
            self.add(program, value, depth + 1);
        }
    }
}
