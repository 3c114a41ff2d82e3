//! What the checker carries along, and the order of its work.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use rubric_base::{Diagnostic, FileId, Language, Level, Place, Span};
use rubric_program::{
    EvidenceId, Exact, LetId, NodeId, OutputId, Program, Rounding, RuleId, Total, Type, Unit,
};
use rubric_syntax::ast;

use crate::Files;
use crate::domain;
use crate::findings::mixed::{self, Side};
use crate::findings::{names, points, types};
use crate::order::{Demand, Item};
use crate::units;

/// A declared node before it is lowered.
pub(crate) struct NodeTree<'a> {
    pub(crate) tree: &'a ast::Node,
    pub(crate) parent: Option<NodeId>,
}

/// The checker at work.
pub(crate) struct Checker<'a> {
    pub(crate) file: FileId,
    pub(crate) text: &'a str,
    pub(crate) tree: &'a ast::File,
    pub(crate) program: Program,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) evidence: HashMap<&'a str, EvidenceId>,
    pub(crate) used: Vec<bool>,
    pub(crate) used_lets: HashSet<LetId>,
    pub(crate) lets: HashMap<&'a str, (LetId, &'a ast::Binding)>,
    pub(crate) outputs: HashMap<&'a str, (OutputId, &'a ast::Binding)>,
    /// In declared order, also those whose name is taken.
    pub(crate) let_trees: Vec<&'a ast::Binding>,
    pub(crate) output_trees: Vec<&'a ast::Binding>,
    pub(crate) nodes: HashMap<&'a str, NodeId>,
    pub(crate) node_trees: Vec<NodeTree<'a>>,
    /// Checks of the evidence: of which list, and whether of the scored units only.
    pub(crate) verifies: Vec<(Option<EvidenceId>, &'a ast::Verify, bool)>,
    /// Computed columns by list, not lowered yet.
    pub(crate) columns: HashMap<EvidenceId, Vec<&'a ast::Binding>>,
    /// Rules of no clause, each with the id of its copies.
    pub(crate) draws: Vec<(RuleId, &'a ast::Draw)>,
    pub(crate) files: &'a Files,
    pub(crate) ranking: Option<&'a ast::Ranking>,
    pub(crate) grades: Option<&'a ast::Grades>,
    pub(crate) demand: Demand,
    /// The language of most keywords, once it was asked for.
    language: OnceCell<Language>,
    /// Clauses whose points cannot all be earned.
    pub(crate) short: Vec<points::Short>,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(file: FileId, text: &'a str, tree: &'a ast::File, files: &'a Files) -> Self {
        Self {
            file,
            text,
            tree,
            program: Program::default(),
            diagnostics: Vec::new(),
            evidence: HashMap::new(),
            used: Vec::new(),
            used_lets: HashSet::new(),
            lets: HashMap::new(),
            outputs: HashMap::new(),
            let_trees: Vec::new(),
            output_trees: Vec::new(),
            nodes: HashMap::new(),
            node_trees: Vec::new(),
            verifies: Vec::new(),
            columns: HashMap::new(),
            draws: Vec::new(),
            files,
            ranking: None,
            grades: None,
            demand: Demand::default(),
            language: OnceCell::new(),
            short: Vec::new(),
        }
    }

    /// Everything, in the order in which each part can rely on what came before.
    pub(crate) fn run(&mut self) {
        self.header();
        self.calendars();
        self.declare_evidence();
        self.declare_imports();
        self.declare_items();
        self.graded();
        self.verifications();
        for item in self.all_items() {
            self.demand(item, Span::default());
        }
        self.left_out();
        self.examples();
        self.unused();
    }

    /// Said at the end, when it is known what the whole can come to; of a part that is not known.
    pub(crate) fn points_out_of_reach(&mut self, of_whole: bool) {
        let wrong = |d: &&Diagnostic| d.level == Level::Error;
        let errors: Vec<Span> = self.diagnostics.iter().filter(wrong).map(Diagnostic::span).collect();
        // A rule with an error gives nothing yet, though it will: its clause, and the total, come to more then.
        let mut short = std::mem::take(&mut self.short);
        short.retain(|clause| !errors.iter().any(|error| clause.whole.contains(*error)));
        let total = self.program.total.as_ref().filter(|_| of_whole && errors.is_empty());
        let whole = total.and_then(|t| Some((t.points.clone()?, t.attainable.high.clone())));
        for clause in &short {
            self.report(points::never_earned(clause, whole.as_ref(), self.language()));
        }
    }

    pub(crate) const fn place(&self, at: ast::At) -> Place {
        Place { file: self.file, span: at.0 }
    }

    /// The language in which mends are written: that of most keywords of the rubric.
    pub(crate) fn language(&self) -> Language {
        *self.language.get_or_init(|| Language::of_text(self.text))
    }

    pub(crate) fn side(&self, (span, unit): (Span, Option<Unit>)) -> Side<'a> {
        Side { place: Place { file: self.file, span }, words: span.of(self.text), unit }
    }

    /// Reports two values whose units do not go together.
    pub(crate) fn units_differ(&mut self, a: (Span, Option<Unit>), b: (Span, Option<Unit>)) {
        self.report(mixed::units_differ(self.side(a), self.side(b), self.language()));
    }

    /// Reports a value of another unit than is wanted there.
    pub(crate) fn wrong_unit(&mut self, found: (Span, Option<Unit>), wanted: Option<Unit>) {
        self.report(mixed::wrong_unit(self.side(found), wanted, self.language()));
    }

    /// Reports two values of kinds that do not go together.
    pub(crate) fn cannot_compare(&mut self, (a, p): (Span, &Type), (b, q): (Span, &Type)) {
        let side = |span: Span| (Place { file: self.file, span }, span.of(self.text));
        let ((x, words_a), (y, words_b)) = (side(a), side(b));
        self.report(mixed::cannot_compare((x, words_a, p), (y, words_b, q), self.language()));
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn header(&mut self) {
        let headers: Vec<&ast::Header> = self
            .tree
            .items
            .iter()
            .filter_map(|i| if let ast::Item::Header(h) = i { Some(h) } else { None })
            .collect();
        let Some((header, more)) = headers.split_first() else {
            // A file of calendars alone is there for rubrics to use.
            let calendar = |item: &ast::Item| matches!(item, ast::Item::Calendar(_));
            if !self.tree.items.is_empty() && self.tree.items.iter().all(calendar) {
                return;
            }
            let place = Place { file: self.file, span: Span::default() };
            self.report(names::no_header(place, self.language()));
            return;
        };
        for second in more {
            let diagnostic =
                names::twice(self.place(second.title.at), &second.title.node, self.place(header.title.at));
            self.report(diagnostic);
        }
        self.program.title.clone_from(&header.title.node);
        let mut seen: HashMap<std::mem::Discriminant<ast::HeaderEntry>, ast::At> = HashMap::new();
        for entry in &header.entries {
            if matches!(entry, ast::HeaderEntry::Level(_)) {
                continue;
            }
            let at = entry_place(entry);
            if let Some(first) = seen.insert(std::mem::discriminant(entry), at) {
                let diagnostic = names::twice(self.place(at), at.0.of(self.text), self.place(first));
                self.report(diagnostic);
            }
            match entry {
                ast::HeaderEntry::Subjects(name) => self.program.subjects = Some(name.node.clone()),
                ast::HeaderEntry::Year(year) => self.program.year = Some(year.number.to_string()),
                ast::HeaderEntry::Total(quantity, rounded) => self.total(quantity, rounded.as_ref()),
                _ => {}
            }
        }
    }

    fn total(&mut self, quantity: &ast::Quantity, rounded: Option<&ast::Rounded>) {
        let value = self.points_of(quantity);
        let rounding = rounded.and_then(|r| self.rounding_of(r));
        self.program.total = Some(Total {
            attainable: domain::exactly(&Exact::ZERO),
            points: value,
            rounding,
            span: quantity.at.0,
        });
    }

    /// How points are rounded; nothing where it was reported.
    pub(crate) fn rounding_of(&mut self, rounded: &ast::Rounded) -> Option<(Rounding, Exact)> {
        let step = self.points_of(&rounded.step)?;
        if !step.is_positive() {
            let diagnostic = types::step_not_positive(self.place(rounded.step.at));
            self.report(diagnostic);
            return None;
        }
        Some((rounding(rounded.mode), step))
    }

    /// The title of the rubric, or its beginning.
    pub(crate) fn title(&self) -> ast::At {
        let mut heads =
            self.tree.items.iter().filter_map(|i| if let ast::Item::Header(h) = i { Some(h) } else { None });
        heads.next().map(|h| h.title.at).unwrap_or_default()
    }

    /// A number that must be points.
    pub(crate) fn points_of(&mut self, quantity: &ast::Quantity) -> Option<Exact> {
        if quantity.unit == Some(units::POINTS) {
            return Some(Exact::from_decimal(quantity.number));
        }
        let place = self.place(quantity.at);
        self.report(points::needs_points(place, quantity.at.0.of(self.text), self.language()));
        None
    }

    /// The value of a written number in its base unit, and that unit.
    pub(crate) fn quantity(quantity: &ast::Quantity) -> (Exact, Option<Unit>) {
        let number = Exact::from_decimal(quantity.number);
        let number = match quantity.unit {
            unit if units::hundredths(unit) => number * Exact::fixed(1, 2),
            Some(units::TIME) => units::minutes_of(&number),
            _ => number,
        };
        (number, quantity.unit)
    }

    fn declare_items(&mut self) {
        for item in &self.tree.items {
            match item {
                ast::Item::Let(binding) => {
                    let id = LetId(self.program.lets.len());
                    self.program.lets.push(placeholder(binding));
                    self.let_trees.push(binding);
                    self.declare_name(&binding.name);
                    self.lets.entry(&binding.name.node).or_insert((id, binding));
                }
                ast::Item::Output(binding) => {
                    let id = OutputId(self.program.outputs.len());
                    self.program.outputs.push(placeholder(binding));
                    self.output_trees.push(binding);
                    if let Some((_, first)) = self.outputs.insert(&binding.name.node, (id, binding)) {
                        let diagnostic = names::twice(
                            self.place(binding.name.at),
                            &binding.name.node,
                            self.place(first.name.at),
                        );
                        self.report(diagnostic);
                    }
                }
                ast::Item::Node(node) => self.declare_node(node, None),
                ast::Item::Draw(draw) => {
                    self.draws.push((RuleId(self.program.rule_count), draw));
                    self.program.rule_count += 1;
                }
                ast::Item::Ranking(ranking) => {
                    self.once(ranking.at, self.ranking.map(|r| r.at));
                    self.ranking = self.ranking.or(Some(ranking));
                }
                ast::Item::Grades(grades) => {
                    self.once(grades.at, self.grades.map(|g| g.at));
                    self.grades = self.grades.or(Some(grades));
                }
                _ => {}
            }
        }
        self.outputs_of_their_own();
    }

    /// An output may not share its name with a named value or with evidence: a name has one meaning.
    fn outputs_of_their_own(&mut self) {
        for output in self.output_trees.clone() {
            let name = output.name.node.as_str();
            let first = self.lets.get(name).map(|(_, b)| b.name.at.0).or_else(|| {
                let id = self.evidence.get(name)?;
                self.program.evidence.get(id.0).map(|e| e.span)
            });
            if let Some(span) = first {
                let first = Place { file: self.file, span };
                let diagnostic = names::twice(self.place(output.name.at), name, first);
                self.report(diagnostic);
            }
        }
    }

    /// Reports what stands a second time, in the words of its first line.
    pub(crate) fn once(&mut self, at: ast::At, first: Option<ast::At>) {
        let Some(first) = first else { return };
        let words = at.0.of(self.text).lines().next().unwrap_or_default();
        let line = ast::At(Span { start: at.0.start, end: at.0.start + Span::new(words.len(), 0).start });
        let diagnostic = names::twice(self.place(line), words, self.place(first));
        self.report(diagnostic);
    }

    /// A named value may not share its name with another or with evidence.
    fn declare_name(&mut self, name: &'a ast::Name) {
        let first = self.lets.get(name.node.as_str()).map(|(_, b)| b.name.at.0);
        let first = first.or_else(|| {
            let id = self.evidence.get(name.node.as_str())?;
            self.program.evidence.get(id.0).map(|e| e.span)
        });
        if let Some(span) = first {
            let diagnostic = names::twice(self.place(name.at), &name.node, Place { file: self.file, span });
            self.report(diagnostic);
        }
    }

    fn declare_node(&mut self, tree: &'a ast::Node, parent: Option<NodeId>) {
        let id = NodeId(self.node_trees.len());
        self.node_trees.push(NodeTree { tree, parent });
        if let Some(first) = self.nodes.get(tree.number.node.as_str()).and_then(|n| self.node_trees.get(n.0))
        {
            let diagnostic = names::number_twice(
                self.place(tree.number.at),
                &tree.number.node,
                self.place(first.tree.number.at),
            );
            self.report(diagnostic);
        } else {
            self.nodes.insert(&tree.number.node, id);
        }
        let node = self.empty_node(tree, parent);
        self.program.nodes.push(node);
        if let Some(parent) = parent.and_then(|p| self.program.nodes.get_mut(p.0)) {
            parent.children.push(id);
        }
        for item in &tree.body {
            if let ast::NodeItem::Node(child) = item {
                self.declare_node(child, Some(id));
            }
        }
    }

    fn all_items(&self) -> Vec<Item> {
        let mut items: Vec<Item> = (0..self.program.lets.len()).map(Item::Let).collect();
        items.extend((0..self.node_trees.len()).map(Item::Node));
        items.push(Item::Total);
        items.extend(self.ranking.map(|_| Item::Ranking));
        items.extend(self.grades.map(|_| Item::Grades));
        items.extend((0..self.program.outputs.len()).map(Item::Output));
        items
    }
}

/// Stands in for a named value until it is lowered.
fn placeholder(binding: &ast::Binding) -> rubric_program::Named {
    use rubric_program::{Expr, ExprKind, Named, Type};
    let value = Expr { kind: ExprKind::Flag(false), ty: Type::Flag, domain: None, span: binding.at.0 };
    Named { name: binding.name.node.clone(), value, span: binding.name.at.0 }
}

const fn entry_place(entry: &ast::HeaderEntry) -> ast::At {
    match entry {
        ast::HeaderEntry::Year(q) | ast::HeaderEntry::Total(q, _) => q.at,
        ast::HeaderEntry::Source(t) | ast::HeaderEntry::Description(t) | ast::HeaderEntry::Subjects(t) => {
            t.at
        }
        ast::HeaderEntry::Level(setting) => setting.at,
    }
}

/// The program's way to round.
pub(crate) const fn rounding(mode: ast::Rounding) -> Rounding {
    match mode {
        ast::Rounding::HalfAwayFromZero => Rounding::HalfAwayFromZero,
        ast::Rounding::HalfTowardsZero => Rounding::HalfTowardsZero,
        ast::Rounding::HalfEven => Rounding::HalfEven,
        ast::Rounding::Up => Rounding::Up,
        ast::Rounding::Down => Rounding::Down,
        ast::Rounding::AwayFromZero => Rounding::AwayFromZero,
        ast::Rounding::TowardsZero => Rounding::TowardsZero,
    }
}
