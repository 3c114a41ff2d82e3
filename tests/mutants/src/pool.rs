//! Fixed evidence, and what a rubric makes of it.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use rubric_base::{FileId, Level};
use rubric_eval::{Mode, Outcome, evaluate};
use rubric_evidence::Input;
use rubric_program::Program;
use rubric_suite::fill;

/// Evidence files, and what the sound rubric makes of each.
#[derive(Debug)]
pub struct Pool {
    files: Vec<(String, u64)>,
}

impl Pool {
    /// Written evidence beside the rubric and among the acceptance cases, and random files from fixed seeds.
    #[must_use]
    pub fn new(program: &Program, text: &str, rubric: &Path, acceptance: &Path, random: u64) -> Self {
        let written =
            written(rubric, acceptance).into_iter().filter_map(|path| std::fs::read_to_string(path).ok());
        // One unit alone, few, and enough of them for places and quotas.
        let units = |seed: u64| usize::try_from(1 + seed % 6).unwrap();
        let random = (0..random).filter_map(|seed| {
            let filled = fill::evidence(program, text, seed, units(seed))?;
            Some(filled.json(&filled.in_order()))
        });
        let files = written.chain(random).map(|json| (result(program, &json), json));
        Self { files: files.map(|(result, json)| (json, result)).collect() }
    }

    /// How many files there are, and how many of them are scored rather than refused.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.files.len(), self.files.iter().filter(|(_, result)| *result != REFUSED).count())
    }

    /// Whether a program makes something else of any file.
    #[must_use]
    pub fn differs(&self, program: &Program) -> bool {
        self.files.iter().any(|(json, before)| result(program, json) != *before)
    }
}

/// The result of evidence that is refused.
const REFUSED: u64 = 0;

fn written(rubric: &Path, acceptance: &Path) -> Vec<PathBuf> {
    let stem = rubric.file_stem().unwrap_or_default().to_string_lossy();
    let mut found = vec![
        rubric.with_file_name(format!("{stem}.demo.evidence.json")),
        rubric.with_file_name("demo.evidence.json"),
    ];
    for case in std::fs::read_dir(acceptance).into_iter().flatten().flatten() {
        let of = std::fs::read_to_string(case.path().join("rubric")).unwrap_or_default();
        if !of.trim().is_empty() && rubric.ends_with(of.trim()) {
            let files = std::fs::read_dir(case.path()).into_iter().flatten().flatten();
            found.extend(files.map(|f| f.path()).filter(|p| p.to_string_lossy().ends_with(".evidence.json")));
        }
    }
    found.sort();
    found
}

/// A result as one number: equal numbers are taken for equal results.
fn result(program: &Program, json: &str) -> u64 {
    let input = Input { file: FileId::default(), text: json };
    let (data, findings) = rubric_evidence::read(program, &[input]);
    if findings.iter().any(|d| d.level == Level::Error) {
        return REFUSED;
    }
    match evaluate(program, &data, Mode::ScoresOnly) {
        Ok(outcome) if outcome.faults.is_empty() => hash(program, &outcome),
        _ => REFUSED,
    }
}

/// Everything that the JSON of a result has.
fn hash(program: &Program, outcome: &Outcome) -> u64 {
    let mut hasher = DefaultHasher::new();
    for unit in &outcome.units {
        (&unit.id, format!("{:?} {:?} {:?}", unit.total, unit.rank, unit.grade)).hash(&mut hasher);
        // By number and by name, for the order in which they are written is no part of the result.
        let nodes = program.nodes.iter().enumerate().filter_map(|(i, node)| {
            let score = unit.nodes.get(i).cloned().flatten();
            let met = unit.requirements.get(i).copied().flatten();
            (score.is_some() || met.is_some()).then(|| (&node.number, format!("{score:?} {met:?}")))
        });
        let outputs = program.outputs.iter().zip(&unit.outputs);
        let outputs = outputs.map(|(output, value)| (&output.name, format!("{value:?}")));
        nodes.collect::<BTreeMap<_, _>>().hash(&mut hasher);
        outputs.collect::<BTreeMap<_, _>>().hash(&mut hasher);
    }
    hasher.finish().max(REFUSED + 1)
}
