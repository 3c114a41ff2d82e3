//! Trials: the evaluator run on evidence that reaches what the bounds promise.
//!
//! Each unit of a trial stands for one case of every group of evidence, so that one run tries them all side by side. A
//! second run puts together what was worst, and what was best, of every group. Nothing is claimed here that the
//! evaluator itself did not give.
//!
//! What a rule does by itself is seen on a clause of its own that holds nothing else and has no limits: such probes
//! stand beside the clauses and count nowhere.

use rubric_eval::{Mode, UnitOutcome};
use rubric_program::{
    Cell, Column, Dataset, EvidenceId, EvidenceType, Exact, Expr, ExprKind, GradeStep, Node, NodeId,
    NodeKind, Program, Rule, RuleKind, Step, UnitRow, Value,
};

use crate::cases::{Cases, Given};
use crate::groups::{Group, Groups};

/// The most units of a run, and the fewest.
///
/// INVARIANT: more than the places that tables of places commonly tell apart.
const MOST_UNITS: usize = 22;
/// The most units of a run that takes in all there can be.
const MOST_OF_ALL: usize = 1024;
const FEWEST_UNITS: usize = 4;
/// Steps of nodes and rules that one run may take together.
const WORK: usize = 8_000;

/// A unit of a trial, and what came out for it.
pub(crate) struct Trial {
    /// For each evidence which of its cases was given.
    pub(crate) chosen: Vec<usize>,
    pub(crate) outcome: UnitOutcome,
}

/// All that was tried.
pub(crate) struct Trials<'a> {
    pub(crate) all: Vec<Trial>,
    pub(crate) cases: Vec<Cases>,
    pub(crate) groups: Groups,
    /// Each rule with its clause and its probe, in written order.
    pub(crate) probes: Vec<(NodeId, &'a Rule, NodeId)>,
    /// How many units a run has.
    units: usize,
    /// Every unit of the first run was scored: no case of a group is missing.
    whole: bool,
}

impl<'a> Trials<'a> {
    /// Tries a program.
    pub(crate) fn of(program: &'a Program, mut cases: Vec<Cases>) -> Self {
        only_scored(program, &mut cases);
        let mut groups = Groups::of(program, &cases);
        let affordable = affordable(program);
        let all = groups.size() <= affordable.min(MOST_OF_ALL);
        if all {
            groups.merge();
        }
        let wanted = groups.all.iter().map(|g| g.size).max().unwrap_or(1).max(FEWEST_UNITS);
        let units = if all { wanted } else { wanted.min(affordable.clamp(FEWEST_UNITS, MOST_UNITS)) };
        let (probed, probes) = with_probes(program);
        let mut trials = Self { all: Vec::new(), cases, groups, probes, units, whole: false };
        // What an imported rubric gives is not known here.
        if !program.imports.is_empty() {
            return trials;
        }
        let first: Vec<Vec<usize>> = (0..units).map(|unit| trials.choose(unit)).collect();
        trials.whole = trials.run(&probed, &first) == first.len();
        let mut again = trials.extremes();
        if depends_on_others(program) {
            again.extend(first);
        }
        // Rules by themselves have been seen.
        trials.run(program, &again);
        trials
    }

    /// Whether all cases of a group were tried.
    pub(crate) fn exhausted(&self, group: &Group) -> bool {
        self.whole && group.complete && group.size <= self.units
    }

    /// Whether all there can be was tried, of units that do not depend on others.
    pub(crate) fn everything(&self, program: &Program) -> bool {
        let alone = program.imports.is_empty() && !depends_on_others(program);
        alone && self.groups.all.len() == 1 && self.groups.all.iter().all(|g| self.exhausted(g))
    }

    /// The cases of one unit of the first run.
    fn choose(&self, unit: usize) -> Vec<usize> {
        let mut chosen = vec![0; self.cases.len()];
        for group in &self.groups.all {
            let picks = self.pick(group, unit);
            for (id, pick) in group.members.iter().zip(picks) {
                chosen.get_mut(id.0).into_iter().for_each(|slot| *slot = pick);
            }
        }
        chosen
    }

    fn size(&self, id: EvidenceId) -> usize {
        self.cases.get(id.0).map_or(1, |c| c.all.len().max(1))
    }

