//! The tree of a rubric, as written: names unresolved, numbers as decimals with their unit.
//!
//! INVARIANT: equality of trees is equality of meaning. Places ([`At`]) always compare equal, so that the
//! formatter can compare the tree of its output with the tree of its input.

use rubric_base::{Code, Span};
use rust_decimal::Decimal;

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

/// A number with its unit, as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The number.
    pub number: Decimal,
    /// The unit's id of `grammar/keywords.toml`.
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
}

/// The head of a rubric. Each entry may stand at most once; the checker says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// The title.
    pub title: Quoted,
    /// Its lines.
    pub entries: Vec<HeaderEntry>,
    /// The whole head.
    pub at: At,
}

/// A line of the head.
#[derive(Debug, Clone, PartialEq)]
pub enum HeaderEntry {
    /// `年度 2022`
    Year(Quantity),
    /// `依据 "…"`
    Source(Quoted),
    /// `说明 "…"`
    Description(Quoted),
    /// `考核对象 单位`
    Subjects(Name),
    /// `满分 100分[,四舍五入 到 0.01分]`
    Total(Quantity, Option<Rounded>),
}

/// A line of the evidence block.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldItem {
    /// A declaration.
    Field(Field),
    /// `以下由参评单位填报 { … }`
    GradedOnly(Vec<FieldItem>, At),
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
    /// `清单 { … }`
    List(Vec<Field>),
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
}

/// `X = EXPR`
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// The name.
    pub name: Name,
    /// The value.
    pub value: Expr,
    /// The whole.
    pub at: At,
}

/// A section or clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// `大项` rather than `条款`.
    pub section: bool,
    /// Its number, as written.
    pub number: Name,
    /// Its title.
    pub title: Quoted,
    /// Its points.
    pub points: Option<Quantity>,
    /// `照原文` on the head.
    pub printed: Vec<AsPrinted>,
    /// What stands in it.
    pub body: Vec<NodeItem>,
    /// Keyword, number and title.
    pub head: At,
    /// The whole.
    pub at: At,
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

/// `每低 每少 每高 每多`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Direction {
    Lower,
    Fewer,
    Higher,
    More,
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

/// `按 X [从高到低] [在 POP 的 名次] { rows }`
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// X
    pub subject: Box<Expr>,
    /// The place of X rather than X itself.
    pub place: Option<PlaceOf>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The whole.
    pub at: At,
}

/// `从高到低 在 全部单位 的 名次`
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceOf {
    /// Highest first; `None` where not said.
    pub highest_first: Option<bool>,
    /// Among all units rather than the scored ones.
    pub all: bool,
    /// The words.
    pub at: At,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// KEY ENTRY
    Entry {
        /// Which values.
        key: Spanned<Key>,
        /// What they get.
        entry: Entry,
        /// The whole row.
        at: At,
    },
    /// `每后1名 减 P`: continues the row before it.
    EachNext {
        /// How many places (1).
        places: Quantity,
        /// How much less.
        less: Quantity,
        /// The whole row.
        at: At,
    },
    /// `并列 …`
    Ties(Spanned<Ties>),
}

/// Which values a row is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// `其余`
    Otherwise,
    /// `第3名`, `第3名 至 第6名`, `第20名起` (open).
    Places {
        /// The first.
        first: u64,
        /// The last; the first again for one place.
        last: Option<u64>,
    },
    /// `10件以内`, `90分以上`, `不满 60分` and other one-sided bands.
    Band(BandSide, Quantity),
    /// `80分 至 89分`
    Stretch(Quantity, Quantity),
    /// `0件`: one number.
    Exactly(Quantity),
    /// `甲、乙`: choices, grades; also 是 and 否 by the checker.
    Names(Vec<Name>),
    /// `是` or `否`
    Flag(bool),
}

/// The side of a band, and whether the edge belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum BandSide {
    UpTo,
    Under,
    From,
    Over,
}

/// What a row gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// `扣 P`, `得 P`, `不得分`, `得满分`
    Effect(Effect),
    /// `为 EXPR`
    Value(Expr),
}

/// How ties share places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Ties {
    Better,
    Worse,
    Mean,
}

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
}

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

/// What an expectation is about.
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
