//! The near name of a misspelt one.

/// The candidate most like `name`, if it is like enough to be meant: at most a third of the letters differ.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = name.chars().count();
    let allowed = (letters / 3).max(1);
    candidates
        .into_iter()
        // No fewer letters differ than there are more of in one: cheaper to ask first.
        .filter(|c| c.chars().count().abs_diff(letters) <= allowed)
        .filter(|c| *c != name && !opposite(name, c))
        .map(|c| (strsim::osa_distance(name, c), c))
        .filter(|(distance, c)| *distance <= allowed && *distance < letters.max(c.chars().count()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}

/// What a name begins with that says the opposite of the rest.
pub const NEGATIONS: [&str; 5] = ["不", "未", "非", "无", "没"];

/// Whether one name says the opposite of the other, however alike they are.
fn opposite(a: &str, b: &str) -> bool {
    let negates = |a: &str, b: &str| NEGATIONS.iter().any(|no| a.strip_prefix(no) == Some(b));
    negates(a, b) || negates(b, a)
}

/// The name that is meant by `name`: the nearest, else the one that holds it or is held by it, as 迟到次数 holds 迟到.
pub fn nearest_name<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let held = |a: &str, b: &str| a.chars().nth(1).is_some() && b.contains(a);
    nearest(name, candidates.clone()).or_else(|| {
        let likely = |c: &&str| *c != name && !opposite(name, c) && (held(c, name) || held(name, c));
        let mut all = candidates.into_iter().filter(likely);
        // Of several it cannot be told which.
        all.next().filter(|_| all.next().is_none())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_their_parts() {
        let known = ["迟到", "群众投诉", "办结率", "投诉率"];
        assert_eq!(nearest_name("迟倒", known), Some("迟到"));
        assert_eq!(nearest_name("迟到次数", known), Some("迟到"));
        assert_eq!(nearest_name("办结", ["办结率", "超期件"]), Some("办结率"));
        assert_eq!(nearest_name("投诉", ["群众投诉", "迟到"]), Some("群众投诉"));
        assert_eq!(nearest_name("表扬", known), None);
        assert_eq!(nearest_name("不合规", ["合规"]), None);
        assert_eq!(nearest_name("窗口", ["一号窗口的人", "二号窗口的人"]), None);
    }
}
