//! Features as text: a case shows texts with the cursor (`‸`) or a range (`⟦…⟧`) drawn in, and what comes of it. A
//! folder is a feature. `RUBRICC_UPDATE=1 cargo test -p rubric-lsp --test fixtures` writes what comes out into the
//! cases; read what changed. Each case runs in all position encodings, with both kinds of line ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod render;
mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use support::Editor;

struct Case {
    options: BTreeMap<String, String>,
    // Names and texts; the first holds the marks.
    files: Vec<(String, String)>,
    cursor: usize,
    range: (usize, usize),
}

/// The parts of a case: its head, its files, and what is expected.
fn read(source: &str) -> (String, Case, String) {
    let (input, expected) = source.split_once("--- expected\n").unwrap_or((source, ""));
    let mut parts = input.split("--- ");
    let head = parts.next().unwrap().to_owned();
    let options =
        head.lines().filter_map(|l| l.split_once(": ")).map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    let mut files: Vec<(String, String)> =
        parts.map(|part| part.split_once('\n').unwrap()).map(|(n, t)| (n.to_owned(), t.to_owned())).collect();
    let text = &mut files[0].1;
    let mut take = |mark: char| {
        let at = text.find(mark);
        *text = text.replacen(mark, "", 1);
        at
    };
    let cursor = take('‸');
    let (from, to) = (take('⟦'), take('⟧'));
    let cursor = cursor.or(from).unwrap_or(0);
    let range = (from.unwrap_or(cursor), to.unwrap_or(cursor));
    (input.to_owned(), Case { options, files, cursor, range }, expected.to_owned())
}

/// With `\r\n` at the ends of lines.
fn crlf(case: &Case) -> Case {
    let moved = |text: &str, at: usize| at + text[..at].matches('\n').count();
    let first = &case.files[0].1;
    Case {
        options: case.options.clone(),
        files: case.files.iter().map(|(n, t)| (n.clone(), t.replace('\n', "\r\n"))).collect(),
        cursor: moved(first, case.cursor),
        range: (moved(first, case.range.0), moved(first, case.range.1)),
    }
}

fn run(feature: &str, case: &Case, encoding: &'static str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("评分 标准");
    for (name, text) in &case.files {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let language = case.options.get("language").map_or("zh-CN", String::as_str);
    let pulls = feature == "pull-diagnostics" || feature == "workspace-diagnostics";
    let capabilities = support::capabilities(encoding, pulls);
    let mut editor = Editor::with(encoding, language, &root, capabilities);
    let path = root.join(&case.files[0].0);
    let uri = editor.open(&path, &case.files[0].1);
    let out = render::feature(feature, &mut editor, case, &uri, &root);
    assert!(editor.close(), "the server took its leave badly");
    out.replace("\r\n", "\n").replace('\r', "")
}

fn cases() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut found = Vec::new();
    for feature in std::fs::read_dir(root).unwrap().map(|e| e.unwrap().path()) {
        for case in std::fs::read_dir(&feature).unwrap().map(|e| e.unwrap().path()) {
            found.push((feature.file_name().unwrap().to_str().unwrap().to_owned(), case));
        }
    }
    found.sort();
    found
}

#[test]
fn fixtures() {
    let update = std::env::var_os("RUBRICC_UPDATE").is_some();
    let mut failed = Vec::new();
    for (feature, path) in cases() {
        let source = std::fs::read_to_string(&path).unwrap();
        let (input, case, expected) = read(&source);
        let first = run(&feature, &case, "utf-16");
        for encoding in ["utf-8", "utf-32"] {
            assert_eq!(run(&feature, &case, encoding), first, "{} in {encoding}", path.display());
        }
        assert_eq!(run(&feature, &crlf(&case), "utf-16"), first, "{} with \\r\\n", path.display());
        if first != expected {
            if update {
                std::fs::write(&path, format!("{input}--- expected\n{first}")).unwrap();
            } else {
                failed.push(format!("== {}\n{first}", path.display()));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_capability_has_a_case() {
    let folder = tempfile::tempdir().unwrap();
    let editor = Editor::new("utf-16", "en", folder.path());
    let folders: Vec<String> = cases().into_iter().map(|(feature, _)| feature).collect();
    let needs: &[(&str, &[&str])] = &[
        ("positionEncoding", &["hover"]),
        ("textDocumentSync", &["diagnostics"]),
        ("diagnosticProvider", &["diagnostics", "pull-diagnostics", "workspace-diagnostics"]),
        ("completionProvider", &["completion"]),
        ("hoverProvider", &["hover"]),
        ("signatureHelpProvider", &["signature"]),
        ("definitionProvider", &["definition"]),
        ("referencesProvider", &["references"]),
        ("documentHighlightProvider", &["highlight"]),
        ("renameProvider", &["rename", "prepare-rename"]),
        ("callHierarchyProvider", &["calls"]),
        ("documentSymbolProvider", &["symbols"]),
        ("workspaceSymbolProvider", &["workspace-symbols"]),
        ("foldingRangeProvider", &["folding"]),
        ("selectionRangeProvider", &["selection"]),
        ("semanticTokensProvider", &["tokens", "tokens-range", "tokens-delta"]),
        ("inlayHintProvider", &["hints"]),
        ("codeLensProvider", &["lenses"]),
        ("documentLinkProvider", &["links"]),
        ("codeActionProvider", &["actions"]),
        ("documentFormattingProvider", &["formatting"]),
        ("documentRangeFormattingProvider", &["range-formatting"]),
        ("documentOnTypeFormattingProvider", &["on-type"]),
        ("executeCommandProvider", &["commands"]),
        ("workspace", &["workspace-diagnostics"]),
    ];
    for capability in editor.capabilities.as_object().unwrap().keys() {
        let need = needs.iter().find(|(name, _)| name == capability);
        let (_, features) = need.unwrap_or_else(|| panic!("no feature is known for {capability}"));
        for feature in *features {
            assert!(folders.iter().any(|f| f == feature), "no case for {capability}: fixtures/{feature}");
        }
    }
}
