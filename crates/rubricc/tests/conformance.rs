//! The published conformance suite (`tests/conformance/README.md`), run through the program.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests may fail loudly")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use rubric_base::FileId;
use rubric_eval::{AbsorbedBy, Mode, evaluate};
use rubric_evidence::Input;
use rust_decimal::Decimal;
use serde_json::Value;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "case") {
            found.push(path);
        }
    }
}

/// A part of a case by its heading.
fn part<'c>(case: &'c str, heading: &str) -> Option<&'c str> {
    let wanted = format!("{heading}\n");
    case.split("=== ").find_map(|part| part.strip_prefix(wanted.as_str()))
}

/// Whether a result holds all that is expected: numbers as decimals, everything else as it stands.
fn holds(expected: &Value, found: Option<&Value>) -> bool {
    match (expected, found) {
        (Value::Object(all), Some(Value::Object(found))) => all.iter().all(|(k, v)| holds(v, found.get(k))),
        (Value::String(a), Some(Value::String(b))) => {
            let number = |t: &str| t.trim_end_matches('%').parse::<Decimal>().ok();
            let same = number(a).is_some() && number(a) == number(b);
            a == b || (same && a.ends_with('%') == b.ends_with('%'))
        }
        (a, b) => Some(a) == b,
    }
}

fn result(folder: &Path, expected: &str) -> Result<(), String> {
    let ran = common::run(folder, &["eval", "a.rubric", "e.json", "--format", "json"], "");
    if ran.exit != 0 {
        return Err(ran.err);
    }
    let (expected, found): (Value, Value) =
        (serde_json::from_str(expected).unwrap(), serde_json::from_str(&ran.out).unwrap());
    let (wanted, units) = (expected["subjects"].as_array().unwrap(), found["subjects"].as_array().unwrap());
    if wanted.len() != units.len() {
        return Err(format!("{} units instead of {}", units.len(), wanted.len()));
    }
    for unit in wanted {
        let own = units.iter().find(|u| u["id"] == unit["id"]);
        if !holds(unit, own) {
            return Err(format!("expected {unit}, found {own:?}"));
        }
    }
    Ok(())
}

const fn word(by: AbsorbedBy) -> &'static str {
    match by {
        AbsorbedBy::Cap => "cap",
        AbsorbedBy::Floor => "floor",
        AbsorbedBy::Ceiling => "ceiling",
        AbsorbedBy::Heavier(_) => "heavier",
        AbsorbedBy::Duplicate => "duplicate",
        AbsorbedBy::NoPoints => "no-points",
        AbsorbedBy::FullPoints => "full-points",
    }
}

/// The ledgers of all nodes, a line each.
fn ledgers(rubric: &str, evidence: &str) -> Vec<String> {
    let file = FileId::default();
    let parsed = rubric_syntax::parse(file, rubric);
    let program = rubric_check::check(file, rubric, &parsed.file).program;
    let (data, findings) = rubric_evidence::read(&program, &[Input { file, text: evidence }]);
    assert_eq!(findings, []);
    let outcome = evaluate(&program, &data, Mode::WithLedger).unwrap();
    let mut lines = Vec::new();
    for unit in &outcome.units {
        for ledger in &unit.ledger {
            let number = program.nodes.get(ledger.node.0).map(|n| n.number.as_str()).unwrap_or_default();
            let mut line = format!("{} {number}: start {}", unit.id, ledger.start);
            for entry in &ledger.entries {
                line.push_str(&format!("; {}", entry.points));
                for absorbed in &entry.absorbed {
                    line.push_str(&format!(" {} {}", word(absorbed.by), absorbed.points));
                }
            }
            lines.push(format!("{line}; score {}", ledger.score));
        }
    }
    lines
}

/// `CODE words`: a finding of this code underlines these words.
fn invalid(folder: &Path, expected: &str) -> Result<(), String> {
    let (code, words) = expected.trim().split_once(' ').unwrap();
    let ran = common::run(folder, &["check", "a.rubric", "--format", "json"], "");
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    let text = fs::read_to_string(folder.join("a.rubric")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let at = |finding: &Value| {
        let line = usize::try_from(finding["start"]["line"].as_u64().unwrap()).unwrap();
        let column = usize::try_from(finding["start"]["column"].as_u64().unwrap()).unwrap();
        let line = lines.get(line - 1).copied().unwrap_or_default();
        line.chars().skip(column - 1).collect::<String>()
    };
    let diagnostics = found["diagnostics"].as_array().unwrap();
    let fits = |d: &&Value| d["code"] == code && at(d).starts_with(words);
    if ran.exit == 1 && diagnostics.iter().any(|d| fits(&d)) {
        return Ok(());
    }
    Err(format!(
        "exit {}: {:?}",
        ran.exit,
        diagnostics.iter().map(|d| (&d["code"], at(d))).collect::<Vec<_>>()
    ))
}

fn rejected(folder: &Path, expected: &str) -> Result<(), String> {
    let (code, words) = expected.trim().split_once(' ').unwrap();
    let ran = common::run(folder, &["eval", "a.rubric", "e.json"], "");
    let told = ran.exit == 3 && ran.out.is_empty() && ran.err.contains(code) && ran.err.contains(words);
    if told { Ok(()) } else { Err(format!("exit {}: {}", ran.exit, ran.err)) }
}

fn holds_all(case: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let rubric = part(case, "rubric").unwrap();
    fs::write(folder.path().join("a.rubric"), rubric).unwrap();
    let evidence = part(case, "evidence").unwrap_or_default();
    fs::write(folder.path().join("e.json"), evidence).unwrap();
    let mut asked = false;
    for (heading, test) in [
        ("result", result as fn(&Path, &str) -> Result<(), String>),
        ("invalid", invalid),
        ("rejected", rejected),
    ] {
        if let Some(expected) = part(case, heading) {
            asked = true;
            test(folder.path(), expected)?;
        }
    }
    if let Some(expected) = part(case, "ledger") {
        let found = ledgers(rubric, evidence);
        if let Some(line) = expected.lines().find(|l| !found.iter().any(|f| f == l)) {
            return Err(format!("no ledger is `{line}`: {found:?}"));
        }
    }
    if asked { Ok(()) } else { Err("nothing is expected".to_owned()) }
}

#[test]
fn every_case_holds() {
    let mut all = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance"), &mut all);
    all.sort();
    assert!(all.len() >= 150, "{}", all.len());
    let wrong: Vec<String> = all
        .iter()
        .filter_map(|path| {
            let case = fs::read_to_string(path).unwrap();
            holds_all(&case).err().map(|why| format!("{}: {why}", path.display()))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}
