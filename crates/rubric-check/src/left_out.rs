//! Evidence that may be left out, read where nobody asked whether it was: a score must not come to nothing known
//! because of something that the standard allows.
//!
//! Only what gives points, ranks or grades is looked at. A requirement on what was left out is not met, and says so.
//! The same goes for the score of a clause that may not apply; such a score a requirement has to ask for as well.

use std::collections::{BTreeMap, HashSet};

use rubric_base::{Place, Span};
use rubric_program::{
    Effect, Evidence, EvidenceId, EvidenceType, Expr, ExprKind, FieldId, GradeStep, ImportId, Key, Node,
    NodeId, Program, QuotaLimit, Row, Rule, RuleKind, Target, Type, When,
};

use crate::checker::Checker;
use crate::findings::{lists, points};
use crate::{units, unscored};

/// Something that may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Thing {
    Evidence(EvidenceId),
    /// Of the row in hand.
    Field(FieldId),
    /// A section or clause, which applies.
    Node(NodeId),
}

/// Where an expression stands: the list whose row is in hand, and what is known to be there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Within {
    list: Option<EvidenceId>,
    there: Vec<Thing>,
    /// Evidence that was left out does no harm.
    requires: bool,
    /// Scores that are not there do no harm.
    shows: bool,
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
        let there = self.there.iter().copied().filter(|t| !matches!(t, Thing::Field(_))).collect();
        Self { list: Some(list), there, ..self.clone() }
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
    text: &'p str,
    found: BTreeMap<Span, String>,
    /// Scores that may not be there: the number of the clause.
    unscored: BTreeMap<Span, String>,
    /// What was looked at already, with the same knowledge.
    seen: HashSet<(Definition, Within)>,
}

impl<'p> Search<'p> {
    fn new(program: &'p Program, text: &'p str) -> Self {
        let (found, unscored, seen) = (BTreeMap::new(), BTreeMap::new(), HashSet::new());
        Self { program, text, found, unscored, seen }
    }

