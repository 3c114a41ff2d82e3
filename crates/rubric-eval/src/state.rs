//! What is known so far, a column for each thing the program computes.

use rubric_base::Span;
use rubric_program::{Cell, Column, Dataset, EvidenceId, Exact, Program, RecordRow, Step, Value};

use crate::outcome::{NodeLedger, Outcome, UnitOutcome};
use crate::{EvalError, EvalErrorKind, Mode};

/// Why there is no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Evidence that may be left out was left out.
    Absent,
    /// Evidence that is needed is not there.
    Unknown,
    /// The evaluation failed.
    Failed(EvalErrorKind, Span),
}

/// A value, or why there is none.
pub(crate) type Known<T> = Result<T, Gap>;

/// A column of computed values, by unit.
pub(crate) type Computed<T> = Vec<Known<T>>;

/// Evaluation in progress. Computed columns are indexed by id, then by unit.
pub(crate) struct State<'a> {
    pub(crate) program: &'a Program,
    pub(crate) data: &'a Dataset,
    pub(crate) mode: Mode,
    pub(crate) graded: Vec<bool>,
    pub(crate) lets: Vec<Computed<Value>>,
    /// Place and how many share it.
    pub(crate) places: Vec<Computed<(u64, u64)>>,
    pub(crate) nodes: Vec<Computed<Exact>>,
    pub(crate) requirements: Vec<Vec<Option<bool>>>,
    pub(crate) total: Computed<Exact>,
    pub(crate) rank: Computed<u64>,
    pub(crate) grade: Computed<String>,
    pub(crate) outputs: Vec<Computed<Value>>,
    /// By unit.
    pub(crate) ledgers: Vec<Vec<NodeLedger>>,
    /// By unit, then by rule.
    pub(crate) fired: Vec<Vec<bool>>,
}

impl<'a> State<'a> {
    pub(crate) fn new(program: &'a Program, data: &'a Dataset, mode: Mode) -> Result<Self, EvalError> {
        let units = data.units.len();
        let unknown = |columns: usize| vec![vec![Err(Gap::Unknown); units]; columns];
        let mut state = Self {
            program,
            data,
            mode,
            graded: vec![true; units],
            lets: unknown(program.lets.len()),
            places: vec![vec![Err(Gap::Unknown); units]; program.places.len()],
            nodes: vec![vec![Err(Gap::Unknown); units]; program.nodes.len()],
            requirements: vec![vec![None; units]; program.nodes.len()],
            total: vec![Err(Gap::Unknown); units],
            rank: vec![Err(Gap::Unknown); units],
            grade: vec![Err(Gap::Unknown); units],
            outputs: unknown(program.outputs.len()),
            ledgers: vec![Vec::new(); units],
            fired: vec![vec![false; program.rule_count]; units],
        };
        if let Some(condition) = &program.graded {
            for unit in 0..units {
                let graded = state.flag(condition, unit, None);
                let graded = state.settled(graded, unit)?.unwrap_or(false);
                if let Some(slot) = state.graded.get_mut(unit) {
                    *slot = graded;
                }
            }
        }
        Ok(state)
    }

    /// Does one step for every unit.
    pub(crate) fn step(&mut self, step: Step) -> Result<(), EvalError> {
        match step {
            Step::Let(id) => {
                let Some(named) = self.program.lets.get(id.0) else { return Ok(()) };
                let column = self.column(|s, unit| s.value(&named.value, unit, None))?;
                put(&mut self.lets, id.0, column);
            }
            Step::Output(id) => {
                let Some(named) = self.program.outputs.get(id.0) else { return Ok(()) };
                let column = self.column(|s, unit| s.value(&named.value, unit, None))?;
                put(&mut self.outputs, id.0, column);
            }
            Step::Node(id) => self.score_node(id)?,
            Step::Place(id) => self.rank_places(id)?,
            Step::Total => self.total = self.column(Self::total_of)?,
            Step::Ranking => self.rank_units()?,
            Step::Grades => self.grade_units()?,
        }
        Ok(())
    }

    /// A value for each unit; a failed evaluation ends the run.
    pub(crate) fn column<T>(&self, of: impl Fn(&Self, usize) -> Known<T>) -> Result<Computed<T>, EvalError> {
        (0..self.data.units.len())
            .map(|unit| {
                let known = of(self, unit);
                match known {
                    Err(Gap::Failed(kind, span)) => Err(self.failed(kind, span, unit)),
                    other => Ok(other),
                }
            })
            .collect()
    }

