//! Writes seeds for the fuzz targets from what the repository holds: `seeds FOLDER` fills a folder a target.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a tool of the test bench"
)]

use std::fs;
use std::path::{Path, PathBuf};

use rubric_suite::{fuzzing, generate};

/// Longer ones make each run slow and add nothing that shorter ones lack.
const LONGEST: usize = 4096;

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        if entry.is_dir() { files(&entry, all) } else { all.push(entry) }
    }
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let out = PathBuf::from(std::env::args().nth(1).expect("a folder"));
    let mut paths = Vec::new();
    for folder in ["rubrics", "tests/suite/cases", "tests/conformance", "tests/acceptance", "crates"] {
        files(&root.join(folder), &mut paths);
    }
    let (mut rubrics, mut evidence): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for path in paths {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let has = |end: &str| path.extension().is_some_and(|e| e == end);
        if has("rubric") {
            rubrics.push(text);
        } else if has("json") {
            evidence.push(text);
        } else if has("case") {
            for part in text.split("=== ").skip(1) {
                let (name, body) = part.split_once('\n').unwrap_or((part, ""));
                let name = name.trim();
                if name.starts_with("rubric") || name.ends_with(".rubric") {
                    rubrics.push(body.to_owned());
                } else if name.starts_with("evidence") || name.ends_with(".json") {
                    evidence.push(body.to_owned());
                }
            }
        }
    }
    rubrics.extend((0..60).map(|seed| generate::rubric(seed, 2)));
    for (name, _) in fuzzing::TARGETS {
        let folder = out.join(name);
        fs::create_dir_all(&folder).unwrap();
        let texts = if *name == "evidence" { &evidence } else { &rubrics };
        for (number, text) in texts.iter().enumerate() {
            let mut bytes = text.clone().into_bytes();
            if *name == "evidence" {
                bytes.insert(0, u8::try_from(number % 5).unwrap());
            }
            bytes.truncate(LONGEST);
            fs::write(folder.join(format!("seed-{number:04}")), bytes).unwrap();
        }
    }
}
