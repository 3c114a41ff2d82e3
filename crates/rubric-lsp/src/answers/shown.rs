//! What is shown beside and over a text: parts, folds, colours, hints, lenses, links, selections.

use lsp_types as lsp;
use serde_json::Value;

use super::{Answer, context, rubric};
use crate::analysis::Meaning;
use crate::features::{folding as folds, hints, lenses, links as linked, outline, selection, tokens};
use crate::server::{Refusal, Server};
use crate::to_proto::{self, point, range};
use crate::uri::Key;

pub fn symbols(
    server: &mut Server<'_>,
    params: lsp::DocumentSymbolParams,
) -> Answer<Option<lsp::DocumentSymbolResponse>> {
    let Some(cx) = rubric(server, &params.text_document.uri)? else { return Ok(None) };
    let parts = outline::parts(cx);
    if cx.client.symbol_tree {
        let all = parts.iter().map(|p| to_proto::symbol(cx.document, p, cx.client)).collect();
        return Ok(Some(lsp::DocumentSymbolResponse::Nested(all)));
    }
    let flat = outline::flat(&parts);
    let all = flat.iter().map(|(part, around)| to_proto::flat_symbol(cx.document, part, around, cx.client));
    Ok(Some(lsp::DocumentSymbolResponse::Flat(all.collect())))
}

pub fn folding(
    server: &mut Server<'_>,
    params: lsp::FoldingRangeParams,
) -> Answer<Option<Vec<lsp::FoldingRange>>> {
    let Some(cx) = rubric(server, &params.text_document.uri)? else { return Ok(None) };
    Ok(Some(folds::all(cx).iter().map(to_proto::fold).collect()))
}

pub fn selections(
    server: &mut Server<'_>,
    params: lsp::SelectionRangeParams,
) -> Answer<Option<Vec<lsp::SelectionRange>>> {
    let Some(cx) = rubric(server, &params.text_document.uri)? else { return Ok(None) };
    let of = |position: &lsp::Position| {
        let offset = cx.document.offset(point(*position), cx.client.encoding);
        to_proto::selection(cx.document, &selection::around(cx, offset), cx.client)
    };
    Ok(Some(params.positions.iter().map(of).collect()))
}

/// The answer before, the name of this one, and what it says.
type AllTokens = (Option<(String, Vec<u32>)>, String, Vec<u32>);

/// The words of a whole document, remembered so that the next answer can say what changed.
fn all_tokens(server: &mut Server<'_>, uri: &lsp::Uri) -> Answer<Option<AllTokens>> {
    let Some(cx) = rubric(server, uri)? else { return Ok(None) };
    let data = tokens::encoded(&tokens::within(cx, 0..cx.document.text.len()));
    let key = Key::of_uri(uri.as_str());
    server.answered += 1;
    let id = server.answered.to_string();
    let before = server.tokens.insert(key, (id.clone(), data.clone()));
    Ok(Some((before, id, data)))
}

pub fn tokens(
    server: &mut Server<'_>,
    params: lsp::SemanticTokensParams,
) -> Answer<Option<lsp::SemanticTokensResult>> {
    let Some((_, id, data)) = all_tokens(server, &params.text_document.uri)? else { return Ok(None) };
    Ok(Some(lsp::SemanticTokensResult::Tokens(to_proto::tokens(Some(id), &data))))
}

pub fn tokens_delta(
    server: &mut Server<'_>,
    params: lsp::SemanticTokensDeltaParams,
) -> Answer<Option<lsp::SemanticTokensFullDeltaResult>> {
    let Some((before, id, data)) = all_tokens(server, &params.text_document.uri)? else { return Ok(None) };
    let Some((_, old)) = before.filter(|(id, _)| *id == params.previous_result_id) else {
        return Ok(Some(lsp::SemanticTokensFullDeltaResult::Tokens(to_proto::tokens(Some(id), &data))));
    };
    let edits = tokens::difference(&old, &data).map(|edit| to_proto::tokens_edit(&edit));
    let delta = lsp::SemanticTokensDelta { result_id: Some(id), edits: edits.into_iter().collect() };
    Ok(Some(lsp::SemanticTokensFullDeltaResult::TokensDelta(delta)))
}

