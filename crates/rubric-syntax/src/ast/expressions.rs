//! Values and conditions.

use super::{At, Name, Quantity, Table, Target};

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its place.
    pub at: At,
}

/// The kinds of expression.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `0.5分`
    Quantity(Quantity),
    /// `"…"`
    Text(String),
    /// `是`, `否`
    Flag(bool),
    /// A name: evidence, field, named value, choice, grade.
    Name(String),
    /// `「3.2」得分`
    Score(Name),
    /// `「3.2」折算前得分`
    RawScore(Name),
    /// `A 的 总分`, `A 的 X`: of an imported rubric.
    Imported(Name, Target),
    /// `总分`
    Total,
    /// `排名`
    Rank,
    /// `等级`
    Grade,
    /// `要求 达标数`
    RequirementsMet,
    /// `要求 总数`
    RequirementsAll,
    /// `未填(x)`
    Absent(Name),
    /// `未 x`
    Not(Box<Expr>),
    /// `−x`
    Negate(Box<Expr>),
    /// Two or more, joined by 且.
    And(Vec<Expr>),
    /// Two or more, joined by 或.
    Or(Vec<Expr>),
    /// `+ − × ÷`
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    /// `≥` and its words.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// `X 在 A 至 B 之间`
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `D 在 E 后 10个工作日 内`
    WithinDays {
        /// D
        day: Box<Expr>,
        /// E
        from: Box<Expr>,
        /// How many days or working days.
        days: Quantity,
    },
    /// `工作日数(A, B)`
    Workdays(Box<Expr>, Box<Expr>),
    /// `若 C 则 A 否则 B`
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A table of values.
    Table(Table),
    /// `件数(X 其中 C)`, `合计(X 的 F 其中 C)` …
    Rows {
        /// Which function.
        function: RowFunction,
        /// X
        list: Name,
        /// F
        field: Option<Name>,
        /// C
        filter: Option<Box<Expr>>,
    },
    /// `X 均 (C)`, `X 有 (C)` (`any`)
    Quantified {
        /// X
        list: Name,
        /// `有` rather than `均`.
        any: bool,
        /// C
        condition: Box<Expr>,
    },
    /// `较大(a, b, …)`
    Larger(Vec<Expr>),
    /// `较小(a, b, …)`
    Smaller(Vec<Expr>),
    /// `X 四舍五入 到 0.01分`
    Round(Box<Expr>, Rounded),
    /// In parentheses; kept, for the formatter writes what was written.
    Group(Box<Expr>),
}

/// `+ − × ÷`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// What a comparison word means. Several words share a meaning; the tokens keep which was written.
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

/// Functions over the rows of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RowFunction {
    Count,
    Sum,
    Mean,
    Max,
    Min,
}

/// `四舍五入 到 0.01分`
#[derive(Debug, Clone, PartialEq)]
pub struct Rounded {
    /// Which way.
    pub mode: Rounding,
    /// To multiples of this.
    pub step: Quantity,
}

/// Ways to round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Rounding {
    HalfAwayFromZero,
    HalfTowardsZero,
    HalfEven,
    Up,
    Down,
    AwayFromZero,
    TowardsZero,
}
