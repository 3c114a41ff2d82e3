//! Formatting and findings on texts; a new case is a new line of the tables below or a new fixture.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use rubric_base::FileId;
use rubric_syntax::{Keywords, format, parse};

const COUNTY: &str = include_str!("fixtures/county-extract.rubric");

fn formatted(text: &str, keywords: Keywords) -> String {
    format(text, keywords).unwrap_or_else(|e| panic!("{e:?}\n{text}"))
}

#[test]
fn both_languages_and_back_give_the_same_bytes() {
    let zh = formatted(COUNTY, Keywords::Zh);
    let en = formatted(&zh, Keywords::En);
    assert_ne!(zh, en);
    assert_eq!(formatted(&en, Keywords::Zh), zh);
    assert_eq!(formatted(&en, Keywords::En), en);
    assert_eq!(formatted(&en, Keywords::Keep), en);
    assert_eq!(formatted(&zh, Keywords::Keep), zh);
    assert_eq!(parse(FileId::default(), &en).file, parse(FileId::default(), COUNTY).file);
}

#[test]
fn what_input_methods_produce_is_read() {
    let wide =
        "条款\u{3000}1 “一” \u{FF12}分 \u{FF5B} 每「未登记告知」扣0\u{FF0E}5分\u{FF0C}最高2分。\u{FF5D}";
    assert_eq!(
        formatted(wide, Keywords::Keep),
        "条款 1 \"一\" 2分 { 每 「未登记告知」 扣 0.5分,最高 2分 }\n"
    );
}

/// A text, then for each finding its code and the words underlined.
const FINDINGS: &[(&str, &[(&str, &str)])] = &[
    ("条款 1 \"一\" 2分 {\n  每未登记告知扣0.5分\n  每 乙 扣 1分\n}", &[("R0004", "每未登记告知扣0.5分")]),
    ("条款 1 \"一\" 2分 { 每 甲 扣 0.5分 每 乙 扣 1分 }", &[("R0006", "每 乙 扣 1分")]),
    ("条款 1 \"一\" 2分 {\n  每 甲 扣\n}", &[("R0009", "每 甲 扣")]),
    ("条款 1 \"一\" 2分 {\n  每 甲 扣 0.5分\n条款 2 \"二\" 1分 { 不得分 }", &[("R0002", "{")]),
    ("条款 1 \"一\" 2分 ｛\n  每 甲 扣 0.5分\n条款 2 \"二\" 1分 { 不得分 }\n", &[("R0002", "｛")]),
    ("条款 1 \"一\" 2分 {\n  不得分\n\n排名 依 总分 从高到低; 并列 取优\n", &[("R0002", "{")]),
    ("条款 1 \"一\" 2分 {\n  不得分\n\n等级 甲、乙 {\n  其余 定为 甲\n}\n", &[("R0002", "{")]),
    ("条款 1 \"一\" 2分 { 不得分 }\n}\n", &[("R0003", "}")]),
    ("条款 1 \"一\" 2分 【\n  每 甲 扣 0.5分\n  每 乙 扣\n】\n", &[("R0001", "【")]),
    ("条款 1 \"一\" 2分 (\n  每 甲 扣 0.5分\n)\n", &[("R0001", "(")]),
    ("条款 1 \"一 2分 {\n  每 甲 扣 0.5分\n}\n", &[("R0016", "\"")]),
    ("条款 1 “一\" 2分 { 不得分 }\n", &[("R0016", "“")]),
    ("条款 1 「一」 2分 { 不得分 }\n", &[("R0016", "「一」")]),
    ("条款 1 一 2分 { 不得分 }\n", &[("R0016", "一")]),
    ("条款 1 2分 { 不得分 }\n", &[("R0001", "2分")]),
    ("填报 { 甲 次数; 乙: 次数 }", &[("R0001", "次数")]),
    ("设 甲 = 乙 大于 3", &[("R0005", "大于")]),
    ("设 甲 = 乙 greater than 3", &[("R0005", "greater than")]),
    ("条款 1 \"一\" 2分 { 如果 甲,得 1分 }", &[("R0005", "如果")]),
    ("clause 1 \"one\" 2 points { when a, award 1 point }", &[("R0005", "when")]),
    ("条款 1 \"一\" 2分 { 若 甲 大于3,得 1分 }", &[("R0005", "大于")]),
    ("填报 { 甲: 整数 }", &[("R0005", "整数")]),
    ("设 甲 = 乙 晚于 2026.3.1", &[("R0001", "2026.3.1")]),
    ("设 甲 = 乙 晚于 3月1日", &[("R0001", "3月1日")]),
    ("条款 1 \"一\" 2分 { 建有台账,加 1分 }", &[("R0001", "建有台账,加 1分")]),
    ("条款 1 \"一\" 2分 { 迟到一次扣0.5分 }", &[("R0001", "迟到一次扣0.5分")]),
    ("等级 甲、乙 {\n  名额 甲 20% 于 参评单位; 依 总分 从高到低\n  并列 全让\n}", &[("R0001", "20%")]),
    ("设 甲 = 乙 且 丙 或 丁", &[("R0010", "乙 且 丙 或 丁")]),
    ("设 甲 = 乙 + 丙 四舍五入 到 0.1分", &[("R0011", "乙 + 丙 四舍五入 到 0.1分")]),
    ("设 甲 = 99999999999999999999999999999999999", &[("R0012", "99999999999999999999999999999999999")]),
    ("设 甲 = 按 乙 { 10件以下 为 1分; 其余 为 0分 }", &[("R0014", "10件以下")]),
];

