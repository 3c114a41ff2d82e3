//! Random edits in random order, with requests in between and some of them cancelled: in the end the findings must be
//! those of opening the last text afresh, every request must be answered once, and nothing may break the server.
//! `RUBRICC_FUZZ_SEEDS=1000` runs longer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use rubric_suite::rng::Rng;
use rubric_suite::{generate, mutate};
use serde_json::{Value, json};
use support::Editor;

const ENCODINGS: [&str; 3] = ["utf-8", "utf-16", "utf-32"];

/// A request about a random place, of those that an editor sends while one types.
fn request(editor: &Editor, uri: &str, text: &str, rng: &mut Rng) -> (&'static str, Value) {
    let ends: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let (a, b) = (*rng.pick(&ends), *rng.pick(&ends));
    let (document, position) = (json!({ "uri": uri }), editor.position(text, a));
    let range = editor.range(text, a.min(b), a.max(b));
    let here = json!({ "textDocument": document, "position": position });
    let plain = json!({ "textDocument": document });
    let ranged = json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let change = rng.one(&["chinese", "english", "renumber", "edges"]);
    match rng.below(24) {
        0 => ("textDocument/hover", here),
        1 => ("textDocument/completion", here),
        2 => ("textDocument/signatureHelp", here),
        3 => ("textDocument/definition", here),
        4 => (
            "textDocument/references",
            json!({ "textDocument": document, "position": position, "context": { "includeDeclaration": true } }),
        ),
        5 => ("textDocument/documentHighlight", here),
        6 => (
            "textDocument/rename",
            json!({ "textDocument": document, "position": position, "newName": "新 名" }),
        ),
        7 => ("textDocument/prepareRename", here),
        8 => ("textDocument/documentSymbol", plain),
        9 => ("textDocument/foldingRange", plain),
        10 => ("textDocument/selectionRange", json!({ "textDocument": document, "positions": [position] })),
        11 => ("textDocument/semanticTokens/full", plain),
        12 => ("textDocument/semanticTokens/range", ranged),
        13 => ("textDocument/inlayHint", ranged),
        14 => ("textDocument/codeLens", plain),
        15 => ("textDocument/codeAction", ranged),
        16 => ("textDocument/formatting", json!({ "textDocument": document, "options": options })),
        17 => (
            "textDocument/onTypeFormatting",
            json!({ "textDocument": document, "position": position, "ch": "}", "options": options }),
        ),
        18 => ("textDocument/prepareCallHierarchy", here),
        19 => ("textDocument/documentLink", plain),
        20 => ("textDocument/diagnostic", plain),
        21 => ("codeAction/resolve", json!({ "title": "", "data": { "uri": uri, "change": change } })),
        22 => (
            "textDocument/semanticTokens/full/delta",
            json!({ "textDocument": document, "previousResultId": "1" }),
        ),
        // What no editor should send.
        _ => ("textDocument/hover", json!({ "textDocument": { "uri": 3 }, "position": "x" })),
    }
}

/// One change that turns the text into another, as an editor would say it.
fn change(editor: &Editor, text: &str, new: &str, rng: &mut Rng) -> Value {
    if rng.percent(10) {
        return json!({ "text": new });
    }
    let head: usize =
        text.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    // An editor may say more than it must, but never points between `\r` and `\n`.
    let head = text[..head].rfind('\n').map_or(0, |at| at + 1);
    let tail = text[head..].chars().rev().zip(new[head..].chars().rev()).take_while(|(a, b)| a == b);
    let tail: usize = tail.map(|(a, _)| a.len_utf8()).sum();
    let tail = text[text.len() - tail..].find('\n').map_or(0, |at| tail - at - 1);
    let range = editor.range(text, head, text.len() - tail);
    json!({ "range": range, "text": &new[head..new.len() - tail] })
}

fn run(seed: u64) {
    let mut rng = Rng::new(seed);
    let folder = tempfile::tempdir().unwrap();
    let encoding = ENCODINGS[rng.below(3)];
    let path = folder.path().join("评分 a.rubric");
    let mut text = generate::rubric(seed, 3);
    if rng.percent(30) {
        text = text.replace('\n', "\r\n");
    }
    // Every other time all texts are long.
    let long = if seed.is_multiple_of(2) { rubric_lsp::LONG } else { 0 };
    let able = support::capabilities(encoding, false);
    let mut editor = Editor::of_long(encoding, "zh", folder.path(), able, long);
    let uri = editor.open(&path, &text);
    let (mut version, mut asked, mut cancelled) = (1, Vec::new(), 0);
    for _ in 0..rng.within(5, 40) {
        if rng.percent(55) {
            version += 1;
            let mut changes = Vec::new();
            for _ in 0..rng.within(1, 3) {
                let new = match rng.below(6) {
                    0 => generate::rubric(rng.draw() % 500, 3),
                    1 => text.replacen("件", "🀄", 1),
                    _ => mutate::mutated(&text, &mut rng),
                };
                // A lone `\r` ends a line for the protocol, but for few editors: no case of this test.
                let new = new
                    .replace("\r\n", "\n")
                    .replace('\r', "")
                    .replace('\n', if text.contains('\r') { "\r\n" } else { "\n" });
                changes.push(change(&editor, &text, &new, &mut rng));
                text = new;
            }
            let document = json!({ "uri": uri, "version": version });
            editor.notify(
                "textDocument/didChange",
                json!({ "textDocument": document, "contentChanges": changes }),
            );
        } else {
            let (method, params) = request(&editor, &uri, &text, &mut rng);
            let id = editor.begin(method, params);
            asked.push(id);
            if rng.percent(30) {
                editor.cancel(*rng.pick(&asked));
                cancelled += 1;
            }
        }
    }
    for id in asked {
        let answer = editor.answer(id);
        let code = answer["error"].as_i64();
        assert_ne!(code, Some(-32603), "seed {seed}: a request failed inside the server: {answer}");
    }
    let found = editor.all_findings(&uri, version);
    assert!(editor.close(), "seed {seed}, {cancelled} cancelled");
    let mut afresh = Editor::new(encoding, "zh", folder.path());
    let uri = afresh.open(&path, &text);
    let expected = afresh.findings(&uri, 1);
    assert_eq!(found, expected, "seed {seed}\n{text}");
    assert!(afresh.close());
}

#[test]
fn random_edits_end_where_opening_afresh_ends() {
    let seeds = std::env::var("RUBRICC_FUZZ_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    (0..seeds).for_each(run);
}
