//! What is refused before the grammar sees it, so that parsing is bounded in time and stack.

use rubric_base::{Code, Diagnostic, FileId, Place, Span, Text};

/// Brackets may nest this deep. Recursion of the recogniser and of the tree is bounded by it.
const DEEPEST: usize = 64;
/// `则` on one line: conditions nest without brackets.
const MOST_THEN: usize = 64;
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
                format!("文件不是 UTF-8 编码:第 {line} 行第 {} 个字节起读不出来", at + 1),
                format!("the file is not UTF-8: it cannot be read from byte {} in line {line}", at + 1),
            ),
        )
        .help(Text::new("请在编辑器中另存为 UTF-8 编码", "save it again as UTF-8 in your editor"))
    })
}

/// The reason to refuse a text, if there is one.
pub(crate) fn check(file: FileId, text: &str) -> Option<Diagnostic> {
    if text.len() > LONGEST {
        return Some(Diagnostic::new(
            Code::R0013,
            Place { file, span: Span::default() },
            Text::new(
                "文件超过 64 MiB,不像一份评分标准",
                "the file is over 64 MiB, which no scoring standard is",
            ),
        ));
    }
    let mut depth = 0_usize;
    let mut then = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' | '(' | '[' | '\u{FF5B}' | '\u{FF08}' | '\u{FF3B}' => depth += 1,
            '}' | ')' | ']' | '\u{FF5D}' | '\u{FF09}' | '\u{FF3D}' => depth = depth.saturating_sub(1),
            '\n' => then = 0,
            '则' => then += 1,
            'n' if text.get(..=at).is_some_and(|t| t.ends_with("then")) => then += 1,
            _ => continue,
        }
        if depth > DEEPEST || then > MOST_THEN {
            return Some(too_deep(Place { file, span: Span::new(at, at + c.len_utf8()) }));
        }
    }
    None
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
        "是否漏写了右括号?也可用“设”给中间结果取名",
        "is a closing bracket missing? A named value (let) also makes it flatter",
    ))
}
