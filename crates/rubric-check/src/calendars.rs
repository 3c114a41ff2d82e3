//! Calendars: which days are working days, from the lines of one or more of them.

use std::collections::BTreeMap;

use rubric_base::{Place, date};
use rubric_program::Calendar;
use rubric_syntax::ast::{self, CalendarEntry, Quantity};
use rust_decimal::prelude::ToPrimitive;

use crate::checker::Checker;
use crate::findings::{dates, imports};

/// One calendar as written.
#[derive(Default)]
struct Lines {
    years: Option<(i16, i16)>,
    week: Option<Vec<u8>>,
    /// Days that differ from the week: whether they are worked, and where that is said.
    special: BTreeMap<i32, (bool, ast::At)>,
}

impl Lines {
    fn works(&self, day: i32) -> bool {
        let usual = || self.week.as_ref().is_some_and(|week| week.contains(&date::weekday(day)));
        self.special.get(&day).map_or_else(usual, |(works, _)| *works)
    }
}

impl Checker<'_> {
    /// All calendars of a rubric become one; where they overlap, they must agree.
    pub(crate) fn calendars(&mut self) {
        let tree = self.tree;
        let mut read: Vec<(Lines, ast::At)> = Vec::new();
        for item in &tree.items {
            let ast::Item::Calendar(calendar) = item else { continue };
            let lines = match &calendar.path {
                None => self.lines(&calendar.entries, calendar.at, true),
                Some(path) => match self.files.calendars.get(&path.node) {
                    Some(Ok(entries)) => self.lines(entries, path.at, false),
                    Some(Err(unread)) => {
                        let place = self.place(path.at);
                        self.report(imports::unread(place, unread));
                        continue;
                    }
                    None => {
                        let place = self.place(path.at);
                        self.report(imports::not_read(place, &path.node));
                        continue;
                    }
                },
            };
            read.extend(lines.map(|l| (l, calendar.at)));
        }
        for (i, (lines, at)) in read.iter().enumerate() {
            for (other, first) in read.iter().take(i) {
                self.agree(lines, *at, other, *first);
            }
        }
        self.program.calendar = self.union(&read);
    }

    /// `own`: the lines stand in this file, so that findings can point at them; else they point at `at`.
    fn lines(&mut self, entries: &[CalendarEntry], at: ast::At, own: bool) -> Option<Lines> {
        let mut lines = Lines::default();
        let place_of = |checker: &Self, line: ast::At| checker.place(if own { line } else { at });
        for entry in entries {
            match entry {
                CalendarEntry::Years(from, to, line) => {
                    let to = to.unwrap_or(*from);
                    let joined = years(from.to_i16(), to.to_i16()).and_then(|y| joined(lines.years, y));
                    if joined.is_none() {
                        let place = place_of(self, *line);
                        self.report(dates::bad_years(place));
                        return None;
                    }
                    lines.years = joined;
                }
                CalendarEntry::Week(days, _) => lines.week = Some(days.clone()),
                CalendarEntry::Off(days) | CalendarEntry::On(days) => {
                    let works = matches!(entry, CalendarEntry::On(_));
                    for (first, last) in days {
                        self.special(
                            &mut lines,
                            works,
                            first,
                            last.as_ref(),
                            if own { None } else { Some(at) },
                        );
                    }
                }
            }
        }
        if lines.years.is_none() {
            let place = self.place(at);
            self.report(dates::no_years(place));
            return None;
        }
        if lines.week.is_none() {
            let place = self.place(at);
            self.report(dates::no_week(place));
            return None;
        }
        Some(lines)
    }

    fn special(
        &mut self,
        lines: &mut Lines,
        works: bool,
        first: &Quantity,
        last: Option<&Quantity>,
        elsewhere: Option<ast::At>,
    ) {
        let at = elsewhere.unwrap_or(last.map_or(first.at, |l| ast::At(first.at.0.to(l.at.0))));
        let day = |q: &Quantity| q.number.to_i32().unwrap_or_default();
        let (from, to) = (day(first), last.map_or(day(first), day));
        let place = self.place(at);
        if from > to {
            self.report(dates::turned_round(place));
            return;
        }
        for day in from..=to.min(from.saturating_add(400)) {
            let year = date::year(day);
            if lines.years.is_some_and(|(first, last)| year < first || year > last) {
                self.report(dates::outside_years(place, day));
                return;
            }
            if let Some((other, first)) = lines.special.insert(day, (works, at))
                && other != works
            {
                let first = self.place(elsewhere.unwrap_or(first));
                self.report(dates::both_ways(place, day, first));
                return;
            }
        }
    }

    fn agree(&mut self, a: &Lines, at: ast::At, b: &Lines, first: ast::At) {
        let (Some((a1, a2)), Some((b1, b2))) = (a.years, b.years) else { return };
        let (from, to) = (a1.max(b1), a2.min(b2));
        let (Some(from), Some(to)) = (date::days(from, 1, 1), date::days(to, 12, 31)) else { return };
        if let Some(day) = (from..=to).find(|day| a.works(*day) != b.works(*day)) {
            let (place, other): (Place, Place) = (self.place(at), self.place(first));
            self.report(dates::calendars_disagree(place, day, other));
        }
    }

    fn union(&mut self, read: &[(Lines, ast::At)]) -> Option<Calendar> {
        let mut all: Vec<_> = read.iter().filter_map(|(lines, at)| Some((lines.years?, *at))).collect();
        all.sort_by_key(|(years, _)| *years);
        let mut whole = None;
        for (years, at) in &all {
            whole = joined(whole, *years);
            if whole.is_none() {
                let place = self.place(*at);
                self.report(dates::bad_years(place));
                return None;
            }
        }
        let (from, to) = whole?;
        Calendar::new(from, to, |day| {
            let year = date::year(day);
            let covers = |lines: &&Lines| lines.years.is_some_and(|(a, b)| a <= year && year <= b);
            read.iter().map(|(lines, _)| lines).find(covers).is_some_and(|lines| lines.works(day))
        })
    }
}

fn years(from: Option<i16>, to: Option<i16>) -> Option<(i16, i16)> {
    let (from, to) = (from?, to?);
    (from >= 1 && to <= 9999 && from <= to).then_some((from, to))
}

/// Two stretches of years as one; nothing where years between them are missing.
fn joined(so_far: Option<(i16, i16)>, (from, to): (i16, i16)) -> Option<(i16, i16)> {
    let Some((first, last)) = so_far else { return Some((from, to)) };
    (from <= last + 1 && to + 1 >= first).then_some((first.min(from), last.max(to)))
}
