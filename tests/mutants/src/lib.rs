//! A mutation test of the checker: sound rubrics are broken in the ways in which a writer errs, one at a time, and it
//! is seen who notices: the checker, the examples that stand in the rubric, or nobody.
//!
//! A mutant counts if it changes a result: it cannot be evaluated at all, or some evidence of a fixed pool comes out
//! otherwise. The pool is the acceptance and demonstration evidence and 1,000 random files for each rubric.
//!
//! `cargo run --release -p rubric-mutants` tries all and writes `docs/mutation.md`; a sample runs as a test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a tool of the tests may fail loudly"
)]

pub mod kinds;
pub mod pool;
pub mod report;
pub mod source;
pub mod trial;

use std::path::{Path, PathBuf};

use kinds::Mutant;
use pool::Pool;
use report::Tried;
use source::Source;
use trial::{Verdict, checked, try_one};

/// The rubrics of the five printed standards.
pub const NINE: &[&str] = &[
    "county-township/2022.rubric",
    "qingpu-centre/2022.rubric",
    "qingpu-windows/2018-e-rating.rubric",
    "qingpu-windows/2018-attendance.rubric",
    "qingpu-windows/2018-hygiene.rubric",
    "qingpu-windows/2018-annual.rubric",
    "qingpu-windows/2018-stars.rubric",
    "putuo-centre/2012.rubric",
    "pudong-platform/2013.rubric",
];

/// The others that use no other file.
pub const OTHERS: &[&str] = &[
    "qingpu-centre/2022-work-plan.rubric",
    "putuo-centre/2012-people.rubric",
    "pudong-platform/2013-work-plan.rubric",
    "xccdf/default.rubric",
    "xccdf/flat.rubric",
    "xccdf/flat-unweighted.rubric",
    "xccdf/absolute.rubric",
];

/// The folder of the project.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Tries those mutants of a rubric that are wanted, by their number, on a pool with so many random files.
#[must_use]
pub fn try_all(rubric: &str, random: u64, wanted: impl Fn(usize) -> bool) -> Tried {
    let path = root().join("rubrics").join(rubric);
    let text = std::fs::read_to_string(&path).unwrap();
    let (codes, program) = checked(&text);
    assert!(codes.is_empty(), "{rubric} is not sound: {codes:?}");
    let pool = Pool::new(&program.unwrap(), &text, &path, &root().join("tests/acceptance"), random);
    let mutants: Vec<Mutant> = kinds::mutants(&Source::new(&text));
    let mutants = mutants.into_iter().enumerate().filter(|(i, _)| wanted(*i)).map(|(_, m)| m).collect();
    let verdicts = in_parallel(mutants, |mutant| try_one(mutant, &pool));
    Tried { rubric: rubric.to_owned(), pool: pool.size(), verdicts, text }
}

/// Every second one on another core; in the same order again.
fn in_parallel(mutants: Vec<Mutant>, judge: impl Fn(Mutant) -> Verdict + Sync) -> Vec<Verdict> {
    let next = std::sync::Mutex::new(mutants.into_iter().enumerate());
    let work = || {
        let mut done = Vec::new();
        loop {
            let taken = next.lock().unwrap().next();
            let Some((i, mutant)) = taken else { return done };
            done.push((i, judge(mutant)));
        }
    };
    let mut all = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut mine = work();
        mine.extend(other.join().unwrap());
        mine
    });
    all.sort_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, verdict)| verdict).collect()
}
