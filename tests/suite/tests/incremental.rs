//! After any edits, what was read or checked again piece by piece equals what is read and checked from nothing.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests may fail loudly")]

use std::fmt::Write as _;

use rubric_base::FileId;
use rubric_suite::generate;
use rubric_suite::rng::Rng;
use rubric_syntax::{Incremental, parse_with_tokens};

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
    for _ in 0..4 {
        text.push_str(&generate::rubric(rng.draw(), 4));
    }
    for i in 0..60 {
        writeln!(text, "条款 {i}.1 \"补{i}\" 1分 {{\n  // 说明 {{ }}\n  扣 0.5分\n}}\n设 值{i} = {i} + 1")
            .unwrap();
    }
    if rng.below(4) == 0 { text.replace('\n', "\r\n") } else { text }
}

fn edit(rng: &mut Rng, text: &str) -> (std::ops::Range<usize>, String) {
    let place = |rng: &mut Rng| rng.below(text.len() + 1);
    let start = place(rng);
    let length = match rng.below(12) {
        0..=4 => 0,
        5..=8 => 1 + rng.below(4),
        9 | 10 => rng.below(200),
        _ => rng.below(6000),
    };
    let new = if rng.below(10) == 0 {
        let (mut from, mut to) = (place(rng), place(rng));
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        text[from.min(to)..from.max(to)].chars().take(800).collect()
    } else {
        TYPED[rng.below(TYPED.len())].to_owned()
    };
    (start..start + length, new)
}

#[test]
fn reading_again_is_reading() {
    for seed in 0..6 {
        let mut rng = Rng::new(seed);
        let mut incremental = Incremental::new(FileId::default(), text(&mut rng));
        for step in 0..40 {
            for _ in 0..rng.below(3) {
                let (range, new) = edit(&mut rng, incremental.text());
                incremental.edit(range, &new);
            }
            let fresh = parse_with_tokens(FileId::default(), incremental.text());
            // Places compare equal within trees, but not when they are printed.
            if format!("{fresh:?}") != format!("{:?}", incremental.parse()) {
                let (fresh, kept) = (format!("{fresh:#?}"), format!("{:#?}", incremental.parse()));
                let at = fresh.lines().zip(kept.lines()).position(|(a, b)| a != b).unwrap_or(0);
                let near =
                    |s: &str| s.lines().skip(at.saturating_sub(8)).take(16).collect::<Vec<_>>().join("\n");
                panic!("seed {seed}, step {step}:\n{}\n--- kept:\n{}", near(&fresh), near(&kept));
            }
        }
    }
}
