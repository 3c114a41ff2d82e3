//! Sections and clauses, and the rules in them.

use rubric_base::Code;

use super::{At, Expr, Name, Quantity, Quoted, Rounded, Spanned, Table};

/// `每 X [其中 COND] [同一 F 只计一次] 于其「F」 扣 P`
#[derive(Debug, Clone, PartialEq)]
pub struct Draw {
    /// The list.
    pub list: Name,
    /// `其中`
    pub filter: Option<Expr>,
    /// `同一 … 只计一次`
    pub distinct: Vec<Name>,
    /// The field that cites a clause.
    pub clause: Name,
    /// What each row does there.
    pub effect: Effect,
    /// The whole.
    pub at: At,
}

/// A section or clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its number, as written.
    pub number: Name,
    /// Its title.
    pub title: Quoted,
    /// Its points.
    pub points: Option<Quantity>,
    /// `共用`: the points are for all clauses in it.
    pub shared: bool,
    /// `最高 15分` of a node outside the total.
    pub cap: Option<Quantity>,
    /// `四舍五入 到 0.01分`
    pub rounded: Option<Rounded>,
    /// `折算 5分`
    pub scaled: Option<Quantity>,
    /// `权重 60%`
    pub weight: Option<Expr>,
    /// `照原文` on the head.
    pub printed: Vec<AsPrinted>,
    /// What stands in it.
    pub body: Vec<NodeItem>,
    /// Keyword, number and title.
    pub head: At,
    /// The whole.
    pub at: At,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// `大项`
    Section,
    /// `条款`
    Clause,
    /// `另扣`: outside the total.
    ExtraDeductions,
    /// `另加`: outside the total.
    ExtraAwards,
}

/// What stands in a section or clause.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeItem {
    /// A section or clause.
    Node(Node),
    /// A rule.
    Rule(Rule),
}

/// `照原文 R0203 "…"`
#[derive(Debug, Clone, PartialEq)]
pub struct AsPrinted {
    /// The code; `None` where there is no such code.
    pub code: Option<Code>,
    /// The code as written.
    pub written: Name,
    /// Why.
    pub reason: Quoted,
    /// The whole.
    pub at: At,
}

/// A rule with its annotations.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// What it is.
    pub kind: RuleKind,
    /// `照原文` after it.
    pub printed: Vec<AsPrinted>,
    /// The whole.
    pub at: At,
}

/// The kinds of rule.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleKind {
    /// WHEN and EFFECT.
    Simple {
        /// When it acts.
        when: When,
        /// What it does.
        effect: Effect,
        /// `,最高 P`, `,不足 …`: in written order.
        tails: Vec<Tail>,
        /// `否则 …`
        otherwise: Option<Effect>,
    },
    /// `按 X { … }` whose entries take or give points.
    Table(Table),
    /// `只计最重 { … }`
    Heaviest(Vec<Rule>),
    /// `起评 EXPR`
    Start(Expr),
    /// `可为负`
    MayBeNegative,
    /// `说明 "…"`: what a section or clause is about.
    Description(Quoted),
    /// `不适用 若 COND,按满分计 / 不计入总分`
    NotApplicable {
        /// When.
        condition: Expr,
        /// `按满分计` rather than `不计入总分`.
        full: bool,
    },
    /// `要求 COND ["…"]`, `建议 COND ["…"]`
    Require {
        /// `建议`.
        advice: bool,
        /// The condition.
        condition: Expr,
        /// The text.
        text: Option<Quoted>,
    },
}

/// When a rule acts.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// No condition.
    Always,
    /// `每 X [其中 COND] [同一 F、G 只计一次]`
    Each {
        /// The count or list.
        subject: Name,
        /// `其中`
        filter: Option<Expr>,
        /// `同一 … 只计一次`; empty where absent.
        distinct: Vec<Name>,
    },
    /// `X 比 L 每低 STEP`
    Steps {
        /// X
        value: Expr,
        /// L
        limit: Expr,
        /// Which of `每低 每少 每高 每多`.
        direction: Direction,
        /// STEP
        step: Quantity,
    },
    /// `若 COND`
    If(Expr),
}

/// `每低 每少 每高 每多 每晚 每早`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Direction {
    Lower,
    Fewer,
    Higher,
    More,
    Later,
    Earlier,
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// `扣 P`
    Deduct(Expr),
    /// `得 P`
    Award(Expr),
    /// `不得分`
    NoPoints(At),
    /// `得满分`
    FullPoints(At),
}

/// What may follow an effect.
#[derive(Debug, Clone, PartialEq)]
pub enum Tail {
    /// `最高 P`
    Cap(Expr),
    /// `不足 不计`, `不足 计一`, `不足 按比例`
    Part(Spanned<PartSteps>),
}

/// What a part step counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum PartSteps {
    Ignored,
    Counted,
    ProRata,
}
