//! The documents do what they say: their rubrics are read and checked, their commands are run.
//!
//! The word after the fence says what a block is:
//!
//! - `rubric file=NAME` is a whole rubric, kept in the document's folder; `change=NAME` replaces the statements
//!   of that file which begin alike, or adds them; `whole=NAME` shows the file as it then stands. Each must check
//!   clean, but if `faulty` stands behind, it must not.
//! - `rubric` alone is a part, which must be read without findings.
//! - `json file=NAME` is another file of the folder.
//! - `console` is commands, each after `$`, with all they print.
//! - a table whose first columns are headed by a kind in both languages, such as `规则` and `rule`, holds in each
//!   row two spellings of one thing; see `KINDS`.
//!
//! `RUBRICC_UPDATE=1` writes the output of commands and the whole files anew.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests may fail loudly")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Ran, command};
use rubric_base::FileId;
use rubric_syntax::{Keywords, format, parse};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn documents() -> Vec<PathBuf> {
    let mut all: Vec<_> = fs::read_dir(root().join("docs")).unwrap().map(|e| e.unwrap().path()).collect();
    all.push(root().join("README.md"));
    all.retain(|path| path.extension().is_some_and(|e| e == "md"));
    all.sort();
    all
}

/// A document on its way through: its folder, its language, and where it is.
struct Reader {
    folder: tempfile::TempDir,
    lang: &'static str,
    exit: i32,
    place: String,
}

impl Reader {
    fn run(&self, args: &[String]) -> Ran {
        let mut command = command(self.folder.path());
        let done = command.env("RUBRICC_LANG", self.lang).args(args).output().unwrap();
        Ran {
            exit: done.status.code().unwrap(),
            out: String::from_utf8(done.stdout).unwrap(),
            err: String::from_utf8(done.stderr).unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What the block must read, given what it reads.
    fn block(&mut self, info: &str, body: &str) -> String {
        let words: Vec<&str> = info.split_whitespace().collect();
        let value = |key: &str| words.iter().find_map(|w| w.strip_prefix(key)?.strip_prefix('='));
        match words.first() {
            Some(&"rubric") => {
                let name = match (value("file"), value("change"), value("whole")) {
                    (Some(name), None, None) => {
                        fs::write(self.path(name), body).unwrap();
                        name
                    }
                    (None, Some(name), None) => {
                        let old = fs::read_to_string(self.path(name)).unwrap();
                        fs::write(self.path(name), changed(&old, body)).unwrap();
                        name
                    }
                    (None, None, Some(name)) => return fs::read_to_string(self.path(name)).unwrap(),
                    _ => {
                        assert!(is_part(body), "{}: cannot be read:\n{body}", self.place);
                        return body.to_owned();
                    }
                };
                let ran = self.run(&["check".to_owned(), name.to_owned()]);
                let clean = ran.exit == 0 && ran.err.is_empty();
                assert!(clean != words.contains(&"faulty"), "{}:\n{}", self.place, ran.err);
            }
            Some(&"json") => fs::write(self.path(value("file").unwrap()), body).unwrap(),
            Some(&"console") => return self.console(body),
            _ => {}
        }
        body.to_owned()
    }

    fn console(&mut self, body: &str) -> String {
        let mut text = String::new();
        for line in body.lines().filter_map(|line| line.strip_prefix("$ ")) {
            text.push_str(&format!("$ {line}\n"));
            let mut words = line.split_whitespace().map(str::to_owned);
            let shown = match words.next().unwrap().as_str() {
                "rubricc" => {
                    let ran = self.run(&words.collect::<Vec<_>>());
                    self.exit = ran.exit;
                    format!("{}{}", ran.err, ran.out)
                }
                "cat" => fs::read_to_string(self.path(&words.next().unwrap())).unwrap(),
                "head" => {
                    let lines: usize = words.next().unwrap().trim_start_matches('-').parse().unwrap();
                    let text = fs::read_to_string(self.path(&words.next().unwrap())).unwrap();
                    text.split_inclusive('\n').take(lines).collect()
                }
                "echo" => format!("{}\n", self.exit),
                other => panic!("{}: what is `{other}`?", self.place),
            };
            // Blank lines about findings are left to the terminal.
            let shown: Vec<&str> = shown.trim_matches('\n').lines().map(str::trim_end).collect();
            text.push_str(&shown.join("\n"));
            if !shown.is_empty() {
                text.push('\n');
            }
        }
        text
    }
}

/// The statements of a rubric: each from a line at the margin, with the comments before it, to the next.
fn statements(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let margin = !line.starts_with([' ', '}']);
        let after_comment = all.last().is_some_and(|s| s.lines().all(|l| l.starts_with("//")));
        if all.is_empty() || margin && !after_comment {
            all.push(String::new());
        }
        all.last_mut().unwrap().push_str(&format!("{line}\n"));
    }
    all
}

/// How a statement begins: its keyword, and the number or name of what there may be several of.
fn beginning(statement: &str) -> String {
    let line = statement.lines().find(|l| !l.starts_with("//")).unwrap_or_default();
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["条款" | "clause", number, ..] => format!("clause {number}"),
        ["大项" | "section", number, ..] => format!("section {number}"),
        ["输出" | "output", name, ..] => format!("output {name}"),
        ["设" | "let", name, ..] => format!("let {name}"),
        ["示例" | "example", ..] => line.trim_end_matches(" {").to_owned(),
        [word, ..] => (*word).to_owned(),
        [] => String::new(),
    }
}

