//! What evaluation gives: every value, and why.

use rubric_base::{Place, Span};
use rubric_program::{EvidenceId, Exact, NodeId, RuleId, Value};

/// The result for all scored units.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// In the order of the evidence.
    pub units: Vec<UnitOutcome>,
}

/// The result for one unit. What is `None` is not declared, or depends on evidence that is not there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UnitOutcome {
    /// Its index in the dataset.
    pub index: usize,
    /// Its id.
    pub id: String,
    /// The total, rounded as the rubric says.
    pub total: Option<Exact>,
    /// Its rank, 1 is best.
    pub rank: Option<u64>,
    /// Its grade.
    pub grade: Option<String>,
    /// Points by [`NodeId`].
    pub nodes: Vec<Option<Exact>>,
    /// Whether a node's requirements are met, by [`NodeId`]; `None` also where it has none.
    pub requirements: Vec<Option<bool>>,
    /// By output.
    pub outputs: Vec<Option<Value>>,
    /// For each node with known points, in order; empty without [`crate::Mode::WithLedger`].
    pub ledger: Vec<NodeLedger>,
    /// By [`RuleId`]: whether the rule took, gave or decided anything.
    pub fired: Vec<bool>,
}

/// How a node came to its score. INVARIANT: `start` and the points of the entries add up to `score`.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeLedger {
    /// The node.
    pub node: NodeId,
    /// Where it started.
    pub start: Exact,
    /// What moved it, in evidence order.
    pub entries: Vec<Entry>,
    /// Where it ended.
    pub score: Exact,
}

/// One thing that moved a score, or would have.
///
/// INVARIANT: what it moved and what was absorbed add up to `raw`, all without sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The rule; none for the score of a child.
    pub rule: Option<RuleId>,
    /// Where the rule, or the child, stands in the rubric.
    pub span: Span,
    /// Why.
    pub reason: Reason,
    /// What the rule alone says, signed.
    pub raw: Exact,
    /// What really moved the score, signed.
    pub points: Exact,
    /// What did not count.
    pub absorbed: Vec<Absorbed>,
    /// The evidence behind it.
    pub evidence: Vec<EvidenceId>,
    /// Where that evidence was written.
    pub places: Vec<Place>,
}

/// Why a rule acted.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// It always acts.
    Always,
    /// So many occurrences, each so many points.
    Each {
        /// Occurrences.
        count: Exact,
        /// Points of one.
        per: Exact,
    },
    /// A row of a list, by its index.
    Row(usize),
    /// Steps beyond a limit.
    Steps {
        /// How far beyond.
        distance: Exact,
        /// How many steps that counts.
        steps: Exact,
        /// Points of one.
        per: Exact,
    },
    /// A condition held (or did not, and there is an otherwise).
    Condition(bool),
    /// The row of a table that fitted the value.
    TableRow(Value),
    /// The node ends at nothing.
    NoPoints,
    /// The node ends at its full points.
    FullPoints,
    /// The score of a child.
    Child(NodeId),
}

/// Points that did not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absorbed {
    /// Why not.
    pub by: AbsorbedBy,
    /// How many, without sign.
    pub points: Exact,
}

/// What absorbs points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsorbedBy {
    /// The rule takes or gives no more.
    Cap,
    /// The node ends no lower.
    Floor,
    /// The node ends no higher.
    Ceiling,
    /// A heavier rule of the same group counts instead.
    Heavier(RuleId),
    /// An equal row counted already.
    Duplicate,
    /// The node ends at nothing whatever else there is.
    NoPoints,
    /// The node ends at its full points whatever else there is.
    FullPoints,
}
