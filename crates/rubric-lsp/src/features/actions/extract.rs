//! Gives a name to a table of points: `按 X { … 得 P }` becomes `设 N = 按 X { … 为 P }` and `得 N`.

use rubric_base::{Keyword, Span};
use rubric_syntax::ast;

use super::{Action, ActionKind};
use crate::features::Context;
use crate::features::symbols::span_of;
use crate::to_proto::Edit;

pub(super) fn table(cx: Context<'_>, span: Span) -> Option<Action> {
    let analysis = cx.document.analysis.as_ref()?;
    let items = &analysis.parse.file.items;
    let (item, table) = items.iter().find_map(|item| {
        let ast::Item::Node(node) = item else { return None };
        Some((item, find(node, span)?))
    })?;
    // A place has no name of its own, for its ties are shared among the points.
    if table.place.is_some() || table.rows.is_empty() {
        return None;
    }
    let word = |id: &str| Keyword::by_id(id).map_or("", |k| k.canonical(cx.document.language()));
    let mut text = cx.document.words(table.at.0).to_owned();
    let mut effect_word = None;
    for row in table.rows.iter().rev() {
        let ast::Row::Entry { key, entry: ast::Entry::Effect(effect), .. } = row else { return None };
        let (id, points) = match effect {
            ast::Effect::Award(points) => ("award", points),
            ast::Effect::Deduct(points) => ("deduct", points),
            ast::Effect::NoPoints(_) | ast::Effect::FullPoints(_) => return None,
        };
        if effect_word.is_some_and(|other| other != id) {
            return None;
        }
        effect_word = Some(id);
        let between =
            Span { start: key.at.0.end - table.at.0.start, end: points.at.0.start - table.at.0.start };
        text.replace_range(between.range(), &format!(" {} ", word("value_is")));
    }
    let mut names = analysis.names().declared().map(|(symbol, _)| symbol.name());
    let base = cx.say("分档值", "band_value");
    let taken: Vec<&str> = names.by_ref().collect();
    let name = std::iter::once(base.clone())
        .chain((2..).map(|n| format!("{base}{n}")))
        .find(|n| !taken.contains(&n.as_str()))?;
    let lines = &cx.document.lines;
    let indent = cx
        .document
        .text
        .get(lines.start(lines.line_of(table.at.0.start as usize))..table.at.0.start as usize)?;
    let indent: String = indent.chars().take_while(|c| c.is_whitespace()).collect();
    let text = text.replace(&format!("\n{indent}"), "\n");
    let whole = span_of(item)?;
    let declared = format!("{} {name} = {text}\n", word("let"));
    let edits = vec![
        Edit::insert(whole.start, declared),
        Edit::new(table.at.0, format!("{} {name}", word(effect_word?))),
    ];
    Some(Action::here(
        cx,
        cx.say(format!("把分档表取名为「{name}」"), format!("name the table `{name}`")),
        ActionKind::Extract,
        edits,
    ))
}

/// The innermost table of a rule that holds a span.
fn find(node: &ast::Node, span: Span) -> Option<&ast::Table> {
    node.body.iter().find_map(|item| match item {
        ast::NodeItem::Node(inner) => find(inner, span),
        ast::NodeItem::Rule(rule) => in_rule(rule, span),
    })
}

fn in_rule(rule: &ast::Rule, span: Span) -> Option<&ast::Table> {
    match &rule.kind {
        ast::RuleKind::Table(table) if table.at.0.contains(span) => Some(table),
        ast::RuleKind::Heaviest(inner) => inner.iter().find_map(|r| in_rule(r, span)),
        _ => None,
    }
}
