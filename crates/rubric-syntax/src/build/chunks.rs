//! Where a long text can be cut, so that the recogniser works on a few kilobytes at a time.
//!
//! A recogniser that holds the words of 50,000 lines at once waits for memory. A cut is only a matter of speed: it is
//! made where a section, clause or example begins on a line of its own after a closed block, with no bracket or quote
//! open, so that the pieces read as the whole does.

use std::ops::Range;

/// A piece is at least this long.
const LEAST: usize = 8 << 10;

/// Words that begin a piece, each before a blank.
const STARTS: &[&str] = &["大项", "部分", "条款", "指标", "示例", "section", "clause", "example"];

/// The pieces of a text, in order, without gaps.
pub(super) fn chunks(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut start, mut at, mut depth, mut closed) = (0, 0, 0_usize, false);
    for line in text.split_inclusive('\n') {
        if depth == 0 && closed && at - start >= LEAST && begins(line) {
            pieces.push(start..at);
            start = at;
        }
        at += line.len();
        match scan(line, depth) {
            Some((after, last)) => {
                depth = after;
                closed = last.map_or(closed, is_close);
            }
            // Brackets that do not fit, or a quote that is not closed on its line: the rest stays whole.
            None => break,
        }
    }
    pieces.push(start..text.len());
    pieces
}

fn begins(line: &str) -> bool {
    STARTS.iter().any(|word| line.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '\u{3000}'])))
}

const fn is_close(c: char) -> bool {
    matches!(c, '}' | '\u{FF5D}')
}

/// The depth of brackets after a line, and its last sign; nothing where the line cannot be told.
fn scan(line: &str, mut depth: usize) -> Option<(usize, Option<char>)> {
    let (mut last, mut close, mut slash) = (None, None, false);
    for c in line.chars() {
        if let Some(end) = close {
            if c == end {
                close = None;
            }
            continue;
        }
        match c {
            '/' if slash => break,
            '"' => close = Some('"'),
            '“' => close = Some('”'),
            '「' => close = Some('」'),
            '{' | '\u{FF5B}' | '(' | '\u{FF08}' | '[' | '\u{FF3B}' => depth += 1,
            '}' | '\u{FF5D}' | ')' | '\u{FF09}' | ']' | '\u{FF3D}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        slash = c == '/';
        if !c.is_whitespace() && c != '/' {
            last = Some(c);
        }
    }
    close.is_none().then_some((depth, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_stand_between_whole_items_only() {
        let item = |i: usize| format!("条款 {i} \"一}}\" 1分 {{\n  每 「甲{{」 扣 1分 // }}\n}}\n");
        let text: String = (0..900).map(item).collect();
        let pieces = chunks(&text);
        assert!(pieces.len() > 2, "{pieces:?}");
        let joined: String = pieces.iter().map(|p| &text[p.clone()]).collect();
        assert_eq!(joined, text);
        assert!(
            pieces.iter().all(|p| text[p.clone()].starts_with("条款") && text[p.clone()].ends_with("}\n"))
        );
    }

    #[test]
    fn what_may_go_on_is_not_cut() {
        let filler = "设 甲 = 1\n".repeat(2000);
        for end in [
            "设 乙 = 1 +\n条款 2\n",
            "条款 1 \"\" {\n条款 2 \"\" { }\n",
            "条款 1 \"一\n条款 2 \"\" { }\n",
            "}\n条款 2 \"\" { }\n",
        ] {
            assert_eq!(chunks(&format!("{filler}{end}")).len(), 1, "{end}");
        }
    }
}
