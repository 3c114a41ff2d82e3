//! Where Chinese and English put words in another order, for the formatter.
//!
//! Most of a rubric is in the same order in both languages. What is not is recorded here as it was written, together
//! with the other order, so that the formatter may turn it round before it writes word by word.

use pest::iterators::Pair;
use rubric_base::{Language, Span};

use super::{parts, span};
use crate::grammar::{Rule, keyword_of};

/// A part of a text whose order of words belongs to one language.
#[derive(Debug, Clone)]
pub(crate) struct Turn {
    /// The part.
    pub(crate) at: Span,
    /// The language whose order it has.
    pub(crate) order: Language,
    /// The word that tells in which language it was written.
    pub(crate) word: Span,
    /// The other order.
    pub(crate) other: Vec<Piece>,
}

/// A piece of the other order.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Piece {
    /// What stands at this place, its own parts turned too.
    Source(Span),
    /// A keyword, by its id.
    Word(&'static str),
    /// A bracket or comma, as it is.
    Sign(&'static str),
}

/// The turn that a pair makes, if its order depends on the language.
pub(super) fn turn(pair: &Pair<'_, Rule>) -> Option<Turn> {
    let all: Vec<_> = parts(pair.clone()).collect();
    let rules: Vec<Rule> = all.iter().map(Pair::as_rule).collect();
    let at: Vec<Span> = all.iter().map(span).collect();
    let (order, word, other) = match pair.as_rule() {
        Rule::between => between(&rules, &at)?,
        Rule::among => among(&rules, &at)?,
        Rule::within_days => within_days(&rules, &at)?,
        Rule::limit_first | Rule::step_first => steps(pair.as_rule(), &rules, &at)?,
        Rule::list_first | Rule::field_first => field_of(&rules, &at)?,
        Rule::named => named(&all, &rules, &at)?,
        Rule::score_of => score_of(&rules, &at)?,
        Rule::result_of | Rule::rows_all => prefixed(&rules, &at)?,
        _ => return None,
    };
    Some(Turn { at: span(pair), order, word, other })
}

use Language::{En, Zh};
use Piece::{Sign, Source, Word};

type Turned = (Language, Span, Vec<Piece>);

/// `在 A 至 B 之间`, `between A and B`.
fn between(rules: &[Rule], at: &[Span]) -> Option<Turned> {
    let (&[word, low, _, high, ..], &[first, ..]) = (at, rules) else { return None };
    Some(if first == Rule::kw_between {
        (En, word, vec![Word("within"), Source(low), Word("to"), Source(high), Word("inclusive")])
    } else {
        (Zh, word, vec![Word("between"), Source(low), Word("and"), Source(high)])
    })
}

/// `在 全部单位 的 名次`, `among all subjects`.
fn among(rules: &[Rule], at: &[Span]) -> Option<Turned> {
    let (&[word, units, ..], &[first, ..]) = (at, rules) else { return None };
    Some(if first == Rule::kw_among {
        (En, word, vec![Word("within"), Source(units), Word("as_place")])
    } else {
        (Zh, word, vec![Word("among"), Source(units)])
    })
}

/// `在 A 后 10天 内`, `within 10 days after A`.
fn within_days(rules: &[Rule], at: &[Span]) -> Option<Turned> {
    let (&[word, first, _, second, ..], &[_, kind, ..]) = (at, rules) else { return None };
    let turned = vec![Word("within"), Source(second), Word("after"), Source(first)];
    Some(if kind == Rule::quantity {
        (En, word, [turned, vec![Word("inside")]].concat())
    } else {
        (Zh, word, turned)
    })
}

/// `A 比 B 每低 1天`, `for each 1 day that A is below B`.
fn steps(order: Rule, rules: &[Rule], at: &[Span]) -> Option<Turned> {
    if order == Rule::limit_first {
        let (&[value, word, limit, _, step], &[_, _, _, way, _]) = (at, rules) else { return None };
        let other =
            vec![Word("each"), Source(step), Word("that"), Source(value), Word(id(way)?), Source(limit)];
        return Some((Zh, word, other));
    }
    let (&[word, step, _, value, _, limit], &[_, _, _, _, way, _]) = (at, rules) else { return None };
    Some((En, word, vec![Source(value), Word("compared"), Source(limit), Word(id(way)?), Source(step)]))
}

/// `清册 的 用时`, `hours of list`.
fn field_of(rules: &[Rule], at: &[Span]) -> Option<Turned> {
    let (&[first, word, second], &[_, of, _]) = (at, rules) else { return None };
    Some(if of == Rule::kw_of {
        (Zh, word, vec![Source(second), Word("of_owner"), Source(first)])
    } else {
        (En, word, vec![Source(second), Word("of"), Source(first)])
    })
}

/// What follows a name: `「1」得分`, `考勤 的 总分`, `清册 均 (…)`, `rate of attendance`.
fn named(all: &[Pair<'_, Rule>], rules: &[Rule], at: &[Span]) -> Option<Turned> {
    let (&[name, second, ..], &[_, kind, ..]) = (at, rules) else { return None };
    Some(match kind {
        Rule::kw_raw_score | Rule::kw_node_score => {
            (Zh, second, vec![Word(id(kind)?), Word("of_owner"), Source(name)])
        }
        Rule::kw_every | Rule::kw_any => {
            let condition = *at.get(2)?;
            (Zh, second, vec![Word(id(kind)?), Source(name), Sign(" ("), Source(condition), Sign(")")])
        }
        Rule::kw_of_owner => (En, second, vec![Source(*at.get(2)?), Word("of"), Source(name)]),
        Rule::imported => {
            let inner: Vec<_> = parts(all.get(1)?.clone()).collect();
            let (of, target) = (inner.first()?, inner.get(1)?);
            let mut other = vec![Source(span(target)), Word("of_owner"), Source(name)];
            if inner.len() > 2 {
                other.splice(..0, [Word("node_score"), Word("of_owner")]);
            }
            (Zh, span(of), other)
        }
        _ => return None,
    })
}

/// `score of 「1」`, `score of 「1」 of attendance`.
fn score_of(rules: &[Rule], at: &[Span]) -> Option<Turned> {
    let (&[word, _, name, ref owner @ ..], &[kind, ..]) = (at, rules) else { return None };
    let mut other = vec![Source(name), Word(id(kind)?)];
    if let &[_, owner] = owner {
        other.splice(..0, [Source(owner), Word("of")]);
    }
    Some((En, word, other))
}

/// `total score of attendance`, `every list (…)`.
fn prefixed(rules: &[Rule], at: &[Span]) -> Option<Turned> {
    let (&[word, second, third], &[kind, ..]) = (at, rules) else { return None };
    let other = if matches!(kind, Rule::kw_every | Rule::kw_any) {
        vec![Source(second), Word(id(kind)?), Sign(" ("), Source(third), Sign(")")]
    } else {
        vec![Source(third), Word("of"), Source(word)]
    };
    Some((En, word, other))
}

fn id(kind: Rule) -> Option<&'static str> {
    rubric_base::keyword::KEYWORDS.get(keyword_of(kind)?).map(|k| k.id)
}
