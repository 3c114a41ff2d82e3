//! From a name to its places.

use lsp_types as lsp;

use super::{Answer, at, context, settle_all};
use crate::features::references::{self, Home};
use crate::features::{calls, definition as declared};
use crate::server::Server;
use crate::to_proto::{self, location, range};
use crate::uri::Key;

pub fn definition(
    server: &mut Server<'_>,
    params: lsp::GotoDefinitionParams,
) -> Answer<Option<lsp::GotoDefinitionResponse>> {
    let Some((cx, offset)) = at(server, &params.text_document_position_params)? else { return Ok(None) };
    let found = declared::at(cx, offset);
    let found = found.and_then(|(key, span)| Some(location(cx.world.get(&key)?, span, cx.client)));
    Ok(found.map(lsp::GotoDefinitionResponse::Scalar))
}

pub fn references(
    server: &mut Server<'_>,
    params: lsp::ReferenceParams,
) -> Answer<Option<Vec<lsp::Location>>> {
    let position = &params.text_document_position;
    if !public_at(server, position)? {
        return Ok(None);
    }
    let Some((cx, offset)) = at(server, position)? else { return Ok(None) };
    let Some((_, home)) = references::home(cx, offset) else { return Ok(None) };
    let with_declaration = params.context.include_declaration;
    let mut found = Vec::new();
    for (key, mentions) in references::all(cx.world, &home) {
        let Some(document) = cx.world.get(&key) else { continue };
        let kept = mentions.iter().filter(|m| with_declaration || !m.declares);
        found.extend(kept.map(|m| location(document, m.span, cx.client)));
    }
    Ok(Some(found))
}

/// Whether there is a name; what others may name is looked for in all rubrics, which are made known.
pub fn public_at(server: &mut Server<'_>, position: &lsp::TextDocumentPositionParams) -> Answer<bool> {
    let Some((cx, offset)) = at(server, position)? else { return Ok(false) };
    let Some((_, home)) = references::home(cx, offset) else { return Ok(false) };
    if references::is_public(&home.symbol) {
        settle_all(server);
    }
    Ok(true)
}

pub fn highlight(
    server: &mut Server<'_>,
    params: lsp::DocumentHighlightParams,
) -> Answer<Option<Vec<lsp::DocumentHighlight>>> {
    let Some((cx, offset)) = at(server, &params.text_document_position_params)? else { return Ok(None) };
    let names = cx.document.analysis.as_ref().map(|a| a.names());
    let Some((names, (_, symbol))) = names.and_then(|n| Some((n, n.at(offset)?))) else { return Ok(None) };
    let shown = names.places(symbol).map(|m| lsp::DocumentHighlight {
        range: range(cx.document, m.span, cx.client),
        kind: Some(if m.declares {
            lsp::DocumentHighlightKind::WRITE
        } else {
            lsp::DocumentHighlightKind::READ
        }),
    });
    Ok(Some(shown.collect()))
}

pub fn prepare_calls(
    server: &mut Server<'_>,
    params: lsp::CallHierarchyPrepareParams,
) -> Answer<Option<Vec<lsp::CallHierarchyItem>>> {
    let Some((cx, offset)) = at(server, &params.text_document_position_params)? else { return Ok(None) };
    Ok(calls::at(cx, offset).map(|value| vec![to_proto::call_item(cx.document, &value, cx.client)]))
}

/// The document and the symbol of an item that was given before.
fn item(server: &mut Server<'_>, item: &lsp::CallHierarchyItem) -> Answer<Option<Home>> {
    let cx = context(server, &item.uri)?;
    let start = cx.document.offset(to_proto::point(item.selection_range.start), cx.client.encoding);
    let names = cx.document.analysis.as_ref().map(|a| a.names());
    let symbol = names.and_then(|n| n.at(start)).map(|(_, symbol)| symbol.clone());
    Ok(symbol.map(|symbol| Home { key: Key::of_uri(item.uri.as_str()), symbol }))
}

pub fn incoming(
    server: &mut Server<'_>,
    params: lsp::CallHierarchyIncomingCallsParams,
) -> Answer<Option<Vec<lsp::CallHierarchyIncomingCall>>> {
    let Some(home) = item(server, &params.item)? else { return Ok(None) };
    let cx = context(server, &params.item.uri)?;
    let calls = calls::incoming(cx.document, &home.symbol);
    let call = |(value, spans): &(calls::Value, Vec<rubric_base::Span>)| lsp::CallHierarchyIncomingCall {
        from: to_proto::call_item(cx.document, value, cx.client),
        from_ranges: spans.iter().map(|s| range(cx.document, *s, cx.client)).collect(),
    };
    Ok(Some(calls.iter().map(call).collect()))
}

pub fn outgoing(
    server: &mut Server<'_>,
    params: lsp::CallHierarchyOutgoingCallsParams,
) -> Answer<Option<Vec<lsp::CallHierarchyOutgoingCall>>> {
    let Some(home) = item(server, &params.item)? else { return Ok(None) };
    let cx = context(server, &params.item.uri)?;
    let calls = calls::outgoing(cx.document, &home.symbol);
    let call = |(value, spans): &(calls::Value, Vec<rubric_base::Span>)| lsp::CallHierarchyOutgoingCall {
        to: to_proto::call_item(cx.document, value, cx.client),
        from_ranges: spans.iter().map(|s| range(cx.document, *s, cx.client)).collect(),
    };
    Ok(Some(calls.iter().map(call).collect()))
}
