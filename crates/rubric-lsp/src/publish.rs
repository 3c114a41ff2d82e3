//! Findings sent without being asked for, and the word to an editor that asks itself that it should ask again.

use std::hash::{DefaultHasher, Hash, Hasher};

use lsp_types as lsp;
use serde_json::json;

use crate::document::Document;
use crate::server::Server;
use crate::to_proto;
use crate::uri::Key;

/// Gives the findings about every open document that may have changed.
pub fn unsettled(server: &mut Server<'_>) {
    if server.world.unsettled.is_empty() {
        return;
    }
    let keys = std::mem::take(&mut server.world.unsettled);
    let reached = std::mem::take(&mut server.world.reached);
    if reached {
        refresh(server);
    }
    if server.client.pulls {
        return;
    }
    for key in keys {
        if server.world.settle(&key).is_some() {
            findings(server, &key);
        }
    }
}

/// Gives the findings about a document, unless they are those given last of that version.
fn findings(server: &mut Server<'_>, key: &Key) {
    let Some(document) = server.world.get(key) else { return };
    let params = lsp::PublishDiagnosticsParams {
        uri: document.uri.clone(),
        diagnostics: of(server, document),
        version: document.version,
    };
    let last = server.published.get(key).is_some_and(|last| *last == params);
    if !last {
        send(server, &params);
        server.published.insert(key.clone(), params);
    }
}

/// Tells an editor that asks itself to ask again about a document, if there is something else to say than it was told.
pub fn pull_again(server: &mut Server<'_>, key: &Key) {
    let refreshes = server.client.pulls && server.client.refreshes.diagnostics;
    let Some(told) = server.pulled.get(key).filter(|_| refreshes).cloned() else { return };
    server.world.settle(key);
    if named(server, key).is_some_and(|(name, _)| name != told) {
        server.ask("workspace/diagnostic/refresh", serde_json::Value::Null);
    }
}

/// The findings about a document with a name for them, so that the same need not be sent twice.
#[must_use]
pub fn named(server: &Server<'_>, key: &Key) -> Option<(String, Vec<lsp::Diagnostic>)> {
    let items = of(server, server.world.get(key)?);
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(&items).ok()?.hash(&mut hasher);
    Some((format!("{:x}", hasher.finish()), items))
}

/// Tells the editor to ask again for what rests on other documents than the one that was changed.
pub fn refresh(server: &mut Server<'_>) {
    let refreshes = server.client.refreshes;
    let all = [
        (refreshes.diagnostics && server.client.pulls, "workspace/diagnostic/refresh"),
        (refreshes.tokens, "workspace/semanticTokens/refresh"),
        (refreshes.lenses, "workspace/codeLens/refresh"),
        (refreshes.hints, "workspace/inlayHint/refresh"),
    ];
    for (_, method) in all.iter().filter(|(wanted, _)| *wanted) {
        server.ask(method, serde_json::Value::Null);
    }
}

/// Takes back the findings about a document that was closed.
pub fn nothing(server: &mut Server<'_>, key: &Key, uri: lsp::Uri) {
    server.published.remove(key);
    if !server.client.pulls {
        send(server, &lsp::PublishDiagnosticsParams { uri, diagnostics: Vec::new(), version: None });
    }
}

fn send(server: &Server<'_>, params: &lsp::PublishDiagnosticsParams) {
    let params = serde_json::to_value(params).unwrap_or_else(|_| json!({}));
    server.notify("textDocument/publishDiagnostics", params);
}

/// The findings about a document, as the editor takes them.
pub fn of(server: &Server<'_>, document: &Document) -> Vec<lsp::Diagnostic> {
    let client = &server.client;
    let shown = document.diagnostics().iter().map(|found| {
        let page = (server.options.page)(found.code, client.language);
        to_proto::diagnostic(document, found, page.as_deref(), client)
    });
    shown.collect()
}
