//! What the server says it can do. A test sees to it that there is a case for every line of it.

use serde_json::{Value, json};

use crate::client::Client;
use crate::features::{completion, formatting};
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
                "workspaceDiagnostics": false,
            },
            "completionProvider": { "triggerCharacters": completion::TRIGGERS, "resolveProvider": true },
            "hoverProvider": true,
            "definitionProvider": true,
            "documentFormattingProvider": true,
            "documentRangeFormattingProvider": true,
            "documentOnTypeFormattingProvider": {
                "firstTriggerCharacter": first_trigger,
                "moreTriggerCharacter": more_triggers,
            },
        },
    })
}
