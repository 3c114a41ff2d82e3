//! Which feature answers which message.

use lsp_server::ErrorCode;
use lsp_types as lsp;
use lsp_types::notification as note;
use lsp_types::notification::Notification as _;
use lsp_types::request as ask;
use lsp_types::request::Request;
use serde_json::Value;

use crate::answers as a;
use crate::publish;
use crate::server::{Refusal, Server, parameters};
use crate::to_proto::point;
use crate::uri::Key;
use crate::world::Change;

type Answer<T> = Result<T, Refusal>;

/// Answers a request.
pub fn request(server: &mut Server<'_>, method: &str, params: Value) -> Answer<Value> {
    match method {
        ask::DocumentDiagnosticRequest::METHOD => {
            answer::<ask::DocumentDiagnosticRequest>(server, params, a::pulled)
        }
        ask::HoverRequest::METHOD => answer::<ask::HoverRequest>(server, params, a::hover),
        ask::Completion::METHOD => answer::<ask::Completion>(server, params, a::completion),
        ask::ResolveCompletionItem::METHOD => {
            answer::<ask::ResolveCompletionItem>(server, params, a::resolve_completion)
        }
        ask::GotoDefinition::METHOD => answer::<ask::GotoDefinition>(server, params, a::definition),
        ask::Formatting::METHOD => answer::<ask::Formatting>(server, params, a::formatting),
        ask::RangeFormatting::METHOD => answer::<ask::RangeFormatting>(server, params, a::range_formatting),
        ask::OnTypeFormatting::METHOD => answer::<ask::OnTypeFormatting>(server, params, a::on_type),
        _ => Err(Refusal::new(ErrorCode::MethodNotFound, method)),
    }
}

fn answer<R: Request>(
    server: &mut Server<'_>,
    params: Value,
    feature: impl FnOnce(&mut Server<'_>, R::Params) -> Answer<R::Result>,
) -> Answer<Value> {
    let result = feature(server, parameters(params)?)?;
    serde_json::to_value(result).map_err(|e| Refusal::new(ErrorCode::InternalError, e.to_string()))
}

/// Takes a notification; what it means nothing to us is passed over, and so is what cannot be read.
pub fn notification(server: &mut Server<'_>, method: &str, params: Value) {
    match method {
        note::DidOpenTextDocument::METHOD => {
            let Ok(params) = parameters::<lsp::DidOpenTextDocumentParams>(params) else { return };
            let document = params.text_document;
            server.world.open(document.uri, &document.language_id, document.version, document.text);
        }
        note::DidChangeTextDocument::METHOD => {
            let Ok(params) = parameters::<lsp::DidChangeTextDocumentParams>(params) else { return };
            let change = |c: lsp::TextDocumentContentChangeEvent| Change {
                range: c.range.map(|r| (point(r.start), point(r.end))),
                text: c.text,
            };
            let changes = params.content_changes.into_iter().map(change).collect();
            let document = params.text_document;
            let (key, encoding) = (Key::of_uri(document.uri.as_str()), server.client.encoding);
            server.world.change(&key, document.version, changes, encoding);
        }
        note::DidCloseTextDocument::METHOD => {
            let Ok(params) = parameters::<lsp::DidCloseTextDocumentParams>(params) else { return };
            server.world.close(&Key::of_uri(params.text_document.uri.as_str()));
            publish::nothing(server, params.text_document.uri);
        }
        note::DidChangeWatchedFiles::METHOD => {
            let Ok(params) = parameters::<lsp::DidChangeWatchedFilesParams>(params) else { return };
            for change in params.changes {
                server.world.changed_on_disk(&Key::of_uri(change.uri.as_str()));
            }
        }
        _ => {}
    }
}
