//! Times of day as whole seconds since midnight.

const DAY: i64 = 24 * 60 * 60;

/// Reads `08:30`, `8:30` or `08:30:15`; `None` where there is no such time of day.
#[must_use]
pub fn parse(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes] => (hours, minutes, &"00"),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    let whole = |text: &str, shortest: usize, below: i64| {
        let form = (shortest..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<i64>().ok().filter(|n| form && *n < below)
    };
    Some((whole(hours, 1, 24)? * 60 + whole(minutes, 2, 60)?) * 60 + whole(seconds, 2, 60)?)
}

/// The time as `08:30`, with the seconds where there are any. What lies beyond midnight, by so many minutes added or
/// taken off, shows more hours, or a sign.
#[must_use]
pub fn iso(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let (minutes, seconds) = (seconds.unsigned_abs() / 60, seconds.unsigned_abs() % 60);
    let time = format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60);
    if seconds == 0 { time } else { format!("{time}:{seconds:02}") }
}

/// The last second of a day.
pub const LAST: i64 = DAY - 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_back() {
        for text in ["00:00", "08:30", "08:30:15", "23:59:59"] {
            assert_eq!(parse(text).map(iso).as_deref(), Some(text));
        }
        assert_eq!((parse("8:30"), parse("23:59:59")), (Some(30_600), Some(LAST)));
        assert_eq!((iso(DAY), iso(-600)), ("24:00".to_owned(), "-00:10".to_owned()));
    }

    #[test]
    fn other_forms_do_not_exist() {
        for text in
            ["24:00", "08:60", "08:30:60", "8", "8:3", "008:30", "", " 8:30", "8:30:", "+8:30", "８:30"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
