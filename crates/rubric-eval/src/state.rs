//! What is known so far: a column for each step done, a slot for each unit.

use std::cell::RefCell;
use std::collections::HashMap;

use rubric_base::Span;
use rubric_program::{Column, Dataset, EvidenceId, Exact, NodeId, Program, RecordRow, RuleKind, Value};

use crate::outcome::{Entry, Fault, GradeMove, NodeLedger, Outcome};
use crate::stop::{Eval, EvalError, EvalErrorKind, Gap, MISSING, Stop};

/// A unit's place in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlaceShare {
    /// The place it has.
    pub(crate) place: u64,
    /// The best of the places that it shares with its equals.
    pub(crate) first: u64,
    /// How many share them, itself counted.
    pub(crate) tied: u64,
}

/// A slot that a step fills.
pub(crate) type Slot<T> = Result<T, Gap>;

/// The columns: outer index by thing, inner by unit.
pub(crate) struct State<'a> {
    pub(crate) program: &'a Program,
    pub(crate) data: &'a Dataset,
    pub(crate) graded: Vec<bool>,
    /// By node: whether it has a score at all.
    pub(crate) scored: Vec<bool>,
    /// By node: whether it has requirements that count.
    pub(crate) required: Vec<bool>,
    /// By list with computed columns, then by unit: its rows with them.
    pub(crate) columns: HashMap<EvidenceId, Vec<Option<Vec<RecordRow>>>>,
    /// By import: its result, and which unit stands where in it.
    pub(crate) imports: Vec<(Outcome, HashMap<String, usize>)>,
    /// What is being computed is of no use for units that are not scored.
    pub(crate) scored_only: bool,
    /// What is wrong with the evidence, found on the way.
    pub(crate) faults: RefCell<Vec<Fault>>,
    /// By node and unit: whether the node does not count.
    pub(crate) left_out: Vec<Vec<bool>>,
    pub(crate) lets: Vec<Vec<Slot<Value>>>,
    pub(crate) outputs: Vec<Vec<Slot<Value>>>,
    pub(crate) places: Vec<Vec<Slot<PlaceShare>>>,
    pub(crate) nodes: Vec<Vec<Slot<Exact>>>,
    pub(crate) requirements: Vec<Vec<Slot<bool>>>,
    pub(crate) total: Vec<Slot<Exact>>,
    pub(crate) rank: Vec<Slot<PlaceShare>>,
    pub(crate) grade: Vec<Slot<usize>>,
    /// By unit: the steps that gave or changed its grade.
    pub(crate) grade_moves: Vec<Vec<GradeMove>>,
    /// By unit, then by rule.
    pub(crate) fired: Vec<Vec<bool>>,
    /// By unit.
    pub(crate) ledger: Vec<Vec<NodeLedger>>,
    /// By unit: what the total consists of.
    pub(crate) parts: Vec<Vec<Entry>>,
}

impl<'a> State<'a> {
    pub(crate) fn new(program: &'a Program, data: &'a Dataset) -> Self {
        let units = data.units.len();
        let required = |rules: &[rubric_program::Rule]| {
            rules.iter().any(|r| matches!(r.kind, RuleKind::Require { advice: false, .. }))
        };
        Self {
            program,
            data,
            graded: vec![true; units],
            scored: (0..program.nodes.len()).map(|n| has_score(program, NodeId(n), 0)).collect(),
            required: program.nodes.iter().map(|n| required(&n.rules)).collect(),
            columns: HashMap::new(),
            imports: Vec::new(),
            scored_only: false,
            faults: RefCell::default(),
            left_out: vec![vec![false; units]; program.nodes.len()],
            lets: open(program.lets.len(), units),
            outputs: open(program.outputs.len(), units),
            places: open(program.places.len(), units),
            nodes: open(program.nodes.len(), units),
            requirements: open(program.nodes.len(), units),
            total: unknown(units),
            rank: unknown(units),
            grade: unknown(units),
            grade_moves: vec![Vec::new(); units],
            fired: vec![vec![false; program.rule_count]; units],
            ledger: vec![Vec::new(); units],
            parts: vec![Vec::new(); units],
        }
    }

