//! How far the grammar reads a text, and what it attempts there: asked of the grammar itself, so that what is said of
//! a broken statement, or offered behind the beginning of one, is never another thing than what can be read.

use std::sync::Mutex;

use pest::Parser as _;
use pest::error::{Error, InputLocation};
use rubric_base::Keyword;
use rubric_base::keyword::{KEYWORDS, UNITS};

use crate::grammar::{RubricParser, Rule};

/// pest's switch for detailed errors is one for the whole process.
static DETAIL: Mutex<()> = Mutex::new(());

/// All that the grammar attempts at one place, lookaheads included.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Vec<String>);

impl Attempts {
    /// What is attempted behind a beginning of what `only` reads; nothing if it cannot be read so far.
    pub(crate) fn after(beginning: &str, only: Rule) -> Option<Self> {
        // What no rule reads, and what passes where the grammar asks how a word starts.
        const ANY_WORD: char = '\u{1}';
        let error = failed(&format!("{beginning}{ANY_WORD}"), only)?;
        let attempts = error.parse_attempts().map(|a| a.expected_tokens()).unwrap_or_default();
        (furthest(&error) >= beginning.len())
            .then(|| Self(attempts.iter().map(ToString::to_string).collect()))
    }

    /// Whether something is attempted, as pest writes it.
    pub(crate) fn has(&self, token: &str) -> bool {
        self.0.iter().any(|t| t == token)
    }

    /// Whether a unit is.
    pub(crate) fn unit(&self) -> bool {
        self.has("元") && self.has("岁")
    }

    /// The keywords attempted, in the order of the table: by their first word, in each language that has the word, for
    /// some words are spelled alike in one.
    pub(crate) fn keywords(&self) -> impl Iterator<Item = &'static Keyword> {
        let first = |spelling: &&str| self.has(spelling.split(' ').next().unwrap_or_default());
        let attempted = move |spellings: &[&str]| spellings.is_empty() || spellings.iter().any(first);
        KEYWORDS.iter().filter(move |k| attempted(k.zh) && attempted(k.en))
    }

    /// The spellings of the keywords and units attempted.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &'static str> {
        let units = UNITS.iter().filter(|_| self.unit()).flat_map(|u| u.zh.iter().chain(u.en));
        self.keywords().flat_map(|k| k.zh.iter().chain(k.en)).chain(units).copied()
    }
}

/// How far a text can be read as `only`.
pub(crate) fn until(text: &str, only: Rule) -> usize {
    let mut at = failed(text, only).map_or(text.len(), |error| furthest(&error).min(text.len()));
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The furthest position a parse reached.
pub(crate) fn furthest(error: &Error<Rule>) -> usize {
    let plain = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    error.parse_attempts().map_or(plain, |a| a.max_position.max(plain))
}

/// The error of reading a text as `only`, with all that was attempted.
fn failed(text: &str, only: Rule) -> Option<Error<Rule>> {
    let _guard = DETAIL.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    pest::set_error_detail(true);
    let result = RubricParser::parse(only, text);
    pest::set_error_detail(false);
    result.err()
}
