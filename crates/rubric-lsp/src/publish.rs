//! Findings sent without being asked for, and the word to an editor that asks itself that it should ask again.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use lsp_types as lsp;
use rubric_base::{Diagnostic, Language, Level};
use serde_json::json;

use crate::client::Client;
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
    server.pulled.remove(key);
    server.tokens.remove(key);
    if !server.client.pulls {
        send(server, &lsp::PublishDiagnosticsParams { uri, diagnostics: Vec::new(), version: None });
    }
}

fn send(server: &Server<'_>, params: &lsp::PublishDiagnosticsParams) {
    let params = serde_json::to_value(params).unwrap_or_else(|_| json!({}));
    server.notify("textDocument/publishDiagnostics", params);
}

/// So many errors and warnings about one document are sent at most, and so many notes: nobody reads more, and editors
/// grow slow.
const MOST_FAULTS: usize = 1_000;
const MOST_NOTES: usize = 200;

/// The findings about a document, as the editor takes them: of very many those nearest to the last edit, and a word
/// about the others.
pub fn of(server: &Server<'_>, document: &Document) -> Vec<lsp::Diagnostic> {
    let client = &server.client;
    let all = document.diagnostics();
    let note = |d: &&Arc<Diagnostic>| d.level == Level::Note;
    let mut shown = nearest(all.iter().filter(|d| !note(d)), document.edited, MOST_FAULTS);
    shown.extend(nearest(all.iter().filter(note), document.edited, MOST_NOTES));
    shown.sort_by_key(|d| d.span());
    let mut pages: BTreeMap<_, Option<String>> = BTreeMap::new();
    let one = |found: &&Arc<Diagnostic>| {
        let page =
            pages.entry(found.code).or_insert_with(|| (server.options.page)(found.code, client.language));
        to_proto::diagnostic(&server.world, document, found, page.as_deref(), client)
    };
    let mut given: Vec<lsp::Diagnostic> = shown.iter().map(one).collect();
    given.extend((shown.len() < all.len()).then(|| rest(client, all.len() - shown.len())));
    given
}

/// Of very many those nearest to a place.
fn nearest<'d>(
    all: impl Iterator<Item = &'d Arc<Diagnostic>>,
    place: usize,
    most: usize,
) -> Vec<&'d Arc<Diagnostic>> {
    let mut all: Vec<_> = all.collect();
    if all.len() > most {
        all.sort_by_key(|d| (d.span().start as usize).abs_diff(place));
        all.truncate(most);
    }
    all
}

/// Said at the start of a text: so many findings are not sent.
fn rest(client: &Client, number: usize) -> lsp::Diagnostic {
    let message = match client.language {
        Language::Zh => format!(
            "这里只列出离改动处最近的问题和提示，另有 {number} 条未列出；运行 rubricc check --report 可看全部"
        ),
        Language::En => format!(
            "the findings nearest to the last edit are shown; {number} more are not: `rubricc check --report` shows all"
        ),
    };
    lsp::Diagnostic {
        severity: Some(lsp::DiagnosticSeverity::INFORMATION),
        source: Some("rubricc".to_owned()),
        message,
        ..lsp::Diagnostic::default()
    }
}
