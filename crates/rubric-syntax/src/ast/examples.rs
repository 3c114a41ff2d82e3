//! Examples: evidence with the results that it must give.

use super::{At, Name, Quantity, Quoted};

/// `示例 "…" { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its name.
    pub name: Quoted,
    /// Its lines.
    pub items: Vec<ExampleItem>,
    /// The whole.
    pub at: At,
}

/// A line of an example.
#[derive(Debug, Clone, PartialEq)]
pub enum ExampleItem {
    /// `填报 { … }`: the only unit.
    Given(Vec<GivenItem>, At),
    /// `单位 甲 { … }`
    Unit(Name, Vec<GivenItem>, At),
    /// `应得 …`
    Expect(Vec<Expectation>),
}

/// A line of given evidence.
#[derive(Debug, Clone, PartialEq)]
pub enum GivenItem {
    /// `X = V`
    Value(Name, Literal, At),
    /// `其余无过失`
    RestFaultless(At),
}

/// A literal of an example.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `0.5分`, `-3`
    Number(Quantity),
    /// `是`, `否`
    Flag(bool, At),
    /// A choice or grade.
    Name(Name),
    /// `"…"`
    Text(Quoted),
    /// `3.2.1`: the number of a clause.
    Clause(Name),
    /// `[ { F = V; … }; … ]`
    Rows(Vec<Vec<(Name, Literal)>>, At),
}

/// `[甲] TARGET = V`
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// The unit, where named.
    pub unit: Option<Name>,
    /// A clause number, `总分`, `排名`, `等级`, or an output.
    pub target: Target,
    /// The value.
    pub value: Literal,
    /// The whole.
    pub at: At,
}

/// What an expectation, or the use of an imported rubric, is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// A clause by its number, or an output by its name: the checker decides.
    Named(Name),
    /// `总分`
    Total(At),
    /// `排名`
    Rank(At),
    /// `等级`
    Grade(At),
}