#[test]
fn findings_underline_the_right_words() {
    for (text, expected) in FINDINGS {
        let parse = parse(FileId::default(), text);
        let found: Vec<(&str, &str)> =
            parse.errors.iter().map(|e| (e.code.name(), e.span().of(text))).collect();
        assert_eq!(&found, expected, "{text}");
    }
}

#[test]
fn good_statements_around_a_broken_one_are_kept() {
    let parse = parse(
        FileId::default(),
        "条款 1 \"一\" 2分 {\n  每 甲 扣 0.5分\n  ??\n  每 乙 扣 1分\n}\n设 丙 = 1\n",
    );
    assert_eq!(parse.errors.len(), 1);
    let [rubric_syntax::ast::Item::Node(node), rubric_syntax::ast::Item::Let(_)] =
        parse.file.items.as_slice()
    else {
        panic!("{:?}", parse.file.items)
    };
    assert_eq!(node.body.len(), 2);
}

#[test]
fn nothing_panics_and_nothing_takes_long() {
    for text in ["", "\u{feff}", "{", "}", "\"", "「", "设 甲 = ", "第名", "标准 \"", "//"] {
        let _ = parse(FileId::default(), text);
    }
    for piece in
        ["{", "}", "(", "未 ", "−", "若 甲 则 ", "按 甲 { ", "每 ", "条款 1 \"\" {\n", "[", "只计最重 {"]
    {
        let long = piece.repeat((1 << 17) / piece.len());
        let _ = parse(FileId::default(), &long);
        let _ = parse(FileId::default(), &format!("条款 1 \"一\" 2分 {{ 扣 {}", piece.repeat(60)));
    }
    for (at, _) in COUNTY.char_indices() {
        let _ = parse(FileId::default(), &COUNTY[..at]);
    }
}

#[test]
fn formulas_nest_no_deeper_than_what_reads_them_may() {
    let sum = |terms: usize| format!("设 甲 = {}1\n", "1 + ".repeat(terms));
    assert_eq!(parse(FileId::default(), &sum(190)).errors, []);
    let within = format!("设 甲 = {}1{}\n", format!("({}", "1 + ".repeat(20)).repeat(60), ")".repeat(60));
    for text in [sum(10_000), within] {
        let errors = parse(FileId::default(), &text).errors;
        assert_eq!(errors.iter().map(|d| d.code.to_string()).collect::<Vec<_>>(), ["R0007"]);
    }
}
