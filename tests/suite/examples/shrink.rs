//! Shrinks the first failing text of a seed: `shrink WHAT SEED` with WHAT one of format, agrees, read.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a tool of the test bench"
)]

use std::panic::{AssertUnwindSafe, catch_unwind};

use rubric_suite::{case, fill, generate, shrink};

/// The first words of what is broken, without numbers.
fn broken(what: &str, text: &str, seed: u64) -> Option<String> {
    let kind = |e: String| {
        let words = e.lines().next().unwrap_or_default().to_owned();
        words.chars().filter(|c| c.is_ascii_alphabetic() || *c == ' ').take(24).collect()
    };
    if what == "format" {
        return case::formats(text).err().map(kind);
    }
    let program = case::checked(text).ok()?;
    (0..40).find_map(|more| {
        let units = 1 + usize::try_from((seed + more) % 6).unwrap();
        let filled = catch_unwind(|| fill::evidence(&program, text, seed + more, units)).ok()??;
        let run = || match what {
            "agrees" => case::agrees(&program, &filled.data),
            "ledger" => case::ledger(&program, &filled.data),
            "partial" => {
                case::bounds(&program, &filled.data, 10 + usize::try_from(seed % 60).unwrap(), seed + more)
            }
            "proved" => case::proved(&program, &filled.data),
            "order" => case::any_order(&program, &filled, seed),
            _ => case::reads(&program, &filled),
        };
        let result = catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err("panic".into()));
        result.err().map(kind)
    })
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let args: Vec<String> = std::env::args().collect();
    let (what, seed) = (&args[1], args[2].parse::<u64>().unwrap());
    let text = generate::rubric(seed, 1 + usize::try_from(seed % 9).unwrap());
    let Some(wanted) = broken(what, &text, seed) else {
        println!("nothing is broken");
        return;
    };
    let small = shrink::shrunk(&text, &|t| broken(what, t, seed).as_ref() == Some(&wanted));
    println!("{small}");
    if what == "format" {
        println!("--- {}", case::formats(&small).unwrap_err());
        return;
    }
    let program = case::checked(&small).unwrap();
    for more in 0..40 {
        let units = 1 + usize::try_from((seed + more) % 6).unwrap();
        let Some(filled) = fill::evidence(&program, &small, seed + more, units) else { continue };
        let result = catch_unwind(AssertUnwindSafe(|| match what.as_str() {
            "agrees" => case::agrees(&program, &filled.data),
            "ledger" => case::ledger(&program, &filled.data),
            "partial" => {
                case::bounds(&program, &filled.data, 10 + usize::try_from(seed % 60).unwrap(), seed + more)
            }
            "proved" => case::proved(&program, &filled.data),
            "order" => case::any_order(&program, &filled, seed),
            _ => case::reads(&program, &filled),
        }));
        match result {
            Ok(Ok(())) => {}
            Ok(Err(e)) => return println!("{}--- {e}", filled.json(&filled.in_order())),
            Err(_) => return println!("{}--- panic", filled.json(&filled.in_order())),
        }
    }
}
