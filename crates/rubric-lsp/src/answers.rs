//! Requests, answered by features: parameters in, types of the protocol out.

use lsp_server::ErrorCode;
use lsp_types as lsp;

use crate::document::Kind;
use crate::features::{Context, completion, definition, formatting, hover};
use crate::publish;
use crate::server::{Refusal, Server};
use crate::to_proto::{self, edits, location, markup, point, range};
use crate::uri::Key;

type Answer<T> = Result<T, Refusal>;

/// A document with all that is known of it.
pub fn context<'s>(server: &'s mut Server<'_>, uri: &lsp::Uri) -> Answer<Context<'s>> {
    let key = Key::of_uri(uri.as_str());
    let unknown = server.client.say("没有打开这个文件", "this file is not open");
    server.world.settle(&key);
    let document = server.world.get(&key).ok_or_else(|| Refusal::new(ErrorCode::InvalidParams, unknown))?;
    Ok(Context { world: &server.world, client: &server.client, document, page: server.options.page })
}

/// The same with the byte offset of a position. Evidence files have findings, but no places of rubrics.
fn at<'s>(
    server: &'s mut Server<'_>,
    params: &lsp::TextDocumentPositionParams,
) -> Answer<Option<(Context<'s>, usize)>> {
    let cx = context(server, &params.text_document.uri)?;
    let offset = cx.document.offset(point(params.position), cx.client.encoding);
    Ok((cx.document.kind == Kind::Rubric).then_some((cx, offset)))
}

pub fn pulled(
    server: &mut Server<'_>,
    params: lsp::DocumentDiagnosticParams,
) -> Answer<lsp::DocumentDiagnosticReportResult> {
    context(server, &params.text_document.uri)?;
    let document = server.world.get(&Key::of_uri(params.text_document.uri.as_str()));
    let items = document.map(|d| publish::of(server, d)).unwrap_or_default();
    let report = lsp::RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport { result_id: None, items },
    };
    Ok(lsp::DocumentDiagnosticReport::Full(report).into())
}

pub fn hover(server: &mut Server<'_>, params: lsp::HoverParams) -> Answer<Option<lsp::Hover>> {
    let Some((cx, offset)) = at(server, &params.text_document_position_params)? else { return Ok(None) };
    Ok(hover::at(cx, offset).map(|(span, text)| lsp::Hover {
        contents: lsp::HoverContents::Markup(markup(&text, cx.client)),
        range: Some(range(cx.document, span, cx.client)),
    }))
}

pub fn completion(
    server: &mut Server<'_>,
    params: lsp::CompletionParams,
) -> Answer<Option<lsp::CompletionResponse>> {
    let Some((cx, offset)) = at(server, &params.text_document_position)? else { return Ok(None) };
    let items = completion::at(cx, offset);
    Ok(Some(lsp::CompletionResponse::List(lsp::CompletionList {
        // Asked again with each letter, for the editor knows no pinyin.
        is_incomplete: true,
        items: items
            .iter()
            .enumerate()
            .map(|(i, item)| to_proto::completion(cx.document, item, i, cx.client))
            .collect(),
    })))
}

pub fn resolve_completion(
    server: &mut Server<'_>,
    mut item: lsp::CompletionItem,
) -> Answer<lsp::CompletionItem> {
    let Some(data) = item.data.clone() else { return Ok(item) };
    let Some(uri) = data.get("uri").and_then(|u| u.as_str()) else { return Ok(item) };
    let cx = context(server, &crate::uri::uri(uri))?;
    let words =
        completion::source(&data, cx.document.version).and_then(|source| completion::words(cx, &source));
    item.documentation = words.map(|text| lsp::Documentation::MarkupContent(markup(&text, cx.client)));
    Ok(item)
}

pub fn definition(
    server: &mut Server<'_>,
    params: lsp::GotoDefinitionParams,
) -> Answer<Option<lsp::GotoDefinitionResponse>> {
    let Some((cx, offset)) = at(server, &params.text_document_position_params)? else { return Ok(None) };
    let found = definition::at(cx, offset);
    let found = found.and_then(|(key, span)| Some(location(cx.world.get(&key)?, span, cx.client)));
    Ok(found.map(lsp::GotoDefinitionResponse::Scalar))
}

pub fn formatting(
    server: &mut Server<'_>,
    params: lsp::DocumentFormattingParams,
) -> Answer<Option<Vec<lsp::TextEdit>>> {
    let cx = context(server, &params.text_document.uri)?;
    if cx.document.kind != Kind::Rubric {
        return Ok(None);
    }
    let all = formatting::document(cx).map_err(Refusal::failed)?;
    Ok(Some(edits(cx.document, &all, cx.client)))
}

pub fn range_formatting(
    server: &mut Server<'_>,
    params: lsp::DocumentRangeFormattingParams,
) -> Answer<Option<Vec<lsp::TextEdit>>> {
    let cx = context(server, &params.text_document.uri)?;
    if cx.document.kind != Kind::Rubric {
        return Ok(None);
    }
    let from = cx.document.offset(point(params.range.start), cx.client.encoding);
    let to = cx.document.offset(point(params.range.end), cx.client.encoding);
    let all = formatting::range(cx, from..to).map_err(Refusal::failed)?;
    Ok(Some(edits(cx.document, &all, cx.client)))
}

pub fn on_type(
    server: &mut Server<'_>,
    params: lsp::DocumentOnTypeFormattingParams,
) -> Answer<Option<Vec<lsp::TextEdit>>> {
    let Some((cx, offset)) = at(server, &params.text_document_position)? else { return Ok(None) };
    let all = formatting::on_type(cx, offset, &params.ch);
    Ok(Some(edits(cx.document, &all, cx.client)))
}
