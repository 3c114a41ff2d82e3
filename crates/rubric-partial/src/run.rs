//! The abstract run: the steps of the program, each for every unit.

use std::collections::BTreeSet;

use rubric_program::{
    Column, Dataset, EvidenceId, EvidenceType, Exact, NodeId, Population, Program, RuleKind, Step,
};

use crate::abstraction::{Abstract, Interval, Kind};
use crate::expression::{Scope, any, any_of, of_cell};
use crate::grades::{self, Standing};
use crate::nodes::{self, Counts};
use crate::{OpenValue, PartialUnit, Possible, Range, ranks};

/// What is known so far, by thing and unit.
pub(crate) struct Run<'a> {
    pub(crate) program: &'a Program,
    pub(crate) data: &'a Dataset,
    /// Whether a unit may be scored, and may not.
    pub(crate) graded: Vec<(bool, bool)>,
    pub(crate) lets: Vec<Vec<Abstract>>,
    pub(crate) outputs: Vec<Vec<Abstract>>,
    pub(crate) places: Vec<Vec<Option<Interval>>>,
    pub(crate) nodes: Vec<Vec<(Option<Interval>, Counts)>>,
    pub(crate) requirements: Vec<Vec<Option<Abstract>>>,
    pub(crate) total: Vec<Option<Interval>>,
    pub(crate) rank: Vec<Option<Interval>>,
    pub(crate) standings: Vec<BTreeSet<Standing>>,
    /// Nothing is given and anything may be: places are free, and what may be left out may also be there.
    pub(crate) free: bool,
    scored: Vec<bool>,
}

/// The worst place there can be, where it is not known how many units there are.
const LAST_PLACE: i64 = 1_000_000_000;

impl<'a> Run<'a> {
    pub(crate) fn new(program: &'a Program, data: &'a Dataset) -> Self {
        let units = data.units.len();
        let mut scored: Vec<bool> =
            program.nodes.iter().map(|n| n.points.is_some() || n.kind.outside()).collect();
        // Parents stand before their children.
        for (index, node) in program.nodes.iter().enumerate().rev() {
            if scored.get(index) == Some(&true)
                && let Some(parent) = node.parent.and_then(|p| scored.get_mut(p.0))
            {
                *parent = true;
            }
        }
        let mut run = Self {
            program,
            data,
            graded: vec![(true, false); units],
            lets: vec![Vec::new(); program.lets.len()],
            outputs: vec![Vec::new(); program.outputs.len()],
            places: vec![Vec::new(); program.places.len()],
            nodes: vec![Vec::new(); program.nodes.len()],
            requirements: vec![Vec::new(); program.nodes.len()],
            total: vec![None; units],
            rank: vec![None; units],
            standings: vec![BTreeSet::new(); units],
            free: false,
            scored,
        };
        if let Some(graded) = &program.graded {
            let flags = |unit| {
                let flag = Scope::new(&run, unit).eval(graded);
                let (yes, no) = flag.flags();
                (yes || flag.absent, no || flag.absent)
            };
            run.graded = (0..units).map(flags).collect();
        }
        run
    }

    /// A run in which nothing is given and anything may be.
    pub(crate) fn free(program: &'a Program, data: &'a Dataset) -> Self {
        Self { free: true, ..Self::new(program, data) }
    }

    /// All steps.
    pub(crate) fn all(&mut self) {
        let program = self.program;
        for step in &program.steps {
            self.step(*step);
        }
    }

