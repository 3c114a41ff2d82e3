//! Other files that a rubric uses, read by whoever asks for the check: the checker itself reads none.

use std::collections::HashMap;
use std::io;
use std::path::{Component, Path};

use rubric_base::{Code, Text};
use rubric_program::Program;
use rubric_syntax::ast;

/// By their paths, as written in the rubric.
#[derive(Debug, Default)]
pub struct Files {
    /// Imported rubrics, checked.
    pub rubrics: HashMap<String, Result<Program, Unread>>,
    /// The lines of calendars.
    pub calendars: HashMap<String, Result<Vec<ast::CalendarEntry>, Unread>>,
}

/// Why a file cannot be used.
#[derive(Debug, Clone)]
pub struct Unread {
    /// The code to report.
    pub code: Code,
    /// Why, to people.
    pub why: Text,
}

/// Longest chain of imports.
pub const DEEPEST_IMPORT: usize = 8;

/// The lines of all calendars of a file; a file without any is refused.
///
/// # Errors
/// Where there is no calendar in it.
pub fn calendar_lines(tree: ast::File, written: &str) -> Result<Vec<ast::CalendarEntry>, Unread> {
    let lines: Vec<ast::CalendarEntry> = tree
        .items
        .into_iter()
        .filter_map(|i| if let ast::Item::Calendar(c) = i { Some(c.entries) } else { None })
        .flatten()
        .collect();
    if lines.is_empty() {
        return Err(Unread::new(
            format!("「{written}」中没有日历"),
            format!("there is no calendar in `{written}`"),
        ));
    }
    Ok(lines)
}

/// A path as it may be written in a rubric.
///
/// # Errors
/// Where it does not start from the file it stands in.
pub fn relative(written: &str) -> Result<&Path, Unread> {
    let path = Path::new(written);
    let plain =
        |c: Component<'_>| matches!(c, Component::Normal(_) | Component::ParentDir | Component::CurDir);
    if path.components().all(plain) {
        return Ok(path);
    }
    Err(Unread::new(
        format!("「{written}」应为从本文件算起的路径"),
        format!("`{written}` must be a path relative to this file"),
    ))
}

impl Unread {
    fn new(zh: String, en: String) -> Self {
        Self { code: Code::R0801, why: Text::new(zh, en) }
    }

    /// The file itself cannot be read.
    #[must_use]
    pub fn not_read(written: &str, error: &io::Error) -> Self {
        let missing = error.kind() == io::ErrorKind::NotFound;
        let zh = if missing { "没有这个文件".to_owned() } else { error.to_string() };
        let en = if missing { "there is no such file".to_owned() } else { error.to_string() };
        Self::new(format!("读不到「{written}」：{zh}"), format!("`{written}` cannot be read: {en}"))
    }

    /// It is no text.
    #[must_use]
    pub fn not_text(finding: &rubric_base::Diagnostic) -> Self {
        Self::new(finding.message.zh.clone(), finding.message.en.clone())
    }

    /// It has errors of its own.
    #[must_use]
    pub fn has_errors(written: &str) -> Self {
        Self::new(
            format!("「{written}」有错误，先用 rubricc check 检查它"),
            format!("`{written}` has errors: check it first"),
        )
    }

    /// It lies where no import may lead.
    #[must_use]
    pub fn outside(written: &str) -> Self {
        Self::new(
            format!("「{written}」在项目文件夹之外"),
            format!("`{written}` lies outside the folder of the project"),
        )
    }

    /// It leads back to the file that imports it.
    #[must_use]
    pub fn circular(written: &str) -> Self {
        Self {
            code: Code::R0802,
            why: Text::new(
                format!("「{written}」又引用到本文件，循环没有尽头"),
                format!("`{written}` leads back to this file, without end"),
            ),
        }
    }
}
