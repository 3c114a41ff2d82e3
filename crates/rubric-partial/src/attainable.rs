//! What declared evidence allows: the bounds of a unit that has given nothing yet, its place free.
//!
//! It is the same abstract run over one unit. Bounds are sound, and what is left of an unreachable case is nothing.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rubric_program::{Dataset, EvidenceId, Exact, Expr, NodeId, Program, Rule, UnitRow};

use crate::abstraction::{Abstract, Interval, Kind};
use crate::expression::Scope;
use crate::rows::{self, Rows};
use crate::rules;
use crate::run::Run;

/// One unit without any evidence.
static NOTHING_GIVEN: LazyLock<Dataset> =
    LazyLock::new(|| Dataset { units: vec![UnitRow::default()], ..Dataset::default() });

/// The values that an expression can have. INVARIANT: no evidence gives another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Values {
    /// Numbers between these.
    Numbers(Exact, Exact),
    /// Yes, and no.
    Flags {
        /// It can be yes.
        yes: bool,
        /// It can be no.
        no: bool,
    },
    /// Some of these.
    Texts(BTreeSet<String>),
    /// Any text.
    AnyText,
    /// No value at all: it is never asked for.
    Nothing,
}

/// What a rule can do to a score, under its cap and before the limits of the clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moves {
    /// The least signed points.
    pub low: Exact,
    /// The most signed points.
    pub high: Exact,
    /// It can end the clause at nothing.
    pub nothing: bool,
    /// It can end the clause at its full points.
    pub full: bool,
}

/// The bounds of everything that a program computes.
pub struct Attainable<'a> {
    run: Run<'a>,
}

impl<'a> Attainable<'a> {
    /// Bounds all of a program.
    #[must_use]
    pub fn new(program: &'a Program) -> Self {
        let mut run = Run::free(program, &NOTHING_GIVEN);
        run.all();
        Self { run }
    }

    fn scope(&self) -> Scope<'_, 'a> {
        Scope::new(&self.run, 0)
    }

    /// What an expression of the unit can be.
    #[must_use]
    pub fn values(&self, expr: &Expr) -> Values {
        values(&self.scope().eval(expr))
    }

    /// What an expression can be of a row of a list.
    #[must_use]
    pub fn values_on_row(&self, list: EvidenceId, expr: &Expr) -> Values {
        match rows::of(self.scope(), list) {
            Rows::Open(_, row) => values(&self.scope().on(&row).eval(expr)),
            _ => Values::Nothing,
        }
    }

    /// What a rule can do; nothing where that cannot be bounded.
    #[must_use]
    pub fn rule(&self, rule: &Rule) -> Option<Moves> {
        let net = rules::net(self.scope(), rule)?;
        let Interval { low, high } = net.points;
        Some(Moves { low, high, nothing: net.nothing.0, full: net.full.0 })
    }

    /// The score of a section or clause, where it has one and can count.
    #[must_use]
    pub fn score(&self, node: NodeId) -> Option<(Exact, Exact)> {
        let counts = self.run.counts(node.0, 0).is_some_and(|c| c.may);
        self.run.score(node.0, 0).filter(|_| counts).map(pair)
    }

    /// What a section or clause comes to before its own limits, and before it is rounded; nothing where it has none.
    #[must_use]
    pub fn before_limits(&self, node: NodeId) -> Option<(Exact, Exact)> {
        let mut free = self.run.program.nodes.get(node.0).filter(|_| self.run.scored(node))?.clone();
        (free.floor, free.ceiling, free.rounding) = (None, None, None);
        crate::nodes::plain(self.scope(), &free).map(pair)
    }

    /// The total.
    #[must_use]
    pub fn total(&self) -> Option<(Exact, Exact)> {
        self.run.total.first().cloned().flatten().map(pair)
    }

    /// Whether the requirements of a clause can be met, and can be breached; nothing where it has none.
    #[must_use]
    pub fn requirements(&self, node: NodeId) -> Option<(bool, bool)> {
        Some(self.run.requirements.get(node.0)?.first()?.as_ref()?.flags())
    }

    /// The names of the grades that can be given.
    #[must_use]
    pub fn grades(&self) -> Option<BTreeSet<String>> {
        self.run.grade_names(0)
    }

    /// What an output can be.
    #[must_use]
    pub fn output(&self, output: usize) -> Values {
        self.run.outputs.get(output).and_then(|c| c.first()).map_or(Values::Nothing, values)
    }
}

fn pair(interval: Interval) -> (Exact, Exact) {
    (interval.low, interval.high)
}

fn values(value: &Abstract) -> Values {
    match &value.kind {
        Kind::Number(Interval { low, high }) => Values::Numbers(low.clone(), high.clone()),
        Kind::Flag { yes, no } => Values::Flags { yes: *yes, no: *no },
        Kind::Texts(texts) => Values::Texts(texts.clone()),
        Kind::AnyText => Values::AnyText,
        Kind::Nothing => Values::Nothing,
    }
}
