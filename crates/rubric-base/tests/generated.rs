//! Writes what is generated from `grammar/keywords.toml`, and fails where the committed files differ.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;

#[derive(Deserialize)]
struct Table {
    keyword: Vec<Word>,
    unit: Vec<Word>,
}

#[derive(Deserialize)]
struct Word {
    id: String,
    #[serde(default)]
    class: String,
    zh: Vec<String>,
    en: Vec<String>,
    #[serde(default)]
    hover: Hover,
}

#[derive(Deserialize, Default)]
struct Hover {
    zh: String,
    en: String,
}

impl Word {
    /// Its spellings in both languages, without the empty one of a word that may be left out.
    fn spellings(&self) -> impl Iterator<Item = &String> {
        self.zh.iter().chain(&self.en).filter(|s| !s.is_empty())
    }

    fn may_be_left_out(&self) -> bool {
        self.zh.iter().chain(&self.en).any(String::is_empty)
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Blanks within a spelling: any number next to Chinese, at least one between Latin words.
fn pattern(spelling: &str) -> String {
    let chinese = !spelling.is_ascii();
    let joint = if chinese { " ~ blank* ~ " } else { " ~ blank+ ~ " };
    spelling.split(' ').map(|part| format!("\"{part}\"")).collect::<Vec<_>>().join(joint)
}

fn alternatives(word: &Word) -> String {
    let mut spellings: Vec<&String> = word.spellings().collect();
    // Longest first: a PEG takes the first alternative that fits.
    spellings.sort_by_key(|s| std::cmp::Reverse(s.chars().count()));
    spellings.dedup();
    spellings.into_iter().map(|s| pattern(s)).collect::<Vec<_>>().join(" | ")
}

fn pest(table: &Table) -> String {
    let mut out = String::from("// Generated from keywords.toml. Do not edit.\n");
    for word in &table.keyword {
        let none = if word.may_be_left_out() { " | \"\"" } else { "" };
        let _ = writeln!(out, "kw_{} = @{{ ({}) ~ !letter{none} }}", word.id, alternatives(word));
    }
    let is = |w: &Word, classes: &[&str], ids: &[&str]| {
        classes.contains(&w.class.as_str()) || ids.contains(&w.id.as_str())
    };
    let of = |classes: &[&str], ids: &[&str]| -> Vec<&String> {
        table.keyword.iter().filter(|w| is(w, classes, ids)).flat_map(Word::spellings).collect()
    };
    // In English some words stand before a name that Chinese has after it.
    let before_name = ["every", "any", "node_score", "raw_score"];
    let before_name = table.keyword.iter().filter(|w| is(w, &[], &before_name)).flat_map(|w| &w.en);
    let values = of(&["value", "function"], &["if", "by"]).into_iter().chain(before_name).collect();
    let _ = writeln!(out, "// How some words can start, asked before the words themselves, which are many.");
    for (name, spellings) in [
        ("value", values),
        ("infix", of(&["comparison"], &["and", "or"])),
        ("rounding", of(&["rounding"], &[])),
        ("range", of(&[], &["within", "between"])),
        ("tail", of(&[], &["of", "of_owner", "raw_score", "node_score", "every", "any"])),
        ("node", of(&[], &["section", "clause", "extra_deductions", "extra_awards"])),
    ] {
        let _ = writeln!(out, "{name}_start = _{{ {} | any_word }}", starts(&spellings));
    }
    let _ = writeln!(
        out,
        "unit = @{{ \"%\" | \"\\u{{FF05}}\" | ({}) ~ (!letter | &unit_follower) }}",
        units(table)
    );
    out
}

/// The first letters of some keywords.
fn starts(spellings: &[&String]) -> String {
    let mut starts: Vec<String> =
        spellings.iter().filter_map(|s| s.chars().next()).map(|c| format!("\"{c}\"")).collect();
    starts.sort_unstable();
    starts.dedup();
    starts.join(" | ")
}

/// Units grouped by their first letter, in the order of the table, each group longest first: the common ones
/// are found after a comparison or two.
fn units(table: &Table) -> String {
    let spellings: Vec<&String> = table.unit.iter().flat_map(|u| u.zh.iter().chain(&u.en)).collect();
    let mut firsts: Vec<char> = Vec::new();
    for c in spellings.iter().filter_map(|s| s.chars().next()) {
        if !firsts.contains(&c) && !['%', '\u{FF05}'].contains(&c) {
            firsts.push(c);
        }
    }
    let group = |first: char| {
        let mut rests: Vec<&str> = spellings.iter().filter_map(|s| s.strip_prefix(first)).collect();
        rests.sort_by_key(|rest| std::cmp::Reverse(rest.chars().count()));
        rests.dedup();
        let rests: Vec<String> = rests.iter().map(|rest| format!("\"{rest}\"")).collect();
        if rests.len() == 1 {
            format!("\"{first}\" ~ {}", rests.join(""))
        } else {
            format!("\"{first}\" ~ ({})", rests.join(" | "))
        }
    };
    firsts.into_iter().map(group).collect::<Vec<_>>().join(" | ")
}

fn rust_list(words: &[String]) -> String {
    let written = words.iter().filter(|w| !w.is_empty());
    format!("&[{}]", written.map(|w| format!("{w:?}")).collect::<Vec<_>>().join(", "))
}

fn rust(table: &Table) -> String {
    let mut out = String::from(
        "//! Generated from `grammar/keywords.toml`. Do not edit.\n\nuse super::{Keyword, UnitWord};\n\n",
    );
    out.push_str("/// Every keyword.\n#[rustfmt::skip]\npub const KEYWORDS: &[Keyword] = &[\n");
    for w in &table.keyword {
        let _ = writeln!(
            out,
            "    Keyword {{ id: {:?}, class: {:?}, zh: {}, en: {}, hover: ({:?}, {:?}) }},",
            w.id,
            w.class,
            rust_list(&w.zh),
            rust_list(&w.en),
            w.hover.zh,
            w.hover.en
        );
    }
    out.push_str("];\n\n/// Every unit.\n#[rustfmt::skip]\npub const UNITS: &[UnitWord] = &[\n");
    for w in &table.unit {
        let _ = writeln!(
            out,
            "    UnitWord {{ id: {:?}, zh: {}, en: {} }},",
            w.id,
            rust_list(&w.zh),
            rust_list(&w.en)
        );
    }
    out.push_str("];\n");
    out
}

fn rules(table: &Table) -> String {
    let mut out = String::from(
        "//! Generated from `grammar/keywords.toml`. Do not edit.\n\nuse super::Rule;\n\n\
         /// The index in `rubric_base::keyword::KEYWORDS` of the keyword a rule reads.\n#[rustfmt::skip]\n\
         pub(crate) const fn keyword_of(kind: Rule) -> Option<usize> {\n    Some(match kind {\n",
    );
    for (i, w) in table.keyword.iter().enumerate() {
        let _ = writeln!(out, "        Rule::kw_{} => {i},", w.id);
    }
    out.push_str("        _ => return None,\n    })\n}\n");
    out
}

/// The word list that editors highlight and complete from, one word a line.
fn words(table: &Table) -> String {
    let list = |words: &[String]| {
        let words = words.iter().filter(|w| !w.is_empty());
        words.map(|w| format!("{w:?}")).collect::<Vec<_>>().join(", ")
    };
    let entry = |w: &Word, class: &str| {
        format!(
            "  {{\"id\": {:?}, \"class\": {class:?}, \"zh\": [{}], \"en\": [{}], \"hover\": {{\"zh\": {:?}, \"en\": {:?}}}}}",
            w.id,
            list(&w.zh),
            list(&w.en),
            w.hover.zh,
            w.hover.en
        )
    };
    let keywords = table.keyword.iter().map(|w| entry(w, &w.class));
    let all: Vec<String> = keywords.chain(table.unit.iter().map(|w| entry(w, "unit"))).collect();
    format!("[\n{}\n]\n", all.join(",\n"))
}

/// The dictionary of the fuzzer: one spelling a line, what is not ASCII byte by byte.
fn dictionary(table: &Table) -> String {
    let mut spellings: Vec<&str> = table
        .keyword
        .iter()
        .chain(&table.unit)
        .flat_map(|w| w.zh.iter().chain(&w.en))
        .map(String::as_str)
        // Words that a language may leave out.
        .filter(|word| !word.is_empty())
        .collect();
    spellings.sort_unstable();
    spellings.dedup();
    let byte = |b: u8| match b {
        b'"' | b'\\' => format!("\\{}", char::from(b)),
        b' '..=b'~' => char::from(b).to_string(),
        _ => format!("\\x{b:02X}"),
    };
    let line = |word: &str| format!("\"{}\"\n", word.bytes().map(byte).collect::<String>());
    format!(
        "# Generated from keywords.toml. Do not edit.\n{}",
        spellings.into_iter().map(line).collect::<String>()
    )
}

#[test]
fn generated_files_are_up_to_date() {
    let table: Table =
        toml::from_str(&std::fs::read_to_string(root().join("grammar/keywords.toml")).unwrap()).unwrap();
    let files = [
        ("grammar/keywords.pest", pest(&table)),
        ("crates/rubric-base/src/keyword/table.rs", rust(&table)),
        ("crates/rubric-syntax/src/grammar/keyword_rules.rs", rules(&table)),
        ("editors/words.json", words(&table)),
        ("fuzz/rubric.dict", dictionary(&table)),
    ];
    for (path, text) in files {
        let path = root().join(path);
        if std::env::var_os("RUBRICC_UPDATE").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(&path).unwrap_or_default(),
            text,
            "{} is out of date",
            path.display()
        );
    }
}
