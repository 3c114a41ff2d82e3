//! Cases as text: a rubric, perhaps evidence, and what is right.
//!
//! A file begins with why it is right, each line after `#`. After `=== rubric` stands the rubric, after
//! `=== evidence` a JSON file, after `=== file PATH` another file that the rubric uses, after `=== import NAME` the
//! evidence of an imported rubric, after `=== expect` one claim a line:
//!
//! * `clean`, or `error R0112`: what the checker says (`error` alone: some error),
//! * `formats`: the formatter keeps the meaning, is stable, and comes back from the other language,
//! * `spans`: no part panics on the text, and findings underline whole characters,
//! * `read`, or `refused`: what the reader of evidence says,
//! * `agrees`: all results are those of the reference and lie where the checker proved, the ledger adds up,
//! * `at-fault`: what shows only when the evidence is used is told,
//! * `scored 甲 乙`: who is scored,
//! * `total 甲 = 5`, `rank 甲 = 1`, `grade 甲 = 一等`, `node 1.1 甲 = 3`, `output 结果 甲 = 2`.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rubric_eval::{Mode, Outcome, UnitOutcome, evaluate};
use rubric_program::{Dataset, Program, Value};

use crate::case::{self, Holds};

/// A case as read from its file.
#[derive(Debug, Clone, Default)]
pub struct Case {
    /// The text of the rubric.
    pub rubric: String,
    /// The evidence, if any.
    pub evidence: Option<String>,
    /// Other files that the rubric uses, by path.
    pub files: BTreeMap<String, String>,
    /// The evidence of imported rubrics, by name.
    pub imports: BTreeMap<String, String>,
    /// What is right.
    pub expect: Vec<String>,
}

impl Case {
    /// Reads a file.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut case = Self::default();
        for part in text.split("=== ").skip(1) {
            let (name, body) = part.split_once('\n').unwrap_or((part, ""));
            let (name, of) = name.trim().split_once(' ').unwrap_or((name.trim(), ""));
            match name {
                "file" => drop(case.files.insert(of.to_owned(), body.to_owned())),
                "import" => drop(case.imports.insert(of.to_owned(), body.to_owned())),
                "rubric" => case.rubric = body.to_owned(),
                "evidence" => case.evidence = Some(body.to_owned()),
                "expect" => {
                    case.expect =
                        body.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect()
                }
                other => panic!("no part is called {other}"),
            }
        }
        assert!(!case.rubric.is_empty() && !case.expect.is_empty(), "a case has a rubric and claims");
        case
    }

    /// Whether all claims hold.
    ///
    /// # Errors
    /// The claims that do not.
    pub fn holds(&self) -> Holds {
        let wrong: Vec<String> = self
            .expect
            .iter()
            .filter_map(|claim| {
                let checked = catch_unwind(AssertUnwindSafe(|| self.claim(claim)));
                let result = checked.unwrap_or_else(|_| Err("a panic".to_owned()));
                result.err().map(|e| format!("`{claim}` does not hold: {e}"))
            })
            .collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
    }

    fn data(&self, program: &Program, json: &str) -> Result<Dataset, String> {
        let mut data = case::read(program, json)?;
        for import in &program.imports {
            let json =
                self.imports.get(&import.name).ok_or(format!("there is no evidence of {}", import.name))?;
            data.imports.push(case::read(&import.program, json)?);
        }
        Ok(data)
    }

    fn claim(&self, claim: &str) -> Holds {
        let mut words = claim.split_whitespace();
        let (what, code) = (words.next().unwrap_or_default(), words.next());
        let program = case::checked_with(&self.rubric, &|path| self.files.get(path).cloned());
        match what {
            "clean" => return program.map(drop).map_err(|e| e.join("\n")),
            "error" => {
                let Err(errors) = program else { return Err("no error is found".to_owned()) };
                let found = code.is_none_or(|c| errors.iter().any(|e| e.starts_with(c)));
                return if found { Ok(()) } else { Err(errors.join("\n")) };
            }
            "spans" => return case::no_panic(&self.rubric),
            "formats" => return case::formats(&self.rubric),
            _ => {}
        }
        let program = program.map_err(|e| format!("the rubric has errors: {}", e.join("\n")))?;
        let json = self.evidence.as_ref().ok_or("there is no evidence")?;
        let data = self.data(&program, json);
        match what {
            "read" => return data.map(drop),
            "refused" => return if data.is_err() { Ok(()) } else { Err("it is read".to_owned()) },
            _ => {}
        }
        let data = data?;
        if what == "agrees" {
            case::agrees(&program, &data)?;
            return case::ledger(&program, &data);
        }
        let outcome = evaluate(&program, &data, Mode::WithLedger).map_err(|e| e.to_string())?;
        match (what, outcome.faults.first()) {
            ("at-fault", None) => return Err("nothing is wrong with the evidence".to_owned()),
            ("at-fault", Some(_)) => return Ok(()),
            (_, Some(fault)) => return Err(format!("the evidence is at fault: {fault:?}")),
            (_, None) => {}
        }
        if what == "scored" {
            let wanted: Vec<&str> = claim.split_whitespace().skip(1).collect();
            let found: Vec<&str> = outcome.units.iter().map(|u| u.id.as_str()).collect();
            return if wanted == found { Ok(()) } else { Err(format!("found {found:?}")) };
        }
        let (left, wanted) = claim.split_once(" = ").ok_or("a claim has a value")?;
        let left: Vec<&str> = left.split_whitespace().collect();
        let found = value(&program, &outcome, &left)?;
        if found == wanted { Ok(()) } else { Err(format!("found {found}")) }
    }
}

fn value(program: &Program, outcome: &Outcome, left: &[&str]) -> Result<String, String> {
    let unit = |id: &str| -> Result<&UnitOutcome, String> {
        outcome.units.iter().find(|u| u.id == id).ok_or_else(|| format!("{id} is not scored"))
    };
    let shown = |n: Option<String>| n.unwrap_or_else(|| "unknown".to_owned());
    Ok(match left {
        ["total", id] => shown(unit(id)?.total.as_ref().map(ToString::to_string)),
        ["rank", id] => shown(unit(id)?.rank.map(|r| r.to_string())),
        ["grade", id] => shown(unit(id)?.grade.clone()),
        ["node", number, id] => {
            let at = program.nodes.iter().position(|n| n.number == *number).ok_or("no such node")?;
            shown(unit(id)?.nodes[at].as_ref().map(ToString::to_string))
        }
        ["output", name, id] => {
            let at = program.outputs.iter().position(|o| o.name == *name).ok_or("no such output")?;
            shown(unit(id)?.outputs[at].as_ref().map(|v| match v {
                Value::Number(n) => n.to_string(),
                Value::Flag(b) => b.to_string(),
                Value::Text(t) => t.clone(),
            }))
        }
        other => return Err(format!("no claim is about {other:?}")),
    })
}
