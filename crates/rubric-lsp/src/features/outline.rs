//! The parts of a rubric, as a tree, and blocks that stand between braces.

use rubric_base::Span;
use rubric_syntax::{Token, TokenKind, ast};

use super::Context;
use crate::document::Document;

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum PartKind {
    Rubric,
    Evidence,
    List,
    Field,
    Section,
    Clause,
    Value,
    Output,
    Grades,
    Grade,
    Example,
    Import,
    Calendar,
}

/// A part of a rubric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// More about it.
    pub detail: String,
    /// What it is.
    pub kind: PartKind,
    /// All of it.
    pub whole: Span,
    /// Its name, within it.
    pub at: Span,
    /// What stands in it.
    pub parts: Vec<Part>,
}

/// The parts of a document, in order.
#[must_use]
pub fn parts(cx: Context<'_>) -> Vec<Part> {
    let Some(analysis) = &cx.document.analysis else { return Vec::new() };
    let blocks = blocks(cx.document);
    analysis.parse.file.items.iter().filter_map(|item| part(cx, item, &blocks)).collect()
}

fn leaf(name: &str, detail: String, kind: PartKind, whole: ast::At, at: ast::At) -> Part {
    Part { name: name.to_owned(), detail, kind, whole: whole.0.to(at.0), at: at.0, parts: Vec::new() }
}

fn part(cx: Context<'_>, item: &ast::Item, blocks: &[Block]) -> Option<Part> {
    use PartKind as K;
    Some(match item {
        ast::Item::Header(h) => leaf(&h.title.node, String::new(), K::Rubric, h.at, h.title.at),
        ast::Item::Import(i) => leaf(&i.name.node, i.path.node.clone(), K::Import, i.at, i.name.at),
        ast::Item::Calendar(c) => {
            let at = c.path.as_ref().map_or(c.at, |p| p.at);
            let name = cx.say("日历", "calendar");
            leaf(&name, String::new(), K::Calendar, c.at, ast::At(first_word(cx.document, at.0)))
        }
        ast::Item::Evidence(fields) => evidence(cx, fields, blocks)?,
        ast::Item::Let(b) => leaf(&b.name.node, shown(cx, b.value.at), K::Value, b.at, b.name.at),
        ast::Item::Output(b) => leaf(&b.name.node, shown(cx, b.value.at), K::Output, b.at, b.name.at),
        ast::Item::Node(node) => node_part(cx, node),
        ast::Item::Grades(g) => {
            let first = g.names.first()?;
            let whole =
                blocks.iter().find(|b| b.open.start >= first.at.0.end).map_or(g.at.0, |b| g.at.0.to(b.close));
            let names = g.names.iter().chain(&g.besides);
            let parts = names.map(|n| leaf(&n.node, String::new(), K::Grade, n.at, n.at)).collect();
            Part {
                name: cx.say("等级", "grades"),
                detail: String::new(),
                kind: K::Grades,
                whole,
                at: first.at.0,
                parts,
            }
        }
        ast::Item::Example(e) => leaf(&e.name.node, String::new(), K::Example, e.at, e.name.at),
        ast::Item::Graded(_) | ast::Item::Ranking(_) | ast::Item::Draw(_) => return None,
    })
}

fn shown(cx: Context<'_>, at: ast::At) -> String {
    let words = cx.document.words(at.0).lines().next().unwrap_or_default();
    words.chars().take(60).collect()
}

fn first_word(document: &Document, span: Span) -> Span {
    document.token_at(span.start as usize).map_or(span, |t| t.span)
}

fn evidence(cx: Context<'_>, items: &[ast::FieldItem], blocks: &[Block]) -> Option<Part> {
    let parts = fields(cx, items);
    let first = parts.first()?;
    let block = blocks
        .iter()
        .rfind(|b| b.open.end <= first.whole.start && b.close.start >= first.whole.end && b.depth == 0)?;
    let whole = block.head.to(block.close);
    Some(Part {
        name: cx.say("填报", "evidence"),
        detail: String::new(),
        kind: PartKind::Evidence,
        whole,
        at: block.head,
        parts,
    })
}

fn fields(cx: Context<'_>, items: &[ast::FieldItem]) -> Vec<Part> {
    let mut parts = Vec::new();
    for item in items {
        match item {
            ast::FieldItem::Field(f) => {
                let inner =
                    if let ast::FieldType::List(columns) = &f.ty { fields(cx, columns) } else { Vec::new() };
                let kind = if inner.is_empty() { PartKind::Field } else { PartKind::List };
                let help = f.help.as_ref().map(|h| h.node.clone()).unwrap_or_default();
                parts.push(Part { parts: inner, ..leaf(&f.name.node, help, kind, f.at, f.name.at) });
            }
            ast::FieldItem::GradedOnly(inner, _) => parts.extend(fields(cx, inner)),
            ast::FieldItem::Computed(b) => {
                parts.push(leaf(&b.name.node, shown(cx, b.value.at), PartKind::Field, b.at, b.name.at));
            }
            ast::FieldItem::Verify(_) => {}
        }
    }
    parts
}

fn node_part(cx: Context<'_>, node: &ast::Node) -> Part {
    let section = node.kind == ast::NodeKind::Section;
    let kind = if section { PartKind::Section } else { PartKind::Clause };
    let name = format!("{} {}", node.number.node, node.title.node);
    let points = node.points.as_ref().or(node.cap.as_ref()).map(|q| cx.document.words(q.at.0).to_owned());
    let inner =
        node.body.iter().filter_map(|item| if let ast::NodeItem::Node(n) = item { Some(n) } else { None });
    let parts = inner.map(|n| node_part(cx, n)).collect();
    Part { parts, ..leaf(&name, points.unwrap_or_default(), kind, node.at, node.number.at) }
}

/// All parts, one after the other, each with the name of what it stands in.
#[must_use]
pub fn flat(parts: &[Part]) -> Vec<(Part, String)> {
    super::symbols::matching(parts, "")
}

/// A block between braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// `{`
    pub open: Span,
    /// `}`
    pub close: Span,
    /// The first word of the line of its brace, or of its statement.
    pub head: Span,
    /// How many blocks are around it.
    pub depth: usize,
}

/// The blocks that are closed, by where they open.
#[must_use]
pub fn blocks(document: &Document) -> Vec<Block> {
    let mut open: Vec<(Span, Span)> = Vec::new();
    let mut found = Vec::new();
    let mut head: Option<(usize, Token)> = None;
    for token in document.tokens() {
        let line = document.lines.line_of(token.span.start as usize);
        if head.is_none_or(|(of, _)| of != line) {
            head = Some((line, *token));
        }
        match token.kind {
            TokenKind::Open => open.push((token.span, head.map_or(token.span, |(_, t)| t.span))),
            TokenKind::Close => {
                if let Some((start, head)) = open.pop() {
                    found.push(Block { open: start, close: token.span, head, depth: open.len() });
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|b| b.open);
    found
}
