//! Findings that only proofs show, one theme a file.
//!
//! A finding that speaks of evidence names some, with what the evaluator gives for it: such findings are written in two
//! steps, first the claim, then, when all claims have been run, the words.

mod absorbed;
mod better;
mod conditions;
mod grades;
mod heaviest;
mod jumps;
mod limits;
mod repeated;
mod requirements;
mod shapes;
mod single;

use rubric_base::{Code, Diagnostic, FileId, Place, Span, Text};
use rubric_partial::Attainable;
use rubric_program::{EvidenceId, Node, NodeId, Program, Rule, RuleKind};

use crate::cases::Given;
use crate::claims::{Answers, Claim, Claims, Evidence};
use crate::ranges::Ranges;
use crate::trials::Trials;
use crate::{Ask, written};

/// A finding whose words wait for the answers; it may turn out to be none.
type Pending<'a> = Box<dyn FnOnce(&Answers) -> Option<Diagnostic> + 'a>;

/// The most evidence that an example of one clause gives.
const MOST_SHOWN: usize = 6;

/// What every search for findings knows and gathers.
pub(crate) struct Finder<'a> {
    pub(crate) program: &'a Program,
    pub(crate) file: FileId,
    pub(crate) bounds: &'a Attainable<'a>,
    pub(crate) trials: &'a Trials<'a>,
    pub(crate) ranges: &'a Ranges,
    ask: Ask,
    claims: Claims<'a>,
    pending: Vec<Pending<'a>>,
}

/// All findings, by place.
pub(crate) fn all<'a>(
    program: &'a Program,
    file: FileId,
    bounds: &'a Attainable<'a>,
    trials: &'a Trials<'a>,
    ranges: &'a Ranges,
    ask: Ask,
) -> Vec<Diagnostic> {
    let (claims, pending) = (Claims::new(program), Vec::new());
    let mut finder = Finder { program, file, bounds, trials, ranges, ask, claims, pending };
    grades::find(&mut finder);
    conditions::find(&mut finder);
    shapes::find(&mut finder);
    jumps::find(&mut finder);
    better::find(&mut finder);
    for (id, node) in program.nodes.iter().enumerate() {
        let id = NodeId(id);
        repeated::find(&mut finder, node);
        heaviest::find(&mut finder, &node.rules);
        single::find(&mut finder, node);
        limits::find(&mut finder, id, node);
        if finder.ask == Ask::All {
            absorbed::find(&mut finder, id, node);
        }
    }
    if finder.ask == Ask::All {
        requirements::find(&mut finder);
    }
    finder.finish()
}

impl<'a> Finder<'a> {
    fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.pending.push(Box::new(move |_| Some(diagnostic)));
    }

    /// Runs evidence, and writes the finding when its outcome is there.
    fn show(
        &mut self,
        evidence: Evidence,
        words: impl FnOnce(&Answers, Option<Claim>, Text) -> Option<Diagnostic> + 'a,
    ) {
        let claim = self.claims.add(&evidence);
        let shown = written::evidence(self.program, &evidence);
        self.pending.push(Box::new(move |answers| words(answers, claim, shown)));
    }

    /// Evidence of a clause: the one given, and with it all else that the clause reads, at its first case. Nothing where
    /// that is more than one reads in a line.
    fn with_rest(&self, node: &Node, given: (EvidenceId, Given)) -> Option<Evidence> {
        if node.rules.len() > MOST_SHOWN {
            return None;
        }
        let reads = crate::reads::Reads::of_node(self.program, node).evidence;
        if reads.len() > MOST_SHOWN {
            return None;
        }
        let others = reads.into_iter().filter(|id| *id != given.0);
        let others: Evidence = others.filter_map(|id| Some((id, self.first_case(id)?))).collect();
        Some(std::iter::once(given).chain(others).collect())
    }

    fn first_case(&self, id: EvidenceId) -> Option<Given> {
        self.trials.cases.get(id.0)?.all.first().cloned()
    }

    fn finish(self) -> Vec<Diagnostic> {
        let answers = self.claims.run();
        let mut all: Vec<Diagnostic> = self.pending.into_iter().filter_map(|words| words(&answers)).collect();
        all.sort_by_key(|d| (d.place(), d.code));
        all
    }
}

fn finding(code: Code, place: Place, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, place, Text::new(zh, en))
}

/// The rules that act by themselves, those of a group included.
fn leaves<'r>(rules: &'r [Rule], all: &mut Vec<&'r Rule>) {
    for rule in rules {
        match &rule.kind {
            RuleKind::Heaviest(members) => leaves(members, all),
            _ => all.push(rule),
        }
    }
}

/// What a node is called.
fn name(node: &Node) -> (String, String) {
    let (zh, en) = if node.children.is_empty() { ("条", "clause") } else { ("项", "section") };
    (format!("第 {} {zh}", node.number), format!("{en} {}", node.number))
}
