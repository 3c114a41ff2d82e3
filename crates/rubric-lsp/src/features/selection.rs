//! Ever larger selections around a place: the word, the expressions it stands in, the statement, the block.

use rubric_base::Span;
use rubric_program::{Expr, Program};

use super::Context;
use super::outline::blocks;
use crate::analysis::Meaning;
use crate::scan;

/// The spans around an offset, the smallest first; each holds the one before it.
#[must_use]
pub fn around(cx: Context<'_>, offset: usize) -> Vec<Span> {
    let text = &cx.document.text;
    let here = Span::new(offset, offset);
    let mut spans = vec![Span::new(0, text.len())];
    if let Some(token) = cx.document.token_at(offset) {
        spans.push(token.span);
        let inner = Span {
            start: token.span.start + 1,
            end: token.span.end.saturating_sub(1).max(token.span.start + 1),
        };
        if token.span.of(text).starts_with('"') {
            spans.push(inner);
        }
    }
    if let Some(Meaning { program, .. }) = cx.document.fresh() {
        exprs(program, &mut |expr| spans.push(expr.span));
        program.nodes.iter().flat_map(|n| &n.rules).for_each(|rule| spans.push(rule.span));
    }
    if let Some(analysis) = &cx.document.analysis {
        spans.extend(analysis.parse.file.items.iter().filter_map(super::symbols::span_of));
        spans.extend(super::symbols::node_spans(&analysis.parse.file));
    }
    for block in blocks(cx.document) {
        spans.push(Span { start: block.open.end, end: block.close.start });
        spans.push(block.open.to(block.close));
        spans.push(block.head.to(block.close));
    }
    let open = scan::open_at(text, 0, offset);
    let rest = text.get(offset..).unwrap_or_default();
    let end = offset + rest.find(['\n', ';', '{', '}']).unwrap_or(rest.len());
    spans.push(trimmed(text, Span::new(open.statement, end)));
    spans.retain(|span| span.contains(here));
    spans.sort_by_key(|span| (span.end - span.start, span.start));
    spans.dedup();
    // What overlaps without holding is left out.
    let mut nested: Vec<Span> = Vec::new();
    for span in spans {
        if nested.last().is_none_or(|last| span.contains(*last)) {
            nested.push(span);
        }
    }
    nested
}

fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start as usize + (words.len() - words.trim_start().len());
    Span::new(start, (start + words.trim().len()).max(start))
}

fn exprs<'p>(program: &'p Program, see: &mut impl FnMut(&'p Expr)) {
    for rule in program.nodes.iter().flat_map(|n| &n.rules) {
        rule.visit(see);
    }
    for named in program.lets.iter().chain(&program.outputs) {
        named.value.visit(see);
    }
}
