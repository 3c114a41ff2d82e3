//! The checked program: what a rubric means, as plain data.
//!
//! Names are resolved to ids, every expression has a type and a proved domain, and the steps stand in an
//! order in which each needs only what came before. There is no text here except titles and names that
//! reports show, no evidence, and no evaluation.

pub mod calendar;
pub mod data;
pub mod evidence;
pub mod exact;
pub mod expr;
mod needs;
pub mod program;
pub mod rule;
mod uses;

pub use calendar::Calendar;
pub use data::{Cell, Column, Dataset, RecordRow, UnitRow, Value};
pub use evidence::{Better, Evidence, EvidenceId, EvidenceType, Field, FieldId, NumberRange, Verify};
pub use exact::{Exact, Rounding};
pub use expr::{Aggregate, Arithmetic, Comparison, Domain, Expr, ExprKind, Type, Unit};
pub use needs::Needs;
pub use program::{
    Example, ExampleUnit, Expectation, Given, Grade, GradeStep, Grades, Import, ImportId, LetId, Literal,
    Named, Node, NodeId, NodeKind, NotApplicable, Order, OutputId, PlaceId, PlaceRank, Population, Program,
    Quota, QuotaLimit, Ranking, Step, Target, TieRank, Total,
};
pub use rule::{Effect, Entry, Key, PartSteps, Row, Rule, RuleId, RuleKind, Ties, When};
