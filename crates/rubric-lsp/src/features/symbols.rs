//! Spans of the tree, and names of all rubrics that are searched for.

use rubric_base::Span;
use rubric_syntax::ast;

use super::outline::Part;

/// All of an item, as far as its tree knows.
#[must_use]
pub fn span_of(item: &ast::Item) -> Option<Span> {
    let at = match item {
        ast::Item::Header(h) => h.at,
        ast::Item::Import(i) => i.at,
        ast::Item::Calendar(c) => c.at,
        ast::Item::Evidence(_) => return None,
        ast::Item::Graded(e) => e.at,
        ast::Item::Let(b) | ast::Item::Output(b) => b.at,
        ast::Item::Node(n) => n.at,
        ast::Item::Ranking(r) => r.at,
        ast::Item::Grades(g) => g.at,
        ast::Item::Example(e) => e.at,
        ast::Item::Draw(d) => d.at,
    };
    Some(at.0)
}

/// All sections and clauses, those inside others too.
#[must_use]
pub fn node_spans(file: &ast::File) -> Vec<Span> {
    fn collect(node: &ast::Node, spans: &mut Vec<Span>) {
        spans.push(node.at.0);
        for item in &node.body {
            match item {
                ast::NodeItem::Node(inner) => collect(inner, spans),
                ast::NodeItem::Rule(rule) => spans.push(rule.at.0),
            }
        }
    }
    let mut spans = Vec::new();
    for item in &file.items {
        if let ast::Item::Node(node) = item {
            collect(node, &mut spans);
        }
    }
    spans
}

/// The parts whose names hold what is searched for, or begin with it in pinyin; with the name around each.
#[must_use]
pub fn matching(parts: &[Part], query: &str) -> Vec<(Part, String)> {
    fn walk(parts: &[Part], around: &str, query: &str, found: &mut Vec<(Part, String)>) {
        for part in parts {
            let lower = part.name.to_lowercase();
            let latin = query.is_ascii() && super::completion::means(query, &part.name);
            if lower.contains(&query.to_lowercase()) || latin {
                found.push((Part { parts: Vec::new(), ..part.clone() }, around.to_owned()));
            }
            walk(&part.parts, &part.name, query, found);
        }
    }
    let mut found = Vec::new();
    walk(parts, "", query, &mut found);
    found
}
