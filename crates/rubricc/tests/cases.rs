//! Runs the cases of `tests/cases`: files, command lines, and what each must do.
//!
//! A case is a text of parts. `=== file NAME` is followed by the file's text, in which `\xNN` is a byte (a
//! last line break is kept); `=== use NAME [as NAME]` takes a fixture; `=== folder NAME` and `=== readonly
//! NAME` say themselves. `=== stdin` is followed by what the next run reads. `=== run ARGS` is followed by
//! what it must do: `exit N`, `out has TEXT`, `out lacks TEXT`, `out empty`, the same with `err`, and
//! `file NAME has TEXT`, `file NAME gone`. `=== out` is followed by the whole of its output; `=== same A B`
//! compares two files, `=== clean` sees that nothing temporary was left.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

mod common;

use std::fs;
use std::path::Path;

use common::{Ran, fixture, run};

/// A case while it runs.
struct Case<'a> {
    name: &'a str,
    folder: &'a Path,
    stdin: String,
    last: Option<(Vec<String>, Ran)>,
}

impl Case<'_> {
    fn part(&mut self, head: &str, body: &str) {
        let (word, rest) = head.split_once(' ').unwrap_or((head, ""));
        let path = self.folder.join(rest);
        match word {
            "file" => {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes(body)).unwrap();
            }
            "use" => {
                let (from, to) = rest.split_once(" as ").unwrap_or((rest, rest));
                fs::write(self.folder.join(to), fixture(from)).unwrap();
            }
            "folder" => fs::create_dir(path).unwrap(),
            "readonly" => {
                let mut permissions = fs::metadata(&path).unwrap().permissions();
                permissions.set_readonly(true);
                fs::set_permissions(path, permissions).unwrap();
            }
            "stdin" => body.clone_into(&mut self.stdin),
            "run" => self.run(rest, body),
            "out" => assert_eq!(self.last.as_ref().unwrap().1.out, body, "{}: {:?}", self.name, self.last),
            "same" => {
                let (a, b) = rest.split_once(' ').unwrap();
                let read = |name| fs::read(self.folder.join(name)).unwrap();
                assert!(read(a) == read(b), "{}: {a} and {b} differ", self.name);
            }
            "clean" => assert_eq!(leftovers(self.folder), Vec::<String>::new(), "{}", self.name),
            _ => panic!("{}: what is `=== {head}`?", self.name),
        }
    }

    fn run(&mut self, line: &str, body: &str) {
        let args: Vec<&str> = line.split_whitespace().collect();
        let ran = run(self.folder, &args, &std::mem::take(&mut self.stdin));
        self.last = Some((args.iter().map(|a| (*a).to_owned()).collect(), ran));
        self.always(&args);
        for want in body.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
            assert!(self.holds(want), "{}: not so: {want}\n{line}\n{:#?}", self.name, self.last);
        }
        assert!(body.contains("exit "), "{}: {line}: which exit code?", self.name);
    }

    /// What holds of every run: no crash, a known exit code, and no output beside a failure, but for the
    /// findings, results and names that are themselves the output.
    fn always(&self, args: &[&str]) {
        let ran = &self.last.as_ref().unwrap().1;
        assert!(!ran.err.contains("panicked"), "{}: {}", self.name, ran.err);
        assert!((0..=4).contains(&ran.exit), "{}: {ran:?}", self.name);
        let reports = args.iter().any(|a| ["check", "test"].contains(a))
            || (args.contains(&"fmt") && args.contains(&"--check"));
        if ran.exit != 0 && !reports {
            assert_eq!(ran.out, "", "{}: {args:?}", self.name);
        }
    }

    fn holds(&self, want: &str) -> bool {
        let ran = &self.last.as_ref().unwrap().1;
        let (word, rest) = want.split_once(' ').unwrap();
        if word == "file" {
            let (name, rest) = rest.split_once(' ').unwrap();
            let text = fs::read_to_string(self.folder.join(name)).ok();
            return match (rest.split_once(' '), text) {
                (Some(("has", snippet)), Some(text)) => text.contains(snippet),
                (None, None) => rest == "gone",
                _ => false,
            };
        }
        let text = match word {
            "exit" => return ran.exit == rest.parse::<i32>().unwrap(),
            "out" => &ran.out,
            "err" => &ran.err,
            _ => panic!("{}: what is `{want}`?", self.name),
        };
        match rest.split_once(' ') {
            Some(("has", snippet)) => text.contains(snippet),
            Some(("lacks", snippet)) => !text.contains(snippet),
            _ if rest == "empty" => text.is_empty(),
            _ => panic!("{}: what is `{want}`?", self.name),
        }
    }
}

/// Text with `\xNN` for bytes.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut all = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        all.push(u8::from_str_radix(digits, 16).unwrap());
        all.extend_from_slice(rest.as_bytes());
    }
    all
}

fn leftovers(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(".rubricc-")).collect()
}

fn case(path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let mut case = Case { name: &name, folder: folder.path(), stdin: String::new(), last: None };
    for part in format!("\n{text}").split("\n=== ").skip(1) {
        let (head, body) = part.split_once('\n').unwrap_or((part, ""));
        let body =
            if body.is_empty() || body.ends_with('\n') { body.to_owned() } else { format!("{body}\n") };
        case.part(head.trim(), &body);
    }
}

#[test]
fn all_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let failed: Vec<_> =
        paths.iter().filter(|path| std::panic::catch_unwind(|| case(path)).is_err()).collect();
    assert!(failed.is_empty(), "failed: {failed:#?}");
    assert!(paths.len() > 20);
}
