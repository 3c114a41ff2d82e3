//! Properties over random rubrics and evidence. Seeds are fixed; `RUBRICC_CASES` asks for more of them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests may fail loudly"
)]

use std::panic::{AssertUnwindSafe, catch_unwind};

use rubric_base::keyword::KEYWORDS;
use rubric_program::Program;
use rubric_suite::case::{self, Holds};
use rubric_suite::fill::{self, Filled};
use rubric_suite::mutate::mutated;
use rubric_suite::rng::Rng;
use rubric_suite::{census::Census, generate, shrink};
use rubric_syntax::TokenKind;

/// A standard that is in use.
const COUNTY: &str = include_str!("../../../rubrics/county-township/2022.rubric");

/// How many seeds.
fn cases(usual: u64) -> u64 {
    std::env::var("RUBRICC_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

fn rubric(seed: u64) -> String {
    generate::rubric(seed, clauses(seed))
}

fn clauses(seed: u64) -> usize {
    1 + usize::try_from(seed % 9).unwrap()
}

fn filled(program: &Program, text: &str, seed: u64) -> Option<Filled> {
    fill::evidence(program, text, seed, 1 + usize::try_from(seed % 6).unwrap())
}

/// Runs a property for many seeds and shows the first few that break it.
fn all(usual: u64, property: impl Fn(u64) -> Holds) {
    let wrong: Vec<String> = (0..cases(usual))
        .filter_map(|seed| {
            let result = catch_unwind(AssertUnwindSafe(|| property(seed)));
            let result = result.unwrap_or_else(|_| Err("a panic, told above".to_owned()));
            result.err().map(|e| format!("seed {seed}: {e}"))
        })
        .take(5)
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n\n"));
}

/// Runs a property on checked rubrics and evidence that fits; most seeds must give one.
fn clean(usual: u64, property: impl Fn(u64, &str, &Program, &Filled) -> Holds) {
    let found = std::cell::Cell::new(0);
    all(usual, |seed| {
        let text = rubric(seed);
        let Ok(program) = case::checked(&text) else { return Ok(()) };
        let Some(filled) = filled(&program, &text, seed) else { return Ok(()) };
        found.set(found.get() + 1);
        property(seed, &text, &program, &filled)
    });
    assert!(
        found.get() * 10 >= cases(usual) * 7,
        "only {} of {} rubrics are clean",
        found.get(),
        cases(usual)
    );
}

#[test]
fn texts_keep_their_meaning_in_either_language() {
    all(60, |seed| {
        let text = rubric(seed);
        // What the generator writes can be read, whatever the checker then says of it.
        case::formats(&text)
    });
    assert_eq!(case::formats(COUNTY), Ok(()));
}

#[test]
fn results_are_the_same_in_either_language() {
    clean(25, |_, text, _, filled| case::same_in_both(text, filled));
}

#[test]
fn parentheses_that_are_not_needed_change_nothing() {
    clean(30, |seed, text, program, filled| {
        let grouped = generate::grouped(seed, clauses(seed));
        let other = case::checked(&grouped).map_err(|e| format!("{}\n{text}\n{grouped}", e.join("\n")))?;
        let order = filled.in_order();
        let first = case::shown(&case::evaluates(program, &case::read_all(program, filled, &order)?)?);
        let second = case::shown(&case::evaluates(&other, &case::read_all(&other, filled, &order)?)?);
        if first == second { Ok(()) } else { Err(format!("{first:#?}\n{second:#?}")) }
    });
}

#[test]
fn wide_signs_mean_the_same() {
    all(30, |seed| case::wide_signs(&rubric(seed), &mut Rng::new(seed)));
    assert_eq!(case::wide_signs(COUNTY, &mut Rng::new(1)), Ok(()));
}

#[test]
fn results_are_those_of_the_reference() {
    clean(160, |_, _, program, filled| {
        let data = case::read_all(program, filled, &filled.in_order())?;
        case::agrees(program, &data)
    });
}

#[test]
fn evidence_is_read_as_written() {
    clean(80, |_, _, program, filled| case::reads(program, filled));
}

#[test]
fn ledgers_add_up_and_change_nothing() {
    clean(100, |_, _, program, filled| case::ledger(program, &filled.data));
}

#[test]
fn the_order_of_units_changes_nothing() {
    clean(70, |seed, _, program, filled| case::any_order(program, filled, seed));
}

#[test]
fn the_county_agrees_with_the_reference() {
    let program = case::checked(COUNTY).unwrap();
    all(30, |seed| {
        let filled = fill::evidence(&program, COUNTY, seed, 12).ok_or("nobody is scored")?;
        case::reads(&program, &filled)?;
        case::agrees(&program, &filled.data)?;
        case::ledger(&program, &filled.data)?;
        case::any_order(&program, &filled, seed)
    });
}

#[test]
fn broken_texts_are_told_without_a_panic() {
    all(60, |seed| {
        let mut rng = Rng::new(seed);
        let text = if seed % 8 == 0 { COUNTY.to_owned() } else { rubric(seed / 3) };
        let broken = mutated(&text, &mut rng);
        let Err(e) = case::no_panic(&broken) else { return Ok(()) };
        let small = shrink::shrunk(&broken, &|t| case::no_panic(t).as_ref() == Err(&e));
        Err(format!("{e}\n{small}"))
    });
}

#[test]
fn the_same_seed_means_the_same_in_every_run() {
    for seed in 0..20 {
        assert_eq!(rubric(seed), rubric(seed));
    }
}

/// Words that no generated rubric has: refused ones, and what a table of places would need beside them.
const NEVER_WRITTEN: &[&str] = &["bare_below"];

#[test]
fn every_construct_is_written_and_checks() {
    let mut census = Census::default();
    let most = cases(600);
    for seed in 0..most {
        if census.never().is_empty() && census.programs > 150 {
            break;
        }
        if let Ok(program) = case::checked(&rubric(seed)) {
            census.count(&program);
        }
    }
    eprintln!("{}", census.table());
    assert_eq!(census.never(), [""; 0], "of {} clean rubrics none has these", census.programs);
}

#[test]
fn every_word_of_the_language_is_written_and_checks() {
    let wanted = |k: &&str| !NEVER_WRITTEN.contains(k);
    let mut missing: Vec<&str> = KEYWORDS.iter().map(|k| k.id).filter(wanted).collect();
    for seed in 0..600 {
        let text = rubric(seed);
        if missing.is_empty() {
            return;
        }
        if case::checked(&text).is_ok() {
            // Some words belong to the English order of words alone.
            let english = rubric_syntax::format(&text, rubric_syntax::Keywords::En).unwrap();
            let tokens =
                |text: &str| rubric_syntax::parse_with_tokens(rubric_base::FileId::default(), text).tokens;
            for token in tokens(&text).into_iter().chain(tokens(&english)) {
                if let TokenKind::Keyword(word) = token.kind {
                    missing.retain(|id| *id != word.id);
                }
            }
        }
    }
    assert!(missing.is_empty(), "no clean rubric has {missing:?}");
}
