//! On which days people work.

use rubric_base::date;

/// A calendar: some years, and for each of their days whether it is a working day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The first day covered.
    first: i32,
    /// For each day from the first one, how many working days there are before it; one more at the end.
    before: Vec<u32>,
}

impl Calendar {
    /// The years from `from` to `to`, both covered; `None` where there are no such years, or they are turned round.
    #[must_use]
    pub fn new(from: i16, to: i16, works: impl Fn(i32) -> bool) -> Option<Self> {
        let (first, last) = (date::days(from, 1, 1)?, date::days(to, 12, 31)?);
        let mut before = vec![0];
        let mut count = 0;
        for day in first..=last {
            count += u32::from(works(day));
            before.push(count);
        }
        (last >= first).then_some(Self { first, before })
    }

    /// The first and the last day covered.
    #[must_use]
    pub fn covers(&self) -> (i32, i32) {
        let days = i32::try_from(self.before.len()).unwrap_or(i32::MAX);
        (self.first, self.first + days - 2)
    }

    /// Whether people work on a day; `None` outside the calendar.
    #[must_use]
    pub fn works(&self, day: i32) -> Option<bool> {
        Some(self.until(day.checked_add(1)?)? > self.until(day)?)
    }

    /// Working days after one day, up to and including another; negative where it is the earlier one. `None` where
    /// one of the two lies outside the calendar.
    #[must_use]
    pub fn between(&self, after: i32, to: i32) -> Option<i64> {
        let (first, last) = self.covers();
        if [after, to].iter().any(|day| *day < first || *day > last) {
            return None;
        }
        let (from, to) = (self.until(after.checked_add(1)?)?, self.until(to.checked_add(1)?)?);
        Some(i64::from(to) - i64::from(from))
    }

    /// Whether a day is not later than the `most`-th working day after another. A day that is not after it always
    /// is. `None` where it lies outside the calendar.
    #[must_use]
    pub fn within(&self, day: i32, after: i32, most: u64) -> Option<bool> {
        let (first, last) = self.covers();
        if [day, after].iter().any(|d| *d < first || *d > last) {
            return None;
        }
        if day <= after {
            return Some(true);
        }
        let before = self.between(after, day - 1)?;
        Some(u64::try_from(before).is_ok_and(|n| n < most))
    }

    /// Working days before a day, from the first one covered.
    fn until(&self, day: i32) -> Option<u32> {
        let index = usize::try_from(day.checked_sub(self.first)?).ok()?;
        self.before.get(index).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_2012() -> Calendar {
        let day = |text: &str| date::parse(text).unwrap_or_default();
        let (off, on) = ([day("2012-04-30"), day("2012-05-01")], day("2012-04-28"));
        let works = |d: i32| d == on || (date::weekday(d) < 5 && !off.contains(&d));
        Calendar::new(2012, 2012, works).unwrap_or_else(|| panic!("a year"))
    }

    #[test]
    fn the_tenth_working_day_counts_and_the_day_after_it_does_not() {
        let calendar = may_2012();
        let day = |text: &str| date::parse(text).unwrap_or_default();
        // From 24 April: 25, 26, 27, 28, 2, 3, 4, 7, 8, 9 May.
        for (done, within) in [("2012-04-24", true), ("2012-05-09", true), ("2012-05-10", false)] {
            assert_eq!(calendar.within(day(done), day("2012-04-24"), 10), Some(within), "{done}");
        }
        // The weekend after a last working day lies beyond it.
        assert_eq!(calendar.within(day("2012-05-12"), day("2012-04-26"), 10), Some(false));
        assert_eq!(calendar.between(day("2012-04-27"), day("2012-05-02")), Some(2));
        assert_eq!(calendar.between(day("2012-05-02"), day("2012-04-27")), Some(-2));
        assert_eq!(calendar.works(day("2012-04-28")), Some(true));
    }

    #[test]
    fn nothing_is_said_outside_the_calendar() {
        let (calendar, new_year) = (may_2012(), date::days(2013, 1, 1).unwrap_or_default());
        assert_eq!(calendar.works(new_year), None);
        assert_eq!(calendar.within(new_year, new_year - 30, 5), None);
        assert_eq!(calendar.between(new_year - 30, new_year), None);
        // The day before the first one, too, from either side.
        let eve = date::days(2011, 12, 31).unwrap_or_default();
        assert_eq!((calendar.between(eve, eve + 9), calendar.between(eve + 9, eve)), (None, None));
        assert!(Calendar::new(2013, 2012, |_| true).is_none());
    }
}
