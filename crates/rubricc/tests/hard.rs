//! Inputs that are hard for their size or shape, in `tests/hard`: each ends with a result or a finding, within bounds.
//!
//! A file holds inputs. `=== NAME` begins one; in its text `⟦1000×…⟧` stands for so many copies, in which `#` counts up
//! from one and `~` counts down to one. `--- evidence` is followed by a JSON file, if there is one, and `--- ends` by
//! what is right: `sound`, or codes of which each must be told, and perhaps `within 30 s, 1500 MB` where the usual
//! bounds are too narrow. Every input is checked with its proofs, formatted, and scored if it has evidence.
//!
//! The bounds are held by the system: it ends a run which takes more seconds of a processor (whoever else is at work) or
//! more memory. They are generous, but not for work that grows with the square. Most of it takes minutes in a debug
//! build, so `.ci/run` names the release build by `RUBRICC_HARD` and asks for the ignored tests too.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;

use common::command;

/// What a run may take: seconds of a processor, and megabytes.
#[derive(Clone, Copy)]
struct Bounds {
    seconds: u32,
    megabytes: u32,
}

/// What most inputs stay within.
const USUAL: Bounds = Bounds { seconds: 30, megabytes: 1000 };

/// One input, as read from its file.
struct Input {
    name: String,
    rubric: String,
    evidence: Option<String>,
    sound: bool,
    codes: Vec<String>,
    bounds: Bounds,
}

impl Input {
    fn read(text: &str) -> Self {
        let (name, rest) = text.split_once('\n').unwrap();
        let (body, ends) = rest.split_once("--- ends ").unwrap_or_else(|| panic!("{name}: how does it end?"));
        let (rubric, evidence) = match body.split_once("--- evidence\n") {
            Some((rubric, json)) => (rubric, Some(repeated(json))),
            None => (body, None),
        };
        let (ends, bounds) = match ends.trim().split_once(" within ") {
            Some((ends, bounds)) => (ends, read_bounds(bounds)),
            None => (ends.trim(), USUAL),
        };
        let codes = ends.split(' ').filter(|word| *word != "sound").map(str::to_owned).collect();
        Self {
            name: name.trim().to_owned(),
            rubric: repeated(rubric),
            evidence,
            sound: ends == "sound",
            codes,
            bounds,
        }
    }

    /// What is not as it must be.
    fn wrong(&self) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.rubric"), &self.rubric).unwrap();
        let mut runs = vec!["check --report a.rubric", "fmt --check a.rubric"];
        if let Some(json) = &self.evidence {
            fs::write(folder.path().join("e.json"), json).unwrap();
            runs.push("eval a.rubric e.json");
        }
        runs.iter()
            .filter_map(|args| Some(format!("{}: {args}: {}", self.name, self.ends(folder.path(), args)?)))
            .collect()
    }

    /// Why a run does not end as it must.
    fn ends(&self, folder: &Path, args: &str) -> Option<String> {
        let Bounds { seconds, megabytes } = self.bounds;
        let debug = command(folder).get_program().to_str().unwrap().to_owned();
        let program = std::env::var("RUBRICC_HARD").unwrap_or(debug);
        let script = format!("ulimit -t {seconds}; ulimit -v {}; exec '{program}' {args}", megabytes * 1024);
        let mut bounded = Command::new("sh");
        bounded.args(["-c", &script]).current_dir(folder).env("RUBRICC_LANG", "zh");
        let ran = bounded.output().unwrap();
        let told = String::from_utf8_lossy(&ran.stderr);
        let beginning: String = told.chars().take(600).collect();
        let Some(exit) = ran.status.code() else {
            return Some(format!(
                "signal {:?} within {seconds} s, {megabytes} MB\n{beginning}",
                ran.status.signal()
            ));
        };
        let missing = |code: &&String| args.starts_with("check") && !told.contains(code.as_str());
        match (self.sound, exit) {
            _ if told.contains("panicked") => Some(beginning),
            (true, 0) => None,
            // Not in the form of the formatter, which is no finding.
            (_, 0 | 1) if args.starts_with("fmt") => None,
            (false, 0 | 1 | 3) => {
                self.codes.iter().find(missing).map(|code| format!("{code} is not told\n{beginning}"))
            }
            _ => Some(format!("exit {exit}\n{beginning}")),
        }
    }
}

fn read_bounds(text: &str) -> Bounds {
    let numbers: Vec<u32> = text.split(' ').filter_map(|word| word.parse().ok()).collect();
    let [seconds, megabytes] = numbers.as_slice() else { panic!("what bounds are {text}?") };
    Bounds { seconds: *seconds, megabytes: *megabytes }
}

/// The text with its copies made.
fn repeated(text: &str) -> String {
    let mut parts = text.split('⟦');
    let mut all = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (repeat, rest) = part.split_once('⟧').unwrap();
        let (times, one) = repeat.split_once('×').unwrap();
        let times: usize = times.parse().unwrap();
        for turn in 1..=times {
            all.push_str(&one.replace('#', &turn.to_string()).replace('~', &(times + 1 - turn).to_string()));
        }
        all.push_str(rest);
    }
    all
}

/// Runs the inputs of one file.
fn hold(file: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hard").join(file);
    let text = format!("\n{}", fs::read_to_string(path).unwrap());
    let inputs: Vec<Input> = text.split("\n=== ").skip(1).map(Input::read).collect();
    assert!(!inputs.is_empty());
    let wrong: Vec<String> = inputs.iter().flat_map(Input::wrong).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

#[test]
#[ignore = "takes minutes in a debug build"]
fn long() {
    hold("long.txt");
}

#[test]
fn deep() {
    hold("deep.txt");
}

#[test]
#[ignore = "takes minutes in a debug build"]
fn shared() {
    hold("shared.txt");
}

#[test]
fn broken() {
    hold("broken.txt");
}
