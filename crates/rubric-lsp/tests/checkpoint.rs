//! What is found of touched clauses alone is what a check of the whole text finds of them, after random edits of the
//! rubrics of this repository and of random ones. `RUBRICC_FUZZ_SEEDS=1000` runs longer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::ops::Range;
use std::sync::Arc;

use rubric_base::{Code, Diagnostic, FileId, Level, Span};
use rubric_check::{Files, beside_holes};
use rubric_lsp::checkpoint::Checkpoint;
use rubric_suite::rng::Rng;
use rubric_suite::{generate, mutate};
use rubric_syntax::{Parse, Token, TokenKind, parse_with_tokens};

fn read(text: &str) -> Parse {
    parse_with_tokens(FileId::default(), text)
}

/// Rubrics that stand by themselves.
fn rubrics() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rubrics");
    let mut found = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rubric") {
                found.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    found.sort();
    found
}

/// The place in which two texts differ, and what stands there in the second.
fn difference<'t>(old: &str, new: &'t str) -> (Range<usize>, &'t str) {
    let head =
        old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
    let tail = old[head..].chars().rev().zip(new[head..].chars().rev()).take_while(|(a, b)| a == b);
    let tail = tail.map(|(a, _)| a.len_utf8()).sum::<usize>();
    (head..old.len() - tail, &new[head..new.len() - tail])
}

/// A word replaced by another of its kind, doubled, or left out: mostly what can be read still.
fn edited(text: &str, rng: &mut Rng) -> String {
    if rng.percent(15) {
        return mutate::mutated(text, rng);
    }
    let tokens = read(text).tokens;
    let kinds = [TokenKind::Name, TokenKind::Number, TokenKind::ClauseNumber, TokenKind::Quoted];
    let of_kind = |token: &&Token| kinds.contains(&token.kind) || matches!(token.kind, TokenKind::Keyword(_));
    let all: Vec<&Token> = tokens.iter().filter(of_kind).collect();
    if all.is_empty() {
        return text.to_owned();
    }
    let one = rng.pick(&all);
    let same = |token: &&&Token| std::mem::discriminant(&token.kind) == std::mem::discriminant(&one.kind);
    let others: Vec<&&Token> = all.iter().filter(same).collect();
    let by = match rng.below(10) {
        0 => String::new(),
        1 if one.kind == TokenKind::Number => format!("{}0", one.span.of(text)),
        1 if one.kind == TokenKind::Name => format!("{}误", one.span.of(text)),
        _ => rng.pick(&others).span.of(text).to_owned(),
    };
    let mut text = text.to_owned();
    text.replace_range(one.span.start as usize..one.span.end as usize, &by);
    text
}

/// All of what a finding says, where it says it; of those within some places. What the total can come to is added to
/// the points out of reach by a check of the whole alone.
fn said(found: &[Arc<Diagnostic>], within: &[Span]) -> Vec<String> {
    let inside = |d: &&Arc<Diagnostic>| within.iter().any(|span| span.contains(d.span()));
    let words = |d: &Arc<Diagnostic>| {
        let mut d = Diagnostic::clone(d);
        for (words, of_total) in [(&mut d.message.zh, "；满分 "), (&mut d.message.en, "; of ")] {
            words.truncate(words.find(of_total).filter(|_| d.code == Code::R0203).unwrap_or(words.len()));
        }
        format!("{d:?}\n")
    };
    let mut all: Vec<String> = found.iter().filter(inside).map(words).collect();
    all.sort();
    all
}

/// Whether there was a part to be checked, and it was read without error.
fn run(text: &str, seed: u64, rng: &mut Rng) -> (bool, bool) {
    let parse = read(text);
    let mut checkpoint = Checkpoint::new(&parse, text, &Files::default(), true, true);
    if !checkpoint.is_sound() {
        return (false, false);
    }
    let mut now = text.to_owned();
    for _ in 0..rng.within(1, 3) {
        let new = edited(&now, rng);
        let (range, put) = difference(&now, &new);
        checkpoint.edit(&range, put.len());
        now = new;
    }
    let parse = read(&now);
    let Some(part) = checkpoint.recheck(&parse, &now) else { return (false, false) };
    let whole = Checkpoint::new(&parse, &now, &Files::default(), true, true);
    let sound = |found: &[Arc<Diagnostic>]| found.iter().all(|d| d.level != Level::Error);
    let mut found = beside_holes(&now, &parse.holes, part.found.clone());
    let mut expected = whole.found().to_vec();
    if sound(&found) != sound(&expected) {
        // An error elsewhere, in a sum, forbids proofs: the part cannot know.
        found.retain(|d| !d.code.proved());
        expected.retain(|d| !d.code.proved());
    }
    let (found, expected) = (said(&found, &part.within), said(&expected, &part.within));
    if found != expected {
        let (range, put) = difference(text, &now);
        let lines = now.get(range.start.saturating_sub(120)..).unwrap_or(&now);
        let near = format!("{range:?} became {put:?}: {}", lines.chars().take(200).collect::<String>());
        let more = found.iter().filter(|f| !expected.contains(f)).cloned().collect::<String>();
        let less = expected.iter().filter(|f| !found.contains(f)).cloned().collect::<String>();
        panic!("seed {seed}\n{near}\nonly in the part: {more}\nonly in the whole: {less}");
    }
    (true, parse.errors.is_empty())
}

#[test]
fn a_part_says_of_itself_what_the_whole_says() {
    let seeds: u64 = std::env::var("RUBRICC_FUZZ_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let first: u64 = std::env::var("RUBRICC_FUZZ_FIRST").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let (mut parts, mut readable) = (0, 0);
    let ours = rubrics();
    for seed in first..first + seeds {
        let mut rng = Rng::new(seed);
        let text = if seed % 3 == 0 { rng.pick(&ours).clone() } else { generate::rubric(seed, 6) };
        let (part, read) = run(&text, seed, &mut rng);
        parts += u64::from(part);
        readable += u64::from(read);
    }
    assert!(parts > seeds / 10 && readable > seeds / 20, "{parts} parts, {readable} readable, of {seeds}");
}
