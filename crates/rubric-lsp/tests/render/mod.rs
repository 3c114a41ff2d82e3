//! What the server answers, as text: ranges are drawn into the lines they stand in.

use std::path::Path;

use serde_json::{Value, json};

use crate::Case;
use crate::support::{Editor, path as path_of};

pub(crate) fn feature(feature: &str, editor: &mut Editor, case: &Case, uri: &str, root: &Path) -> String {
    let text = case.files[0].1.clone();
    let document = json!({ "uri": uri });
    let position = editor.position(&text, case.cursor);
    let here = json!({ "textDocument": document, "position": position });
    let range = editor.range(&text, case.range.0, case.range.1);
    let option = |name: &str| case.options.get(name).cloned().unwrap_or_default();
    let with = |mut params: Value, name: &str, value: Value| {
        params[name] = value;
        params
    };
    let plain = json!({ "textDocument": document });
    match feature {
        "diagnostics" => {
            let found = editor.findings(uri, 1);
            diagnostics(editor, &text, &found)
        }
        "pull-diagnostics" => {
            let answer = editor.ask("textDocument/diagnostic", plain.clone());
            let shown = diagnostics(editor, &text, answer["items"].as_array().unwrap());
            let again = with(plain, "previousResultId", answer["resultId"].clone());
            let again = editor.ask("textDocument/diagnostic", again);
            format!("{shown}again: {}\n", again["kind"].as_str().unwrap())
        }
        "workspace-diagnostics" => workspace(editor, root, case),
        "hover" => {
            let answer = editor.ask("textDocument/hover", here);
            let Some(words) = answer["contents"]["value"].as_str() else { return "nothing\n".into() };
            format!("{}{words}\n", drawn(editor, &text, &answer["range"]))
        }
        "completion" => completion(editor, case, &here, &text),
        "signature" => {
            let answer = editor.ask("textDocument/signatureHelp", here);
            let Some(form) = answer["signatures"].get(0) else { return "nothing\n".into() };
            let label: Vec<u16> = form["label"].as_str().unwrap().encode_utf16().collect();
            let active = form["activeParameter"].as_u64().unwrap() as usize;
            let offsets = &form["parameters"][active]["label"];
            let (from, to) = (offsets[0].as_u64().unwrap() as usize, offsets[1].as_u64().unwrap() as usize);
            let part = |units: &[u16]| String::from_utf16(units).unwrap();
            format!(
                "{}⟦{}⟧{}\n{}\n",
                part(&label[..from]),
                part(&label[from..to]),
                part(&label[to..]),
                form["documentation"]["value"].as_str().unwrap()
            )
        }
        "definition" => {
            let answer = editor.ask("textDocument/definition", here);
            places(editor, root, case, &[answer])
        }
        "references" => {
            let params =
                with(here, "context", json!({ "includeDeclaration": option("declaration") != "no" }));
            let answer = editor.ask("textDocument/references", params);
            places(editor, root, case, answer.as_array().unwrap())
        }
        "highlight" => {
            let answer = editor.ask("textDocument/documentHighlight", here);
            let all = answer.as_array().unwrap().iter();
            all.map(|h| {
                format!(
                    "{} {}",
                    if h["kind"] == 3 { "declared" } else { "used" },
                    drawn(editor, &text, &h["range"])
                )
            })
            .collect()
        }
        "prepare-rename" => {
            let answer = editor.ask("textDocument/prepareRename", here);
            match answer.get("message") {
                Some(message) => format!("refused: {}\n", message.as_str().unwrap()),
                None => format!(
                    "{}{}\n",
                    drawn(editor, &text, &answer["range"]),
                    answer["placeholder"].as_str().unwrap()
                ),
            }
        }
        "rename" => {
            let answer = editor.ask("textDocument/rename", with(here, "newName", json!(option("to"))));
            changed(editor, root, case, &answer)
        }
        "formatting" | "range-formatting" => {
            let options = json!({ "tabSize": 2, "insertSpaces": true });
            let (method, params) = match feature {
                "formatting" => ("textDocument/formatting", with(plain, "options", options)),
                _ => ("textDocument/rangeFormatting", with(with(plain, "options", options), "range", range)),
            };
            let answer = editor.ask(method, params);
            match answer.as_array() {
                Some(edits) => difference(&text, &editor.apply(&text, edits)),
                None => format!("refused: {}\n", answer["message"].as_str().unwrap()),
            }
        }
        "on-type" => {
            let params = with(
                with(here, "ch", json!(option("typed"))),
                "options",
                json!({ "tabSize": 2, "insertSpaces": true }),
            );
            let answer = editor.ask("textDocument/onTypeFormatting", params);
            difference(&text, &editor.apply(&text, answer.as_array().unwrap()))
        }
        "actions" => {
            let params = with(with(plain, "range", range), "context", json!({ "diagnostics": [] }));
            let answer = editor.ask("textDocument/codeAction", params);
            let all = answer.as_array().unwrap();
            let wanted = option("do");
            if wanted.is_empty() {
                return all
                    .iter()
                    .map(|a| format!("{} {}\n", a["kind"].as_str().unwrap(), a["title"].as_str().unwrap()))
                    .collect();
            }
            let action = all.iter().find(|a| a["title"].as_str().unwrap().contains(&wanted));
            let action = action.unwrap_or_else(|| panic!("no action `{wanted}` among {all:#?}"));
            let mends =
                action["diagnostics"].get(0).map(|d| format!("mends {}\n", d["code"].as_str().unwrap()));
            // What costs time is asked for when it is wanted.
            let action = match &action["edit"] {
                Value::Null => editor.ask("codeAction/resolve", action.clone()),
                _ => action.clone(),
            };
            format!("{}{}", mends.unwrap_or_default(), changed(editor, root, case, &action["edit"]))
        }
        "symbols" => {
            let answer = editor.ask("textDocument/documentSymbol", plain);
            let mut out = String::new();
            tree(editor, &text, answer.as_array().unwrap(), 0, &mut out);
            out
        }
        "workspace-symbols" => {
            let answer = editor.ask("workspace/symbol", json!({ "query": option("query") }));
            let line = |s: &Value| {
                let file = path_of(s["location"]["uri"].as_str().unwrap());
                format!(
                    "{} ({}) in {}\n",
                    s["name"].as_str().unwrap(),
                    s["containerName"].as_str().unwrap_or_default(),
                    file.strip_prefix(root).unwrap().display()
                )
            };
            answer.as_array().unwrap().iter().map(line).collect()
        }
        "folding" => {
            let answer = editor.ask("textDocument/foldingRange", plain);
            let lines: Vec<&str> = text.lines().collect();
            let fold = |f: &Value| {
                let (a, b) =
                    (f["startLine"].as_u64().unwrap() as usize, f["endLine"].as_u64().unwrap() as usize);
                let kind = f["kind"].as_str().map(|k| format!(" ({k})")).unwrap_or_default();
                format!("{} … {}{kind}\n", lines[a].trim(), lines[b].trim())
            };
            answer.as_array().unwrap().iter().map(fold).collect()
        }
        "selection" => {
            let answer =
                editor.ask("textDocument/selectionRange", with(plain, "positions", json!([position])));
            let mut out = String::new();
            let mut next = &answer[0];
            while next.is_object() {
                let (from, to) = editor.span(&text, &next["range"]);
                out.push_str(&format!("⟦{}⟧\n", text[from..to].replace("\r\n", "\n").replace('\n', "⏎")));
                next = &next["parent"];
            }
            out
        }
        "tokens" | "tokens-range" | "tokens-delta" => tokens(feature, editor, case, uri, &text, range),
        "hints" => {
            let whole = editor.range(&text, 0, text.len());
            let answer = editor.ask("textDocument/inlayHint", with(plain, "range", whole));
            let hint = |h: &Value| {
                let at = editor.offset(&text, &h["position"]);
                let (from, to) = line(&text, at);
                format!("{}⟦{}⟧{}\n", &text[from..at], h["label"].as_str().unwrap(), &text[at..to])
                    .trim_start()
                    .to_owned()
            };
            answer.as_array().unwrap().iter().map(hint).collect()
        }
        "lenses" => {
            let answer = editor.ask("textDocument/codeLens", plain);
            let lens = |l: &Value| {
                let (from, to) = line(&text, editor.offset(&text, &l["range"]["start"]));
                format!(
                    "[{}] {}{}\n",
                    l["command"]["title"].as_str().unwrap(),
                    l["command"]["command"].as_str().unwrap(),
                    format_args!(" | {}", text[from..to].trim())
                )
            };
            answer.as_array().unwrap().iter().map(lens).collect()
        }
        "commands" => {
            let mut arguments = vec![json!(uri)];
            arguments.extend(option("example").parse::<u64>().ok().map(|n| json!(n)));
            let params = json!({ "command": option("command"), "arguments": arguments });
            let answer = editor.ask("workspace/executeCommand", params);
            let said = editor.messages.iter().filter(|(m, _)| m == "window/showMessage");
            let said: String = said.map(|(_, p)| format!("{}\n", p["message"].as_str().unwrap())).collect();
            match answer.get("message") {
                Some(message) => format!("refused: {}\n", message.as_str().unwrap()),
                None => format!("{said}{}\n", serde_json::to_string(&answer).unwrap()),
            }
        }
        "links" => {
            let answer = editor.ask("textDocument/documentLink", plain);
            let link = |l: &Value| {
                let target = l["target"].as_str().unwrap();
                let target = if target.starts_with("file:") {
                    path_of(target).strip_prefix(root).unwrap().display().to_string()
                } else {
                    target.to_owned()
                };
                format!("{}→ {target}\n", drawn(editor, &text, &l["range"]))
            };
            answer.as_array().unwrap().iter().map(link).collect()
        }
        "calls" => calls(editor, &here, &text),
        other => panic!("unknown feature {other}"),
    }
}

