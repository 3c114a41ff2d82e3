//! The pages of `rubricc explain`: their examples do what they say, and `docs/codes.md` lists them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::pages::{example, page, part};
use common::{Ran, run};
use rubric_base::{Code, Level};

/// Codes of files that a page cannot show: another encoding, a size, a second rubric.
const NOT_IN_TEXT: &[&str] = &["R0008", "R0013", "R0803", "E0001", "E0012", "E0016"];

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs what the example of a code is for. `rubric`: what the evidence belongs to, for the codes of evidence.
fn tried(code: Code, rubric: Option<String>, text: String) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    if code.name().starts_with('E') {
        write("a.rubric", rubric.unwrap());
        write("e.json", text);
        return run(folder.path(), &["eval", "a.rubric", "e.json"], "");
    }
    write("a.rubric", text);
    let args: &[&str] = match code {
        Code::R0501 | Code::R0502 => &["test", "a.rubric"],
        // Notes are told in reports only.
        _ if code.level() == Level::Note => &["check", "--report", "a.rubric"],
        _ => &["check", "a.rubric"],
    };
    run(folder.path(), args, "")
}

/// The codes that stand at the head of findings.
fn found(ran: &Ran) -> Vec<Code> {
    let words = ran.err.lines().map(str::trim).chain(ran.out.split_whitespace());
    words.filter_map(|word| word.parse().ok()).collect()
}

#[test]
fn examples_do_what_they_say() {
    let mut wrong = Vec::new();
    for code in Code::ALL.iter().filter(|code| !NOT_IN_TEXT.contains(&code.name())) {
        let page = page(*code);
        let at_fault = tried(*code, example(&page, "rubric"), example(&page, "wrong").unwrap());
        if !found(&at_fault).contains(code) {
            wrong.push(format!("{code}, the wrong example: {at_fault:?}"));
        }
        let sound = tried(*code, example(&page, "rubric"), example(&page, "right").unwrap());
        if !found(&sound).is_empty() || sound.exit != 0 {
            wrong.push(format!("{code}, the right example: {sound:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What stands between the fences under a word of what `explain` prints.
fn printed(text: &str, word: &str) -> Option<String> {
    let (_, behind) = text.split_once(&format!("\n{word}\n\n```"))?;
    let (_, inner) = behind.split_once('\n')?;
    Some(inner.split_once("```")?.0.to_owned())
}

#[test]
fn examples_printed_in_english_do_what_they_say() {
    let folder = tempfile::tempdir().unwrap();
    let (mut wrong, mut chinese) = (Vec::new(), Vec::new());
    for code in Code::ALL.iter().filter(|code| !NOT_IN_TEXT.contains(&code.name())) {
        let said = run(folder.path(), &["--lang", "en", "explain", code.name()], "").out;
        let rubric = printed(&said, "The rubric:");
        let at_fault = tried(*code, rubric.clone(), printed(&said, "Wrong:").unwrap());
        if !found(&at_fault).contains(code) {
            wrong.push(format!("{code}, the wrong example: {at_fault:?}"));
        }
        let right = printed(&said, "Right:").unwrap();
        let sound = tried(*code, rubric.clone(), right.clone());
        if !found(&sound).is_empty() || sound.exit != 0 {
            wrong.push(format!("{code}, the right example: {sound:?}"));
        }
        let shown = rubric.unwrap_or(right);
        if shown.contains("标准") {
            chinese.push(*code);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(chinese.is_empty(), "these sound examples are not in English: {chinese:?}");
}

/// Chinese prose has Chinese punctuation; what stands in 「」 or backticks is written as rubrics are.
#[test]
fn chinese_has_its_own_punctuation() {
    for code in Code::ALL {
        let mut prose = String::new();
        let mut closing = None;
        for sign in part(&page(*code), "zh").unwrap().chars() {
            match (closing, sign) {
                (None, '「') => closing = Some('」'),
                (None, '`') => closing = Some('`'),
                (None, _) => prose.push(sign),
                (Some(end), _) if end == sign => closing = None,
                (Some(_), _) => {}
            }
        }
        let half =
            |pair: &[char]| matches!(pair, [before, ',' | ';' | ':' | '?' | '!'] if !before.is_ascii());
        let signs: Vec<char> = prose.chars().collect();
        assert!(!signs.windows(2).any(half), "{code}: {prose}");
    }
}

#[test]
fn pages_are_short_and_fit_the_line() {
    for code in Code::ALL {
        let page = page(*code);
        for heading in ["zh", "en"] {
            let lines = part(&page, heading).unwrap();
            let width = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
            let long = lines.lines().find(|line| width(line) > 112);
            assert!(long.is_none(), "{code}: {long:?}");
            assert!(lines.lines().count() <= 5, "{code}");
        }
    }
}

fn index() -> String {
    let mut text = "# Codes\n\nEvery finding has a code; `rubricc explain CODE` prints its page. \
        This list is generated from the registry of codes.\n\n    RUBRICC_UPDATE=1 cargo test -p rubricc --test pages\n\n\
        writes it anew.\n"
        .to_owned();
    let groups = [
        ("R00", "Text"),
        ("R01", "Names and types"),
        ("R02", "Points"),
        ("R03", "Tables and ranks"),
        ("R04", "Grades"),
        ("R05", "Examples"),
        ("R06", "As printed"),
        ("R07", "Calendars"),
        ("R08", "Imports"),
        ("R09", "Proofs"),
        ("E00", "Evidence"),
    ];
    for (prefix, title) in groups {
        text.push_str(&format!("\n## {title}\n\n| code | level | 中文 | English |\n|---|---|---|---|\n"));
        for code in Code::ALL.iter().filter(|code| code.name().starts_with(prefix)) {
            let level = match code.level() {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note => "note",
            };
            let (zh, en) = code.title();
            text.push_str(&format!(
                "| [{code}](../crates/rubricc/pages/{code}.md) | {level} | {zh} | {en} |\n"
            ));
        }
    }
    text
}

#[test]
fn index_lists_every_code() {
    let path: PathBuf = here().join("../../docs/codes.md");
    let index = index();
    for code in Code::ALL {
        assert!(index.contains(&format!("[{code}]")), "{code} is in no group");
    }
    if std::env::var_os("RUBRICC_UPDATE").is_some() {
        fs::write(&path, &index).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap_or_default() == index, "docs/codes.md is out of date");
}
