//! The part of a tree that says all there is to say about some of its clauses.
//!
//! A clause means what it says together with the evidence, the named values and the clauses that it reads, with what
//! these read, with what must hold of that evidence, and with the sections it stands in. Clauses that share evidence
//! with it are taken in where they are few, for which way is better is seen from all of them. Everything else is left
//! out: what is said of that is not said here. Words are all that is looked at, so that the part may hold more than it
//! must, never less.

use std::collections::BTreeSet;

use rubric_base::Span;
use rubric_syntax::{Parse, TokenKind, ast};

use super::index::{Home, Index, names, words};
use super::touched::Touched;

/// More clauses than this are not a part.
const MOST_NODES: usize = 150;
/// Of evidence that more clauses read than this, the others are not taken in.
const FEW_READERS: usize = 12;

/// What a clause can say that rests on everything.
const OF_THE_WHOLE: [&str; 5] =
    ["total_score", "rank_value", "grade_value", "requirements_met", "requirements_all"];

/// A part of a tree.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The part, with the spans of the whole.
    pub(super) tree: ast::File,
    /// What it is about.
    pub(super) within: Vec<Span>,
    /// The numbers of the clauses that it is about.
    pub(super) nodes: Vec<String>,
    /// The evidence that it is about.
    pub(super) fields: Vec<String>,
}

/// The part that what was touched makes necessary; nothing where that is not a part. With `every_name` it has all names,
/// so that the one nearest to a misspelt one is among them.
pub(super) fn of(
    index: &Index,
    parse: &Parse,
    text: &str,
    touched: &[Touched],
    every_name: bool,
) -> Option<Part> {
    if index.whole_only {
        return None;
    }
    let (names, nodes, todo) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    let mut gather = Gather { index, parse, text, names, nodes, every_name, todo };
    let mut part = Part::default();
    for touched in touched {
        match touched {
            Touched::Nothing(span) => part.within.push(*span),
            Touched::Clause(number, span) => {
                gather.about(*index.numbers.get(number)?)?;
                part.within.push(*span);
                part.nodes.push(number.clone());
            }
            Touched::Field(name, span) => {
                gather.name(name);
                let readers = index.readers.get(name).map(Vec::as_slice).unwrap_or_default();
                // Computed columns are looked at where the list is read, which may be in no clause.
                if readers.is_empty() && gather.computes(name) {
                    return None;
                }
                for reader in readers {
                    let node = gather.tree_of(*reader)?;
                    // What a section says rests on all that is in it.
                    if index.nodes.get(*reader)?.end > *reader + 1 {
                        return None;
                    }
                    part.within.push(node.at.0);
                    part.nodes.push(node.number.node.clone());
                    gather.about(*reader)?;
                }
                part.within.push(*span);
                part.fields.push(name.clone());
            }
            Touched::More => return None,
        }
    }
    gather.all()?;
    part.tree = gather.tree();
    Some(part)
}

struct Gather<'a> {
    index: &'a Index,
    parse: &'a Parse,
    text: &'a str,
    names: BTreeSet<String>,
    nodes: BTreeSet<usize>,
    /// Whatever has a name is taken in.
    every_name: bool,
    /// Spans not looked through yet.
    todo: Vec<Span>,
}

impl<'a> Gather<'a> {
    /// A clause in question, with those that share evidence with it.
    fn about(&mut self, id: usize) -> Option<()> {
        self.node(id)?;
        let own = self.tree_of(id)?.at.0;
        for name in names(self.parse, self.text, own) {
            let readers = self.index.readers.get(name).map(Vec::as_slice).unwrap_or_default();
            if readers.len() <= FEW_READERS {
                readers.iter().try_for_each(|reader| self.node(*reader))?;
            }
        }
        Some(())
    }

    /// A section or clause with all that is in it, and the rules of what it stands in.
    fn node(&mut self, id: usize) -> Option<()> {
        let home = self.index.nodes.get(id)?;
        if !self.nodes.insert(id) {
            return Some(());
        }
        self.nodes.extend(id..home.end);
        if self.nodes.len() > MOST_NODES {
            return None;
        }
        self.todo.push(self.tree_of(id)?.at.0);
        let mut above = home.parent;
        while let Some(id) = above {
            let node = self.tree_of(id)?;
            self.todo.extend(own_rules(node));
            above = self.index.nodes.get(id)?.parent;
        }
        Some(())
    }

