//! What the reports show of a result: numbers already written as decimals, nothing computed here.
//!
//! The reports do not read an outcome of evaluation themselves, so that its form and theirs can change apart.

use rubric_base::{Place, Span};

/// A result as shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// The rubric's title.
    pub title: String,
    /// The scored units, in the order of the evidence.
    pub units: Vec<UnitView>,
}

/// A value of an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A decimal, with % where it is a percentage.
    Decimal(String),
    /// A place.
    Place(u64),
    /// Yes or no.
    Flag(bool),
    /// A text or grade.
    Text(String),
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitView {
    /// Its id.
    pub id: String,
    /// Its total, where the rubric gives points.
    pub total: Option<String>,
    /// Its rank, where the rubric ranks.
    pub rank: Option<u64>,
    /// Its grade, where the rubric grades.
    pub grade: Option<String>,
    /// Sections and clauses in written order.
    pub nodes: Vec<NodeView>,
    /// Name and value of each output, in written order.
    pub outputs: Vec<(String, Shown)>,
}

/// A section or clause of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NodeView {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Stands at the top, so that a table has a column for it.
    pub top: bool,
    /// Its full points.
    pub points: Option<String>,
    /// Where it starts.
    pub start: Option<String>,
    /// What was counted, in order.
    pub lines: Vec<LineView>,
    /// Its score.
    pub score: Option<String>,
    /// Whether its requirements are met, where it has any.
    pub requirement: Option<bool>,
    /// Points lost to the floor (`true`) or the ceiling of the node itself.
    pub limited: Option<(bool, String)>,
}

/// One thing counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineView {
    /// Where the rule stands in the rubric.
    pub rule: Span,
    /// How often and how much each time: `3 件`, `0.5`. Absent for once.
    pub arithmetic: Option<(String, String)>,
    /// Signed points, as the rule says, before anything absorbed them; absent for requirements.
    pub points: Option<String>,
    /// For requirements: met or not.
    pub met: Option<bool>,
    /// Where the evidence stands.
    pub evidence: Vec<Place>,
    /// What did not count, and why.
    pub absorbed: Vec<(Absorbed, String)>,
}

/// Why points did not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absorbed {
    /// The clause ends no lower.
    Floor,
    /// The clause ends no higher.
    Ceiling,
    /// The rule takes or gives no more.
    Cap,
    /// Another rule of the group weighs more.
    Heavier,
    /// An equal row was counted already.
    Duplicate,
    /// The clause ends at nothing or full anyway.
    Overruled,
}