/// The line that an offset stands in.
fn line(text: &str, at: usize) -> (usize, usize) {
    let from = text[..at].rfind('\n').map_or(0, |n| n + 1);
    (from, text[at..].find('\n').map_or(text.len(), |n| at + n))
}

/// The first line of a range, with the range drawn in.
fn drawn(editor: &Editor, text: &str, range: &Value) -> String {
    let (from, to) = editor.span(text, range);
    let (start, _) = line(text, from);
    let (_, end) = line(text, to);
    let inside = text[from..to].replace("\r\n", "\n").replace('\n', "⏎");
    format!("{}⟦{inside}⟧{}\n", &text[start..from], text[to..end].trim_end()).trim_start().to_owned()
}

fn text_of(root: &Path, case: &Case, uri: &str) -> (String, String) {
    let name = path_of(uri).strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    let text = case.files.iter().find(|(n, _)| *n == name).map(|(_, t)| t.clone()).unwrap_or_default();
    (name, text)
}

fn places(editor: &Editor, root: &Path, case: &Case, all: &[Value]) -> String {
    let place = |l: &Value| {
        let Some(uri) = l["uri"].as_str() else { return "nothing\n".to_owned() };
        let (name, text) = text_of(root, case, uri);
        format!("{name}: {}", drawn(editor, &text, &l["range"]))
    };
    all.iter().map(place).collect()
}

