//! Trees, words and findings moved along the text, for what stands behind an edit.
//!
//! Every pattern names every field, so that a place added to the tree and forgotten here does not compile.

use rubric_base::{Diagnostic, Span};

use crate::ast::*;
use crate::build::turns::{Piece, Turn};
use crate::hole::Hole;
use crate::token::Token;

/// What has places in a text.
pub(crate) trait Move {
    /// Moves every place by so many bytes.
    fn move_by(&mut self, by: i64);
}

impl Move for Span {
    fn move_by(&mut self, by: i64) {
        let moved = |at: u32| u32::try_from(i64::from(at) + by).unwrap_or(at);
        (self.start, self.end) = (moved(self.start), moved(self.end));
    }
}

impl Move for At {
    fn move_by(&mut self, by: i64) {
        self.0.move_by(by);
    }
}

impl<T: Move> Move for Vec<T> {
    fn move_by(&mut self, by: i64) {
        self.iter_mut().for_each(|x| x.move_by(by));
    }
}

impl<T: Move> Move for Option<T> {
    fn move_by(&mut self, by: i64) {
        self.iter_mut().for_each(|x| x.move_by(by));
    }
}

impl<T: Move> Move for Box<T> {
    fn move_by(&mut self, by: i64) {
        (**self).move_by(by);
    }
}

impl<A: Move, B: Move> Move for (A, B) {
    fn move_by(&mut self, by: i64) {
        self.0.move_by(by);
        self.1.move_by(by);
    }
}

impl<T: Move> Move for Spanned<T> {
    fn move_by(&mut self, by: i64) {
        self.node.move_by(by);
        self.at.move_by(by);
    }
}

macro_rules! placeless {
    ($($name:ty),*) => {$(
        impl Move for $name {
            fn move_by(&mut self, _: i64) {}
        }
    )*};
}
placeless!(bool, String, PartSteps, Ties, Rounding);

impl Move for Piece {
    fn move_by(&mut self, by: i64) {
        match self {
            Self::Source(span) => span.move_by(by),
            Self::Word(_) | Self::Sign(_) => {}
        }
    }
}

impl Move for Diagnostic {
    fn move_by(&mut self, by: i64) {
        self.labels.iter_mut().for_each(|label| label.place.span.move_by(by));
        self.fixes.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| edit.place.span.move_by(by));
    }
}

/// Structs: the fields with places, then those without.
macro_rules! structs {
    ($($name:ident { $($moved:ident),* ; $($kept:ident),* })*) => {$(
        impl Move for $name {
            fn move_by(&mut self, by: i64) {
                let Self { $($moved,)* $($kept: _,)* } = self;
                $($moved.move_by(by);)*
            }
        }
    )*};
}
structs! {
    Token { span; kind }
    Hole { span; kind }
    Turn { at, word, other; order }
    Quantity { at; number, unit }
    Calendar { path, entries, at; }
    Draw { list, filter, distinct, clause, effect, at; }
    Header { title, entries, at; }
    LevelSetting { written, at; code, level }
    Verify { condition, text, at; }
    Field { name, ty, modifiers, help, at; }
    Binding { name, value, printed, at; }
    Node { number, title, points, cap, rounded, scaled, weight, printed, body, head, at; kind, shared }
    AsPrinted { written, reason, at; code }
    Rule { kind, printed, at; }
    Table { subject, place, rows, at; }
    PlaceOf { at; highest_first, all }
    Grades { names, besides, steps, at; }
    GradeStep { kind, at; }
    Quota { grade, each, limit, population, whole, keys, ties, beyond, at; }
    Ranking { keys, ties, at; }
    Example { name, items, at; }
    Expectation { unit, target, value, at; }
    Expr { kind, at; }
    Rounded { step; mode }
}

