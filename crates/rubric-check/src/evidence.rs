//! Declarations of evidence.

use std::collections::HashMap;

use rubric_base::Place;
use rubric_program::{
    Better, Evidence, EvidenceId, EvidenceType, Exact, Expr, ExprKind, Field, LetId, NumberRange, Type, Unit,
};
use rubric_syntax::ast;

use crate::checker::Checker;
use crate::domain;
use crate::expression::Scope;
use crate::findings::{lists, names, types};
use crate::units;

/// Largest count (language reference, Principles 2).
const MOST: i64 = 1_000_000_000;
/// Most rows of a list.
const MOST_ROWS: u64 = 10_000_000;
/// The first day of the year 1, and the last of 9999, as days since 1970-01-01.
const FIRST_DAY: i64 = -719_162;
const LAST_DAY: i64 = 2_932_896;
/// Most decimals where the declaration says nothing.
const DECIMALS: u32 = 6;

/// What the modifiers of a declaration say.
#[derive(Default)]
struct Modifiers<'a> {
    range: Option<NumberRange>,
    decimals: Option<u32>,
    /// The step of which every value is a multiple, where decimals do not say it all.
    step: Option<Exact>,
    optional: bool,
    default: Option<&'a ast::Expr>,
    most: Option<Exact>,
    better: Option<Better>,
}

impl<'a> Checker<'a> {
    pub(crate) fn declare_evidence(&mut self) {
        for item in &self.tree.items {
            if let ast::Item::Evidence(fields) = item {
                self.declare_fields(fields, false);
            }
        }
    }

    fn declare_fields(&mut self, fields: &'a [ast::FieldItem], graded_only: bool) {
        for item in fields {
            match item {
                ast::FieldItem::GradedOnly(inner, _) => self.declare_fields(inner, true),
                ast::FieldItem::Field(field) => self.declare_field(field, graded_only),
                ast::FieldItem::Verify(verify) => self.verifies.push((None, verify, graded_only)),
                ast::FieldItem::Computed(binding) => {
                    let place = self.place(binding.at);
                    self.report(lists::computed_outside(place));
                }
            }
        }
    }

    fn declare_field(&mut self, field: &'a ast::Field, graded_only: bool) {
        if let Some(first) =
            self.evidence.get(field.name.node.as_str()).and_then(|id| self.program.evidence.get(id.0))
        {
            let first = Place { file: self.file, span: first.span };
            let diagnostic = names::twice(self.place(field.name.at), &field.name.node, first);
            self.report(diagnostic);
            return;
        }
        let modifiers = self.modifiers(field);
        let id = EvidenceId(self.program.evidence.len());
        if let ast::FieldType::List(items) = &field.ty {
            self.declare_list(id, items, graded_only);
        }
        let ty = self.evidence_type(field, &modifiers);
        self.declaration(field, &ty);
        let default = modifiers.default.and_then(|d| self.default(d, &ty));
        self.evidence.insert(&field.name.node, id);
        self.used.push(false);
        self.program.evidence.push(Evidence {
            name: field.name.node.clone(),
            ty,
            graded_only,
            optional: modifiers.optional,
            default,
            better: modifiers.better,
            help: field.help.as_ref().map(|h| h.node.clone()).unwrap_or_default(),
            span: field.name.at.0,
        });
    }

