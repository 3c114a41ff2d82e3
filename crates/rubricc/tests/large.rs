//! Files that are too large are refused with their code. They are holes on the disk, so that nothing is written.

#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod common;

use std::fs::{self, File};

use common::run;

const MIB: u64 = 1024 * 1024;

/// A folder of its own, with a file of so many bytes.
fn folder_with(name: &str, bytes: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    File::create(folder.path().join(name)).unwrap().set_len(bytes).unwrap();
    folder
}

#[test]
fn a_rubric_over_64_mib_is_refused() {
    let folder = folder_with("r.rubric", 64 * MIB + 1);
    let ran = run(folder.path(), &["check", "r.rubric"], "");
    assert!(ran.exit == 1 && format!("{}{}", ran.out, ran.err).contains("R0013"), "{ran:?}");
}

#[test]
fn evidence_over_512_mib_is_refused() {
    let folder = folder_with("e.json", 512 * MIB + 1);
    fs::write(folder.path().join("r.rubric"), common::fixture("lists.rubric")).unwrap();
    let ran = run(folder.path(), &["eval", "r.rubric", "e.json"], "");
    assert!(ran.exit != 0 && ran.out.is_empty() && ran.err.contains("E0012"), "{ran:?}");
}
