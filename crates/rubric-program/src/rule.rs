//! Rules: when, and to what effect.

use rubric_base::Span;

use crate::evidence::{EvidenceId, FieldId};
use crate::exact::Exact;
use crate::expr::Expr;

/// Index into [`crate::Program::rules`]. Every rule has its own, so that a ledger and a coverage report can
/// name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub usize);

/// A rule of a clause or section.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its own id.
    pub id: RuleId,
    /// What it does.
    pub kind: RuleKind,
    /// The most it takes or gives, before the clause's own limits; what it does otherwise is not bounded.
    pub cap: Option<Expr>,
    /// The whole rule.
    pub span: Span,
}

/// The kinds of rule.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleKind {
    /// WHEN and EFFECT; `otherwise` belongs to `When::If`.
    Simple {
        /// When it acts.
        when: When,
        /// What it does.
        effect: Effect,
        /// What it does else.
        otherwise: Option<Effect>,
    },
    /// By the row of a table; each entry is a deduction or an award.
    Table {
        /// What is looked up.
        subject: Expr,
        /// The rows; at most one applies.
        rows: Vec<Row>,
    },
    /// Of these only the one that takes most counts; the first of equals.
    Heaviest(Vec<Rule>),
    /// Met or not; takes no points.
    Require {
        /// The condition.
        condition: Expr,
        /// Advice only: reported, never counted.
        advice: bool,
        /// What the writer says about it.
        text: String,
    },
}

/// When a rule acts, and how often.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// Always once.
    Always,
    /// As often as a count says (an expression, usually evidence).
    Each(Expr),
    /// For each row of a list.
    EachRow {
        /// The list.
        list: EvidenceId,
        /// Which rows.
        filter: Option<Expr>,
        /// Rows with equal values in these fields count once: the first of them.
        distinct: Vec<FieldId>,
    },
    /// For each step that `value` lies beyond `limit`.
    Steps {
        /// The value.
        value: Expr,
        /// The limit.
        limit: Expr,
        /// Below the limit (`每低`, `每少`), else above.
        below: bool,
        /// The size of a step, positive.
        step: Exact,
        /// What a part step counts.
        part: PartSteps,
    },
    /// Once, if this holds.
    If(Expr),
}

/// What a part of a step counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartSteps {
    /// Nothing: full steps only.
    Ignored,
    /// As a whole step.
    Counted,
    /// In proportion.
    ProRata,
}

/// What a rule does each time.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Takes points (never negative).
    Deduct(Expr),
    /// Gives points (never negative).
    Award(Expr),
    /// The node ends at nothing, whatever else there is.
    NoPoints,
    /// The node ends at its full points, unless it ends at nothing.
    FullPoints,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Which values it is for.
    pub key: Key,
    /// What it gives.
    pub entry: Entry,
    /// The whole row.
    pub span: Span,
}

/// Which values a row is for. Keys are tried in order and the first that holds wins; the checker has seen to
/// it that the order cannot matter except as written.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// Any value left.
    Otherwise,
    /// A number within limits; an absent limit is none. `*_open`: the limit itself is not within.
    Band {
        /// Lower limit.
        low: Option<Exact>,
        /// The lower limit itself is out.
        low_open: bool,
        /// Upper limit.
        high: Option<Exact>,
        /// The upper limit itself is out.
        high_open: bool,
    },
    /// Places from the first to the last (none: all further).
    Places(u64, Option<u64>),
    /// One of these choices or grades.
    Choices(Vec<String>),
    /// Yes or no.
    Flag(bool),
}

/// What a row gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// Takes or gives points.
    Points(Effect),
    /// Points that fall from place to place: `first` at the first place of the row, each next place `less`
    /// less. Arises from `每后1名 减`, which continues the row before it; an award.
    Falling {
        /// Points at the first place of the row.
        first: Exact,
        /// How much less at each next place.
        less: Exact,
    },
    /// A value.
    Value(Expr),
}

/// How units with equal values share places: `1, 2, 2, 4` and its variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// They share the better place.
    Better,
    /// They share the worse place.
    Worse,
    /// They share the mean of what their places would get (tables of points only).
    Mean,
}