/// A rubric with the statements of a change in place of those that begin alike, or behind the last of their kind.
fn changed(old: &str, change: &str) -> String {
    let mut all = statements(old);
    for statement in statements(change) {
        let key = beginning(&statement);
        let kind = key.split(' ').next().unwrap_or_default().to_owned();
        if let Some(place) = all.iter().position(|s| beginning(s) == key) {
            all[place] = statement;
        } else if let Some(last) = all.iter().rposition(|s| beginning(s).split(' ').next() == Some(&kind)) {
            all.insert(last + 1, statement);
        } else {
            all.push(statement);
        }
    }
    all.join("\n")
}

/// Where a part may stand: the text before and behind it.
const AROUND: &[(&str, &str)] = &[
    ("", "\n"),
    ("条款 1 \"例\" 1分 {\n", "\n}\n"),
    ("填报 {\n", "\n}\n"),
    ("标准 \"例\" {\n", "\n}\n"),
    ("等级 甲 {\n", "\n}\n"),
    ("示例 \"例\" {\n", "\n}\n"),
];

fn is_part(body: &str) -> bool {
    AROUND.iter().any(|(before, behind)| {
        parse(FileId::default(), &format!("{before}{body}{behind}")).errors.is_empty()
    })
}

/// Reads a document and gives what it must be.
fn read(path: &Path) -> String {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let lang = if name.ends_with(".zh.md") { "zh" } else { "en" };
    let mut reader = Reader { folder: tempfile::tempdir().unwrap(), lang, exit: 0, place: String::new() };
    let text = fs::read_to_string(path).unwrap();
    let mut new = String::new();
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        new.push_str(&format!("{line}\n"));
        let info = line.trim_start_matches('`');
        let fence = &line[..line.len() - info.len()];
        if fence.len() < 3 {
            continue;
        }
        let mut body = String::new();
        for (_, line) in lines.by_ref().take_while(|(_, line)| *line != fence) {
            body.push_str(&format!("{line}\n"));
        }
        reader.place = format!("{name}, line {}", at + 1);
        new.push_str(&reader.block(info, &body));
        new.push_str(&format!("{fence}\n"));
    }
    new
}

