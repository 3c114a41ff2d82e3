//! Calendars, and what is read from other files.

use pest::iterators::Pair;

use super::{Builder, parts};
use crate::ast::{Calendar, CalendarEntry, Draw, Import, Quantity};
use crate::grammar::Rule;

const WEEK: &[Rule] = &[
    Rule::kw_monday,
    Rule::kw_tuesday,
    Rule::kw_wednesday,
    Rule::kw_thursday,
    Rule::kw_friday,
    Rule::kw_saturday,
    Rule::kw_sunday,
];

impl Builder {
    pub(super) fn import(pair: Pair<'_, Rule>) -> Option<Import> {
        let at = Self::at(&pair);
        let (mut path, mut names) = (None, Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::quoted => path = Some(Self::quoted(&part)),
                Rule::name => names.push(Self::name(&part)),
                _ => {}
            }
        }
        let mut names = names.into_iter();
        Some(Import { path: path?, name: names.next()?, by: names.next(), at })
    }

    pub(super) fn calendar(&mut self, pair: Pair<'_, Rule>, text: &str) -> Calendar {
        let mut calendar = Calendar { path: None, entries: Vec::new(), at: Self::at(&pair) };
        for part in parts(pair) {
            match part.as_rule() {
                Rule::quoted => calendar.path = Some(Self::quoted(&part)),
                Rule::calendar_block => {
                    for line in parts(part) {
                        if line.as_rule() == Rule::calendar_entry {
                            calendar.entries.extend(self.calendar_entry(line));
                        } else {
                            self.report(&line, text);
                        }
                    }
                }
                _ => {}
            }
        }
        calendar
    }

    fn calendar_entry(&mut self, pair: Pair<'_, Rule>) -> Option<CalendarEntry> {
        let at = Self::at(&pair);
        let mut inner = parts(pair);
        let keyword = inner.next()?.as_rule();
        let first = inner.next()?;
        Some(match keyword {
            Rule::kw_years => {
                let from = self.number(&first);
                let to = inner.find(|p| p.as_rule() == Rule::number).map(|p| self.number(&p));
                CalendarEntry::Years(from, to, at)
            }
            Rule::kw_workweek => CalendarEntry::Week(Self::week(first), at),
            Rule::kw_days_off => CalendarEntry::Off(self.days(first)),
            _ => CalendarEntry::On(self.days(first)),
        })
    }

    /// Days of the week by their number; a stretch may run over the end of the week.
    fn week(pair: Pair<'_, Rule>) -> Vec<u8> {
        let mut days: Vec<u8> = Vec::new();
        let mut stretch = false;
        for part in parts(pair) {
            let day = WEEK.iter().position(|r| *r == part.as_rule()).and_then(|d| u8::try_from(d).ok());
            match (day, days.last().copied()) {
                (Some(day), Some(mut from)) if stretch => {
                    while from != day {
                        from = (from + 1) % 7;
                        days.push(from);
                    }
                }
                (Some(day), _) => days.push(day),
                (None, _) => stretch = part.as_rule() == Rule::kw_to,
            }
        }
        days
    }

    fn days(&mut self, pair: Pair<'_, Rule>) -> Vec<(Quantity, Option<Quantity>)> {
        let mut all = Vec::new();
        for span in parts(pair).filter(|p| p.as_rule() == Rule::day_span) {
            let mut ends = parts(span).filter(|p| p.as_rule() == Rule::date);
            if let Some(first) = ends.next() {
                let last = ends.next();
                all.push((self.date(&first), last.map(|d| self.date(&d))));
            }
        }
        all
    }

    /// `每 X 于其「F」 扣 P`
    pub(super) fn draw(&mut self, pair: Pair<'_, Rule>, text: &str) -> Option<Draw> {
        let at = Self::at(&pair);
        let (mut names, mut filter, mut distinct, mut effect) = (Vec::new(), None, Vec::new(), None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::name => names.push(Self::name(&part)),
                Rule::filter => filter = parts(part).nth(1).map(|e| self.expr(e, text)),
                Rule::distinct => {
                    let names = parts(part).find(|p| p.as_rule() == Rule::names);
                    distinct = names.map(Self::names).unwrap_or_default();
                }
                Rule::effect => effect = self.effect(part, text),
                _ => {}
            }
        }
        let mut names = names.into_iter();
        Some(Draw { list: names.next()?, filter, distinct, clause: names.next()?, effect: effect?, at })
    }
}
