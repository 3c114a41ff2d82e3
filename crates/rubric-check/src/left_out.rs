//! Evidence that may be left out, read where nobody asked whether it was: a score must not come to nothing known
//! because of something that the standard allows.
//!
//! Only what gives points, ranks or grades is looked at. A requirement on what was left out is not met, and says so.

use std::collections::{BTreeMap, HashSet};

use rubric_base::{Place, Span};
use rubric_program::{
    Effect, Evidence, EvidenceId, EvidenceType, Expr, ExprKind, FieldId, GradeStep, Key, Node, Program,
    QuotaLimit, Row, Rule, RuleKind, Type, When,
};

use crate::checker::Checker;
use crate::findings::lists;
use crate::units;

/// Something that may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Thing {
    Evidence(EvidenceId),
    /// Of the row in hand.
    Field(FieldId),
}

/// Where an expression stands: the list whose row is in hand, and what is known to be there.
#[derive(Debug, Clone, Default)]
struct Within {
    list: Option<EvidenceId>,
    there: Vec<Thing>,
}

impl Within {
    /// Where a condition is known to hold, or not to.
    fn given(&self, condition: &Expr, holds: bool) -> Self {
        let mut within = self.clone();
        asked(condition, holds, &mut within.there);
        within
    }

    /// With a row in hand: what is known of another row is not known of it.
    fn row(&self, list: EvidenceId) -> Self {
        let there = self.there.iter().copied().filter(|t| matches!(t, Thing::Evidence(_))).collect();
        Self { list: Some(list), there }
    }
}

/// What a condition proves to be there, if it holds or if it does not.
fn asked(condition: &Expr, holds: bool, there: &mut Vec<Thing>) {
    match &condition.kind {
        ExprKind::Not(inner) => asked(inner, !holds, there),
        ExprKind::And(all) if holds => all.iter().for_each(|c| asked(c, true, there)),
        ExprKind::Or(all) if !holds => all.iter().for_each(|c| asked(c, false, there)),
        ExprKind::Absent(id) if !holds => there.push(Thing::Evidence(*id)),
        ExprKind::AbsentField(id) if !holds => there.push(Thing::Field(*id)),
        _ => {}
    }
}

/// What is defined elsewhere, and looked at where it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Definition {
    Let(usize),
    Output(usize),
    Column(EvidenceId, FieldId),
}

/// The reads found: where each stands, and what is read.
struct Search<'p> {
    program: &'p Program,
    found: BTreeMap<Span, String>,
    /// What was looked at already, with the same knowledge.
    seen: HashSet<(Definition, Vec<Thing>)>,
}

