//! What the server says it can do. A test sees to it that there is a case for every line of it.

use serde_json::{Value, json};

use crate::client::Client;
use crate::features::{completion, formatting, lenses, tokens};
use crate::text::Encoding;

/// The answer to `initialize`.
pub fn answer(client: &Client) -> Value {
    let encoding = match client.encoding {
        Encoding::Utf8 => "utf-8",
        Encoding::Utf16 => "utf-16",
        Encoding::Utf32 => "utf-32",
    };
    let [first_trigger, more_triggers @ ..] = formatting::TRIGGERS;
    json!({
        "serverInfo": { "name": "rubricc", "version": env!("CARGO_PKG_VERSION") },
        "capabilities": {
            "positionEncoding": encoding,
            "textDocumentSync": { "openClose": true, "change": 2, "save": {} },
            "diagnosticProvider": {
                "identifier": "rubricc",
                "interFileDependencies": true,
                "workspaceDiagnostics": true,
            },
            "completionProvider": { "triggerCharacters": completion::TRIGGERS, "resolveProvider": true },
            "hoverProvider": true,
            "signatureHelpProvider": { "triggerCharacters": [" ", "(", ","] },
            "definitionProvider": true,
            "referencesProvider": true,
            "documentHighlightProvider": true,
            "renameProvider": { "prepareProvider": true },
            "callHierarchyProvider": true,
            "documentSymbolProvider": true,
            "workspaceSymbolProvider": true,
            "foldingRangeProvider": true,
            "selectionRangeProvider": true,
            "semanticTokensProvider": {
                "legend": { "tokenTypes": tokens::TYPES, "tokenModifiers": tokens::MODIFIERS },
                "full": { "delta": true },
                "range": true,
            },
            "inlayHintProvider": true,
            "codeLensProvider": { "resolveProvider": false },
            "documentLinkProvider": { "resolveProvider": false },
            "codeActionProvider": {
                "codeActionKinds": ["quickfix", "refactor.extract", "refactor.rewrite", "source"],
                "resolveProvider": true,
            },
            "executeCommandProvider": { "commands": [lenses::RUN_EXAMPLE, lenses::RUN_EXAMPLES] },
            "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
            "documentFormattingProvider": true,
            "documentRangeFormattingProvider": true,
            "documentOnTypeFormattingProvider": {
                "firstTriggerCharacter": first_trigger,
                "moreTriggerCharacter": more_triggers,
            },
        },
    })
}
