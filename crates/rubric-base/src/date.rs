//! Days of the calendar as whole numbers: days since 1970-01-01, which is what programs compute with.

use jiff::civil::{Date, Weekday};

const EPOCH: Date = Date::constant(1970, 1, 1);

/// The number of a day; `None` where there is no such day, or before the year 1 or after 9999.
#[must_use]
pub fn days(year: i16, month: i16, day: i16) -> Option<i32> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (year > 0).then(|| (date - EPOCH).get_days())
}

/// Reads `2012-04-09`, the form of ISO 8601 and no other.
#[must_use]
pub fn parse(text: &str) -> Option<i32> {
    let shape = |(i, b): (usize, u8)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() };
    if text.len() != 10 || !text.bytes().enumerate().all(shape) {
        return None;
    }
    let mut numbers = text.split('-').filter_map(|n| n.parse().ok());
    days(numbers.next()?, numbers.next()?, numbers.next()?)
}

/// The day as `2012-04-09`.
#[must_use]
pub fn iso(days: i32) -> String {
    date(days).to_string()
}

/// Its year.
#[must_use]
pub fn year(days: i32) -> i16 {
    date(days).year()
}

/// Its day of the week: Monday is 0.
#[must_use]
pub fn weekday(days: i32) -> u8 {
    let offset = date(days).weekday().since(Weekday::Monday);
    u8::try_from(offset).unwrap_or_default()
}

fn date(days: i32) -> Date {
    EPOCH.saturating_add(jiff::Span::new().days(days.clamp(-719_162, 2_932_896)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_back() {
        for text in ["1970-01-01", "2012-02-29", "2012-04-28", "0001-01-01", "9999-12-31"] {
            assert_eq!(parse(text).map(iso).as_deref(), Some(text));
        }
        assert_eq!((parse("1970-01-02"), weekday(0), year(365)), (Some(1), 3, 1971));
    }

    #[test]
    fn other_forms_and_other_days_do_not_exist() {
        for text in ["2011-02-29", "2012-2-9", "2012-13-01", "2012/04/09", "20120409", "", "2012-04-09 "] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
