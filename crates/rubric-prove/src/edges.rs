//! Where a rubric turns: the numbers with which it compares evidence, and how often a deduction counts.

use std::collections::BTreeSet;

use rubric_program::{Effect, EvidenceId, Exact, Expr, ExprKind, Key, Program, Row, Rule, RuleKind, When};

/// By evidence, then by field for lists, the numbers at which something changes.
#[derive(Debug, Default)]
pub struct Edges {
    scalars: Vec<BTreeSet<Exact>>,
    fields: Vec<Vec<BTreeSet<Exact>>>,
}

/// Most edges that are kept of one evidence: of more, those at both ends.
const MOST: usize = 24;

impl Edges {
    /// All edges of a program.
    pub fn of(program: &Program) -> Self {
        let mut edges = Self {
            scalars: vec![BTreeSet::new(); program.evidence.len()],
            fields: vec![Vec::new(); program.evidence.len()],
        };
        for node in &program.nodes {
            for rule in &node.rules {
                edges.rule(program, rule, node.points.as_ref(), None);
            }
            let condition = node.not_applicable.as_ref().map(|n| &n.condition);
            node.start.iter().chain(condition).for_each(|e| edges.expr(program, e, None));
        }
        let named = program.lets.iter().chain(&program.outputs).map(|n| &n.value);
        named.chain(&program.graded).for_each(|e| edges.expr(program, e, None));
        program.verify.iter().for_each(|v| edges.expr(program, &v.condition, v.list));
        edges
    }

    /// Of a scalar.
    pub fn scalar(&self, id: EvidenceId) -> Vec<Exact> {
        self.scalars.get(id.0).map(few).unwrap_or_default()
    }

    /// Of a field.
    pub fn field(&self, id: EvidenceId, field: usize) -> Vec<Exact> {
        self.fields.get(id.0).and_then(|f| f.get(field)).map(few).unwrap_or_default()
    }

    fn rule(&mut self, program: &Program, rule: &Rule, points: Option<&Exact>, list: Option<EvidenceId>) {
        let row = match &rule.kind {
            RuleKind::Simple { when: When::EachRow { list, .. }, .. } => Some(*list),
            _ => list,
        };
        match &rule.kind {
            RuleKind::Heaviest(members) => {
                members.iter().for_each(|m| self.rule(program, m, points, list));
            }
            RuleKind::Table { subject, rows } => self.keys(program, subject, rows, row),
            RuleKind::Simple { when: When::Each(count), effect, .. } => {
                self.counted(program, count, effect, points);
            }
            RuleKind::Simple { when: When::Steps { value, limit, .. }, .. } => {
                self.compared(program, value, limit, row);
            }
            _ => {}
        }
        rule.visit(&mut |part| self.part(program, part, row));
    }

    /// The occurrence that uses up the points.
    fn counted(&mut self, program: &Program, count: &Expr, effect: &Effect, points: Option<&Exact>) {
        let (Effect::Deduct(per) | Effect::Award(per)) = effect else { return };
        if let (ExprKind::Number(per), Some(points)) = (&per.kind, points)
            && per.is_positive()
        {
            self.put(program, count, &points.ceil_steps(per), None);
        }
    }

    fn expr(&mut self, program: &Program, expr: &Expr, list: Option<EvidenceId>) {
        expr.visit(&mut |part| self.part(program, part, list));
    }

    fn part(&mut self, program: &Program, part: &Expr, list: Option<EvidenceId>) {
        match &part.kind {
            ExprKind::Compare(_, a, b) => self.compared(program, a, b, list),
            ExprKind::Between(x, low, high) => {
                self.compared(program, x, low, list);
                self.compared(program, x, high, list);
            }
            ExprKind::Table(subject, rows) => self.keys(program, subject, rows, list),
            ExprKind::Rows { list, filter, value, .. } => {
                let inner = filter.iter().chain(value);
                inner.for_each(|e| e.visit(&mut |part| self.part_of_row(program, part, *list)));
            }
            _ => {}
        }
    }

    /// Within a list there is no other list.
    fn part_of_row(&mut self, program: &Program, part: &Expr, list: EvidenceId) {
        match &part.kind {
            ExprKind::Compare(_, a, b) => self.compared(program, a, b, Some(list)),
            ExprKind::Between(x, low, high) => {
                self.compared(program, x, low, Some(list));
                self.compared(program, x, high, Some(list));
            }
            ExprKind::Table(subject, rows) => self.keys(program, subject, rows, Some(list)),
            _ => {}
        }
    }

    fn keys(&mut self, program: &Program, subject: &Expr, rows: &[Row], list: Option<EvidenceId>) {
        let numbers = rows.iter().flat_map(|row| match &row.key {
            Key::Band { low, high, .. } => low.iter().chain(high).collect::<Vec<_>>(),
            _ => Vec::new(),
        });
        let numbers: Vec<Exact> = numbers.cloned().collect();
        numbers.iter().for_each(|n| self.put(program, subject, n, list));
    }

    fn compared(&mut self, program: &Program, a: &Expr, b: &Expr, list: Option<EvidenceId>) {
        for (x, y) in [(a, b), (b, a)] {
            if let ExprKind::Number(n) = &y.kind {
                self.put(program, x, n, list);
            }
        }
    }

    /// Keeps a number for the evidence that an expression is, if it is one.
    fn put(&mut self, program: &Program, expr: &Expr, number: &Exact, list: Option<EvidenceId>) {
        let mut expr = expr;
        for _ in 0..8 {
            match (&expr.kind, list) {
                (ExprKind::Evidence(id), _) => {
                    self.scalars.get_mut(id.0).into_iter().for_each(|s| {
                        s.insert(number.clone());
                    });
                    return;
                }
                (ExprKind::Field(field), Some(list)) => {
                    let Some(fields) = self.fields.get_mut(list.0) else { return };
                    fields.resize(fields.len().max(field.0 + 1), BTreeSet::new());
                    fields.get_mut(field.0).into_iter().for_each(|s| {
                        s.insert(number.clone());
                    });
                    return;
                }
                (ExprKind::Let(id), _) => match program.lets.get(id.0) {
                    Some(named) => expr = &named.value,
                    None => return,
                },
                _ => return,
            }
        }
    }
}

fn few(all: &BTreeSet<Exact>) -> Vec<Exact> {
    if all.len() <= MOST {
        return all.iter().cloned().collect();
    }
    all.iter().take(MOST / 2).chain(all.iter().rev().take(MOST / 2)).cloned().collect()
}
