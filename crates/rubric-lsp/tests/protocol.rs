//! What is not a feature: negotiation, cancellation, broken messages, several folders, watched files, languages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use serde_json::json;
use support::{Editor, capabilities, uri};

const TEXT: &str = "标准 \"a\" { 满分 2分 }\n填报 { 迟到: 次数 }\n条款 1 \"b\" 2分 { 每 迟到 扣 1分 }\n";

#[test]
fn encodings_are_negotiated() {
    let folder = tempfile::tempdir().unwrap();
    for (offered, chosen) in [
        (json!(["utf-16"]), "utf-16"),
        (json!(["utf-16", "utf-8"]), "utf-8"),
        (json!(["utf-32", "utf-16"]), "utf-32"),
        (json!(["utf-7"]), "utf-16"),
        (json!([]), "utf-16"),
    ] {
        let mut can = capabilities("utf-16", false);
        can["general"]["positionEncodings"] = offered;
        let editor = Editor::with("utf-16", "zh", folder.path(), can);
        assert_eq!(editor.capabilities["positionEncoding"], chosen);
    }
}

#[test]
fn abilities_that_cannot_be_read_are_taken_as_absent() {
    let folder = tempfile::tempdir().unwrap();
    let mut editor = Editor::with("utf-16", "zh", folder.path(), json!({ "textDocument": 7 }));
    let uri = editor.open(&folder.path().join("a.rubric"), TEXT);
    assert!(editor.findings(&uri, 1).iter().all(|found| found["severity"] != 1));
}

#[test]
fn raw_addresses_and_other_spellings_are_one_document() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("评分 a.rubric");
    let mut editor = Editor::new("utf-16", "zh", folder.path());
    let raw = format!("file://{}", path.display());
    let document = json!({ "uri": raw, "languageId": "rubric", "version": 1, "text": TEXT });
    editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
    let at = json!({ "line": 2, "character": 18 });
    let hover =
        editor.ask("textDocument/hover", json!({ "textDocument": { "uri": uri(&path) }, "position": at }));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("迟到"), "{hover}");
}

#[test]
fn messages_follow_settings_then_locale() {
    let folder = tempfile::tempdir().unwrap();
    let bad = TEXT.replace("每 迟到", "每 迟道");
    for (locale, wanted) in [("zh-TW", "没有叫"), ("de", "nothing is called")] {
        let mut editor = Editor::new("utf-16", locale, folder.path());
        let uri = editor.open(&folder.path().join("a.rubric"), &bad);
        let found = editor.findings(&uri, 1);
        assert!(found[0]["message"].as_str().unwrap().contains(wanted), "{found:?}");
        let settings = json!({ "settings": { "rubricc": { "language": "en" } } });
        editor.notify("workspace/didChangeConfiguration", settings);
        while !editor.diagnostics[&uri].1[0]["message"].as_str().unwrap().contains("nothing is called") {
            editor.hear().unwrap();
        }
    }
}

#[test]
fn unknown_and_broken_messages_are_answered_or_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut editor = Editor::new("utf-16", "zh", folder.path());
    let path = folder.path().join("a.rubric");
    let uri = editor.open(&path, TEXT);
    assert_eq!(editor.ask("textDocument/nothing", json!({}))["error"], -32601);
    assert_eq!(editor.ask("textDocument/hover", json!({ "position": 3 }))["error"], -32602);
    let missing = json!({ "textDocument": { "uri": "file:///no/such.rubric" }, "position": { "line": 0, "character": 0 } });
    assert_eq!(editor.ask("textDocument/hover", missing)["error"], -32602);
    editor.notify("textDocument/didChange", json!({ "textDocument": { "uri": uri } }));
    editor.notify("$/whatever", json!(null));
    editor.notify("textDocument/didOpen", json!([1, 2]));
    let far = json!({ "textDocument": { "uri": uri }, "position": { "line": 4_000_000_000_u32, "character": 4_000_000_000_u32 } });
    assert!(editor.ask("textDocument/completion", far)["items"].is_array());
    assert!(editor.close());
}

#[test]
fn requests_after_goodbye_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut editor = Editor::new("utf-16", "zh", folder.path());
    editor.ask("shutdown", json!(null));
    assert_eq!(editor.ask("textDocument/hover", json!({}))["error"], -32600);
    editor.notify("exit", json!(null));
}

#[test]
fn what_waits_can_be_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let mut editor = Editor::new("utf-16", "zh", folder.path());
    let path = folder.path().join("a.rubric");
    let long = TEXT.to_owned() + &"// 一行\n".repeat(20_000) + &"输出 甲 = 1\n".repeat(3_000);
    let uri = editor.open(&path, &long);
    let ids: Vec<i32> = (0..20)
        .map(|_| editor.begin("textDocument/semanticTokens/full", json!({ "textDocument": { "uri": uri } })))
        .collect();
    let last = *ids.last().unwrap();
    editor.cancel(last);
    for id in &ids[..19] {
        assert!(editor.answer(*id)["data"].is_array());
    }
    assert_eq!(editor.answer(last)["error"], -32800);
}

