//! Expressions: the grammar reads them flat, precedence is settled here.

use std::sync::LazyLock;

use pest::iterators::Pair;
use pest::pratt_parser::{Assoc, Op, PrattParser};

use super::{Builder, parts, span, unquoted};
use crate::ast::{Arithmetic, At, Comparison, Expr, ExprKind, Rounded, Rounding, RowFunction, Target};
use crate::broken;
use crate::grammar::Rule;
use crate::limits;

static PRECEDENCE: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    let infix = |kind| Op::infix(kind, Assoc::Left);
    PrattParser::new()
        .op(infix(Rule::kw_or))
        .op(infix(Rule::kw_and))
        .op(Op::prefix(Rule::kw_not))
        .op(COMPARISONS
            .iter()
            .fold(Op::postfix(Rule::between) | Op::postfix(Rule::within_days), |op, (rule, _)| {
                op | infix(*rule)
            }))
        .op(infix(Rule::plus) | infix(Rule::minus))
        .op(infix(Rule::times) | infix(Rule::divide))
        .op(Op::prefix(Rule::negative))
        .op(Op::postfix(Rule::rounded))
});

const COMPARISONS: &[(Rule, Comparison)] = &[
    (Rule::equal, Comparison::Equal),
    (Rule::not_equal, Comparison::NotEqual),
    (Rule::kw_not_later, Comparison::LessOrEqual),
    (Rule::kw_not_earlier, Comparison::GreaterOrEqual),
    (Rule::kw_later, Comparison::Greater),
    (Rule::kw_earlier, Comparison::Less),
    (Rule::less, Comparison::Less),
    (Rule::kw_fewer_than, Comparison::Less),
    (Rule::kw_below, Comparison::Less),
    (Rule::kw_under, Comparison::Less),
    (Rule::less_or_equal, Comparison::LessOrEqual),
    (Rule::kw_not_over, Comparison::LessOrEqual),
    (Rule::kw_not_above, Comparison::LessOrEqual),
    (Rule::greater, Comparison::Greater),
    (Rule::kw_more_than, Comparison::Greater),
    (Rule::kw_above, Comparison::Greater),
    (Rule::kw_over, Comparison::Greater),
    (Rule::greater_or_equal, Comparison::GreaterOrEqual),
    (Rule::kw_at_least, Comparison::GreaterOrEqual),
    (Rule::kw_not_below, Comparison::GreaterOrEqual),
];

/// Signs of calculation and comparison one around the other, brackets between them or not.
const MOST_SIGNS: usize = 200;

