//! An editor for tests: it talks to the real server over an in-memory connection, counts columns as it likes,
//! and keeps its own copies of texts, by arithmetic of its own.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

use lsp_server::{Connection, Message, Notification, Request, RequestId};
use rubric_base::{Code, Language};
use rubric_lsp::{Options, serve};
use serde_json::{Value, json};

pub struct Editor {
    connection: Option<Connection>,
    server: Option<JoinHandle<bool>>,
    pub encoding: &'static str,
    next: i32,
    pub texts: HashMap<String, String>,
    pub diagnostics: HashMap<String, (Value, Vec<Value>)>,
    pub answers: HashMap<i32, Value>,
    pub messages: Vec<(String, Value)>,
    pub capabilities: Value,
}

pub fn page(code: Code, language: Language) -> Option<String> {
    Some(format!("page:{}.{}", code.name(), if language == Language::Zh { "zh" } else { "en" }))
}

pub fn uri(path: &Path) -> String {
    // Editors encode; some in lower case.
    let mut out = String::from("file://");
    for byte in path.to_str().unwrap().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02x}")),
        }
    }
    out
}

pub fn path(uri: &str) -> PathBuf {
    let mut bytes = Vec::new();
    let mut rest = uri.strip_prefix("file://").unwrap().bytes();
    while let Some(b) = rest.next() {
        if b == b'%' {
            let hex = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
        } else {
            bytes.push(b);
        }
    }
    PathBuf::from(String::from_utf8(bytes).unwrap())
}

pub fn capabilities(encoding: &str, pulls: bool) -> Value {
    let mut document = json!({
        "completion": { "completionItem": { "snippetSupport": true } },
        "hover": { "contentFormat": ["markdown"] },
        "codeAction": { "dataSupport": true, "resolveSupport": { "properties": ["edit"] } },
        "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        "publishDiagnostics": { "relatedInformation": true },
    });
    if pulls {
        document["diagnostic"] = json!({});
    }
    json!({
        "general": { "positionEncodings": [encoding] },
        "textDocument": document,
        "workspace": { "workspaceEdit": { "documentChanges": true } },
        "window": { "workDoneProgress": true },
    })
}

impl Editor {
    pub fn new(encoding: &'static str, language: &str, root: &Path) -> Self {
        Self::with(encoding, language, root, capabilities(encoding, false))
    }

    pub fn with(encoding: &'static str, language: &str, root: &Path, capabilities: Value) -> Self {
        Self::of_long(encoding, language, root, capabilities, rubric_lsp::LONG)
    }

    /// The same, of a server for which texts of so many bytes are long.
    pub fn of_long(
        encoding: &'static str,
        language: &str,
        root: &Path,
        capabilities: Value,
        long: usize,
    ) -> Self {
        let (ours, theirs) = Connection::memory();
        let options = Options { language: Language::En, page, long };
        let server = std::thread::spawn(move || serve(&theirs, options).unwrap());
        let mut editor = Self {
            connection: Some(ours),
            server: Some(server),
            encoding,
            next: 0,
            texts: HashMap::new(),
            diagnostics: HashMap::new(),
            answers: HashMap::new(),
            messages: Vec::new(),
            capabilities: Value::Null,
        };
        let answer = editor.ask(
            "initialize",
            json!({
                "capabilities": capabilities,
                "locale": language,
                "workspaceFolders": [{ "uri": uri(root), "name": "root" }],
            }),
        );
        editor.capabilities = answer["capabilities"].clone();
        editor.notify("initialized", json!({}));
        editor
    }

    pub fn send(&self, message: Message) {
        self.connection.as_ref().unwrap().sender.send(message).unwrap();
    }

    pub fn notify(&self, method: &str, params: Value) {
        self.send(Message::Notification(Notification { method: method.into(), params }));
    }

    pub fn begin(&mut self, method: &str, params: Value) -> i32 {
        self.next += 1;
        self.send(Message::Request(Request {
            id: RequestId::from(self.next),
            method: method.into(),
            params,
        }));
        self.next
    }

    pub fn cancel(&self, id: i32) {
        self.notify("$/cancelRequest", json!({ "id": id }));
    }