fn diagnostics(editor: &Editor, text: &str, all: &[Value]) -> String {
    let mut out = String::new();
    for d in all {
        let severity =
            ["", "error", "warning", "information", "hint"][d["severity"].as_u64().unwrap() as usize];
        let tags = if d["tags"] == json!([1]) { " unnecessary" } else { "" };
        out.push_str(&format!(
            "{severity} {}{tags} <{}>\n",
            d["code"].as_str().unwrap(),
            d["codeDescription"]["href"].as_str().unwrap()
        ));
        out.push_str(&drawn(editor, text, &d["range"]));
        out.push_str(&format!("  {}\n", d["message"].as_str().unwrap().replace('\n', "\n  ")));
        for related in d["relatedInformation"].as_array().into_iter().flatten() {
            // It may stand in another file.
            let uri = related["location"]["uri"].as_str().unwrap();
            let there = editor.texts.get(uri).cloned().or_else(|| std::fs::read_to_string(path_of(uri)).ok());
            let text = there.as_deref().unwrap_or(text);
            out.push_str(&format!(
                "  + {} {}",
                related["message"].as_str().unwrap(),
                drawn(editor, text, &related["location"]["range"])
            ));
        }
    }
    if out.is_empty() { "nothing\n".to_owned() } else { out }
}

