//! The program as a whole: nodes, order of merit, grades, outputs, examples, and the order of evaluation.

use rubric_base::Span;

use crate::calendar::Calendar;
use crate::evidence::{Evidence, EvidenceId, Verify};
use crate::exact::{Exact, Rounding};
use crate::expr::{Domain, Expr};
use crate::rule::{Row, Rule, Ties};

macro_rules! ids {
    ($($name:ident $of:literal),*) => {$(
        #[doc = concat!("Index of ", $of, ".")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub usize);
    )*};
}
ids!(NodeId "a section or clause", LetId "a named value", OutputId "an output", PlaceId "a ranking of one value", ImportId "an imported rubric");

/// A checked rubric.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Program {
    /// Its title.
    pub title: String,
    /// The year it is for, where stated.
    pub year: Option<String>,
    /// What is scored (`考核对象`), where stated.
    pub subjects: Option<String>,
    /// What is declared as evidence.
    pub evidence: Vec<Evidence>,
    /// What the evidence must satisfy.
    pub verify: Vec<Verify>,
    /// The working days, where the rubric has a calendar.
    pub calendar: Option<Calendar>,
    /// Rubrics that are scored first.
    pub imports: Vec<Import>,
    /// Who is scored (a flag over evidence that all units have); everybody where absent.
    pub graded: Option<Expr>,
    /// Named values.
    pub lets: Vec<Named>,
    /// Rankings of one value over a population, as place tables use them.
    pub places: Vec<PlaceRank>,
    /// Sections and clauses in written order, parents before children.
    pub nodes: Vec<Node>,
    /// The total, where the rubric gives points.
    pub total: Option<Total>,
    /// The order of merit.
    pub ranking: Option<Ranking>,
    /// The grades.
    pub grades: Option<Grades>,
    /// Outputs in written order.
    pub outputs: Vec<Named>,
    /// Everything above in an order in which each step needs only earlier ones. Each step is done for every
    /// unit before the next begins.
    pub steps: Vec<Step>,
    /// In-language tests.
    pub examples: Vec<Example>,
    /// How many rules there are: rule ids are below this.
    pub rule_count: usize,
}

/// A step of evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Step {
    Columns(EvidenceId),
    Let(LetId),
    Place(PlaceId),
    Node(NodeId),
    Total,
    Ranking,
    Grades,
    Output(OutputId),
}

/// A named value.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Expr,
    /// Its name's place.
    pub span: Span,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// Holds nodes; its score is their sum, then its own rules.
    Section,
    /// Holds rules.
    Clause,
    /// Takes points outside the total.
    ExtraDeductions,
    /// Gives points outside the total.
    ExtraAwards,
}

impl NodeKind {
    /// Whether its points stand outside the full marks of what it stands in.
    #[must_use]
    pub const fn outside(self) -> bool {
        matches!(self, Self::ExtraDeductions | Self::ExtraAwards)
    }
}

/// `不适用 若 C`: when a node does not count.
#[derive(Debug, Clone, PartialEq)]
pub struct NotApplicable {
    /// When.
    pub condition: Expr,
    /// It then has full points; else it is left out, and what it stands in is scaled up to its full points.
    pub full: bool,
    /// Where it stands.
    pub span: Span,
}

/// `引用`: a rubric that is scored first, a run of its own over its own evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// What it is called.
    pub name: String,
    /// Its file, as written.
    pub path: String,
    /// What it means.
    pub program: Box<Program>,
    /// The evidence that holds the id of its subject; the unit's own id where absent.
    pub by: Option<EvidenceId>,
    /// Where it stands.
    pub span: Span,
}

/// A section or clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its number, as written (`3.10`).
    pub number: String,
    /// Its title.
    pub title: String,
    /// What it is about; may be empty.
    pub description: String,
    /// What it is.
    pub kind: NodeKind,
    /// The section it stands in.
    pub parent: Option<NodeId>,
    /// The nodes in it, in written order.
    pub children: Vec<NodeId>,
    /// Its points; `None` for a node without any (requirements only, or outside the total).
    pub points: Option<Exact>,
    /// Its points are for all clauses in it (`共用`).
    pub shared: bool,
    /// How its score is rounded.
    pub rounding: Option<(Rounding, Exact)>,
    /// What its full points are scaled to where it counts in what it stands in.
    pub scaled: Option<Exact>,
    /// The share of it that counts in what it stands in.
    pub weight: Option<Expr>,
    /// When it does not apply.
    pub not_applicable: Option<NotApplicable>,
    /// Where a clause starts: an expression, else its points for deductions and nothing for awards (see
    /// `start_full`). For a section the start is the sum of its children.
    pub start: Option<Expr>,
    /// Without `start`: begins full (deductions) rather than at nothing (awards).
    pub start_full: bool,
    /// The lowest it can end at; `None` for no floor (`可为负`).
    pub floor: Option<Exact>,
    /// The highest it can end at: its points.
    pub ceiling: Option<Exact>,
    /// Its rules.
    pub rules: Vec<Rule>,
    /// Proved bounds of its score; `None` without points.
    pub attainable: Option<Domain>,
    /// Its head: number and title.
    pub span: Span,
}

