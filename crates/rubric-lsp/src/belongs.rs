//! Which rubric a file of evidence belongs to, by their names: `2022.demo.evidence.json` to `2022.rubric`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::uri::Key;

/// The rubric in the same folder whose name begins the name of the evidence, the longest of several; else the
/// only one for which no other evidence there is. `open` are rubrics that may not be on the disk yet.
pub fn rubric_of<'a>(evidence: &Key, open: impl Iterator<Item = &'a Key>) -> Option<Key> {
    let folder = evidence.path().parent()?;
    if !evidence.name().ends_with("evidence.json") {
        return None;
    }
    let (mut rubrics, mut others) = (BTreeSet::new(), BTreeSet::new());
    let here = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| Key::of_path(&e.path()));
    for key in here.chain(open.filter(|k| k.path().parent() == Some(folder)).cloned()) {
        if key.path().extension().is_some_and(|e| e == "rubric") {
            rubrics.insert(key);
        } else if key.name().ends_with("evidence.json") && key != *evidence {
            others.insert(key.name());
        }
    }
    let named = rubrics.iter().filter(|r| begins(&evidence.name(), r));
    if let Some(best) = named.max_by_key(|r| stem(r).len()) {
        return Some(best.clone());
    }
    let free: Vec<&Key> = rubrics.iter().filter(|r| !others.iter().any(|name| begins(name, r))).collect();
    match free.as_slice() {
        [only] => Some((*only).clone()),
        _ => None,
    }
}

fn begins(evidence: &str, rubric: &Key) -> bool {
    evidence.strip_prefix(&stem(rubric)).is_some_and(|rest| rest.starts_with('.'))
}

fn stem(key: &Key) -> String {
    Path::new(&key.name()).file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned())
}
