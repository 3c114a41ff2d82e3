//! Declares evidence that is named but not declared, of the type that its use suggests.

use rubric_base::{Language, Span};
use rubric_syntax::{TokenKind, ast};

use super::{Action, ActionKind};
use crate::features::Context;
use crate::features::completion::snippets::{SNIPPETS, plain};
use crate::features::outline::blocks;
use crate::to_proto::Edit;

pub(super) fn evidence(cx: Context<'_>, place: Span) -> Option<Action> {
    let name = cx.document.words(place).to_owned();
    let token = cx.document.token_at(place.start as usize).filter(|t| t.kind == TokenKind::Name)?;
    let language = cx.document.language();
    let ty = suggested(cx, token.span);
    let line = format!("{name}: {ty}");
    let title = cx.say(
        format!("在填报中声明「{}」", name.trim_matches(['「', '」'])),
        format!("declare `{}` as evidence", name.trim_matches(['「', '」'])),
    );
    let items = &cx.document.analysis.as_ref()?.parse.file.items;
    let last = items.iter().rev().find_map(|item| match item {
        ast::Item::Evidence(fields) => last_field(fields),
        _ => None,
    });
    let edit = match last {
        Some(field) => {
            let lines = &cx.document.lines;
            let start = lines.start(lines.line_of(field.start as usize));
            let before = cx.document.text.get(start..field.start as usize)?;
            let one_line = !before.trim().is_empty();
            let gap = if one_line { "; ".to_owned() } else { format!("\n{before}") };
            Edit::insert(field.end, format!("{gap}{line}"))
        }
        None => {
            let header =
                items.iter().find_map(|i| if let ast::Item::Header(h) = i { Some(h.at.0.end) } else { None });
            let header = header.map(|end| {
                blocks(cx.document).iter().map(|b| b.close.end).find(|close| *close >= end).unwrap_or(end)
            });
            let word = rubric_base::Keyword::by_id("evidence")?.canonical(language);
            Edit::insert(header.unwrap_or(0), format!("\n\n{word} {{\n  {line}\n}}"))
        }
    };
    Some(Action::here(cx, title, ActionKind::QuickFix, vec![edit]))
}

/// The last field that every unit gives: those of the scored units only stand apart.
fn last_field(fields: &[ast::FieldItem]) -> Option<Span> {
    let whole = |item: &ast::FieldItem| if let ast::FieldItem::Field(f) = item { Some(f.at.0) } else { None };
    let inner = |item: &ast::FieldItem| {
        if let ast::FieldItem::GradedOnly(inner, _) = item { last_field(inner) } else { None }
    };
    fields.iter().rev().find_map(whole).or_else(|| fields.iter().rev().find_map(inner))
}

/// The type that the words around a name suggest: after 每 a count, beside a number its unit, else yes or no.
fn suggested(cx: Context<'_>, name: Span) -> String {
    let tokens = cx.document.tokens();
    let at = tokens.partition_point(|t| t.span.start < name.start);
    let kind = |i: Option<usize>| i.and_then(|i| tokens.get(i)).map(|t| t.kind);
    let keyword = |kind: Option<TokenKind>| if let Some(TokenKind::Keyword(k)) = kind { k.id } else { "" };
    let (before, after) = (kind(at.checked_sub(1)), kind(Some(at + 1)));
    let language = cx.document.language();
    let word = |id: &str| rubric_base::Keyword::by_id(id).map_or("", |k| k.canonical(language)).to_owned();
    if keyword(before) == "each" {
        return word("count");
    }
    let compared = after == Some(TokenKind::Sign)
        || if let Some(TokenKind::Keyword(k)) = after {
            k.class == "comparison" || k.id == "compared"
        } else {
            false
        };
    if compared {
        let unit = tokens
            .iter()
            .skip(at + 2)
            .take(2)
            .find_map(|t| if let TokenKind::Unit(u) = t.kind { Some(u) } else { None });
        return match unit {
            Some("percent") => word("percent"),
            Some("points") => range(language),
            Some(unit) => {
                let spelled =
                    rubric_base::keyword::UnitWord::by_id(unit).map_or("", |u| u.spelling(language, false));
                format!("{} {spelled}", word("number"))
            }
            None if kind(Some(at + 2)) == Some(TokenKind::Date) => word("date"),
            None => word("count"),
        };
    }
    match keyword(before) {
        "deduct" | "award" => range(language),
        _ => word("flag"),
    }
}

fn range(language: Language) -> String {
    let snippet = SNIPPETS.iter().find(|s| s.keyword == "score_type" && s.value);
    snippet.map(|s| plain(&s.body(language, ""))).unwrap_or_default()
}
