//! Mends are written in the language of the rubric, and what they write can be read.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use rubric_base::{Diagnostic, FileId};

const ENGLISH: &str = r#"rubric "t" { year 2022; total 9 points }
evidence { late: count; rate: percent; share: number of cases in steps of 0.5; rows: list { a: text } }
clause 1 "a" 4 points { for each 1% that rate is below 100% deduct 0.2 points }
clause 2 "b" 4 points { for each 1 pp that rate is below 100% deduct 0.2 points }
clause 3 "c" 2 points { start from 1 point; for each late deduct 1 }
clause 4 "d" { by share among all subjects { 1st award 2 points; otherwise award 1 point } }
output x = if rows > 1 then 1 points else 3 points ÷ 7
"#;

const CHINESE: &str = r#"标准 "t" { 年度 2022; 满分 9分 }
填报 { 迟: 次数; 率: 百分比; 份: 数量 件 到 0.5; 单: 清单 { 甲: 文本 } }
条款 1 "a" 4分 { 率 比 100% 每低 1% 扣 0.2分 }
条款 2 "b" 4分 { 率 比 100% 每低 1个百分点 扣 0.2分 }
条款 3 "c" 2分 { 起评 1分; 每 迟 扣 1 }
条款 4 "d" { 按 份 在 全部单位 的 名次 { 第1名 得 2分; 其余 得 1分 } }
输出 x = 若 单 > 1 则 1分 否则 3分 ÷ 7
"#;

fn findings(text: &str) -> Vec<Diagnostic> {
    let parse = rubric_syntax::parse(FileId::default(), text);
    assert!(parse.errors.is_empty(), "{:?}", parse.errors);
    rubric_check::check(FileId::default(), text, &parse.file).diagnostics
}

/// Every mend of a rubric, and the rubric with it.
fn mended(text: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for fix in findings(text).iter().flat_map(|finding| &finding.fixes) {
        let mut edits: Vec<_> = fix.edits.iter().collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.place.span));
        let mut new = text.to_owned();
        for edit in &edits {
            new.replace_range(edit.place.span.range(), &edit.text);
        }
        all.push((edits.iter().map(|edit| edit.text.as_str()).collect(), new));
    }
    assert!(all.len() > 6, "{all:?}");
    all
}

#[test]
fn mends_are_written_in_the_language_of_the_rubric() {
    for (words, _) in mended(ENGLISH) {
        assert!(words.is_ascii(), "{words}");
    }
    for (words, _) in mended(CHINESE) {
        assert!(!words.chars().any(|c| c.is_ascii_alphabetic() && c != 'R'), "{words}");
    }
}

#[test]
fn what_a_mend_writes_can_be_read() {
    for (words, text) in mended(ENGLISH).into_iter().chain(mended(CHINESE)) {
        let errors = rubric_syntax::parse(FileId::default(), &text).errors;
        assert!(errors.is_empty(), "{words}: {errors:?}\n{text}");
    }
}
