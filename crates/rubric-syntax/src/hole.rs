//! Statements that could not be read, kept as places: whoever reads the tree must know where it is not whole.

use rubric_base::Span;

use crate::grammar::Rule;

/// What a broken statement was to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoleKind {
    /// A statement of the file: anything may have been declared by it.
    Item,
    /// A line of the head.
    Header,
    /// A declaration of evidence, or a check of it.
    Field,
    /// A line of a calendar.
    Calendar,
    /// A rule, clause or section.
    Rule,
    /// A row of a table.
    Row,
    /// A step of the grades.
    Step,
    /// A part of an example.
    Example,
    /// A value: a number that is too long, a day that does not exist, a formula that can be read in two ways.
    Value,
}

/// A broken statement, or a value of which it is not clear what it is. INVARIANT: nothing under its span is in the tree, save that a value
/// has a stand-in there, of which nothing may be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hole {
    /// What it was to be.
    pub kind: HoleKind,
    /// All of it.
    pub span: Span,
}

/// What a broken statement was to be, and the rule that it should have matched.
pub(crate) const fn kind(broken: Rule) -> Option<(HoleKind, Rule)> {
    Some(match broken {
        Rule::bad_item => (HoleKind::Item, Rule::only_item),
        Rule::bad_header => (HoleKind::Header, Rule::only_header),
        Rule::bad_field => (HoleKind::Field, Rule::only_field),
        Rule::bad_calendar => (HoleKind::Calendar, Rule::only_calendar),
        Rule::bad_rule => (HoleKind::Rule, Rule::only_rule),
        Rule::bad_row => (HoleKind::Row, Rule::only_row),
        Rule::bad_step => (HoleKind::Step, Rule::only_step),
        Rule::bad_example => (HoleKind::Example, Rule::only_example),
        Rule::bad_given => (HoleKind::Example, Rule::only_given),
        _ => return None,
    })
}