    /// The value, or nothing where it is unknown or absent.
    pub(crate) fn settled<T>(&self, known: Known<T>, unit: usize) -> Result<Option<T>, EvalError> {
        match known {
            Ok(value) => Ok(Some(value)),
            Err(Gap::Failed(kind, span)) => Err(self.failed(kind, span, unit)),
            Err(Gap::Absent | Gap::Unknown) => Ok(None),
        }
    }

    pub(crate) fn failed(&self, kind: EvalErrorKind, span: Span, unit: usize) -> EvalError {
        let unit = self.data.units.get(unit).map(|u| u.id.clone()).unwrap_or_default();
        EvalError { kind, span, unit }
    }

    /// Evidence of a unit.
    pub(crate) fn cell(&self, evidence: EvidenceId, unit: usize) -> Option<&'a Cell> {
        match self.data.columns.get(evidence.0)? {
            Column::Scalars(cells) => cells.get(unit),
            Column::Lists(_) => None,
        }
    }

    /// The rows of a list; none where the list is not there.
    pub(crate) fn rows(&self, list: EvidenceId, unit: usize) -> Option<&'a [RecordRow]> {
        match self.data.columns.get(list.0)? {
            Column::Lists(lists) => lists.get(unit)?.as_deref(),
            Column::Scalars(_) => None,
        }
    }

    /// Why evidence is not there.
    pub(crate) fn gap(&self, evidence: EvidenceId, unit: usize) -> Gap {
        let optional = self.program.evidence.get(evidence.0).is_some_and(|e| e.optional);
        let asked = self.program.evidence.get(evidence.0).is_some_and(|e| !e.graded_only)
            || self.graded.get(unit).copied().unwrap_or(false);
        if optional && asked { Gap::Absent } else { Gap::Unknown }
    }

    fn total_of(&self, unit: usize) -> Known<Exact> {
        let mut sum = Exact::ZERO;
        for (id, node) in self.program.nodes.iter().enumerate() {
            if node.parent.is_none() && self.scores(id) {
                sum = sum + known(&self.nodes, id, unit)?;
            }
        }
        let rounding = self.program.total.as_ref().and_then(|t| t.rounding.as_ref());
        Ok(rounding.map_or_else(|| sum.clone(), |(mode, step)| sum.round_to(step, *mode)))
    }

    /// Whether a node has points, of its own or by its children.
    pub(crate) fn scores(&self, id: usize) -> bool {
        self.program
            .nodes
            .get(id)
            .is_some_and(|n| n.points.is_some() || n.children.iter().any(|c| self.scores(c.0)))
    }

    pub(crate) fn into_outcome(mut self) -> Outcome {
        let units =
            (0..self.data.units.len()).filter(|unit| self.graded.get(*unit).copied().unwrap_or(false));
        let units: Vec<usize> = units.collect();
        Outcome { units: units.into_iter().map(|unit| self.unit_outcome(unit)).collect() }
    }

    fn unit_outcome(&mut self, unit: usize) -> UnitOutcome {
        let at = |columns: &[Computed<Value>]| {
            (0..columns.len()).map(|id| known(columns, id, unit).ok()).collect()
        };
        UnitOutcome {
            index: unit,
            id: self.data.units.get(unit).map(|u| u.id.clone()).unwrap_or_default(),
            total: self.program.total.as_ref().and_then(|_| self.total.get(unit)?.clone().ok()),
            rank: self.rank.get(unit).and_then(|r| r.clone().ok()),
            grade: self.grade.get(unit).and_then(|g| g.clone().ok()),
            nodes: (0..self.nodes.len())
                .map(|id| if self.scores(id) { known(&self.nodes, id, unit).ok() } else { None })
                .collect(),
            requirements: self.requirements.iter().map(|c| c.get(unit).copied().flatten()).collect(),
            outputs: at(&self.outputs),
            ledger: self.ledgers.get_mut(unit).map(std::mem::take).unwrap_or_default(),
            fired: self.fired.get_mut(unit).map(std::mem::take).unwrap_or_default(),
        }
    }
}

/// A computed value.
pub(crate) fn known<T: Clone>(columns: &[Computed<T>], id: usize, unit: usize) -> Known<T> {
    columns.get(id).and_then(|c| c.get(unit)).cloned().unwrap_or(Err(Gap::Unknown))
}

/// Replaces a column.
pub(crate) fn put<T>(columns: &mut [T], id: usize, column: T) {
    if let Some(slot) = columns.get_mut(id) {
        *slot = column;
    }
}
