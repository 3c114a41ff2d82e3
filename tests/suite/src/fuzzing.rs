//! What must hold of any bytes whatever: the properties behind the fuzz targets in `fuzz/`.
//!
//! They stand here and not there so that the committed corpus is also run by the ordinary tests, on every machine.
//! A property that does not hold panics, which is what a fuzzer looks for.

use rubric_base::{Diagnostic, FileId};
use rubric_check::check_with;
use rubric_eval::{Mode, evaluate};
use rubric_evidence::{Input, decode};
use rubric_program::{Column, Dataset, Program};
use rubric_syntax::{FormatError, Keywords, Parse, format, parse, parse_with_tokens, text_of};

use crate::{case, fill};

/// A property of bytes.
pub type Property = fn(&[u8]);

/// The fuzz targets by name.
pub const TARGETS: &[(&str, Property)] =
    &[("parse", parses), ("check", checks), ("format", formats), ("evidence", reads), ("eval", evaluates)];

/// Who reads evidence in [`reads`]: the first byte says which.
const READERS: &[&str] = &[
    include_str!("../../../rubrics/county-township/2022.rubric"),
    include_str!("../../../rubrics/pudong-platform/2013.rubric"),
    include_str!("../../../rubrics/qingpu-windows/2018-attendance.rubric"),
    include_str!("../../../rubrics/qingpu-windows/2018-e-rating.rubric"),
    EVERY_TYPE,
];

/// Evidence of every type, so that each way to refuse one can be reached.
const EVERY_TYPE: &str = r#"标准 "例" { 满分 2分 }
填报 {
  次: 次数 0 至 20
  数: 数量 件 到 0.5件
  率: 百分比 可不填
  评: 评分 0分 或 0.5分 至 2分
  否是: 是否 未填视为 否
  类: 选项 甲、乙
  文: 文本 可不填
  日: 日期 2026-01-01 至 2026-12-31
  长: 时长 天
  单: 清单 { 款: 条款号; 分: 评分 0分 至 2分; 可: 次数 可不填 } 至多 3 行
  核对 次 不超过 9 "太多"
}
条款 1 "一" 2分 {
  每 次 扣 0.5分
  若 数 > 3件 或 评 > 1分 或 否是 或 类 = 甲 或 日 早于 2026-03-01 或 长 > 3天 或 件数(单) > 1,扣 0.5分
  若 未填(率) 或 未填(文),扣 0.1分
}
"#;

fn text(bytes: &[u8]) -> Option<String> {
    text_of(bytes, FileId::default()).ok()
}

/// Anything can be parsed; tokens are words of the text in order; the tokens change nothing of the tree.
pub fn parses(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let Parse { file, tokens, errors, .. } = parse_with_tokens(FileId::default(), &text);
    let mut end = 0;
    for token in &tokens {
        let span = token.span.range();
        assert!(span.start >= end && text.get(span.clone()).is_some(), "a token is no word: {token:?}");
        end = span.end;
    }
    places_are_text(&errors, &text);
    let plain = parse(FileId::default(), &text);
    assert!(plain.file == file && plain.errors == errors, "asking for tokens changes what is read");
}

/// Anything can be checked, trees with holes as well; a finding has words in both languages and places in the text.
pub fn checks(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let parse = parse(FileId::default(), &text);
    let files = case::files(&parse.file, &|_| None);
    let checked = check_with(FileId::default(), &text, &parse.file, &files);
    places_are_text(&checked.diagnostics, &text);
    for finding in &checked.diagnostics {
        let wordless = finding.message.zh.is_empty() || finding.message.en.is_empty();
        assert!(!wordless, "{} says nothing", finding.code);
    }
}

/// What can be read can be written: the same tree, once and for all, in either language.
pub fn formats(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if !parse(FileId::default(), text).errors.is_empty() {
        assert!(matches!(format(text, Keywords::Keep), Err(FormatError::Unreadable(_))));
        return;
    }
    case::formats(text).unwrap();
}

/// Any evidence can be read or refused; what is read has a value a unit for everything declared.
pub fn reads(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let program = reader(usize::from(*first));
    let Ok(text) = decode(bytes, FileId::default()) else { return };
    let input = Input { file: FileId::default(), text: &text };
    let (data, findings) = rubric_evidence::read(program, &[input]);
    places_are_text(&findings, &text);
    whole(program, &data);
    if findings.is_empty() {
        scored(program, &data);
    }
    let (data, findings) = rubric_evidence::read_partial(program, &[input]);
    places_are_text(&findings, &text);
    whole(program, &data);
}

/// Whatever the checker lets through can be scored: evaluation never fails, and its ledger adds up.
pub fn evaluates(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let Ok(program) = case::checked_with(&text, &|_| None) else { return };
    let seed = bytes.iter().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)));
    for units in [1, 4] {
        if let Some(filled) = fill::evidence(&program, &text, seed, units) {
            scored(&program, &filled.data);
        }
    }
}

/// Scores with and without a ledger.
fn scored(program: &Program, data: &Dataset) {
    let scores = evaluate(program, data, Mode::ScoresOnly).map_err(|e| e.to_string()).unwrap();
    let ledgers = evaluate(program, data, Mode::WithLedger).map_err(|e| e.to_string()).unwrap();
    assert_eq!(case::shown(&scores), case::shown(&ledgers), "the ledger changes a result");
}

fn whole(program: &Program, data: &Dataset) {
    assert_eq!(data.columns.len(), program.evidence.len());
    for column in &data.columns {
        let long = match column {
            Column::Scalars(cells) => cells.len(),
            Column::Lists(lists) => lists.len(),
        };
        assert_eq!(long, data.units.len(), "a column is not as long as there are units");
    }
}

fn places_are_text(findings: &[Diagnostic], text: &str) {
    for finding in findings {
        let edits = finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.place);
        for place in finding.labels.iter().map(|label| label.place).chain(edits) {
            assert!(text.get(place.span.range()).is_some(), "{} points at no text", finding.code);
        }
    }
}

fn reader(which: usize) -> &'static Program {
    static READ: std::sync::OnceLock<Vec<Program>> = std::sync::OnceLock::new();
    let all = READ.get_or_init(|| READERS.iter().map(|text| case::checked(text).unwrap()).collect());
    &all[which % all.len()]
}
