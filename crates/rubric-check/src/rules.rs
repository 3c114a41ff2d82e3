//! Rules, and how many points each can take or give.

use rubric_program::{
    Domain, Effect, EvidenceType, Exact, Expr, PartSteps, Rule, RuleId, RuleKind, Type, When,
};
use rubric_syntax::ast;

use crate::checker::Checker;
use crate::domain;
use crate::evidence::{domain_of, unit_of};
use crate::expression::Scope;
use crate::expression::arithmetic::commensurate;
use crate::findings::{points, types};
use crate::tables::Entries;
use crate::units;

/// A lowered rule and what it can do to a score.
pub(crate) struct Lowered {
    pub(crate) rule: Rule,
    /// Signed points it can move the score by.
    pub(crate) range: Domain,
}

/// What a trigger comes to: the trigger, how often it can act, and in which scope its points stand.
struct Trigger<'s> {
    when: When,
    times: Domain,
    scope: Scope<'s>,
    steps: bool,
}

impl Checker<'_> {
    pub(crate) fn rule(&mut self, tree: &ast::Rule) -> Option<Lowered> {
        let id = RuleId(self.program.rule_count);
        self.program.rule_count += 1;
        let zero = domain::exactly(&Exact::ZERO);
        let (kind, cap, range) = match &tree.kind {
            ast::RuleKind::Start(_)
            | ast::RuleKind::MayBeNegative
            | ast::RuleKind::Description(_)
            | ast::RuleKind::NotApplicable { .. } => {
                return None;
            }
            ast::RuleKind::Require { advice, condition, text } => {
                let condition = self.condition(condition, &Scope::default())?;
                let text = text.as_ref().map(|t| t.node.clone()).unwrap_or_default();
                (RuleKind::Require { condition, advice: *advice, text }, None, zero)
            }
            ast::RuleKind::Table(table) => {
                let (subject, rows) = self.table(table, Entries::Points, &Scope::default())?;
                let range = rows.iter().map(entry_range).reduce(|a, b| domain::either(&a, &b))?;
                let covered = rows.iter().any(|r| r.key == rubric_program::Key::Otherwise);
                let range = if covered { range } else { domain::either(&range, &zero) };
                let range =
                    if self.shares_the_mean(&subject) { Domain { scale: None, ..range } } else { range };
                (RuleKind::Table { subject, rows }, None, range)
            }
            ast::RuleKind::Heaviest(members) => {
                let odd = members.iter().filter(|m| !weighs(&m.kind));
                for member in odd {
                    let diagnostic = points::weighs_nothing(self.place(member.at));
                    self.report(diagnostic);
                }
                let lowered: Vec<Lowered> = members.iter().filter_map(|m| self.rule(m)).collect();
                let range = lowered.iter().map(|l| l.range.clone()).reduce(|a, b| domain::either(&a, &b))?;
                (RuleKind::Heaviest(lowered.into_iter().map(|l| l.rule).collect()), None, range)
            }
            ast::RuleKind::Simple { when, effect, tails, otherwise } => {
                self.simple(tree, when, effect, tails, otherwise.as_ref())?
            }
        };
        Some(Lowered { rule: Rule { id, kind, cap, span: tree.at.0 }, range })
    }

    fn simple(
        &mut self,
        tree: &ast::Rule,
        when: &ast::When,
        effect: &ast::Effect,
        tails: &[ast::Tail],
        otherwise: Option<&ast::Effect>,
    ) -> Option<(RuleKind, Option<Expr>, Domain)> {
        let part = tails.iter().find_map(|t| if let ast::Tail::Part(p) = t { Some(p) } else { None });
        let trigger = self.trigger(tree, when, effect, part);
        let mut scope = trigger.as_ref().map(|t| t.scope.clone()).unwrap_or_default();
        let mut other_scope = Scope::default();
        if let ast::When::If(condition) = when {
            other_scope = scope.given(condition, false);
            scope = scope.given(condition, true);
        }
        let lowered = self.effect(effect, &scope);
        let otherwise = match otherwise {
            Some(effect) => Some(self.effect(effect, &other_scope)?),
            None => None,
        };
        let caps: Vec<&ast::Expr> =
            tails.iter().filter_map(|t| if let ast::Tail::Cap(c) = t { Some(c) } else { None }).collect();
        if let [first, second, ..] = caps.as_slice() {
            self.once(second.at, Some(first.at));
        }
        let cap = caps.first().copied();
        let cap = match cap {
            Some(cap) => Some(self.amount(cap, &Scope::default())?),
            None => None,
        };
        let (trigger, effect) = (trigger?, lowered?);
        if let (Some(part), false) = (part, trigger.steps) {
            let diagnostic = points::part_without_steps(self.place(part.at));
            self.report(diagnostic);
        }
        let amount = effect_range(&effect);
        let other = otherwise.as_ref().map(effect_range);
        // A choice is one of its two effects; a condition alone may also do nothing.
        let mut range = if other.is_some() { amount } else { domain::multiply(&trigger.times, &amount) };
        let most = range.low.abs().max(range.high.abs());
        let moves = other.as_ref().is_some_and(|o| !o.low.is_zero() || !o.high.is_zero());
        if most.is_zero() && !moves && matches!(effect, Effect::Deduct(_) | Effect::Award(_)) {
            let diagnostic = points::moves_nothing(self.place(tree.at));
            self.report(diagnostic);
        }
        if let Some(bounds) = cap.as_ref().and_then(|c| c.domain.as_ref()) {
            if bounds.low >= most && !most.is_zero() {
                let cap = cap.as_ref().map(|c| ast::At(c.span)).unwrap_or_default();
                let diagnostic = points::cap_never_binds(self.place(cap), &bounds.low, &most);
                self.report(diagnostic);
            } else {
                range = domain::capped(&range, bounds);
            }
        }
        if let Some(other) = &other {
            range = domain::either(&range, other);
        }
        Some((RuleKind::Simple { when: trigger.when, effect, otherwise }, cap, range))
    }

    fn trigger(
        &mut self,
        tree: &ast::Rule,
        when: &ast::When,
        effect: &ast::Effect,
        part: Option<&ast::Spanned<ast::PartSteps>>,
    ) -> Option<Trigger<'static>> {
        let once = domain::exactly(&Exact::ONE);
        let perhaps = domain::between(Exact::ZERO, Exact::ONE, Some(0));
        let plain = |when, times| Trigger { when, times, scope: Scope::default(), steps: false };
        match when {
            ast::When::Always => Some(plain(When::Always, once)),
            ast::When::If(condition) => {
                Some(plain(When::If(self.condition(condition, &Scope::default())?), perhaps))
            }
            ast::When::Each { subject, filter, distinct } => self.each(subject, filter.as_ref(), distinct),
            ast::When::Steps { value, limit, direction, step } => {
                self.steps(tree, value, limit, *direction, step, part, tables_place(effect))
            }
        }
    }

    fn each(
        &mut self,
        subject: &ast::Name,
        filter: Option<&ast::Expr>,
        distinct: &[ast::Name],
    ) -> Option<Trigger<'static>> {
        let list = self.evidence.get(subject.node.as_str()).copied().filter(|id| {
            self.program.evidence.get(id.0).is_some_and(|e| matches!(e.ty, EvidenceType::List { .. }))
        });
        let Some(list) = list else { return self.each_count(subject, filter, distinct) };
        self.mark_used(list);
        self.demand_columns(list, subject.at.0);
        let filter = match filter {
            Some(f) => Some(self.condition(f, &Scope::row(list))?),
            None => None,
        };
        let mut fields = Vec::new();
        for name in distinct {
            fields.push(self.field_named(list, name)?.0);
        }
        let times = self.program.evidence.get(list.0).and_then(|e| domain_of(&e.ty))?;
        let when = When::EachRow { list, filter, distinct: fields };
        Some(Trigger { when, times, scope: Scope::row(list), steps: false })
    }

    fn each_count(
        &mut self,
        subject: &ast::Name,
        filter: Option<&ast::Expr>,
        distinct: &[ast::Name],
    ) -> Option<Trigger<'static>> {
        let tree = ast::Expr { kind: ast::ExprKind::Name(subject.node.clone()), at: subject.at };
        let count = self.expr(&tree, &Scope::default())?;
        let whole = count.domain.as_ref().is_some_and(|d| d.scale == Some(0) && !d.low.is_negative());
        if !matches!(count.ty, Type::Number(unit) if units::counts(unit)) || !whole {
            let diagnostic = types::wants_count(self.place(subject.at), &subject.node, &count.ty);
            self.report(diagnostic);
            return None;
        }
        if filter.is_some() || !distinct.is_empty() {
            let diagnostic = types::wants_list(self.place(subject.at), &subject.node);
            self.report(diagnostic);
            return None;
        }
        let times = count.domain.clone()?;
        Some(Trigger { when: When::Each(count), times, scope: Scope::default(), steps: false })
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one rule form")]
    fn steps(
        &mut self,
        tree: &ast::Rule,
        value: &ast::Expr,
        limit: &ast::Expr,
        direction: ast::Direction,
        step: &ast::Quantity,
        part: Option<&ast::Spanned<ast::PartSteps>>,
        effect: ast::At,
    ) -> Option<Trigger<'static>> {
        let (x, l) = (self.number(value, &Scope::default()), self.number(limit, &Scope::default()));
        let (mut x, mut l) = (x?, l?);
        commensurate(&mut [&mut x, &mut l]);
        let (m, n) = (unit_of(&x.ty)?, unit_of(&l.ty)?);
        if units::joined(m, n).is_none() {
            self.units_differ((value.at.0, m), (limit.at.0, n));
            return None;
        }
        let timed = units::distance(m).is_some();
        if timed != matches!(direction, ast::Direction::Later | ast::Direction::Earlier) {
            let diagnostic = types::wrong_direction(self.place(tree.at), timed);
            self.report(diagnostic);
            return None;
        }
        let (mut size, mut unit) = Self::quantity(step);
        let wanted = match units::distance(m) {
            Some((_, length)) => Some(length),
            None if m == Some(units::PERCENT) => Some(units::PP),
            None => m,
        };
        if let (Some(own), Some(minutes)) = (units::in_minutes(unit), units::in_minutes(wanted)) {
            (size, unit) = ((size * own).checked_div(&minutes)?, wanted);
        }
        if wanted == Some(units::PP) && unit == Some(units::PERCENT) {
            let diagnostic =
                types::percent_for_points(self.place(step.at), &step.number.to_string(), self.language());
            self.report(diagnostic);
            return None;
        }
        if units::joined(wanted, unit).is_none() {
            self.wrong_unit((step.at.0, unit), wanted);
            return None;
        }
        if !size.is_positive() {
            let diagnostic = types::step_not_positive(self.place(step.at));
            self.report(diagnostic);
            return None;
        }
        let whole = |e: &Expr| e.domain.as_ref().is_some_and(|d| d.scale == Some(0));
        let counted = whole(&x) && whole(&l) && size == Exact::ONE;
        if part.is_none() && !counted {
            let diagnostic =
                points::part_steps_unruled(self.place(tree.at), self.place(effect), self.language());
            self.report(diagnostic);
        }
        let part = match part.map(|p| p.node) {
            Some(ast::PartSteps::Counted) => PartSteps::Counted,
            Some(ast::PartSteps::ProRata) => PartSteps::ProRata,
            _ => PartSteps::Ignored,
        };
        let below =
            matches!(direction, ast::Direction::Lower | ast::Direction::Fewer | ast::Direction::Earlier);
        let times = step_range(x.domain.as_ref()?, l.domain.as_ref()?, below, &size, part);
        let when = When::Steps { value: x, limit: l, below, step: size, part };
        Some(Trigger { when, times, scope: Scope::default(), steps: true })
    }

    pub(crate) fn effect(&mut self, effect: &ast::Effect, scope: &Scope<'_>) -> Option<Effect> {
        Some(match effect {
            ast::Effect::Deduct(points) => Effect::Deduct(self.amount(points, scope)?),
            ast::Effect::Award(points) => Effect::Award(self.amount(points, scope)?),
            ast::Effect::NoPoints(_) => Effect::NoPoints,
            ast::Effect::FullPoints(_) => Effect::FullPoints,
        })
    }

    /// Points that are never negative.
    fn amount(&mut self, tree: &ast::Expr, scope: &Scope<'_>) -> Option<Expr> {
        let amount = self.points_expr(tree, scope)?;
        if amount.domain.as_ref().is_some_and(|d| d.low.is_negative()) {
            let diagnostic = points::negative_amount(self.place(tree.at));
            self.report(diagnostic);
            return None;
        }
        Some(amount)
    }
}

