//! Tries every mutant of every rubric and writes `docs/mutation.md`.
//!
//! `cargo run --release -p rubric-mutants [-- RUBRIC…]`; with names, only those, and nothing is written.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a tool of the tests may fail loudly"
)]

use std::fs;

use rubric_mutants::report::{survivors, tables};
use rubric_mutants::{NINE, OTHERS, root, try_all};

/// Between these lines everything is written by this program.
const MARKS: [&str; 2] = ["<!-- generated -->\n", "<!-- end -->\n"];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let names = NINE
        .iter()
        .chain(OTHERS)
        .filter(|r| wanted.is_empty() || wanted.iter().any(|w| r.contains(w.as_str())));
    let tried: Vec<_> = names.map(|name| try_all(name, 1_000, |_| true)).collect();
    let tables = tables(&tried);
    let lines = survivors(&tried);
    if !wanted.is_empty() {
        println!("{tables}\n{}", lines.join("\n"));
        return;
    }
    fs::write(root().join("tests/mutants/survivors.txt"), lines.join("\n") + "\n").unwrap();
    let page = root().join("docs/mutation.md");
    let text = fs::read_to_string(&page).unwrap();
    let (head, rest) = text.split_once(MARKS[0]).unwrap();
    let (_, tail) = rest.split_once(MARKS[1]).unwrap();
    fs::write(&page, format!("{head}{}{tables}\n{}{tail}", MARKS[0], MARKS[1])).unwrap();
    println!("{} survive", lines.len());
}
