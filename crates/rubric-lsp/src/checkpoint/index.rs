//! Where everything of a text is declared, and which clauses read what: by names, found without checking.
//!
//! It is made once for each check of the whole text and holds for later trees of the same [`Index::shape`]: those in
//! which nothing was declared, left out or moved.

use std::hash::{Hash, Hasher};

use rubric_base::Span;
use rubric_syntax::{Parse, Token, TokenKind, ast};
use rustc_hash::{FxHashMap, FxHasher};

/// Where a name is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Home {
    /// Evidence: the item, and the way to it through blocks of fields.
    Field(usize, Vec<usize>),
    /// A named value or an output: the item.
    Binding(usize),
}

/// Where a section or clause stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NodeHome {
    /// The item.
    pub(super) item: usize,
    /// What it stands in.
    pub(super) parent: Option<usize>,
    /// Nodes are numbered in written order: all from itself to here stand in it.
    pub(super) end: usize,
}

/// See the head of this file.
#[derive(Debug, Default)]
pub(super) struct Index {
    shape: u64,
    pub(super) declared: FxHashMap<String, Home>,
    pub(super) nodes: Vec<NodeHome>,
    pub(super) numbers: FxHashMap<String, usize>,
    /// The nodes that read each name by their own rules.
    pub(super) readers: FxHashMap<String, Vec<usize>>,
    /// The text rests on other files, or has rules of no clause: no part of it stands by itself.
    pub(super) whole_only: bool,
}

impl Index {
    /// Of a text that was read as `parse`.
    pub(super) fn of(parse: &Parse, text: &str) -> Self {
        let mut index = Self { shape: shape(&parse.file), ..Self::default() };
        for (at, item) in parse.file.items.iter().enumerate() {
            match item {
                ast::Item::Evidence(fields) => index.fields(at, &mut Vec::new(), fields),
                ast::Item::Let(binding) | ast::Item::Output(binding) => {
                    index.declared.entry(binding.name.node.clone()).or_insert(Home::Binding(at));
                }
                ast::Item::Node(node) => index.node(parse, text, at, None, node),
                ast::Item::Import(_) | ast::Item::Draw(_) => index.whole_only = true,
                ast::Item::Calendar(calendar) => index.whole_only |= calendar.path.is_some(),
                _ => {}
            }
        }
        index
    }

    /// Whether a tree declares the same in the same order.
    pub(super) fn fits(&self, tree: &ast::File) -> bool {
        self.shape == shape(tree)
    }

    fn fields(&mut self, item: usize, way: &mut Vec<usize>, fields: &[ast::FieldItem]) {
        for (at, field) in fields.iter().enumerate() {
            way.push(at);
            match field {
                ast::FieldItem::Field(field) => {
                    let home = Home::Field(item, way.clone());
                    self.declared.entry(field.name.node.clone()).or_insert(home);
                }
                ast::FieldItem::GradedOnly(inner, _) => self.fields(item, way, inner),
                _ => {}
            }
            way.pop();
        }
    }

    fn node(&mut self, parse: &Parse, text: &str, item: usize, parent: Option<usize>, node: &ast::Node) {
        let own = self.nodes.len();
        self.nodes.push(NodeHome { item, parent, end: own });
        self.numbers.entry(node.number.node.clone()).or_insert(own);
        let weight = node.weight.iter().map(|w| w.at.0);
        let rules = node.body.iter().filter_map(|part| match part {
            ast::NodeItem::Rule(rule) => Some(rule.at.0),
            ast::NodeItem::Node(_) => None,
        });
        for span in weight.chain(rules) {
            for name in names(parse, text, span) {
                let readers = self.readers.entry(name.to_owned()).or_default();
                if readers.last() != Some(&own) {
                    readers.push(own);
                }
            }
        }
        for part in &node.body {
            if let ast::NodeItem::Node(inner) = part {
                self.node(parse, text, item, Some(own), inner);
            }
        }
        let end = self.nodes.len();
        self.nodes.get_mut(own).into_iter().for_each(|home| home.end = end);
    }
}

/// The words within a span.
pub(super) fn words(parse: &Parse, span: Span) -> impl Iterator<Item = &Token> {
    let first = parse.tokens.partition_point(|t| t.span.start < span.start);
    let words = parse.tokens.get(first..).unwrap_or_default();
    words.iter().take_while(move |t| t.span.start < span.end)
}

/// The names within a span, as they are declared.
pub(super) fn names<'t>(parse: &'t Parse, text: &'t str, span: Span) -> impl Iterator<Item = &'t str> {
    let names = words(parse, span).filter(|t| t.kind == TokenKind::Name);
    names.map(|t| t.span.of(text).trim_matches(['「', '」']))
}

/// What is declared in which order.
fn shape(tree: &ast::File) -> u64 {
    let mut hasher = FxHasher::default();
    for item in &tree.items {
        std::mem::discriminant(item).hash(&mut hasher);
        match item {
            ast::Item::Evidence(fields) => shape_of_fields(fields, &mut hasher),
            ast::Item::Let(binding) | ast::Item::Output(binding) => binding.name.node.hash(&mut hasher),
            ast::Item::Node(node) => shape_of_node(node, &mut hasher),
            _ => {}
        }
    }
    hasher.finish()
}

fn shape_of_fields(fields: &[ast::FieldItem], hasher: &mut FxHasher) {
    fields.len().hash(hasher);
    for field in fields {
        std::mem::discriminant(field).hash(hasher);
        match field {
            ast::FieldItem::Field(field) => field.name.node.hash(hasher),
            ast::FieldItem::GradedOnly(inner, _) => shape_of_fields(inner, hasher),
            _ => {}
        }
    }
}

fn shape_of_node(node: &ast::Node, hasher: &mut FxHasher) {
    node.number.node.hash(hasher);
    node.weight.is_some().hash(hasher);
    for part in &node.body {
        if let ast::NodeItem::Node(inner) = part {
            1_u8.hash(hasher);
            shape_of_node(inner, hasher);
        }
    }
    0_u8.hash(hasher);
}