    /// Takes the next message in; nothing where none comes for long.
    pub fn hear(&mut self) -> Option<()> {
        let message =
            self.connection.as_ref().unwrap().receiver.recv_timeout(Duration::from_secs(60)).ok()?;
        match message {
            Message::Response(response) => {
                let id: i32 = response.id.to_string().parse().unwrap();
                let value = match response.response_result {
                    Ok(value) => value,
                    Err(error) => json!({ "error": error.code, "message": error.message }),
                };
                self.answers.insert(id, value);
            }
            Message::Notification(n) if n.method == "textDocument/publishDiagnostics" => {
                let uri = n.params["uri"].as_str().unwrap().to_owned();
                let items = n.params["diagnostics"].as_array().unwrap().clone();
                self.diagnostics.insert(uri, (n.params["version"].clone(), items));
            }
            Message::Notification(n) => self.messages.push((n.method, n.params)),
            Message::Request(r) => self.messages.push((r.method, r.params)),
        }
        Some(())
    }

    pub fn answer(&mut self, id: i32) -> Value {
        while !self.answers.contains_key(&id) {
            self.hear().unwrap_or_else(|| panic!("no answer to {id}"));
        }
        self.answers.remove(&id).unwrap()
    }

    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        self.answer(id)
    }

    pub fn open(&mut self, path: &Path, text: &str) -> String {
        let uri = uri(path);
        self.texts.insert(uri.clone(), text.to_owned());
        let language = if path.extension().is_some_and(|e| e == "json") { "json" } else { "rubric" };
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
        uri
    }

    /// Waits for the findings about a document in a version.
    pub fn findings(&mut self, uri: &str, version: i64) -> Vec<Value> {
        while self.diagnostics.get(uri).is_none_or(|(v, _)| *v != json!(version)) {
            self.hear().expect("findings");
        }
        self.diagnostics[uri].1.clone()
    }

    /// Waits for the findings of a check of all of it too, where the document is long.
    pub fn all_findings(&mut self, uri: &str, version: i64) -> Vec<Value> {
        self.findings(uri, version);
        // Lenses wait for that check, and what it finds is told before.
        self.ask("textDocument/codeLens", json!({ "textDocument": { "uri": uri } }));
        self.findings(uri, version)
    }

    /// A byte offset as a position, and a position as an offset.
    pub fn position(&self, text: &str, offset: usize) -> Value {
        let before = &text[..offset];
        let line = before.matches('\n').count();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        json!({ "line": line, "character": self.width(&before[start..]) })
    }

    pub fn width(&self, text: &str) -> usize {
        match self.encoding {
            "utf-8" => text.len(),
            "utf-16" => text.encode_utf16().count(),
            _ => text.chars().count(),
        }
    }

    pub fn offset(&self, text: &str, position: &Value) -> usize {
        let (line, column) =
            (position["line"].as_u64().unwrap() as usize, position["character"].as_u64().unwrap() as usize);
        let start = if line == 0 {
            0
        } else {
            text.match_indices('\n').nth(line - 1).map_or(text.len(), |(at, _)| at + 1)
        };
        let rest = &text[start..];
        let rest = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let inside = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
        let found = inside.rev().find(|at| self.width(&rest[..*at]) <= column).unwrap();
        start + found
    }

    pub fn range(&self, text: &str, from: usize, to: usize) -> Value {
        json!({ "start": self.position(text, from), "end": self.position(text, to) })
    }

    pub fn span(&self, text: &str, range: &Value) -> (usize, usize) {
        (self.offset(text, &range["start"]), self.offset(text, &range["end"]))
    }

    pub fn apply(&self, text: &str, edits: &[Value]) -> String {
        let mut edits: Vec<((usize, usize), String)> = edits
            .iter()
            .map(|e| (self.span(text, &e["range"]), e["newText"].as_str().unwrap().to_owned()))
            .collect();
        edits.sort();
        for pair in edits.windows(2) {
            assert!(pair[0].0.1 <= pair[1].0.0, "edits overlap: {pair:?}");
        }
        let mut out = text.to_owned();
        for ((from, to), new) in edits.into_iter().rev() {
            out.replace_range(from..to, &new);
        }
        out
    }

    /// Says goodbye; whether the server took it well.
    pub fn close(mut self) -> bool {
        self.ask("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.server.take().unwrap().join().unwrap()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.connection = None;
        if let Some(server) = self.server.take() {
            let _ = server.join();
        }
    }
}
