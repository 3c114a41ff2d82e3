//! Which constructs a checked rubric has: a count over random rubrics shows what they never try.

use rubric_program::{
    Aggregate, Effect, Entry, EvidenceType, Expr, ExprKind, GradeStep, Key, Node, NodeKind, PartSteps,
    Population, Program, QuotaLimit, Row, Rule, RuleKind, Target, Ties, When,
};

/// What is looked for: what it is called, and whether a program has it.
type Construct = (&'static str, fn(&Program) -> bool);

/// Every construct that is told apart.
pub const CONSTRUCTS: &[Construct] = &[
    ("graded units", |p| p.graded.is_some()),
    ("evidence of the graded only", |p| p.evidence.iter().any(|e| e.graded_only)),
    ("optional evidence", |p| p.evidence.iter().any(|e| e.optional)),
    ("default", |p| p.evidence.iter().any(|e| e.default.is_some())),
    ("optional list", |p| p.evidence.iter().any(|e| e.optional && matches!(e.ty, EvidenceType::List { .. }))),
    ("optional field", |p| fields(p, |f| f.optional && f.computed.is_none())),
    ("default of a field", |p| fields(p, |f| f.default.is_some())),
    ("computed column", |p| fields(p, |f| f.computed.is_some())),
    ("cited clause", |p| fields(p, |f| matches!(f.ty, EvidenceType::Clause(_)))),
    ("several stretches", |p| ranges(p, |r| r.stretches.len() > 1)),
    ("steps of a range", |p| ranges(p, |r| r.step.is_some())),
    ("date", |p| p.evidence.iter().any(|e| matches!(e.ty, EvidenceType::Date { .. }))),
    ("time of day", |p| p.evidence.iter().any(|e| matches!(e.ty, EvidenceType::Time { .. }))),
    ("check of a unit", |p| p.verify.iter().any(|v| v.list.is_none())),
    ("check of a row", |p| p.verify.iter().any(|v| v.list.is_some())),
    ("calendar", |p| p.calendar.is_some()),
    ("import by evidence", |p| p.imports.iter().any(|i| i.by.is_some())),
    ("import of the same subjects", |p| p.imports.iter().any(|i| i.by.is_none())),
    ("imported total", |p| imported(p, |t| matches!(t, Target::Total))),
    ("imported rank", |p| imported(p, |t| matches!(t, Target::Rank))),
    ("imported grade", |p| imported(p, |t| matches!(t, Target::Grade))),
    ("imported score", |p| imported(p, |t| matches!(t, Target::Node(_)))),
    ("imported output", |p| imported(p, |t| matches!(t, Target::Output(_)))),
    ("shared points", |p| nodes(p, |n| n.shared)),
    ("clause that draws on shared points", |p| {
        nodes(p, |n| n.parent.is_some_and(|s| p.nodes[s.0].shared) && n.points.is_some())
    }),
    ("constant weight", |p| {
        nodes(p, |n| n.weight.as_ref().is_some_and(|w| matches!(w.kind, ExprKind::Number(_))))
    }),
    ("weight by table", |p| {
        nodes(p, |n| n.weight.as_ref().is_some_and(|w| matches!(w.kind, ExprKind::Table(..))))
    }),
    ("scale", |p| nodes(p, |n| n.scaled.is_some())),
    ("rounded section", |p| nodes(p, |n| n.rounding.is_some() && n.kind == NodeKind::Section)),
    ("rounded clause", |p| nodes(p, |n| n.rounding.is_some() && n.kind == NodeKind::Clause)),
    ("rounded total", |p| p.total.as_ref().is_some_and(|t| t.rounding.is_some())),
    ("unrounded total", |p| p.total.as_ref().is_some_and(|t| t.rounding.is_none())),
    ("does not apply, in full", |p| nodes(p, |n| n.not_applicable.as_ref().is_some_and(|a| a.full))),
    ("does not apply, left out", |p| nodes(p, |n| n.not_applicable.as_ref().is_some_and(|a| !a.full))),
    ("section does not apply", |p| nodes(p, |n| n.not_applicable.is_some() && n.kind == NodeKind::Section)),
    ("start", |p| nodes(p, |n| n.start.is_some())),
    ("start by expression", |p| {
        nodes(p, |n| n.start.as_ref().is_some_and(|s| !matches!(s.kind, ExprKind::Number(_))))
    }),
    ("may go negative", |p| nodes(p, |n| n.floor.is_none() && !n.kind.outside())),
    ("extra deductions", |p| nodes(p, |n| n.kind == NodeKind::ExtraDeductions && n.floor.is_some())),
    ("extra deductions without limit", |p| {
        nodes(p, |n| n.kind == NodeKind::ExtraDeductions && n.floor.is_none())
    }),
    ("extra awards", |p| nodes(p, |n| n.kind == NodeKind::ExtraAwards && n.ceiling.is_some())),
    ("extra awards without limit", |p| nodes(p, |n| n.kind == NodeKind::ExtraAwards && n.ceiling.is_none())),
    ("rule of a section", |p| nodes(p, |n| n.kind == NodeKind::Section && !n.rules.is_empty())),
    ("rule that always acts", |p| when(p, |w| matches!(w, When::Always))),
    ("each count", |p| when(p, |w| matches!(w, When::Each(_)))),
    ("each row", |p| when(p, |w| matches!(w, When::EachRow { .. }))),
    ("each row where", |p| when(p, |w| matches!(w, When::EachRow { filter: Some(_), .. }))),
    ("rows counted once", |p| {
        when(p, |w| matches!(w, When::EachRow { distinct, .. } if !distinct.is_empty()))
    }),
    ("condition", |p| when(p, |w| matches!(w, When::If(_)))),
    ("otherwise", |p| rules(p, |r| matches!(&r.kind, RuleKind::Simple { otherwise: Some(_), .. }))),
    ("steps below, parts ignored", |p| steps(p, true, PartSteps::Ignored)),
    ("steps below, parts counted", |p| steps(p, true, PartSteps::Counted)),
    ("steps below, pro rata", |p| steps(p, true, PartSteps::ProRata)),
    ("steps above, parts ignored", |p| steps(p, false, PartSteps::Ignored)),
    ("steps above, parts counted", |p| steps(p, false, PartSteps::Counted)),
    ("steps above, pro rata", |p| steps(p, false, PartSteps::ProRata)),
    ("only the heaviest", |p| rules(p, |r| matches!(r.kind, RuleKind::Heaviest(_)))),
    ("cap", |p| rules(p, |r| r.cap.is_some())),
    ("cap by expression", |p| {
        rules(p, |r| r.cap.as_ref().is_some_and(|c| !matches!(c.kind, ExprKind::Number(_))))
    }),
    ("requirement", |p| rules(p, |r| matches!(r.kind, RuleKind::Require { advice: false, .. }))),
    ("advice", |p| rules(p, |r| matches!(r.kind, RuleKind::Require { advice: true, .. }))),
    ("no points", |p| effects(p, |e| matches!(e, Effect::NoPoints))),
    ("full points", |p| effects(p, |e| matches!(e, Effect::FullPoints))),
    ("deduction by the row", |p| {
        rules(p, |r| match &r.kind {
            RuleKind::Simple { when: When::EachRow { .. }, effect: Effect::Deduct(x), .. } => x.reads_row(),
            _ => false,
        })
    }),
    ("table of points", |p| rules(p, |r| matches!(r.kind, RuleKind::Table { .. }))),
    ("one-sided band", |p| keys(p, |k| matches!(k, Key::Band { low: Some(_), high: None, .. }))),
    ("one-sided band from above", |p| keys(p, |k| matches!(k, Key::Band { low: None, high: Some(_), .. }))),
    ("two-sided band", |p| keys(p, |k| matches!(k, Key::Band { low: Some(a), high: Some(b), .. } if a != b))),
    ("single value", |p| keys(p, |k| matches!(k, Key::Band { low: Some(a), high: Some(b), .. } if a == b))),
    ("open edge", |p| {
        keys(p, |k| matches!(k, Key::Band { low_open: true, .. } | Key::Band { high_open: true, .. }))
    }),
    ("places", |p| keys(p, |k| matches!(k, Key::Places(..)))),
    ("choices", |p| keys(p, |k| matches!(k, Key::Choices(_)))),
    ("yes and no", |p| keys(p, |k| matches!(k, Key::Flag(_)))),
    ("falling places", |p| rows(p, |r| matches!(r.entry, Entry::Falling { .. }))),
    ("places among all", |p| p.places.iter().any(|x| x.population == Population::All)),
    ("places among the graded", |p| p.places.iter().any(|x| x.population == Population::Graded)),
    ("places, ties better", |p| p.places.iter().any(|x| x.ties == Ties::Better)),
    ("places, ties worse", |p| p.places.iter().any(|x| x.ties == Ties::Worse)),
    ("places, ties share the mean", |p| p.places.iter().any(|x| x.ties == Ties::Mean)),
    ("places, lowest first", |p| p.places.iter().any(|x| !x.order.highest_first)),
    ("count of rows", |p| aggregate(p, Aggregate::Count)),
    ("sum of rows", |p| aggregate(p, Aggregate::Sum)),
    ("mean of rows", |p| aggregate(p, Aggregate::Mean)),
    ("largest of rows", |p| aggregate(p, Aggregate::Max)),
    ("smallest of rows", |p| aggregate(p, Aggregate::Min)),
    ("every row", |p| aggregate(p, Aggregate::Every)),
    ("some row", |p| aggregate(p, Aggregate::Any)),
    ("working days between", |p| exprs(p, |k| matches!(k, ExprKind::Workdays(..)))),
    ("within working days", |p| exprs(p, |k| matches!(k, ExprKind::WithinWorkdays(..)))),
    ("days between", |p| exprs(p, |k| matches!(k, ExprKind::Arithmetic(_, a, _) if is_date(a)))),
    ("dates compared", |p| exprs(p, |k| matches!(k, ExprKind::Compare(_, a, _) if is_date(a)))),
    ("quotient", |p| exprs(p, |k| matches!(k, ExprKind::Arithmetic(rubric_program::Arithmetic::Divide, ..)))),
    ("between", |p| exprs(p, |k| matches!(k, ExprKind::Between(..)))),
    ("rounded formula", |p| exprs(p, |k| matches!(k, ExprKind::Round { .. }))),
    ("table of values", |p| exprs(p, |k| matches!(k, ExprKind::Table(..)))),
    ("one or the other", |p| exprs(p, |k| matches!(k, ExprKind::If(..)))),
    ("larger", |p| exprs(p, |k| matches!(k, ExprKind::Larger(_)))),
    ("smaller", |p| exprs(p, |k| matches!(k, ExprKind::Smaller(_)))),
    ("minus", |p| exprs(p, |k| matches!(k, ExprKind::Negate(_)))),
    ("named value", |p| exprs(p, |k| matches!(k, ExprKind::Let(_)))),
    ("score of a clause", |p| exprs(p, |k| matches!(k, ExprKind::Score(_)))),
    ("total asked for", |p| exprs(p, |k| matches!(k, ExprKind::Total))),
    ("rank asked for", |p| exprs(p, |k| matches!(k, ExprKind::Rank))),
    ("grade asked for", |p| exprs(p, |k| matches!(k, ExprKind::Grade))),
    ("output asked for", |p| exprs(p, |k| matches!(k, ExprKind::Output(_)))),
    ("requirements met", |p| exprs(p, |k| matches!(k, ExprKind::RequirementsMet))),
    ("requirements in all", |p| exprs(p, |k| matches!(k, ExprKind::RequirementsAll))),
    ("whether evidence was left out", |p| exprs(p, |k| matches!(k, ExprKind::Absent(_)))),
    ("whether a field was left out", |p| exprs(p, |k| matches!(k, ExprKind::AbsentField(_)))),
    ("ranking by several keys", |p| p.ranking.as_ref().is_some_and(|r| r.keys.len() > 1)),
    ("ranking, lowest first", |p| {
        p.ranking.as_ref().is_some_and(|r| r.keys.iter().any(|k| !k.highest_first))
    }),
    ("ranking, ties better", |p| p.ranking.as_ref().is_some_and(|r| r.ties == Ties::Better)),
    ("ranking, ties worse", |p| p.ranking.as_ref().is_some_and(|r| r.ties == Ties::Worse)),
    ("grades by table", |p| grade(p, |s| matches!(s, GradeStep::Table(..)))),
    ("grade by condition", |p| grade(p, |s| matches!(s, GradeStep::Give { condition: Some(_), .. }))),
    ("grade of the rest", |p| grade(p, |s| matches!(s, GradeStep::Give { condition: None, .. }))),
    ("lowered grade", |p| grade(p, |s| matches!(s, GradeStep::Lower { .. }))),
    ("changed grade", |p| grade(p, |s| matches!(s, GradeStep::Change { .. }))),
    ("veto", |p| grade(p, |s| matches!(s, GradeStep::Veto { .. }))),
    ("grades outside the order", |p| p.grades.as_ref().is_some_and(|g| g.names.iter().any(|n| !n.ordered))),
    ("quota by number", |p| quota(p, |q| q.each.is_none() && matches!(q.limit, QuotaLimit::Number(_)))),
    ("quota by group", |p| quota(p, |q| q.each.is_some())),
    ("quota by group and evidence", |p| {
        quota(p, |q| matches!(&q.limit, QuotaLimit::Number(x) if !matches!(x.kind, ExprKind::Number(_))))
    }),
    ("quota by share of the graded", |p| share(p, Population::Graded, false)),
    ("quota by share of all", |p| share(p, Population::All, false)),
    ("quota by share of some", |p| share(p, Population::Graded, true)),
    ("quota, ties lose", |p| quota(p, |q| q.ties_lose)),
    ("quota, ties get in", |p| quota(p, |q| !q.ties_lose)),
    ("quota by several keys", |p| quota(p, |q| q.keys.len() > 1)),
    ("output", |p| !p.outputs.is_empty()),
    ("example", |p| !p.examples.is_empty()),
];

fn fields(p: &Program, is: impl Fn(&rubric_program::Field) -> bool) -> bool {
    p.evidence.iter().any(|e| matches!(&e.ty, EvidenceType::List { fields, .. } if fields.iter().any(&is)))
}

fn ranges(p: &Program, is: impl Fn(&rubric_program::NumberRange) -> bool) -> bool {
    p.evidence.iter().any(|e| match &e.ty {
        EvidenceType::Count { range, .. }
        | EvidenceType::Number { range, .. }
        | EvidenceType::Percent { range, .. }
        | EvidenceType::Points { range, .. } => is(range),
        _ => false,
    })
}

fn nodes(p: &Program, is: impl Fn(&Node) -> bool) -> bool {
    p.nodes.iter().any(is)
}

fn rules(p: &Program, is: impl Fn(&Rule) -> bool + Copy) -> bool {
    fn any(rules: &[Rule], is: impl Fn(&Rule) -> bool + Copy) -> bool {
        rules.iter().any(|r| is(r) || matches!(&r.kind, RuleKind::Heaviest(members) if any(members, is)))
    }
    nodes(p, |n| any(&n.rules, is))
}

fn when(p: &Program, is: impl Fn(&When) -> bool + Copy) -> bool {
    rules(p, |r| matches!(&r.kind, RuleKind::Simple { when, .. } if is(when)))
}

fn steps(p: &Program, down: bool, wanted: PartSteps) -> bool {
    when(p, |w| matches!(w, When::Steps { below, part, .. } if *below == down && *part == wanted))
}

fn effects(p: &Program, is: impl Fn(&Effect) -> bool + Copy) -> bool {
    let simple = |r: &Rule| match &r.kind {
        RuleKind::Simple { effect, otherwise, .. } => is(effect) || otherwise.as_ref().is_some_and(is),
        _ => false,
    };
    rules(p, simple) || rows(p, |row| matches!(&row.entry, Entry::Points(effect) if is(effect)))
}

fn rows(p: &Program, is: impl Fn(&Row) -> bool + Copy) -> bool {
    rules(p, |r| matches!(&r.kind, RuleKind::Table { rows, .. } if rows.iter().any(is)))
        || exprs(p, |k| matches!(k, ExprKind::Table(_, rows) if rows.iter().any(is)))
}

fn keys(p: &Program, is: impl Fn(&Key) -> bool + Copy) -> bool {
    rows(p, |row| is(&row.key))
}

fn aggregate(p: &Program, wanted: Aggregate) -> bool {
    exprs(p, |k| matches!(k, ExprKind::Rows { aggregate, .. } if *aggregate == wanted))
}

fn imported(p: &Program, is: impl Fn(&Target) -> bool) -> bool {
    exprs(p, |k| matches!(k, ExprKind::Imported(_, target) if is(target)))
}

fn is_date(expr: &Expr) -> bool {
    expr.ty == rubric_program::Type::Number(Some("date"))
}

fn grade(p: &Program, is: impl Fn(&GradeStep) -> bool) -> bool {
    p.grades.as_ref().is_some_and(|g| g.steps.iter().any(|(step, _)| is(step)))
}

fn quota(p: &Program, is: impl Fn(&rubric_program::Quota) -> bool) -> bool {
    grade(p, |s| matches!(s, GradeStep::Quota(q) if is(q)))
}

fn share(p: &Program, among: Population, some: bool) -> bool {
    quota(p, |q| match &q.limit {
        QuotaLimit::Share { of, of_population, .. } => *of_population == among && of.is_some() == some,
        QuotaLimit::Number(_) => false,
    })
}

/// Whether an expression anywhere is of a kind.
fn exprs(p: &Program, is: impl Fn(&ExprKind) -> bool) -> bool {
    let mut found = false;
    let mut see = |expr: &Expr| found |= is(&expr.kind);
    p.lets.iter().chain(&p.outputs).for_each(|named| named.value.visit(&mut see));
    p.graded.iter().chain(p.verify.iter().map(|v| &v.condition)).for_each(|e| e.visit(&mut see));
    p.places.iter().for_each(|place| place.order.key.visit(&mut see));
    p.ranking.iter().flat_map(|r| &r.keys).for_each(|key| key.key.visit(&mut see));
    for node in &p.nodes {
        let not_applicable = node.not_applicable.as_ref().map(|n| &n.condition);
        node.start.iter().chain(&node.weight).chain(not_applicable).for_each(|e| e.visit(&mut see));
        node.rules.iter().for_each(|rule| rule.visit(&mut see));
    }
    for (step, _) in p.grades.iter().flat_map(|g| &g.steps) {
        match step {
            GradeStep::Table(subject, _) => subject.visit(&mut see),
            GradeStep::Give { condition, .. } => condition.iter().for_each(|c| c.visit(&mut see)),
            GradeStep::Lower { condition, .. } | GradeStep::Change { condition, .. } => {
                condition.visit(&mut see);
            }
            GradeStep::Veto { conditions, .. } => conditions.iter().for_each(|c| c.visit(&mut see)),
            GradeStep::Quota(quota) => quota.keys.iter().for_each(|key| key.key.visit(&mut see)),
        }
    }
    found
}

/// Of so many programs, how many have each construct.
#[derive(Debug, Clone)]
pub struct Census {
    /// The programs.
    pub programs: usize,
    /// By construct, in the order of [`CONSTRUCTS`].
    pub counts: Vec<usize>,
}

impl Default for Census {
    fn default() -> Self {
        Self { programs: 0, counts: vec![0; CONSTRUCTS.len()] }
    }
}

impl Census {
    /// Counts one more program.
    pub fn count(&mut self, program: &Program) {
        self.programs += 1;
        for (count, (_, has)) in self.counts.iter_mut().zip(CONSTRUCTS) {
            *count += usize::from(has(program));
        }
    }

    /// What no program has.
    #[must_use]
    pub fn never(&self) -> Vec<&'static str> {
        let pairs = self.counts.iter().zip(CONSTRUCTS);
        pairs.filter(|(count, _)| **count == 0).map(|(_, (name, _))| *name).collect()
    }

    /// A line for each construct, in hundredths of the programs.
    #[must_use]
    pub fn table(&self) -> String {
        let line = |(count, (name, _)): (&usize, &Construct)| {
            format!("{:>5.1}%  {name}\n", *count as f64 * 100.0 / self.programs.max(1) as f64)
        };
        self.counts.iter().zip(CONSTRUCTS).map(line).collect()
    }
}
