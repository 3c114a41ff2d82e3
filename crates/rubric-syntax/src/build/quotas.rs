//! Quotas of grades.

use pest::iterators::Pair;

use super::{Builder, parts};
use crate::ast::{Population, Quota, Spanned};
use crate::grammar::Rule;

impl Builder {
    pub(super) fn quota(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Quota> {
        let at = Self::at(&pair);
        let (mut grade, mut each, mut beyond, mut limit, mut population) = (None, None, None, None, None);
        let (mut whole, mut keys, mut ties) = (None, Vec::new(), None);
        let mut last = Rule::kw_quota;
        for part in parts(pair) {
            let kind = part.as_rule();
            match (last, kind) {
                (Rule::kw_quota, Rule::name) => grade = Some(Self::name(&part)),
                (Rule::kw_each, Rule::name) => each = Some(Self::name(&part)),
                (_, Rule::name) => beyond = Some(Self::name(&part)),
                (Rule::kw_population, Rule::kw_all_units) => population = Some(Population::All),
                (Rule::kw_population, Rule::kw_graded_units) => population = Some(Population::Graded),
                (Rule::kw_those_where, Rule::expr) => {
                    population = Some(Population::Where(self.expr(part, text)));
                }
                (_, Rule::expr) => limit = Some(self.expr(part, text)),
                (_, Rule::whole) => {
                    let at = Self::at(&part);
                    whole = parts(part).next().map(|p| Spanned { node: Self::rounding(p.as_rule()), at });
                }
                (_, Rule::order_key) => keys.extend(self.order_key(part, text)),
                (_, Rule::ties) => ties = Self::ties(part),
                _ => {}
            }
            last = kind;
        }
        let (grade, limit, beyond) = (grade?, limit?, beyond?);
        Some(Quota { grade, each, limit, population, whole, keys, ties, beyond, at })
    }
}
