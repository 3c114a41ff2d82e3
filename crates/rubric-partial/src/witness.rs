//! Concrete runs that reach the bounds.

use std::collections::{BTreeMap, BTreeSet};

use rubric_eval::{EvalError, Mode, UnitOutcome};
use rubric_program::{Dataset, Exact, Program, Value};

use crate::completions::{Missing, completed};
use crate::{OpenValue, PartialUnit, Possible, Range};

/// The most concrete runs that are tried, and the fewest.
const MOST: usize = 512;
const LEAST: usize = 8;
/// Scores of nodes that the runs may compute together.
const WORK: usize = 4_000_000;

/// What some completions gave for one unit.
#[derive(Debug, Clone, Default)]
struct SeenUnit {
    total: Option<(Exact, Exact)>,
    rank: Option<(Exact, Exact)>,
    grades: BTreeSet<String>,
    nodes: Vec<Option<(Exact, Exact)>>,
    requirements: Vec<BTreeSet<bool>>,
    numbers: Vec<Option<(Exact, Exact)>>,
    flags: Vec<BTreeSet<bool>>,
    texts: Vec<BTreeSet<String>>,
}

/// What some completions gave, by unit; `complete` where all were run.
pub(crate) struct Seen {
    units: BTreeMap<usize, SeenUnit>,
    complete: bool,
}

/// Runs completions within the budget: all of them if that is possible, else those that drive the totals up and down.
///
/// # Errors
/// Where a run fails.
pub(crate) fn search(program: &Program, data: &Dataset, open: &[Missing]) -> Result<Seen, EvalError> {
    let budget = budget(program, data);
    let mut search = Search {
        budget,
        program,
        data,
        open,
        seen: Seen { units: BTreeMap::new(), complete: false },
        runs: 0,
    };
    let all = open.iter().try_fold(1_usize, |all, m| {
        let all = all.checked_mul(m.candidates.len())?;
        (m.complete && all <= budget).then_some(all)
    });
    match all {
        Some(all) => search.every(all)?,
        None => search.some()?,
    }
    Ok(search.seen)
}

/// How many runs are tried: fewer where each takes long.
fn budget(program: &Program, data: &Dataset) -> usize {
    let work = data.units.len().saturating_mul(program.nodes.len() + 1).max(1);
    WORK.checked_div(work).unwrap_or(0).clamp(LEAST, MOST)
}

struct Search<'a> {
    budget: usize,
    program: &'a Program,
    data: &'a Dataset,
    open: &'a [Missing],
    seen: Seen,
    runs: usize,
}

impl Search<'_> {
    /// All completions, counted like the digits of a number.
    fn every(&mut self, all: usize) -> Result<(), EvalError> {
        for number in 0..all {
            let mut rest = number;
            let chosen: Vec<usize> = self
                .open
                .iter()
                .map(|m| {
                    let digit = rest.checked_rem(m.candidates.len()).unwrap_or(0);
                    rest = rest.checked_div(m.candidates.len()).unwrap_or(0);
                    digit
                })
                .collect();
            self.run(&chosen)?;
        }
        self.seen.complete = true;
        Ok(())
    }

    /// First all at the same candidate, then one after the other, keeping what moves the unit's total.
    fn some(&mut self) -> Result<(), EvalError> {
        let most = self.open.iter().map(|m| m.candidates.len()).max().unwrap_or(0);
        let (mut lowest, mut highest) = (vec![0; self.open.len()], vec![0; self.open.len()]);
        let (mut least, mut best) = (BTreeMap::new(), BTreeMap::new());
        for pattern in 0..most.min(self.budget) {
            let chosen = vec![pattern; self.open.len()];
            let totals = self.run(&chosen)?;
            self.keep(&totals, &chosen, &mut lowest, &mut least, false);
            self.keep(&totals, &chosen, &mut highest, &mut best, true);
        }
        // The n-th missing value of every unit at once: units change each other's ranks only.
        let places = self.places();
        let deepest = places.iter().map(|p| p.1 + 1).max().unwrap_or(0);
        for depth in 0..deepest {
            for (mut base, mut record, up) in
                [(lowest.clone(), least.clone(), false), (highest.clone(), best.clone(), true)]
            {
                for candidate in 0..most {
                    if self.runs >= self.budget {
                        return Ok(());
                    }
                    let mut chosen = base.clone();
                    for (slot, place) in chosen.iter_mut().zip(&places) {
                        if place.1 == depth {
                            *slot = candidate;
                        }
                    }
                    let totals = self.run(&chosen)?;
                    self.keep(&totals, &chosen, &mut base, &mut record, up);
                }
                if up {
                    (highest, best) = (base, record);
                } else {
                    (lowest, least) = (base, record);
                }
            }
        }
        self.one_against_all(&lowest, &highest)
    }

    /// Each unit at its best while all others are at their worst, and the other way round: that drives ranks.
    fn one_against_all(&mut self, lowest: &[usize], highest: &[usize]) -> Result<(), EvalError> {
        for unit in 0..self.data.units.len() {
            for (own, others) in [(lowest, highest), (highest, lowest)] {
                if self.runs >= self.budget {
                    return Ok(());
                }
                let pick = |(m, (own, other)): (&Missing, (&usize, &usize))| {
                    if m.unit == unit { *own } else { *other }
                };
                let chosen: Vec<usize> = self.open.iter().zip(own.iter().zip(others)).map(pick).collect();
                self.run(&chosen)?;
            }
        }
        Ok(())
    }

    /// For each missing value its unit, and which one of that unit's it is.
    fn places(&self) -> Vec<(usize, usize)> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        self.open
            .iter()
            .map(|m| {
                let count = counts.entry(m.unit).or_default();
                *count += 1;
                (m.unit, *count - 1)
            })
            .collect()
    }

    /// Keeps the choices of those units whose total they moved the wanted way.
    fn keep(
        &self,
        totals: &BTreeMap<usize, Exact>,
        chosen: &[usize],
        base: &mut [usize],
        record: &mut BTreeMap<usize, Exact>,
        up: bool,
    ) {
        for (unit, total) in totals {
            let better = record.get(unit).is_none_or(|r| if up { total > r } else { total < r });
            if !better {
                continue;
            }
            record.insert(*unit, total.clone());
            for ((missing, own), new) in self.open.iter().zip(base.iter_mut()).zip(chosen) {
                if missing.unit == *unit {
                    *own = *new;
                }
            }
        }
    }

    /// One completion; the totals, or how many requirements are met where there are none. Evidence that fails its own
    /// checks is no completion.
    fn run(&mut self, chosen: &[usize]) -> Result<BTreeMap<usize, Exact>, EvalError> {
        self.runs += 1;
        let data = completed(self.data, self.open, chosen);
        let outcome = rubric_eval::evaluate(self.program, &data, Mode::ScoresOnly)?;
        if !outcome.faults.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut totals = BTreeMap::new();
        for unit in &outcome.units {
            let met = || Exact::from(unit.requirements.iter().filter(|r| **r == Some(true)).count() as u64);
            totals.insert(unit.index, unit.total.clone().unwrap_or_else(met));
            self.seen.units.entry(unit.index).or_default().add(unit);
        }
        Ok(totals)
    }
}

