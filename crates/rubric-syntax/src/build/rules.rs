//! Rules of clauses and sections.

use pest::iterators::Pair;

use super::{Builder, parts};
use crate::ast::{Direction, Effect, PartSteps, Rule as RuleTree, RuleKind, Spanned, Tail, When};
use crate::grammar::Rule;

impl Builder {
    pub(super) fn rule(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<RuleTree> {
        let at = Self::at(&pair);
        let (mut kind, mut printed) = (None, Vec::new());
        for part in parts(pair) {
            if part.as_rule() == Rule::printed {
                printed.extend(Self::printed(part));
            } else {
                kind = self.rule_kind(part, text);
            }
        }
        Some(RuleTree { kind: kind?, printed, at })
    }

    fn rule_kind(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<RuleKind> {
        Some(match pair.as_rule() {
            Rule::start => RuleKind::Start(parts(pair).nth(1).map(|e| self.expr(e, text))?),
            Rule::may_be_negative => RuleKind::MayBeNegative,
            Rule::description => RuleKind::Description(Self::quoted(&parts(pair).nth(1)?)),
            Rule::not_applicable => {
                let (mut condition, mut full) = (None, false);
                for part in parts(pair) {
                    match part.as_rule() {
                        Rule::expr => condition = Some(self.expr(part, text)),
                        Rule::kw_counts_full => full = true,
                        _ => {}
                    }
                }
                RuleKind::NotApplicable { condition: condition?, full }
            }
            Rule::require => {
                let mut inner = parts(pair);
                let advice = inner.next()?.as_rule() == Rule::kw_advise;
                let condition = self.expr(inner.next()?, text);
                RuleKind::Require { advice, condition, text: inner.next().map(|q| Self::quoted(&q)) }
            }
            Rule::heaviest => {
                let block = parts(pair).find(|p| p.as_rule() == Rule::rule_block)?;
                RuleKind::Heaviest(self.rule_block(block, text))
            }
            Rule::table_rule => RuleKind::Table(self.table_of(parts(pair).next()?, text)?),
            Rule::each_rule => self.each_rule(pair, text)?,
            Rule::if_rule => self.if_rule(pair, text)?,
            Rule::steps_rule => self.steps_rule(pair, text)?,
            _ => self.simple(When::Always, pair, text)?,
        })
    }

    fn rule_block(&mut self, block: Pair<'_, Rule>, text: &str) -> Vec<RuleTree> {
        let mut rules = Vec::new();
        for part in parts(block) {
            if part.as_rule() == Rule::rule {
                rules.extend(self.rule(part, text));
            } else {
                self.report(&part, text);
            }
        }
        rules
    }

    /// Effect, tails and otherwise, wherever they stand among the parts of a rule.
    fn simple(&mut self, when: When, pair: Pair<'_, Rule>, text: &str) -> Option<RuleKind> {
        let (mut effect, mut otherwise, mut tails) = (None, None, Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::effect if effect.is_none() => effect = self.effect(part, text),
                Rule::effect => otherwise = self.effect(part, text),
                Rule::tail => tails.extend(self.tail(part, text)),
                _ => {}
            }
        }
        Some(RuleKind::Simple { when, effect: effect?, tails, otherwise })
    }

    fn each_rule(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<RuleKind> {
        let (mut subject, mut filter, mut distinct) = (None, None, Vec::new());
        for part in parts(pair.clone()) {
            match part.as_rule() {
                Rule::name => subject = Some(Self::name(&part)),
                Rule::filter => filter = parts(part).nth(1).map(|e| self.expr(e, text)),
                Rule::distinct => {
                    let names = parts(part).find(|p| p.as_rule() == Rule::names);
                    distinct = names.map(Self::names).unwrap_or_default();
                }
                _ => {}
            }
        }
        self.simple(When::Each { subject: subject?, filter, distinct }, pair, text)
    }

    fn if_rule(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<RuleKind> {
        let condition = parts(pair.clone()).find(|p| p.as_rule() == Rule::expr)?;
        let condition = self.expr(condition, text);
        self.simple(When::If(condition), pair, text)
    }

    fn steps_rule(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<RuleKind> {
        let (mut value, mut limit, mut direction, mut step) = (None, None, None, None);
        for part in parts(parts(pair.clone()).next()?) {
            match part.as_rule() {
                Rule::sum if value.is_none() => value = Some(self.expr(part, text)),
                Rule::sum => limit = Some(self.expr(part, text)),
                Rule::kw_each_lower => direction = Some(Direction::Lower),
                Rule::kw_each_fewer => direction = Some(Direction::Fewer),
                Rule::kw_each_higher => direction = Some(Direction::Higher),
                Rule::kw_each_more => direction = Some(Direction::More),
                Rule::kw_each_later => direction = Some(Direction::Later),
                Rule::kw_each_earlier => direction = Some(Direction::Earlier),
                Rule::quantity => step = Some(self.quantity(part)),
                _ => {}
            }
        }
        let when = When::Steps { value: value?, limit: limit?, direction: direction?, step: step? };
        self.simple(when, pair, text)
    }

    pub(super) fn effect(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Effect> {
        let at = Self::at(&pair);
        let mut inner = parts(pair);
        let keyword = inner.next()?.as_rule();
        Some(match keyword {
            Rule::kw_deduct => Effect::Deduct(self.expr(inner.next()?, text)),
            Rule::kw_award => Effect::Award(self.expr(inner.next()?, text)),
            Rule::kw_no_points => Effect::NoPoints(at),
            _ => Effect::FullPoints(at),
        })
    }

    fn tail(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Tail> {
        let at = Self::at(&pair);
        let mut inner = parts(pair);
        let keyword = inner.next()?.as_rule();
        let next = inner.next()?;
        Some(if keyword == Rule::kw_cap {
            Tail::Cap(self.expr(next, text))
        } else {
            let node = match next.as_rule() {
                Rule::kw_part_ignored => PartSteps::Ignored,
                Rule::kw_part_counted => PartSteps::Counted,
                _ => PartSteps::ProRata,
            };
            Tail::Part(Spanned { node, at })
        })
    }
}
