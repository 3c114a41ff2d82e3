//! Where in a rubric one writes: in which kind of block, and after which words.

use rubric_base::Keyword;
use rubric_base::keyword::{KEYWORDS, UnitWord};
use rubric_syntax::{Statement, ast};

use crate::document::Document;
use crate::scan::{self, Frame};

/// Where one writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The kind of statement.
    pub statement: Statement,
    /// Conditions stand alone on their lines here.
    pub condition: bool,
    /// The row of a list, in an example: its fields are given.
    pub record: bool,
    /// The words of the statement before the one that is being written.
    pub before: String,
    /// The words before the brace of each block around, outermost first.
    pub heads: Vec<String>,
    /// The first byte of the word that is being written.
    pub word: usize,
    /// Within 「」, which is replaced too.
    pub bracketed: bool,
}

/// Where an offset lies; nothing within quotes and comments, where nothing can be helped.
#[must_use]
pub fn at(document: &Document, offset: usize) -> Option<Place> {
    let text = &document.text;
    let open = scan::open_at(text, beginning(document, offset), offset);
    if open.quoted.is_some_and(|quote| quote != '」') {
        return None;
    }
    let bracketed = open.quoted.is_some();
    let before = text.get(..offset)?;
    let word = if bracketed { before.rfind('「')? } else { offset - word(before) };
    let heads: Vec<String> = open.blocks.iter().map(|f| head(text, f)).collect();
    let (statement, condition, record) = kind(&heads);
    let before = text.get(open.statement.min(word)..word)?.to_owned();
    Some(Place { statement, condition, record, before, heads, word, bracketed })
}

/// The beginning of the item in which an offset lies, so that not the whole text is gone through.
fn beginning(document: &Document, offset: usize) -> usize {
    let items = document.analysis.as_ref().map(|a| a.parse.file.items.as_slice()).unwrap_or_default();
    let starts = items.iter().filter_map(start_of).map(|start| start as usize);
    starts.take_while(|start| *start < offset).last().unwrap_or(0)
}

/// The first byte of an item; of evidence it is not kept.
const fn start_of(item: &ast::Item) -> Option<u32> {
    let at = match item {
        ast::Item::Header(header) => header.at,
        ast::Item::Import(import) => import.at,
        ast::Item::Calendar(calendar) => calendar.at,
        ast::Item::Node(node) => node.at,
        ast::Item::Example(example) => example.at,
        ast::Item::Grades(grades) => grades.at,
        ast::Item::Let(binding) | ast::Item::Output(binding) => binding.at,
        _ => return None,
    };
    Some(at.0.start)
}

/// How long the word is that ends a text. Digits before it belong to a number, and a whole unit after a number is
/// written already.
fn word(before: &str) -> usize {
    let run = before.chars().rev().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '%');
    let length: usize = run.map(char::len_utf8).sum();
    let run = before.get(before.len() - length..).unwrap_or_default();
    let word = run.trim_start_matches(|c: char| c.is_numeric());
    let follows_number = word.len() < run.len();
    if follows_number && UnitWord::by_spelling(word).is_some() { 0 } else { word.len() }
}

/// The words before a brace, without the blocks that were closed among them.
fn head(text: &str, frame: &Frame) -> String {
    let whole = text.get(frame.head..frame.open).unwrap_or_default();
    whole.trim().to_owned()
}

fn kind(heads: &[String]) -> (Statement, bool, bool) {
    let Some((last, outer)) = heads.split_last() else { return (Statement::Item, false, false) };
    let after = last.rsplit(['}', '\u{FF5D}']).next().unwrap_or_default();
    let first = first_keyword(last);
    let in_example = outer.iter().any(|h| first_keyword(h).is_some_and(|k| k.id == "example"));
    if last.ends_with(['[', '\u{FF3B}', ',', '、']) || (in_example && last.is_empty()) {
        return (Statement::Given, false, true);
    }
    if words(after).any(|w| keyword(w).is_some_and(|k| k.id == "by")) && !in_example {
        return (Statement::Row, false, false);
    }
    let statement = match first.map(|k| k.id) {
        Some("rubric") => Statement::Header,
        Some("evidence" | "unit") if in_example => Statement::Given,
        Some("evidence" | "graded_only") => Statement::Field,
        Some("calendar") => Statement::Calendar,
        Some("section" | "clause" | "extra_deductions" | "extra_awards" | "heaviest") => Statement::Rule,
        Some("grades") => Statement::Step,
        Some("veto") => return (Statement::Item, true, false),
        Some("example") => Statement::Example,
        _ if outer.iter().any(|h| first_keyword(h).is_some_and(|k| k.id == "evidence")) => Statement::Field,
        _ => Statement::Rule,
    };
    (statement, false, false)
}

/// The keyword that a text begins with; of several words all must stand there.
#[must_use]
pub fn first_keyword(text: &str) -> Option<&'static Keyword> {
    let text = text.trim_start();
    let begins = |spelling: &&&str| {
        text.strip_prefix(**spelling).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    };
    let found = KEYWORDS.iter().filter_map(|k| {
        let longest = k.zh.iter().chain(k.en).filter(begins).map(|s| s.len()).max()?;
        let stands_first =
            ["item", "head", "rule"].contains(&k.class) || ["unit", "graded_only", "veto"].contains(&k.id);
        stands_first.then_some((longest, k))
    });
    found.max_by_key(|(length, _)| *length).map(|(_, k)| k)
}

/// The keyword spelled so; the first of several in the order of the table.
#[must_use]
pub fn keyword(word: &str) -> Option<&'static Keyword> {
    KEYWORDS.iter().find(|k| k.zh.contains(&word) || k.en.contains(&word))
}

/// The words of a text, names in 「」 whole.
pub fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || "_「」.%-".contains(c))).filter(|w| !w.is_empty())
}