/// The most parts between two of `且` and `或`, whose parts stand beside each other.
fn signs_in_a_row(parts: &[Pair<'_, Rule>]) -> usize {
    let joins = |p: &Pair<'_, Rule>| matches!(p.as_rule(), Rule::kw_and | Rule::kw_or);
    parts.split(joins).map(<[_]>::len).max().unwrap_or(0) / 2
}

impl Builder {
    /// An `expr` or `sum`.
    pub(super) fn expr(&mut self, pair: Pair<'_, Rule>, text: &str) -> Expr {
        let whole = Self::at(&pair);
        let mut inner = parts(pair);
        let (first, second) = (inner.next(), inner.next());
        // Most expressions are one word or number: no precedence to settle.
        let (Some(first), Some(second)) = (first.clone(), second) else {
            return first
                .and_then(|p| self.primary(p, text))
                .unwrap_or(Expr { kind: ExprKind::Flag(false), at: whole });
        };
        let all: Vec<_> = [first, second].into_iter().chain(inner).collect();
        // Each sign nests what stands before it, also without brackets; what walks the tree later has a stack of bounded size.
        let signs = signs_in_a_row(&all);
        if self.signs + signs > MOST_SIGNS {
            let place = self.place(whole.0);
            self.errors.push(limits::too_long_a_sum(place, MOST_SIGNS));
            return Expr { kind: ExprKind::Flag(false), at: whole };
        }
        self.signs += signs;
        let read = self.by_precedence(all, whole, text);
        self.signs -= signs;
        read
    }

    fn by_precedence(&mut self, all: Vec<Pair<'_, Rule>>, whole: At, text: &str) -> Expr {
        // The three closures of the precedence climber cannot all borrow the builder: what each reads is kept
        // apart by a cell.
        let builder = std::cell::RefCell::new(self);
        PRECEDENCE
            .map_primary(|p| {
                builder
                    .borrow_mut()
                    .primary(p, text)
                    .unwrap_or(Expr { kind: ExprKind::Flag(false), at: whole })
            })
            .map_prefix(|op, x| prefix(&op, x))
            .map_postfix(|x, op| builder.borrow_mut().postfix(x, op, text))
            .map_infix(|a, op, b| builder.borrow_mut().infix(a, &op, b))
            .parse(all.into_iter())
    }

    fn postfix(&mut self, x: Expr, op: Pair<'_, Rule>, text: &str) -> Expr {
        let at = At(x.at.0.to(span(&op)));
        if op.as_rule() == Rule::within_days {
            return self.within_days(x, op, at, text);
        }
        if op.as_rule() == Rule::between {
            let mut ends = parts(op).filter(|p| p.as_rule() == Rule::sum).collect::<Vec<_>>().into_iter();
            let (Some(low), Some(high)) = (ends.next(), ends.next()) else { return x };
            let (low, high) = (self.expr(low, text), self.expr(high, text));
            return Expr { kind: ExprKind::Between(Box::new(x), Box::new(low), Box::new(high)), at };
        }
        match self.rounded(op) {
            Some(rounded) => Expr { kind: ExprKind::Round(Box::new(x), rounded), at },
            None => x,
        }
    }

    fn within_days(&mut self, x: Expr, op: Pair<'_, Rule>, at: At, text: &str) -> Expr {
        let (mut from, mut days) = (None, None);
        for part in parts(op) {
            match part.as_rule() {
                Rule::sum => from = Some(self.expr(part, text)),
                Rule::quantity => days = Some(self.quantity(part)),
                _ => {}
            }
        }
        let (Some(from), Some(days)) = (from, days) else { return x };
        Expr { kind: ExprKind::WithinDays { day: Box::new(x), from: Box::new(from), days }, at }
    }

    fn infix(&mut self, a: Expr, op: &Pair<'_, Rule>, b: Expr) -> Expr {
        let at = At(a.at.0.to(b.at.0));
        let kind = match op.as_rule() {
            Rule::plus => self.arithmetic(Arithmetic::Add, a, b),
            Rule::minus => self.arithmetic(Arithmetic::Subtract, a, b),
            Rule::times => self.arithmetic(Arithmetic::Multiply, a, b),
            Rule::divide => self.arithmetic(Arithmetic::Divide, a, b),
            Rule::kw_and | Rule::kw_or => return self.joined(a, op, b, at),
            other => {
                let kind = COMPARISONS
                    .iter()
                    .find(|(rule, _)| *rule == other)
                    .map_or(Comparison::Equal, |(_, c)| *c);
                ExprKind::Compare(kind, Box::new(a), Box::new(b))
            }
        };
        Expr { kind, at }
    }

    /// A rounding beside other arithmetic must say what it rounds.
    fn arithmetic(&mut self, kind: Arithmetic, a: Expr, b: Expr) -> ExprKind {
        let whole = At(a.at.0.to(b.at.0));
        for side in [&a, &b] {
            if matches!(&side.kind, ExprKind::Round(inner, _) if inner_is_last(inner)) {
                self.unsure(whole.0, broken::unclear_rounding(self.place(whole.0)));
            }
        }
        ExprKind::Arithmetic(kind, Box::new(a), Box::new(b))
    }

    /// A chain of 且 or of 或; the two may not meet without parentheses.
    fn joined(&mut self, a: Expr, op: &Pair<'_, Rule>, b: Expr, at: At) -> Expr {
        let and = op.as_rule() == Rule::kw_and;
        let mixed = [&a, &b].into_iter().any(|x| match x.kind {
            ExprKind::And(_) => !and,
            ExprKind::Or(_) => and,
            _ => false,
        });
        if mixed {
            self.unsure(at.0, broken::mixed_and_or(self.place(at.0)));
        }
        let mut all = match a.kind {
            ExprKind::And(all) if and => all,
            ExprKind::Or(all) if !and => all,
            kind => vec![Expr { kind, at: a.at }],
        };
        all.push(b);
        Expr { kind: if and { ExprKind::And(all) } else { ExprKind::Or(all) }, at }
    }

    pub(super) fn rounded(&mut self, pair: Pair<'_, Rule>) -> Option<Rounded> {
        let mut inner = parts(pair);
        let mode = Self::rounding(inner.next()?.as_rule());
        let step = self.quantity(inner.find(|p| p.as_rule() == Rule::quantity)?);
        Some(Rounded { mode, step })
    }

    pub(super) const fn rounding(way: Rule) -> Rounding {
        match way {
            Rule::kw_half_up => Rounding::HalfAwayFromZero,
            Rule::kw_half_down => Rounding::HalfTowardsZero,
            Rule::kw_half_even => Rounding::HalfEven,
            Rule::kw_round_up => Rounding::Up,
            Rule::kw_round_down => Rounding::Down,
            Rule::kw_round_away => Rounding::AwayFromZero,
            _ => Rounding::TowardsZero,
        }
    }

    fn primary(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Expr> {
        let at = Self::at(&pair);
        let kind = match pair.as_rule() {
            Rule::quantity => ExprKind::Quantity(self.quantity(pair)),
            Rule::date => ExprKind::Quantity(self.date(&pair)),
            Rule::time => ExprKind::Quantity(self.time(&pair)),
            Rule::quoted => ExprKind::Text(unquoted(pair.as_str()).to_owned()),
            Rule::kw_yes => ExprKind::Flag(true),
            Rule::kw_no => ExprKind::Flag(false),
            Rule::kw_total_score => ExprKind::Total,
            Rule::kw_rank_value => ExprKind::Rank,
            Rule::kw_grade_value => ExprKind::Grade,
            Rule::kw_requirements_met => ExprKind::RequirementsMet,
            Rule::kw_requirements_all => ExprKind::RequirementsAll,
            Rule::table => ExprKind::Table(self.table_of(pair, text)?),
            Rule::group => ExprKind::Group(Box::new(self.expr(parts(pair).next()?, text))),
            Rule::if_value => {
                let mut inner = parts(pair).filter(|p| p.as_rule() == Rule::expr).map(|p| self.expr(p, text));
                ExprKind::If(Box::new(inner.next()?), Box::new(inner.next()?), Box::new(inner.next()?))
            }
            Rule::rows_call => self.rows_call(pair, text)?,
            Rule::absent_call => ExprKind::Absent(Self::name(&parts(pair).nth(1)?)),
            Rule::workdays_call => {
                let mut ends = parts(pair).filter(|p| p.as_rule() == Rule::sum).map(|p| self.expr(p, text));
                ExprKind::Workdays(Box::new(ends.next()?), Box::new(ends.next()?))
            }
            Rule::pick => {
                let mut inner = parts(pair);
                let larger = inner.next()?.as_rule() == Rule::kw_larger;
                let all = inner.map(|p| self.expr(p, text)).collect();
                if larger { ExprKind::Larger(all) } else { ExprKind::Smaller(all) }
            }
            Rule::score_of => Self::score_of(pair)?,
            Rule::result_of => {
                let mut inner = parts(pair);
                let target = Self::target_of(&inner.next()?);
                ExprKind::Imported(Self::name(&inner.nth(1)?), target)
            }
            Rule::rows_all => {
                let mut inner = parts(pair);
                let any = inner.next()?.as_rule() == Rule::kw_any;
                let list = Self::name(&inner.next()?);
                ExprKind::Quantified { list, any, condition: Box::new(self.expr(inner.next()?, text)) }
            }
            _ => self.named(pair, text)?,
        };
        Some(Expr { kind, at })
    }

    fn rows_call(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<ExprKind> {
        let mut inner = parts(pair);
        let function = match inner.next()?.as_rule() {
            Rule::kw_count_of => RowFunction::Count,
            Rule::kw_sum_of => RowFunction::Sum,
            Rule::kw_mean_of => RowFunction::Mean,
            Rule::kw_max_of => RowFunction::Max,
            _ => RowFunction::Min,
        };
        let rows = inner.next()?;
        let list_first = rows.as_rule() == Rule::list_first;
        let mut names = parts(rows).filter(|p| p.as_rule() == Rule::name).map(|p| Self::name(&p));
        let (first, second) = (names.next()?, names.next());
        let (list, field) = match second {
            Some(list) if !list_first => (list, Some(first)),
            field => (first, field),
        };
        let filter = inner.find(|p| p.as_rule() == Rule::filter);
        let filter = filter.and_then(|f| parts(f).nth(1)).map(|e| Box::new(self.expr(e, text)));
        Some(ExprKind::Rows { function, list, field, filter })
    }

    /// `score of X`, `score of X of Y`.
    fn score_of(pair: Pair<'_, Rule>) -> Option<ExprKind> {
        let mut inner = parts(pair).filter(|p| p.as_rule() != Rule::kw_of_owner);
        let raw = inner.next()?.as_rule() == Rule::kw_raw_score;
        let name = Self::name(&inner.next()?);
        Some(match inner.next() {
            Some(owner) => ExprKind::Imported(Self::name(&owner), Target::Named(name)),
            None if raw => ExprKind::RawScore(name),
            None => ExprKind::Score(name),
        })
    }

    fn target_of(pair: &Pair<'_, Rule>) -> Target {
        let at = Self::at(pair);
        match pair.as_rule() {
            Rule::kw_total_score => Target::Total(at),
            Rule::kw_rank_value => Target::Rank(at),
            Rule::kw_grade_value => Target::Grade(at),
            _ => Target::Named(Self::name(pair)),
        }
    }

    fn named(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<ExprKind> {
        let mut inner = parts(pair);
        let name = Self::name(&inner.next()?);
        Some(match inner.next() {
            None => ExprKind::Name(name.node),
            Some(p) if p.as_rule() == Rule::kw_node_score => ExprKind::Score(name),
            Some(p) if p.as_rule() == Rule::kw_raw_score => ExprKind::RawScore(name),
            Some(p) if p.as_rule() == Rule::imported => {
                ExprKind::Imported(name, Self::target_of(&parts(p).nth(1)?))
            }
            Some(p) if p.as_rule() == Rule::kw_of_owner => {
                ExprKind::Imported(Self::name(&inner.next()?), Target::Named(name))
            }
            Some(p) => {
                let any = p.as_rule() == Rule::kw_any;
                let condition = Box::new(self.expr(inner.next()?, text));
                ExprKind::Quantified { list: name, any, condition }
            }
        })
    }
}

fn prefix(op: &Pair<'_, Rule>, x: Expr) -> Expr {
    let at = At(span(op).to(x.at.0));
    let kind =
        if op.as_rule() == Rule::kw_not { ExprKind::Not(Box::new(x)) } else { ExprKind::Negate(Box::new(x)) };
    Expr { kind, at }
}

/// A rounding beside other arithmetic is clear only after a closing parenthesis.
const fn inner_is_last(inner: &Expr) -> bool {
    !matches!(inner.kind, ExprKind::Group(_))
}
