//! Edits: formatting, renaming, and what can be done about a place.

use lsp_types as lsp;
use serde_json::Value;

use super::navigate::public_at;
use super::{Answer, at, context, rubric, settle_all};
use crate::features::actions::{Change, Later};
use crate::features::{Context, actions, formatting as format, rename as renaming};
use crate::server::{Refusal, Server};
use crate::to_proto::{self, edits, point, range, workspace_edit};

pub fn formatting(
    server: &mut Server<'_>,
    params: lsp::DocumentFormattingParams,
) -> Answer<Option<Vec<lsp::TextEdit>>> {
    let Some(cx) = rubric(server, &params.text_document.uri)? else { return Ok(None) };
    let all = format::document(cx).map_err(Refusal::failed)?;
    Ok(Some(edits(cx.document, &all, cx.client)))
}

pub fn range_formatting(
    server: &mut Server<'_>,
    params: lsp::DocumentRangeFormattingParams,
) -> Answer<Option<Vec<lsp::TextEdit>>> {
    let Some(cx) = rubric(server, &params.text_document.uri)? else { return Ok(None) };
    let from = cx.document.offset(point(params.range.start), cx.client.encoding);
    let to = cx.document.offset(point(params.range.end), cx.client.encoding);
    let all = format::range(cx, from..to).map_err(Refusal::failed)?;
    Ok(Some(edits(cx.document, &all, cx.client)))
}

pub fn on_type(
    server: &mut Server<'_>,
    params: lsp::DocumentOnTypeFormattingParams,
) -> Answer<Option<Vec<lsp::TextEdit>>> {
    let Some((cx, offset)) = at(server, &params.text_document_position)? else { return Ok(None) };
    let all = format::on_type(cx, offset, &params.ch);
    Ok(Some(edits(cx.document, &all, cx.client)))
}

pub fn prepare_rename(
    server: &mut Server<'_>,
    params: lsp::TextDocumentPositionParams,
) -> Answer<Option<lsp::PrepareRenameResponse>> {
    let Some((cx, offset)) = at(server, &params)? else { return Ok(None) };
    let (span, placeholder) = renaming::prepare(cx, offset).map_err(Refusal::failed)?;
    let range = range(cx.document, span, cx.client);
    Ok(Some(lsp::PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }))
}

pub fn rename(server: &mut Server<'_>, params: lsp::RenameParams) -> Answer<Option<lsp::WorkspaceEdit>> {
    let position = &params.text_document_position;
    public_at(server, position)?;
    let Some((cx, offset)) = at(server, position)? else { return Ok(None) };
    let all = renaming::edits(cx, offset, &params.new_name).map_err(Refusal::failed)?;
    Ok(Some(workspace_edit(cx.world, &all, cx.client)))
}

pub fn code_actions(
    server: &mut Server<'_>,
    params: lsp::CodeActionParams,
) -> Answer<Option<lsp::CodeActionResponse>> {
    let span = |cx: Context<'_>| {
        let from = cx.document.offset(point(params.range.start), cx.client.encoding);
        from..cx.document.offset(point(params.range.end), cx.client.encoding)
    };
    let Some(cx) = rubric(server, &params.text_document.uri)? else { return Ok(None) };
    let wanted = |kind: &lsp::CodeActionKind| {
        let under = |only: &lsp::CodeActionKind| {
            let rest = kind.as_str().strip_prefix(only.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || only.as_str().is_empty())
        };
        params.context.only.as_ref().is_none_or(|all| all.iter().any(under))
    };
    let mut found = actions::at(cx, span(cx));
    // What runs the rubric is not done at each move of the cursor.
    let asked = cx.client.resolves_actions || params.context.only.is_some();
    found.retain(|action| asked || !matches!(action.change, Change::Later(later) if later.needs_whole()));
    let shown = found.iter().map(|action| to_proto::action(cx, action));
    let mut shown: Vec<_> = shown.filter(|a| a.kind.as_ref().is_none_or(wanted)).collect();
    if !server.client.resolves_actions {
        let made = shown.into_iter().map(|action| resolve(server, action));
        shown = made.filter_map(Answer::ok).collect();
    }
    Ok(Some(shown.into_iter().map(lsp::CodeActionOrCommand::CodeAction).collect()))
}

/// What an action changes, where that was left out.
pub fn resolve(server: &mut Server<'_>, mut action: lsp::CodeAction) -> Answer<lsp::CodeAction> {
    let data = action.data.take().unwrap_or_default();
    let said = |name: &str| data.get(name).and_then(Value::as_str);
    let (Some(uri), Some(later)) = (said("uri"), said("change").and_then(Later::named)) else {
        return Ok(action);
    };
    if later.reaches_others() {
        settle_all(server);
    }
    let cx = context(server, &crate::uri::uri(uri))?;
    let edits = actions::made(cx, later).map_err(Refusal::failed)?;
    action.edit = Some(workspace_edit(cx.world, &edits, cx.client));
    Ok(action)
}
