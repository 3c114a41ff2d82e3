//! Where a text can be cut into pieces that read alone as they do within the whole.
//!
//! A recogniser that holds the words of 50,000 lines at once waits for memory, and an edit should cost no more than
//! the piece it touches. A cut is only a matter of speed. It is made before a line that begins an item, outside all
//! braces, after a line that no further line can go on: only after an infix word, an opening bracket or an
//! enumeration may a statement go on behind the end of its line.

use std::ops::Range;

use rubric_base::keyword::KEYWORDS;

/// A piece is at least this long: shorter ones gain nothing, and each costs the recogniser a start.
pub(crate) const LEAST: usize = 2 << 10;

/// Words that begin a piece, each before a blank.
const STARTS: &[&str] =
    &["大项", "部分", "条款", "指标", "示例", "设", "输出", "section", "clause", "example", "let", "output"];

/// The pieces of a text, in order, without gaps.
pub(crate) fn chunks(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    loop {
        let end = next_cut(text, start, LEAST);
        pieces.push(start..end);
        start = end;
        if start >= text.len() {
            return pieces;
        }
    }
}

/// Where the piece that begins at `start` ends, which is `least` long where it can be cut at all. It depends on nothing
/// before `start`.
pub(crate) fn next_cut(text: &str, start: usize, least: usize) -> usize {
    let (mut at, mut depth, mut ended) = (start, 0_usize, false);
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        if depth == 0 && ended && at - start >= least && begins(line) {
            return at;
        }
        at += line.len();
        match scan(line, depth) {
            Some((after, end)) => {
                depth = after;
                ended = end.unwrap_or(ended);
            }
            // What the recogniser makes of this line cannot be told from the line: the rest stays whole.
            None => break,
        }
    }
    text.len()
}

fn begins(line: &str) -> bool {
    STARTS.iter().any(|word| line.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '\u{3000}'])))
}

/// The depth of braces after a line, and whether what stands on it has ended with it; the latter is nothing for an
/// empty line. Nothing at all where a brace might be one or not: in a name, or alone in a comment within a block,
/// where a broken statement reads it but a sound one does not.
fn scan(line: &str, mut depth: usize) -> Option<(usize, Option<bool>)> {
    let mut rest = line;
    let mut code = line;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match c {
            '"' => closed(after, '"').map_or(after, |(_, behind)| behind),
            '“' => closed(after, '”').map_or(after, |(_, behind)| behind),
            '「' => match closed(after, '」') {
                Some((name, _)) if odd(name) => return None,
                Some((_, behind)) => behind,
                None => after,
            },
            '/' if after.starts_with('/') => {
                if depth > 0 && !balanced(after) {
                    return None;
                }
                code = line.get(..line.len() - rest.len()).unwrap_or_default();
                break;
            }
            '{' | '\u{FF5B}' => {
                depth += 1;
                after
            }
            '}' | '\u{FF5D}' => {
                depth = depth.saturating_sub(1);
                after
            }
            _ => after,
        };
    }
    Some((depth, if depth == 0 { ends(code) } else { Some(false) }))
}

/// What stands before a closing sign on the same line, and what behind it.
fn closed(text: &str, close: char) -> Option<(&str, &str)> {
    let line = text.split('\n').next().unwrap_or_default();
    line.split_once(close).and_then(|(inner, _)| Some((inner, text.get(inner.len() + close.len_utf8()..)?)))
}

/// Whether a name holds what a broken statement would not read as part of a name.
fn odd(name: &str) -> bool {
    name.contains(['{', '}', '\u{FF5B}', '\u{FF5D}', '"', '“', '”']) || name.contains("//")
}

/// Whether a comment leaves the depth as it was, whoever reads it.
fn balanced(comment: &str) -> bool {
    if comment.contains(['"', '“']) {
        return !comment.contains(['{', '}', '\u{FF5B}', '\u{FF5D}']);
    }
    let mut depth = 0_usize;
    for c in comment.chars() {
        match c {
            '{' | '\u{FF5B}' => depth += 1,
            '}' | '\u{FF5D}' if depth == 0 => return false,
            '}' | '\u{FF5D}' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}

/// Whether a statement ends with this line: it cannot where an infix word or sign is last.
fn ends(code: &str) -> Option<bool> {
    let code = code.trim_end();
    let last = code.chars().next_back()?;
    if !last.is_alphabetic() {
        let closing = ['}', '\u{FF5D}', ')', '\u{FF09}', '"', '”', '」', '%', '\u{FF05}', '²'];
        let parted = [';', '\u{FF1B}', '。'];
        return Some(last.is_numeric() || closing.contains(&last) || parted.contains(&last));
    }
    let before = code.trim_end_matches(char::is_alphabetic);
    let word = code.get(before.len()..).unwrap_or_default();
    let infix = KEYWORDS.iter().filter(|k| ["operator", "comparison"].contains(&k.class));
    let mut spellings = infix.flat_map(|k| k.zh.iter().chain(k.en));
    Some(!spellings.any(|s| s.split(' ').next_back() == Some(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_stand_between_whole_items_only() {
        let item = |i: usize| {
            format!("条款 {i} \"一}}\" 1分 {{\n  每 「甲」 扣 1分 // {{ }}\n}}\n设 甲{i} = 1 // 完\n")
        };
        let text: String = (0..900).map(item).collect();
        let pieces = chunks(&text);
        assert!(pieces.len() > 2, "{pieces:?}");
        let joined: String = pieces.iter().map(|p| &text[p.clone()]).collect();
        assert_eq!(joined, text);
        assert!(pieces.iter().all(|p| text[p.clone()].starts_with(['条', '设'])));
    }

    #[test]
    fn what_may_go_on_is_not_cut() {
        let filler = "// 说明\n".repeat(2000);
        for end in [
            "设 乙 = 1 +\n条款 2\n",
            "设 乙 = 1 且 // 还有\n\n设 丙\n",
            "设 乙 = 1 at least\nlet 丙\n",
            "设 乙 = 1 /\n条款 2\n",
            "设 乙 = (\n条款 2\n",
            "日历 { 放假 2012-04-30、\n条款 2 }\n",
            "条款 1 \"\" {\n条款 2 \"\" { }\n",
            "条款 1 \"\" { // }\n条款 2 \"\" { }\n}\n",
            "坏 「{」\n条款 2 \"\" { }\n",
        ] {
            assert_eq!(chunks(&format!("{filler}{end}")).len(), 1, "{end}");
        }
    }

    #[test]
    fn a_quote_that_is_not_closed_spoils_its_line_only() {
        let filler = "// 说明\n".repeat(2000);
        for end in
            ["条款 1 \"一\n}\n条款 2 \"\" { }\n", "}\n条款 2 \"\" { }\n", "设 甲 = (1\n条款 2 \"\" { }\n"]
        {
            assert_eq!(chunks(&format!("设 甲 = 1\n{filler}{end}")).len(), 2, "{end}");
        }
    }
}
