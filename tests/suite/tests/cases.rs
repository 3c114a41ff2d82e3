//! Every case of `cases/` holds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

use std::path::Path;

use rubric_suite::cases::Case;

#[test]
fn cases_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|f| f.unwrap().file_name().to_str()?.strip_suffix(".case").map(str::to_owned))
        .collect();
    names.sort();
    let wrong: Vec<String> = names
        .iter()
        .filter_map(|name| {
            let text = std::fs::read_to_string(folder.join(format!("{name}.case"))).unwrap();
            Case::read(&text).holds().err().map(|e| format!("{name}: {e}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n\n"));
}