    fn name(&mut self, name: &str) {
        let Some(home) = self.index.declared.get(name) else { return };
        if self.names.insert(name.to_owned()) {
            let span = match home {
                Home::Field(item, way) => field_at(&self.parse.file, *item, way).map(|field| field.at.0),
                Home::Binding(item) => match self.parse.file.items.get(*item) {
                    Some(ast::Item::Let(binding) | ast::Item::Output(binding)) => Some(binding.at.0),
                    _ => None,
                },
            };
            self.todo.extend(span);
        }
    }

    /// Whether evidence is a list with computed columns.
    fn computes(&self, name: &str) -> bool {
        let Some(Home::Field(item, way)) = self.index.declared.get(name) else { return false };
        let field = field_at(&self.parse.file, *item, way);
        let computed = |column: &ast::FieldItem| matches!(column, ast::FieldItem::Computed(_));
        field.is_some_and(|f| matches!(&f.ty, ast::FieldType::List(columns) if columns.iter().any(computed)))
    }

    /// Everything that rests below what is here already.
    fn all(&mut self) -> Option<()> {
        let conditions: Vec<Span> = self.parse.file.items.iter().filter_map(graded).collect();
        self.todo.extend(conditions);
        let mut checks = Vec::new();
        for item in &self.parse.file.items {
            if let ast::Item::Evidence(fields) = item {
                checks_of(fields, &mut checks);
            }
        }
        loop {
            while let Some(span) = self.todo.pop() {
                self.read(span)?;
            }
            let wanted = |span: &Span| names(self.parse, self.text, *span).any(|n| self.names.contains(n));
            let (now, later): (Vec<Span>, Vec<Span>) = checks.into_iter().partition(wanted);
            if now.is_empty() {
                return Some(());
            }
            (self.todo, checks) = (now, later);
        }
    }

    fn read(&mut self, span: Span) -> Option<()> {
        let (parse, text) = (self.parse, self.text);
        for word in words(parse, span) {
            match word.kind {
                // A number in 「」 is read as a name.
                TokenKind::Name | TokenKind::ClauseNumber => {
                    let name = word.span.of(text).trim_matches(['「', '」']);
                    self.name(name);
                    if let Some(id) = self.index.numbers.get(name) {
                        self.node(*id)?;
                    }
                }
                TokenKind::Keyword(keyword) if OF_THE_WHOLE.contains(&keyword.id) => return None,
                _ => {}
            }
        }
        Some(())
    }

