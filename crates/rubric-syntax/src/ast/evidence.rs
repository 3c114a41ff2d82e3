//! The evidence block: what a unit gives, and what is checked of it.

use super::{At, Binding, Expr, Name, Quantity, Quoted};

/// A line of the evidence block.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldItem {
    /// A declaration.
    Field(Field),
    /// `以下由参评单位填报 { … }`
    GradedOnly(Vec<FieldItem>, At),
    /// `核对 COND "…"`
    Verify(Verify),
    /// `设 X = EXPR`: a computed column, in lists only.
    Computed(Binding),
}

/// `核对 COND "…"`
#[derive(Debug, Clone, PartialEq)]
pub struct Verify {
    /// What the evidence must satisfy.
    pub condition: Expr,
    /// What is said where it does not.
    pub text: Option<Quoted>,
    /// The whole.
    pub at: At,
}

/// A declared evidence, or a field of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: FieldType,
    /// What follows the type, in written order.
    pub modifiers: Vec<Modifier>,
    /// The help text.
    pub help: Option<Quoted>,
    /// The whole line.
    pub at: At,
}

/// A type of evidence.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldType {
    /// `次数`
    Count,
    /// `数量 件`
    Number(Option<&'static str>),
    /// `百分比`
    Percent,
    /// `评分`
    Points,
    /// `是否`
    Flag,
    /// `选项 甲、乙`
    Choice(Vec<Name>),
    /// `文本`
    Text,
    /// `日期`
    Date,
    /// `时间`
    Time,
    /// `条款号`
    Clause,
    /// `清单 { … }`
    List(Vec<FieldItem>),
}

/// What may follow a type.
#[derive(Debug, Clone, PartialEq)]
pub enum Modifier {
    /// `0分 或 0.5分 至 2分`: a stretch has both ends, a single value one.
    Range(Vec<(Quantity, Option<Quantity>)>),
    /// `到 0.01`
    Precision(Quantity),
    /// `可不填`
    Optional(At),
    /// `未填视为 V`
    Default(Expr),
    /// `抽查 10件`
    Sample(Quantity),
    /// `至多 3 行`
    MostRows(Quantity),
    /// `越高越好` or `越低越好`
    Better {
        /// Higher is better.
        higher: bool,
        /// Where.
        at: At,
    },
}