#[test]
fn imports_follow_what_is_open_and_what_is_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let (inner, outer) = (folder.path().join("分.rubric"), folder.path().join("总.rubric"));
    std::fs::write(&inner, TEXT).unwrap();
    let using = "标准 \"总\" { 满分 2分 }\n引用 \"分.rubric\" 作 分 \n条款 1 \"合\" 2分 { 得 分 的 总分 }\n";
    let mut can = capabilities("utf-16", false);
    can["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let mut editor = Editor::with("utf-16", "zh", folder.path(), can);
    let outer_uri = editor.open(&outer, using);
    assert_eq!(editor.findings(&outer_uri, 1).len(), 0);
    assert!(editor.messages.iter().any(|(method, _)| method == "client/registerCapability"));
    // Open and half typed: the importer says so.
    let inner_uri = editor.open(&inner, &TEXT.replace("扣 1分", "扣"));
    let wait = |editor: &mut Editor, wanted: bool| {
        while editor.diagnostics[&outer_uri].1.is_empty() == wanted {
            editor.hear().unwrap();
        }
    };
    wait(&mut editor, true);
    // Closed: the file counts again.
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": inner_uri } }));
    wait(&mut editor, false);
    // Gone from the disk, and said so.
    std::fs::remove_file(&inner).unwrap();
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": inner_uri, "type": 3 }] }));
    wait(&mut editor, true);
    assert!(editor.close());
}

#[test]
fn folders_come_and_go() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(two.path().join("b.rubric"), TEXT).unwrap();
    let mut editor = Editor::new("utf-16", "zh", one.path());
    let ask = |editor: &mut Editor| {
        editor.ask("workspace/symbol", json!({ "query": "迟到" })).as_array().unwrap().len()
    };
    assert_eq!(ask(&mut editor), 0);
    let folder = json!({ "uri": uri(two.path()), "name": "two" });
    editor.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [folder], "removed": [] } }),
    );
    assert_eq!(ask(&mut editor), 1);
}

/// A server for which every text is long, with one that is open.
fn long_editor(folder: &std::path::Path, pulls: bool) -> (Editor, String) {
    let able = capabilities("utf-16", pulls);
    let mut editor = Editor::of_long("utf-16", "zh", folder, able, 0);
    let uri = editor.open(&folder.join("长.rubric"), TEXT);
    (editor, uri)
}

fn types(editor: &Editor, uri: &str, version: i64, text: &str) {
    let document = json!({ "uri": uri, "version": version });
    editor.notify(
        "textDocument/didChange",
        json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
    );
}

#[test]
fn what_waits_for_a_check_is_answered_once_the_text_changes_or_nobody_wants_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut editor, uri) = long_editor(folder.path(), false);
    let lenses = json!({ "textDocument": { "uri": uri } });
    let first = editor.begin("textDocument/codeLens", lenses.clone());
    types(&editor, &uri, 2, &TEXT.replace("1分", "3分"));
    let second = editor.begin("textDocument/codeLens", lenses.clone());
    editor.cancel(second);
    let third = editor.begin("textDocument/codeLens", lenses);
    // Each in its own way, and all of them are answered. Those that were done before are no less right.
    assert!([json!(-32801), json!(null)].contains(&editor.answer(first)["error"]));
    assert!([json!(-32800), json!(null)].contains(&editor.answer(second)["error"]));
    assert!(editor.answer(third).is_array());
    assert!(editor.close());
}

#[test]
fn an_editor_that_asks_itself_is_told_when_there_is_more_to_say() {
    let folder = tempfile::tempdir().unwrap();
    let mut able = capabilities("utf-16", true);
    able["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    let mut editor = Editor::of_long("utf-16", "zh", folder.path(), able, 0);
    let uri = editor.open(&folder.path().join("长.rubric"), TEXT);
    let ask = json!({ "textDocument": { "uri": uri } });
    let soon = editor.ask("textDocument/diagnostic", ask.clone());
    editor.ask("textDocument/codeLens", ask.clone());
    let later = editor.ask("textDocument/diagnostic", ask);
    let told = editor.messages.iter().any(|(method, _)| method == "workspace/diagnostic/refresh");
    assert_eq!(told, soon["items"] != later["items"]);
    assert!(told, "nothing of it needs proofs: {later}");
}

#[test]
fn an_editor_that_does_not_resolve_actions_is_given_all_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut able = capabilities("utf-16", false);
    able["textDocument"]["codeAction"] = json!({});
    let mut editor = Editor::with("utf-16", "zh", folder.path(), able);
    let uri = editor.open(&folder.path().join("a.rubric"), TEXT);
    let range = editor.range(TEXT, 0, 0);
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } });
    let all = editor.ask("textDocument/codeAction", params);
    let all = all.as_array().unwrap();
    assert!(all.iter().any(|a| a["title"] == "关键词改用英文"), "{all:#?}");
    assert!(all.iter().all(|a| a["edit"].is_object() && a["data"].is_null()), "{all:#?}");
    assert!(editor.close());
}
