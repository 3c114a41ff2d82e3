//! Writes the words that VS Code and Emacs colour from the one table of words, and fails where a committed grammar of an editor lacks
//! words.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use std::path::{Path, PathBuf};

use rubric_base::keyword::{KEYWORDS, UNITS};
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_default()
}

/// The TextMate scope of a class of keywords.
fn scope(class: &str) -> &'static str {
    match class {
        "item" => "keyword.control.rubric",
        "head" | "word" => "keyword.other.rubric",
        "rule" => "keyword.control.rule.rubric",
        "type" => "support.type.rubric",
        "value" => "constant.language.rubric",
        "function" | "rounding" => "support.function.rubric",
        "comparison" | "operator" => "keyword.operator.word.rubric",
        other => panic!("the class {other} has no colour yet"),
    }
}

/// A spelling as a regular expression. Blanks inside: any number next to Chinese, at least one between Latin words.
fn pattern(spelling: &str) -> String {
    let blanks = if spelling.is_ascii() { "[ \\t]+" } else { "[ \\t\\u3000]*" };
    spelling.split(' ').collect::<Vec<_>>().join(blanks)
}

/// Any of these spellings, the longest first, because the first that fits is taken.
fn any<'a>(spellings: impl Iterator<Item = &'a &'static str>) -> String {
    let mut all: Vec<&str> = spellings.copied().collect();
    all.sort_unstable();
    all.dedup();
    all.sort_by_key(|s| std::cmp::Reverse(s.chars().count()));
    all.into_iter().map(pattern).collect::<Vec<_>>().join("|")
}

/// A pattern for all keywords of one scope, none of them the beginning or end of a longer word.
fn words(wanted: &str) -> Value {
    let keywords = KEYWORDS.iter().filter(|k| scope(k.class) == wanted);
    let words = any(keywords.flat_map(|k| k.zh.iter().chain(k.en)));
    json!({ "name": wanted, "match": format!("(?<![\\p{{L}}\\p{{N}}_])(?:{words})(?![\\p{{L}}_])") })
}

fn text_mate() -> String {
    let units = any(UNITS.iter().flat_map(|u| u.zh.iter().chain(u.en)));
    let mut patterns = vec![
        json!({ "name": "comment.line.double-slash.rubric", "match": "//.*$" }),
        json!({ "name": "string.quoted.double.rubric", "match": "\"[^\"]*\"|“[^”]*”" }),
        json!({ "name": "variable.other.quoted.rubric", "match": "「[^」]*」" }),
        json!({
            "comment": "the number of a section or clause",
            "match": format!(
                "(?<![\\p{{L}}\\p{{N}}_])({})[ \\t\\u3000]+([\\p{{L}}\\p{{N}}]+(?:\\.\\p{{N}}+)*)(?=[ \\t\\u3000]*[\"“])",
                any(numbered().flat_map(|k| k.zh.iter().chain(k.en)))
            ),
            "captures": {
                "1": { "name": "keyword.control.rubric" },
                "2": { "name": "entity.name.section.rubric" }
            }
        }),
        json!({
            "comment": "what is declared: a name before a colon",
            "match": "([\\p{L}][\\p{L}\\p{N}_]*)[ \\t\\u3000]*(?=[:：])",
            "captures": { "1": { "name": "variable.other.property.rubric" } }
        }),
        json!({
            "name": "constant.numeric.date.rubric",
            "match": "\\p{Nd}{4}(?:-\\p{Nd}{1,2}-\\p{Nd}{1,2}|年\\p{Nd}{1,2}月\\p{Nd}{1,2}日)"
        }),
        json!({
            "name": "constant.numeric.time.rubric",
            "match": "(?<![\\p{L}\\p{N}_])\\p{Nd}{1,2}(?:[:：]\\p{Nd}{2}(?:[:：]\\p{Nd}{2})?|时\\p{Nd}{1,2}分(?:\\p{Nd}{1,2}秒)?|时整)"
        }),
        json!({ "name": "constant.numeric.place.rubric", "match": "第[ \\t]*\\p{Nd}+[ \\t]*名" }),
        json!({
            "comment": "a number with its unit",
            "match": format!("(?<![\\p{{L}}_])(\\p{{Nd}}+(?:[.．]\\p{{Nd}}+)?)(?:[ \\t]*({units})(?![A-Za-z_]))?"),
            "captures": {
                "1": { "name": "constant.numeric.rubric" },
                "2": { "name": "keyword.other.unit.rubric" }
            }
        }),
    ];
    let mut scopes: Vec<&str> = KEYWORDS.iter().map(|k| scope(k.class)).collect();
    scopes.sort_unstable();
    scopes.dedup();
    patterns.extend(scopes.into_iter().map(words));
    patterns
        .push(json!({ "name": "keyword.operator.rubric", "match": "[+＋−\\-－×*＊÷/／≥≤≠<>＜＞=＝]|!=" }));
    patterns.push(json!({ "name": "variable.other.rubric", "match": "\\p{L}[\\p{L}\\p{N}_]*" }));
    let grammar = json!({
        "comment": "Generated from grammar/keywords.toml. Do not edit.",
        "name": "Rubric",
        "scopeName": "source.rubric",
        "patterns": patterns,
    });
    serde_json::to_string_pretty(&grammar).unwrap() + "\n"
}

