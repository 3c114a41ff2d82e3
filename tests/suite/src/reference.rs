//! The meaning of a program by definition: recursive, on fractions of any size, without stages or columns.
//!
//! Read from the language reference and the documentation of `rubric_program` only. It also holds every
//! number it meets to the bounds that the checker proved.

mod expr;
mod grades;
mod ranks;
mod rules;
mod value;

use std::cell::RefCell;
use std::collections::HashMap;

use rubric_program::{Column, Dataset, EvidenceId, NodeId, Program, RecordRow};

pub use value::{Gap, Number, Scalar, exact, ratio, scalar, text_of};

/// A value, or why it is not known.
pub type Known<T> = Result<T, Gap>;

/// What has a value for a unit. Kept once found, for speed only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Thing {
    Let(usize),
    Output(usize),
    Node(usize),
    Place(usize),
    Total,
    Rank,
    Grade,
}

/// A place shared with equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Share {
    place: u64,
    first: u64,
    tied: u64,
}

/// One unit as an expression sees it.
#[derive(Clone, Copy)]
struct At<'r> {
    unit: usize,
    row: Option<&'r RecordRow>,
}

/// The interpreter over one evidence.
pub struct Reference<'a> {
    program: &'a Program,
    data: &'a Dataset,
    graded: Vec<bool>,
    known: RefCell<HashMap<(Thing, usize), Known<Scalar>>>,
    places: RefCell<HashMap<(Thing, usize), Known<Share>>>,
    breaches: RefCell<Vec<String>>,
}

impl<'a> Reference<'a> {
    /// Over this evidence.
    #[must_use]
    pub fn new(program: &'a Program, data: &'a Dataset) -> Self {
        let mut reference = Self {
            program,
            data,
            graded: vec![true; data.units.len()],
            known: RefCell::default(),
            places: RefCell::default(),
            breaches: RefCell::default(),
        };
        if let Some(condition) = &program.graded {
            let flags = (0..data.units.len())
                .map(|unit| reference.flag(condition, At { unit, row: None }).unwrap_or(true))
                .collect();
            reference.graded = flags;
            reference.known.borrow_mut().clear();
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
        self.once(Thing::Let(id), unit, || self.eval(&self.program.lets[id].value, At { unit, row: None }))
    }

    /// An output.
    pub fn output(&self, id: usize, unit: usize) -> Known<Scalar> {
        let at = At { unit, row: None };
        self.once(Thing::Output(id), unit, || self.eval(&self.program.outputs[id].value, at))
    }

    /// Points of a node.
    pub fn node(&self, id: usize, unit: usize) -> Known<Number> {
        let score = self.once(Thing::Node(id), unit, || self.score(NodeId(id), unit).map(Scalar::Number));
        score.map(|s| s.number().expect("points are a number"))
    }

    /// The sum of what stands in nothing, rounded as the rubric says.
    pub fn total(&self, unit: usize) -> Known<Number> {
        let total = self.once(Thing::Total, unit, || {
            let declared = self.program.total.as_ref().ok_or(Gap::Missing)?;
            let roots = self.program.nodes.iter().enumerate().filter(|(_, n)| n.parent.is_none());
            let scores: Vec<Known<Number>> =
                roots.filter(|(id, _)| self.has_score(*id)).map(|(id, _)| self.node(id, unit)).collect();
            let mut sum = value::zero();
            for score in value::all(scores)? {
                sum += score;
            }
            if let Some((mode, step)) = &declared.rounding {
                sum = value::round(&sum, &ratio(step), *mode);
            }
            self.hold(&sum, Some(&declared.attainable), || "the total".to_owned());
            Ok(Scalar::Number(sum))
        });
        total.map(|t| t.number().expect("a total is a number"))
    }

    /// The rank in the order of merit.
    pub fn rank(&self, unit: usize) -> Known<u64> {
        self.rank_share(unit).map(|share| share.place)
    }

    /// The grade's name.
    pub fn grade(&self, unit: usize) -> Known<String> {
        let name = self.once(Thing::Grade, unit, || {
            let grade = self.grade_index(unit)?;
            Ok(Scalar::Text(self.program.grades.as_ref().ok_or(Gap::Missing)?.names[grade].name.clone()))
        });
        name.map(|n| n.text().expect("a grade is a name"))
    }

    fn once(&self, thing: Thing, unit: usize, value: impl FnOnce() -> Known<Scalar>) -> Known<Scalar> {
        if let Some(known) = self.known.borrow().get(&(thing, unit)) {
            return known.clone();
        }
        let result = value();
        self.known.borrow_mut().insert((thing, unit), result.clone());
        result
    }

    /// Evidence that only the scored have is never known of others.
    fn theirs(&self, id: EvidenceId, unit: usize) -> Option<&'a Column> {
        let declared = &self.program.evidence[id.0];
        (!declared.graded_only || self.graded[unit]).then(|| &self.data.columns[id.0])
    }

    fn left_out(&self, id: EvidenceId) -> Gap {
        if self.program.evidence[id.0].optional { Gap::Absent } else { Gap::Missing }
    }

    fn evidence(&self, id: EvidenceId, unit: usize) -> Known<Scalar> {
        match self.theirs(id, unit).ok_or(Gap::Missing)? {
            Column::Scalars(cells) => cells[unit].value.as_ref().map(scalar).ok_or(self.left_out(id)),
            // A list where a number is wanted: the number of its rows, as the checker's type for it says.
            Column::Lists(lists) => {
                let rows = lists[unit].as_ref().ok_or(self.left_out(id))?;
                Ok(Scalar::Number(value::whole(rows.len())))
            }
        }
    }

    fn absent(&self, id: EvidenceId, unit: usize) -> Known<bool> {
        Ok(match self.theirs(id, unit).ok_or(Gap::Missing)? {
            Column::Scalars(cells) => cells[unit].value.is_none(),
            Column::Lists(lists) => lists[unit].is_none(),
        })
    }

    fn rows(&self, id: EvidenceId, unit: usize) -> Known<&'a [RecordRow]> {
        match self.theirs(id, unit).ok_or(Gap::Missing)? {
            Column::Lists(lists) => lists[unit].as_deref().ok_or(self.left_out(id)),
            Column::Scalars(_) => Err(Gap::Missing),
        }
    }

    fn has_score(&self, id: usize) -> bool {
        let node = &self.program.nodes[id];
        node.points.is_some() || node.children.iter().any(|c| self.has_score(c.0))
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
