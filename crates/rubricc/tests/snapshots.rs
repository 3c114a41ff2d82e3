//! What is said of every code, in both languages, beside the text it is said of: `tests/snapshots`, a file a code.
//!
//! The texts are the wrong examples of the pages; what a page cannot show is made here. After a change of a message
//! `RUBRICC_UPDATE=1 cargo test -p rubricc --test snapshots` writes them anew; read each as if you had written the text.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use common::pages::{example, page};
use common::run;
use rubric_base::{Code, Level};

const MIB: u64 = 1024 * 1024;
const SMALL: &str =
    "标准 \"例\" { 满分 2分 }\n填报 { 迟报: 次数 }\n条款 1 \"报送\" 2分 { 每 迟报 扣 0.5分 }\n";
const WINDOWS: &str = "标准 \"考勤\" { 考核对象 窗口; 满分 2分 }\n填报 { 迟到: 次数 }\n条款 1 \"考勤\" 2分 { 每 迟到 扣 1分 }\n";
const PEOPLE: &str = "标准 \"评星\" { 考核对象 人员; 满分 2分 }\n引用 \"windows.rubric\" 作 考勤 按 窗口\n\
     填报 { 窗口: 文本 }\n条款 1 \"考勤\" 2分 { 得 考勤 的 总分 }\n";

/// A text at fault, and how it is found.
#[derive(Default)]
struct Case {
    files: Vec<(&'static str, Vec<u8>)>,
    /// A file of nothing but zeros, and how long it is.
    hole: Option<(&'static str, u64)>,
    args: Vec<&'static str>,
}

fn case(code: Code) -> Case {
    let bytes = |text: &str| text.as_bytes().to_vec();
    let check = vec!["check", "a.rubric"];
    let eval = vec!["eval", "a.rubric", "e.json"];
    match code {
        Code::R0008 => {
            let broken = [SMALL.as_bytes(), b"// \xB1\xEA\xD7\xBC\n"].concat();
            Case { files: vec![("a.rubric", broken)], args: check, ..Case::default() }
        }
        Code::R0013 => Case { hole: Some(("a.rubric", 64 * MIB + 1)), args: check, ..Case::default() },
        Code::R0803 => {
            let other = PEOPLE.replace(" 按 窗口", "").replace("填报 { 窗口: 文本 }\n", "");
            let files = vec![("windows.rubric", bytes(WINDOWS)), ("a.rubric", bytes(&other))];
            Case { files, args: check, ..Case::default() }
        }
        Code::E0001 => {
            let broken = b"{\"subjects\": [{\"id\": \"\xBC\xD7\", \"\xB3\xD9\xB1\xA8\": 1}]}\n".to_vec();
            Case {
                files: vec![("a.rubric", bytes(SMALL)), ("e.json", broken)],
                args: eval,
                ..Case::default()
            }
        }
        Code::E0012 => {
            let files = vec![("a.rubric", bytes(SMALL))];
            Case { files, hole: Some(("e.json", 512 * MIB + 1)), args: eval }
        }
        Code::E0016 => Case {
            files: vec![
                ("windows.rubric", bytes(WINDOWS)),
                ("a.rubric", bytes(PEOPLE)),
                ("w.json", bytes("{\"subjects\": [{\"id\": \"一号\", \"迟到\": 1}]}\n")),
                ("e.json", bytes("{\"subjects\": [{\"id\": \"甲\", \"窗口\": \"三号\"}]}\n")),
            ],
            args: vec!["eval", "a.rubric", "e.json", "--import", "考勤=w.json"],
            ..Case::default()
        },
        _ => of_page(code, check, eval),
    }
}

fn of_page(code: Code, check: Vec<&'static str>, eval: Vec<&'static str>) -> Case {
    let page = page(code);
    let wrong = example(&page, "wrong").unwrap().into_bytes();
    if code.name().starts_with('E') {
        let rubric = example(&page, "rubric").unwrap().into_bytes();
        return Case { files: vec![("a.rubric", rubric), ("e.json", wrong)], args: eval, ..Case::default() };
    }
    let args = match code {
        Code::R0501 | Code::R0502 => vec!["test", "a.rubric"],
        // Notes are told in reports only.
        _ if code.level() == Level::Note => vec!["check", "--report", "a.rubric"],
        _ => check,
    };
    Case { files: vec![("a.rubric", wrong)], args, ..Case::default() }
}

/// The texts, and what is said of them in Chinese and in English.
fn snapshot(code: Code) -> String {
    let case = case(code);
    let folder = tempfile::tempdir().unwrap();
    let mut out = String::new();
    for (name, bytes) in &case.files {
        fs::write(folder.path().join(name), bytes).unwrap();
        out.push_str(&format!("=== {name}\n{}\n", String::from_utf8_lossy(bytes).trim_end()));
    }
    if let Some((name, bytes)) = case.hole {
        File::create(folder.path().join(name)).unwrap().set_len(bytes).unwrap();
        out.push_str(&format!("=== {name}\n(nothing but {bytes} zeros)\n"));
    }
    for language in ["zh", "en"] {
        let args = [&["--lang", language], case.args.as_slice()].concat();
        let ran = run(folder.path(), &args, "");
        let said = format!("{}{}", ran.err, ran.out);
        assert!(said.contains(code.name()), "{code} is not what this is about:\n{said}");
        // A file with zeros in it is no text to whoever compares snapshots.
        let said = said.replace('\0', "␀");
        let said: Vec<&str> = said.lines().map(str::trim_end).collect();
        out.push_str(&format!("=== rubricc {}\n{}\n", args.join(" "), said.join("\n").trim_matches('\n')));
    }
    out
}

#[test]
fn every_code_says_in_both_languages_what_it_should() {
    let here: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let mut changed = Vec::new();
    for code in Code::ALL {
        let (path, new) = (here.join(format!("{code}.txt")), snapshot(*code));
        if std::env::var_os("RUBRICC_UPDATE").is_some() {
            fs::create_dir_all(&here).unwrap();
            fs::write(&path, &new).unwrap();
        }
        if fs::read_to_string(&path).unwrap_or_default() != new {
            changed.push(format!("{code}:\n{new}"));
        }
    }
    assert!(changed.is_empty(), "not as in tests/snapshots:\n{}", changed.join("\n"));
    let known: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{code}.txt")).collect();
    let files = fs::read_dir(&here).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap());
    let stray: Vec<String> = files.filter(|name| !known.contains(name)).collect();
    assert!(stray.is_empty(), "snapshots of no code: {stray:?}");
}
