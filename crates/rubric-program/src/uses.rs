//! Which clauses read which evidence, so that a finding about evidence can say what needs it.

use std::collections::BTreeSet;

use crate::evidence::EvidenceId;
use crate::expr::{Expr, ExprKind};
use crate::program::{LetId, NodeId, PlaceId, Program};
use crate::rule::{Effect, Entry, Row, Rule, RuleKind, When};

impl Expr {
    /// The expressions it is directly made of, tables included.
    #[must_use]
    pub fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            ExprKind::Not(x) | ExprKind::Negate(x) | ExprKind::Round { value: x, .. } => vec![x],
            ExprKind::And(all) | ExprKind::Or(all) | ExprKind::Larger(all) | ExprKind::Smaller(all) => {
                all.iter().collect()
            }
            ExprKind::Arithmetic(_, a, b)
            | ExprKind::Compare(_, a, b)
            | ExprKind::WithinWorkdays(a, b, _)
            | ExprKind::Workdays(a, b) => vec![a, b],
            ExprKind::Between(a, b, c) | ExprKind::If(a, b, c) => vec![a, b, c],
            ExprKind::Table(subject, rows) => {
                std::iter::once(&**subject).chain(rows.iter().filter_map(Row::value)).collect()
            }
            ExprKind::Rows { filter, value, .. } => {
                filter.iter().chain(value).map(|inner| &**inner).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Visits this expression and all within it, tables included.
    pub fn visit<'e>(&'e self, see: &mut impl FnMut(&'e Self)) {
        see(self);
        self.parts().into_iter().for_each(|part| part.visit(see));
    }

    /// Whether it reads a field of the row in hand; what goes through a list of its own has its own rows.
    #[must_use]
    pub fn reads_row(&self) -> bool {
        match &self.kind {
            ExprKind::Field(_) | ExprKind::AbsentField(_) => true,
            ExprKind::Rows { .. } => false,
            _ => self.parts().into_iter().any(Self::reads_row),
        }
    }
}

impl Row {
    /// The expression of its entry, where it has one.
    #[must_use]
    pub const fn value(&self) -> Option<&Expr> {
        match &self.entry {
            Entry::Points(Effect::Deduct(value) | Effect::Award(value)) | Entry::Value(value) => Some(value),
            Entry::Points(_) | Entry::Falling { .. } => None,
        }
    }
}

impl Rule {
    /// Visits all expressions of a rule, the rules within it included.
    pub fn visit<'r>(&'r self, see: &mut impl FnMut(&'r Expr)) {
        self.cap.iter().for_each(|cap| cap.visit(see));
        match &self.kind {
            RuleKind::Simple { when, effect, otherwise } => {
                visit_when(when, see);
                visit_effect(effect, see);
                otherwise.iter().for_each(|effect| visit_effect(effect, see));
            }
            RuleKind::Table { subject, rows } => {
                subject.visit(see);
                rows.iter().filter_map(Row::value).for_each(|value| value.visit(see));
            }
            RuleKind::Heaviest(members) => members.iter().for_each(|rule| rule.visit(see)),
            RuleKind::Require { condition, .. } => condition.visit(see),
        }
    }
}

fn visit_when<'r>(when: &'r When, see: &mut impl FnMut(&'r Expr)) {
    match when {
        When::Always => {}
        When::Each(count) | When::If(count) => count.visit(see),
        When::EachRow { filter, .. } => filter.iter().for_each(|f| f.visit(see)),
        When::Steps { value, limit, .. } => {
            value.visit(see);
            limit.visit(see);
        }
    }
}

fn visit_effect<'r>(effect: &'r Effect, see: &mut impl FnMut(&'r Expr)) {
    if let Effect::Deduct(points) | Effect::Award(points) = effect {
        points.visit(see);
    }
}

/// Named values and places that were followed.
#[derive(Default)]
struct Followed(BTreeSet<LetId>, BTreeSet<PlaceId>);

impl Program {
    /// For each evidence the nodes whose rules read it, also by way of named values and places; in order.
    #[must_use]
    pub fn readers(&self) -> Vec<BTreeSet<NodeId>> {
        let mut readers = vec![BTreeSet::new(); self.evidence.len()];
        for (id, node) in self.nodes.iter().enumerate() {
            let (mut read, mut named) = (BTreeSet::new(), Followed::default());
            for rule in &node.rules {
                if let RuleKind::Simple { when: When::EachRow { list, .. }, .. } = &rule.kind {
                    read.insert(*list);
                }
                rule.visit(&mut |expr| self.reads(expr, &mut read, &mut named, 0));
            }
            let not_applicable = node.not_applicable.as_ref().map(|n| &n.condition);
            for expr in node.start.iter().chain(&node.weight).chain(not_applicable) {
                expr.visit(&mut |expr| self.reads(expr, &mut read, &mut named, 0));
            }
            for evidence in read {
                if let Some(nodes) = readers.get_mut(evidence.0) {
                    nodes.insert(NodeId(id));
                }
            }
        }
        readers
    }

    /// Evidence that one expression names; named values and places are followed, each once. Definitions are acyclic,
    /// and the depth is bounded all the same.
    fn reads(&self, expr: &Expr, read: &mut BTreeSet<EvidenceId>, followed: &mut Followed, depth: usize) {
        let named = match &expr.kind {
            ExprKind::Evidence(id) | ExprKind::Absent(id) | ExprKind::Rows { list: id, .. } => {
                read.insert(*id);
                None
            }
            ExprKind::Imported(id, _) => {
                read.extend(self.imports.get(id.0).and_then(|i| i.by));
                None
            }
            ExprKind::Let(id) if followed.0.insert(*id) => self.lets.get(id.0).map(|named| &named.value),
            ExprKind::Place(id) if followed.1.insert(*id) => {
                self.places.get(id.0).map(|place| &place.order.key)
            }
            _ => None,
        };
        if let Some(value) = named.filter(|_| depth < 64) {
            value.visit(&mut |inner| self.reads(inner, read, followed, depth + 1));
        }
    }
}
