//! Findings sent without being asked for, and the word to an editor that asks itself that it should ask again.

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
        if server.world.settle(&key).is_none() {
            continue;
        }
        let short = server.world.get(&key).is_some_and(|d| d.text.len() < SOON_PROVED);
        if short {
            server.world.prove(&key);
        } else {
            server.world.unproved.insert(key.clone());
        }
        findings(server, &key);
    }
}

/// Texts shorter than this are proved at once, so that findings do not come in two parts.
const SOON_PROVED: usize = 48 << 10;

/// Proves what is long, one document after the other, as long as the editor says nothing.
pub fn unproved(server: &mut Server<'_>) {
    while !server.is_wanted() {
        let Some(key) = server.world.unproved.pop_first() else { return };
        if server.world.settle(&key).is_some() && server.world.prove(&key) {
            findings(server, &key);
        }
    }
}

fn findings(server: &Server<'_>, key: &Key) {
    let Some(document) = server.world.get(key) else { return };
    let params = lsp::PublishDiagnosticsParams {
        uri: document.uri.clone(),
        diagnostics: of(server, document),
        version: document.version,
    };
    send(server, &params);
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
pub fn nothing(server: &Server<'_>, uri: lsp::Uri) {
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