    fn step(&mut self, step: Step) {
        let (program, units) = (self.program, 0..self.data.units.len());
        match step {
            // Columns are computed with the rows they belong to.
            Step::Columns(_) => {}
            Step::Let(id) => {
                let Some(named) = program.lets.get(id.0) else { return };
                let column = units.map(|unit| Scope::new(self, unit).eval(&named.value)).collect();
                self.lets.get_mut(id.0).into_iter().for_each(|c| c.clone_from(&column));
            }
            Step::Output(id) => {
                let Some(named) = program.outputs.get(id.0) else { return };
                let column = units.map(|unit| Scope::new(self, unit).eval(&named.value)).collect();
                self.outputs.get_mut(id.0).into_iter().for_each(|c| c.clone_from(&column));
            }
            Step::Place(id) => {
                let Some(place) = program.places.get(id.0) else { return };
                let graded = place.population == Population::Graded;
                let keys = std::slice::from_ref(&place.order);
                let column =
                    self.any_place().unwrap_or_else(|| ranks::places(self, keys, graded, place.ties));
                self.places.get_mut(id.0).into_iter().for_each(|c| c.clone_from(&column));
            }
            Step::Node(id) => self.node(id),
            Step::Total => self.total = units.map(|unit| nodes::total(Scope::new(self, unit))).collect(),
            Step::Ranking => {
                if let Some(ranking) = &program.ranking {
                    let rank = self.any_place();
                    self.rank =
                        rank.unwrap_or_else(|| ranks::places(self, &ranking.keys, true, ranking.ties));
                }
            }
            Step::Grades => {
                if let Some(declared) = &program.grades {
                    grades::grades(self, declared);
                }
            }
        }
    }

    fn node(&mut self, id: NodeId) {
        let Some(node) = self.program.nodes.get(id.0) else { return };
        let units = 0..self.data.units.len();
        let scores = units.clone().map(|unit| nodes::score(Scope::new(self, unit), id)).collect();
        let met = units.map(|unit| nodes::requirements(Scope::new(self, unit), node)).collect();
        self.nodes.get_mut(id.0).into_iter().for_each(|c| c.clone_from(&scores));
        self.requirements.get_mut(id.0).into_iter().for_each(|c| c.clone_from(&met));
    }

    /// Places that depend on units of which nothing is known.
    fn any_place(&self) -> Option<Vec<Option<Interval>>> {
        let any = Interval::new(Exact::ONE, Exact::from_int(LAST_PLACE));
        self.free.then(|| vec![Some(any); self.data.units.len()])
    }

    /// What evidence can be.
    pub(crate) fn evidence(&self, id: EvidenceId, unit: usize) -> Abstract {
        let Some(declared) = self.program.evidence.get(id.0) else { return Abstract::ABSENT };
        match self.data.columns.get(id.0) {
            Some(Column::Scalars(cells)) => of_cell(cells.get(unit), &declared.ty, declared.optional),
            Some(Column::Lists(lists)) => match lists.get(unit).and_then(Option::as_ref) {
                Some(rows) => Abstract::number(Exact::from(rows.len() as u64)),
                None if declared.optional => Abstract::ABSENT,
                None => match &declared.ty {
                    EvidenceType::List { most, .. } => {
                        let most = Exact::from(*most);
                        Abstract::of(Kind::Number(Interval::new(Exact::ZERO, most)))
                    }
                    ty => any_of(ty),
                },
            },
            None => Abstract { absent: declared.optional, ..any_of(&declared.ty) },
        }
    }

    /// Whether a node has a score at all.
    pub(crate) fn scored(&self, id: NodeId) -> bool {
        self.scored.get(id.0).copied().unwrap_or(false)
    }

    pub(crate) fn score(&self, node: usize, unit: usize) -> Option<Interval> {
        self.nodes.get(node)?.get(unit)?.0.clone()
    }

    pub(crate) fn counts(&self, node: usize, unit: usize) -> Option<Counts> {
        Some(self.nodes.get(node)?.get(unit)?.1)
    }

    pub(crate) fn grade_index(&self, name: &str) -> Option<usize> {
        self.program.grades.as_ref()?.names.iter().position(|g| g.name == name)
    }

    /// The names of the grades that a unit can have.
    pub(crate) fn grade_names(&self, unit: usize) -> Option<BTreeSet<String>> {
        let names = &self.program.grades.as_ref()?.names;
        let standings = self.standings.get(unit)?;
        let held = standings.iter().filter_map(|s| match s {
            Standing::Given(g) | Standing::Vetoed(g) => names.get(*g).map(|g| g.name.clone()),
            Standing::None => None,
        });
        Some(held.collect())
    }