fn widen(range: &mut Option<(Exact, Exact)>, value: &Exact) {
    *range = Some(match range.take() {
        None => (value.clone(), value.clone()),
        Some((low, high)) => (low.min(value.clone()), high.max(value.clone())),
    });
}

impl SeenUnit {
    fn add(&mut self, unit: &UnitOutcome) {
        unit.total.iter().for_each(|t| widen(&mut self.total, t));
        unit.rank.iter().for_each(|r| widen(&mut self.rank, &Exact::from(*r)));
        self.grades.extend(unit.grade.clone());
        self.nodes.resize(unit.nodes.len(), None);
        for (seen, score) in self.nodes.iter_mut().zip(&unit.nodes) {
            score.iter().for_each(|s| widen(seen, s));
        }
        self.requirements.resize(unit.requirements.len(), BTreeSet::new());
        for (seen, met) in self.requirements.iter_mut().zip(&unit.requirements) {
            seen.extend(met);
        }
        self.numbers.resize(unit.outputs.len(), None);
        self.flags.resize(unit.outputs.len(), BTreeSet::new());
        self.texts.resize(unit.outputs.len(), BTreeSet::new());
        let seen = self.numbers.iter_mut().zip(&mut self.flags).zip(&mut self.texts);
        for (((numbers, flags), texts), value) in seen.zip(&unit.outputs) {
            match value {
                Some(Value::Number(n)) => widen(numbers, n),
                Some(Value::Flag(b)) => {
                    flags.insert(*b);
                }
                Some(Value::Text(t)) => {
                    texts.insert(t.clone());
                }
                None => {}
            }
        }
    }
}

impl Seen {
    /// Marks what is reached as exact; where all completions were run, they are all there is.
    pub(crate) fn apply(&self, program: &Program, units: &mut [PartialUnit]) {
        let grades: Vec<String> =
            program.grades.iter().flat_map(|g| g.names.iter().map(|g| g.name.clone())).collect();
        for unit in units {
            let Some(seen) = self.units.get(&unit.index) else { continue };
            let complete = self.complete && !unit.maybe_scored;
            settle(&mut unit.total, seen.total.as_ref(), complete);
            settle(&mut unit.rank, seen.rank.as_ref(), complete);
            for (range, seen) in unit.nodes.iter_mut().zip(&seen.nodes) {
                settle(range, seen.as_ref(), complete);
            }
            for (possible, seen) in unit.requirements.iter_mut().zip(&seen.requirements) {
                possible.iter_mut().for_each(|p| found(p, seen, complete));
            }
            if let Some(possible) = &mut unit.grades {
                found(possible, &seen.grades, complete);
                possible.values.sort_by_key(|name| grades.iter().position(|g| g == name));
            }
            let outputs = seen.numbers.iter().zip(&seen.flags).zip(&seen.texts);
            for (open, ((numbers, flags), texts)) in unit.outputs.iter_mut().zip(outputs) {
                match open {
                    Some(OpenValue::Number(r)) => reached(r, numbers.as_ref(), complete),
                    Some(OpenValue::Flag(p)) => found(p, flags, complete),
                    Some(OpenValue::Text(p)) => found(p, texts, complete),
                    Some(OpenValue::AnyText) if complete => {
                        let values = texts.iter().cloned().collect();
                        *open = Some(OpenValue::Text(Possible { values, exact: true }));
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Where all completions were run, what none of them gave is not there.
fn settle(range: &mut Option<Range>, seen: Option<&(Exact, Exact)>, complete: bool) {
    if complete && seen.is_none() {
        *range = None;
    }
    range.iter_mut().for_each(|r| reached(r, seen, complete));
}

fn reached(range: &mut Range, seen: Option<&(Exact, Exact)>, complete: bool) {
    let Some((low, high)) = seen else { return };
    if complete {
        *range = Range { low: low.clone(), high: high.clone(), exact: true };
    } else {
        range.exact = range.low == *low && range.high == *high;
    }
}

fn found<T: Ord + Clone>(possible: &mut Possible<T>, seen: &BTreeSet<T>, complete: bool) {
    if complete {
        *possible = Possible { values: seen.iter().cloned().collect(), exact: true };
    } else {
        possible.exact = possible.values.iter().all(|v| seen.contains(v));
    }
}
