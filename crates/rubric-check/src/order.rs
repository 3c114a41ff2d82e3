//! Lowering on demand, which finds cycles and the order of evaluation at once.

use std::collections::{HashMap, HashSet};

use rubric_base::{Place, Span};
use rubric_program::{EvidenceId, LetId, NodeId, OutputId, Step};

use crate::checker::Checker;
use crate::findings::names;

/// Longest chain of definitions, each needing the next: lowering recurses along it.
const DEEPEST: usize = 40;

/// Something that is computed for every unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Item {
    Columns(usize),
    Let(usize),
    /// Whether a node applies.
    Applies(usize),
    Node(usize),
    Total,
    Ranking,
    Grades,
    Output(usize),
}

/// What is lowered, and what is being lowered (in order, with the place that asked for it).
#[derive(Default)]
pub(crate) struct Demand {
    done: HashMap<Item, bool>,
    path: Vec<(Item, Span)>,
    /// What could not be lowered: its finding stands, and what uses it says nothing more.
    failed: HashSet<Item>,
}

impl Demand {
    /// Whether an item was tried and has no meaning.
    pub(crate) fn failed(&self, item: Item) -> bool {
        self.failed.contains(&item)
    }
}

impl Checker<'_> {
    /// Sees to it that an item is lowered before what asks for it at `at`. Items are finished after all they
    /// need, so pushing each step when it is finished gives an order in which every step can be done.
    pub(crate) fn demand(&mut self, item: Item, at: Span) {
        match self.demand.done.get(&item) {
            Some(true) => return,
            Some(false) => {
                self.report_cycle(item, at);
                return;
            }
            None => {}
        }
        if self.demand.path.len() >= DEEPEST {
            let diagnostic = names::chain_too_long(Place { file: self.file, span: at }, DEEPEST);
            self.report(diagnostic);
            return;
        }
        self.demand.done.insert(item, false);
        self.demand.path.push((item, at));
        let step = match item {
            Item::Columns(id) => self.lower_columns(EvidenceId(id)).then_some(Step::Columns(EvidenceId(id))),
            Item::Let(id) => self.lower_let(id).then_some(Step::Let(LetId(id))),
            Item::Output(id) => self.lower_output(id).then_some(Step::Output(OutputId(id))),
            Item::Applies(id) => {
                self.lower_applies(NodeId(id));
                None
            }
            Item::Node(id) => {
                self.lower_node(NodeId(id));
                Some(Step::Node(NodeId(id)))
            }
            Item::Total => self.lower_total().then_some(Step::Total),
            Item::Ranking => self.lower_ranking().then_some(Step::Ranking),
            Item::Grades => self.lower_grades().then_some(Step::Grades),
        };
        if step.is_none() && !matches!(item, Item::Applies(_)) {
            self.demand.failed.insert(item);
        }
        self.program.steps.extend(step);
        self.demand.path.pop();
        self.demand.done.insert(item, true);
    }

    /// Whether an item has a meaning: lowered, and not in the midst of a cycle.
    pub(crate) fn has_meaning(&self, item: Item) -> bool {
        self.demand.done.get(&item) == Some(&true) && !self.demand.failed.contains(&item)
    }

    /// Whether a grade step is being lowered, which may ask for the grade that the steps before it gave.
    pub(crate) fn in_grades(&self) -> bool {
        self.demand.path.last().is_some_and(|(item, _)| *item == Item::Grades)
    }

    fn report_cycle(&mut self, item: Item, at: Span) {
        // A section asks for its clauses and the total for its sections without a word: then the word that
        // asked before is to blame.
        let silent =
            matches!(item, Item::Node(id) if self.program.nodes.get(id).is_some_and(|n| n.span == at));
        let at = if silent { self.demand.path.last().map_or(at, |(_, span)| *span) } else { at };
        let from = self.demand.path.iter().position(|(i, _)| *i == item).unwrap_or(0);
        let path: Vec<(Item, Span)> = self.demand.path.get(from..).unwrap_or_default().to_vec();
        let names: Vec<String> = path.iter().map(|(i, _)| self.item_name(*i)).collect();
        let places = path.iter().skip(1).map(|(_, span)| Place { file: self.file, span: *span }).collect();
        let diagnostic = names::cycle(Place { file: self.file, span: at }, &names, places);
        self.report(diagnostic);
    }

    fn item_name(&self, item: Item) -> String {
        match item {
            Item::Columns(id) => self.program.evidence.get(id).map(|e| e.name.clone()).unwrap_or_default(),
            Item::Let(id) => self.program.lets.get(id).map(|n| n.name.clone()).unwrap_or_default(),
            Item::Output(id) => self.program.outputs.get(id).map(|n| n.name.clone()).unwrap_or_default(),
            Item::Applies(id) | Item::Node(id) => {
                self.node_trees.get(id).map(|n| n.tree.number.node.clone()).unwrap_or_default()
            }
            Item::Total => "总分".to_owned(),
            Item::Ranking => "排名".to_owned(),
            Item::Grades => "等级".to_owned(),
        }
    }

    fn lower_let(&mut self, id: usize) -> bool {
        let Some(binding) = self.let_trees.get(id).copied() else { return false };
        let value = self.expr(&binding.value, &crate::expression::Scope::default());
        if let (Some(value), Some(named)) = (value, self.program.lets.get_mut(id)) {
            named.value = value;
            return true;
        }
        false
    }

    fn lower_output(&mut self, id: usize) -> bool {
        let Some(binding) = self.output_trees.get(id).copied() else { return false };
        let Some(value) = self.expr(&binding.value, &crate::expression::Scope::default()) else {
            return false;
        };
        if value.domain.as_ref().is_some_and(|d| d.scale.is_none()) {
            let place = Place { file: self.file, span: value.span };
            self.report(crate::findings::types::unrounded(place, &binding.name.node, self.language()));
        }
        if let Some(named) = self.program.outputs.get_mut(id) {
            named.value = value;
        }
        true
    }
}