/// Whether a rule can be the heaviest of several.
const fn weighs(kind: &ast::RuleKind) -> bool {
    matches!(kind, ast::RuleKind::Simple { .. } | ast::RuleKind::Table(_) | ast::RuleKind::Heaviest(_))
}

const fn tables_place(effect: &ast::Effect) -> ast::At {
    crate::tables::effect_place(effect)
}

/// How many steps a value can lie beyond a limit.
fn step_range(x: &Domain, l: &Domain, below: bool, size: &Exact, part: PartSteps) -> Domain {
    let distance =
        if below { domain::add(l, &domain::negate(x)) } else { domain::add(x, &domain::negate(l)) };
    let count = |d: &Exact| match part {
        PartSteps::Ignored => d.floor_steps(size),
        PartSteps::Counted => d.ceil_steps(size),
        PartSteps::ProRata => d.checked_div(size).unwrap_or_default(),
    };
    let at = |d: &Exact| count(&d.clone().max(Exact::ZERO));
    let scale = if part == PartSteps::ProRata {
        let finite = Exact::ONE.checked_div(size).and_then(|q| q.decimals());
        finite.and_then(|f| Some(f + distance.scale?))
    } else {
        Some(0)
    };
    domain::between(at(&distance.low), at(&distance.high), scale)
}

/// Signed points of an effect.
pub(crate) fn effect_range(effect: &Effect) -> Domain {
    let zero = domain::exactly(&Exact::ZERO);
    match effect {
        Effect::Deduct(points) => points.domain.as_ref().map_or(zero, domain::negate),
        Effect::Award(points) => points.domain.clone().unwrap_or(zero),
        Effect::NoPoints | Effect::FullPoints => zero,
    }
}

fn entry_range(row: &rubric_program::Row) -> Domain {
    let zero = || domain::exactly(&Exact::ZERO);
    match &row.entry {
        rubric_program::Entry::Points(effect) => effect_range(effect),
        rubric_program::Entry::Falling { first, less } => {
            let last = match &row.key {
                rubric_program::Key::Places(from, Some(to)) => {
                    (first - less * Exact::from(to.saturating_sub(*from))).max(Exact::ZERO)
                }
                _ => Exact::ZERO,
            };
            // Between the ends lie values as fine as what is taken away.
            let scale = first.decimals().zip(less.decimals()).map(|(a, b)| a.max(b));
            domain::between(last, first.clone(), scale)
        }
        rubric_program::Entry::Value(value) => value.domain.clone().unwrap_or_else(zero),
    }
}
