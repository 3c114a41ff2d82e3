//! Evidence that shows a finding, and what the evaluator gives for it.
//!
//! All claims are run together: those that give different evidence share a unit, so that the work does not grow with
//! the square of the rubric.

use std::collections::BTreeMap;

use rubric_eval::{Mode, UnitOutcome};
use rubric_program::{Cell, Column, Dataset, EvidenceId, EvidenceType, Exact, NodeId, Program, UnitRow};

use crate::cases::Given;

/// The most units that claims are run on; further claims are not shown by an example.
const MOST_UNITS: usize = 64;
/// Steps of nodes that the run may take.
const WORK: usize = 400_000;

/// Some evidence, in the order in which it is told.
pub(crate) type Evidence = Vec<(EvidenceId, Given)>;

/// A claim that was taken: its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Claim(usize);

/// All claims.
pub(crate) struct Claims<'a> {
    program: &'a Program,
    units: Vec<BTreeMap<EvidenceId, Given>>,
    most: usize,
}

impl<'a> Claims<'a> {
    pub(crate) fn new(program: &'a Program) -> Self {
        let most = WORK.checked_div(program.nodes.len().max(1)).unwrap_or(1).clamp(2, MOST_UNITS);
        Self { program, units: Vec::new(), most }
    }

    /// Takes evidence to run; nothing where there is no room left, or where nothing can be run.
    pub(crate) fn add(&mut self, evidence: &Evidence) -> Option<Claim> {
        if !self.program.imports.is_empty() {
            return None;
        }
        let fits = |unit: &BTreeMap<EvidenceId, Given>| {
            evidence.iter().all(|(id, given)| unit.get(id).is_none_or(|other| other == given))
        };
        let at = match self.units.iter().position(fits) {
            Some(at) => at,
            None if self.units.len() < self.most => {
                self.units.push(BTreeMap::new());
                self.units.len() - 1
            }
            None => return None,
        };
        self.units.get_mut(at)?.extend(evidence.iter().cloned());
        Some(Claim(at))
    }

    /// Runs all claims.
    pub(crate) fn run(self) -> Answers {
        if self.units.is_empty() {
            return Answers(BTreeMap::new());
        }
        let data = self.dataset();
        let Ok(outcome) = rubric_eval::evaluate(self.program, &data, Mode::ScoresOnly) else {
            return Answers(BTreeMap::new());
        };
        let at_fault: Vec<usize> = outcome.faults.iter().map(|f| f.unit).collect();
        let sound = outcome.units.into_iter().filter(|u| !at_fault.contains(&u.index));
        Answers(sound.map(|unit| (unit.index, unit)).collect())
    }

    fn dataset(&self) -> Dataset {
        let column = |(index, evidence): (usize, &rubric_program::Evidence)| {
            let given = self.units.iter().map(|unit| unit.get(&EvidenceId(index)));
            if matches!(evidence.ty, EvidenceType::List { .. }) {
                let rows = |g: Option<&Given>| {
                    if let Some(Given::Rows(rows)) = g { Some(rows.clone()) } else { None }
                };
                return Column::Lists(given.map(rows).collect());
            }
            let cell = |g: Option<&Given>| Cell {
                value: if let Some(Given::One(value)) = g { Some(value.clone()) } else { None },
                place: None,
            };
            Column::Scalars(given.map(cell).collect())
        };
        Dataset {
            units: (0..self.units.len()).map(|n| UnitRow { id: n.to_string(), place: None }).collect(),
            columns: self.program.evidence.iter().enumerate().map(column).collect(),
            imports: Vec::new(),
        }
    }
}

/// What came out of the claims.
pub(crate) struct Answers(BTreeMap<usize, UnitOutcome>);

impl Answers {
    /// All that came out.
    pub(crate) fn unit(&self, claim: Option<Claim>) -> Option<&UnitOutcome> {
        self.0.get(&claim?.0)
    }

    /// The score of a node.
    pub(crate) fn score(&self, claim: Option<Claim>, node: NodeId) -> Option<Exact> {
        self.unit(claim)?.nodes.get(node.0)?.clone()
    }
}
