//! Ten mistakes in one file give ten findings, each at the right words, and read well in both languages.
//!
//! Two files: what cannot be read keeps the checker from its work, so mistakes of writing and of meaning are
//! never reported together. `RUBRICC_UPDATE=1` writes the texts of `tests/ten_mistakes` anew.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may fail loudly")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::run;
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ten_mistakes")
}

/// The words from one position to another; a stretch over lines up to the end of its first.
fn words(text: &str, finding: &Value) -> String {
    let number = |end: &str, key: &str| usize::try_from(finding[end][key].as_u64().unwrap()).unwrap();
    let line = text.lines().nth(number("start", "line") - 1).unwrap_or_default();
    let start = number("start", "column") - 1;
    let one_line = number("start", "line") == number("end", "line");
    let end = if one_line { number("end", "column") - 1 } else { usize::MAX };
    line.chars().take(end).skip(start).collect()
}

fn gives(name: &str, wanted: &[(&str, &str)]) {
    let file = format!("{name}.rubric");
    let text = fs::read_to_string(folder().join(&file)).unwrap();
    let ran = run(&folder(), &["check", "--format", "json", &file], "");
    let whole: Value = serde_json::from_str(&ran.out).unwrap();
    let found: Vec<(&str, String)> = whole["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| (finding["code"].as_str().unwrap(), words(&text, finding)))
        .collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(code, words)| (*code, words.as_str())).collect();
    assert_eq!(found, wanted, "{name}");
    assert_eq!(found.len(), 10);
    for lang in ["zh", "en"] {
        let shown = run(&folder(), &["--lang", lang, "check", &file], "");
        assert_eq!(shown.exit, 1);
        let lines: Vec<&str> = shown.err.lines().map(str::trim_end).collect();
        let now = format!("{}\n{}", lines.join("\n").trim_matches('\n'), shown.out);
        let path = folder().join(format!("{name}.{lang}.txt"));
        if std::env::var_os("RUBRICC_UPDATE").is_some() {
            fs::write(&path, &now).unwrap();
        }
        assert!(fs::read_to_string(&path).unwrap_or_default() == now, "{} is out of date", path.display());
    }
}

#[test]
fn ten_of_writing() {
    gives(
        "written",
        &[
            ("R0005", "年分"),
            ("R0001", "次数"),
            ("R0006", "每 餐具不洁 扣 2分"),
            ("R0004", "每餐具不洁扣2分"),
            ("R0014", "10分钟以下"),
            ("R0005", "不德分"),
            ("R0010", "剩饭率 > 5% 且 证件齐全 或 地面不洁 > 3"),
            ("R0009", "每 地面不洁 扣"),
            ("R0011", "地面不洁 ÷ 3 四舍五入 到 0.1"),
            ("R0002", "{"),
        ],
    );
}

#[test]
fn ten_of_meaning() {
    gives(
        "meant",
        &[
            ("R0201", "60分"),
            ("R0101", "地面不结"),
            ("R0104", "2%"),
            ("R0305", "满意率 比 95% 每低 1个百分点 扣 1分"),
            ("R0301", "按 等候时间 {"),
            ("R0304", "按 剩饭率 从低到高 在 全部单位 的 名次 {"),
            ("R0104", "20元"),
            ("R0110", "意见数"),
            ("R0402", "四新"),
            ("R0101", "「9」"),
        ],
    );
}
