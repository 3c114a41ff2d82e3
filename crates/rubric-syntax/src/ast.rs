//! The tree of a rubric, as written: names unresolved, numbers as decimals with their unit.
//!
//! INVARIANT: equality of trees is equality of meaning. Places ([`At`]) always compare equal, so that the
//! formatter can compare the tree of its output with the tree of its input.

mod evidence;
mod examples;
mod expressions;
mod grades;
mod head;
mod nodes;
mod tables;

use rubric_base::Span;
use rust_decimal::Decimal;

pub use evidence::{Field, FieldItem, FieldType, Modifier, Verify};
pub use examples::{Example, ExampleItem, Expectation, GivenItem, Literal, Target};
pub use expressions::{Arithmetic, Comparison, Expr, ExprKind, Rounded, Rounding, RowFunction};
pub use grades::{GradeStep, GradeStepKind, Grades, Population, Quota, Ranking};
pub use head::{Calendar, CalendarEntry, Header, HeaderEntry, Import, LevelSetting};
pub use nodes::{
    AsPrinted, Direction, Draw, Effect, Node, NodeItem, NodeKind, PartSteps, Rule, RuleKind, Tail, When,
};
pub use tables::{BandSide, Entry, Key, PlaceOf, Row, Table, Ties};

/// Where a node stands; equal to every other place.
#[derive(Debug, Clone, Copy, Default)]
pub struct At(pub Span);

impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Something with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// The thing.
    pub node: T,
    /// Its place.
    pub at: At,
}

/// A name, without its 「」.
pub type Name = Spanned<String>;

/// A quoted text, without its quotes.
pub type Quoted = Spanned<String>;

/// The unit of a date.
pub const DATE: &str = "date";

/// The unit of a time of day; its number counts seconds from midnight.
pub const TIME: &str = "time";

/// A number with its unit, or a date, as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The number; of a date the days since 1970-01-01.
    pub number: Decimal,
    /// The unit's id of `grammar/keywords.toml`, or [`DATE`] or [`TIME`].
    pub unit: Option<&'static str>,
    /// Its place.
    pub at: At,
}

/// A whole rubric.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct File {
    /// In written order.
    pub items: Vec<Item>,
}

/// What stands at the top of a rubric.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// `标准 "…" { … }`
    Header(Header),
    /// `引用 "…" 作 A 按「F」`
    Import(Import),
    /// `日历 { … }`
    Calendar(Calendar),
    /// `填报 { … }`
    Evidence(Vec<FieldItem>),
    /// `参评 COND`
    Graded(Expr),
    /// `设 X = EXPR`
    Let(Binding),
    /// `大项` or `条款`
    Node(Node),
    /// `排名 依 …; 并列 …`
    Ranking(Ranking),
    /// `等级 … { … }`
    Grades(Grades),
    /// `输出 X = EXPR`
    Output(Binding),
    /// `示例 "…" { … }`
    Example(Example),
    /// `每 X 于其「F」 扣 P`: at the clause that each row cites.
    Draw(Draw),
}

/// `X = EXPR`
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// The name.
    pub name: Name,
    /// The value.
    pub value: Expr,
    /// What is kept as the source prints it.
    pub printed: Vec<AsPrinted>,
    /// The whole.
    pub at: At,
}
