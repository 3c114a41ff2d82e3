//! What programs read: the shapes of JSON and SARIF, completions, the manual, and output that cannot be
//! written.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests may fail loudly")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::{command, fixture, run};
use rubric_base::Code;
use serde_json::Value;

/// A rubric with findings of each kind: with labels, help and mends, and without.
const FAULTY: &str = "标准 \"坏\" {\n  满分 9分\n}\n填报 {\n  迟报: 次数\n  多余: 次数\n}\n\
    条款 1 \"报送\" 2分 {\n  每 迟报 扣 0.5\n}\n条款 1 \"归档\" 2分 { 每 迟抱 扣 1分 }\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("坏 1.rubric"), FAULTY).unwrap();
    fs::write(folder.path().join("a.rubric"), fixture("small.rubric")).unwrap();
    fs::write(folder.path().join("e.json"), fixture("small.json")).unwrap();
    folder
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn has_exactly(value: &Value, wanted: &[&str]) {
    assert_eq!(keys(value), wanted.iter().copied().collect(), "{value:#}");
}

fn position(value: &Value) {
    has_exactly(value, &["line", "column"]);
    assert!(value["line"].as_u64().unwrap() >= 1 && value["column"].as_u64().unwrap() >= 1);
}

fn both(value: &Value) {
    has_exactly(value, &["zh", "en"]);
    assert!(value["zh"].is_string() && value["en"].is_string());
}

#[test]
fn findings_as_json_have_their_shape() {
    let folder = folder();
    let ran = run(folder.path(), &["check", "--format", "json", "."], "");
    assert_eq!((ran.exit, ran.err.as_str()), (1, ""));
    let whole: Value = serde_json::from_str(&ran.out).unwrap();
    has_exactly(&whole, &["diagnostics", "errors", "warnings"]);
    let findings = whole["diagnostics"].as_array().unwrap();
    for finding in findings {
        let all = ["code", "level", "file", "start", "end", "message", "labels", "help", "fixes"];
        has_exactly(finding, &all);
        assert!(finding["code"].as_str().unwrap().parse::<Code>().is_ok());
        assert_eq!(finding["file"], "./坏 1.rubric");
        position(&finding["start"]);
        position(&finding["end"]);
        both(&finding["message"]);
        both(&finding["help"]);
        for label in finding["labels"].as_array().unwrap() {
            has_exactly(label, &["file", "start", "end", "text"]);
            both(&label["text"]);
        }
        for fix in finding["fixes"].as_array().unwrap() {
            has_exactly(fix, &["title", "edits"]);
            both(&fix["title"]);
            for edit in fix["edits"].as_array().unwrap() {
                has_exactly(edit, &["start", "end", "text"]);
                position(&edit["start"]);
            }
        }
    }
    let level = |level: &str| findings.iter().filter(|f| f["level"] == level).count();
    assert_eq!(whole["errors"], level("error"));
    assert_eq!(whole["warnings"], level("warning"));
    assert!(level("error") >= 3 && level("warning") >= 1, "{whole:#}");
    assert!(findings.iter().any(|f| f["fixes"][0]["edits"][0]["text"] == "0.5分"), "{whole:#}");
}

#[test]
fn no_findings_are_json_too() {
    let folder = folder();
    let ran = run(folder.path(), &["check", "--format", "json", "a.rubric"], "");
    let want = serde_json::json!({ "diagnostics": [], "errors": 0, "warnings": 0 });
    assert_eq!(serde_json::from_str::<Value>(&ran.out).unwrap(), want);
}