/// Enums: each variant with the parts that have places; `_` stands for a part without.
macro_rules! enums {
    ($($name:ident { $($variant:pat => $($moved:ident)*),* $(,)? })*) => {$(
        impl Move for $name {
            fn move_by(&mut self, by: i64) {
                match self { $($variant => { $($moved.move_by(by);)* let _ = by; })* }
            }
        }
    )*};
}
enums! {
    Item {
        Self::Header(x) => x, Self::Import(x) => x, Self::Calendar(x) => x, Self::Evidence(x) => x,
        Self::Graded(x) => x, Self::Let(x) => x, Self::Node(x) => x, Self::Ranking(x) => x,
        Self::Grades(x) => x, Self::Output(x) => x, Self::Example(x) => x, Self::Draw(x) => x,
    }
    CalendarEntry {
        Self::Years(_, _, at) => at, Self::Week(_, at) => at, Self::Off(days) => days, Self::On(days) => days,
    }
    HeaderEntry {
        Self::Year(x) => x, Self::Source(x) => x, Self::Description(x) => x, Self::Subjects(x) => x,
        Self::Total(x, rounded) => x rounded, Self::Level(x) => x,
    }
    FieldItem {
        Self::Field(x) => x, Self::GradedOnly(x, at) => x at, Self::Verify(x) => x, Self::Computed(x) => x,
    }
    FieldType {
        Self::Count | Self::Number(_) | Self::Percent | Self::Points | Self::Flag => ,
        Self::Text | Self::Date | Self::Time | Self::Clause => ,
        Self::Choice(names) => names, Self::List(fields) => fields,
    }
    Modifier {
        Self::Range(x) => x, Self::Precision(x) => x, Self::Optional(at) => at, Self::Default(x) => x,
        Self::Sample(x) => x, Self::MostRows(x) => x, Self::Better { higher: _, at } => at,
    }
    NodeItem { Self::Node(x) => x, Self::Rule(x) => x }
    RuleKind {
        Self::Simple { when, effect, tails, otherwise } => when effect tails otherwise,
        Self::Table(x) => x, Self::Heaviest(x) => x, Self::Start(x) => x, Self::MayBeNegative => ,
        Self::Description(x) => x, Self::NotApplicable { condition, full: _ } => condition,
        Self::Require { advice: _, condition, text } => condition text,
    }
    When {
        Self::Always => , Self::Each { subject, filter, distinct } => subject filter distinct,
        Self::Steps { value, limit, direction: _, step } => value limit step, Self::If(x) => x,
    }
    Effect { Self::Deduct(x) => x, Self::Award(x) => x, Self::NoPoints(at) => at, Self::FullPoints(at) => at }
    Tail { Self::Cap(x) => x, Self::Part(x) => x }
    Row {
        Self::Entry { key, entry, at } => key entry at,
        Self::EachNext { places, less, at } => places less at,
        Self::Ties(x) => x,
    }
    Key {
        Self::Otherwise | Self::Places { first: _, last: _ } | Self::Flag(_) => ,
        Self::Band(_, x) => x, Self::Stretch(a, b) => a b, Self::Exactly(x) => x, Self::Names(x) => x,
    }
    Entry { Self::Effect(x) => x, Self::Value(x) => x }
    GradeStepKind {
        Self::Table(x) => x, Self::Give(condition, name) => condition name,
        Self::Lower(condition, by_steps, named) => condition by_steps named,
        Self::Change(condition, from, to) => condition from to,
        Self::Veto(name, conditions) => name conditions, Self::Quota(x) => x,
    }
    Population { Self::All | Self::Graded => , Self::Where(x) => x }
    ExampleItem { Self::Given(x, at) => x at, Self::Unit(name, x, at) => name x at, Self::Expect(x) => x }
    GivenItem { Self::Value(name, x, at) => name x at, Self::RestFaultless(at) => at }
    Literal {
        Self::Number(x) => x, Self::Flag(_, at) => at, Self::Name(x) => x, Self::Text(x) => x,
        Self::Clause(x) => x, Self::Rows(rows, at) => rows at,
    }
    Target { Self::Named(x) => x, Self::Total(at) => at, Self::Rank(at) => at, Self::Grade(at) => at }
    ExprKind {
        Self::Text(_) | Self::Flag(_) | Self::Name(_) | Self::Total | Self::Rank | Self::Grade => ,
        Self::RequirementsMet | Self::RequirementsAll => ,
        Self::Quantity(x) => x, Self::Score(x) => x, Self::RawScore(x) => x, Self::Absent(x) => x,
        Self::Imported(name, target) => name target, Self::Not(x) => x, Self::Negate(x) => x,
        Self::And(all) => all, Self::Or(all) => all, Self::Arithmetic(_, a, b) => a b,
        Self::Compare(_, a, b) => a b, Self::Between(x, a, b) => x a b,
        Self::WithinDays { day, from, days } => day from days, Self::Workdays(a, b) => a b,
        Self::If(c, a, b) => c a b, Self::Table(x) => x,
        Self::Rows { function: _, list, field, filter } => list field filter,
        Self::Quantified { list, any: _, condition } => list condition,
        Self::Larger(all) => all, Self::Smaller(all) => all, Self::Round(x, rounded) => x rounded,
        Self::Group(x) => x,
    }
}

// `by` is a field's own name here.
impl Move for Import {
    fn move_by(&mut self, by: i64) {
        let Self { path, name, by: subject, at } = self;
        path.move_by(by);
        name.move_by(by);
        subject.move_by(by);
        at.move_by(by);
    }
}
