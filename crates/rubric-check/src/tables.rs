//! Tables: each row's key by the type of what is looked up, gaps, overlaps and rows that never apply.

use std::collections::BTreeSet;
use std::sync::Arc;

use rubric_base::{Place, Span};
use rubric_program::{Domain, Entry, Exact, Expr, ExprKind, Key, Row, Ties, Type, Unit};
use rubric_syntax::ast;

use crate::bands::{Uncovered, first_common};
use crate::checker::Checker;
use crate::domain;
use crate::evidence::unit_of;
use crate::expression::Scope;
use crate::findings::{tables, types};
use crate::units;

/// What the entries of a table are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entries {
    /// Deductions and awards.
    Points,
    /// Values.
    Values,
}

impl Checker<'_> {
    /// A table in an expression.
    pub(crate) fn value_table(&mut self, table: &ast::Table, scope: &Scope<'_>) -> Option<Expr> {
        let (subject, rows) = self.table(table, Entries::Values, scope)?;
        let values: Vec<&Expr> =
            rows.iter().filter_map(|r| if let Entry::Value(v) = &r.entry { Some(v) } else { None }).collect();
        let first = (*values.first()?).clone();
        let mut ty = first.ty.clone();
        let mut bounds = first.domain.clone();
        for value in values.into_iter().skip(1) {
            ty = self.same_type(&first, value)?;
            bounds = bounds.zip(value.domain.as_ref()).map(|(a, b)| domain::either(&a, b));
        }
        Some(Expr { kind: ExprKind::Table(Box::new(subject), rows), ty, domain: bounds, span: table.at.0 })
    }

    /// Lowers the subject and the rows of a table, and proves its coverage.
    pub(crate) fn table(
        &mut self,
        table: &ast::Table,
        entries: Entries,
        scope: &Scope<'_>,
    ) -> Option<(Expr, Vec<Row>)> {
        let subject = self.expr(&table.subject, scope)?;
        let ties = self.ties_of(table, entries);
        if table.rows.iter().all(|r| matches!(r, ast::Row::Ties(_))) {
            let diagnostic = tables::no_rows(self.place(table.at));
            self.report(diagnostic);
            return None;
        }
        let subject = match &table.place {
            Some(_) if ties.is_some_and(|t| t.node == ast::Ties::Lose) => {
                let at = ties.map(|t| t.at).unwrap_or_default();
                let diagnostic = crate::findings::quotas::lose_places(self.place(at));
                self.report(diagnostic);
                return None;
            }
            Some(place) => self.place_of(subject, place, ties, table)?,
            None => {
                if let Some(ties) = ties {
                    let diagnostic = tables::ties_without_places(self.place(ties.at));
                    self.report(diagnostic);
                }
                subject
            }
        };
        let mut rows = Vec::new();
        let mut zero_taken = false;
        for (i, row) in table.rows.iter().enumerate() {
            match row {
                ast::Row::Ties(_) => {}
                ast::Row::EachNext { places, less, at } => {
                    if places.number != rust_decimal::Decimal::ONE {
                        let diagnostic = tables::each_next_one(self.place(places.at));
                        self.report(diagnostic);
                    }
                    let next = table.rows.get(i + 1..).and_then(next_place);
                    self.each_next(&mut rows, less, *at, next);
                }
                ast::Row::Entry { key, entry, at } => {
                    let inner =
                        if zero_taken { scope.without_nothing(&table.subject) } else { scope.clone() };
                    zero_taken |= takes_zero(&key.node);
                    let key = self.key(key, &subject);
                    let entry = self.entry(entry, entries, &inner);
                    if let (Some(key), Some(entry)) = (key, entry) {
                        rows.push(Row { key, entry, span: at.0 });
                    }
                }
            }
        }
        if rows.len() + table.rows.iter().filter(|r| !matches!(r, ast::Row::Entry { .. })).count()
            >= table.rows.len()
        {
            self.coverage(&subject, &rows, table.at);
        }
        (!rows.is_empty()).then_some((subject, rows))
    }

    /// How ties share places, said once; only points can be shared by their mean.
    fn ties_of<'t>(
        &mut self,
        table: &'t ast::Table,
        entries: Entries,
    ) -> Option<&'t ast::Spanned<ast::Ties>> {
        let mut all =
            table.rows.iter().filter_map(|r| if let ast::Row::Ties(t) = r { Some(t) } else { None });
        let first = all.next()?;
        for second in all {
            self.once(second.at, Some(first.at));
        }
        if first.node == ast::Ties::Mean && entries == Entries::Values {
            let diagnostic = tables::mean_of_values(self.place(first.at));
            self.report(diagnostic);
        }
        Some(first)
    }

    /// Whether equals share the mean of what their places get, which may be no finite decimal.
    pub(crate) fn shares_the_mean(&self, subject: &Expr) -> bool {
        let ExprKind::Place(id) = subject.kind else { return false };
        self.program.places.get(id.0).is_some_and(|place| place.ties == Ties::Mean)
    }

    fn entry(&mut self, entry: &ast::Entry, entries: Entries, scope: &Scope<'_>) -> Option<Entry> {
        match (entry, entries) {
            (ast::Entry::Effect(effect), Entries::Points) => self.effect(effect, scope).map(Entry::Points),
            (ast::Entry::Value(value), Entries::Values) => self.expr(value, scope).map(Entry::Value),
            (ast::Entry::Effect(effect), Entries::Values) => {
                let diagnostic = tables::points_in_value_table(self.place(effect_place(effect)));
                self.report(diagnostic);
                None
            }
            (ast::Entry::Value(value), Entries::Points) => {
                let diagnostic = tables::value_in_points_table(self.place(value.at));
                self.report(diagnostic);
                None
            }
        }
    }

    /// `每后1名 减 P`: the row before it goes on to the place before the next one.
    fn each_next(&mut self, rows: &mut Vec<Row>, less: &ast::Quantity, at: ast::At, next: Option<u64>) {
        let less = self.points_of(less);
        let before = rows.pop();
        let first = before.as_ref().and_then(|row| match (&row.key, &row.entry) {
            (
                Key::Places(first, Some(last)),
                Entry::Points(rubric_program::Effect::Award(Expr { kind: ExprKind::Number(n), .. })),
            ) if first == last => Some((*first, n.clone())),
            _ => None,
        });
        let (Some((place, points)), Some(less), Some(before)) = (first, less, before) else {
            let diagnostic = tables::each_next_without_place(self.place(at));
            self.report(diagnostic);
            return;
        };
        let last = next.map(|n| n.saturating_sub(1));
        let zero_at = points.floor_steps(&less);
        let spare = last.is_some_and(|last| Exact::from(last.saturating_sub(place)) <= zero_at);
        if !spare {
            let diagnostic = tables::falls_below_nothing(self.place(at), place, &zero_at);
            self.report(diagnostic);
        }
        rows.push(Row {
            key: Key::Places(place, last),
            entry: Entry::Falling { first: points, less },
            span: before.span.to(at.0),
        });
    }

    fn key(&mut self, key: &ast::Spanned<ast::Key>, subject: &Expr) -> Option<Key> {
        let at = key.at;
        match (&key.node, &subject.ty) {
            (ast::Key::Otherwise, _) => Some(Key::Otherwise),
            (ast::Key::Flag(b), Type::Flag) => Some(Key::Flag(*b)),
            (ast::Key::Places { first, last }, Type::Rank) => Some(Key::Places(*first, *last)),
            (ast::Key::Names(names), ty @ (Type::Choice(_) | Type::Grade)) => {
                let mut choices = Vec::new();
                for name in names {
                    if self.value_of(ty, &name.node, name.at).is_none() {
                        let known = self.values_of(ty);
                        let diagnostic = tables::no_such_choice(self.place(name.at), &name.node, &known);
                        self.report(diagnostic);
                        return None;
                    }
                    choices.push(name.node.clone());
                }
                Some(Key::Choices(choices))
            }
            (ast::Key::Band(side, limit), Type::Number(unit)) => {
                let limit = self.limit(limit, *unit)?;
                let (low, high) = match side {
                    ast::BandSide::From | ast::BandSide::Over => (Some(limit), None),
                    ast::BandSide::UpTo | ast::BandSide::Under => (None, Some(limit)),
                };
                let low_open = *side == ast::BandSide::Over;
                let high_open = *side == ast::BandSide::Under;
                Some(Key::Band { low, low_open, high, high_open })
            }
            (ast::Key::Stretch(low, high), Type::Number(unit)) => {
                let (a, b) = (self.limit(low, *unit)?, self.limit(high, *unit)?);
                if a > b {
                    let diagnostic = tables::turned_round(self.place(at));
                    self.report(diagnostic);
                }
                Some(Key::Band {
                    low: Some(a.clone().min(b.clone())),
                    low_open: false,
                    high: Some(a.max(b)),
                    high_open: false,
                })
            }
            (ast::Key::Exactly(value), Type::Number(unit)) => {
                let value = self.limit(value, *unit)?;
                Some(Key::Band {
                    low: Some(value.clone()),
                    low_open: false,
                    high: Some(value),
                    high_open: false,
                })
            }
            (_, ty) => {
                let diagnostic = types::wrong_key(self.place(at), at.0.of(self.text), ty);
                self.report(diagnostic);
                None
            }
        }
    }

    fn values_of(&self, ty: &Type) -> Arc<[String]> {
        match ty {
            Type::Choice(choices) => Arc::clone(choices),
            _ => self.grade_names().into(),
        }
    }

    fn limit(&mut self, quantity: &ast::Quantity, unit: Option<Unit>) -> Option<Exact> {
        let (value, own) = Self::quantity(quantity);
        if units::joined(unit, own).is_some() {
            return Some(value);
        }
        self.wrong_unit((quantity.at.0, own), unit);
        None
    }

    /// Gaps, overlaps, and rows without any value left.
    fn coverage(&mut self, subject: &Expr, rows: &[Row], at: ast::At) {
        match &subject.ty {
            Type::Number(_) => {
                if let Some(domain) = subject.domain.clone() {
                    self.band_coverage(&domain, unit_of(&subject.ty).flatten(), rows, at);
                }
            }
            Type::Rank => self.place_coverage(rows, at),
            Type::Choice(_) | Type::Grade => {
                let all = self.values_of(&subject.ty);
                self.choice_coverage(&all, rows, at);
            }
            Type::Flag => {
                let has =
                    |b: bool| rows.iter().any(|r| matches!(r.key, Key::Otherwise) || r.key == Key::Flag(b));
                for (value, name) in [(true, "是"), (false, "否")] {
                    if !has(value) {
                        let diagnostic = tables::missing_choice(self.place(at), name);
                        self.report(diagnostic);
                    }
                }
            }
            Type::Text => {}
        }
    }

    fn span_place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    fn band_coverage(&mut self, domain: &Domain, unit: Option<Unit>, rows: &[Row], at: ast::At) {
        let mut uncovered = Uncovered::new(domain);
        let mut before: Vec<&Row> = Vec::new();
        for row in rows {
            // Of one-sided bands that go one way each takes what those before it left. Where two that go opposite ways
            // cross, nobody could say which of them is meant.
            let opposite = before.iter().find(|other| {
                matches!((side(&row.key), side(&other.key)), (Some(a), Some(b)) if a != b)
                    && meet(&row.key, &other.key)
            });
            if let Some(other) = opposite {
                let both = first_common(domain, &row.key, &other.key);
                let (here, there) = (self.span_place(row.span), self.span_place(other.span));
                let diagnostic = tables::both_ways(here, there, both.as_ref(), unit);
                self.report(diagnostic);
            }
            if !uncovered.take(&row.key) {
                let diagnostic = tables::shadowed(self.span_place(row.span), row.span.of(self.text));
                self.report(diagnostic);
            }
            // One-sided bands take what those before them left, but nothing of a stretch with both its ends.
            let two_sided = matches!(row.key, Key::Band { low: Some(_), high: Some(_), .. });
            let disjoint = |other: &&&Row| two_sided || is_stretch(&other.key);
            let other = before.iter().filter(disjoint).find(|other| meet(&row.key, &other.key));
            if let Some(other) = other {
                let (here, there) = (self.span_place(row.span), self.span_place(other.span));
                let both = first_common(domain, &row.key, &other.key);
                let diagnostic = tables::overlap((here, &row.key), (there, &other.key), both.as_ref(), unit);
                self.report(diagnostic);
            }
            before.push(row);
        }
        if let Some((value, _)) = uncovered.first() {
            let diagnostic = tables::gap(self.place(at), &value, unit);
            self.report(diagnostic);
        }
    }

    fn place_coverage(&mut self, rows: &[Row], at: ast::At) {
        let mut next = Some(1_u64);
        let mut otherwise = false;
        for row in rows {
            match (&row.key, next) {
                (Key::Otherwise, _) => {
                    if next.is_none() {
                        let diagnostic = tables::shadowed(self.span_place(row.span), row.span.of(self.text));
                        self.report(diagnostic);
                    }
                    otherwise = true;
                }
                (Key::Places(first, last), Some(expected)) => {
                    if *first > expected {
                        let diagnostic = tables::missing_places(
                            self.place(at),
                            expected,
                            first - 1,
                            self.span_place(row.span),
                        );
                        self.report(diagnostic);
                    } else if *first < expected {
                        let diagnostic = tables::place_twice(self.span_place(row.span), *first);
                        self.report(diagnostic);
                    }
                    if last.is_some_and(|l| l < *first) {
                        let diagnostic = tables::turned_round(self.span_place(row.span));
                        self.report(diagnostic);
                    }
                    next = last.map(|l| l.max(*first) + 1);
                }
                (Key::Places(first, _), None) => {
                    let diagnostic = tables::place_twice(self.span_place(row.span), *first);
                    self.report(diagnostic);
                }
                _ => {}
            }
        }
        if let (Some(place), false) = (next, otherwise) {
            let diagnostic = tables::open_places(self.place(at), place);
            self.report(diagnostic);
        }
    }

    fn choice_coverage(&mut self, all: &[String], rows: &[Row], at: ast::At) {
        let mut left: BTreeSet<&String> = all.iter().collect();
        let mut otherwise = false;
        for row in rows {
            if let Key::Choices(names) = &row.key {
                for name in names {
                    if !left.remove(name) {
                        let diagnostic = tables::choice_twice(self.span_place(row.span), name);
                        self.report(diagnostic);
                    }
                }
            } else if row.key == Key::Otherwise {
                if left.is_empty() {
                    let diagnostic = tables::shadowed(self.span_place(row.span), row.span.of(self.text));
                    self.report(diagnostic);
                }
                otherwise = true;
            }
        }
        let missing = all.iter().find(|name| left.contains(name));
        if let (Some(name), false) = (missing, otherwise) {
            let diagnostic = tables::missing_choice(self.place(at), name);
            self.report(diagnostic);
        }
    }
}