#[test]
fn blocks_do_what_they_say() {
    for path in documents() {
        let new = read(&path);
        if std::env::var_os("RUBRICC_UPDATE").is_some() {
            fs::write(&path, &new).unwrap();
        }
        let old = fs::read_to_string(&path).unwrap();
        let differs = old.lines().zip(new.lines()).enumerate().find(|(_, (a, b))| a != b);
        assert!(old == new, "{} is out of date: {differs:#?}", path.display());
    }
}

/// Where a row of a table stands within the base rubric, by the heads of its first columns.
fn placed(base: &str, kind: &str, row: &str) -> String {
    match kind {
        "题头" => {
            let total =
                if row.starts_with("满分") || row.starts_with("total") { "" } else { "; 满分 2分" };
            changed(base, &format!("标准 \"例\" {{ {row}{total} }}"))
        }
        "证据" => base.replacen("填报 {\n", &format!("填报 {{\n  {row}\n"), 1),
        "语句" => changed(base, row),
        "规则" => changed(base, &format!("条款 1 \"例\" 2分 {{ {row} }}")),
        "式" => changed(base, &format!("设 例值 = {row}")),
        "等级步骤" => changed(
            base,
            &format!("等级 一等、二等、三等、不评 {{ 若 总分 ≥ 1分,定为 一等; {row}; 其余 定为 三等 }}"),
        ),
        _ => changed(base, &format!("示例 \"例\" {{ {row} }}")),
    }
}

const KINDS: &[(&str, &str)] = &[
    ("题头", "head"),
    ("证据", "evidence"),
    ("语句", "statement"),
    ("规则", "rule"),
    ("式", "expression"),
    ("等级步骤", "grade step"),
    ("示例", "example"),
];

/// The rows of the tables of examples: the kind and the two spellings.
fn rows(text: &str) -> Vec<(&'static str, String, String)> {
    let mut kind = None;
    let mut all = Vec::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, zh, en, ..] = cells.as_slice() else {
            kind = None;
            continue;
        };
        let code = |cell: &str| cell.strip_prefix('`')?.strip_suffix('`').map(str::to_owned);
        if let Some((found, _)) = KINDS.iter().find(|pair| **pair == (*zh, *en)) {
            kind = Some(*found);
        } else if let (Some(kind), Some(zh), Some(en)) = (kind, code(zh), code(en)) {
            all.push((kind, zh, en));
        }
    }
    all
}

/// The Chinese reference has the same rows in the same order, in their Chinese spelling.
#[test]
fn the_chinese_reference_has_every_row() {
    let read = |name: &str| fs::read_to_string(root().join("docs").join(name)).unwrap();
    let first = |line: &str| {
        let cell = line.strip_prefix("| `")?.split_once("` |")?.0.to_owned();
        Some(cell)
    };
    let rows = |text: &str| text.lines().filter_map(first).collect::<Vec<_>>();
    assert_eq!(rows(&read("language.md")), rows(&read("language.zh.md")));
}

#[test]
fn both_spellings_of_a_row_are_right_and_mean_the_same() {
    let text = fs::read_to_string(root().join("docs/language.md")).unwrap();
    let (_, rest) = text.split_once("```rubric file=base.rubric\n").unwrap();
    let base = rest.split_once("```\n").unwrap().0;
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    let rows = rows(&text);
    for (kind, zh, en) in &rows {
        let [one, other] = [zh, en].map(|row| placed(base, kind, row));
        for (row, whole) in [(zh, &one), (en, &other)] {
            if *kind == "示例" && !is_part(row) {
                wrong.push(format!("{row}: cannot be read"));
            }
            fs::write(folder.path().join("a.rubric"), whole).unwrap();
            let ran = common::run(folder.path(), &["check", "a.rubric"], "");
            if *kind != "示例" && ran.exit != 0 {
                wrong.push(format!("{row}\n{}", ran.err));
            }
        }
        match (format(&one, Keywords::En), format(&other, Keywords::En)) {
            (Ok(one), Ok(other)) if one == other => {}
            pair => wrong.push(format!("{zh}: not the same as {en}: {pair:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows.len() > 90, "{}", rows.len());
}