    /// The cell's value: evidence that only scored units have is never known of others.
    pub(crate) fn evidence(&self, id: EvidenceId, unit: usize) -> Eval {
        let Some(Column::Scalars(cells)) = self.column(id, unit) else { return Err(MISSING) };
        let value = cells.get(unit).and_then(|cell| cell.value.clone());
        value.ok_or_else(|| self.left_out(id))
    }

    /// The rows of a list.
    pub(crate) fn rows(&self, id: EvidenceId, unit: usize) -> Eval<&[RecordRow]> {
        let Some(Column::Lists(lists)) = self.column(id, unit) else { return Err(MISSING) };
        let lists = self.columns.get(&id).unwrap_or(lists);
        let rows = lists.get(unit).and_then(Option::as_deref);
        rows.ok_or_else(|| self.left_out(id))
    }

    /// Whether optional evidence was left out.
    pub(crate) fn absent(&self, id: EvidenceId, unit: usize) -> Eval<bool> {
        match self.column(id, unit) {
            Some(Column::Scalars(cells)) => Ok(cells.get(unit).is_none_or(|cell| cell.value.is_none())),
            Some(Column::Lists(lists)) => Ok(lists.get(unit).is_none_or(Option::is_none)),
            None => Err(MISSING),
        }
    }

    pub(crate) fn column(&self, id: EvidenceId, unit: usize) -> Option<&'a Column> {
        let declared = self.program.evidence.get(id.0)?;
        let theirs = !declared.graded_only || self.is_graded(unit);
        theirs.then(|| self.data.columns.get(id.0)).flatten()
    }

    pub(crate) fn is_graded(&self, unit: usize) -> bool {
        self.graded.get(unit).copied().unwrap_or(false)
    }

    pub(crate) fn scored(&self, node: NodeId) -> bool {
        self.scored.get(node.0).copied().unwrap_or(false)
    }

    /// Keeps a fault of the evidence, once. One in what nobody uses is none.
    pub(crate) fn fault(&self, fault: Fault) {
        if self.scored_only && !self.is_graded(fault.unit) {
            return;
        }
        let mut faults = self.faults.borrow_mut();
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }

    pub(crate) fn is_left_out(&self, node: NodeId, unit: usize) -> bool {
        self.left_out.get(node.0).and_then(|n| n.get(unit)).copied().unwrap_or(false)
    }

    pub(crate) fn error(&self, unit: usize, span: Span, kind: EvalErrorKind) -> EvalError {
        let unit = self.data.units.get(unit).map(|u| u.id.clone()).unwrap_or_default();
        EvalError { span, unit, kind }
    }

    pub(crate) fn fail<T>(&self, unit: usize, span: Span, kind: EvalErrorKind) -> Eval<T> {
        Err(Stop::Error(Box::new(self.error(unit, span, kind))))
    }

    fn left_out(&self, id: EvidenceId) -> Stop {
        let optional = self.program.evidence.get(id.0).is_some_and(|e| e.optional);
        Stop::Gap(if optional { Gap::Absent } else { Gap::Missing })
    }
}

/// What a column of columns holds, or missing where nothing was done yet.
pub(crate) fn slot<T: Clone>(columns: &[Vec<Slot<T>>], thing: usize, unit: usize) -> Eval<T> {
    columns.get(thing).map_or(Err(MISSING), |column| at(column, unit))
}

/// What a column holds.
pub(crate) fn at<T: Clone>(column: &[Slot<T>], unit: usize) -> Eval<T> {
    column.get(unit).cloned().unwrap_or(Err(Gap::Missing)).map_err(Stop::Gap)
}

fn open<T: Clone>(things: usize, units: usize) -> Vec<Vec<Slot<T>>> {
    vec![unknown(units); things]
}

fn unknown<T: Clone>(units: usize) -> Vec<Slot<T>> {
    vec![Err(Gap::Missing); units]
}

/// A node has a score if it has points, or holds a node with a score. The depth guards against a program
/// that was put together wrongly.
fn has_score(program: &Program, id: NodeId, depth: usize) -> bool {
    let Some(node) = program.nodes.get(id.0) else { return false };
    let deeper = || node.children.iter().any(|child| has_score(program, *child, depth + 1));
    node.points.is_some() || node.kind.outside() || (depth < program.nodes.len() && deeper())
}
