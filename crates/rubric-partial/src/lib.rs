//! What can still come out while evidence is missing: sound lowest and highest values, the grades still possible,
//! and what to collect next.
//!
//! Two things are done. An abstract run computes, for every number, bounds that no completion of the evidence can
//! leave (interval arithmetic, after Moore, *Interval Analysis*, 1966). Concrete runs over some completions then look
//! for ones that reach the bounds: a bound that is reached is exact. Where there are few completions, all are run,
//! and everything is exact. Optional evidence and evidence with a default are not missing where they are left out.

mod abstraction;
mod attainable;
mod collect;
mod completions;
mod expression;
mod grades;
mod nodes;
mod ranks;
mod rows;
mod rules;
mod run;
mod witness;

pub use attainable::{Attainable, Moves, Values};

use rubric_eval::EvalError;
use rubric_program::{Dataset, EvidenceId, Exact, NodeId, Program};

/// Bounds of a number. INVARIANT: no completion of the evidence gives a value outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// No value is lower.
    pub low: Exact,
    /// No value is higher.
    pub high: Exact,
    /// Both are reached, each by some completion.
    pub exact: bool,
}

/// What is still possible. INVARIANT: nothing else is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Possible<T> {
    /// In order, each once.
    pub values: Vec<T>,
    /// Each is reached by some completion.
    pub exact: bool,
}

/// A value of an output that may still be open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenValue {
    /// A number.
    Number(Range),
    /// Yes, no, or either.
    Flag(Possible<bool>),
    /// Some of several texts.
    Text(Possible<String>),
    /// Any text.
    AnyText,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartialUnit {
    /// Its index in the dataset.
    pub index: usize,
    /// Its id.
    pub id: String,
    /// Whether it is scored is itself still open.
    pub maybe_scored: bool,
    /// The total, where the rubric gives points.
    pub total: Option<Range>,
    /// The rank, where the rubric has an order of merit.
    pub rank: Option<Range>,
    /// The grades, where the rubric has any.
    pub grades: Option<Possible<String>>,
    /// By node, where it has a score.
    pub nodes: Vec<Option<Range>>,
    /// By node, where it has requirements.
    pub requirements: Vec<Option<Possible<bool>>>,
    /// In written order.
    pub outputs: Vec<Option<OpenValue>>,
    /// What is missing, that which can move the score most first.
    pub collect: Vec<Collect>,
}

/// Evidence to collect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collect {
    /// The evidence.
    pub evidence: EvidenceId,
    /// The most points that the clauses it stands in can still move the total by.
    pub points: Exact,
    /// The clauses that read it.
    pub clauses: Vec<NodeId>,
}

/// What can still come out.
///
/// # Errors
/// Where a concrete run fails, which the checker rules out.
pub fn evaluate(program: &Program, data: &Dataset) -> Result<Vec<PartialUnit>, EvalError> {
    let mut run = run::Run::new(program, data);
    let open = completions::open(program, data, &run.graded);
    run.all();
    let mut units = run.units();
    let seen = witness::search(program, data, &open)?;
    seen.apply(program, &mut units);
    for unit in &mut units {
        unit.collect = collect::of(program, &open, unit);
    }
    Ok(units)
}