/// The keywords that a number of a clause follows.
fn numbered() -> impl Iterator<Item = &'static rubric_base::keyword::Keyword> {
    KEYWORDS.iter().filter(|k| ["section", "clause", "extra_deductions", "extra_awards"].contains(&k.id))
}

/// The words of each class, for Emacs.
fn emacs() -> String {
    let mut classes: Vec<&str> = KEYWORDS.iter().map(|k| k.class).collect();
    classes.sort_unstable();
    classes.dedup();
    let class = |class: &&str| {
        let keywords = KEYWORDS.iter().filter(|k| k.class == *class);
        let words: Vec<String> =
            keywords.flat_map(|k| k.zh.iter().chain(k.en)).map(|w| format!("{w:?}")).collect();
        format!("    ({class:?} {})", words.join(" "))
    };
    format!(
        ";;; rubric-words.el --- The words of rubrics  -*- lexical-binding: t; -*-\n\n\
         ;;; Commentary:\n\n;; Generated from grammar/keywords.toml.  Do not edit.\n\n;;; Code:\n\n\
         (defconst rubric-words\n  '(\n{})\n  \"The keywords of each class.\")\n\n\
         (provide 'rubric-words)\n;;; rubric-words.el ends here\n",
        classes.iter().map(class).collect::<Vec<_>>().join("\n")
    )
}

#[test]
fn what_editors_read_is_up_to_date() {
    let files = [
        ("editors/vscode/syntaxes/rubric.tmLanguage.json", text_mate()),
        ("editors/emacs/rubric-words.el", emacs()),
    ];
    for (path, text) in files {
        if std::env::var_os("RUBRICC_UPDATE").is_some() {
            std::fs::create_dir_all(root().join(path).parent().unwrap()).unwrap();
            std::fs::write(root().join(path), &text).unwrap();
        }
        assert_eq!(read(path), text, "{path} is out of date");
    }
}

/// The parser of tree-sitter is generated by a tool of its own, in `.ci/run`; here only a forgotten run is noticed.
#[test]
fn the_tree_sitter_grammar_has_every_word() {
    let grammar: Value = serde_json::from_str(&read("editors/tree-sitter-rubric/src/grammar.json")).unwrap();
    let mut tokens = Vec::new();
    collect(&grammar["rules"], &mut tokens);
    let units = UNITS.iter().flat_map(|u| u.zh.iter().chain(u.en));
    let missing: Vec<&str> = KEYWORDS
        .iter()
        .flat_map(|k| k.zh.iter().chain(k.en))
        .chain(units)
        .copied()
        .filter(|spelling| {
            let blanks = if spelling.is_ascii() { "[ \\t\\u3000]+" } else { "[ \\t\\u3000]*" };
            !tokens.contains(&spelling.split(' ').collect::<Vec<_>>().join(blanks))
        })
        .collect();
    assert!(missing.is_empty(), "run `tree-sitter generate` in editors/tree-sitter-rubric: {missing:?}");
}

/// Every token that is a word or a pattern.
fn collect(rule: &Value, tokens: &mut Vec<String>) {
    match rule {
        Value::Object(entries) => {
            if let (Some("STRING" | "PATTERN"), Some(value)) =
                (entries.get("type").and_then(Value::as_str), entries.get("value").and_then(Value::as_str))
            {
                tokens.push(value.to_owned());
            }
            entries.values().for_each(|value| collect(value, tokens));
        }
        Value::Array(rules) => rules.iter().for_each(|rule| collect(rule, tokens)),
        _ => {}
    }
}
