//! Sections and clauses: budgets, starts, limits, and what can be attained.

use rubric_program::{Domain, Effect, Entry, Exact, Node, NodeId, NodeKind, Rule, RuleKind};
use rubric_syntax::ast;

use crate::checker::Checker;
use crate::domain;
use crate::expression::Scope;
use crate::findings::points;
use crate::order::Item;
use crate::rules::Lowered;

/// Which effects the rules of a node have.
#[derive(Default, Clone, Copy)]
struct Effects {
    deduct: bool,
    award: bool,
    none: bool,
    full: bool,
}

impl Effects {
    const fn add(&mut self, effect: &Effect) {
        match effect {
            Effect::Deduct(_) => self.deduct = true,
            Effect::Award(_) => self.award = true,
            Effect::NoPoints => self.none = true,
            Effect::FullPoints => self.full = true,
        }
    }
}

impl Checker<'_> {
    /// A node before its rules are lowered.
    pub(crate) fn empty_node(&mut self, tree: &ast::Node, parent: Option<NodeId>) -> Node {
        let points = tree.points.as_ref().and_then(|p| self.points_of(p));
        Node {
            number: tree.number.node.clone(),
            title: tree.title.node.clone(),
            kind: if tree.section { NodeKind::Section } else { NodeKind::Clause },
            parent,
            children: Vec::new(),
            start: None,
            start_full: true,
            floor: Some(Exact::ZERO),
            ceiling: points.clone(),
            points,
            rules: Vec::new(),
            attainable: None,
            span: tree.head.0,
        }
    }

    pub(crate) fn lower_node(&mut self, id: NodeId) {
        let Some(tree) = self.node_trees.get(id.0).map(|n| n.tree) else { return };
        let children = self.program.nodes.get(id.0).map(|n| n.children.clone()).unwrap_or_default();
        for child in &children {
            let at = self.program.nodes.get(child.0).map(|n| n.span).unwrap_or_default();
            self.demand(Item::Node(child.0), at);
        }
        let rules: Vec<&ast::Rule> = tree
            .body
            .iter()
            .filter_map(|i| if let ast::NodeItem::Rule(r) = i { Some(r) } else { None })
            .collect();
        let start =
            rules.iter().find_map(|r| if let ast::RuleKind::Start(e) = &r.kind { Some(e) } else { None });
        let start = start.and_then(|e| self.points_expr(e, &Scope::default()));
        let starts: Vec<ast::At> =
            rules.iter().filter(|r| matches!(r.kind, ast::RuleKind::Start(_))).map(|r| r.at).collect();
        if let [first, second, ..] = starts.as_slice() {
            self.once(*second, Some(*first));
        }
        if let (Some(start), Some(points)) =
            (&start, self.program.nodes.get(id.0).and_then(|n| n.points.clone()))
            && start.domain.as_ref().is_some_and(|d| d.low > points)
        {
            let place = rubric_base::Place { file: self.file, span: start.span };
            self.report(points::starts_above(place, &points));
        }
        let negative = rules.iter().any(|r| matches!(r.kind, ast::RuleKind::MayBeNegative));
        let lowered: Vec<Lowered> = rules.iter().filter_map(|r| self.rule(r)).collect();
        let effects = lowered.iter().fold(Effects::default(), |all, l| effects(&l.rule, all));
        if effects.deduct && effects.award && start.is_none() && children.is_empty() {
            let diagnostic = points::both_kinds(self.place(tree.head));
            self.report(diagnostic);
        }
        let Some(node) = self.program.nodes.get_mut(id.0) else { return };
        node.start_full = !effects.award && (effects.deduct || effects.none || !effects.full);
        node.start = start;
        if negative {
            node.floor = None;
        }
        let (rules, ranges): (Vec<Rule>, Vec<Domain>) =
            lowered.into_iter().map(|l| (l.rule, l.range)).unzip();
        // The rules are put in last, so that looking at the node does not copy them.
        let node = node.clone();
        let attainable = self.attainable(&node, &children, &ranges, effects);
        self.budget(tree, &node, &children, attainable.as_ref(), effects);
        if let Some(node) = self.program.nodes.get_mut(id.0) {
            node.attainable = attainable;
            node.rules = rules;
        }
    }

    fn attainable(
        &self,
        node: &Node,
        children: &[NodeId],
        ranges: &[Domain],
        effects: Effects,
    ) -> Option<Domain> {
        let inner: Vec<Domain> =
            children.iter().filter_map(|c| self.program.nodes.get(c.0)?.attainable.clone()).collect();
        if node.points.is_none() && inner.is_empty() {
            return None;
        }
        let zero = domain::exactly(&Exact::ZERO);
        let start = match (&node.start, &node.points) {
            (Some(start), _) => start.domain.clone().unwrap_or_else(|| zero.clone()),
            (None, Some(points)) if node.start_full && children.is_empty() => domain::exactly(points),
            _ => zero.clone(),
        };
        let sum = inner.iter().chain(ranges).fold(start, |sum, d| domain::add(&sum, d));
        let mut all = domain::clamp(&sum, node.floor.as_ref(), node.ceiling.as_ref());
        if effects.none {
            all = domain::either(&all, &domain::exactly(node.floor.as_ref().unwrap_or(&Exact::ZERO)));
        }
        if let (true, Some(ceiling)) = (effects.full, &node.ceiling) {
            all = domain::either(&all, &domain::exactly(ceiling));
        }
        Some(all)
    }

    fn budget(
        &mut self,
        tree: &ast::Node,
        node: &Node,
        children: &[NodeId],
        attainable: Option<&Domain>,
        effects: Effects,
    ) {
        let scored: Vec<(Exact, ast::At)> = children
            .iter()
            .filter_map(|c| {
                let points = self.program.nodes.get(c.0)?.points.clone()?;
                Some((points, self.node_trees.get(c.0)?.tree.points.as_ref()?.at))
            })
            .collect();
        if let (Some(points), Some(declared), false) = (&node.points, &tree.points, scored.is_empty()) {
            self.compare_budget(points, declared.at, &node.number, &scored);
        }
        let moves = effects.deduct || effects.award || effects.none || effects.full;
        if node.points.is_none() && moves && children.is_empty() && tree.points.is_none() {
            let diagnostic = points::no_budget(self.place(tree.head), &node.number);
            self.report(diagnostic);
        }
        if let (Some(points), Some(attainable), true) = (&node.points, attainable, children.is_empty())
            && attainable.high < *points
        {
            let end = tree.points.as_ref().map_or(tree.head.0.end, |p| p.at.0.end);
            let place = self.place(tree.points.as_ref().map_or(tree.head, |p| p.at));
            self.short.push(points::Short {
                place,
                head: self.place(tree.head),
                end,
                number: node.number.clone(),
                points: points.clone(),
                attainable: attainable.high.clone(),
            });
        }
    }

    fn compare_budget(&mut self, declared: &Exact, at: ast::At, number: &str, parts: &[(Exact, ast::At)]) {
        let sum: Exact = parts.iter().map(|(points, _)| points.clone()).sum();
        if sum != *declared {
            let parts = parts.iter().map(|(points, at)| (points.clone(), self.place(*at))).collect();
            let diagnostic = points::does_not_add_up(self.place(at), number, declared, &sum, parts);
            self.report(diagnostic);
        }
    }

    /// The top level adds up to full marks.
    pub(crate) fn budget_of_total(&mut self, roots: &[usize]) {
        let Some((declared, span)) =
            self.program.total.as_ref().and_then(|t| Some((t.points.clone()?, t.span)))
        else {
            return;
        };
        let parts: Vec<(Exact, ast::At)> = roots
            .iter()
            .filter_map(|id| {
                let points = self.program.nodes.get(*id)?.points.clone()?;
                Some((points, self.node_trees.get(*id)?.tree.points.as_ref()?.at))
            })
            .collect();
        self.compare_budget(&declared, ast::At(span), "", &parts);
    }
}

fn effects(rule: &Rule, mut all: Effects) -> Effects {
    match &rule.kind {
        RuleKind::Simple { effect, otherwise, .. } => {
            all.add(effect);
            otherwise.iter().for_each(|effect| all.add(effect));
        }
        RuleKind::Table { rows, .. } => {
            for row in rows {
                match &row.entry {
                    Entry::Points(effect) => all.add(effect),
                    Entry::Falling { .. } => all.award = true,
                    Entry::Value(_) => {}
                }
            }
        }
        RuleKind::Heaviest(members) => return members.iter().fold(all, |all, member| effects(member, all)),
        RuleKind::Require { .. } => {}
    }
    all
}
