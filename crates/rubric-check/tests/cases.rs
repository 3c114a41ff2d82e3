//! Findings on texts. A case is text: `#### name`, a rubric, and after `=>` the code and the words underlined of
//! each finding, in order. `RUBRICC_UPDATE=1` writes what is found; read the difference before keeping it.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rubric_base::{Code, Diagnostic, FileId};

fn findings(text: &str) -> Vec<Diagnostic> {
    let parse = rubric_syntax::parse(FileId::default(), text);
    assert!(parse.errors.is_empty(), "a case of the checker must be readable: {:?}\n{text}", parse.errors);
    rubric_check::check(FileId::default(), text, &parse.file).diagnostics
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    files
}

/// Name and rubric of each case.
fn cases(file: &str) -> Vec<(&str, String)> {
    let split = |case| -> (&str, String) {
        let (name, text) = str::split_once(case, '\n').unwrap_or((case, ""));
        let rubric: String =
            text.lines().filter(|l| !l.starts_with("=>")).map(|l| format!("{l}\n")).collect();
        (name, rubric.trim_end().to_owned() + "\n")
    };
    file.split("#### ").skip(1).map(split).collect()
}

#[test]
fn findings_are_as_written() {
    for path in files() {
        let file = std::fs::read_to_string(&path).unwrap();
        let mut now = String::new();
        for (name, rubric) in cases(&file) {
            let _ = write!(now, "#### {name}\n{rubric}");
            for finding in findings(&rubric) {
                let words = finding.span().of(&rubric).lines().next().unwrap_or_default().to_owned();
                let _ = writeln!(now, "=> {} {words}", finding.code);
            }
            now.push('\n');
        }
        let now = now.trim_end().to_owned() + "\n";
        if std::env::var_os("RUBRICC_UPDATE").is_some() {
            std::fs::write(&path, &now).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap();
        for (a, b) in written.split("#### ").zip(now.split("#### ")) {
            assert_eq!(a.trim_end(), b.trim_end(), "{}", path.display());
        }
    }
}

/// Codes of the checker that no case provokes, with the reason.
const ELSEWHERE: &[(&str, &str)] = &[
    ("R0501", "an example that does not hold is found by running it"),
    ("R0802", "other files are read by the command"),
    ("R0803", "other files are read by the command"),
    ("R0502", "an example that lacks evidence is found by running it"),
];

#[test]
fn every_code_of_the_checker_has_a_case() {
    let mut seen: BTreeSet<Code> = BTreeSet::new();
    for path in files() {
        let file = std::fs::read_to_string(&path).unwrap();
        for (_, rubric) in cases(&file) {
            seen.extend(findings(&rubric).iter().map(|d| d.code));
        }
    }
    let ours = Code::ALL.iter().filter(|c| !c.name().starts_with("R00") && !c.name().starts_with('E'));
    // What only proofs show has its cases beside them.
    let ours = ours.filter(|c| !c.proved());
    let elsewhere = |code: &Code| ELSEWHERE.iter().any(|(name, _)| *name == code.name());
    let without: Vec<&Code> = ours.filter(|c| !seen.contains(c) && !elsewhere(c)).collect();
    assert!(without.is_empty(), "no case for {without:?}");
}

#[test]
fn every_finding_speaks_both_languages() {
    for path in files() {
        let file = std::fs::read_to_string(&path).unwrap();
        for (name, rubric) in cases(&file) {
            for finding in findings(&rubric) {
                let texts = [&finding.message, &finding.help]
                    .into_iter()
                    .chain(finding.labels.iter().map(|l| &l.text));
                for text in texts.chain(finding.fixes.iter().map(|f| &f.title)) {
                    assert_eq!(text.zh.is_empty(), text.en.is_empty(), "{name}: {text:?}");
                }
                assert!(!finding.message.zh.is_empty(), "{name}");
            }
        }
    }
}

#[test]
fn a_long_chain_of_definitions_ends() {
    let mut text = String::from("标准 \"链\" {\n}\n");
    for i in 0..2_000 {
        let _ = writeln!(text, "设 名{i} = 名{} + 1", i + 1);
    }
    text.push_str("设 名2000 = 1\n");
    assert!(findings(&text).iter().any(|d| d.code == Code::R0007));
}