/// The total.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    /// Full marks, where declared.
    pub points: Option<Exact>,
    /// Rounding after the sum.
    pub rounding: Option<(Rounding, Exact)>,
    /// Proved bounds.
    pub attainable: Domain,
    /// Where it is declared.
    pub span: Span,
}

/// Over whom a rank runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Population {
    /// All units in the evidence.
    All,
    /// The scored ones.
    Graded,
}

/// A key of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The value.
    pub key: Expr,
    /// Highest first, else lowest first.
    pub highest_first: bool,
}

/// Places by one value, used by tables.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceRank {
    /// The order.
    pub order: Order,
    /// Among whom.
    pub population: Population,
    /// How ties share places.
    pub ties: TieRank,
    /// Where it stands.
    pub span: Span,
}

/// See [`Ties`].
pub type TieRank = Ties;

/// The order of merit, among the scored units.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// Keys in order; later ones break ties of earlier ones.
    pub keys: Vec<Order>,
    /// How what is still tied shares places.
    pub ties: TieRank,
    /// Where it stands.
    pub span: Span,
}

/// A grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// Its name.
    pub name: String,
    /// In the order of grades (`false` after `另有`).
    pub ordered: bool,
}

/// The grades and how they are given, step by step.
#[derive(Debug, Clone, PartialEq)]
pub struct Grades {
    /// Best first, those outside the order last.
    pub names: Vec<Grade>,
    /// In written order.
    pub steps: Vec<(GradeStep, Span)>,
    /// Where they are declared.
    pub span: Span,
}

/// How many may hold a grade.
#[derive(Debug, Clone, PartialEq)]
pub struct Quota {
    /// The grade.
    pub grade: usize,
    /// Counted for each group of units with one value of this evidence; else for all together.
    pub each: Option<EvidenceId>,
    /// How many.
    pub limit: QuotaLimit,
    /// The order in which it is filled.
    pub keys: Vec<Order>,
    /// Equals that do not all fit miss out; else they all get in.
    pub ties_lose: bool,
    /// What the others become.
    pub beyond: usize,
}

/// How many may hold a grade.
#[derive(Debug, Clone, PartialEq)]
pub enum QuotaLimit {
    /// So many; the same for all units of a group.
    Number(Expr),
    /// A share of those scored units that satisfy a condition (all, where absent), made whole.
    Share {
        /// The share.
        share: Expr,
        /// Of whom.
        of: Option<Expr>,
        /// Among all units, or the scored ones.
        of_population: Population,
        /// How it becomes whole.
        whole: Rounding,
    },
}

/// A step of grading. Grades are indexes into [`Grades::names`].
#[derive(Debug, Clone, PartialEq)]
pub enum GradeStep {
    /// Gives by a table of a value (score, rank); rows' entries are `Value` texts naming grades. Acts on those without a grade.
    Table(Expr, Vec<Row>),
    /// Gives if the condition holds (`其余 定为`: always). Acts on those without a grade.
    Give {
        /// The condition; none for `其余`.
        condition: Option<Expr>,
        /// The grade.
        grade: usize,
    },
    /// Lowers by some grades if the condition holds. Acts on those with a grade in the order.
    Lower {
        /// The condition.
        condition: Expr,
        /// How many grades.
        by: usize,
        /// Grades that fall to a named one instead (`三等 降为 不予评定`).
        named: Vec<(usize, usize)>,
    },
    /// Turns one grade into another if the condition holds.
    Change {
        /// The condition.
        condition: Expr,
        /// From.
        from: usize,
        /// To.
        to: usize,
    },
    /// Gives to everybody it hits, and no later step touches them.
    Veto {
        /// The grade.
        grade: usize,
        /// Any of these.
        conditions: Vec<Expr>,
    },
    /// Lets so many keep a grade. Acts on those with that grade.
    Quota(Box<Quota>),
}

/// An in-language test.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its name.
    pub name: String,
    /// The units, in written order; a single unnamed one has an empty id.
    pub units: Vec<ExampleUnit>,
    /// What must come out.
    pub expectations: Vec<Expectation>,
    /// Its head.
    pub span: Span,
}

/// A unit of an example.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleUnit {
    /// Its id.
    pub id: String,
    /// Counts and people's deductions not given are 0, lists not given empty.
    pub rest_faultless: bool,
    /// What is given.
    pub given: Vec<Given>,
    /// Where it stands.
    pub span: Span,
}

/// A value given in an example.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Which evidence.
    pub evidence: EvidenceId,
    /// A literal; for lists the rows, each field a literal in field order.
    pub value: Literal,
    /// Where it stands.
    pub span: Span,
}

/// A literal of an example.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A number in the base unit.
    Number(Exact),
    /// Yes or no.
    Flag(bool),
    /// A choice or text.
    Text(String),
    /// Rows: values in field order, absent where left out.
    Rows(Vec<Vec<Option<Literal>>>),
}

/// What an example expects.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// Index into the example's units.
    pub unit: usize,
    /// Of what.
    pub target: Target,
    /// The value: a number in the base unit, a flag, or a text.
    pub value: Literal,
    /// Where it stands.
    pub span: Span,
}

/// What an expectation, or the use of an imported result, is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Points of a node.
    Node(NodeId),
    /// Whether a node's requirements are met.
    Requirement(NodeId),
    /// The total.
    Total,
    /// The rank.
    Rank,
    /// The grade.
    Grade,
    /// An output.
    Output(OutputId),
}
