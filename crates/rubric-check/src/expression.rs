//! Expressions: names resolved, types and units joined, bounds proved.

use rubric_program::{
    Aggregate, Arithmetic, Comparison, Domain, EvidenceId, EvidenceType, Exact, Expr, ExprKind, FieldId,
    LetId, Type,
};
use rubric_syntax::ast;

use crate::checker::{Checker, rounding};
use crate::domain;
use crate::evidence::{domain_of, type_of, unit_of};
use crate::findings::{dates, names, types};
use crate::order::Item;
use crate::units;

/// Where an expression stands.
#[derive(Default, Clone)]
pub(crate) struct Scope<'s> {
    /// The list whose row is in hand: its fields come first.
    pub(crate) list: Option<EvidenceId>,
    /// What the conditions around it prove not to be nothing.
    nonzero: Vec<&'s ast::Expr>,
}

impl<'s> Scope<'s> {
    pub(crate) const fn row(list: EvidenceId) -> Self {
        Self { list: Some(list), nonzero: Vec::new() }
    }

    /// This scope where `condition` is known to hold, or not to.
    pub(crate) fn given(&self, condition: &'s ast::Expr, holds: bool) -> Self {
        let mut scope = self.clone();
        not_nothing(condition, holds, &mut scope.nonzero);
        scope
    }

    /// This scope where `expr` is known not to be nothing.
    pub(crate) fn without_nothing(&self, expr: &'s ast::Expr) -> Self {
        let mut scope = self.clone();
        scope.nonzero.push(expr);
        scope
    }

    fn proves(&self, expr: &ast::Expr) -> bool {
        self.nonzero.iter().any(|known| bare(known) == bare(expr))
    }

    /// Whether rows that satisfy a filter are known to be there.
    fn proves_rows(&self, list: &str, filter: Option<&ast::Expr>) -> bool {
        self.nonzero.iter().any(|known| counts_rows(known, list, filter))
    }
}

/// Gathers what a condition proves not to be nothing, if it holds or if it does not.
fn not_nothing<'s>(condition: &'s ast::Expr, holds: bool, found: &mut Vec<&'s ast::Expr>) {
    match &bare(condition).kind {
        ast::ExprKind::Not(x) => not_nothing(x, !holds, found),
        ast::ExprKind::Quantified { any: true, .. } if holds => found.push(condition),
        ast::ExprKind::And(all) if holds => all.iter().for_each(|c| not_nothing(c, true, found)),
        ast::ExprKind::Or(all) if !holds => all.iter().for_each(|c| not_nothing(c, false, found)),
        ast::ExprKind::Compare(op, x, limit) => {
            let ast::ExprKind::Quantity(limit) = &bare(limit).kind else { return };
            let (zero, positive) = (limit.number.is_zero(), limit.number.is_sign_positive());
            let proved = match op {
                ast::Comparison::Equal => {
                    if holds {
                        !zero
                    } else {
                        zero
                    }
                }
                ast::Comparison::NotEqual => {
                    if holds {
                        zero
                    } else {
                        !zero
                    }
                }
                ast::Comparison::Greater => holds && positive,
                ast::Comparison::GreaterOrEqual => holds && positive && !zero,
                ast::Comparison::LessOrEqual => !holds && positive,
                ast::Comparison::Less => !holds && positive && !zero,
            };
            if proved {
                found.push(x);
            }
        }
        _ => {}
    }
}

/// Whether an expression that is not nothing says that there are such rows.
fn counts_rows(known: &ast::Expr, list: &str, filter: Option<&ast::Expr>) -> bool {
    let narrow_enough = |own: Option<&ast::Expr>| match (own, filter) {
        (_, None) => true,
        (Some(own), Some(wanted)) => bare(own) == bare(wanted),
        (None, Some(_)) => false,
    };
    match &bare(known).kind {
        ast::ExprKind::Rows { function: ast::RowFunction::Count, list: own, filter, .. } => {
            own.node == list && narrow_enough(filter.as_deref())
        }
        ast::ExprKind::Quantified { list: own, any: true, condition } => {
            own.node == list && narrow_enough(Some(condition))
        }
        _ => false,
    }
}

/// Without its parentheses.
fn bare(expr: &ast::Expr) -> &ast::Expr {
    match &expr.kind {
        ast::ExprKind::Group(inner) => bare(inner),
        _ => expr,
    }
}

const fn number(
    kind: ExprKind,
    unit: Option<rubric_program::Unit>,
    domain: Option<Domain>,
    at: ast::At,
) -> Expr {
    Expr { kind, ty: Type::Number(unit), domain, span: at.0 }
}

