//! The committed corpus of the fuzz targets, run without a fuzzer.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use rubric_suite::fuzzing::TARGETS;

/// Runs the corpus of one target.
fn holds(target: &str) {
    let property = TARGETS.iter().find(|(name, _)| *name == target).unwrap().1;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(paths.len() >= 20, "{target} has hardly a corpus");
    let breaks = |path: &&_| {
        let bytes = fs::read(path).unwrap();
        catch_unwind(|| property(&bytes)).is_err()
    };
    let broken: Vec<_> = paths.iter().filter(breaks).collect();
    assert!(broken.is_empty(), "told above: {broken:#?}");
}

#[test]
fn parse() {
    holds("parse");
}

#[test]
fn check() {
    holds("check");
}

#[test]
fn format() {
    holds("format");
}

#[test]
fn evidence() {
    holds("evidence");
}

#[test]
fn eval() {
    holds("eval");
}

#[test]
fn every_target_has_a_test_and_a_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (name, _) in TARGETS {
        assert!(include_str!("corpus.rs").contains(&format!("holds(\"{name}\")")), "{name} has no test");
        assert!(root.join(format!("fuzz/targets/{name}.rs")).exists(), "{name} has no program");
    }
}
