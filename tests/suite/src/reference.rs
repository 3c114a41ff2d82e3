//! The meaning of a program by definition: recursive, on fractions of any size, without stages or columns.
//!
//! Read from the language reference and the documentation of `rubric_program` only. It also holds every
//! number it meets to the bounds that the checker proved.

mod applies;
mod days;
mod evidence;
mod expr;
mod faults;
mod grades;
mod imports;
mod quotas;
mod ranks;
mod rows;
mod rules;
mod scores;
mod value;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use rubric_program::{Dataset, NodeId, Program};

pub use faults::Fault;
pub use value::{Gap, Number, Scalar, exact, ratio, scalar, text_of};

/// A value, or why it is not known.
pub type Known<T> = Result<T, Gap>;

/// What has a value for a unit. Kept once found, for speed only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Thing {
    Let(usize),
    Output(usize),
    Node(usize),
    Requirement(usize),
    Place(usize),
    Total,
    Rank,
}

/// A place shared with equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Share {
    place: u64,
    first: u64,
    tied: u64,
}

/// A row of a list, its computed columns included. What was left out is a gap.
type Line = Vec<Known<Scalar>>;

/// The rows of a list, by list and unit.
type Lines = HashMap<(usize, usize), Known<Rc<Vec<Line>>>>;

/// One unit as an expression sees it.
#[derive(Clone, Copy)]
struct At<'r> {
    unit: usize,
    row: Option<&'r Line>,
}

impl At<'_> {
    const fn unit(unit: usize) -> Self {
        Self { unit, row: None }
    }
}

/// The interpreter over one evidence.
pub struct Reference<'a> {
    program: &'a Program,
    data: &'a Dataset,
    imports: Vec<Reference<'a>>,
    graded: Vec<bool>,
    known: RefCell<HashMap<(Thing, usize), Known<Scalar>>>,
    places: RefCell<HashMap<(Thing, usize), Known<Share>>>,
    lines: RefCell<Lines>,
    /// By unit: the grade so far, while the steps run, and in the end.
    standing: RefCell<Option<Vec<Known<Option<usize>>>>>,
    breaches: RefCell<Vec<String>>,
    faults: RefCell<BTreeSet<(usize, Fault)>>,
}

impl<'a> Reference<'a> {
    /// Over this evidence.
    #[must_use]
    pub fn new(program: &'a Program, data: &'a Dataset) -> Self {
        let imports = program.imports.iter().zip(&data.imports);
        let mut reference = Self {
            program,
            data,
            imports: imports.map(|(import, data)| Reference::new(&import.program, data)).collect(),
            graded: vec![true; data.units.len()],
            known: RefCell::default(),
            places: RefCell::default(),
            lines: RefCell::default(),
            standing: RefCell::default(),
            breaches: RefCell::default(),
            faults: RefCell::default(),
        };
        if let Some(condition) = &program.graded {
            let flags = (0..data.units.len())
                .map(|unit| reference.flag(condition, At::unit(unit)).unwrap_or(true))
                .collect();
            reference.graded = flags;
            reference.known.borrow_mut().clear();
            reference.lines.borrow_mut().clear();
        }
        reference
    }

    /// Whether a unit is scored.
    #[must_use]
    pub fn is_graded(&self, unit: usize) -> bool {
        self.graded[unit]
    }

    /// Values outside what the checker proved, as found so far.
    #[must_use]
    pub fn breaches(&self) -> Vec<String> {
        self.breaches.borrow().clone()
    }

    /// A named value.
    pub fn let_value(&self, id: usize, unit: usize) -> Known<Scalar> {
        self.once(Thing::Let(id), unit, || self.eval(&self.program.lets[id].value, At::unit(unit)))
    }

    /// An output.
    pub fn output(&self, id: usize, unit: usize) -> Known<Scalar> {
        self.once(Thing::Output(id), unit, || self.eval(&self.program.outputs[id].value, At::unit(unit)))
    }

    /// Points of a node.
    pub fn node(&self, id: usize, unit: usize) -> Known<Number> {
        let score = self.once(Thing::Node(id), unit, || self.score(NodeId(id), unit).map(Scalar::Number));
        score.map(|s| s.number().expect("points are a number"))
    }

    /// Whether all requirements of a node are met.
    pub fn requirement(&self, id: usize, unit: usize) -> Known<bool> {
        let met = self.once(Thing::Requirement(id), unit, || self.met(id, unit).map(Scalar::Flag));
        met.map(|m| m == Scalar::Flag(true))
    }

    /// The total.
    pub fn total(&self, unit: usize) -> Known<Number> {
        let total = self.once(Thing::Total, unit, || self.whole_score(unit).map(Scalar::Number));
        total.map(|t| t.number().expect("a total is a number"))
    }

    /// The rank in the order of merit.
    pub fn rank(&self, unit: usize) -> Known<u64> {
        self.rank_share(unit).map(|share| share.place)
    }

    /// The grade's name.
    pub fn grade(&self, unit: usize) -> Known<String> {
        // Not kept: within the steps it is the grade so far.
        let grade = self.grade_index(unit)?;
        Ok(self.program.grades.as_ref().ok_or(Gap::Missing)?.names[grade].name.clone())
    }

    fn once(&self, thing: Thing, unit: usize, value: impl FnOnce() -> Known<Scalar>) -> Known<Scalar> {
        if let Some(known) = self.known.borrow().get(&(thing, unit)) {
            return known.clone();
        }
        let result = value();
        self.known.borrow_mut().insert((thing, unit), result.clone());
        result
    }

    fn hold(&self, n: &Number, domain: Option<&rubric_program::Domain>, what: impl Fn() -> String) {
        let Some(domain) = domain else { return };
        let mut breaches = self.breaches.borrow_mut();
        if *n < ratio(&domain.low) || *n > ratio(&domain.high) {
            let (value, low, high) = (text_of(n), &domain.low, &domain.high);
            breaches.push(format!("{}: {value} lies outside {low}..{high}", what()));
        }
        if let Some(scale) = domain.scale
            && value::decimals(n).is_none_or(|d| d > scale)
        {
            breaches.push(format!("{}: {} has more than {scale} decimals", what(), text_of(n)));
        }
    }
}
