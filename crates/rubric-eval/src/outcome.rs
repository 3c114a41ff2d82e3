//! What evaluation gives: plain data that every report renders.

use rubric_base::{Place, Span};
use rubric_program::{Exact, NodeId, RuleId, Value};

/// The result of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// The scored units, in the order of the evidence.
    pub units: Vec<UnitOutcome>,
    /// What is wrong with the evidence. Where there is any, no result may be used.
    pub faults: Vec<Fault>,
}

/// A fault of the evidence that shows only when it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The unit, by its index in the dataset.
    pub unit: usize,
    /// Where it was written; nowhere in examples.
    pub place: Option<Place>,
    /// The part of the rubric that found it.
    pub span: Span,
    /// What it is.
    pub kind: FaultKind,
}

/// What can be wrong with evidence that has the right form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// A check does not hold; its text, which may be empty.
    Verify(String),
    /// Working days are counted with a day outside the calendar.
    OutsideCalendar(i32),
    /// Units of one group state different numbers for a quota.
    QuotaDiffers,
    /// The imported result has no such subject: the name of the import, the id.
    NotImported(String, String),
    /// No clause applies, so that there is no total.
    NothingApplies,
}

/// The result of one unit. `None` anywhere means that it is not known, or that the rubric does not give it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitOutcome {
    /// Its index in the dataset.
    pub index: usize,
    /// Its id.
    pub id: String,
    /// The total, rounded as the rubric says.
    pub total: Option<Exact>,
    /// Its rank in the order of merit.
    pub rank: Option<u64>,
    /// Its grade.
    pub grade: Option<String>,
    /// The steps that gave the grade or changed it, in order.
    pub grade_moves: Vec<GradeMove>,
    /// Scores, by node.
    pub nodes: Vec<Option<Exact>>,
    /// Whether a node's requirements are met, by node; `None` also where it has none.
    pub requirements: Vec<Option<bool>>,
    /// Outputs in written order.
    pub outputs: Vec<Option<Value>>,
    /// Named values in written order.
    pub lets: Vec<Option<Value>>,
    /// By node: whether it does not apply, and counts nowhere.
    pub left_out: Vec<bool>,
    /// What the total consists of: they add up to it. Empty with [`crate::Mode::ScoresOnly`].
    pub parts: Vec<Entry>,
    /// How each node with points came to its score; empty with [`crate::Mode::ScoresOnly`].
    pub ledger: Vec<NodeLedger>,
    /// By rule: whether it had an effect before any limit, matched a row or a condition, or, as a
    /// requirement or an advice, was not met.
    pub fired: Vec<bool>,
}

/// A step that gave or changed a grade, or refused one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeMove {
    /// The step.
    pub step: Span,
    /// Of a table the row that fits.
    pub row: Option<Span>,
    /// The grade before it.
    pub before: Option<String>,
    /// The grade after it.
    pub grade: String,
    /// Of a veto the conditions that hold, by index.
    pub vetoed_by: Vec<usize>,
    /// Of a quota why there was no place.
    pub missed: Option<Missed>,
}

/// Why a quota had no place for a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// How many places there are.
    pub places: Exact,
    /// The place that the unit reached. Within the places, equals that did not all fit lost theirs together.
    pub reached: u64,
    /// How many reached that same place, the unit among them.
    pub equals: u64,
    /// The value of the evidence by which units are grouped; empty where they are not.
    pub group: String,
}

/// How a node came to its score. INVARIANT: `start` and the points of all entries add up to `score`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeLedger {
    /// The node.
    pub node: NodeId,
    /// Where it started; nothing for a section whose children have scores.
    pub start: Exact,
    /// What moved it, in written order, rows of a list in the order of the evidence.
    pub entries: Vec<Entry>,
    /// Where it ended.
    pub score: Exact,
}

/// One movement of a score, or one that was absorbed. INVARIANT: the size of `raw` is the size of `points`
/// and all that was absorbed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The rule; none for a child's score and for a start outside its limits.
    pub rule: Option<RuleId>,
    /// The rule, the child, or the node.
    pub span: Span,
    /// Why.
    pub reason: Reason,
    /// What the rule alone says, before its cap; deductions are negative.
    pub raw: Exact,
    /// What really moved the score.
    pub points: Exact,
    /// Where the rest went.
    pub absorbed: Vec<Absorbed>,
    /// The evidence behind it.
    pub places: Vec<Place>,
    /// The evidence by name, each with its value as a text; a percentage with its sign, a list by its number
    /// of rows.
    pub units_of: Vec<(String, String)>,
}

/// Why a score moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The rule acts always.
    Always,
    /// So often, so many points each time (both as written, without a sign).
    Each {
        /// How often.
        count: Exact,
        /// Points each time.
        per: Exact,
    },
    /// A row of a list.
    Row {
        /// Its index in the list, from 0.
        row: usize,
        /// Its points.
        per: Exact,
    },
    /// Steps beyond a limit.
    Steps {
        /// How far beyond.
        distance: Exact,
        /// How many steps.
        steps: Exact,
        /// Points each step.
        per: Exact,
    },
    /// The condition held, or did not and the alternative acts.
    Condition(bool),
    /// The row of a table that fits, by its index from 0, if one does.
    TableRow {
        /// The row.
        row: Option<usize>,
        /// The value that was looked up.
        value: Value,
    },
    /// No points.
    NoPoints,
    /// Full points.
    FullPoints,
    /// The score of a child, times the share of it that counts where that is not all of it: weight, scale, and
    /// what the left out ones leave.
    Child(NodeId, Option<Exact>),
    /// The clause does not apply and has full points.
    NotApplicable,
    /// What rounding added or took.
    Rounded,
    /// The start itself lay outside the node's limits. What a floor or ceiling takes from an entry is no entry
    /// of its own: it is absorbed there.
    Limit,
}

/// Points that did not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absorbed {
    /// What kept them from counting.
    pub by: AbsorbedBy,
    /// How many, above nothing.
    pub points: Exact,
}

/// What keeps points from counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsorbedBy {
    /// The rule's own cap.
    Cap,
    /// The lowest score of the node.
    Floor,
    /// The highest score of the node.
    Ceiling,
    /// Of several rules only this one counts.
    Heavier(RuleId),
    /// An earlier row had the same key.
    Duplicate,
    /// The node ends at nothing.
    NoPoints,
    /// The node ends at its full points.
    FullPoints,
}