    fn tree_of(&self, id: usize) -> Option<&'a ast::Node> {
        let home = self.index.nodes.get(id)?;
        match home.parent {
            None => match self.parse.file.items.get(home.item)? {
                ast::Item::Node(node) => Some(node),
                _ => None,
            },
            Some(parent) => {
                let number = (parent + 1..id)
                    .filter(|n| self.index.nodes.get(*n).is_some_and(|h| h.parent == Some(parent)));
                children(self.tree_of(parent)?).nth(number.count())
            }
        }
    }

    fn tree(&self) -> ast::File {
        let mut id = 0;
        let mut items = Vec::new();
        for (at, item) in self.parse.file.items.iter().enumerate() {
            match item {
                ast::Item::Header(_) | ast::Item::Calendar(_) | ast::Item::Graded(_) => {
                    items.push(item.clone())
                }
                ast::Item::Evidence(fields) => {
                    items.push(ast::Item::Evidence(self.fields(at, &mut Vec::new(), fields)))
                }
                ast::Item::Let(binding) | ast::Item::Output(binding) => {
                    let home = self.index.declared.get(&binding.name.node);
                    let wanted = self.every_name || self.names.contains(&binding.name.node);
                    if wanted && home == Some(&Home::Binding(at)) {
                        items.push(item.clone());
                    }
                }
                ast::Item::Node(node) => {
                    let own = id;
                    id = self.index.nodes.get(own).map_or(own + 1, |home| home.end);
                    if self.nodes.range(own..id).next().is_some() {
                        items.push(ast::Item::Node(self.pruned(node, own)));
                    }
                }
                _ => {}
            }
        }
        ast::File { items }
    }

    fn fields(&self, item: usize, way: &mut Vec<usize>, fields: &[ast::FieldItem]) -> Vec<ast::FieldItem> {
        let mut kept = Vec::new();
        for (at, field) in fields.iter().enumerate() {
            way.push(at);
            match field {
                ast::FieldItem::Field(declared) => {
                    let wanted = self.every_name || self.names.contains(&declared.name.node);
                    let home = wanted.then(|| self.index.declared.get(&declared.name.node)).flatten();
                    // Of two with one name the first is meant.
                    if home.is_some_and(|h| matches!(h, Home::Field(i, w) if *i == item && w == way)) {
                        kept.push(field.clone());
                    }
                }
                ast::FieldItem::GradedOnly(inner, at) => {
                    kept.push(ast::FieldItem::GradedOnly(self.fields(item, way, inner), *at));
                }
                ast::FieldItem::Verify(verify) => {
                    let mut all = names(self.parse, self.text, verify.at.0);
                    if all.any(|name| self.names.contains(name)) {
                        kept.push(field.clone());
                    }
                }
                ast::FieldItem::Computed(_) => kept.push(field.clone()),
            }
            way.pop();
        }
        kept
    }

    /// A node without those in it that are not wanted. Of those with a weight the heads are kept.
    fn pruned(&self, node: &ast::Node, own: usize) -> ast::Node {
        if self.nodes.contains(&own) {
            return node.clone();
        }
        let mut id = own + 1;
        let mut body = Vec::new();
        for part in &node.body {
            match part {
                ast::NodeItem::Rule(_) => body.push(part.clone()),
                ast::NodeItem::Node(inner) => {
                    let first = id;
                    id = self.index.nodes.get(first).map_or(first + 1, |home| home.end);
                    if self.nodes.range(first..id).next().is_some() {
                        body.push(ast::NodeItem::Node(self.pruned(inner, first)));
                    } else if inner.weight.is_some() {
                        body.push(ast::NodeItem::Node(with_body(inner, Vec::new())));
                    }
                }
            }
        }
        with_body(node, body)
    }
}

fn with_body(node: &ast::Node, body: Vec<ast::NodeItem>) -> ast::Node {
    ast::Node {
        kind: node.kind,
        number: node.number.clone(),
        title: node.title.clone(),
        points: node.points.clone(),
        shared: node.shared,
        cap: node.cap.clone(),
        rounded: node.rounded.clone(),
        scaled: node.scaled.clone(),
        weight: node.weight.clone(),
        printed: node.printed.clone(),
        body,
        head: node.head,
        at: node.at,
    }
}

fn children(node: &ast::Node) -> impl Iterator<Item = &ast::Node> {
    node.body.iter().filter_map(|part| if let ast::NodeItem::Node(inner) = part { Some(inner) } else { None })
}

fn own_rules(node: &ast::Node) -> impl Iterator<Item = Span> {
    node.body
        .iter()
        .filter_map(|part| if let ast::NodeItem::Rule(rule) = part { Some(rule.at.0) } else { None })
}

fn graded(item: &ast::Item) -> Option<Span> {
    if let ast::Item::Graded(condition) = item { Some(condition.at.0) } else { None }
}

/// What must hold of evidence, where it is said beside the fields; what is said in a list comes with the list.
fn checks_of(fields: &[ast::FieldItem], checks: &mut Vec<Span>) {
    for field in fields {
        match field {
            ast::FieldItem::Verify(verify) => checks.push(verify.at.0),
            ast::FieldItem::GradedOnly(inner, _) => checks_of(inner, checks),
            _ => {}
        }
    }
}

fn field_at<'t>(tree: &'t ast::File, item: usize, way: &[usize]) -> Option<&'t ast::Field> {
    let ast::Item::Evidence(fields) = tree.items.get(item)? else { return None };
    let (last, blocks) = way.split_last()?;
    let mut here = fields;
    for at in blocks {
        let ast::FieldItem::GradedOnly(inner, _) = here.get(*at)? else { return None };
        here = inner;
    }
    match here.get(*last)? {
        ast::FieldItem::Field(field) => Some(field),
        _ => None,
    }
}
