//! Which feature answers which message.

use lsp_server::ErrorCode;
use lsp_types as lsp;
use lsp_types::notification as note;
use lsp_types::notification::Notification as _;
use lsp_types::request as ask;
use lsp_types::request::Request;
use serde_json::Value;

use crate::answers::{change, complete, navigate, shown, whole};
use crate::client::{Client, language_setting};
use crate::features::actions::Later;
use crate::publish;
use crate::server::{Refusal, Server, parameters};
use crate::to_proto::point;
use crate::uri::Key;
use crate::world::Change;

type Answer<T> = Result<T, Refusal>;

/// The document that a request is about, where its answer rests on a check of all of it: it waits for that, so that
/// nobody else does.
#[must_use]
pub fn waits_for(method: &str, params: &Value, client: &Client) -> Option<Key> {
    let uri = match method {
        // An editor that cannot be told to ask again must be told everything at once.
        ask::DocumentDiagnosticRequest::METHOD if client.pulls && !client.refreshes.diagnostics => {
            params.get("textDocument")?.get("uri")?
        }
        ask::CodeLensRequest::METHOD | ask::InlayHintRequest::METHOD | ask::SelectionRangeRequest::METHOD => {
            params.get("textDocument")?.get("uri")?
        }
        ask::ExecuteCommand::METHOD => params.get("arguments")?.get(0)?,
        ask::CodeActionResolveRequest::METHOD => {
            let data = params.get("data")?;
            Later::named(data.get("change")?.as_str()?).filter(|later| later.needs_whole())?;
            data.get("uri")?
        }
        _ => return None,
    };
    Some(Key::of_uri(uri.as_str()?))
}

/// The document that a notification changes.
#[must_use]
pub fn changes(method: &str, params: &Value) -> Option<Key> {
    let changes = [note::DidChangeTextDocument::METHOD, note::DidCloseTextDocument::METHOD].contains(&method);
    let uri = params.get("textDocument").filter(|_| changes)?.get("uri")?.as_str()?;
    Some(Key::of_uri(uri))
}

/// Answers a request.
pub fn request(server: &mut Server<'_>, method: &str, params: Value) -> Answer<Value> {
    #[cfg(test)]
    assert_ne!(method, "test/panic", "a request that breaks, for the test of the loop");
    macro_rules! answers {
        ($($request:ident => $feature:path;)*) => {
            match method {
                $(ask::$request::METHOD => answer::<ask::$request>(server, params, $feature),)*
                _ => Err(Refusal::new(ErrorCode::MethodNotFound, method)),
            }
        };
    }
    answers! {
        DocumentDiagnosticRequest => whole::pulled;
        WorkspaceDiagnosticRequest => whole::workspace;
        WorkspaceSymbolRequest => whole::symbols;
        HoverRequest => complete::hover;
        Completion => complete::completion;
        ResolveCompletionItem => complete::resolve;
        SignatureHelpRequest => complete::signature_help;
        GotoDefinition => navigate::definition;
        References => navigate::references;
        DocumentHighlightRequest => navigate::highlight;
        CallHierarchyPrepare => navigate::prepare_calls;
        CallHierarchyIncomingCalls => navigate::incoming;
        CallHierarchyOutgoingCalls => navigate::outgoing;
        Formatting => change::formatting;
        RangeFormatting => change::range_formatting;
        OnTypeFormatting => change::on_type;
        PrepareRenameRequest => change::prepare_rename;
        Rename => change::rename;
        CodeActionRequest => change::code_actions;
        CodeActionResolveRequest => change::resolve;
        DocumentSymbolRequest => shown::symbols;
        FoldingRangeRequest => shown::folding;
        SelectionRangeRequest => shown::selections;
        SemanticTokensFullRequest => shown::tokens;
        SemanticTokensFullDeltaRequest => shown::tokens_delta;
        SemanticTokensRangeRequest => shown::tokens_range;
        InlayHintRequest => shown::inlay_hints;
        CodeLensRequest => shown::code_lenses;
        DocumentLinkRequest => shown::links;
        ExecuteCommand => shown::execute;
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
            let key = Key::of_uri(params.text_document.uri.as_str());
            server.world.close(&key);
            publish::nothing(server, &key, params.text_document.uri);
        }
        note::DidChangeWatchedFiles::METHOD => {
            let Ok(params) = parameters::<lsp::DidChangeWatchedFilesParams>(params) else { return };
            for change in params.changes {
                server.world.changed_on_disk(&Key::of_uri(change.uri.as_str()));
            }
        }
        note::DidChangeWorkspaceFolders::METHOD => {
            let Ok(params) = parameters::<lsp::DidChangeWorkspaceFoldersParams>(params) else { return };
            let path = |folder: &lsp::WorkspaceFolder| Key::of_uri(folder.uri.as_str()).path().to_owned();
            let gone: Vec<_> = params.event.removed.iter().map(path).collect();
            server.world.folders.retain(|folder| !gone.contains(folder));
            server.world.folders.extend(params.event.added.iter().map(path));
            server.world.forget_all();
        }
        note::DidChangeConfiguration::METHOD => {
            let settings = params.get("settings").cloned().unwrap_or_default();
            if let Some(language) = language_setting(&settings).filter(|l| *l != server.client.language) {
                server.client.language = language;
                server.world.forget_all();
                publish::refresh(server);
            }
        }
        _ => {}
    }
}
