//! Rounding agrees with the compatibility kit of the DMN standard: `tests/dmn/rounding.txt`, through one rubric that
//! has an output for each case.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rust_decimal::Decimal;

/// A case: its name, what the kit expects, and the expression in our language.
fn cases(text: &str) -> Vec<(String, Decimal, &str)> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let case = |line| {
        let parts: Vec<&str> = str::split(line, " | ").collect();
        let [name, _, expected, ours] = parts.as_slice() else { panic!("{line}") };
        (name.replace(' ', "-"), Decimal::from_str_exact(expected).expect(line), *ours)
    };
    lines.map(case).collect()
}

#[test]
fn rounding_is_the_kits() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = fs::read_to_string(root.join("tests/dmn/rounding.txt")).unwrap();
    let cases = cases(&text);
    let mut rubric = "标准 \"取整\" { 说明 \"每例一项输出\" }\n".to_owned();
    for (name, _, ours) in &cases {
        writeln!(rubric, "输出 「{name}」 = {ours}").unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rounding.rubric"), &rubric).unwrap();
    fs::write(folder.path().join("one.json"), r#"{ "subjects": [{ "id": "甲" }] }"#).unwrap();
    let ran = common::run(folder.path(), &["eval", "rounding.rubric", "one.json", "--format", "json"], "");
    assert_eq!((ran.exit, ran.err.as_str()), (0, ""));
    let result: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    for (name, expected, ours) in &cases {
        let found = result.pointer(&format!("/subjects/0/outputs/{name}")).and_then(|v| v.as_str());
        let found = found.map(|text| Decimal::from_str_exact(text).unwrap());
        assert_eq!(found, Some(*expected), "{name}: {ours}");
    }
    let folders: BTreeSet<&str> = cases.iter().filter_map(|(name, _, _)| name.get(..4)).collect();
    assert_eq!(folders, BTreeSet::from(["1100", "1101", "1102", "1141", "1142", "1143", "1144"]));
}
