//! What is refused before the grammar sees it, so that parsing is bounded in time and stack.

use rubric_base::{Code, Diagnostic, FileId, Place, Span, Text};

/// Brackets may nest this deep. Recursion of the recogniser and of the tree is bounded by it.
const DEEPEST: i64 = 64;
/// `则` on one line: conditions nest without brackets.
const MOST_THEN: i64 = 64;
/// Longest text in bytes.
const LONGEST: usize = 64 << 20;

/// The text of a file's bytes, which must be UTF-8.
///
/// # Errors
/// A finding that underlines the first byte that is not.
pub fn text_of(bytes: &[u8], file: FileId) -> Result<String, Diagnostic> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|e| {
        let at = e.valid_up_to();
        let line = bytes.iter().take(at).filter(|b| **b == b'\n').count() + 1;
        Diagnostic::new(
            Code::R0008,
            Place { file, span: Span::new(at, at) },
            Text::new(
                format!("文件不是 UTF-8 编码：第 {line} 行第 {} 个字节起读不出来", at + 1),
                format!("the file is not UTF-8: it cannot be read from byte {} in line {line}", at + 1),
            ),
        )
        .help(Text::new("请在编辑器中另存为 UTF-8 编码", "save it again as UTF-8 in your editor"))
    })
}

/// Whether a text is longer than any rubric.
pub(crate) const fn too_long(text: &str) -> bool {
    text.len() > LONGEST
}

/// The reason to refuse a text, if there is one.
pub(crate) fn check(file: FileId, text: &str) -> Option<Diagnostic> {
    if too_long(text) {
        return Some(Diagnostic::new(
            Code::R0013,
            Place { file, span: Span::default() },
            Text::new(
                "文件超过 64 MiB，不像一份评分标准",
                "the file is over 64 MiB, which no scoring standard is",
            ),
        ));
    }
    let mut nesting = Nesting::default();
    for (at, c) in text.char_indices() {
        nesting.take(text, at, c);
        if nesting.too_deep(0) {
            return Some(too_deep(Place { file, span: Span::new(at, at + c.len_utf8()) }));
        }
    }
    None
}

/// How deep brackets and conditions nest in a piece of a text, wherever the piece stands.
///
/// A closing bracket without its opening one counts for nothing. So the depth at a place is the larger of the depth
/// reached from the beginning of the piece (`own`), and what the piece opened more than it closed (`sum`) above the
/// depth before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Nesting {
    own: i64,
    most_own: i64,
    sum: i64,
    most_sum: i64,
    then: i64,
    most_then: i64,
}

impl Nesting {
    /// That of one piece, which is whole lines.
    pub(crate) fn of(text: &str) -> Self {
        let mut nesting = Self::default();
        text.char_indices().for_each(|(at, c)| nesting.take(text, at, c));
        nesting
    }

    fn take(&mut self, text: &str, at: usize, c: char) {
        match c {
            '{' | '(' | '[' | '\u{FF5B}' | '\u{FF08}' | '\u{FF3B}' => {
                (self.own, self.sum) = (self.own + 1, self.sum + 1)
            }
            '}' | ')' | ']' | '\u{FF5D}' | '\u{FF09}' | '\u{FF3D}' => {
                (self.own, self.sum) = ((self.own - 1).max(0), self.sum - 1);
            }
            '\n' => self.then = 0,
            '则' => self.then += 1,
            'n' if text.get(..=at).is_some_and(|t| t.ends_with("then")) => self.then += 1,
            _ => return,
        }
        self.most_own = self.most_own.max(self.own);
        self.most_sum = self.most_sum.max(self.sum);
        self.most_then = self.most_then.max(self.then);
    }

    /// Whether it nests too deep behind a text that ends at some depth.
    pub(crate) fn too_deep(&self, before: i64) -> bool {
        self.most_own.max(before + self.most_sum) > DEEPEST || self.most_then > MOST_THEN
    }

    /// The depth at its end.
    pub(crate) fn after(&self, before: i64) -> i64 {
        self.own.max(before + self.sum)
    }
}

fn too_deep(place: Place) -> Diagnostic {
    Diagnostic::new(
        Code::R0007,
        place,
        Text::new(
            format!("括号或条件嵌套超过 {DEEPEST} 层"),
            format!("brackets or conditions nest deeper than {DEEPEST}"),
        ),
    )
    .help(Text::new(
        "是否漏写了右括号？也可用「设」给中间结果取名",
        "is a closing bracket missing? A named value (let) also makes it flatter",
    ))
}

/// A formula of more signs than `most`, which would nest as deep.
pub(crate) fn too_long_a_sum(place: Place, most: usize) -> Diagnostic {
    Diagnostic::new(
        Code::R0007,
        place,
        Text::new(
            format!("一个算式里的运算超过 {most} 个"),
            format!("a formula has more than {most} operations"),
        ),
    )
    .help(Text::new(
        "用「设」给其中几部分取名，再合在一起",
        "name parts of it with `let`, then put those together",
    ))
}
