//! Random rubrics as text: every construct, in Chinese words, mostly such that the checker is content.
//!
//! Points are planned from the total downwards, so that they add up; everything else is thrown by dice. What is
//! written knows no checker: that most of it checks is measured by the tests.

mod conditions;
mod days;
mod evidence;
mod examples;
mod grades;
mod heads;
mod lists;
mod nodes;
mod numbers;
mod others;
mod quotas;
mod rows;
mod rules;
mod steps;
mod synonyms;
mod tables;
mod text;
mod times;

use std::collections::BTreeSet;

use crate::rng::Rng;

pub use others::file;

/// A unit, by its Chinese word; none for a plain number. Days of the calendar are `DATE`.
type Unit = Option<&'static str>;

const POINTS: Unit = Some("分");
const PERCENT: Unit = Some("%");
const PP: Unit = Some("个百分点");
const DAYS: Unit = Some("天");
const WORKDAYS: Unit = Some("个工作日");
const DATE: Unit = Some("日期");
/// Times of day.
const TIME: Unit = Some("时间");
const MINUTES: Unit = Some("分钟");

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Ty {
    Number(Unit),
    Flag,
    Choice(Vec<String>),
    Text,
    /// A place in an order.
    Rank,
    /// The number of a clause.
    Clause,
    List(Vec<Named>),
}

/// Something with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    name: String,
    ty: Ty,
    optional: bool,
    /// Only the scored have it.
    graded_only: bool,
    /// It can be below nothing, or is not a finite decimal: not for points as they are.
    wild: bool,
    /// A list of which a check says that it has rows; a number that is never nothing.
    filled: bool,
}

impl Named {
    fn new(name: String, ty: Ty) -> Self {
        Self { name, ty, optional: false, graded_only: false, wild: false, filled: false }
    }
}

/// How tightly the parts of an expression hold together; a looser one is put in parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Primary,
    Negative,
    Product,
    Sum,
    Rounded,
    Comparison,
    Not,
    And,
    Or,
    Loose,
}

/// A piece of text that is an expression.
#[derive(Debug, Clone)]
struct Piece {
    text: String,
    level: Level,
}

impl Piece {
    fn new(text: impl Into<String>, level: Level) -> Self {
        Self { text: text.into(), level }
    }

    fn primary(text: impl Into<String>) -> Self {
        Self::new(text, Level::Primary)
    }
}

/// Where an expression stands.
#[derive(Debug, Clone, Default)]
struct Scope {
    /// The fields of the row in hand.
    fields: Option<Vec<Named>>,
    /// Only what every unit has.
    all_units: bool,
    /// Only evidence: nothing that is computed.
    plain: bool,
    /// Everything is scored already: totals, ranks and counts of requirements may be asked for.
    late: bool,
    /// Within the steps of grading, after one that gave grades.
    graded: bool,
    /// A requirement: it may use what may be left out.
    requires: bool,
}

/// What the whole rubric does, thrown once.
#[derive(Debug, Clone, Default)]
struct Plan {
    /// Some evidence may be left out: requirements use it as it is, all else asks first.
    gaps: bool,
    /// There are dates and perhaps a calendar.
    dates: bool,
    calendar: bool,
    /// There are times of day.
    times: bool,
    imports: bool,
    /// Sections share points, and a rule of no clause takes from them.
    draws: bool,
    /// Clauses may ask for the scores of later ones instead of earlier ones.
    forward: bool,
    /// Evidence of the scored units alone.
    theirs: bool,
}

/// What is written so far.
struct Writer {
    rng: Rng,
    plan: Plan,
    taken: BTreeSet<String>,
    evidence: Vec<Named>,
    lets: Vec<Named>,
    /// Results of imported rubrics, by how they are asked for.
    imported: Vec<Named>,
    /// Numbers of clauses and sections that may be asked for their score.
    scored: Vec<String>,
    /// Those of them that have a scale of their own.
    scaled: Vec<String>,
    /// Those that may have no score, with the condition by which to ask first.
    perhaps: Vec<(String, String)>,
    /// The condition of the node in hand not to apply, and whether it then has full points.
    not_applicable: Option<(String, bool)>,
    /// Numbers at the top that come later.
    later: Vec<String>,
    ranking: bool,
    grades: Vec<String>,
    outputs: Vec<Named>,
    /// Something may be left out of the total, whose parts are then no finite decimals.
    endless: bool,
    /// Rules may end a clause at nothing, or at its full points.
    settles: bool,
    /// Every part of an expression stands in parentheses.
    grouped: bool,
}

/// The rubric of a seed, of about so many clauses.
#[must_use]
pub fn rubric(seed: u64, clauses: usize) -> String {
    written(seed, clauses, false)
}

/// The same rubric with parentheses round every part of an expression: it means the same.
#[must_use]
pub fn grouped(seed: u64, clauses: usize) -> String {
    written(seed, clauses, true)
}

fn written(seed: u64, clauses: usize, grouped: bool) -> String {
    let mut rng = Rng::new(seed);
    let dates = rng.percent(40);
    let plan = Plan {
        gaps: rng.percent(25),
        dates,
        calendar: dates && rng.percent(65),
        times: rng.percent(25),
        imports: rng.percent(20),
        draws: rng.percent(25),
        forward: rng.percent(12),
        theirs: rng.percent(60),
    };
    let words = Rng::new(rng.draw());
    let mut writer = Writer {
        rng,
        plan,
        taken: BTreeSet::new(),
        evidence: Vec::new(),
        lets: Vec::new(),
        imported: Vec::new(),
        scored: Vec::new(),
        scaled: Vec::new(),
        perhaps: Vec::new(),
        not_applicable: None,
        later: Vec::new(),
        ranking: false,
        grades: Vec::new(),
        outputs: Vec::new(),
        endless: false,
        settles: true,
        grouped,
    };
    let text = writer.file(clauses);
    synonyms::synonyms(&text, words)
}

impl Writer {
    fn file(&mut self, clauses: usize) -> String {
        let mut items = Vec::new();
        if self.plan.calendar {
            items.push(self.calendar());
        }
        items.push(self.evidence_block(clauses));
        if self.plan.imports {
            items.push(self.import());
        }
        if self.rng.percent(55) {
            items.extend(self.graded_line());
        }
        for _ in 0..self.rng.below(4) {
            items.push(self.let_line());
        }
        if self.plan.draws {
            items.extend(self.draw_line());
        }
        let points = self.rng.within(2, 20) * 100;
        items.extend(self.top(points, clauses));
        let header = self.header(points);
        if self.rng.percent(75) {
            items.push(self.ranking_line());
            self.ranking = true;
        }
        if self.rng.percent(60) {
            items.push(self.grades_block());
        }
        for _ in 0..self.rng.below(4) {
            items.push(self.output_line());
        }
        if self.rng.percent(30) {
            items.push(self.example());
        }
        let mut text = header;
        for item in items {
            text.push('\n');
            if self.rng.percent(30) {
                text.push('\n');
            }
            text.push_str(&item);
        }
        text.push('\n');
        text
    }
}