pub fn tokens_range(
    server: &mut Server<'_>,
    params: lsp::SemanticTokensRangeParams,
) -> Answer<Option<lsp::SemanticTokensRangeResult>> {
    let Some(cx) = rubric(server, &params.text_document.uri)? else { return Ok(None) };
    let from = cx.document.offset(point(params.range.start), cx.client.encoding);
    let to = cx.document.offset(point(params.range.end), cx.client.encoding);
    let data = tokens::encoded(&tokens::within(cx, from..to));
    Ok(Some(lsp::SemanticTokensRangeResult::Tokens(to_proto::tokens(None, &data))))
}

pub fn inlay_hints(
    server: &mut Server<'_>,
    params: lsp::InlayHintParams,
) -> Answer<Option<Vec<lsp::InlayHint>>> {
    let Some(cx) = rubric(server, &params.text_document.uri)? else { return Ok(None) };
    let from = cx.document.offset(point(params.range.start), cx.client.encoding);
    let to = cx.document.offset(point(params.range.end), cx.client.encoding);
    let shown = hints::within(cx, from..to);
    Ok(Some(shown.iter().map(|h| to_proto::hint(cx.document, h, cx.client)).collect()))
}

pub fn code_lenses(
    server: &mut Server<'_>,
    params: lsp::CodeLensParams,
) -> Answer<Option<Vec<lsp::CodeLens>>> {
    let Some(cx) = rubric(server, &params.text_document.uri)? else { return Ok(None) };
    Ok(Some(lenses::all(cx).iter().map(|lens| to_proto::lens(cx.document, lens, cx.client)).collect()))
}

pub fn links(
    server: &mut Server<'_>,
    params: lsp::DocumentLinkParams,
) -> Answer<Option<Vec<lsp::DocumentLink>>> {
    let Some(cx) = rubric(server, &params.text_document.uri)? else { return Ok(None) };
    let link = |link: &linked::Link| lsp::DocumentLink {
        range: range(cx.document, link.span, cx.client),
        target: Some(crate::uri::uri(&link.target)),
        tooltip: None,
        data: None,
    };
    Ok(Some(linked::all(cx).iter().map(link).collect()))
}

/// Runs examples: the arguments are the address of a document and, for one of them, its number.
pub fn execute(server: &mut Server<'_>, params: lsp::ExecuteCommandParams) -> Answer<Option<Value>> {
    let uri = params.arguments.first().and_then(Value::as_str).unwrap_or_default();
    let one = params.arguments.get(1).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    if ![lenses::RUN_EXAMPLE, lenses::RUN_EXAMPLES].contains(&params.command.as_str()) {
        return Err(Refusal::failed(server.client.say("没有这个命令", "there is no such command")));
    }
    let cx = context(server, &crate::uri::uri(uri))?;
    let Some(Meaning { program, .. }) = cx.document.sound() else {
        return Err(Refusal::failed(cx.say("先改正标准中的错误", "mend the errors of the rubric first")));
    };
    let chosen = program.examples.iter().enumerate().filter(|(i, _)| one.is_none_or(|n| n == *i));
    let went: Vec<Value> = chosen
        .map(|(_, example)| {
            let went = lenses::run(cx, program, example);
            serde_json::json!({ "name": example.name, "passed": went.is_ok(), "message": went.err() })
        })
        .collect();
    let failed: Vec<String> = went
        .iter()
        .filter_map(|w| Some(format!("{}：{}", w.get("name")?.as_str()?, w.get("message")?.as_str()?)))
        .collect();
    let (all, number) = (went.len(), failed.len());
    let said = match number {
        0 => cx.say(format!("{all} 例全部通过"), format!("{all} of {all} examples hold")),
        _ => {
            let list = failed.join("\n");
            cx.say(
                format!("{all} 例中 {number} 例未通过：\n{list}"),
                format!("{number} of {all} examples do not hold:\n{list}"),
            )
        }
    };
    let kind = if number == 0 { lsp::MessageType::INFO } else { lsp::MessageType::WARNING };
    server.notify("window/showMessage", serde_json::json!({ "type": kind, "message": said }));
    Ok(Some(Value::Array(went)))
}
