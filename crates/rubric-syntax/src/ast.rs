//! The tree of a rubric, as written: names unresolved, numbers as decimals with their unit.
//!
//! INVARIANT: equality of trees is equality of meaning. Places ([`At`]) always compare equal, so that the
//! formatter can compare the tree of its output with the tree of its input.

use rubric_base::{Code, Level, Span};
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

/// `引用 "…" 作 A 按「F」`
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The file, relative to the one that imports it.
    pub path: Quoted,
    /// What it is called here.
    pub name: Name,
    /// The evidence that holds the id of its subject; the same subject where absent.
    pub by: Option<Name>,
    /// The whole.
    pub at: At,
}

/// `日历 { … }` or `日历 "…"`
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// The file it stands in, where it is not written here.
    pub path: Option<Quoted>,
    /// Its lines.
    pub entries: Vec<CalendarEntry>,
    /// The whole.
    pub at: At,
}

/// A line of a calendar.
#[derive(Debug, Clone, PartialEq)]
pub enum CalendarEntry {
    /// `年份 2004 至 2026`
    Years(Decimal, Option<Decimal>, At),
    /// `工作日 周一 至 周五`: days of the week, Monday is 0.
    Week(Vec<u8>, At),
    /// `放假 2012-04-30 至 2012-05-01、…`
    Off(Vec<(Quantity, Option<Quantity>)>),
    /// `上班 2012-04-28`
    On(Vec<(Quantity, Option<Quantity>)>),
}

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
    /// `检查 R0205 不报`
    Level(LevelSetting),
}

/// How grave a kind of finding is in a rubric.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelSetting {
    /// The code; `None` where there is no such code.
    pub code: Option<Code>,
    /// The code as written.
    pub written: Name,
    /// Its level; `None` for not told at all.
    pub level: Option<Level>,
    /// The whole.
    pub at: At,
}

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
    Lose,
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
