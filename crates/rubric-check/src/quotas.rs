//! Quotas of grades: how many, of whom, in which order, and what becomes of the others.

use rubric_program::{EvidenceType, GradeStep, Order, Population, Quota, QuotaLimit, Type};
use rubric_syntax::ast;

use crate::checker::{Checker, rounding};
use crate::expression::Scope;
use crate::findings::quotas;
use crate::units;

impl Checker<'_> {
    pub(crate) fn quota(&mut self, tree: &ast::Quota) -> Option<(GradeStep, usize)> {
        let (grade, beyond) = (self.grade(&tree.grade), self.grade(&tree.beyond));
        let each = match &tree.each {
            Some(name) => Some(self.group(name)?),
            None => None,
        };
        let limit = self.quota_limit(tree, each.is_some());
        let mut keys = Vec::new();
        for (key, highest_first) in &tree.keys {
            if let Some(key) = self.number(key, &Scope::default()) {
                keys.push(Order { key, highest_first: *highest_first });
            }
        }
        let ties_lose = match &tree.ties {
            None => {
                let diagnostic = quotas::ties_unruled(self.place(tree.at));
                self.report(diagnostic);
                true
            }
            Some(ties) => {
                if matches!(ties.node, ast::Ties::Worse | ast::Ties::Mean) {
                    let diagnostic = quotas::odd_ties(self.place(ties.at));
                    self.report(diagnostic);
                }
                ties.node == ast::Ties::Lose
            }
        };
        let (grade, beyond, limit) = (grade?, beyond?, limit?);
        Some((GradeStep::Quota(Box::new(Quota { grade, each, limit, keys, ties_lose, beyond })), beyond))
    }

    fn group(&mut self, name: &ast::Name) -> Option<rubric_program::EvidenceId> {
        let id = self.evidence_named(name)?;
        if matches!(self.program.evidence.get(id.0).map(|e| &e.ty), Some(EvidenceType::List { .. })) {
            let diagnostic = quotas::group_kind(self.place(name.at), &name.node);
            self.report(diagnostic);
            return None;
        }
        Some(id)
    }

    fn quota_limit(&mut self, tree: &ast::Quota, by_group: bool) -> Option<QuotaLimit> {
        let limit = self.number(&tree.limit, &Scope::default())?;
        let place = self.place(tree.limit.at);
        let negative = limit.domain.as_ref().is_some_and(|d| d.low.is_negative());
        if limit.ty == Type::Number(Some(units::PERCENT)) && !negative {
            if by_group {
                self.report(quotas::share_by_group(place));
                return None;
            }
            return self.quota_share(tree, limit);
        }
        let whole = limit.domain.as_ref().is_some_and(|d| d.scale == Some(0));
        if !matches!(limit.ty, Type::Number(unit) if units::counts(unit)) || !whole || negative {
            self.report(quotas::limit_kind(place));
            return None;
        }
        if !by_group && limit.domain.as_ref().is_none_or(|d| d.low != d.high) {
            self.report(quotas::varies(place));
        }
        if let Some(whole) = &tree.whole {
            let diagnostic = quotas::number_needs_neither(self.place(whole.at));
            self.report(diagnostic);
        } else if let Some(ast::Population::Where(of)) = &tree.population {
            let diagnostic = quotas::number_needs_neither(self.place(of.at));
            self.report(diagnostic);
        }
        Some(QuotaLimit::Number(limit))
    }

    /// Where the words that begin before a place end: at the next sign or the end of the line.
    fn end_of_clause(&self, from: u32) -> u32 {
        let rest = self.text.get(from as usize..).unwrap_or_default();
        let words = rest.split([';', '；', ',', '，', '\n']).next().unwrap_or_default().trim_end();
        from.saturating_add(u32::try_from(words.len()).unwrap_or_default())
    }

    fn quota_share(&mut self, tree: &ast::Quota, share: rubric_program::Expr) -> Option<QuotaLimit> {
        let of = match &tree.population {
            Some(ast::Population::Where(of)) => Some(self.condition(of, &Scope::default())?),
            Some(ast::Population::Graded | ast::Population::All) => None,
            None => {
                let diagnostic = quotas::population_unruled(self.place(tree.limit.at));
                self.report(diagnostic);
                None
            }
        };
        let Some(whole) = &tree.whole else {
            // Behind the population, of which only a condition has a place.
            let behind = match &tree.population {
                Some(ast::Population::Where(of)) => of.at.0.end,
                _ => self.end_of_clause(tree.limit.at.0.end),
            };
            let diagnostic = quotas::whole_unruled(self.place(tree.limit.at), behind, self.language());
            self.report(diagnostic);
            return None;
        };
        let all = matches!(tree.population, Some(ast::Population::All));
        let of_population = if all { Population::All } else { Population::Graded };
        Some(QuotaLimit::Share { share, of, of_population, whole: rounding(whole.node) })
    }
}
