//! What is refused: the code and the words underlined.
// Test helpers outside `#[test]` functions count as production code for these lints.
#![allow(missing_docs, dead_code, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod common;

use common::{read_all, told, town};
use rubric_base::FileId;
use rubric_evidence::decode;

fn expect(texts: &[&str], expected: &[(&str, &str)]) {
    let found = told(texts);
    let found: Vec<_> = found.iter().map(|(c, w)| (c.as_str(), w.as_str())).collect();
    assert_eq!(found, expected, "in {texts:?}");
}

#[test]
fn values() {
    for (entry, code, words) in [
        (r#""面积":"3 亩""#, "E0006", r#""3 亩""#),
        (r#""面积":1e3"#, "E0006", "1e3"),
        (r#""面积":"12%""#, "E0006", r#""12%""#),
        (r#""面积":"""#, "E0006", r#""""#),
        (r#""面积":1.255"#, "E0007", "1.255"),
        (r#""面积":-1"#, "E0007", "-1"),
        (r#""面积":1234567890123"#, "E0007", "1234567890123"),
        (r#""归档率":0.9998"#, "E0006", "0.9998"),
        (r#""归档率":"99.98""#, "E0006", r#""99.98""#),
        (r#""归档率":"99.98 %""#, "E0006", r#""99.98 %""#),
        (r#""归档率":"99.9999%""#, "E0007", r#""99.9999%""#),
        (r#""归档率":"100.1%""#, "E0007", r#""100.1%""#),
        (r#""归档率":true"#, "E0006", "true"),
        (r#""加分":"3.5""#, "E0007", r#""3.5""#),
        (r#""着装":"是""#, "E0006", r#""是""#),
        (r#""着装":1"#, "E0006", "1"),
        (r#""备注":5"#, "E0006", "5"),
        (r#""备注":null"#, "E0006", "null"),
        (r#""备注":"\ud800""#, "E0002", r#""\ud800""#),
        (r#""申报":{}"#, "E0006", "{}"),
        (r#""申报":null"#, "E0006", "null"),
        (r#""申报":[5]"#, "E0006", "5"),
        (r#""申报":[{"办件":"a"}]"#, "E0005", r#"{"办件":"a"}"#),
        (r#""申报":[{"办件":"a","反馈":true,"反溃":1}]"#, "E0004", r#""反溃""#),
        (r#""申报":[{"办件":"a","反馈":true,"办件":"b"}]"#, "E0009", r#""办件""#),
        (r#""申报":[{"办件":"a","反馈":0}]"#, "E0006", "0"),
        (r#""申报":[{},{},{},{}]"#, "E0010", r#""申报""#),
        (r#""归挡率":"99%""#, "E0004", r#""归挡率""#),
        (r#""加分":1,"加分":1"#, "E0009", r#""加分""#),
        (r#""id":"乙镇""#, "E0009", r#""id""#),
    ] {
        expect(&[&town(entry)], &[(code, words)]);
    }
}

#[test]
fn counts_and_choices() {
    let unit = |kind: &str, count: &str| {
        format!(r#"{{"subjects":[{{"id":"甲","类别":{kind},"缺项":{count},"迟到":0}}]}}"#)
    };
    for (count, code) in [
        ("1.0", "E0006"),
        ("1e1", "E0006"),
        ("\"1\"", "E0006"),
        ("\"\"", "E0006"),
        ("true", "E0006"),
        ("null", "E0006"),
        ("[]", "E0006"),
        ("-1", "E0007"),
        ("101", "E0007"),
    ] {
        expect(&[&unit("\"乡镇\"", count)], &[(code, count)]);
    }
    // A refused choice leaves it open who is scored, so nothing else is said.
    for (kind, code) in [("\"乡填\"", "E0007"), ("\"\"", "E0006"), ("1", "E0006")] {
        expect(&[&unit(kind, "0")], &[(code, kind)]);
    }
}

#[test]
fn structure() {
    for (text, code, words) in [
        ("", "E0002", ""),
        (r#"{"subjects":[{"id":"甲""#, "E0002", "\""),
        (r#"{"subjects":[{"id":NaN}]}"#, "E0002", "NaN"),
        ("{\"subjects\":[\n\n{\"id\":\"甲\",}]}", "E0002", "}"),
        ("{\"subjects\"：[]}", "E0002", "："),
        (r#"{"subjects":[]} 1"#, "E0002", "1"),
        ("[]", "E0003", "["),
        ("{}", "E0003", "{"),
        (r#"{"subject":[]}"#, "E0003", r#""subject""#),
        (r#"{"subjects":[],"年份":1}"#, "E0003", r#""年份""#),
        (r#"{"subjects":[],"subjects":[]}"#, "E0003", r#""subjects""#),
        (r#"{"subjects":{}}"#, "E0003", "{"),
        (r#"{"subjects":[[]]}"#, "E0003", "["),
        (r#"{"subjects":[{}]}"#, "E0003", "{"),
        (r#"{"subjects":[{"id":7}]}"#, "E0003", "7"),
        (r#"{"subjects":[{"id":""}]}"#, "E0003", r#""""#),
        (r#"{"subjects":[{"id":"甲 "}]}"#, "E0003", r#""甲 ""#),
        (r#"{"subjects":[]}"#, "E0013", r#""subjects""#),
        (r#"{"subjects":[{"id":"甲","类别":"派出所"}]}"#, "E0013", r#""subjects""#),
        (r#"{"subjects":[{"id":"甲"}]}"#, "E0005", r#""甲""#),
    ] {
        expect(&[text], &[(code, words)]);
    }
    assert_eq!(read_all(&[]).1.len(), 1);
}

#[test]
fn nesting_without_end_is_one_finding() {
    expect(&[&"[".repeat(100_000)], &[("E0002", "[")]);
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    expect(&[&deep], &[("E0002", "[")]);
    expect(&[&town(&format!("\"备注\":{deep}"))], &[("E0002", "[")]);
    expect(&[&town(r#""备注":"[[[[{{{{\"[""#)], &[]);
}

#[test]
fn several_files() {
    let first = town("");
    let both = [first.as_str(), r#"{"subjects":[{"id":"甲镇","迟到":2}]}"#];
    expect(&both, &[("E0009", r#""迟到""#)]);
    let (_, findings) = read_all(&both);
    assert_eq!(findings[0].labels.len(), 2);
    assert_eq!(findings[0].labels[0].place.file, FileId(1));
    assert_eq!(findings[0].labels[1].place.file, FileId(0));
    let same = r#"{"subjects":[{"id":"甲镇","类别":"乡镇","缺项":0,"迟到":1},{"id":"甲镇","缺项":0}]}"#;
    expect(&[same], &[("E0008", r#""甲镇""#)]);
    assert_eq!(read_all(&[same]).1[0].labels.len(), 2);
}

#[test]
fn one_unit_lacks_much_and_it_is_said_once() {
    let text = r#"{"subjects":[{"id":"甲","类别":"乡镇"}]}"#;
    expect(&[text], &[("E0005", r#""甲""#)]);
    let message = &read_all(&[text]).1[0].message;
    assert_eq!(message.zh, "单位「甲」缺少 2 项：缺项、迟到");
    assert_eq!(message.en, "unit `甲` lacks 2: 缺项, 迟到");
}

#[test]
fn evidence_of_scored_units_is_not_taken_from_others() {
    let text = town("").replace("]}", r#",{"id":"乙所","类别":"派出所","缺项":0,"迟到":0}]}"#);
    expect(&[&text], &[("E0003", r#""缺项""#)]);
    assert!(read_all(&[&text]).1[0].message.zh.ends_with("缺项、迟到"));
}

#[test]
fn all_faults_are_found_up_to_a_thousand() {
    let entries = r#""面积":"x","着装":"是","归挡率":1,"备注":null"#;
    assert_eq!(read_all(&[&town(entries)]).1.len(), 4);
    let units = vec!["{}"; 1500].join(",");
    let (_, findings) = read_all(&[&format!(r#"{{"subjects":[{units}]}}"#)]);
    assert_eq!(findings.len(), 1000);
    assert!(findings[999].message.zh.contains("501"), "{}", findings[999].message.zh);
}

#[test]
fn mends_are_offered() {
    for (entry, edits) in [
        (r#""归档率":0.9998"#, vec![r#""99.98%""#, r#""0.9998%""#]),
        (r#""归档率":"99.98""#, vec![r#""99.98%""#]),
        (r#""着装":"是""#, vec!["true"]),
        (r#""着装":0"#, vec!["false"]),
        (r#""归挡率":"1%""#, vec![r#""归档率""#]),
        (r#""申报":[{"办件":"a","反馈":true,"天数":"7"}]"#, vec!["7"]),
    ] {
        let (_, findings) = read_all(&[&town(entry)]);
        let offered: Vec<_> = findings[0].fixes.iter().map(|f| f.edits[0].text.as_str()).collect();
        assert_eq!(offered, edits, "{entry}");
    }
}

#[test]
fn bytes() {
    assert_eq!(decode(b"\xEF\xBB\xBF{}", FileId(0)).unwrap(), "{}");
    let bad = decode(b"\xEF\xBB\xBF{\n\xC4\xE3}", FileId(0)).unwrap_err();
    assert_eq!((bad.code.name(), bad.span().start), ("E0001", 2));
    assert!(bad.message.en.contains("byte 0xC4 in line 2"), "{}", bad.message.en);
    assert!(decode(&[0xFF, 0xFE, 0x7B, 0x00], FileId(0)).unwrap_err().help.en.contains("UTF-16"));
    let large = vec![0_u8; 512 * 1024 * 1024 + 1];
    assert_eq!(decode(&large, FileId(0)).unwrap_err().code.name(), "E0012");
}
