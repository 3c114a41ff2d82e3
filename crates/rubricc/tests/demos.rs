//! The demonstration evidence beside every standard is scored without a finding.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

/// All files below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// The rubric that evidence is for: `2018-stars.demo.evidence.json` stands beside `2018-stars.rubric`, and
/// `demo.evidence.json` beside the only rubric that has no evidence of its own.
fn rubric(evidence: &Path, all: &[PathBuf]) -> PathBuf {
    let name = evidence.file_name().unwrap().to_string_lossy().into_owned();
    if let Some(stem) = name.strip_suffix(".demo.evidence.json") {
        return evidence.with_file_name(format!("{stem}.rubric"));
    }
    let own = |p: &&PathBuf| {
        let sister = p.with_extension("demo.evidence.json");
        p.parent() == evidence.parent() && p.extension().is_some_and(|e| e == "rubric") && !sister.exists()
    };
    let found: Vec<&PathBuf> = all.iter().filter(own).collect();
    assert_eq!(found.len(), 1, "{}: {found:?}", evidence.display());
    found.first().map(|p| (*p).clone()).unwrap()
}

#[test]
fn every_demonstration_is_scored() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rubrics");
    let mut all = Vec::new();
    files(&root, &mut all);
    let demos: Vec<&PathBuf> =
        all.iter().filter(|p| p.to_string_lossy().ends_with("demo.evidence.json")).collect();
    assert!(demos.len() >= 9, "{}", demos.len());
    for evidence in demos {
        let rubric = rubric(evidence, &all);
        let mut args = vec!["eval".to_owned(), "--format".to_owned(), "ledger".to_owned()];
        let text = fs::read_to_string(&rubric).unwrap();
        for line in text.lines().filter(|l| l.starts_with("引用 ")) {
            let (path, rest) = line.trim_start_matches("引用 \"").split_once("\" 作 ").unwrap();
            let name = rest.split(' ').next().unwrap();
            let imported = rubric.with_file_name(path).with_extension("demo.evidence.json");
            args.extend(["--import".to_owned(), format!("{name}={}", imported.display())]);
        }
        args.extend([rubric.display().to_string(), evidence.display().to_string()]);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let ran = common::run(&root, &args, "");
        assert_eq!((ran.exit, ran.err.as_str()), (0, ""), "{}", evidence.display());
        assert!(ran.out.lines().count() > 10, "{}: {}", evidence.display(), ran.out);
    }
}