/// Whether a band has two ends that differ.
fn is_stretch(key: &Key) -> bool {
    matches!(key, Key::Band { low: Some(low), high: Some(high), .. } if low < high)
}

/// Whether a band with one limit goes up from it, rather than down.
fn side(key: &Key) -> Option<bool> {
    match key {
        Key::Band { low, high, .. } if low.is_some() != high.is_some() => Some(low.is_some()),
        _ => None,
    }
}

/// Whether two bands share a value.
fn meet(a: &Key, b: &Key) -> bool {
    let (
        Key::Band { low: la, low_open: oa, high: ha, high_open: pa },
        Key::Band { low: lb, low_open: ob, high: hb, high_open: pb },
    ) = (a, b)
    else {
        return false;
    };
    // One lies wholly above the other if its lower limit is not within reach of the other's upper one.
    let above = |low: &Option<Exact>, low_open: bool, high: &Option<Exact>, high_open: bool| match (low, high)
    {
        (Some(low), Some(high)) => low > high || (low == high && (low_open || high_open)),
        _ => false,
    };
    !above(la, *oa, hb, *pb) && !above(lb, *ob, ha, *pa)
}

/// Whether a row takes nothing, so that no later row is for it.
fn takes_zero(key: &ast::Key) -> bool {
    match key {
        ast::Key::Exactly(value) => value.number.is_zero(),
        ast::Key::Band(ast::BandSide::UpTo, limit) => !limit.number.is_sign_negative(),
        _ => false,
    }
}

/// The first place of the next row of places.
fn next_place(rows: &[ast::Row]) -> Option<u64> {
    rows.iter().find_map(|row| match row {
        ast::Row::Entry { key: ast::Spanned { node: ast::Key::Places { first, .. }, .. }, .. } => {
            Some(*first)
        }
        _ => None,
    })
}

pub(crate) const fn effect_place(effect: &ast::Effect) -> ast::At {
    match effect {
        ast::Effect::Deduct(points) | ast::Effect::Award(points) => points.at,
        ast::Effect::NoPoints(at) | ast::Effect::FullPoints(at) => *at,
    }
}

/// The program's ties.
pub(crate) const fn ties(ties: ast::Ties) -> Ties {
    match ties {
        ast::Ties::Better => Ties::Better,
        ast::Ties::Worse => Ties::Worse,
        ast::Ties::Mean => Ties::Mean,
        // Reported where it stands: it is for quotas.
        ast::Ties::Lose => Ties::Worse,
    }
}