    /// The cases of one group in one unit: counted through where all fit; else first all at one end, then one after
    /// the other moved away from each end, and at last some mixtures.
    fn pick(&self, group: &Group, unit: usize) -> Vec<usize> {
        let sizes: Vec<usize> = group.members.iter().map(|id| self.size(*id)).collect();
        if group.size <= self.units {
            let mut rest = unit.checked_rem(group.size).unwrap_or(0);
            let digit = |n: &usize| {
                let digit = rest.checked_rem(*n).unwrap_or(0);
                rest = rest.checked_div(*n).unwrap_or(0);
                digit
            };
            return sizes.iter().map(digit).collect();
        }
        let last: Vec<usize> = sizes.iter().map(|n| n - 1).collect();
        match unit {
            0 => return vec![0; sizes.len()],
            1 => return last,
            _ => {}
        }
        let singles: usize = sizes.iter().sum();
        let step = unit / 2 - 1;
        if unit < self.units / 2 && step < singles {
            let mut base = if unit.is_multiple_of(2) { vec![0; sizes.len()] } else { last };
            let mut rest = step;
            for (slot, size) in base.iter_mut().zip(&sizes) {
                if rest < *size {
                    *slot = rest;
                    break;
                }
                rest -= size;
            }
            return base;
        }
        // A mixture that is the same in every run (multipliers after Knuth, *The Art of Computer Programming*, 2).
        let mut seed = (unit as u64).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let mixed = |n: &usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from((seed >> 33) % (*n as u64)).unwrap_or(0)
        };
        sizes.iter().map(mixed).collect()
    }

    /// One unit with what was worst of each group, one with what was best; and the neighbours of both in groups of
    /// which not all was tried.
    fn extremes(&self) -> Vec<Vec<usize>> {
        let (mut low, mut high) = (vec![0; self.cases.len()], vec![0; self.cases.len()]);
        for group in &self.groups.all {
            let score = |trial: &Trial| -> Exact {
                let of = |id: &NodeId| trial.outcome.nodes.get(id.0).cloned().flatten();
                group.nodes.iter().filter_map(of).sum()
            };
            let scored: Vec<(Exact, &Trial)> = self.all.iter().map(|t| (score(t), t)).collect();
            let least = scored.iter().min_by(|a, b| a.0.cmp(&b.0));
            let most = scored.iter().max_by(|a, b| a.0.cmp(&b.0));
            for (target, best) in [(&mut low, least), (&mut high, most)] {
                let Some((_, trial)) = best else { continue };
                for id in &group.members {
                    let from = trial.chosen.get(id.0).copied().unwrap_or(0);
                    target.get_mut(id.0).into_iter().for_each(|slot| *slot = from);
                }
            }
        }
        let mut all = vec![low.clone(), high.clone()];
        let total = |t: &&Trial| t.outcome.total.clone();
        let (worst, best) = (self.all.iter().min_by_key(total), self.all.iter().max_by_key(total));
        let bases: Vec<&Vec<usize>> =
            [&low, &high].into_iter().chain(worst.iter().chain(&best).map(|t| &t.chosen)).collect();
        let open = self.groups.all.iter().filter(|g| g.size > self.units);
        let singles: Vec<EvidenceId> = open.flat_map(|g| g.members.iter().copied()).collect();
        'all: for id in singles {
            for case in 0..self.size(id) {
                for base in &bases {
                    if all.len() * 2 >= self.units {
                        break 'all;
                    }
                    let mut next = (*base).clone();
                    next.get_mut(id.0).into_iter().for_each(|slot| *slot = case);
                    all.push(next);
                }
            }
        }
        all
    }

    /// Runs units, and keeps those that were scored and whose evidence is sound; says how many.
    fn run(&mut self, program: &Program, units: &[Vec<usize>]) -> usize {
        let data = self.dataset(program, units);
        let Ok(outcome) = rubric_eval::evaluate(program, &data, Mode::ScoresOnly) else { return 0 };
        let at_fault: Vec<usize> = outcome.faults.iter().map(|f| f.unit).collect();
        let before = self.all.len();
        for outcome in outcome.units {
            if let Some(chosen) = units.get(outcome.index).filter(|_| !at_fault.contains(&outcome.index)) {
                self.all.push(Trial { chosen: chosen.clone(), outcome });
            }
        }
        self.all.len() - before
    }

    fn dataset(&self, program: &Program, units: &[Vec<usize>]) -> Dataset {
        let column = |(index, evidence): (usize, &rubric_program::Evidence)| {
            let given = |chosen: &Vec<usize>| {
                let case = chosen.get(index).and_then(|at| self.cases.get(index)?.all.get(*at));
                case.cloned().unwrap_or(Given::Nothing)
            };
            let all = units.iter().map(given);
            if matches!(evidence.ty, EvidenceType::List { .. }) {
                let rows = |given| if let Given::Rows(rows) = given { Some(rows) } else { None };
                return Column::Lists(all.map(rows).collect());
            }
            let free = evidence.ty == EvidenceType::Text;
            let cell = |(unit, given)| match given {
                // Groups are told apart by their texts: each unit is a group of its own.
                Given::One(Value::Text(_)) if free => Some(Value::Text(format!("甲{unit}"))),
                Given::One(value) => Some(value),
                _ => None,
            };
            Column::Scalars(all.enumerate().map(|g| Cell { value: cell(g), place: None }).collect())
        };
        Dataset {
            units: (0..units.len()).map(|n| UnitRow { id: n.to_string(), place: None }).collect(),
            columns: program.evidence.iter().enumerate().map(column).collect(),
            imports: Vec::new(),
        }
    }
}