impl Search<'_> {
    fn evidence(&mut self, id: EvidenceId, span: Span, within: &Within) {
        let optional = |e: &&Evidence| e.optional && e.default.is_none();
        if let Some(evidence) = self.program.evidence.get(id.0).filter(optional)
            && !within.there.contains(&Thing::Evidence(id))
        {
            self.found.insert(span, evidence.name.clone());
        }
    }

    fn field(&mut self, id: FieldId, span: Span, within: &Within) {
        let Some(list) = within.list else { return };
        let declared = self.program.evidence.get(list.0).map(|e| &e.ty);
        let Some(EvidenceType::List { fields, .. }) = declared else { return };
        let Some(field) = fields.get(id.0).filter(|_| !within.there.contains(&Thing::Field(id))) else {
            return;
        };
        if let Some(value) = &field.computed {
            self.definition(Definition::Column(list, id), value, within);
        } else if field.optional && field.default.is_none() {
            self.found.insert(span, field.name.clone());
        }
    }

    fn definition(&mut self, definition: Definition, value: &Expr, within: &Within) {
        if self.seen.insert((definition, within.there.clone())) {
            self.expr(value, within);
        }
    }

    fn expr(&mut self, expr: &Expr, within: &Within) {
        let named = match &expr.kind {
            ExprKind::Evidence(id) => return self.evidence(*id, expr.span, within),
            ExprKind::Field(id) => return self.field(*id, expr.span, within),
            ExprKind::Imported(id, _) => {
                if let Some(by) = self.program.imports.get(id.0).and_then(|i| i.by) {
                    self.evidence(by, expr.span, within);
                }
                return;
            }
            ExprKind::Let(id) => self.program.lets.get(id.0).map(|n| (Definition::Let(id.0), n)),
            ExprKind::Output(id) => self.program.outputs.get(id.0).map(|n| (Definition::Output(id.0), n)),
            ExprKind::Place(id) => {
                // The places are those of all units, whatever is known of this one.
                if let Some(place) = self.program.places.get(id.0) {
                    self.expr(&place.order.key, &Within::default());
                }
                return;
            }
            _ => None,
        };
        if let Some((definition, named)) = named {
            return self.definition(definition, &named.value, within);
        }
        match &expr.kind {
            ExprKind::If(condition, then, otherwise) => {
                self.expr(condition, within);
                self.expr(then, &within.given(condition, true));
                self.expr(otherwise, &within.given(condition, false));
            }
            // A part that decides makes the others unneeded, wherever it stands.
            ExprKind::And(parts) => self.parts(parts, true, within),
            ExprKind::Or(parts) => self.parts(parts, false, within),
            ExprKind::Table(subject, rows) => self.table(subject, rows, within),
            ExprKind::Rows { list, filter, value, .. } => {
                self.evidence(*list, expr.span, within);
                self.rows(*list, filter.as_deref(), value.as_deref(), within);
            }
            _ => expr.parts().into_iter().for_each(|part| self.expr(part, within)),
        }
    }

    fn parts(&mut self, parts: &[Expr], hold: bool, within: &Within) {
        for (i, part) in parts.iter().enumerate() {
            let others = parts.iter().enumerate().filter(|(j, _)| *j != i);
            let within = others.fold(within.clone(), |w, (_, other)| w.given(other, hold));
            self.expr(part, &within);
        }
    }

    fn rows(&mut self, list: EvidenceId, filter: Option<&Expr>, value: Option<&Expr>, within: &Within) {
        let row = within.row(list);
        filter.into_iter().for_each(|f| self.expr(f, &row));
        let meant = filter.map_or(row.clone(), |f| row.given(f, true));
        value.into_iter().for_each(|v| self.expr(v, &meant));
    }

    fn table(&mut self, subject: &Expr, rows: &[Row], within: &Within) {
        self.expr(subject, within);
        for (i, row) in rows.iter().enumerate() {
            let before =
                rows.iter().take(i).find_map(|r| if let Key::Flag(b) = r.key { Some(!b) } else { None });
            let holds = match row.key {
                Key::Flag(b) => Some(b),
                Key::Otherwise => before,
                _ => None,
            };
            let within = holds.map_or_else(|| within.clone(), |holds| within.given(subject, holds));
            row.value().into_iter().for_each(|value| self.expr(value, &within));
        }
    }

    fn effect(&mut self, effect: &Effect, within: &Within) {
        if let Effect::Deduct(points) | Effect::Award(points) = effect {
            self.expr(points, within);
        }
    }

    fn rule(&mut self, rule: &Rule) {
        let within = Within::default();
        rule.cap.iter().for_each(|cap| self.expr(cap, &within));
        match &rule.kind {
            RuleKind::Require { .. } => {}
            RuleKind::Heaviest(members) => members.iter().for_each(|member| self.rule(member)),
            RuleKind::Table { subject, rows } => self.table(subject, rows, &within),
            RuleKind::Simple { when: When::If(condition), effect, otherwise } => {
                self.expr(condition, &within);
                self.effect(effect, &within.given(condition, true));
                otherwise.iter().for_each(|other| self.effect(other, &within.given(condition, false)));
            }
            RuleKind::Simple { when: When::EachRow { list, filter, .. }, effect, .. } => {
                self.evidence(*list, rule.span, &within);
                let points = match effect {
                    Effect::Deduct(points) | Effect::Award(points) => Some(points),
                    Effect::NoPoints | Effect::FullPoints => None,
                };
                self.rows(*list, filter.as_ref(), points, &within);
            }
            RuleKind::Simple { when, effect, .. } => {
                match when {
                    When::Each(count) => self.expr(count, &within),
                    When::Steps { value, limit, .. } => {
                        self.expr(value, &within);
                        self.expr(limit, &within);
                    }
                    _ => {}
                }
                self.effect(effect, &within);
            }
        }
    }

    fn node(&mut self, node: &Node) {
        let not_applicable = node.not_applicable.as_ref().map(|n| &n.condition);
        for expr in node.start.iter().chain(&node.weight).chain(not_applicable) {
            self.expr(expr, &Within::default());
        }
        node.rules.iter().for_each(|rule| self.rule(rule));
    }

    fn grade_step(&mut self, step: &GradeStep, span: Span) {
        let within = Within::default();
        match step {
            GradeStep::Table(subject, rows) => self.table(subject, rows, &within),
            GradeStep::Give { condition, .. } => condition.iter().for_each(|c| self.expr(c, &within)),
            GradeStep::Lower { condition, .. } | GradeStep::Change { condition, .. } => {
                self.expr(condition, &within);
            }
            GradeStep::Veto { conditions, .. } => self.parts(conditions, false, &within),
            GradeStep::Quota(quota) => {
                quota.each.into_iter().for_each(|id| self.evidence(id, span, &within));
                quota.keys.iter().for_each(|key| self.expr(&key.key, &within));
                match &quota.limit {
                    QuotaLimit::Number(limit) => self.expr(limit, &within),
                    QuotaLimit::Share { share, of, .. } => {
                        std::iter::once(share).chain(of).for_each(|e| self.expr(e, &within));
                    }
                }
            }
        }
    }

    fn program(&mut self) {
        let program = self.program;
        program.nodes.iter().for_each(|node| self.node(node));
        let keys = program.ranking.iter().flat_map(|r| &r.keys).map(|key| &key.key);
        let points = Type::Number(Some(units::POINTS));
        let outputs = program.outputs.iter().map(|o| &o.value).filter(|value| value.ty == points);
        keys.chain(outputs).chain(&program.graded).for_each(|expr| self.expr(expr, &Within::default()));
        for (step, span) in program.grades.iter().flat_map(|g| &g.steps) {
            self.grade_step(step, *span);
        }
    }
}

impl Checker<'_> {
    /// Reports each read of what may be left out, once.
    pub(crate) fn left_out(&mut self) {
        let mut search = Search { program: &self.program, found: BTreeMap::new(), seen: HashSet::new() };
        search.program();
        for (span, name) in search.found {
            let diagnostic = lists::may_be_left_out(Place { file: self.file, span }, &name);
            self.report(diagnostic);
        }
    }
}
