//! In-language tests: literals typed by the evidence they stand for, expectations by what they are about.

use rubric_program::{
    EvidenceId, EvidenceType, Exact, Example, ExampleUnit, Expectation, Given, Literal, NumberRange, Target,
    Type, Unit,
};
use rubric_syntax::ast;

use crate::checker::Checker;
use crate::findings::{examples, names};
use crate::units;

impl Checker<'_> {
    pub(crate) fn examples(&mut self) {
        let tree = self.tree;
        for item in &tree.items {
            if let ast::Item::Example(example) = item {
                let lowered = self.example(example);
                self.program.examples.push(lowered);
            }
        }
    }

    fn example(&mut self, tree: &ast::Example) -> Example {
        let mut units: Vec<ExampleUnit> = Vec::new();
        let mut expected = Vec::new();
        for item in &tree.items {
            match item {
                ast::ExampleItem::Given(given, at) => {
                    let unit = self.unit(String::new(), given, *at);
                    units.push(unit);
                }
                ast::ExampleItem::Unit(name, given, at) => {
                    if let Some(first) = units.iter().find(|u| u.id == name.node) {
                        let first = rubric_base::Place { file: self.file, span: first.span };
                        let diagnostic = names::twice(self.place(name.at), &name.node, first);
                        self.report(diagnostic);
                    }
                    let unit = self.unit(name.node.clone(), given, *at);
                    units.push(unit);
                }
                ast::ExampleItem::Expect(all) => expected.extend(all),
            }
        }
        let expectations = expected.into_iter().filter_map(|e| self.expectation(e, &units)).collect();
        Example { name: tree.name.node.clone(), units, expectations, span: tree.at.0 }
    }

    fn unit(&mut self, id: String, items: &[ast::GivenItem], at: ast::At) -> ExampleUnit {
        let mut unit = ExampleUnit { id, rest_faultless: false, given: Vec::new(), span: at.0 };
        for item in items {
            match item {
                ast::GivenItem::RestFaultless(_) => unit.rest_faultless = true,
                ast::GivenItem::Value(name, value, at) => {
                    let Some(evidence) = self.given_name(name) else { continue };
                    if let Some(first) = unit.given.iter().find(|g| g.evidence == evidence) {
                        let first = rubric_base::Place { file: self.file, span: first.span };
                        let diagnostic = names::twice(self.place(*at), &name.node, first);
                        self.report(diagnostic);
                    }
                    if let Some(value) = self.given_value(evidence, value) {
                        unit.given.push(Given { evidence, value, span: at.0 });
                    }
                }
            }
        }
        unit
    }

    /// Examples do not count as use of evidence.
    fn given_name(&mut self, name: &ast::Name) -> Option<EvidenceId> {
        let before = self.used.clone();
        let found = self.evidence_named(name);
        self.used = before;
        found
    }

    fn given_value(&mut self, id: EvidenceId, value: &ast::Literal) -> Option<Literal> {
        let ty = self.program.evidence.get(id.0)?.ty.clone();
        if let (EvidenceType::List { fields, .. }, ast::Literal::Rows(rows, _)) = (&ty, value) {
            let mut lowered = Vec::new();
            for row in rows {
                let mut cells = vec![None; fields.len()];
                for (name, value) in row {
                    let given = |f: &&rubric_program::Field| f.computed.is_none();
                    let found = fields.iter().position(|f| f.name == name.node && given(&f));
                    let Some(position) = found else {
                        let known = fields.iter().filter(given).map(|f| f.name.as_str());
                        let diagnostic = names::unknown(self.place(name.at), &name.node, known);
                        self.report(diagnostic);
                        continue;
                    };
                    let literal = fields.get(position).and_then(|f| self.literal(value, &f.ty));
                    if let Some(cell) = cells.get_mut(position) {
                        *cell = literal;
                    }
                }
                lowered.push(cells);
            }
            return Some(Literal::Rows(lowered));
        }
        self.literal(value, &ty)
    }

    /// A single value of a type of evidence.
    fn literal(&mut self, value: &ast::Literal, ty: &EvidenceType) -> Option<Literal> {
        let at = literal_place(value);
        let lowered = match (value, ty) {
            (ast::Literal::Flag(b, _), EvidenceType::Flag) => Some(Literal::Flag(*b)),
            (ast::Literal::Text(t), EvidenceType::Text) => Some(Literal::Text(t.node.clone())),
            (_, EvidenceType::Clause(numbers)) => clause_literal(value, at, self.text)
                .filter(|number| numbers.contains(number))
                .map(Literal::Text),
            (ast::Literal::Name(n), EvidenceType::Choice(choices)) if choices.contains(&n.node) => {
                Some(Literal::Text(n.node.clone()))
            }
            (ast::Literal::Number(q), _) => self.number_literal(q, ty),
            _ => None,
        };
        if lowered.is_none() {
            let diagnostic = examples::wrong_value(self.place(at), at.0.of(self.text), ty, self.language());
            self.report(diagnostic);
        }
        lowered
    }

    fn number_literal(&self, quantity: &ast::Quantity, ty: &EvidenceType) -> Option<Literal> {
        let (value, unit) = Self::quantity(quantity);
        let (own, range): (Option<Unit>, &NumberRange) = match ty {
            EvidenceType::Count { unit, range } => (*unit, range),
            EvidenceType::Number { unit, range, .. } => (*unit, range),
            EvidenceType::Points { range, .. } => (Some(units::POINTS), range),
            EvidenceType::Percent { range, .. } => (Some(units::PERCENT), range),
            EvidenceType::Date { range } => (Some(units::DATE), range),
            EvidenceType::Time { range } => (Some(units::TIME), range),
            _ => return None,
        };
        let bare_fits =
            unit.is_none() && ![Some(units::PERCENT), Some(units::DATE), Some(units::TIME)].contains(&own);
        let fits = bare_fits || units::joined(own, unit).is_some();
        let whole = !matches!(ty, EvidenceType::Count { .. }) || value.is_integer();
        (fits && whole && range.allows(&value)).then_some(Literal::Number(value))
    }

    fn expectation(&mut self, tree: &ast::Expectation, units: &[ExampleUnit]) -> Option<Expectation> {
        let unit = match &tree.unit {
            None if units.len() == 1 => 0,
            None => {
                let diagnostic = examples::which_unit(self.place(tree.at), units.len());
                self.report(diagnostic);
                return None;
            }
            Some(name) => {
                let found = units.iter().position(|u| u.id == name.node);
                if found.is_none() {
                    let known = units.iter().map(|u| u.id.as_str());
                    let diagnostic = names::unknown(self.place(name.at), &name.node, known);
                    self.report(diagnostic);
                }
                found?
            }
        };
        let (target, ty) = self.target(&tree.target, &tree.value)?;
        let value = self.expected(&tree.value, &ty)?;
        Some(Expectation { unit, target, value, span: tree.at.0 })
    }

    fn target(&mut self, target: &ast::Target, value: &ast::Literal) -> Option<(Target, Type)> {
        let points = Type::Number(Some(units::POINTS));
        Some(match target {
            ast::Target::Total(_) => (Target::Total, points),
            ast::Target::Rank(_) => (Target::Rank, Type::Number(None)),
            ast::Target::Grade(_) => (Target::Grade, Type::Grade),
            ast::Target::Named(name) => {
                if let Some(id) = self.nodes.get(name.node.as_str()).copied() {
                    if matches!(value, ast::Literal::Flag(..)) {
                        let asks = self.program.nodes.get(id.0).is_some_and(|n| {
                            n.rules.iter().any(|r| matches!(r.kind, rubric_program::RuleKind::Require { .. }))
                        });
                        if !asks {
                            let diagnostic = examples::no_requirement(self.place(name.at), &name.node);
                            self.report(diagnostic);
                            return None;
                        }
                        (Target::Requirement(id), Type::Flag)
                    } else {
                        (Target::Node(id), points)
                    }
                } else if let Some((id, _)) = self.outputs.get(name.node.as_str()).copied() {
                    let ty = self.program.outputs.get(id.0).map(|o| o.value.ty.clone())?;
                    (Target::Output(id), ty)
                } else {
                    let nodes = self.program.nodes.iter().map(|n| n.number.clone());
                    let all: Vec<String> =
                        nodes.chain(self.program.outputs.iter().map(|o| o.name.clone())).collect();
                    let known = all.iter().map(String::as_str);
                    let diagnostic = names::unknown_target(self.place(name.at), &name.node, known);
                    self.report(diagnostic);
                    return None;
                }
            }
        })
    }

    fn expected(&mut self, value: &ast::Literal, ty: &Type) -> Option<Literal> {
        let at = literal_place(value);
        let lowered = match (value, ty) {
            (ast::Literal::Flag(b, _), Type::Flag) => Some(Literal::Flag(*b)),
            (ast::Literal::Text(t), Type::Text | Type::Choice(_) | Type::Grade) => {
                Some(Literal::Text(t.node.clone()))
            }
            (ast::Literal::Name(n), Type::Choice(_) | Type::Grade) => {
                self.value_of(ty, &n.node, n.at).map(|_| Literal::Text(n.node.clone()))
            }
            (ast::Literal::Number(q), Type::Number(unit)) => {
                let (value, own) = Self::quantity(q);
                let fits = units::joined(*unit, own).is_some();
                fits.then_some(Literal::Number(value))
            }
            (ast::Literal::Number(q), Type::Rank) => Some(Literal::Number(Exact::from_decimal(q.number))),
            _ => None,
        };
        if lowered.is_none() {
            let grades = self.grade_names();
            let diagnostic =
                examples::wrong_expectation(self.place(at), at.0.of(self.text), ty, &grades, self.language());
            self.report(diagnostic);
        }
        lowered
    }
}

const fn literal_place(value: &ast::Literal) -> ast::At {
    match value {
        ast::Literal::Number(q) => q.at,
        ast::Literal::Flag(_, at) | ast::Literal::Rows(_, at) => *at,
        ast::Literal::Name(n) | ast::Literal::Text(n) | ast::Literal::Clause(n) => n.at,
    }
}

/// The number of a clause: in quotes, in brackets, or as it stands, which may look like a decimal.
fn clause_literal(value: &ast::Literal, at: ast::At, text: &str) -> Option<String> {
    match value {
        ast::Literal::Text(t) | ast::Literal::Name(t) | ast::Literal::Clause(t) => Some(t.node.clone()),
        ast::Literal::Number(q) if q.unit.is_none() => Some(at.0.of(text).to_owned()),
        _ => None,
    }
}