    fn required(&self) -> impl Iterator<Item = usize> + '_ {
        let asks = |n: &rubric_program::Node| {
            n.rules.iter().any(|r| matches!(r.kind, RuleKind::Require { advice: false, .. }))
        };
        self.program.nodes.iter().enumerate().filter(move |(_, n)| asks(n)).map(|(i, _)| i)
    }

    pub(crate) fn requirements_met(&self, unit: usize) -> Abstract {
        let (mut low, mut high) = (0_u64, 0_u64);
        for node in self.required() {
            let counts = self.counts(node, unit).unwrap_or(Counts { may: true, may_not: true });
            let met = self.requirements.get(node).and_then(|c| c.get(unit)).cloned().flatten();
            let (yes, no) = met.map_or((true, true), |m| m.flags());
            high += u64::from(yes && counts.may);
            low += u64::from(yes && !no && !counts.may_not);
        }
        nodes::number(Interval::new(Exact::from(low), Exact::from(high)))
    }

    pub(crate) fn requirements_all(&self, unit: usize) -> Abstract {
        let (mut low, mut high) = (0_u64, 0_u64);
        for node in self.required() {
            let counts = self.counts(node, unit).unwrap_or(Counts { may: true, may_not: true });
            high += u64::from(counts.may);
            low += u64::from(!counts.may_not);
        }
        nodes::number(Interval::new(Exact::from(low), Exact::from(high)))
    }

    /// What may be scored, as the abstract run leaves it: a range of one value is exact.
    pub(crate) fn units(&self) -> Vec<PartialUnit> {
        let scored = (0..self.data.units.len()).filter(|u| self.graded.get(*u).is_some_and(|g| g.0));
        scored.map(|unit| self.unit(unit)).collect()
    }

    fn unit(&self, index: usize) -> PartialUnit {
        let node = |id: usize| {
            let counts = self.counts(id, index).is_some_and(|c| c.may);
            self.score(id, index).filter(|_| counts).map(range)
        };
        let requirement = |id: usize| {
            let counts = self.counts(id, index).is_some_and(|c| c.may);
            let met = self.requirements.get(id)?.get(index)?.as_ref().filter(|_| counts)?;
            Some(flags(met))
        };
        let output = |(id, column): (usize, &Vec<Abstract>)| {
            let value = column.get(index).cloned();
            let value = value.or_else(|| self.program.outputs.get(id).map(|o| any(&o.value)))?;
            open_value(&value)
        };
        PartialUnit {
            index,
            id: self.data.units.get(index).map(|u| u.id.clone()).unwrap_or_default(),
            maybe_scored: self.graded.get(index).is_some_and(|g| g.1),
            total: self.total.get(index).cloned().flatten().map(range),
            rank: self.rank.get(index).cloned().flatten().map(range),
            grades: self.grade_names(index).map(|names| self.possible_grades(&names)),
            nodes: (0..self.program.nodes.len()).map(node).collect(),
            requirements: (0..self.program.nodes.len()).map(requirement).collect(),
            outputs: self.outputs.iter().enumerate().map(output).collect(),
            collect: Vec::new(),
        }
    }

    /// In the order in which the rubric lists them.
    fn possible_grades(&self, names: &BTreeSet<String>) -> Possible<String> {
        let all = self.program.grades.as_ref().map(|g| g.names.as_slice()).unwrap_or_default();
        let values: Vec<String> =
            all.iter().map(|g| g.name.clone()).filter(|name| names.contains(name)).collect();
        Possible { exact: values.len() == 1, values }
    }
}

fn range(interval: Interval) -> Range {
    Range { exact: interval.is_point(), low: interval.low, high: interval.high }
}

fn flags(value: &Abstract) -> Possible<bool> {
    let (yes, no) = value.flags();
    let values: Vec<bool> = [yes.then_some(true), no.then_some(false)].into_iter().flatten().collect();
    Possible { exact: values.len() == 1, values }
}

fn open_value(value: &Abstract) -> Option<OpenValue> {
    Some(match &value.kind {
        Kind::Number(i) => OpenValue::Number(range(i.clone())),
        Kind::Flag { .. } => OpenValue::Flag(flags(value)),
        Kind::Texts(texts) => {
            OpenValue::Text(Possible { values: texts.iter().cloned().collect(), exact: texts.len() == 1 })
        }
        Kind::AnyText => OpenValue::AnyText,
        Kind::Nothing => return None,
    })
}
