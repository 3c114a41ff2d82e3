//! After any edits, what was read again piece by piece equals what is read from nothing. Each item is a piece here, so that
//! as many edits as can be meet the border of one.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests may fail loudly")]

use std::fmt::Write as _;
use std::ops::Range;

use rubric_base::FileId;
use rubric_suite::generate;
use rubric_suite::rng::Rng;
use rubric_syntax::{Incremental, Parse, parse_with_tokens};

/// What writers type, whole and by halves, and what breaks a text the most.
const TYPED: &[&str] = &[
    "",
    "",
    "",
    "\n",
    " ",
    "{",
    "}",
    "(",
    ")",
    "\"",
    "“",
    "「",
    "」",
    "//",
    "// }\n",
    "// {",
    ";",
    "。",
    "、",
    ",",
    "+",
    "且",
    " 或\n",
    "/",
    "1",
    "分",
    "扣 1分",
    "条款",
    "条款 9.9 \"补\" 1分 { }\n",
    "\n条款 8 \"一\" 2分 {\n 扣 1分\n}\n",
    "大项 7 \"二\" {\n",
    "设 新 = 1\n",
    "\n设 别 = (1 +\n",
    "示例 \"空\" { }\n",
    "填报 {\n",
    "\r\n",
    "\u{feff}",
    "则则",
    "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{",
    "「{」",
    "坏 {\n",
    "排名 依 总分 从高到低\n",
];

/// A text of many pieces: rubrics behind one another, so that names and numbers clash as well.
fn text(rng: &mut Rng) -> String {
    let mut text = String::new();
    for _ in 0..2 {
        text.push_str(&generate::rubric(rng.draw(), 2));
    }
    for i in 0..20 {
        writeln!(text, "条款 {i}.1 \"补{i}\" 1分 {{\n  // 说明 {{ }}\n  扣 0.5分\n}}\n设 值{i} = {i} + 1")
            .unwrap();
    }
    if rng.below(4) == 0 { text.replace('\n', "\r\n") } else { text }
}

/// The nearest place before one that cuts no character.
fn whole(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap()
}

/// A range and what comes in its place. Most are where lines begin or end, for pieces do so too.
fn edit(rng: &mut Rng, text: &str) -> (Range<usize>, String) {
    let mut start = whole(text, rng.below(text.len() + 1));
    if rng.below(3) > 0 {
        start = text[..start].rfind('\n').unwrap_or(0);
        start = whole(text, start + rng.below(2));
    }
    let length = match rng.below(12) {
        0..=5 => 0,
        6..=9 => 1 + rng.below(4),
        10 => rng.below(200),
        _ => rng.below(2000),
    };
    let new = if rng.below(10) == 0 {
        let (from, to) = (whole(text, rng.below(text.len())), whole(text, rng.below(text.len())));
        text[from.min(to)..from.max(to)].chars().take(800).collect()
    } else {
        TYPED[rng.below(TYPED.len())].to_owned()
    };
    (start..whole(text, start + length).max(start), new)
}

fn compare(kept: &Parse, text: &str, what: &str) {
    let fresh = parse_with_tokens(FileId::default(), text);
    // Places compare equal within trees, but not when they are printed.
    if format!("{fresh:?}") == format!("{kept:?}") {
        return;
    }
    let (fresh, kept) = (format!("{fresh:#?}"), format!("{kept:#?}"));
    let at = fresh.lines().zip(kept.lines()).position(|(a, b)| a != b).unwrap_or(0);
    let near = |s: &str| s.lines().skip(at.saturating_sub(8)).take(16).collect::<Vec<_>>().join("\n");
    panic!("{what}:\n{}\n--- kept:\n{}\n--- of:\n{text}", near(&fresh), near(&kept));
}

#[test]
fn reading_again_is_reading() {
    for seed in 0..4 {
        let mut rng = Rng::new(seed);
        let mut text = Incremental::in_pieces(FileId::default(), text(&mut rng), 1);
        for step in 0..200 {
            let mut undo = Vec::new();
            for _ in 0..1 + rng.below(2) {
                let (range, new) = edit(&mut rng, text.text());
                undo.push((range.start..range.start + new.len(), text.text()[range.clone()].to_owned()));
                text.edit(range, &new);
            }
            let kept = text.lend();
            compare(&kept, text.text(), &format!("seed {seed}, step {step}, undone by {undo:?}"));
            if rng.below(20) > 0 {
                text.take_back(kept);
            }
            // Most edits are taken back, else soon all would be one broken piece.
            if rng.below(10) > 0 {
                undo.into_iter().rev().for_each(|(range, old)| text.edit(range, &old));
                if rng.below(2) == 0 {
                    text.parse();
                    compare(text.parsed(), text.text(), &format!("seed {seed}, step {step}, taken back"));
                }
            }
        }
    }
}
