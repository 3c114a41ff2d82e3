//! The one table form.

use pest::iterators::Pair;
use rubric_base::Span;
use rust_decimal::Decimal;

use super::{Builder, narrow, parts, span};
use crate::ast::{At, BandSide, Entry, Key, PlaceOf, Quantity, Row, Spanned, Table};
use crate::broken;
use crate::grammar::Rule;

impl Builder {
    pub(super) fn table_of(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Table> {
        let at = Self::at(&pair);
        let (mut subject, mut place, mut rows) = (None, None, Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::kw_by => {}
                Rule::sum => subject = Some(Box::new(self.expr(part, text))),
                Rule::place_of => place = Some(Self::place_of(part)),
                Rule::row => rows.extend(self.row(part, text)),
                _ => {
                    self.report(&part, text);
                }
            }
        }
        Some(Table { subject: subject?, place, rows, at })
    }

    fn place_of(pair: Pair<'_, Rule>) -> PlaceOf {
        let at = Self::at(&pair);
        let mut place = PlaceOf { highest_first: None, all: false, at };
        for part in parts(pair) {
            match part.as_rule() {
                Rule::kw_highest_first => place.highest_first = Some(true),
                Rule::kw_lowest_first => place.highest_first = Some(false),
                Rule::among => place.all = parts(part).any(|p| p.as_rule() == Rule::kw_all_units),
                _ => {}
            }
        }
        place
    }

    fn row(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Row> {
        let at = Self::at(&pair);
        let mut inner = parts(pair);
        let first = inner.next()?;
        match first.as_rule() {
            Rule::each_next => self.each_next(first),
            Rule::ties => Self::ties(first).map(Row::Ties),
            _ => {
                let key_at = Self::at(&first);
                let node = if first.as_rule() == Rule::any_other { Key::Otherwise } else { self.key(first)? };
                let entry = self.entry(inner.next()?, text)?;
                Some(Row::Entry { key: Spanned { node, at: key_at }, entry, at })
            }
        }
    }

    fn each_next(&mut self, pair: Pair<'_, Rule>) -> Option<Row> {
        let at = Self::at(&pair);
        // The next place is one place on.
        let mut places = Quantity { number: Decimal::ONE, unit: None, at };
        let mut less = None;
        for part in parts(pair) {
            match part.as_rule() {
                Rule::number => {
                    let at = Self::at(&part);
                    places = Quantity { number: self.number(&part), unit: None, at };
                }
                Rule::quantity => less = Some(self.quantity(part)),
                _ => {}
            }
        }
        Some(Row::EachNext { places, less: less?, at })
    }

    fn entry(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Entry> {
        let mut inner = parts(pair);
        let first = inner.next()?;
        Some(if first.as_rule() == Rule::effect {
            Entry::Effect(self.effect(first, text)?)
        } else {
            Entry::Value(self.expr(inner.next()?, text))
        })
    }

    fn key(&mut self, pair: Pair<'_, Rule>) -> Option<Key> {
        let mut inner = parts(pair);
        let first = inner.next()?;
        Some(match first.as_rule() {
            Rule::kw_yes => Key::Flag(true),
            Rule::kw_no => Key::Flag(false),
            Rule::names => Key::Names(Self::names(first)),
            Rule::place => {
                let from = self.place_number(&first);
                let last = match inner.next() {
                    None => Some(from),
                    Some(p) if p.as_rule() == Rule::kw_onward => None,
                    Some(_) => inner.next().map(|p| self.place_number(&p)),
                };
                Key::Places { first: from, last }
            }
            _ => self.band(first)?,
        })
    }

    fn place_number(&mut self, pair: &Pair<'_, Rule>) -> u64 {
        let digits: String = narrow(pair.as_str()).chars().filter(char::is_ascii_digit).collect();
        digits.parse().unwrap_or_else(|_| {
            let error = broken::number_too_large(self.place(span(pair)), &digits);
            self.unsure(span(pair), error);
            1
        })
    }

    fn band(&mut self, pair: Pair<'_, Rule>) -> Option<Key> {
        let (whole, words) = (span(&pair), pair.as_str().trim_end());
        let mut inner = parts(pair);
        let first = inner.next()?;
        if first.as_rule() == Rule::signed {
            let quantity = self.quantity(first);
            return Some(match inner.next() {
                None => Key::Exactly(quantity),
                Some(p) if p.as_rule() == Rule::kw_or_more => Key::Band(BandSide::From, quantity),
                Some(p) if p.as_rule() == Rule::kw_or_less => Key::Band(BandSide::UpTo, quantity),
                Some(p) if p.as_rule() == Rule::kw_bare_below => {
                    let written = Span { start: quantity.at.0.start, end: span(&p).end };
                    self.errors.push(broken::bare_below(self.place(written), words));
                    Key::Band(BandSide::UpTo, quantity)
                }
                Some(_) => Key::Stretch(quantity, self.quantity(inner.next()?)),
            });
        }
        let side = match first.as_rule() {
            Rule::greater_or_equal | Rule::kw_at_least | Rule::kw_not_below | Rule::kw_not_earlier => {
                BandSide::From
            }
            Rule::less_or_equal | Rule::kw_not_over | Rule::kw_not_above | Rule::kw_not_later => {
                BandSide::UpTo
            }
            Rule::greater | Rule::kw_more_than | Rule::kw_above | Rule::kw_over | Rule::kw_later => {
                BandSide::Over
            }
            Rule::less | Rule::kw_fewer_than | Rule::kw_below | Rule::kw_under | Rule::kw_earlier => {
                BandSide::Under
            }
            Rule::equal => return inner.next().map(|q| Key::Exactly(self.quantity(q))),
            _ => {
                self.errors.push(broken::unequal_key(self.place(At(whole).0)));
                return None;
            }
        };
        Some(Key::Band(side, self.quantity(inner.next()?)))
    }
}