    fn evidence(&mut self, id: EvidenceId, span: Span, within: &Within) {
        let optional = |e: &&Evidence| e.optional && e.default.is_none();
        if let Some(evidence) = self.program.evidence.get(id.0).filter(optional)
            && !within.there.contains(&Thing::Evidence(id))
            && !within.requires
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
        } else if field.optional && field.default.is_none() && !within.requires {
            self.found.insert(span, field.name.clone());
        }
    }

    fn score(&mut self, id: NodeId, span: Span, within: &Within) {
        let applying = |id| within.there.contains(&Thing::Node(id));
        if within.shows || !unscored::may_have_no_score(self.program, id, &applying) {
            return;
        }
        let number = self.program.nodes.get(id.0).map(|n| n.number.clone()).unwrap_or_default();
        self.unscored.insert(span, format!("「{number}」"));
    }

    /// Something of an imported result: it must be there in every run of its own.
    fn imported(&mut self, id: ImportId, target: Target, span: Span, within: &Within) {
        let Some(import) = self.program.imports.get(id.0) else { return };
        if let Some(by) = import.by {
            self.evidence(by, span, within);
        }
        let mut theirs = Search::new(&import.program, "");
        match target {
            Target::Node(id) => theirs.score(id, span, &Within::default()),
            Target::Output(id) => {
                let value = import.program.outputs.get(id.0).map(|o| &o.value);
                value.into_iter().for_each(|value| theirs.expr(value, &Within::default()));
            }
            Target::Requirement(_) | Target::Total | Target::Rank | Target::Grade => {}
        }
        if !within.requires
            && let Some(name) = theirs.found.into_values().next()
        {
            self.found.insert(span, name);
        }
        if let Some(number) = theirs.unscored.into_values().next() {
            self.unscored.insert(span, number);
        }
    }

    /// Where a condition is known to hold, or not to.
    fn given(&self, within: &Within, condition: &Expr, holds: bool) -> Within {
        let mut within = within.given(condition, holds);
        let mut applying = Vec::new();
        unscored::apply_where(self.program, self.text, condition, holds, &mut applying);
        within.there.extend(applying.into_iter().map(Thing::Node));
        within
    }

    fn definition(&mut self, definition: Definition, value: &Expr, within: &Within) {
        if self.seen.insert((definition, within.clone())) {
            self.expr(value, within);
        }
    }

    fn expr(&mut self, expr: &Expr, within: &Within) {
        let named = match &expr.kind {
            ExprKind::Evidence(id) => return self.evidence(*id, expr.span, within),
            ExprKind::Field(id) => return self.field(*id, expr.span, within),
            ExprKind::Score(id) => return self.score(*id, expr.span, within),
            ExprKind::Imported(id, target) => return self.imported(*id, *target, expr.span, within),
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
                self.expr(then, &self.given(within, condition, true));
                self.expr(otherwise, &self.given(within, condition, false));
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
            let within = others.fold(within.clone(), |w, (_, other)| self.given(&w, other, hold));
            self.expr(part, &within);
        }
    }

    fn rows(&mut self, list: EvidenceId, filter: Option<&Expr>, value: Option<&Expr>, within: &Within) {
        let row = within.row(list);
        filter.into_iter().for_each(|f| self.expr(f, &row));
        let meant = filter.map_or(row.clone(), |f| self.given(&row, f, true));
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
            let within = holds.map_or_else(|| within.clone(), |holds| self.given(within, subject, holds));
            row.value().into_iter().for_each(|value| self.expr(value, &within));
        }
    }

    fn effect(&mut self, effect: &Effect, within: &Within) {
        if let Effect::Deduct(points) | Effect::Award(points) = effect {
            self.expr(points, within);
        }
    }

    fn rule(&mut self, rule: &Rule, within: &Within) {
        rule.cap.iter().for_each(|cap| self.expr(cap, within));
        match &rule.kind {
            RuleKind::Require { condition, .. } => {
                self.expr(condition, &Within { requires: true, ..within.clone() });
            }
            RuleKind::Heaviest(members) => members.iter().for_each(|member| self.rule(member, within)),
            RuleKind::Table { subject, rows } => self.table(subject, rows, within),
            RuleKind::Simple { when: When::If(condition), effect, otherwise } => {
                self.expr(condition, within);
                self.effect(effect, &self.given(within, condition, true));
                otherwise.iter().for_each(|other| self.effect(other, &self.given(within, condition, false)));
            }
            RuleKind::Simple { when: When::EachRow { list, filter, .. }, effect, .. } => {
                self.evidence(*list, rule.span, within);
                let points = match effect {
                    Effect::Deduct(points) | Effect::Award(points) => Some(points),
                    Effect::NoPoints | Effect::FullPoints => None,
                };
                self.rows(*list, filter.as_ref(), points, within);
            }
            RuleKind::Simple { when, effect, .. } => {
                match when {
                    When::Each(count) => self.expr(count, within),
                    When::Steps { value, limit, .. } => {
                        self.expr(value, within);
                        self.expr(limit, within);
                    }
                    _ => {}
                }
                self.effect(effect, within);
            }
        }
    }

    /// What is scored applies, and so does all it stands in.
    fn node(&mut self, id: NodeId, node: &Node) {
        let mut there: Vec<Thing> =
            unscored::with_above(self.program, id).into_iter().map(Thing::Node).collect();
        let within = Within { there: there.clone(), ..Within::default() };
        node.start.iter().for_each(|start| self.expr(start, &within));
        node.rules.iter().for_each(|rule| self.rule(rule, &within));
        there.retain(|thing| *thing != Thing::Node(id));
        let around = Within { there, ..Within::default() };
        let not_applicable = node.not_applicable.as_ref().map(|n| &n.condition);
        node.weight.iter().chain(not_applicable).for_each(|expr| self.expr(expr, &around));
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
        program.nodes.iter().enumerate().for_each(|(id, node)| self.node(NodeId(id), node));
        let keys = program.ranking.iter().flat_map(|r| &r.keys).map(|key| &key.key);
        let points = Type::Number(Some(units::POINTS));
        let outputs = program.outputs.iter().map(|o| &o.value).filter(|value| value.ty == points);
        keys.chain(&program.graded).for_each(|expr| self.expr(expr, &Within::default()));
        // An output may show nothing where a clause does not apply.
        outputs.for_each(|expr| self.expr(expr, &Within { shows: true, ..Within::default() }));
        for (step, span) in program.grades.iter().flat_map(|g| &g.steps) {
            self.grade_step(step, *span);
        }
    }
}

impl Checker<'_> {
    /// Reports each read of what may be left out, once.
    pub(crate) fn left_out(&mut self) {
        let mut search = Search::new(&self.program, self.text);
        search.program();
        let Search { found, unscored, .. } = search;
        for (span, name) in found {
            let diagnostic = lists::may_be_left_out(Place { file: self.file, span }, &name);
            self.report(diagnostic);
        }
        for (span, number) in unscored {
            let diagnostic = points::may_have_no_score(Place { file: self.file, span }, &number);
            self.report(diagnostic);
        }
    }
}
