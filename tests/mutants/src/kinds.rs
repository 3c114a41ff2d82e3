//! The ways in which a writer errs.

mod names;
mod numbers;
mod statements;
mod words;

use crate::source::Source;

/// A broken rubric.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// How it was broken.
    pub kind: &'static str,
    /// The whole text.
    pub text: String,
    /// Where in the sound text it was broken.
    pub at: usize,
    /// What stands there now, in short.
    pub now: String,
}

/// All mutants of a rubric, each once, in an order that does not change.
#[must_use]
pub fn mutants(source: &Source<'_>) -> Vec<Mutant> {
    let mut all = numbers::mutants(source);
    all.extend(words::mutants(source));
    all.extend(names::mutants(source));
    all.extend(statements::mutants(source));
    all.retain(|m| m.text != source.text);
    let mut seen = std::collections::HashSet::new();
    all.retain(|m| seen.insert(m.text.clone()));
    all
}

/// A mutant by one replacement.
fn replaced(source: &Source<'_>, kind: &'static str, bytes: &std::ops::Range<usize>, words: &str) -> Mutant {
    Mutant { kind, text: source.with(bytes, words), at: bytes.start, now: words.to_owned() }
}
