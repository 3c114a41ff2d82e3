//! A sample of the mutants: the tool works, and checker and examples together notice most of them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::collections::BTreeSet;

use rubric_mutants::kinds::mutants;
use rubric_mutants::source::Source;
use rubric_mutants::trial::Caught;
use rubric_mutants::{NINE, root, try_all};

#[test]
fn writers_err_in_many_ways() {
    let of = |name: &&str| {
        let text = std::fs::read_to_string(root().join("rubrics").join(name)).unwrap();
        mutants(&Source::new(&text)).into_iter().map(|m| m.kind).collect::<Vec<_>>()
    };
    let kinds: BTreeSet<&str> = NINE.iter().flat_map(of).collect();
    assert!(kinds.len() >= 60, "{} kinds: {kinds:?}", kinds.len());
}

#[test]
fn most_mutants_of_a_sample_are_noticed() {
    // A prime, so that the sample is of every sort.
    let tried: Vec<_> = NINE.iter().map(|name| try_all(name, 20, |i| i % 31 == 7)).collect();
    let verdicts: Vec<_> = tried.iter().flat_map(|t| &t.verdicts).filter(|v| v.counts).collect();
    let noticed = verdicts.iter().filter(|v| v.caught != Caught::Nobody).count();
    let by_checker = verdicts.iter().filter(|v| matches!(v.caught, Caught::Checker(_))).count();
    assert!(verdicts.len() > 150, "{} mutants", verdicts.len());
    assert!(noticed * 10 >= verdicts.len() * 9, "{noticed} of {} are noticed", verdicts.len());
    assert!(by_checker * 2 >= verdicts.len(), "the checker alone notices {by_checker} of {}", verdicts.len());
}
