//! Running the real command in a folder of its own.

#![allow(dead_code, clippy::unwrap_used, reason = "each test uses a part of it; tests may fail loudly")]

pub mod pages;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run left behind.
#[derive(Debug)]
pub struct Ran {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

/// The command, deaf to the environment of the tests.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rubricc"));
    for name in ["RUBRICC_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"] {
        command.env_remove(name);
    }
    command.current_dir(folder).env("RUBRICC_LANG", "zh");
    command
}

/// Runs it to its end.
pub fn run(folder: &Path, args: &[&str], stdin: &str) -> Ran {
    let mut child = command(folder)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input may have ended before.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let ran = child.wait_with_output().unwrap();
    Ran {
        exit: ran.status.code().unwrap(),
        out: String::from_utf8(ran.stdout).unwrap(),
        err: String::from_utf8(ran.stderr).unwrap(),
    }
}

/// A file of `tests/fixtures`.
pub fn fixture(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}
