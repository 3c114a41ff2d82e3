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
    /// The steps that gave the grade, changed or refused it.
    pub grade_moves: Vec<GradeLine>,
    /// What the total consists of, where that is more than the plain sum of the scores.
    pub parts: Vec<LineView>,
    /// Name and value of each output, in written order.
    pub outputs: Vec<(String, Shown)>,
}

/// What a step of grading does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GradeAct {
    /// Gives one.
    Give,
    /// Lowers it.
    Lower,
    /// Turns one into another.
    Change,
    /// Rules everything out.
    Veto,
    /// Has no place for it.
    Quota,
}

/// A step that gave, changed or refused a grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeLine {
    /// What it does.
    pub act: GradeAct,
    /// Its number among the steps, from 1.
    pub number: usize,
    /// The step, by its place in the rubric.
    pub step: Span,
    /// Of a table the row that fits, of a veto the conditions that hold.
    pub words: Vec<Span>,
    /// Of a veto the numbers of the conditions that hold, from 1.
    pub conditions: Vec<usize>,
    /// The grade before it.
    pub before: Option<String>,
    /// The grade after it.
    pub grade: String,
    /// Of a quota why there was no place.
    pub missed: Option<MissedPlace>,
    /// What it rests on, by name.
    pub names: Vec<String>,
    /// What it rests on.
    pub evidence: Vec<Ground>,
}

/// Why a quota had no place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissedPlace {
    /// How many there are.
    pub places: String,
    /// The place reached.
    pub reached: u64,
    /// How many reached it.
    pub equals: u64,
    /// Whether the place lies within the places there are, and was lost to a tie.
    pub tied: bool,
    /// The group within which places are given; empty where there are none.
    pub group: String,
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
    /// It does not apply, and counts nowhere.
    pub left_out: bool,
    /// Its score.
    pub score: Option<String>,
    /// Whether its requirements are met, where it has any.
    pub requirement: Option<bool>,
}

/// What a line is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A rule, by its place in the rubric.
    Rule(Span),
    /// A part of a section: number and title.
    Part(String),
    /// What rounding adds or takes.
    Rounding,
    /// A start that lies outside the limits of the clause.
    Limit,
}

/// One thing counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineView {
    /// What it is about.
    pub what: What,
    /// How often and how much each time: `3件`, `0.5`. Absent for once.
    pub arithmetic: Option<(String, String)>,
    /// Signed points, as the rule says, before anything absorbed them; absent for requirements.
    pub points: Option<String>,
    /// For requirements: met or not.
    pub met: Option<bool>,
    /// How far from a limit the evidence is, where that is counted.
    pub note: Option<String>,
    /// What was looked up in a table.
    pub matched: Option<Matched>,
    /// What it rests on.
    pub evidence: Vec<Ground>,
    /// What did not count, and why.
    pub absorbed: Vec<(Absorbed, String)>,
}

impl LineView {
    /// A line that says nothing yet.
    #[must_use]
    pub const fn of(what: What) -> Self {
        Self {
            what,
            arithmetic: None,
            points: None,
            met: None,
            note: None,
            matched: None,
            evidence: Vec::new(),
            absorbed: Vec::new(),
        }
    }
}

/// A value looked up in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// The value.
    pub value: String,
    /// The row it falls into, if any, by its place in the rubric.
    pub row: Option<Span>,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Name and value.
    pub text: String,
    /// Where it was written; nowhere for defaults and examples.
    pub places: Vec<Place>,
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
