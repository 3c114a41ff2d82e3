//! Random rubrics as text: every construct, in either language or a mixture, mostly such that the checker is
//! content.

mod conditions;
mod evidence;
mod examples;
mod grades;
mod nodes;
mod numbers;
mod rules;
mod tables;
mod words;

use crate::rng::Rng;
use words::{Tongue, Words};

/// A unit of the unit table.
type Unit = Option<&'static str>;

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Ty {
    Number(Unit),
    Flag,
    Choice(Vec<String>),
    Text,
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
    /// Everything is scored already: totals, ranks and counts of requirements may be asked for.
    late: bool,
    /// A requirement: it may use what may be left out.
    requires: bool,
}

/// What is written so far.
struct Writer {
    rng: Rng,
    words: Words,
    taken: Vec<String>,
    evidence: Vec<Named>,
    lets: Vec<Named>,
    /// Numbers of finished clauses and sections with points.
    scored: Vec<String>,
    /// All clause numbers with points, with those points in hundredths.
    ranking: bool,
    grades: Vec<String>,
    graded: bool,
    /// Some evidence may be left out: requirements use it as it is, all else asks first.
    gaps: bool,
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
    let tongue = *rng.pick(&[Tongue::Zh, Tongue::Zh, Tongue::En, Tongue::En, Tongue::Mixed]);
    let gaps = rng.percent(25);
    let words = Words::new(tongue, rng.draw());
    let mut writer = Writer {
        rng,
        words,
        taken: Vec::new(),
        evidence: Vec::new(),
        lets: Vec::new(),
        scored: Vec::new(),
        ranking: false,
        grades: Vec::new(),
        graded: false,
        gaps,
        grouped,
    };
    writer.file(clauses)
}

impl Writer {
    fn file(&mut self, clauses: usize) -> String {
        let mut items = vec![self.evidence_block(clauses)];
        if self.rng.percent(60) {
            items.extend(self.graded_line());
        }
        for _ in 0..self.rng.below(4) {
            items.push(self.let_line());
        }
        let (nodes, points) = self.nodes(clauses);
        items.extend(nodes);
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

    fn header(&mut self, points: usize) -> String {
        let mut lines = vec![format!("{} {}", self.kw("year"), self.rng.within(2000, 2026))];
        for id in ["source", "description"] {
            if self.rng.percent(20) {
                lines.push(format!("{} \"{}\"", self.kw(id), self.prose()));
            }
        }
        if self.rng.percent(30) {
            let name = self.fresh("单位");
            lines.push(format!("{} {name}", self.kw("subjects")));
        }
        let mut total = format!("{} {}", self.kw("total"), self.points(points));
        if self.rng.percent(70) {
            let step = *self.rng.pick(&[1, 5, 10, 25, 50, 100]);
            let comma = if self.rng.percent(50) { self.comma() } else { " ".to_owned() };
            total.push_str(&format!("{comma}{}", self.rounding("points", step)));
        }
        lines.push(total);
        let head = format!("{} \"{}\"", self.kw("rubric"), self.prose());
        self.block(&head, &lines)
    }

    /// A block, on one line or several, with comments here and there.
    fn block(&mut self, head: &str, lines: &[String]) -> String {
        let inline = lines.len() <= 3 && lines.iter().all(|l| !l.contains('\n')) && self.rng.percent(40);
        if inline {
            let separator = if self.rng.percent(80) { "; " } else { ";" };
            return format!("{head} {{ {} }}", lines.join(separator));
        }
        let mut text = format!("{head} {{\n");
        for line in lines {
            if self.rng.percent(5) {
                text.push_str("  // 说明 note\n");
            }
            text.push_str("  ");
            text.push_str(line);
            if self.rng.percent(5) {
                text.push_str("  // 注");
            }
            text.push('\n');
        }
        text.push('}');
        text
    }

    fn let_line(&mut self) -> String {
        let name = self.fresh("值");
        let scope = Scope::default();
        let (ty, piece) = if self.rng.percent(70) {
            let unit = self.any_unit();
            (Ty::Number(unit), self.number(unit, 3, &scope))
        } else {
            (Ty::Flag, self.condition(3, &scope))
        };
        let line = format!("{} {name} = {}", self.kw("let"), piece.text);
        self.lets.push(Named { name, ty, optional: false, graded_only: true, wild: true });
        line
    }

    fn output_line(&mut self) -> String {
        let name = self.fresh("结果");
        let scope = Scope { late: true, ..Scope::default() };
        let value = match self.rng.below(10) {
            0 | 1 => self.condition(2, &scope).text,
            2 => format!("\"{}\"", self.prose()),
            3 if !self.grades.is_empty() => self.grade_value_table(),
            4 if self.ranking => self.kw("rank_value"),
            _ => {
                let unit = self.any_unit();
                let inner = self.number(unit, 3, &scope);
                let step = *self.rng.pick(&[1, 5, 10, 100]);
                let inner = self.wrap(inner, Level::Primary);
                format!("{inner} {}", self.rounding(unit.unwrap_or_default(), step))
            }
        };
        format!("{} {name} = {value}", self.kw("output"))
    }

    fn ranking_line(&mut self) -> String {
        let mut keys = vec![format!("{} {}", self.kw("total_score"), self.kw("highest_first"))];
        let scope = Scope::default();
        for _ in 0..self.rng.below(3) {
            let unit = self.any_unit();
            let key = self.number(unit, 1, &scope);
            let key = self.wrap(key, Level::Sum);
            let way = if self.rng.percent(50) { "highest_first" } else { "lowest_first" };
            keys.push(format!("{key} {}", self.kw(way)));
        }
        if self.rng.percent(20) {
            keys.reverse();
        }
        let ties = if self.rng.percent(50) { "ties_better" } else { "ties_worse" };
        let (ranking, by) = (self.kw("ranking"), self.kw("by_key"));
        format!("{ranking} {by} {}; {} {}", keys.join("、"), self.kw("ties"), self.kw(ties))
    }

    /// A name that nothing else has.
    fn fresh(&mut self, base: &str) -> String {
        let odd = ["条款", "满意", "year", "大项", "总", "total", "是否", "places", "gold", "乙_2"];
        let quoted = ["总分", "按", "is", "每 件", "a b", "3.10", "若 是", "不得分", "最高", "得分", "1个"];
        let plain = match self.rng.below(12) {
            0 => (*self.rng.pick(&odd)).to_owned(),
            1 => format!("「{}」", self.rng.pick(&quoted)),
            2..5 => format!("n{}", self.taken.len()),
            _ => format!("{base}{}", self.taken.len()),
        };
        let name = if self.taken.contains(&plain) { format!("{base}{}", self.taken.len()) } else { plain };
        self.taken.push(name.clone());
        name
    }

    fn prose(&mut self) -> String {
        (*self.rng.pick(&["一", "平时 考核", "a clause", "窗口「甲」", "100% 达标; {看}", "", "x // y"]))
            .to_owned()
    }
}