/// How many units a run may have, by the work that each is.
fn affordable(program: &Program) -> usize {
    let rules: usize = program.nodes.iter().map(|n| n.rules.len() + 1).sum();
    WORK.checked_div(rules.max(1)).unwrap_or(0)
}

/// Whether what a unit gets depends on how the others do: by places, the order of merit, or quotas.
fn depends_on_others(program: &Program) -> bool {
    let mut steps = program.grades.iter().flat_map(|g| &g.steps);
    let quotas = steps.any(|(step, _)| matches!(step, GradeStep::Quota(_)));
    !program.places.is_empty() || program.ranking.is_some() || quotas
}

/// Leaves only scored units: of a choice or a flag that alone says who is scored, the values that do.
fn only_scored(program: &Program, cases: &mut [Cases]) {
    let Some(Expr { kind: ExprKind::Compare(op, a, b), .. }) = &program.graded else {
        if let Some(Expr { kind: ExprKind::Evidence(id), .. }) = &program.graded {
            keep(cases, *id, |v| *v == Value::Flag(true));
        }
        return;
    };
    let (ExprKind::Evidence(id), ExprKind::Text(text)) = (&a.kind, &b.kind) else { return };
    let wanted = *op == rubric_program::Comparison::Equal;
    keep(cases, *id, |v| (*v == Value::Text(text.clone())) == wanted);
}

fn keep(cases: &mut [Cases], id: EvidenceId, fits: impl Fn(&Value) -> bool) {
    if let Some(cases) = cases.get_mut(id.0) {
        cases.all.retain(|given| matches!(given, Given::One(value) if fits(value)));
    }
}

/// The program with a probe for each rule, and without its examples.
fn with_probes(program: &Program) -> (Program, Vec<(NodeId, &Rule, NodeId)>) {
    let mut probes = Vec::new();
    for (id, node) in program.nodes.iter().enumerate() {
        leaves(NodeId(id), &node.rules, &mut probes);
    }
    let first = program.nodes.len();
    let probes: Vec<(NodeId, &Rule, NodeId)> =
        probes.into_iter().zip(first..).map(|((node, rule), probe)| (node, rule, NodeId(probe))).collect();
    let mut nodes = program.nodes.clone();
    nodes.extend(probes.iter().map(|(node, rule, _)| probe(*node, rule)));
    let steps = program.steps.iter().copied().chain(probes.iter().map(|p| Step::Node(p.2)));
    let probed = Program {
        title: String::new(),
        year: None,
        subjects: None,
        evidence: program.evidence.clone(),
        verify: program.verify.clone(),
        calendar: program.calendar.clone(),
        imports: Vec::new(),
        graded: program.graded.clone(),
        lets: program.lets.clone(),
        places: program.places.clone(),
        nodes,
        total: program.total.clone(),
        ranking: program.ranking.clone(),
        grades: program.grades.clone(),
        outputs: program.outputs.clone(),
        steps: steps.collect(),
        examples: Vec::new(),
        rule_count: program.rule_count,
    };
    (probed, probes)
}

/// A clause of one rule, left out where its clause is, and a part of nothing.
fn probe(of: NodeId, rule: &Rule) -> Node {
    Node {
        number: String::new(),
        title: String::new(),
        description: String::new(),
        kind: NodeKind::ExtraAwards,
        parent: Some(of),
        children: Vec::new(),
        points: None,
        shared: false,
        rounding: None,
        scaled: None,
        weight: None,
        not_applicable: None,
        start: None,
        start_full: false,
        floor: None,
        ceiling: None,
        rules: vec![rule.clone()],
        attainable: None,
        span: rule.span,
    }
}

fn leaves<'a>(node: NodeId, rules: &'a [Rule], all: &mut Vec<(NodeId, &'a Rule)>) {
    for rule in rules {
        match &rule.kind {
            RuleKind::Require { .. } => {}
            RuleKind::Heaviest(members) => leaves(node, members, all),
            _ => all.push((node, rule)),
        }
    }
}
