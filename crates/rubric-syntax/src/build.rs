//! From the recogniser's pairs to the tree.

mod calendars;
pub(crate) mod chunks;
mod examples;
mod expressions;
mod items;
mod quotas;
mod rules;
mod tables;
pub(crate) mod turns;

use std::cell::Cell;
use std::ops::Range;

use pest::Parser as _;
use pest::iterators::Pair;
use rubric_base::keyword::{KEYWORDS, UnitWord};
use rubric_base::{Diagnostic, FileId, Place, Span};
use rust_decimal::Decimal;

use crate::ast::{At, Name, Quantity, Quoted, Spanned};
use crate::grammar::{RubricParser, Rule, keyword_of};
use crate::hole::{self, Hole, HoleKind};
use crate::token::{Token, TokenKind};
use crate::{Parse, broken};

/// What the builder carries along.
pub(crate) struct Builder {
    file: FileId,
    /// Findings so far.
    pub(crate) errors: Vec<Diagnostic>,
    /// Where the tree is not whole.
    holes: Vec<Hole>,
    /// Where the piece in hand ends: nothing behind it may be looked at.
    end: usize,
    /// Which part of the piece could not be cut, how many of its broken statements were looked at, and what a mistake
    /// before them explains.
    uncut: Range<usize>,
    guesses: usize,
    explained: Vec<Span>,
    /// Signs of the formulas around the one in hand.
    signs: usize,
}

/// What cannot be cut has few mistakes of a writer, or is no rubric.
const MOST_GUESSES: usize = 8;

/// Parses a text whose limits were checked. Only the formatter and the editor want the tokens.
pub(crate) fn file(file: FileId, text: &str, with_tokens: bool) -> Parse {
    let mut parse = Parse::default();
    for piece in chunks::chunks(text) {
        self::piece(file, text, piece, with_tokens, &mut parse);
    }
    parse
}

/// Parses one piece of a text, and puts what it gives behind what `parse` holds.
pub(crate) fn piece(file: FileId, text: &str, piece: Range<usize>, with_tokens: bool, parse: &mut Parse) {
    let (errors, holes, explained) = Default::default();
    let uncut = piece.start..piece.start;
    let mut builder = Builder { file, errors, holes, end: piece.end, uncut, guesses: 0, explained, signs: 0 };
    BASE.set(piece.start);
    builder.piece(text, piece, with_tokens, parse);
    BASE.set(0);
    // No piece speaks of another, so that sorting each sorts them all.
    builder.errors.sort_by_key(Diagnostic::span);
    parse.errors.append(&mut builder.errors);
    parse.holes.append(&mut builder.holes);
}

thread_local! {
    /// Where the piece in hand begins in the whole text: the recogniser counts from the piece.
    static BASE: Cell<usize> = const { Cell::new(0) };
}

fn token(pair: &Pair<'_, Rule>) -> Option<Token> {
    use TokenKind as K;
    let kind = match pair.as_rule() {
        Rule::unit => K::Unit(UnitWord::by_spelling(pair.as_str())?.id),
        Rule::name => K::Name,
        Rule::clause_number => K::ClauseNumber,
        Rule::number => K::Number,
        Rule::numbered => K::ClauseNumber,
        Rule::date => K::Date,
        Rule::time => K::Time,
        Rule::place => K::Place,
        Rule::quoted => K::Quoted,
        Rule::open => K::Open,
        Rule::close => K::Close,
        Rule::comment => K::Comment,
        Rule::enumeration => K::Enumeration,
        Rule::negative => K::Prefix,
        Rule::bad => K::Broken,
        Rule::plus | Rule::minus | Rule::times | Rule::divide => K::Sign,
        Rule::greater_or_equal | Rule::less_or_equal | Rule::not_equal => K::Sign,
        Rule::greater | Rule::less | Rule::equal => K::Sign,
        other => K::Keyword(KEYWORDS.get(keyword_of(other)?)?),
    };
    Some(Token { kind, span: span(pair) })
}

/// The bytes a pair covers, without the blanks that the recogniser skips after it.
pub(crate) fn span(pair: &Pair<'_, Rule>) -> Span {
    let start = BASE.get() + pair.as_span().start();
    Span::new(start, start + pair.as_str().trim_end().len())
}

