//! What is accepted, and as what.
// Test helpers outside `#[test]` functions count as production code for these lints.
#![allow(missing_docs, dead_code, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod common;

use common::{exact, read_all, town};
use rubric_program::{Cell, Column, Dataset, Value};

fn cell(dataset: &Dataset, column: usize, unit: usize) -> &Cell {
    match &dataset.columns[column] {
        Column::Scalars(cells) => &cells[unit],
        Column::Lists(_) => panic!("column {column} is a list"),
    }
}

#[test]
fn numbers_keep_their_digits() {
    for (entry, column, expected) in [
        (r#""面积":0.1"#, 3, "0.1"),
        (r#""面积":"12.50""#, 3, "12.5"),
        (r#""面积":1.500"#, 3, "1.5"),
        (r#""面积":999999999999.99"#, 3, "999999999999.99"),
        (r#""归档率":"88.999%""#, 4, "0.88999"),
        (r#""归档率":"100％""#, 4, "1"),
        (r#""归档率":"0.0%""#, 4, "0"),
        (r#""增幅":"-2.5""#, 5, "-0.025"),
        (r#""加分":"\u0032.5""#, 6, "2.5"),
    ] {
        let text = town(entry);
        let (dataset, findings) = read_all(&[&text]);
        assert!(findings.is_empty(), "{entry}: {findings:?}");
        let cell = cell(&dataset, column, 0);
        assert_eq!(cell.value, Some(Value::Number(exact(expected))), "{entry}");
        let written = entry.split_once(':').unwrap().1;
        assert_eq!(cell.place.unwrap().span.of(&text), written);
    }
}

#[test]
fn files_are_merged_and_defaults_filled() {
    let first = r#"{"subjects":[{"id":"乙所","类别":"派出所"},{"id":"甲镇","类别":"乡镇","缺项":3}]}"#;
    let second = r#"{"subjects":[{"id":"甲镇","迟到":0,"备注":"","申报":[{"反馈":true,"办件":"B1"}]}]}"#;
    let (dataset, findings) = read_all(&[first, second]);
    assert!(findings.is_empty(), "{findings:?}");
    let ids: Vec<_> = dataset.units.iter().map(|u| u.id.as_str()).collect();
    assert_eq!(ids, ["乙所", "甲镇"]);
    assert_eq!(dataset.columns.len(), 11);
    assert_eq!(cell(&dataset, 1, 0), &Cell::default());
    assert_eq!(cell(&dataset, 1, 1).value, Some(Value::Number(exact("3"))));
    assert_eq!(cell(&dataset, 8, 1).value, Some(Value::Text(String::new())));
    assert_eq!(cell(&dataset, 10, 0), &Cell::default());
    assert_eq!(cell(&dataset, 10, 1), &Cell { value: Some(Value::Flag(false)), place: None });
    let Column::Lists(lists) = &dataset.columns[9] else { panic!("the rows are a list") };
    assert!(lists[0].is_none());
    let row = &lists[1].as_ref().unwrap()[0];
    assert_eq!(row.cells[0].value, Some(Value::Text("B1".into())));
    assert_eq!(row.cells[2], Cell { value: Some(Value::Number(exact("7"))), place: None });
    assert_eq!(row.place.unwrap().span.of(second), r#"{"反馈":true,"办件":"B1"}"#);
}

#[test]
fn a_file_cut_off_anywhere_is_refused_and_never_breaks() {
    let whole = town(r#""归档率":"99.9%","备注":"引\"号\\","申报":[{"办件":"B\u4e00","反馈":false}]"#);
    assert!(read_all(&[&whole]).1.is_empty());
    for end in 0..whole.len() {
        if let Some(part) = whole.get(..end) {
            let (_, findings) = read_all(&[part]);
            assert_eq!(findings.len(), 1, "{part}");
            assert_eq!(findings[0].code.name(), "E0002", "{part}");
        }
        // A changed byte may give any finding, or another valid text.
        for byte in *b"\"{}[],:0e-%\\ x" {
            let mut bytes = whole.clone().into_bytes();
            bytes[end] = byte;
            if let Ok(text) = String::from_utf8(bytes) {
                for finding in read_all(&[&text]).1 {
                    let span = finding.span();
                    assert!(text.get(span.range()).is_some(), "{finding:?} in {text}");
                }
            }
        }
    }
}