const fn flag(kind: ExprKind, at: ast::At) -> Expr {
    Expr { kind, ty: Type::Flag, domain: None, span: at.0 }
}

impl Checker<'_> {
    /// Lowers an expression; nothing where it was reported.
    pub(crate) fn expr(&mut self, tree: &ast::Expr, scope: &Scope<'_>) -> Option<Expr> {
        let at = tree.at;
        Some(match &tree.kind {
            ast::ExprKind::Group(inner) => self.expr(inner, scope)?,
            ast::ExprKind::Quantity(quantity) => {
                let (value, unit) = Self::quantity(quantity);
                let domain = domain::exactly(&value);
                number(ExprKind::Number(value), unit, Some(domain), at)
            }
            ast::ExprKind::Text(text) => {
                Expr { kind: ExprKind::Text(text.clone()), ty: Type::Text, domain: None, span: at.0 }
            }
            ast::ExprKind::Flag(value) => flag(ExprKind::Flag(*value), at),
            ast::ExprKind::Name(name) => self.name(name, at, scope)?,
            ast::ExprKind::Score(name) => self.score(name, at, true)?,
            ast::ExprKind::RawScore(name) => self.score(name, at, false)?,
            ast::ExprKind::Imported(name, target) => self.imported(name, target, at)?,
            ast::ExprKind::WithinDays { day, from, days } => self.within_days(day, from, days, at, scope)?,
            ast::ExprKind::Workdays(from, to) => self.workdays(from, to, at, scope)?,
            ast::ExprKind::Total => {
                self.demand(Item::Total, at.0);
                if self.demand.failed(Item::Total) {
                    let diagnostic = crate::findings::points::no_total(self.place(at));
                    self.report(diagnostic);
                    return None;
                }
                let domain = self.program.total.as_ref().map(|t| t.attainable.clone());
                number(ExprKind::Total, Some(units::POINTS), domain, at)
            }
            ast::ExprKind::Rank => {
                if self.ranking.is_none() {
                    let diagnostic = names::no_ranking(self.place(at));
                    self.report(diagnostic);
                    return None;
                }
                self.demand(Item::Ranking, at.0);
                Expr { kind: ExprKind::Rank, ty: Type::Rank, domain: None, span: at.0 }
            }
            ast::ExprKind::Grade => {
                if self.grades.is_none() {
                    let diagnostic = names::no_grades(self.place(at));
                    self.report(diagnostic);
                    return None;
                }
                if !self.in_grades() {
                    self.demand(Item::Grades, at.0);
                }
                Expr { kind: ExprKind::Grade, ty: Type::Grade, domain: None, span: at.0 }
            }
            ast::ExprKind::RequirementsMet => self.requirements(ExprKind::RequirementsMet, at),
            ast::ExprKind::RequirementsAll => self.requirements(ExprKind::RequirementsAll, at),
            ast::ExprKind::Absent(name) => match scope.list.and_then(|list| self.field(list, &name.node)) {
                Some((field, ..)) => flag(ExprKind::AbsentField(field), at),
                None => flag(ExprKind::Absent(self.evidence_named(name)?), at),
            },
            ast::ExprKind::Not(x) => flag(ExprKind::Not(Box::new(self.condition(x, scope)?)), at),
            ast::ExprKind::Negate(x) => {
                let x = self.undated(x, scope)?;
                let (unit, domain) = (unit_of(&x.ty)?, x.domain.as_ref().map(domain::negate));
                number(ExprKind::Negate(Box::new(x)), unit, domain, at)
            }
            ast::ExprKind::And(all) => flag(ExprKind::And(self.conditions(all, true, scope)?), at),
            ast::ExprKind::Or(all) => flag(ExprKind::Or(self.conditions(all, false, scope)?), at),
            ast::ExprKind::Arithmetic(op, a, b) => self.arithmetic(*op, a, b, at, scope)?,
            ast::ExprKind::Compare(op, a, b) => self.compare(*op, a, b, at, scope)?,
            ast::ExprKind::Between(x, low, high) => self.between(x, low, high, at, scope)?,
            ast::ExprKind::If(condition, then, otherwise) => {
                self.choose(condition, then, otherwise, at, scope)?
            }
            ast::ExprKind::Table(table) => self.value_table(table, scope)?,
            ast::ExprKind::Rows { function, list, field, filter } => {
                self.rows(*function, list, field.as_ref(), filter.as_deref(), at, scope)?
            }
            ast::ExprKind::Quantified { list, any, condition } => {
                let id = self.list_named(list)?;
                let condition = self.condition(condition, &Scope::row(id))?;
                let aggregate = if *any { Aggregate::Any } else { Aggregate::Every };
                let kind =
                    ExprKind::Rows { aggregate, list: id, filter: None, value: Some(Box::new(condition)) };
                flag(kind, at)
            }
            ast::ExprKind::Larger(all) => self.pick(all, true, at, scope)?,
            ast::ExprKind::Smaller(all) => self.pick(all, false, at, scope)?,
            ast::ExprKind::Round(x, rounded) => self.round(x, rounded, at, scope)?,
        })
    }

    /// A number of any unit.
    pub(crate) fn number(&mut self, tree: &ast::Expr, scope: &Scope<'_>) -> Option<Expr> {
        let expr = self.expr(tree, scope)?;
        if matches!(expr.ty, Type::Number(_)) {
            return Some(expr);
        }
        let diagnostic = types::wants_number(self.place(tree.at), tree.at.0.of(self.text), &expr.ty);
        self.report(diagnostic);
        None
    }

    /// Points, never another unit; `what` is said where they are not.
    pub(crate) fn points_expr(&mut self, tree: &ast::Expr, scope: &Scope<'_>) -> Option<Expr> {
        let expr = self.number(tree, scope)?;
        if expr.ty == Type::Number(Some(units::POINTS)) {
            return Some(expr);
        }
        let place = self.place(tree.at);
        self.report(crate::findings::points::needs_points(place, tree.at.0.of(self.text), self.language()));
        None
    }

    /// Yes or no.
    pub(crate) fn condition(&mut self, tree: &ast::Expr, scope: &Scope<'_>) -> Option<Expr> {
        let expr = self.expr(tree, scope)?;
        if expr.ty == Type::Flag {
            return Some(expr);
        }
        let diagnostic = types::wants_flag(self.place(tree.at), tree.at.0.of(self.text), &expr.ty);
        self.report(diagnostic);
        None
    }

    /// All of them are lowered, so that each mistake is found. One is only asked where those before it did not
    /// decide already: where they hold (且), or do not (或).
    fn conditions(&mut self, all: &[ast::Expr], hold: bool, scope: &Scope<'_>) -> Option<Vec<Expr>> {
        let mut scope = scope.clone();
        let mut lowered = Vec::with_capacity(all.len());
        for condition in all {
            lowered.push(self.condition(condition, &scope));
            scope = scope.given(condition, hold);
        }
        lowered.into_iter().collect()
    }

    /// Whether such rows are there in every unit that gets as far: here, or because the evidence is checked so.
    fn has_rows(&self, list: &ast::Name, filter: Option<&ast::Expr>, scope: &Scope<'_>) -> bool {
        let theirs = self.evidence.get(list.node.as_str()).and_then(|id| self.program.evidence.get(id.0));
        let graded_only = theirs.is_some_and(|e| e.graded_only);
        let units = self.verifies.iter().filter(|(of, _, graded)| of.is_none() && (!graded || graded_only));
        let mut known = Vec::new();
        units.for_each(|(_, verify, _)| not_nothing(&verify.condition, true, &mut known));
        scope.proves_rows(&list.node, filter) || known.iter().any(|k| counts_rows(k, &list.node, filter))
    }

    fn name(&mut self, name: &str, at: ast::At, scope: &Scope<'_>) -> Option<Expr> {
        if let Some(field) = scope.list.and_then(|list| self.field(list, name)) {
            return Some(field_expr(field, at));
        }
        if let Some(id) = self.evidence.get(name).copied() {
            self.mark_used(id);
            let evidence = self.program.evidence.get(id.0)?;
            if matches!(evidence.ty, EvidenceType::List { .. }) {
                let diagnostic = types::list_is_no_value(self.place(at), name, self.language());
                self.report(diagnostic);
                return None;
            }
            let (ty, domain) = (type_of(&evidence.ty), domain_of(&evidence.ty));
            return Some(Expr { kind: ExprKind::Evidence(id), ty, domain, span: at.0 });
        }
        if let Some((id, _)) = self.lets.get(name).copied() {
            self.used_lets.insert(id);
            self.demand(Item::Let(id.0), at.0);
            return self.has_meaning(Item::Let(id.0)).then(|| self.named(id, at)).flatten();
        }
        if let Some((id, _)) = self.outputs.get(name).copied() {
            self.demand(Item::Output(id.0), at.0);
            if !self.has_meaning(Item::Output(id.0)) {
                return None;
            }
            let value = &self.program.outputs.get(id.0)?.value;
            return Some(Expr { kind: ExprKind::Output(id), span: at.0, ..value.clone() });
        }
        let known = self.known_names(scope);
        // The near name was meant: it is not unused as well.
        let near = rubric_base::near::nearest(name, known.iter().map(String::as_str));
        if let Some(id) = near.and_then(|near| self.evidence.get(near).copied()) {
            self.mark_used(id);
        }
        self.used_lets.extend(near.and_then(|near| self.lets.get(near)).map(|(id, _)| *id));
        let diagnostic = names::unknown(self.place(at), name, known.iter().map(String::as_str));
        self.report(diagnostic);
        None
    }

    fn named(&self, id: LetId, at: ast::At) -> Option<Expr> {
        let value = &self.program.lets.get(id.0)?.value;
        let (ty, domain) = (value.ty.clone(), value.domain.clone());
        Some(Expr { kind: ExprKind::Let(id), ty, domain, span: at.0 })
    }

    pub(crate) fn mark_used(&mut self, id: EvidenceId) {
        if let Some(used) = self.used.get_mut(id.0) {
            *used = true;
        }
    }

    /// Everything a name could have meant here.
    pub(crate) fn known_names(&self, scope: &Scope<'_>) -> Vec<String> {
        let fields = scope.list.and_then(|list| self.program.evidence.get(list.0)).map(|e| match &e.ty {
            EvidenceType::List { fields, .. } => fields.iter().map(|f| f.name.clone()).collect(),
            _ => Vec::new(),
        });
        let evidence = self.program.evidence.iter().map(|e| e.name.clone());
        let lets = self.program.lets.iter().chain(&self.program.outputs).map(|n| n.name.clone());
        fields.unwrap_or_default().into_iter().chain(evidence).chain(lets).collect()
    }

    /// A field of a list: its type, and for numbers its bounds.
    pub(crate) fn field(&self, list: EvidenceId, name: &str) -> Option<(FieldId, Type, Option<Domain>)> {
        match &self.program.evidence.get(list.0)?.ty {
            EvidenceType::List { fields, .. } => {
                let position = fields.iter().position(|f| f.name == name)?;
                let field = fields.get(position).filter(|f| !self.is_pending(list, f))?;
                let (ty, domain) = match &field.computed {
                    Some(value) => (value.ty.clone(), value.domain.clone()),
                    None => (type_of(&field.ty), domain_of(&field.ty)),
                };
                Some((FieldId(position), ty, domain))
            }
            _ => None,
        }
    }

    /// Evidence by its name.
    pub(crate) fn evidence_named(&mut self, name: &ast::Name) -> Option<EvidenceId> {
        if let Some(id) = self.evidence.get(name.node.as_str()).copied() {
            self.mark_used(id);
            return Some(id);
        }
        let known: Vec<String> = self.program.evidence.iter().map(|e| e.name.clone()).collect();
        let diagnostic = names::unknown(self.place(name.at), &name.node, known.iter().map(String::as_str));
        self.report(diagnostic);
        None
    }

    /// Whether a field holds the number of a clause.
    pub(crate) fn is_clause_field(&self, list: EvidenceId, field: FieldId) -> bool {
        match self.program.evidence.get(list.0).map(|e| &e.ty) {
            Some(EvidenceType::List { fields, .. }) => {
                fields.get(field.0).is_some_and(|f| matches!(f.ty, EvidenceType::Clause(_)))
            }
            _ => false,
        }
    }

    pub(crate) fn list_named(&mut self, name: &ast::Name) -> Option<EvidenceId> {
        let id = self.evidence_named(name)?;
        let evidence = self.program.evidence.get(id.0)?;
        if matches!(evidence.ty, EvidenceType::List { .. }) {
            self.demand_columns(id, name.at.0);
            return Some(id);
        }
        let diagnostic = types::wants_list(self.place(name.at), &name.node);
        self.report(diagnostic);
        None
    }

    /// The score of a node, after its own scale where it has one and that is asked for, before any weight.
    fn score(&mut self, name: &ast::Name, at: ast::At, scaled: bool) -> Option<Expr> {
        let Some(id) = self.nodes.get(name.node.as_str()).copied() else {
            let known: Vec<String> = self.program.nodes.iter().map(|n| n.number.clone()).collect();
            let diagnostic =
                names::unknown_clause(self.place(name.at), &name.node, known.iter().map(String::as_str));
            self.report(diagnostic);
            return None;
        };
        self.demand(Item::Node(id.0), at.0);
        if self.has_no_score(id) {
            let diagnostic = crate::findings::points::has_no_score(self.place(name.at), &name.node);
            self.report(diagnostic);
            return None;
        }
        let node = self.program.nodes.get(id.0);
        let domain = node.and_then(|n| n.attainable.clone());
        let share = node.and_then(|n| n.scaled.as_ref()?.checked_div(n.points.as_ref()?));
        let score = number(ExprKind::Score(id), Some(units::POINTS), domain, at);
        let Some(share) = share.filter(|_| scaled) else { return Some(score) };
        let factor = domain::exactly(&share);
        let bounds = score.domain.as_ref().map(|d| domain::multiply(d, &factor));
        let share = number(ExprKind::Number(share), None, Some(factor), at);
        let kind = ExprKind::Arithmetic(Arithmetic::Multiply, Box::new(score), Box::new(share));
        Some(number(kind, Some(units::POINTS), bounds, at))
    }

    /// Whether a node is known to have no score: without points, holding nothing that has any, and with no rule
    /// that would be reported for want of points.
    fn has_no_score(&self, id: rubric_program::NodeId) -> bool {
        let asks =
            |rule: &rubric_program::Rule| matches!(rule.kind, rubric_program::RuleKind::Require { .. });
        let written = self.node_trees.get(id.0).is_none_or(|n| n.tree.points.is_some());
        let node = self.program.nodes.get(id.0);
        !written
            && self.has_meaning(Item::Node(id.0))
            && node.is_some_and(|n| n.attainable.is_none() && n.rules.iter().all(asks))
    }

    /// A number that is no day of the calendar.
    fn undated(&mut self, tree: &ast::Expr, scope: &Scope<'_>) -> Option<Expr> {
        let value = self.number(tree, scope)?;
        if value.ty != Type::Number(Some(units::DATE)) {
            return Some(value);
        }
        let diagnostic = types::no_arithmetic_with_dates(self.place(tree.at));
        self.report(diagnostic);
        None
    }

    /// A day of the calendar.
    fn day(&mut self, tree: &ast::Expr, scope: &Scope<'_>) -> Option<Expr> {
        let value = self.number(tree, scope)?;
        if value.ty == Type::Number(Some(units::DATE)) {
            return Some(value);
        }
        let diagnostic = types::wants_date(self.place(tree.at), tree.at.0.of(self.text), &value.ty);
        self.report(diagnostic);
        None
    }

    fn needs_calendar(&mut self, at: ast::At) {
        let declared = self.tree.items.iter().any(|i| matches!(i, ast::Item::Calendar(_)));
        if !declared {
            let diagnostic = dates::no_calendar(self.place(at));
            self.report(diagnostic);
        }
    }

    /// `D 在 E 后 10个工作日 内`; so many plain days after a day are a day themselves.
    fn within_days(
        &mut self,
        day: &ast::Expr,
        from: &ast::Expr,
        days: &ast::Quantity,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let (d, e) = (self.day(day, scope), self.day(from, scope));
        let (d, e) = (d?, e?);
        let (count, unit) = Self::quantity(days);
        let most = count.to_i64().and_then(|n| u64::try_from(n).ok()).filter(|_| count.is_integer());
        let (Some(most), Some(units::DAYS | units::WORKDAYS)) = (most, unit) else {
            let diagnostic = types::wants_days(self.place(days.at), days.at.0.of(self.text));
            self.report(diagnostic);
            return None;
        };
        if unit == Some(units::WORKDAYS) {
            self.needs_calendar(days.at);
            return Some(flag(ExprKind::WithinWorkdays(Box::new(d), Box::new(e), most), at));
        }
        let length = number(ExprKind::Number(count.clone()), unit, Some(domain::exactly(&count)), days.at);
        let limit = ExprKind::Arithmetic(Arithmetic::Add, Box::new(e), Box::new(length));
        let limit = number(limit, Some(units::DATE), None, at);
        Some(flag(ExprKind::Compare(Comparison::LessOrEqual, Box::new(d), Box::new(limit)), at))
    }

    /// `工作日数(A, B)`
    fn workdays(&mut self, from: &ast::Expr, to: &ast::Expr, at: ast::At, scope: &Scope<'_>) -> Option<Expr> {
        let (a, b) = (self.day(from, scope), self.day(to, scope));
        let (a, b) = (a?, b?);
        self.needs_calendar(at);
        let most = Exact::from_int(4_000_000);
        let bounds = domain::between(-&most, most, Some(0));
        Some(number(ExprKind::Workdays(Box::new(a), Box::new(b)), Some(units::WORKDAYS), Some(bounds), at))
    }

    fn requirements(&mut self, kind: ExprKind, at: ast::At) -> Expr {
        for id in 0..self.node_trees.len() {
            self.demand(Item::Node(id), at.0);
        }
        let asks = |rule: &rubric_program::Rule| {
            matches!(rule.kind, rubric_program::RuleKind::Require { advice: false, .. })
        };
        let count = self.program.nodes.iter().filter(|node| node.rules.iter().any(asks)).count();
        let all = Exact::from(count as u64);
        let least = if kind == ExprKind::RequirementsAll { all.clone() } else { Exact::ZERO };
        number(kind, None, Some(domain::between(least, all, Some(0))), at)
    }

    fn arithmetic(
        &mut self,
        op: ast::Arithmetic,
        a: &ast::Expr,
        b: &ast::Expr,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let (x, y) = (self.number(a, scope), self.number(b, scope));
        let (x, y) = (x?, y?);
        let (m, n) = (unit_of(&x.ty)?, unit_of(&y.ty)?);
        let dated = [m, n].contains(&Some(units::DATE));
        let (op, unit) = match op {
            ast::Arithmetic::Add if dated => (Arithmetic::Add, units::with_dates(false, m, n).map(Some)),
            ast::Arithmetic::Subtract if dated => {
                (Arithmetic::Subtract, units::with_dates(true, m, n).map(Some))
            }
            ast::Arithmetic::Add => (Arithmetic::Add, units::joined(m, n)),
            ast::Arithmetic::Subtract if m == Some(units::PERCENT) && n == m => {
                (Arithmetic::Subtract, Some(Some(units::PP)))
            }
            ast::Arithmetic::Subtract => (Arithmetic::Subtract, units::joined(m, n)),
            ast::Arithmetic::Multiply => (Arithmetic::Multiply, units::product(m, n)),
            ast::Arithmetic::Divide => (Arithmetic::Divide, units::quotient(m, n)),
        };
        let Some(unit) = unit else {
            let diagnostic =
                types::units_differ(self.place(at), (self.place(a.at), m), (self.place(b.at), n));
            self.report(diagnostic);
            return None;
        };
        let divisor = y.domain.clone().map(|d| if scope.proves(b) { without_zero(&d) } else { d });
        let bounds = match (&x.domain, &divisor) {
            (Some(p), Some(q)) => {
                let bounds = domain::arithmetic(op, p, q);
                if bounds.is_none() {
                    let diagnostic = types::division_by_zero(self.place(b.at), b.at.0.of(self.text));
                    self.report(diagnostic);
                    return None;
                }
                bounds
            }
            _ => None,
        };
        Some(number(ExprKind::Arithmetic(op, Box::new(x), Box::new(y)), unit, bounds, at))
    }

    fn compare(
        &mut self,
        op: ast::Comparison,
        a: &ast::Expr,
        b: &ast::Expr,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let (x, y) = self.sides(a, b, scope)?;
        let op = match op {
            ast::Comparison::Equal => Comparison::Equal,
            ast::Comparison::NotEqual => Comparison::NotEqual,
            ast::Comparison::Less => Comparison::Less,
            ast::Comparison::LessOrEqual => Comparison::LessOrEqual,
            ast::Comparison::Greater => Comparison::Greater,
            ast::Comparison::GreaterOrEqual => Comparison::GreaterOrEqual,
        };
        let ordered = !matches!(op, Comparison::Equal | Comparison::NotEqual);
        match (&x.ty, &y.ty) {
            // A ratio of counts may be held against a percentage; a bare number may not.
            (Type::Number(_), Type::Number(_)) if is_share(&x, &y) || is_share(&y, &x) => {}
            (Type::Number(m), Type::Number(n)) if units::joined(*m, *n).is_none() => {
                let diagnostic =
                    types::units_differ(self.place(at), (self.place(a.at), *m), (self.place(b.at), *n));
                self.report(diagnostic);
                return None;
            }
            (Type::Number(_), Type::Number(_)) => {}
            (Type::Rank, Type::Number(n)) | (Type::Number(n), Type::Rank) if units::counts(*n) => {}
            (p, q) if p == q && !ordered => {}
            (p, q) => {
                let diagnostic =
                    types::cannot_compare(self.place(at), (self.place(a.at), p), (self.place(b.at), q));
                self.report(diagnostic);
                return None;
            }
        }
        Some(flag(ExprKind::Compare(op, Box::new(x), Box::new(y)), at))
    }

    /// Both sides of a comparison: a name beside a choice or a grade is one of its values if it can be.
    fn sides(&mut self, a: &ast::Expr, b: &ast::Expr, scope: &Scope<'_>) -> Option<(Expr, Expr)> {
        if let ast::ExprKind::Name(name) = &bare(b).kind {
            let x = self.expr(a, scope)?;
            if let Some(y) = self.value_of(&x.ty, name, b.at) {
                return Some((x, y));
            }
            return Some((x, self.expr(b, scope)?));
        }
        let (x, y) = (self.expr(a, scope), self.expr(b, scope));
        Some((x?, y?))
    }

    /// A name as a value of a choice or of the grades. A name close to one of them, and to nothing else that is
    /// known, is left to be reported as unknown.
    pub(crate) fn value_of(&self, ty: &Type, name: &str, at: ast::At) -> Option<Expr> {
        let belongs = match ty {
            Type::Choice(choices) => choices.iter().any(|c| c == name),
            Type::Grade => {
                self.grades.is_some_and(|g| g.names.iter().chain(&g.besides).any(|n| n.node == name))
            }
            _ => false,
        };
        belongs.then(|| Expr {
            kind: ExprKind::Text(name.to_owned()),
            ty: ty.clone(),
            domain: None,
            span: at.0,
        })
    }

    fn between(
        &mut self,
        x: &ast::Expr,
        low: &ast::Expr,
        high: &ast::Expr,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let (a, b, c) = (self.expr(x, scope), self.number(low, scope), self.number(high, scope));
        let (a, b, c) = (a?, b?, c?);
        let unit = match &a.ty {
            Type::Number(unit) => *unit,
            Type::Rank => None,
            other => {
                let diagnostic = types::wants_number(self.place(x.at), x.at.0.of(self.text), other);
                self.report(diagnostic);
                return None;
            }
        };
        for (limit, tree) in [(&b, low), (&c, high)] {
            let other = unit_of(&limit.ty)?;
            if units::joined(unit, other).is_none() {
                let diagnostic = types::units_differ(
                    self.place(at),
                    (self.place(x.at), unit),
                    (self.place(tree.at), other),
                );
                self.report(diagnostic);
                return None;
            }
        }
        Some(flag(ExprKind::Between(Box::new(a), Box::new(b), Box::new(c)), at))
    }

    fn choose(
        &mut self,
        condition: &ast::Expr,
        then: &ast::Expr,
        otherwise: &ast::Expr,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let c = self.condition(condition, scope);
        let x = self.expr(then, &scope.given(condition, true));
        let y = self.expr(otherwise, &scope.given(condition, false));
        let (c, x, y) = (c?, x?, y?);
        let ty = self.same_type(&x, &y, at)?;
        let bounds = x.domain.as_ref().zip(y.domain.as_ref()).map(|(a, b)| domain::either(a, b));
        Some(Expr {
            kind: ExprKind::If(Box::new(c), Box::new(x), Box::new(y)),
            ty,
            domain: bounds,
            span: at.0,
        })
    }

    /// The type of two branches.
    pub(crate) fn same_type(&mut self, x: &Expr, y: &Expr, at: ast::At) -> Option<Type> {
        let place = |span| rubric_base::Place { file: self.file, span };
        let (p, q) = (place(x.span), place(y.span));
        match (&x.ty, &y.ty) {
            (Type::Number(m), Type::Number(n)) => {
                let joined = units::joined(*m, *n);
                if joined.is_none() {
                    let diagnostic = types::units_differ(self.place(at), (p, *m), (q, *n));
                    self.report(diagnostic);
                }
                joined.map(Type::Number)
            }
            (a, b) if a == b => Some(a.clone()),
            (a, b) => {
                let diagnostic = types::cannot_compare(self.place(at), (p, a), (q, b));
                self.report(diagnostic);
                None
            }
        }
    }

    fn rows(
        &mut self,
        function: ast::RowFunction,
        list: &ast::Name,
        field: Option<&ast::Name>,
        filter: Option<&ast::Expr>,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let id = self.list_named(list)?;
        let sure = self.has_rows(list, filter, scope);
        let filter = match filter {
            Some(f) => Some(Box::new(self.condition(f, &Scope::row(id))?)),
            None => None,
        };
        let aggregate = match function {
            ast::RowFunction::Count => Aggregate::Count,
            ast::RowFunction::Sum => Aggregate::Sum,
            ast::RowFunction::Mean => Aggregate::Mean,
            ast::RowFunction::Max => Aggregate::Max,
            ast::RowFunction::Min => Aggregate::Min,
        };
        let rows = self.program.evidence.get(id.0).and_then(|e| domain_of(&e.ty))?;
        let Some(field) = field else {
            if aggregate != Aggregate::Count {
                let diagnostic = types::which_field(self.place(at), &list.node);
                self.report(diagnostic);
                return None;
            }
            let kind = ExprKind::Rows { aggregate, list: id, filter, value: None };
            return Some(number(kind, None, Some(rows), at));
        };
        let value = self.name(&field.node, field.at, &Scope::row(id))?;
        let unit = match &value.ty {
            Type::Number(unit) => *unit,
            other => {
                let diagnostic = types::wants_number(self.place(field.at), &field.node, other);
                self.report(diagnostic);
                return None;
            }
        };
        if unit == Some(units::DATE) && matches!(aggregate, Aggregate::Sum | Aggregate::Mean) {
            let diagnostic = types::no_arithmetic_with_dates(self.place(field.at));
            self.report(diagnostic);
            return None;
        }
        if !sure && matches!(aggregate, Aggregate::Mean | Aggregate::Max | Aggregate::Min) {
            let condition = filter.as_ref().map(|f| f.span.of(self.text));
            let diagnostic = types::no_rows_in_reach(self.place(at), &list.node, condition);
            self.report(diagnostic);
            return None;
        }
        let bounds = value.domain.as_ref().map(|d| match aggregate {
            Aggregate::Sum => domain::multiply(&rows, d),
            Aggregate::Mean => domain::between(d.low.clone(), d.high.clone(), None),
            _ => d.clone(),
        });
        let kind = ExprKind::Rows { aggregate, list: id, filter, value: Some(Box::new(value)) };
        Some(number(kind, unit, bounds, at))
    }

    fn pick(&mut self, all: &[ast::Expr], larger: bool, at: ast::At, scope: &Scope<'_>) -> Option<Expr> {
        let lowered: Vec<Option<Expr>> = all.iter().map(|x| self.number(x, scope)).collect();
        let lowered: Vec<Expr> = lowered.into_iter().collect::<Option<_>>()?;
        let mut bounds: Option<Domain> = None;
        let mut ty = lowered.first()?.ty.clone();
        for pair in lowered.windows(2) {
            if let [x, y] = pair {
                ty = self.same_type(x, y, at)?;
            }
        }
        for domain in lowered.iter().map(|x| x.domain.clone()) {
            let domain = domain?;
            let of = |a: Exact, b: Exact| if larger { a.max(b) } else { a.min(b) };
            bounds = Some(match bounds {
                None => domain,
                Some(b) => {
                    let scale = domain::either(&b, &domain).scale;
                    domain::between(of(b.low, domain.low), of(b.high, domain.high), scale)
                }
            });
        }
        let kind = if larger { ExprKind::Larger(lowered) } else { ExprKind::Smaller(lowered) };
        Some(Expr { kind, ty, domain: bounds, span: at.0 })
    }

    fn round(
        &mut self,
        x: &ast::Expr,
        rounded: &ast::Rounded,
        at: ast::At,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let value = self.undated(x, scope)?;
        let (step, step_unit) = Self::quantity(&rounded.step);
        let unit = unit_of(&value.ty)?;
        // A plain ratio rounded to hundredths of a percent becomes a percentage.
        let becomes = if step_unit == Some(units::PERCENT) && units::counts(unit) {
            Some(step_unit)
        } else {
            units::joined(unit, step_unit)
        };
        if !step.is_positive() {
            let diagnostic = types::step_not_positive(self.place(rounded.step.at));
            self.report(diagnostic);
            return None;
        }
        let Some(unit) = becomes else {
            let diagnostic = types::units_differ(
                self.place(at),
                (self.place(x.at), unit),
                (self.place(rounded.step.at), step_unit),
            );
            self.report(diagnostic);
            return None;
        };
        let mode = rounding(rounded.mode);
        let bounds = value.domain.as_ref().map(|d| {
            domain::between(d.low.round_to(&step, mode), d.high.round_to(&step, mode), step.decimals())
        });
        Some(number(ExprKind::Round { value: Box::new(value), step, mode }, unit, bounds, at))
    }
}

fn field_expr((id, ty, domain): (FieldId, Type, Option<Domain>), at: ast::At) -> Expr {
    Expr { kind: ExprKind::Field(id), ty, domain, span: at.0 }
}

/// Whether `ratio` is a computed plain number beside a percentage.
fn is_share(ratio: &Expr, percent: &Expr) -> bool {
    let plain = ratio.ty == Type::Number(None) && !matches!(ratio.kind, ExprKind::Number(_));
    plain && percent.ty == Type::Number(Some(units::PERCENT))
}

/// Bounds of what is known not to be nothing.
fn without_zero(domain: &Domain) -> Domain {
    let mut proved = domain.clone();
    if let (true, Some(scale)) = (domain.low.is_zero(), domain.scale) {
        proved.low = Exact::fixed(1, u8::try_from(scale).unwrap_or(u8::MAX));
    }
    proved
}
