//! Prints what becomes of a range of seeds; for tuning the generator and for looking at one case.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a tool of the test bench")]

use std::collections::BTreeMap;

use rubric_suite::{case, census::Census, fill, generate};

fn main() {
    let mut args = std::env::args().skip(1);
    let from: u64 = args.next().map_or(0, |a| a.parse().unwrap());
    let till: u64 = args.next().map_or(from + 1, |a| a.parse().unwrap());
    let mut codes: BTreeMap<String, (usize, u64, String)> = BTreeMap::new();
    let mut census = Census::default();
    let (mut clean, mut unknown, mut values) = (0, 0, 0);
    for seed in from..till {
        let text = generate::rubric(seed, 1 + usize::try_from(seed % 9).unwrap());
        if till == from + 1 {
            println!("{text}");
        }
        if let Err(e) = case::formats(&text) {
            let key = format!("FORMAT {}", e.lines().next().unwrap());
            codes.entry(key).or_insert((0, seed, e)).0 += 1;
        }
        match case::checked(&text) {
            Err(errors) => {
                for e in errors {
                    let key = e.split(" at ").next().unwrap().to_owned();
                    codes.entry(key).or_insert((0, seed, e)).0 += 1;
                }
            }
            Ok(program) => {
                clean += 1;
                census.count(&program);
                let Some(filled) =
                    fill::evidence(&program, &text, seed, 1 + usize::try_from(seed % 6).unwrap())
                else {
                    codes.entry("NOBODY".into()).or_insert((0, seed, String::new())).0 += 1;
                    continue;
                };
                let json = filled.json(&filled.in_order());
                if till == from + 1 {
                    println!("{json}");
                }
                let results = [
                    ("reads", case::reads(&program, &filled)),
                    (
                        "agrees",
                        std::panic::catch_unwind(|| case::agrees(&program, &filled.data))
                            .unwrap_or(Err("panic".into())),
                    ),
                    ("proved", case::proved(&program, &filled.data)),
                    (
                        "partial",
                        case::bounds(&program, &filled.data, 10 + usize::try_from(seed % 60).unwrap(), seed),
                    ),
                    ("ledger", case::ledger(&program, &filled.data)),
                    ("order", case::any_order(&program, &filled, seed)),
                    ("both", case::same_in_both(&text, &filled)),
                ];
                if let Ok(outcome) = case::evaluates(&program, &filled.data) {
                    for total in outcome.units.iter().map(|u| &u.total) {
                        values += 1;
                        unknown += usize::from(total.is_none());
                    }
                }
                for (name, result) in results {
                    if let Err(e) = result {
                        let first: String = e
                            .lines()
                            .next()
                            .unwrap()
                            .chars()
                            .filter(|c| !c.is_ascii_digit())
                            .take(40)
                            .collect();
                        codes.entry(format!("FAIL {name} {first}")).or_insert((0, seed, e)).0 += 1;
                    }
                }
            }
        }
    }
    println!("{clean} of {} clean; {unknown} of {values} totals unknown", till - from);
    if till > from + 1 {
        println!("{}", census.table());
    }
    for (code, (n, seed, text)) in codes {
        println!("{n:5} {code}  [seed {seed}] {}", text.chars().take(600).collect::<String>());
    }
}
