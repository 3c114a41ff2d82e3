//! Help while writing: completions, forms of rules, words about what stands there.

use lsp_types as lsp;

use super::{Answer, at, context};
use crate::features::{completion, hover as about, signature};
use crate::server::Server;
use crate::to_proto::{self, markup, range};

pub fn hover(server: &mut Server<'_>, params: lsp::HoverParams) -> Answer<Option<lsp::Hover>> {
    let Some((cx, offset)) = at(server, &params.text_document_position_params)? else { return Ok(None) };
    Ok(about::at(cx, offset).map(|(span, text)| lsp::Hover {
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
    let items =
        items.iter().enumerate().map(|(i, item)| to_proto::completion(cx.document, item, i, cx.client));
    // Asked again with each letter, for the editor knows no pinyin.
    let list = lsp::CompletionList { is_incomplete: true, items: items.collect() };
    Ok(Some(lsp::CompletionResponse::List(list)))
}

pub fn resolve(server: &mut Server<'_>, mut item: lsp::CompletionItem) -> Answer<lsp::CompletionItem> {
    let Some(data) = item.data.clone() else { return Ok(item) };
    let Some(uri) = data.get("uri").and_then(|u| u.as_str()) else { return Ok(item) };
    let cx = context(server, &crate::uri::uri(uri))?;
    let source = completion::source(&data, cx.document.version);
    let words = source.and_then(|source| completion::words(cx, &source));
    item.documentation = words.map(|text| lsp::Documentation::MarkupContent(markup(&text, cx.client)));
    Ok(item)
}

pub fn signature_help(
    server: &mut Server<'_>,
    params: lsp::SignatureHelpParams,
) -> Answer<Option<lsp::SignatureHelp>> {
    let Some((cx, offset)) = at(server, &params.text_document_position_params)? else { return Ok(None) };
    Ok(signature::at(cx, offset).map(|found| to_proto::signature(&found, cx.client)))
}