#[test]
fn sarif_has_what_the_standard_requires() {
    let folder = folder();
    let ran = run(folder.path(), &["check", "--format", "sarif", "坏 1.rubric"], "");
    assert_eq!((ran.exit, ran.err.as_str()), (1, ""));
    let whole: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(whole["version"], "2.1.0");
    assert!(whole["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
    let [one] = whole["runs"].as_array().unwrap().as_slice() else { panic!("{whole:#}") };
    assert_eq!(one["columnKind"], "unicodeCodePoints");
    assert!(one["invocations"][0]["executionSuccessful"].is_boolean());
    let driver = &one["tool"]["driver"];
    assert_eq!(driver["name"], "rubricc");
    let rules = driver["rules"].as_array().unwrap();
    let ids: BTreeSet<&str> = rules.iter().map(|r| r["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rules.len());
    assert!(rules.iter().all(|r| r["shortDescription"]["text"].is_string()));
    let results = one["results"].as_array().unwrap();
    assert!(results.len() >= 4);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let at = &result["locations"][0]["physicalLocation"];
        assert_eq!(at["artifactLocation"]["uri"], "%E5%9D%8F%201.rubric");
        let region = &at["region"];
        let number = |key: &str| region[key].as_u64().unwrap();
        assert!((number("startLine"), number("startColumn")) <= (number("endLine"), number("endColumn")));
        assert!(number("startColumn") >= 1);
        for fix in result["fixes"].as_array().unwrap() {
            let change = &fix["artifactChanges"][0];
            assert!(change["artifactLocation"]["uri"].is_string());
            assert!(change["replacements"][0]["deletedRegion"]["startLine"].is_u64());
        }
    }
}

#[test]
fn floods_of_brackets_are_refused_at_once() {
    let folder = folder();
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    write("flood.rubric", "{".repeat(1 << 20));
    let ran = run(folder.path(), &["check", "flood.rubric"], "");
    assert_eq!(ran.exit, 1);
    assert!(ran.err.contains("R0007") && ran.err.len() < 4000, "{}", ran.err.len());
    write("deep.json", format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)));
    write("within.json", format!("{{\"subjects\": [{{\"id\": {}", "{\"a\":".repeat(10_000)));
    for name in ["deep.json", "within.json"] {
        let ran = run(folder.path(), &["eval", "a.rubric", name], "");
        assert_eq!((ran.exit, ran.out.as_str()), (3, ""));
        assert!(ran.err.contains("E0002") && ran.err.len() < 4000, "{}", ran.err.len());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_a_closed_pipe_is_not() {
    let folder = folder();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let ran = command(folder.path()).args(["eval", "a.rubric", "e.json"]).stdout(full).output().unwrap();
    assert_eq!(ran.status.code(), Some(4));
    assert!(String::from_utf8(ran.stderr).unwrap().contains("磁盘已满"));
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ran = command(folder.path()).args(["eval", "a.rubric", "e.json"]).stdout(writer).output().unwrap();
    assert_eq!((ran.status.code(), ran.stderr.len()), (Some(0), 0));
}

#[test]
fn the_language_comes_from_the_environment_and_the_flag_wins() {
    let folder = folder();
    let ran = |variable: &str, value: &str, flag: &[&str]| {
        let mut command = command(folder.path());
        command.env_remove("RUBRICC_LANG").env(variable, value).args(flag);
        String::from_utf8(command.args(["check", "a.rubric"]).output().unwrap().stdout).unwrap()
    };
    assert!(ran("LANG", "zh_CN.UTF-8", &[]).starts_with("核对"));
    assert!(ran("LANG", "C", &[]).starts_with("1 rubric"));
    assert!(ran("LC_ALL", "zh_HK", &["--lang", "en"]).starts_with("1 rubric"));
}

#[test]
fn colour_only_where_it_is_asked_for() {
    let folder = folder();
    let ran = run(folder.path(), &["check", "坏 1.rubric"], "");
    assert!(!ran.err.contains('\u{1b}'));
    let ran = run(folder.path(), &["--color", "always", "check", "坏 1.rubric"], "");
    assert!(ran.err.contains('\u{1b}'));
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let commands = ["check", "eval", "fmt", "test", "new", "explain", "completions", "man"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(folder.path(), &["completions", shell], "");
        assert_eq!((ran.exit, ran.err.as_str()), (0, ""));
        assert!(commands.iter().all(|c| ran.out.contains(c)), "{shell}");
    }
    let ran = run(folder.path(), &["man"], "");
    for name in commands {
        assert!(ran.out.contains(&format!(".TH rubricc-{name} 1")), "{name}");
    }
    assert!(ran.out.contains("\\-\\-coverage"));
}

#[test]
fn every_code_is_explained_in_both_languages() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for code in Code::ALL {
        let (zh, en) = code.title();
        for (lang, title) in [("zh", zh), ("en", en)] {
            let ran = run(here, &["--lang", lang, "explain", code.name()], "");
            let out = ran.out;
            assert_eq!(ran.exit, 0);
            assert!(out.starts_with(code.name()) && out.contains(title), "{out}");
            assert!(out.contains("```"), "{code}: no example");
        }
    }
}

#[test]
fn warnings_are_shown_once() {
    let folder = folder();
    let text =
        fixture("small.rubric").replace("  建有台账: 是否\n", "  建有台账: 是否\n  多余: 次数 未填视为 0\n");
    fs::write(folder.path().join("a.rubric"), text).unwrap();
    let ran = run(folder.path(), &["eval", "a.rubric", "e.json"], "");
    assert_eq!((ran.exit, ran.err.matches("R0105").count()), (0, 1), "{ran:?}");
}
