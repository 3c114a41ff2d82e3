//! The evidence a rubric declares.

use std::sync::Arc;

use rubric_base::Span;

use crate::exact::Exact;
use crate::expr::{Expr, Unit};

/// Index into [`crate::Program::evidence`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EvidenceId(pub usize);

/// Index into the fields of one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId(pub usize);

/// Allowed numbers: any of these stretches, both ends allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberRange {
    /// Stretches in rising order, not empty; a single value is a stretch of equal ends.
    pub stretches: Vec<(Exact, Exact)>,
    /// Values are multiples of this, where that is more than their decimals say (`到 0.5`).
    pub step: Option<Exact>,
}

impl NumberRange {
    /// One stretch.
    #[must_use]
    pub fn between(low: Exact, high: Exact) -> Self {
        Self { stretches: vec![(low, high)], step: None }
    }

    /// The part that is not above a value; no stretch is left where all lie above it.
    #[must_use]
    pub fn up_to(&self, most: &Exact) -> Self {
        let below = self.stretches.iter().filter(|(low, _)| low <= most);
        let stretches = below.map(|(low, high)| (low.clone(), high.clone().min(most.clone()))).collect();
        Self { stretches, step: self.step.clone() }
    }

    /// Whether a value is allowed.
    #[must_use]
    pub fn allows(&self, value: &Exact) -> bool {
        let on_step = self.step.as_ref().is_none_or(|step| &value.floor_steps(step) * step == *value);
        on_step && self.stretches.iter().any(|(low, high)| low <= value && value <= high)
    }

    /// The lowest allowed value.
    #[must_use]
    pub fn low(&self) -> Option<&Exact> {
        self.stretches.iter().map(|(low, _)| low).min()
    }

    /// The highest allowed value.
    #[must_use]
    pub fn high(&self) -> Option<&Exact> {
        self.stretches.iter().map(|(_, high)| high).max()
    }
}

/// What a value of evidence may be.
#[derive(Debug, Clone, PartialEq)]
pub enum EvidenceType {
    /// A whole number of occurrences, from 0; `sample` is the most there can be.
    Count {
        /// Its unit, where one is named.
        unit: Option<Unit>,
        /// Allowed values.
        range: NumberRange,
    },
    /// A number with a unit.
    Number {
        /// Its unit.
        unit: Option<Unit>,
        /// Allowed values.
        range: NumberRange,
        /// At most so many decimals (of the unit as written; of the percentage for percentages).
        decimals: u32,
    },
    /// A percentage, written with its sign; the value is the fraction.
    Percent {
        /// Allowed fractions.
        range: NumberRange,
        /// At most so many decimals of the percentage.
        decimals: u32,
    },
    /// Points given by a person.
    Points {
        /// Allowed values.
        range: NumberRange,
        /// At most so many decimals.
        decimals: u32,
    },
    /// Yes or no.
    Flag,
    /// One of these.
    Choice(Arc<[String]>),
    /// Free text.
    Text,
    /// A day, written as ISO 8601; the value is its number.
    Date {
        /// Allowed days.
        range: NumberRange,
    },
    /// A time of day, written as ISO 8601; the value is its minutes since midnight.
    Time {
        /// Allowed times; their step is a minute unless stated.
        range: NumberRange,
    },
    /// The number of one of these clauses.
    Clause(Arc<[String]>),
    /// Rows of named fields.
    List {
        /// The fields of a row.
        fields: Vec<Field>,
        /// At most so many rows.
        most: u64,
    },
}

/// A field of a list's rows. Its type is never a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: EvidenceType,
    /// Whether a row may leave it out.
    pub optional: bool,
    /// The value where it is left out.
    pub default: Option<Expr>,
    /// What it is computed from, over the fields before it; then it is never given.
    pub computed: Option<Expr>,
    /// Where it is declared.
    pub span: Span,
}

/// `核对`: what the evidence must satisfy; a breach is a fault of the evidence, never a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Verify {
    /// The list whose rows are asked one by one; else each unit as a whole.
    pub list: Option<EvidenceId>,
    /// The condition.
    pub condition: Expr,
    /// What is said where it does not hold; may be empty.
    pub text: String,
    /// Only scored units are asked.
    pub graded_only: bool,
    /// Where it stands.
    pub span: Span,
}

/// Which way evidence is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// One declared evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: EvidenceType,
    /// Only units that satisfy [`crate::Program::graded`] have it.
    pub graded_only: bool,
    /// Whether it may be left out with nothing in its place.
    pub optional: bool,
    /// The value where it is left out (a literal).
    pub default: Option<Expr>,
    /// Which way it is better, where that is declared.
    pub better: Option<Better>,
    /// What the writer says about it; may be empty.
    pub help: String,
    /// Where it is declared: the name.
    pub span: Span,
}
