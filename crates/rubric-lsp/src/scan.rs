//! Blocks and statements of a text that may be broken: braces, quotes, comments and separators, nothing else.

/// A block that is open at some place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Its brace.
    pub open: usize,
    /// Where the statement begins that the block belongs to.
    pub head: usize,
}

/// What is open at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The blocks, outermost first.
    pub blocks: Vec<Frame>,
    /// Where the statement begins in which the place lies.
    pub statement: usize,
    /// The place lies within quotes, the name of a name in 「」, or a comment.
    pub quoted: Option<char>,
}

/// What is open at `to`, where nothing is at `from`.
#[must_use]
pub fn open_at(text: &str, from: usize, to: usize) -> Open {
    let mut open = Open { blocks: Vec::new(), statement: from, quoted: None };
    let slice = text.get(from..to).unwrap_or_default();
    let mut before = '\n';
    for (at, c) in slice.char_indices() {
        let next = from + at + c.len_utf8();
        if let Some(end) = open.quoted {
            // No quote goes past its line.
            if c == end || c == '\n' {
                open.quoted = None;
            }
            if c != '\n' {
                before = c;
                continue;
            }
        }
        match c {
            '"' => open.quoted = Some('"'),
            '“' => open.quoted = Some('”'),
            '「' => open.quoted = Some('」'),
            '/' if before == '/' => open.quoted = Some('\n'),
            '{' | '\u{FF5B}' => {
                open.blocks.push(Frame { open: from + at, head: open.statement });
                open.statement = next;
            }
            '}' | '\u{FF5D}' => {
                // A block may be followed by more of its statement, as the weights of a clause are by its body.
                open.statement = open.blocks.pop().map_or(next, |block| block.head);
            }
            '\n' if goes_on(text.get(open.statement..from + at).unwrap_or_default()) => {}
            '\n' | ';' | '\u{FF1B}' | '。' => open.statement = next,
            _ => {}
        }
        before = c;
    }
    open
}

/// The brace that opened the block in which a place lies.
#[must_use]
pub fn opening(text: &str, at: usize) -> Option<usize> {
    open_at(text, 0, at).blocks.last().map(|f| f.open)
}

/// How many words a text has, quoted ones whole; a blank at its end begins another.
#[must_use]
pub fn pieces(text: &str) -> usize {
    let (mut count, mut quoted, mut blank) = (0, false, true);
    for c in text.chars() {
        if c == '"' {
            quoted = !quoted;
        }
        if c.is_whitespace() && !quoted {
            blank = true;
        } else if blank {
            count += 1;
            blank = false;
        }
    }
    count + usize::from(blank && count > 0)
}

/// Whether a statement goes on in the next line: what joins two parts stands at its end.
fn goes_on(statement: &str) -> bool {
    const JOINTS: [&str; 18] =
        ["且", "或", "+", "−", "-", "×", "*", "÷", "=", "≥", "≤", "≠", "<", ">", "(", "（", " and", " or"];
    let end = statement.trim_end();
    JOINTS.iter().any(|joint| end.ends_with(joint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_statements_are_found_in_broken_texts() {
        let text = "标准 \"{\" {\n  满分 2分 // }\n}\n条款 1 \"a\" {\n  每 甲 扣; 若 乙 且\n 丙 ";
        let open = open_at(text, 0, text.len());
        assert_eq!(open.blocks.len(), 1);
        assert!(text[open.blocks[0].head..].starts_with("条款 1"));
        assert!(text[open.statement..].trim_start().starts_with("若 乙"));
        assert_eq!(open.quoted, None);
        assert_eq!(open_at("说明 \"未完", 0, 14).quoted, Some('"'));
        assert_eq!(opening(text, text.len()), Some(text.rfind('{').unwrap()));
    }
}