fn workspace(editor: &mut Editor, root: &Path, case: &Case) -> String {
    let answer = editor.ask("workspace/diagnostic", json!({ "previousResultIds": [], "workDoneToken": "t" }));
    let mut out = String::new();
    for item in answer["items"].as_array().unwrap() {
        let (name, text) = text_of(root, case, item["uri"].as_str().unwrap());
        out.push_str(&format!("{name}\n{}", diagnostics(editor, &text, item["items"].as_array().unwrap())));
    }
    let said = editor.messages.iter().filter(|(m, _)| m == "$/progress");
    let kinds: Vec<&str> = said.map(|(_, p)| p["value"]["kind"].as_str().unwrap()).collect();
    out + &format!("progress: {}\n", kinds.join(" "))
}

fn completion(editor: &mut Editor, case: &Case, here: &Value, text: &str) -> String {
    let answer = editor.ask("textDocument/completion", here.clone());
    let all = answer["items"].as_array().cloned().unwrap_or_default();
    if let Some(wanted) = case.options.get("accept") {
        let item = all.iter().find(|i| i["label"].as_str().unwrap().starts_with(wanted));
        let item = item.unwrap_or_else(|| {
            panic!("no `{wanted}` among {:?}", all.iter().map(|i| &i["label"]).collect::<Vec<_>>())
        });
        let (from, to) = editor.span(text, &item["textEdit"]["range"]);
        assert!(from <= case.cursor && case.cursor <= to, "what is replaced holds the cursor");
        let typed = &text[from..case.cursor];
        let filter = item["filterText"].as_str().unwrap();
        assert!(
            filter.to_lowercase().starts_with(&typed.to_lowercase()),
            "an editor would not show `{filter}` for `{typed}`"
        );
        let after = editor.apply(text, std::slice::from_ref(&item["textEdit"]));
        let resolved = editor.ask("completionItem/resolve", item.clone());
        let words = resolved["documentation"]["value"].as_str().unwrap_or("no words");
        return format!("{}{words}\n", difference(text, &after));
    }
    let kinds = [
        "",
        "text",
        "method",
        "function",
        "constructor",
        "field",
        "variable",
        "class",
        "interface",
        "module",
        "property",
        "unit",
        "value",
        "enum",
        "keyword",
        "snippet",
        "color",
        "file",
        "reference",
        "folder",
        "enumMember",
        "constant",
    ];
    let shown = all.iter().take(12).map(|i| {
        let kind = kinds[i["kind"].as_u64().unwrap() as usize];
        format!("{kind} {} — {}\n", i["label"].as_str().unwrap(), i["detail"].as_str().unwrap_or_default())
    });
    let mut out: String = shown.collect();
    if all.len() > 12 {
        out.push_str(&format!("and {} more\n", all.len() - 12));
    }
    if out.is_empty() { "nothing\n".to_owned() } else { out }
}

