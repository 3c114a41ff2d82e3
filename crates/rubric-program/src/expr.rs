//! Expressions with types and proved domains.

use std::sync::Arc;

use rubric_base::Span;

use crate::evidence::{EvidenceId, FieldId};
use crate::exact::{Exact, Rounding};
use crate::program::{ImportId, LetId, NodeId, OutputId, PlaceId, Target};
use crate::rule::Row;

/// A unit of the closed unit table, by its id in `grammar/keywords.toml` (`points`, `cases`, `percent`, …).
///
/// The value of a percentage or of percentage points is the fraction: `88.999%` is 0.88999. `date` is the unit
/// of days of the calendar, counted from 1970-01-01.
pub type Unit = &'static str;

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// A number: `None` is a plain number, which fits counts of anything.
    Number(Option<Unit>),
    /// Yes or no.
    Flag,
    /// One of these texts; comparisons need the same set.
    Choice(Arc<[String]>),
    /// Free text.
    Text,
    /// A grade of this rubric.
    Grade,
    /// A place in an order, 1 is best.
    Rank,
}

/// Proved bounds of a numeric expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// No value is lower.
    pub low: Exact,
    /// No value is higher.
    pub high: Exact,
    /// Decimals that always suffice; `None` where a quotient may not be a finite decimal.
    pub scale: Option<u32>,
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it computes.
    pub kind: ExprKind,
    /// Its type.
    pub ty: Type,
    /// Its proved bounds, for numbers.
    pub domain: Option<Domain>,
    /// Where it stands in the rubric.
    pub span: Span,
}

/// `+ − × ÷`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// The six comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What is computed over the rows of a list. All but `Count` need `value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Aggregate {
    Count,
    Sum,
    Mean,
    Max,
    Min,
    /// Every row satisfies `value`, a flag.
    Every,
    /// Some row satisfies `value`, a flag.
    Any,
}

/// The kinds of expression.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A number written in the rubric, in the base unit (percentages as fractions).
    Number(Exact),
    /// Yes or no.
    Flag(bool),
    /// A choice, a grade or a text.
    Text(String),
    /// Evidence of the unit.
    Evidence(EvidenceId),
    /// A field of the row in hand.
    Field(FieldId),
    /// A named value.
    Let(LetId),
    /// The points of a section or clause.
    Score(NodeId),
    /// The total, rounded as the rubric says.
    Total,
    /// The unit's rank in the order of merit.
    Rank,
    /// The unit's grade.
    Grade,
    /// The unit's place in a ranking of one value.
    Place(PlaceId),
    /// An output.
    Output(OutputId),
    /// Requirements met.
    RequirementsMet,
    /// Requirements in all.
    RequirementsAll,
    /// Whether optional evidence was left out.
    Absent(EvidenceId),
    /// Whether a field of the row in hand was left out.
    AbsentField(FieldId),
    /// Something of the imported result for this unit.
    Imported(ImportId, Target),
    /// Whether the first day is not later than so many working days after the second.
    WithinWorkdays(Box<Expr>, Box<Expr>, u64),
    /// Working days after the first day, up to the second.
    Workdays(Box<Expr>, Box<Expr>),
    /// Not.
    Not(Box<Expr>),
    /// Minus.
    Negate(Box<Expr>),
    /// All of these.
    And(Vec<Expr>),
    /// One of these at least.
    Or(Vec<Expr>),
    /// `a + b` and the like.
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    /// `a ≥ b` and the like; both sides have the same type.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// Within both limits, which count as within.
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    /// If, then, otherwise.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// The value of the first row whose key fits.
    Table(Box<Expr>, Vec<Row>),
    /// Over the rows of a list that satisfy `filter`.
    Rows {
        /// What is computed.
        aggregate: Aggregate,
        /// The list.
        list: EvidenceId,
        /// Which rows count; all where absent.
        filter: Option<Box<Expr>>,
        /// What is taken of each row; for `Every` and `Any` the condition.
        value: Option<Box<Expr>>,
    },
    /// The largest of several.
    Larger(Vec<Expr>),
    /// The smallest of several.
    Smaller(Vec<Expr>),
    /// Rounded to multiples of a step.
    Round {
        /// What is rounded.
        value: Box<Expr>,
        /// The step, positive.
        step: Exact,
        /// Which way.
        mode: Rounding,
    },
}