/// The parts of a pair, without comments and braces.
fn parts(pair: Pair<'_, Rule>) -> impl Iterator<Item = Pair<'_, Rule>> {
    pair.into_inner()
        .filter(|p| !matches!(p.as_rule(), Rule::comment | Rule::enumeration | Rule::open | Rule::close))
}

/// ASCII twins of full-width digits and the full-width point.
fn narrow(text: &str) -> String {
    if !text.contains('\u{FF0E}') && !text.contains(|c| ('\u{FF10}'..='\u{FF19}').contains(&c)) {
        return text.to_owned();
    }
    text.chars()
        .map(|c| match c {
            '\u{FF10}'..='\u{FF19}' => char::from_u32(u32::from(c) - 0xFF10 + 0x30).unwrap_or(c),
            '\u{FF0E}' => '.',
            other => other,
        })
        .collect()
}

fn unquoted(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.next_back();
    chars.as_str()
}

impl Builder {
    /// Reads one piece of the text.
    fn piece(&mut self, text: &str, piece: Range<usize>, with_tokens: bool, parse: &mut Parse) {
        let slice = text.get(piece.clone()).unwrap_or_default();
        let pairs = match RubricParser::parse(Rule::file, slice) {
            Ok(pairs) => pairs,
            Err(error) => {
                // The grammar takes whatever stands in a line; should it stop all the same, nothing is silent.
                let at = piece.start + crate::attempts::furthest(&error);
                let rest = Span::new(at, piece.end);
                self.errors.push(broken::unreadable(self.file, text, rest, Rule::only_item, false).0);
                self.holes.push(Hole { kind: HoleKind::Item, span: Span::new(piece.start, piece.end) });
                return;
            }
        };
        if with_tokens {
            for pair in pairs.clone().flatten() {
                parse.tokens.extend(token(&pair));
                parse.turns.extend(turns::turn(&pair));
            }
        }
        for pair in pairs.flat_map(Pair::into_inner) {
            self.item(pair, text, &mut parse.file.items);
        }
    }

    pub(crate) const fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    pub(crate) fn at(pair: &Pair<'_, Rule>) -> At {
        At(span(pair))
    }

    fn name(pair: &Pair<'_, Rule>) -> Name {
        let text = pair.as_str();
        let node = if text.starts_with('「') { unquoted(text).to_owned() } else { narrow(text) };
        Spanned { node, at: Self::at(pair) }
    }

    fn names(pair: Pair<'_, Rule>) -> Vec<Name> {
        parts(pair).map(|p| Self::name(&p)).collect()
    }

    fn unit(pair: &Pair<'_, Rule>) -> Option<&'static str> {
        UnitWord::by_spelling(pair.as_str()).map(|u| u.id)
    }

    fn quoted(pair: &Pair<'_, Rule>) -> Quoted {
        Spanned { node: unquoted(pair.as_str()).to_owned(), at: Self::at(pair) }
    }

    /// A number; one that no decimal can hold is reported and read as nothing.
    fn number(&mut self, pair: &Pair<'_, Rule>) -> Decimal {
        Decimal::from_str_exact(&narrow(pair.as_str())).unwrap_or_else(|_| {
            let error = broken::number_too_large(self.place(span(pair)), pair.as_str());
            self.unsure(span(pair), error);
            Decimal::ZERO
        })
    }

    /// Words of which the tree holds one reading that may not be meant, so that nothing else may be said of them.
    fn unsure(&mut self, span: Span, error: Diagnostic) {
        self.holes.push(Hole { kind: HoleKind::Value, span });
        self.errors.push(error);
    }

    fn quantity(&mut self, pair: Pair<'_, Rule>) -> Quantity {
        let at = Self::at(&pair);
        let mut quantity = Quantity { number: Decimal::ZERO, unit: None, at };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::negative => quantity.number = Decimal::NEGATIVE_ONE,
                Rule::number => {
                    let sign =
                        if quantity.number.is_sign_negative() { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
                    quantity.number = self.number(&part) * sign;
                }
                Rule::unit => quantity.unit = Self::unit(&part),
                Rule::date => quantity = self.date(&part),
                Rule::time => quantity = self.time(&part),
                Rule::quantity => {
                    let inner = self.quantity(part);
                    let sign =
                        if quantity.number.is_sign_negative() { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
                    quantity.number = inner.number * sign;
                    quantity.unit = inner.unit;
                }
                _ => {}
            }
        }
        quantity
    }

    /// A date; one that does not exist is reported, and read as the first of all days.
    fn date(&mut self, pair: &Pair<'_, Rule>) -> Quantity {
        let at = Self::at(pair);
        let written = narrow(pair.as_str());
        let mut numbers = written.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<i16>().ok());
        let mut next = || numbers.next().unwrap_or_default();
        let (year, month, day) = (next(), next(), next());
        let days = rubric_base::date::days(year, month, day).unwrap_or_else(|| {
            let error = broken::no_such_date(self.place(at.0), pair.as_str());
            self.unsure(span(pair), error);
            0
        });
        Quantity { number: Decimal::from(days), unit: Some(crate::ast::DATE), at }
    }

    /// A time of day; one that does not exist is reported, and read as midnight.
    fn time(&mut self, pair: &Pair<'_, Rule>) -> Quantity {
        let at = Self::at(pair);
        let seconds = rubric_base::time::parse(&time_with_colons(pair.as_str())).unwrap_or_else(|| {
            let error = broken::no_such_time(self.place(at.0), pair.as_str());
            self.unsure(span(pair), error);
            0
        });
        Quantity { number: Decimal::from(seconds), unit: Some(crate::ast::TIME), at }
    }

    /// Whether a broken statement is to be looked at for what was meant. How many are depends on nothing but the text
    /// around them that could not be cut, so that it is all the same into which pieces a text was cut.
    fn may_guess(&mut self, text: &str, at: usize) -> bool {
        let piece = text.get(..self.end).unwrap_or(text);
        while self.uncut.end <= at && self.uncut.end < piece.len() {
            let start = self.uncut.end;
            self.uncut = start..chunks::next_cut(piece, start, 1);
            self.guesses = 0;
        }
        self.guesses += 1;
        self.guesses <= MOST_GUESSES
    }

    /// Reports a broken statement, or a block that is never closed.
    fn report(&mut self, pair: &Pair<'_, Rule>, text: &str) -> bool {
        let (kind, only) = match (hole::kind(pair.as_rule()), pair.as_rule()) {
            (Some(kind), _) => kind,
            (None, Rule::missing_close) => {
                let place = self.place(span(pair));
                let at = place.span.start as usize;
                let from = if self.may_guess(text, at) { self.uncut.start } else { at };
                let error = broken::missing_close(place, text.get(from..at).unwrap_or_default());
                // Where it ends in truth, nobody knows: what stands in which block is open.
                self.holes.push(Hole { kind: HoleKind::Item, span: place.span });
                self.errors.push(error);
                return true;
            }
            (None, Rule::stray_close) => {
                let place = self.place(span(pair));
                if !self.explained.iter().any(|known| known.contains(place.span)) {
                    self.errors.push(broken::stray_close(place));
                }
                return true;
            }
            _ => return false,
        };
        let span = span(pair);
        self.holes.push(Hole { kind, span });
        if self.explained.iter().any(|known| known.contains(span)) {
            return true;
        }
        let guess = self.may_guess(text, span.start as usize);
        let text = text.get(..self.uncut.end).unwrap_or(text);
        let (error, explained) = broken::unreadable(self.file, text, span, only, guess);
        self.errors.push(error);
        self.explained.extend(explained);
        true
    }
}

/// `8时30分` as `8:30`.
pub(crate) fn time_with_colons(written: &str) -> String {
    let plain = narrow(written);
    let mut parts: Vec<&str> =
        plain.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    if parts.len() == 1 {
        parts.push("00");
    }
    let (first, rest) = parts.split_first().unwrap_or((&"", &[]));
    let hour = if first.len() == 2 { first.trim_start_matches('0') } else { first };
    let hour = if hour.is_empty() { "0" } else { hour };
    rest.iter().fold(hour.to_owned(), |time, part| format!("{time}:{part:0>2}"))
}
