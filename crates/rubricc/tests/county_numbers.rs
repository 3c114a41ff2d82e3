//! Changes every number of the county standard, one at a time, and sees who notices.
//!
//! `county_numbers.txt` beside this file is the whole list: each change, and whether the checker, only the
//! examples, or nobody catches it. A change that nobody catches has its reason there. `RUBRICC_UPDATE=1`
//! writes the list anew; reasons are kept.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use rubric_base::FileId;
use rubric_syntax::{Token, TokenKind, parse_with_tokens};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Numbers of the standard itself: not the year, not the clause numbers, not the examples.
fn numbers(text: &str) -> Vec<Token> {
    let parse = parse_with_tokens(FileId::default(), text);
    assert!(parse.errors.is_empty());
    let keyword = |t: &Token, id: &str| matches!(t.kind, TokenKind::Keyword(k) if k.id == id);
    let end = parse.tokens.iter().position(|t| keyword(t, "example")).unwrap_or(parse.tokens.len());
    let tokens = &parse.tokens[..end];
    let is_number = |i: &usize| matches!(tokens[*i].kind, TokenKind::Number | TokenKind::Place);
    let is_year = |i: &usize| *i > 0 && keyword(&tokens[*i - 1], "year");
    (0..end).filter(is_number).filter(|i| !is_year(i)).map(|i| tokens[i]).collect()
}

/// One more of the last digit: `0.5` becomes `0.6`, `第2名` becomes `第3名`.
fn changed(written: &str) -> String {
    let digits: String = written.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let places = digits.split_once('.').map_or(0, |(_, f)| f.len());
    let units: u64 = digits.replace('.', "").parse().unwrap();
    let width = places + 1;
    let units = format!("{:0>width$}", units + 1);
    let (whole, fraction) = units.split_at(units.len() - places);
    let number = if places == 0 { whole.to_owned() } else { format!("{whole}.{fraction}") };
    written.replace(&digits, &number)
}

fn runs(command: &str, file: &Path) -> bool {
    let mut run = Command::new(env!("CARGO_BIN_EXE_rubricc"));
    run.arg(command);
    if command == "check" {
        run.args(["--deny", "warnings"]);
    }
    run.arg(file).output().unwrap().status.success()
}

/// Who notices a change.
fn caught(file: &Path, text: &str) -> &'static str {
    std::fs::write(file, text).unwrap();
    if !runs("check", file) {
        "checker"
    } else if !runs("test", file) {
        "examples"
    } else {
        "nobody"
    }
}

#[test]
fn every_number_matters() {
    let text = std::fs::read_to_string(root().join("rubrics/county-township/2022.rubric")).unwrap();
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/county_numbers.txt");
    let before = std::fs::read_to_string(&list).unwrap_or_default();
    let reasons: BTreeMap<&str, &str> =
        before.lines().filter_map(|l| l.split_once(" // ")).map(|(l, r)| (l.trim_end(), r)).collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("changed.rubric");
    let mut now = String::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for token in numbers(&text) {
        let written = token.span.of(&text);
        let new = changed(written);
        let mutant =
            format!("{}{new}{}", &text[..token.span.start as usize], &text[token.span.end as usize..]);
        let by = caught(&file, &mutant);
        *counts.entry(by).or_default() += 1;
        let line = text[..token.span.start as usize].rfind('\n').map_or(0, |n| n + 1);
        let rest = text[token.span.end as usize..].split('\n').next().unwrap_or_default();
        let words = format!("{}[{written} -> {new}]{rest}", &text[line..token.span.start as usize]);
        let entry = format!("{by:8} {}", words.trim());
        let reason = reasons.get(entry.as_str()).map(|r| format!(" // {r}")).unwrap_or_default();
        now.push_str(&format!("{entry}{reason}\n"));
    }
    now.push_str(&format!("{counts:?}\n"));
    if std::env::var_os("RUBRICC_UPDATE").is_some() {
        std::fs::write(&list, &now).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&list).unwrap_or_default(), now, "{} is out of date", list.display());
    let silent: Vec<&str> = now.lines().filter(|l| l.starts_with("nobody") && !l.contains(" // ")).collect();
    assert!(silent.is_empty(), "nobody notices, and no reason is given:\n{}", silent.join("\n"));
}
