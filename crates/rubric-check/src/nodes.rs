//! Sections and clauses: budgets, starts, limits, and what can be attained.

use rubric_program::{Domain, Effect, Entry, Exact, Node, NodeId, NodeKind, NotApplicable, Rule, RuleKind};
use rubric_syntax::ast;

use crate::checker::Checker;
use crate::domain;
use crate::expression::Scope;
use crate::findings::{lists, points};
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
        let cap = tree.cap.as_ref().and_then(|c| self.points_of(c));
        self.budget_form(tree, parent);
        let (kind, floor, ceiling) = match tree.kind {
            ast::NodeKind::Section => (NodeKind::Section, Some(Exact::ZERO), points.clone()),
            ast::NodeKind::Clause => (NodeKind::Clause, Some(Exact::ZERO), points.clone()),
            ast::NodeKind::ExtraDeductions => (NodeKind::ExtraDeductions, cap.map(|c| -c), Some(Exact::ZERO)),
            ast::NodeKind::ExtraAwards => (NodeKind::ExtraAwards, Some(Exact::ZERO), cap),
        };
        let points = points.filter(|_| !kind.outside());
        let rounding = tree.rounded.as_ref().and_then(|r| self.rounding_of(r));
        Node {
            number: tree.number.node.clone(),
            title: tree.title.node.clone(),
            kind,
            parent,
            children: Vec::new(),
            start: None,
            start_full: true,
            floor,
            ceiling,
            points,
            shared: tree.shared,
            rounding,
            scaled: None,
            weight: None,
            not_applicable: None,
            description: String::new(),
            rules: Vec::new(),
            attainable: None,
            span: tree.head.0,
        }
    }

    pub(crate) fn lower_node(&mut self, id: NodeId) {
        let Some(tree) = self.node_trees.get(id.0).map(|n| n.tree) else { return };
        let children = self.program.nodes.get(id.0).map(|n| n.children.clone()).unwrap_or_default();
        // Whether the parts apply hangs on whether what they stand in does.
        for above in self.with_above(id) {
            let at = self.node_trees.get(above.0).map(|n| n.tree.head.0).unwrap_or_default();
            self.demand(Item::Applies(above.0), at);
        }
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
        if let (Some(at), false) = (starts.first(), children.is_empty()) {
            let diagnostic = points::starts_by_its_parts(self.place(*at));
            self.report(diagnostic);
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
        self.ends_outside(tree, &lowered);
        let drawn = self.drawn(tree, id);
        let draws_on_section = self.draws_on_section(id);
        self.weigh(tree, id);
        let descriptions: Vec<(&ast::Quoted, ast::At)> = rules
            .iter()
            .filter_map(|r| if let ast::RuleKind::Description(t) = &r.kind { Some((t, r.at)) } else { None })
            .collect();
        if let [(_, first), (_, second), ..] = descriptions.as_slice() {
            self.once(*second, Some(*first));
        }
        let Some(node) = self.program.nodes.get_mut(id.0) else { return };
        node.description = descriptions.first().map(|(t, _)| t.node.clone()).unwrap_or_default();
        node.start_full = !effects.award && (effects.deduct || effects.none || !effects.full);
        node.start = start;
        if negative {
            node.floor = None;
        }
        if draws_on_section && (effects.deduct || effects.award) {
            // What it takes comes off the points that its section shares.
            (node.points, node.start_full) = (Some(Exact::ZERO), false);
            (node.floor, node.ceiling) = if effects.award { (None, None) } else { (None, Some(Exact::ZERO)) };
        }
        let (rules, ranges): (Vec<Rule>, Vec<Domain>) =
            lowered.into_iter().chain(drawn).map(|l| (l.rule, l.range)).unzip();
        // The rules are put in last, so that looking at the node does not copy them.
        let node = node.clone();
        self.proportions(&children);
        let attainable = self.attainable(&node, &children, &ranges, effects);
        self.budget(tree, &node, &children, attainable.as_ref(), effects);
        if let (Some(not), None, true) = (&node.not_applicable, &node.points, attainable.is_some())
            && not.full
        {
            let place = self.place(ast::At(not.span));
            self.report(points::full_of_nothing(place, &node.number));
        }
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
        let inner: Vec<Domain> = children.iter().filter_map(|c| self.counted(*c)).collect();
        if node.points.is_none() && inner.is_empty() && !node.kind.outside() {
            return None;
        }
        let zero = domain::exactly(&Exact::ZERO);
        let start = match (&node.start, &node.points) {
            (Some(start), _) => start.domain.clone().unwrap_or_else(|| zero.clone()),
            (None, Some(points)) if node.shared || (node.start_full && inner.is_empty()) => {
                domain::exactly(points)
            }
            _ => zero.clone(),
        };
        let inner = match self.rescaled(children) {
            Some(whole) => vec![whole],
            None => inner,
        };
        let sum = inner.iter().chain(ranges).fold(start, |sum, d| domain::add(&sum, d));
        let mut all = domain::clamp(&sum, node.floor.as_ref(), node.ceiling.as_ref());
        if let Some((mode, step)) = &node.rounding {
            let (low, high) = (all.low.round_to(step, *mode), all.high.round_to(step, *mode));
            all = domain::between(low, high, step.decimals());
        }
        if effects.none {
            all = domain::either(&all, &domain::exactly(node.floor.as_ref().unwrap_or(&Exact::ZERO)));
        }
        if let (true, Some(ceiling)) = (effects.full, &node.ceiling) {
            all = domain::either(&all, &domain::exactly(ceiling));
        }
        if let (Some(not), Some(points)) = (&node.not_applicable, &node.points)
            && not.full
        {
            all = domain::either(&all, &domain::exactly(points));
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
                let points = self.contributed(*c)?;
                Some((points, self.node_trees.get(c.0)?.tree.points.as_ref()?.at))
            })
            .collect();
        let weighed = self.weights(children);
        if weighed {
            self.weighed_budget(&scored, node.points.as_ref());
        } else if let (Some(points), Some(declared), false) = (&node.points, &tree.points, scored.is_empty())
        {
            self.compare_budget(points, declared.at, &node.number, &scored);
        }
        let moves = effects.deduct || effects.award || effects.none || effects.full;
        if node.points.is_none()
            && (moves && children.is_empty() || effects.full)
            && tree.points.is_none()
            && !node.kind.outside()
        {
            let diagnostic = points::no_budget(self.place(tree.head), &node.number, self.language());
            self.report(diagnostic);
        }
        if let (Some(points), Some(attainable), true) = (&node.points, attainable, children.is_empty())
            && attainable.high < *points
        {
            let end = tree.points.as_ref().map_or(tree.head.0.end, |p| p.at.0.end);
            let place = self.place(tree.points.as_ref().map_or(tree.head, |p| p.at));
            self.short.push(points::Short {
                whole: tree.at.0,
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
            let diagnostic =
                points::does_not_add_up(self.place(at), number, declared, &sum, parts, self.language());
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
                let points = self.contributed(NodeId(*id))?;
                Some((points, self.node_trees.get(*id)?.tree.points.as_ref()?.at))
            })
            .collect();
        let roots: Vec<NodeId> = roots.iter().map(|id| NodeId(*id)).collect();
        if self.weights(&roots) {
            self.weighed_budget(&parts, Some(&declared));
        } else {
            self.compare_budget(&declared, ast::At(span), "", &parts);
        }
    }

    /// Parts with weights each have the points of the whole.
    fn weighed_budget(&mut self, parts: &[(Exact, ast::At)], whole: Option<&Exact>) {
        let Some(whole) = whole.cloned().or_else(|| parts.first().map(|(p, _)| p.clone())) else { return };
        for (points, at) in parts {
            if *points != whole {
                let diagnostic = points::weighed_points(self.place(*at), points, &whole, self.language());
                self.report(diagnostic);
            }
        }
    }

    /// What stands outside the total has no points that a clause of it could end at, but for awards with a limit.
    fn ends_outside(&mut self, tree: &ast::Node, rules: &[Lowered]) {
        for lowered in rules {
            let does = effects(&lowered.rule, Effects::default());
            let odd = match tree.kind {
                ast::NodeKind::ExtraDeductions => does.none || does.full,
                ast::NodeKind::ExtraAwards => does.full && tree.cap.is_none(),
                ast::NodeKind::Section | ast::NodeKind::Clause => false,
            };
            if odd {
                let place = self.place(ast::At(lowered.rule.span));
                self.report(points::ends_outside(place));
            }
        }
    }

    /// What may stand after the title of each kind of node.
    fn budget_form(&mut self, tree: &ast::Node, parent: Option<NodeId>) {
        let outside = matches!(tree.kind, ast::NodeKind::ExtraDeductions | ast::NodeKind::ExtraAwards);
        if outside && parent.is_some() {
            let diagnostic = lists::outside_within(self.place(tree.head));
            self.report(diagnostic);
        }
        if let Some(points) = tree.points.as_ref().filter(|_| outside) {
            let diagnostic = lists::outside_has_no_points(self.place(points.at));
            self.report(diagnostic);
        }
        if let Some(cap) = tree.cap.as_ref().filter(|_| !outside) {
            let diagnostic = lists::cap_of_points(self.place(cap.at));
            self.report(diagnostic);
        }
        if let Some(points) =
            tree.points.as_ref().filter(|_| tree.shared && tree.kind != ast::NodeKind::Section)
        {
            let diagnostic = lists::shared_by_nobody(self.place(points.at));
            self.report(diagnostic);
        }
        let above = parent.and_then(|p| self.node_trees.get(p.0)).map(|n| n.tree).filter(|t| t.shared);
        if let (Some(above), Some(points)) = (above, &tree.points) {
            let diagnostic = lists::shared_and_own(self.place(points.at), self.place(above.head));
            self.report(diagnostic);
        }
    }

    /// A node and all it stands in, the outermost first.
    fn with_above(&self, id: NodeId) -> Vec<NodeId> {
        let parent = |id: &NodeId| self.node_trees.get(id.0).and_then(|n| n.parent);
        let mut all: Vec<NodeId> = std::iter::successors(Some(id), parent).collect();
        all.reverse();
        all
    }

    /// Lowers when a node does not apply, before anything of it or in it.
    pub(crate) fn lower_applies(&mut self, id: NodeId) {
        let Some(tree) = self.node_trees.get(id.0).map(|n| n.tree) else { return };
        let not_applicable = self.not_applicable(tree);
        if let Some(node) = self.program.nodes.get_mut(id.0) {
            node.not_applicable = not_applicable;
        }
    }

    /// `不适用`
    fn not_applicable(&mut self, tree: &ast::Node) -> Option<NotApplicable> {
        let mut found = tree.body.iter().filter_map(|item| match item {
            ast::NodeItem::Rule(rule) => match &rule.kind {
                ast::RuleKind::NotApplicable { condition, full } => Some((condition, *full, rule.at)),
                _ => None,
            },
            ast::NodeItem::Node(_) => None,
        });
        let (condition, full, at) = found.next()?;
        let again: Vec<ast::At> = found.map(|(_, _, at)| at).collect();
        for second in again {
            self.once(second, Some(at));
        }
        let condition = self.condition(condition, &Scope::default())?;
        Some(NotApplicable { condition, full, span: at.0 })
    }

    /// What parts of which some may be left out can come to: the others are scaled up to the whole. `None` where none
    /// may be left out.
    pub(crate) fn rescaled(&self, parts: &[NodeId]) -> Option<Domain> {
        if !parts.iter().any(|id| self.may_be_left_out(*id)) {
            return None;
        }
        let (mut whole, mut ratios) = (Exact::ZERO, Vec::new());
        let mut outside = domain::exactly(&Exact::ZERO);
        for id in parts {
            let node = self.program.nodes.get(id.0)?;
            let Some(attainable) = &node.attainable else { continue };
            let Some(points) = node.points.as_ref().filter(|p| p.is_positive()) else {
                outside = domain::add(&outside, &self.counted(*id)?);
                continue;
            };
            let weight = node.weight.as_ref().and_then(|w| Some(w.domain.as_ref()?.high.clone()));
            whole = &whole + &(self.contributed(*id)? * weight.unwrap_or(Exact::ONE));
            ratios.push((attainable.low.checked_div(points)?, attainable.high.checked_div(points)?));
        }
        if ratios.len() < 2 {
            // Nothing takes its place.
            return None;
        }
        let low = ratios.iter().map(|(low, _)| low).min()? * &whole;
        let high = ratios.iter().map(|(_, high)| high).max()? * &whole;
        Some(domain::add(&domain::between(low, high, None), &outside))
    }

    /// Whether a node may count nowhere: left out itself, or standing in what does not apply. What it stands in may
    /// have no meaning yet, so that its text is asked.
    pub(crate) fn may_count_nowhere(&self, id: NodeId) -> bool {
        let not_applicable = |item: &ast::NodeItem| matches!(item, ast::NodeItem::Rule(r) if matches!(r.kind, ast::RuleKind::NotApplicable { .. }));
        let mut above = self.node_trees.get(id.0).and_then(|n| n.parent);
        while let Some(node) = above.and_then(|id| self.node_trees.get(id.0)) {
            if node.tree.body.iter().any(not_applicable) {
                return true;
            }
            above = node.parent;
        }
        self.may_be_left_out(id)
    }

    pub(crate) fn may_be_left_out(&self, id: NodeId) -> bool {
        let Some(node) = self.program.nodes.get(id.0) else { return false };
        let own = node.not_applicable.as_ref().is_some_and(|n| !n.full);
        own || (!node.children.is_empty() && node.children.iter().all(|c| self.may_be_left_out(*c)))
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
