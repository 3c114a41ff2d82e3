//! Every case of `cases/`: those listed as known faults must still fail, all others must hold.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

use std::path::Path;

use rubric_suite::cases::Case;
use rubric_suite::known::KNOWN;

#[test]
fn cases_hold_unless_known() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|f| f.unwrap().file_name().to_str()?.strip_suffix(".case").map(str::to_owned))
        .collect();
    names.sort();
    let mut wrong = Vec::new();
    for name in &names {
        let text = std::fs::read_to_string(folder.join(format!("{name}.case"))).unwrap();
        match (Case::read(&text).holds(), KNOWN.contains(&name.as_str())) {
            (Err(e), false) => wrong.push(format!("{name}: {e}")),
            (Ok(()), true) => wrong.push(format!("{name} holds now: take it out of KNOWN in src/known.rs")),
            _ => {}
        }
    }
    for known in KNOWN.iter().filter(|k| !names.iter().any(|n| n == *k)) {
        wrong.push(format!("{known} is in KNOWN and has no file"));
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n\n"));
}
