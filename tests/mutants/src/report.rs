//! `docs/mutation.md`: how many mutants there are, who notices them, and which nobody does.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::NINE;
use crate::trial::{Caught, Verdict};

/// The verdicts on one rubric.
#[derive(Debug)]
pub struct Tried {
    /// Its path below `rubrics`.
    pub rubric: String,
    /// Its text.
    pub text: String,
    /// Files of the pool, and how many of them are scored.
    pub pool: (usize, usize),
    /// One for each mutant.
    pub verdicts: Vec<Verdict>,
}

/// Counts of mutants that change a result.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    made: usize,
    counts: usize,
    checker: usize,
    examples: usize,
}

impl Tally {
    fn add(&mut self, verdict: &Verdict) {
        self.made += 1;
        if verdict.counts {
            self.counts += 1;
            self.checker += usize::from(matches!(verdict.caught, Caught::Checker(_)));
            self.examples += usize::from(verdict.caught == Caught::Examples);
        }
    }

    const fn nobody(self) -> usize {
        self.counts - self.checker - self.examples
    }

    fn row(self, name: &str) -> String {
        let percent =
            |n: usize| (n * 100).checked_div(self.counts).map_or_else(|| "–".to_owned(), |p| p.to_string());
        format!(
            "| {name} | {} | {} | {} ({}%) | {} | {} | {}% |\n",
            self.made,
            self.counts,
            self.checker,
            percent(self.checker),
            self.examples,
            self.nobody(),
            percent(self.checker + self.examples)
        )
    }
}

const HEAD: &str =
    "| | made | count | checker | examples | nobody | caught |\n|---|--:|--:|--:|--:|--:|--:|\n";

/// The tables of the page.
#[must_use]
pub fn tables(tried: &[Tried]) -> String {
    let mut out = String::from("### By rubric\n\n");
    out.push_str(HEAD);
    let (mut nine, mut all) = (Tally::default(), Tally::default());
    for rubric in tried {
        let mut tally = Tally::default();
        for verdict in &rubric.verdicts {
            tally.add(verdict);
            all.add(verdict);
            if NINE.contains(&rubric.rubric.as_str()) {
                nine.add(verdict);
            }
        }
        out.push_str(
            &tally.row(&format!("`{}` ({} files, {} scored)", rubric.rubric, rubric.pool.0, rubric.pool.1)),
        );
    }
    out.push_str(&nine.row("**the nine printed standards**"));
    out.push_str(&all.row("**all**"));
    out.push_str("\n### By kind\n\n");
    out.push_str(HEAD);
    let mut kinds: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for verdict in tried.iter().flat_map(|t| &t.verdicts) {
        kinds.entry(verdict.mutant.kind).or_default().add(verdict);
        if let (true, Caught::Checker(by)) = (verdict.counts, &verdict.caught) {
            by.iter().for_each(|code| *codes.entry(code.name()).or_default() += 1);
        }
    }
    kinds.iter().for_each(|(kind, tally)| out.push_str(&tally.row(kind)));
    out.push_str("\n### By code\n\nA mutant may be told by several.\n\n| code | mutants |\n|---|--:|\n");
    codes.iter().for_each(|(code, count)| _ = writeln!(out, "| {code} | {count} |"));
    out
}

/// A line for each mutant that counts and that nobody notices, in the order of the text; each line once.
#[must_use]
pub fn survivors(tried: &[Tried]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for rubric in tried {
        for verdict in rubric.verdicts.iter().filter(|v| v.counts && v.caught == Caught::Nobody) {
            let line = line_of(&rubric.text, verdict.mutant.at);
            let now: String =
                verdict.mutant.now.split('\n').next().unwrap_or_default().chars().take(60).collect();
            let entry = format!("{}: {}: {line} [{now}]", rubric.rubric, verdict.mutant.kind);
            if seen.insert(entry.clone()) {
                lines.push(entry);
            }
        }
    }
    lines
}

fn line_of(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    text[start..].lines().next().unwrap_or_default().trim()
}
