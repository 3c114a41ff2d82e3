//! Findings of proofs on texts. A case is text: `#### name`, a rubric, and after `=>` the code and the words underlined of
//! each finding, notes too, in order; after `==` the Chinese message. `RUBRICC_UPDATE=1` writes what is found; read the
//! difference before keeping it.

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
use rubric_check::{Checked, Files, check_and_prove};
use rubric_prove::{Ask, prove};

fn checked(text: &str) -> Checked {
    let file = FileId::default();
    let parse = rubric_syntax::parse(file, text);
    assert!(parse.errors.is_empty(), "a case must be readable: {:?}\n{text}", parse.errors);
    let files = Files::default();
    check_and_prove(file, text, &parse.file, &files, |program| prove(program, file, Ask::All).diagnostics)
}

fn findings(text: &str) -> Vec<Diagnostic> {
    checked(text).diagnostics
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
        let told = |line: &&str| line.starts_with("=>") || line.starts_with("==");
        let rubric: String = text.lines().filter(|l| !told(l)).map(|l| format!("{l}\n")).collect();
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
                let _ = writeln!(now, "== {}", finding.message.zh);
                if finding.help.zh.starts_with("例如") {
                    let _ = writeln!(now, "== {}", finding.help.zh);
                }
            }
            now.push('\n');
        }
        let now = now.trim_end().to_owned() + "\n";
        if std::env::var_os("RUBRICC_UPDATE").is_some() {
            std::fs::write(&path, &now).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap();
        for (a, b) in written.split("#### ").zip(now.split("#### ")) {
            assert_eq!(a, b, "{}", path.display());
        }
        assert_eq!(written, now);
    }
}

#[test]
fn every_code_of_proofs_has_a_case() {
    let mut seen: BTreeSet<Code> = BTreeSet::new();
    for path in files() {
        let file = std::fs::read_to_string(&path).unwrap();
        for (_, rubric) in cases(&file) {
            seen.extend(findings(&rubric).iter().map(|d| d.code));
        }
    }
    let without: Vec<&Code> = Code::ALL.iter().filter(|c| c.proved() && !seen.contains(c)).collect();
    assert!(without.is_empty(), "no case for {without:?}");
}

#[test]
fn every_finding_speaks_both_languages_and_every_mend_mends() {
    for path in files() {
        let file = std::fs::read_to_string(&path).unwrap();
        for (name, rubric) in cases(&file) {
            let all = findings(&rubric);
            for finding in &all {
                let texts = [&finding.message, &finding.help];
                let texts = texts.into_iter().chain(finding.labels.iter().map(|l| &l.text));
                for text in texts.chain(finding.fixes.iter().map(|f| &f.title)) {
                    assert_eq!(text.zh.is_empty(), text.en.is_empty(), "{name}: {text:?}");
                }
                for fix in &finding.fixes {
                    let mut mended = rubric.clone();
                    let mut edits = fix.edits.clone();
                    edits.sort_by_key(|e| std::cmp::Reverse(e.place.span.start));
                    for edit in edits {
                        mended.replace_range(edit.place.span.range(), &edit.text);
                    }
                    let count = |all: &[Diagnostic]| all.iter().filter(|d| d.code == finding.code).count();
                    assert!(count(&findings(&mended)) < count(&all), "{name}: {mended}");
                }
            }
        }
    }
}

#[test]
fn what_is_kept_as_printed_is_told_apart() {
    let text = "标准 \"例\" { 满分 2分 }\n填报 { 通报: 次数 }\n\
        条款 1 \"通报\" 2分 { 每 通报 扣 5分 照原文 R0905 \"原表如此\" }\n";
    let checked = checked(text);
    assert!(checked.diagnostics.iter().all(|d| d.code == Code::R0911), "{:?}", checked.diagnostics);
    assert_eq!(checked.silenced.len(), 1);
    // Without proofs nothing is said of it, and nothing against the annotation.
    let parse = rubric_syntax::parse(FileId::default(), text);
    let plain = rubric_check::check(FileId::default(), text, &parse.file);
    assert!(plain.diagnostics.is_empty() && plain.silenced.is_empty(), "{:?}", plain.diagnostics);
}

#[test]
fn what_is_read_twice_at_each_step_of_a_chain_is_followed_once() {
    let mut text = String::from("标准 \"链\" { 满分 10分 }\n填报 { 甲: 次数 0 至 3 }\n设 名0 = 甲 + 1\n");
    for i in 0..35 {
        let _ = writeln!(text, "设 名{} = 名{i} + 名{i}", i + 1);
    }
    text.push_str("条款 1 \"链\" 10分 { 若 名35 > 40000000000,扣 1分 }\n");
    assert!(findings(&text).is_empty());
}

#[test]
fn very_many_rules_and_bands_end() {
    let many = |n: usize, of: &dyn Fn(usize) -> String| (0..n).map(of).collect::<Vec<_>>().join("\n");
    let evidence = many(1_000, &|i| format!("  甲{i}: 次数"));
    let rules = many(1_000, &|i| format!("  每 甲{i} 扣 0.5分"));
    let bands = many(2_000, &|i| format!("    {}件以上 得 {}分", 2_000 - i, 2_000 - i));
    let text = format!(
        "标准 \"大\" {{ 满分 2010分 }}\n填报 {{\n{evidence}\n  量: 数量 件 到 1件 0件 至 9999件\n}}\n\
         条款 1 \"宽\" 10分 {{\n{rules}\n}}\n\
         条款 2 \"带\" 2000分 {{\n  按 量 {{\n{bands}\n    其余 得 0分\n  }}\n}}\n"
    );
    assert!(findings(&text).iter().all(|d| d.code == Code::R0911));
}
