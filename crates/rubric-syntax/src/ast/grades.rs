//! The order of merit, grades and quotas.

use super::{At, Expr, Name, Quantity, Rounding, Spanned, Table, Ties};

/// `排名 依 KEY 从高到低、…; 并列 取优`
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The keys, each highest first or not.
    pub keys: Vec<(Expr, bool)>,
    /// The ties; `None` where not said.
    pub ties: Option<Spanned<Ties>>,
    /// The whole.
    pub at: At,
}

/// `等级 A、B [另有 C] { steps }`
#[derive(Debug, Clone, PartialEq)]
pub struct Grades {
    /// Best first.
    pub names: Vec<Name>,
    /// `另有`
    pub besides: Vec<Name>,
    /// In written order.
    pub steps: Vec<GradeStep>,
    /// The head.
    pub at: At,
}

/// A step of grading.
#[derive(Debug, Clone, PartialEq)]
pub struct GradeStep {
    /// What it does.
    pub kind: GradeStepKind,
    /// The whole.
    pub at: At,
}

/// The kinds of step.
#[derive(Debug, Clone, PartialEq)]
pub enum GradeStepKind {
    /// `按 X { … 为 G }`
    Table(Table),
    /// `若 C,定为 G`; no condition: `其余 定为 G`
    Give(Option<Expr>, Name),
    /// `若 C,降 1等[,A 降为 B]…`
    Lower(Expr, Quantity, Vec<(Name, Name)>),
    /// `若 C,A 降为 B`
    Change(Expr, Name, Name),
    /// `一票否决 为 G { C; … }`
    Veto(Name, Vec<Expr>),
    /// `名额 G …; 超额 降为 H`
    Quota(Box<Quota>),
}

/// `名额 G [每「F」] 至多 N [于 POP][,向下取整]; 依 KEYS; 并列 …; 超额 降为 H`
#[derive(Debug, Clone, PartialEq)]
pub struct Quota {
    /// The grade that is scarce.
    pub grade: Name,
    /// Of each group of units that share this evidence, rather than of all.
    pub each: Option<Name>,
    /// How many, or what share.
    pub limit: Expr,
    /// Whom the share is taken of.
    pub population: Option<Population>,
    /// How a share becomes whole; `None` where not said.
    pub whole: Option<Spanned<Rounding>>,
    /// The order in which it is filled, each highest first or not.
    pub keys: Vec<(Expr, bool)>,
    /// Equals that do not all fit; `None` where not said.
    pub ties: Option<Spanned<Ties>>,
    /// What the others become.
    pub beyond: Name,
    /// The whole.
    pub at: At,
}

/// `于 全部单位`, `于 COND`
#[derive(Debug, Clone, PartialEq)]
pub enum Population {
    /// All units.
    All,
    /// The scored units.
    Graded,
    /// Those scored units that satisfy it.
    Where(Expr),
}