/// The lines that go and those that come.
fn difference(before: &str, after: &str) -> String {
    if before == after {
        return "no change\n".to_owned();
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    if old.len() == new.len() {
        let differ = old.iter().zip(&new).filter(|(a, b)| a != b);
        return differ.map(|(a, b)| format!("- {a}\n+ {b}\n")).collect();
    }
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let lines = |sign: char, all: &[&str]| {
        all.iter().map(|l| format!("{sign} {l}").trim_end().to_owned() + "\n").collect::<String>()
    };
    lines('-', &old[head..old.len() - tail]) + &lines('+', &new[head..new.len() - tail])
}

fn changed(editor: &Editor, root: &Path, case: &Case, edit: &Value) -> String {
    if let Some(message) = edit.get("message") {
        return format!("refused: {}\n", message.as_str().unwrap());
    }
    let mut out = String::new();
    for change in edit["documentChanges"].as_array().unwrap() {
        let (name, text) = text_of(root, case, change["textDocument"]["uri"].as_str().unwrap());
        let after = editor.apply(&text, change["edits"].as_array().unwrap());
        out.push_str(&format!("{name}\n{}", difference(&text, &after)));
    }
    out
}

fn tree(editor: &Editor, text: &str, all: &[Value], depth: usize, out: &mut String) {
    for symbol in all {
        let (from, to) = editor.span(text, &symbol["range"]);
        let (a, b) = editor.span(text, &symbol["selectionRange"]);
        assert!(from <= a && b <= to, "the name lies within the whole");
        let detail = symbol["detail"].as_str().map(|d| format!(" ({d})")).unwrap_or_default();
        out.push_str(&format!(
            "{}{}{detail} ⟦{}⟧\n",
            "  ".repeat(depth),
            symbol["name"].as_str().unwrap(),
            &text[a..b]
        ));
        tree(
            editor,
            text,
            symbol["children"].as_array().map(Vec::as_slice).unwrap_or_default(),
            depth + 1,
            out,
        );
    }
}

fn words(editor: &Editor, text: &str, data: &[Value]) -> Vec<String> {
    let legend = &editor.capabilities["semanticTokensProvider"]["legend"];
    let (mut line, mut column) = (0, 0);
    let mut out = Vec::new();
    for word in data.chunks(5) {
        let n = |i: usize| word[i].as_u64().unwrap();
        line += n(0);
        column = if n(0) == 0 { column + n(1) } else { n(1) };
        let from = editor.offset(text, &json!({ "line": line, "character": column }));
        let to = editor.offset(text, &json!({ "line": line, "character": column + n(2) }));
        let kind = legend["tokenTypes"][n(3) as usize].as_str().unwrap();
        let modifiers = legend["tokenModifiers"].as_array().unwrap().iter().enumerate();
        let more: String = modifiers
            .filter(|(i, _)| n(4) >> i & 1 == 1)
            .map(|(_, m)| format!(".{}", m.as_str().unwrap()))
            .collect();
        out.push(format!("{} {kind}{more}", &text[from..to]));
    }
    out
}

fn tokens(feature: &str, editor: &mut Editor, case: &Case, uri: &str, text: &str, range: Value) -> String {
    let document = json!({ "uri": uri });
    if feature == "tokens-range" {
        let answer = editor
            .ask("textDocument/semanticTokens/range", json!({ "textDocument": document, "range": range }));
        return words(editor, text, answer["data"].as_array().unwrap()).join("\n") + "\n";
    }
    let answer = editor.ask("textDocument/semanticTokens/full", json!({ "textDocument": document }));
    let data = answer["data"].as_array().unwrap().clone();
    if feature == "tokens" {
        return words(editor, text, &data).join("\n") + "\n";
    }
    // The range is replaced, and the change asked for; it must give what the whole would.
    let new = case.options["insert"].clone();
    let change = json!({ "range": range, "text": new });
    editor.notify(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [change] }),
    );
    let params = json!({ "textDocument": document, "previousResultId": answer["resultId"] });
    let delta = editor.ask("textDocument/semanticTokens/full/delta", params);
    let mut patched = data;
    for edit in delta["edits"].as_array().unwrap() {
        let start = edit["start"].as_u64().unwrap() as usize;
        let end = start + edit["deleteCount"].as_u64().unwrap() as usize;
        patched.splice(start..end, edit["data"].as_array().unwrap().iter().cloned());
    }
    let whole = editor.ask("textDocument/semanticTokens/full", json!({ "textDocument": document }));
    assert_eq!(&patched, whole["data"].as_array().unwrap(), "the change gives what the whole does");
    let sizes = delta["edits"].as_array().unwrap().iter();
    sizes
        .map(|e| {
            format!(
                "{} words go, {} come\n",
                e["deleteCount"].as_u64().unwrap() / 5,
                e["data"].as_array().unwrap().len() / 5
            )
        })
        .collect()
}

fn calls(editor: &mut Editor, here: &Value, text: &str) -> String {
    let items = editor.ask("textDocument/prepareCallHierarchy", here.clone());
    let Some(item) = items.get(0).cloned() else { return "nothing\n".to_owned() };
    let mut out = format!("{}\n", item["name"].as_str().unwrap());
    for (method, key, arrow) in [("incoming", "from", "←"), ("outgoing", "to", "→")] {
        let answer = editor.ask(&format!("callHierarchy/{method}Calls"), json!({ "item": item }));
        for call in answer.as_array().unwrap() {
            let name = call[key]["name"].as_str().unwrap();
            for range in call["fromRanges"].as_array().unwrap() {
                out.push_str(&format!("{arrow} {name}: {}", drawn(editor, text, range)));
            }
        }
    }
    out
}
