//! In-language tests and their literals.

use pest::iterators::Pair;

use super::{Builder, parts, unquoted};
use crate::ast::{Example, ExampleItem, Expectation, Expr, ExprKind, GivenItem, Literal, Name, Target};
use crate::grammar::Rule;

impl Builder {
    pub(super) fn example(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Example> {
        let at = Self::at(&pair);
        let (mut name, mut items) = (None, Vec::new());
        for part in parts(pair) {
            let part_at = Self::at(&part);
            match part.as_rule() {
                Rule::kw_example => {}
                Rule::quoted => name = Some(Self::quoted(&part)),
                Rule::given => {
                    let block = parts(part).find(|p| p.as_rule() == Rule::given_block);
                    let given = block.map(|b| self.given(b, text)).unwrap_or_default();
                    items.push(ExampleItem::Given(given, part_at));
                }
                Rule::unit_given => items.extend(self.unit_given(part, text)),
                Rule::expect => {
                    let all = parts(part).filter(|p| p.as_rule() == Rule::expectation);
                    items.push(ExampleItem::Expect(all.filter_map(|e| self.expectation(e)).collect()));
                }
                _ => {
                    self.report(&part, text);
                }
            }
        }
        Some(Example { name: name?, items, at })
    }

    fn unit_given(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<ExampleItem> {
        let at = Self::at(&pair);
        let (mut name, mut given) = (None, Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::name => name = Some(Self::name(&part)),
                Rule::given_block => given = self.given(part, text),
                _ => {}
            }
        }
        Some(ExampleItem::Unit(name?, given, at))
    }

    fn given(&mut self, block: Pair<'_, Rule>, text: &str) -> Vec<GivenItem> {
        let mut items = Vec::new();
        for part in parts(block) {
            let at = Self::at(&part);
            match part.as_rule() {
                Rule::rest_faultless => items.push(GivenItem::RestFaultless(at)),
                Rule::given_value => {
                    let mut inner = parts(part);
                    if let (Some(name), Some(value)) = (inner.next(), inner.next()) {
                        let name = Self::name(&name);
                        items.extend(self.literal(value).map(|v| GivenItem::Value(name, v, at)));
                    }
                }
                _ => {
                    self.report(&part, text);
                }
            }
        }
        items
    }

    fn literal(&mut self, pair: Pair<'_, Rule>) -> Option<Literal> {
        let at = Self::at(&pair);
        if pair.as_rule() == Rule::record_rows {
            let rows = parts(pair).filter(|p| p.as_rule() == Rule::record).map(|r| self.record(r)).collect();
            return Some(Literal::Rows(rows, at));
        }
        let inner = parts(pair).next()?;
        Some(match inner.as_rule() {
            Rule::kw_yes => Literal::Flag(true, at),
            Rule::kw_no => Literal::Flag(false, at),
            Rule::quoted => Literal::Text(Self::quoted(&inner)),
            Rule::numbered => Literal::Clause(Self::name(&inner)),
            Rule::name => Literal::Name(Self::name(&inner)),
            _ => Literal::Number(self.quantity(inner)),
        })
    }

    fn record(&mut self, pair: Pair<'_, Rule>) -> Vec<(Name, Literal)> {
        let mut fields = Vec::new();
        for field in parts(pair) {
            let mut inner = parts(field);
            if let (Some(name), Some(value)) = (inner.next(), inner.next()) {
                let name = Self::name(&name);
                fields.extend(self.literal(value).map(|v| (name, v)));
            }
        }
        fields
    }

    /// A literal in the place of an expression: defaults of evidence.
    pub(super) fn literal_expr(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let at = Self::at(&pair);
        let inner = parts(pair).next()?;
        let kind = match inner.as_rule() {
            Rule::kw_yes => ExprKind::Flag(true),
            Rule::kw_no => ExprKind::Flag(false),
            Rule::quoted => ExprKind::Text(unquoted(inner.as_str()).to_owned()),
            Rule::numbered => ExprKind::Text(inner.as_str().to_owned()),
            Rule::name => ExprKind::Name(Self::name(&inner).node),
            _ => ExprKind::Quantity(self.quantity(inner)),
        };
        Some(Expr { kind, at })
    }

    fn expectation(&mut self, pair: Pair<'_, Rule>) -> Option<Expectation> {
        let at = Self::at(&pair);
        let (mut unit, mut target, mut value) = (None, None, None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::name => unit = Some(Self::name(&part)),
                Rule::target => {
                    let at = Self::at(&part);
                    let inner = parts(part).next()?;
                    target = Some(match inner.as_rule() {
                        Rule::kw_total_score => Target::Total(at),
                        Rule::kw_rank_value => Target::Rank(at),
                        Rule::kw_grade_value => Target::Grade(at),
                        _ => Target::Named(Self::name(&inner)),
                    });
                }
                _ => value = self.literal(part),
            }
        }
        Some(Expectation { unit, target: target?, value: value?, at })
    }
}