    fn modifiers(&mut self, field: &'a ast::Field) -> Modifiers<'a> {
        let mut all = Modifiers::default();
        let mut seen: HashMap<std::mem::Discriminant<ast::Modifier>, ast::At> = HashMap::new();
        for modifier in &field.modifiers {
            let at = modifier_place(modifier);
            if let Some(first) = seen.insert(std::mem::discriminant(modifier), at) {
                let diagnostic = names::twice(self.place(at), at.0.of(self.text), self.place(first));
                self.report(diagnostic);
            }
            match modifier {
                ast::Modifier::Range(stretches) => all.range = Some(range(stretches)),
                ast::Modifier::Precision(step) => self.precision(field, step, &mut all),
                ast::Modifier::Optional(_) => all.optional = true,
                ast::Modifier::Better { higher, .. } => {
                    all.better = Some(if *higher { Better::Higher } else { Better::Lower });
                }
                ast::Modifier::Default(value) => all.default = Some(value),
                ast::Modifier::Sample(most) | ast::Modifier::MostRows(most) => {
                    all.most = Some(Exact::from_decimal(most.number));
                }
            }
        }
        all
    }

    /// `到 0.01` says how many decimals there can be, `到 0.5` also that values are multiples of a half.
    fn precision(&mut self, field: &ast::Field, step: &ast::Quantity, all: &mut Modifiers<'a>) {
        let value = Exact::from_decimal(step.number);
        if !value.is_positive() {
            let place = self.place(step.at);
            self.report(types::step_not_positive(place));
            return;
        }
        if field.ty == ast::FieldType::Time {
            all.step = units::in_minutes(step.unit).map(|minutes| value * minutes);
            return;
        }
        all.decimals = value.decimals();
        let places = all.decimals.and_then(|d| u8::try_from(d).ok()).unwrap_or(u8::MAX);
        if value == Exact::fixed(1, places) {
            return;
        }
        let hundredths = match field.ty {
            ast::FieldType::Percent => true,
            ast::FieldType::Number(unit) => units::hundredths(unit),
            _ => false,
        };
        all.step = Some(if hundredths { value * Exact::fixed(1, 2) } else { value });
    }

    fn evidence_type(&mut self, field: &'a ast::Field, modifiers: &Modifiers<'a>) -> EvidenceType {
        let decimals = modifiers.decimals.unwrap_or(DECIMALS);
        let given = modifiers.range.clone();
        let upto = |most: Exact| {
            let range = given.clone().unwrap_or_else(|| NumberRange::between(Exact::ZERO, most));
            NumberRange { step: modifiers.step.clone(), ..range }
        };
        let counted = || {
            let range = upto(Exact::from_int(MOST));
            modifiers.most.as_ref().map_or(range.clone(), |most| range.up_to(most))
        };
        match &field.ty {
            ast::FieldType::Count => EvidenceType::Count { unit: None, range: counted() },
            ast::FieldType::Number(unit)
                if units::counts(*unit) && unit.is_some() && modifiers.decimals.is_none() =>
            {
                EvidenceType::Count { unit: *unit, range: counted() }
            }
            ast::FieldType::Percent | ast::FieldType::Number(Some(units::PERCENT)) => {
                EvidenceType::Percent { range: upto(Exact::ONE), decimals }
            }
            ast::FieldType::Number(unit) => {
                EvidenceType::Number { unit: *unit, range: upto(largest()), decimals }
            }
            ast::FieldType::Points => {
                EvidenceType::Points { range: upto(Exact::from_int(1_000_000)), decimals }
            }
            ast::FieldType::Flag => EvidenceType::Flag,
            ast::FieldType::Text => EvidenceType::Text,
            ast::FieldType::Date => {
                let all = NumberRange::between(Exact::from_int(FIRST_DAY), Exact::from_int(LAST_DAY));
                EvidenceType::Date { range: given.unwrap_or(all) }
            }
            ast::FieldType::Time => {
                let last = units::minutes_of(&Exact::from_int(rubric_base::time::LAST));
                let all = NumberRange::between(Exact::ZERO, last);
                let step = modifiers.step.clone().or(Some(Exact::ONE));
                EvidenceType::Time { range: NumberRange { step, ..given.clone().unwrap_or(all) } }
            }
            ast::FieldType::Clause => EvidenceType::Clause(self.citable().into()),
            ast::FieldType::Choice(choices) => {
                EvidenceType::Choice(choices.iter().map(|c| c.node.clone()).collect())
            }
            ast::FieldType::List(fields) => {
                let fields = self.list_fields(fields);
                let most =
                    modifiers.most.as_ref().and_then(Exact::to_i64).and_then(|n| u64::try_from(n).ok());
                EvidenceType::List { fields, most: most.unwrap_or(MOST_ROWS) }
            }
        }
    }

    fn list_fields(&mut self, items: &'a [ast::FieldItem]) -> Vec<Field> {
        let mut all: Vec<Field> = Vec::new();
        for item in items {
            let field = match item {
                ast::FieldItem::Field(field) => field,
                ast::FieldItem::Computed(binding) => {
                    self.column(&mut all, binding);
                    continue;
                }
                ast::FieldItem::GradedOnly(_, at) => {
                    let place = self.place(*at);
                    self.report(lists::graded_in_list(place));
                    continue;
                }
                ast::FieldItem::Verify(_) => continue,
            };
            if let Some(first) = all.iter().find(|f| f.name == field.name.node) {
                let first = Place { file: self.file, span: first.span };
                let diagnostic = names::twice(self.place(field.name.at), &field.name.node, first);
                self.report(diagnostic);
                continue;
            }
            if matches!(field.ty, ast::FieldType::List(_)) {
                let place = self.place(field.at);
                self.report(types::list_in_list(place));
                continue;
            }
            let modifiers = self.modifiers(field);
            let ty = self.evidence_type(field, &modifiers);
            self.declaration(field, &ty);
            let better = field.modifiers.iter().find(|m| matches!(m, ast::Modifier::Better { .. }));
            if let Some(better) = better {
                let place = self.place(modifier_place(better));
                self.report(types::direction_of_a_field(place));
            }
            let default = modifiers.default.and_then(|d| self.default(d, &ty));
            let name = field.name.node.clone();
            let optional = modifiers.optional;
            all.push(Field { name, ty, optional, default, computed: None, span: field.name.at.0 });
        }
        all
    }

    /// Ranges and precisions in the evidence's own unit, samples of counts only.
    fn declaration(&mut self, field: &'a ast::Field, ty: &EvidenceType) {
        let own = unit_of(&type_of(ty)).flatten();
        let numeric = unit_of(&type_of(ty)).is_some() && !matches!(ty, EvidenceType::List { .. });
        if field.ty == ast::FieldType::Number(Some(units::PERCENT)) {
            let place = self.place(field.name.at);
            self.report(types::number_of_percent(place));
        }
        for modifier in &field.modifiers {
            match modifier {
                ast::Modifier::Range(stretches) => {
                    for quantity in stretches.iter().flat_map(|(low, high)| std::iter::once(low).chain(high))
                    {
                        let fits = units::joined(own, quantity.unit).is_some();
                        if !fits || !numeric {
                            let place = self.place(quantity.at);
                            self.report(types::wrong_limit(place, quantity.at.0.of(self.text), &type_of(ty)));
                        }
                    }
                    for (low, high) in stretches {
                        if let Some(high) = high.as_ref().filter(|h| h.number < low.number) {
                            let place = self.place(ast::At(low.at.0.to(high.at.0)));
                            self.report(crate::findings::tables::turned_round(place));
                        }
                    }
                }
                ast::Modifier::Precision(step) if step.unit.is_some_and(|u| !measures(own, u)) => {
                    let place = self.place(step.at);
                    self.report(types::wrong_limit(place, step.at.0.of(self.text), &type_of(ty)));
                }
                ast::Modifier::Sample(most) => match ty {
                    EvidenceType::Count { range, .. } if range.stretches.is_empty() => {
                        let place = self.place(most.at);
                        self.report(types::sample_below_range(place));
                    }
                    EvidenceType::Count { .. } => {}
                    _ => {
                        let place = self.place(most.at);
                        self.report(types::sample_of_no_count(place));
                    }
                },
                ast::Modifier::Better { at, .. } if !numeric => {
                    let place = self.place(*at);
                    self.report(types::no_direction(place, &field.name.node));
                }
                ast::Modifier::MostRows(most) if !matches!(ty, EvidenceType::List { .. }) => {
                    let place = self.place(most.at);
                    self.report(types::wants_list(place, &field.name.node));
                }
                _ => {}
            }
        }
        if let ast::FieldType::Choice(choices) = &field.ty {
            for (i, choice) in choices.iter().enumerate() {
                if let Some(first) = choices.iter().take(i).find(|c| c.node == choice.node) {
                    let diagnostic = names::twice(self.place(choice.at), &choice.node, self.place(first.at));
                    self.report(diagnostic);
                }
            }
        }
    }

    /// A default must be a literal of the evidence's type.
    fn default(&mut self, value: &'a ast::Expr, ty: &EvidenceType) -> Option<Expr> {
        let expected = type_of(ty);
        let lowered = match (&value.kind, &expected) {
            _ if matches!(ty, EvidenceType::List { .. }) => None,
            (ast::ExprKind::Name(name), Type::Choice(choices)) if choices.contains(name) => Some(Expr {
                kind: ExprKind::Text(name.clone()),
                ty: expected.clone(),
                domain: None,
                span: value.at.0,
            }),
            (ast::ExprKind::Name(_), _) => None,
            _ => self.expr(value, &Scope::default()).filter(|e| fits(&e.ty, &expected) && allowed(e, ty)),
        };
        if lowered.is_none() {
            let diagnostic = types::wrong_default(self.place(value.at), value.at.0.of(self.text), &expected);
            self.report(diagnostic);
        }
        lowered
    }

    /// `参评` may only ask what every unit fills in.
    pub(crate) fn graded(&mut self) {
        let tree = self.tree;
        let mut conditions =
            tree.items.iter().filter_map(|i| if let ast::Item::Graded(e) = i { Some(e) } else { None });
        let Some(condition) = conditions.next() else { return };
        for second in conditions {
            self.once(second.at, Some(condition.at));
        }
        let before = self.used.clone();
        self.used.iter_mut().for_each(|u| *u = false);
        let lowered = self.condition(condition, &Scope::default());
        let asked: Vec<String> = self
            .program
            .evidence
            .iter()
            .zip(&self.used)
            .filter(|(e, used)| **used && e.graded_only)
            .map(|(e, _)| e.name.clone())
            .collect();
        for name in asked {
            let diagnostic = types::graded_asks_graded(self.place(condition.at), &name);
            self.report(diagnostic);
        }
        self.used.iter_mut().zip(before).for_each(|(u, b)| *u |= b);
        let plain = lowered.as_ref().is_none_or(|condition| {
            let mut plain = true;
            condition.visit(&mut |expr| plain &= is_plain(&expr.kind));
            plain
        });
        if !plain {
            let diagnostic = types::graded_asks_computed(self.place(condition.at));
            self.report(diagnostic);
        }
        self.program.graded = lowered.filter(|_| plain);
    }

    pub(crate) fn unused(&mut self) {
        let unused: Vec<(String, rubric_base::Span)> = self
            .program
            .evidence
            .iter()
            .zip(&self.used)
            .filter(|(_, used)| !**used)
            .map(|(e, _)| (e.name.clone(), e.span))
            .collect();
        for (name, span) in unused {
            self.report(names::unused(Place { file: self.file, span }, &name));
        }
        for (id, binding) in self.let_trees.clone().into_iter().enumerate() {
            let declared = self.lets.get(binding.name.node.as_str()).is_some_and(|(first, _)| first.0 == id);
            if declared && !self.used_lets.contains(&LetId(id)) {
                let diagnostic = names::unused_value(self.place(binding.name.at), &binding.name.node);
                self.report(diagnostic);
            }
        }
    }
}

/// What can be told from the evidence of one unit alone, before anything is computed.
const fn is_plain(kind: &ExprKind) -> bool {
    matches!(
        kind,
        ExprKind::Field(_)
            | ExprKind::AbsentField(_)
            | ExprKind::Negate(_)
            | ExprKind::Arithmetic(..)
            | ExprKind::If(..)
            | ExprKind::Rows { .. }
            | ExprKind::Larger(_)
            | ExprKind::Smaller(_)
            | ExprKind::Round { .. }
            | ExprKind::Number(_)
            | ExprKind::Flag(_)
            | ExprKind::Text(_)
            | ExprKind::Evidence(_)
            | ExprKind::Absent(_)
            | ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Compare(..)
            | ExprKind::Between(..)
    )
}

const fn modifier_place(modifier: &ast::Modifier) -> ast::At {
    match modifier {
        ast::Modifier::Range(stretches) => match stretches.as_slice() {
            [(first, _), ..] => first.at,
            [] => ast::At(rubric_base::Span { start: 0, end: 0 }),
        },
        ast::Modifier::Precision(q) | ast::Modifier::Sample(q) | ast::Modifier::MostRows(q) => q.at,
        ast::Modifier::Optional(at) | ast::Modifier::Better { at, .. } => *at,
        ast::Modifier::Default(value) => value.at,
    }
}

fn range(stretches: &[(ast::Quantity, Option<ast::Quantity>)]) -> NumberRange {
    let ends = |(low, high): &(ast::Quantity, Option<ast::Quantity>)| {
        let low = Checker::quantity(low).0;
        let high = high.as_ref().map_or_else(|| low.clone(), |h| Checker::quantity(h).0);
        (low.clone().min(high.clone()), low.max(high))
    };
    NumberRange { stretches: stretches.iter().map(ends).collect(), step: None }
}

/// Whether a unit can say how fine evidence is: its own, or a length of time for a time of day.
fn measures(own: Option<Unit>, unit: Unit) -> bool {
    own == Some(unit) || own == Some(units::TIME) && units::in_minutes(Some(unit)).is_some()
}

/// Whether a literal lies in the range of its evidence, and is no finer.
fn allowed(literal: &Expr, ty: &EvidenceType) -> bool {
    let ExprKind::Number(value) = &literal.kind else { return true };
    let (range, decimals) = match ty {
        EvidenceType::Count { range, .. } => (range, 0),
        EvidenceType::Number { range, decimals, unit } => {
            (range, decimals + if units::hundredths(*unit) { 2 } else { 0 })
        }
        EvidenceType::Points { range, decimals } => (range, *decimals),
        EvidenceType::Date { range } => (range, 0),
        // Its step says it all.
        EvidenceType::Time { range } => return range.allows(value),
        EvidenceType::Percent { range, decimals } => (range, decimals + 2),
        _ => return true,
    };
    range.allows(value) && value.decimals().is_some_and(|d| d <= decimals)
}

/// Twelve digits before the point, six after it.
fn largest() -> Exact {
    Exact::from_int(1_000_000_000_000) - Exact::fixed(1, 6)
}

/// The type of a value of evidence. Lists count as the number of their rows.
pub(crate) fn type_of(ty: &EvidenceType) -> Type {
    match ty {
        EvidenceType::Count { unit, .. } | EvidenceType::Number { unit, .. } => Type::Number(*unit),
        EvidenceType::Percent { .. } => Type::Number(Some(units::PERCENT)),
        EvidenceType::Points { .. } => Type::Number(Some(units::POINTS)),
        EvidenceType::Flag => Type::Flag,
        EvidenceType::Choice(choices) => Type::Choice(choices.clone()),
        EvidenceType::Text => Type::Text,
        EvidenceType::Date { .. } => Type::Number(Some(units::DATE)),
        EvidenceType::Time { .. } => Type::Number(Some(units::TIME)),
        EvidenceType::Clause(numbers) => Type::Choice(numbers.clone()),
        EvidenceType::List { .. } => Type::Number(None),
    }
}

/// Its proved bounds, for numbers.
pub(crate) fn domain_of(ty: &EvidenceType) -> Option<rubric_program::Domain> {
    let of = |range: &NumberRange, scale: u32| {
        Some(domain::between(range.low()?.clone(), range.high()?.clone(), Some(scale)))
    };
    match ty {
        EvidenceType::Count { range, .. } => of(range, 0),
        EvidenceType::Number { range, decimals, unit } => {
            of(range, decimals + if units::hundredths(*unit) { 2 } else { 0 })
        }
        EvidenceType::Points { range, decimals } => of(range, *decimals),
        EvidenceType::Percent { range, decimals } => of(range, decimals + 2),
        EvidenceType::List { most, .. } => Some(domain::between(Exact::ZERO, Exact::from(*most), Some(0))),
        EvidenceType::Date { range } => of(range, 0),
        EvidenceType::Time { range } => {
            let scale = range.step.as_ref().and_then(Exact::decimals);
            Some(domain::between(range.low()?.clone(), range.high()?.clone(), scale))
        }
        EvidenceType::Flag | EvidenceType::Choice(_) | EvidenceType::Text | EvidenceType::Clause(_) => None,
    }
}

/// Whether a value of one type may stand where another is wanted.
pub(crate) fn fits(found: &Type, wanted: &Type) -> bool {
    match (found, wanted) {
        (Type::Number(a), Type::Number(b)) => units::joined(*a, *b).is_some(),
        (a, b) => a == b,
    }
}

/// The unit of a number.
pub(crate) const fn unit_of(ty: &Type) -> Option<Option<Unit>> {
    match ty {
        Type::Number(unit) => Some(*unit),
        _ => None,
    }
}
