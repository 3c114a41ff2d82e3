//! The other files that a rubric uses: imported rubrics and calendars, read before it is checked.

use std::path::{Component, Path, PathBuf};

use rubric_base::{Code, FileId, Level, Text};
use rubric_check::{Files, Unread, check_with};
use rubric_program::Program;
use rubric_syntax::ast::{self, CalendarEntry};

/// Longest chain of imports.
const DEEPEST: usize = 8;

/// Reads all that a rubric uses. `path` is the file it stands in.
pub fn of(tree: &ast::File, path: &Path) -> Files {
    if !tree.items.iter().any(|i| matches!(i, ast::Item::Import(_) | ast::Item::Calendar(_))) {
        return Files::default();
    }
    let root = root(path);
    Reader { root }.files(tree, path, &[path.canonicalize().unwrap_or_else(|_| path.to_owned())])
}

/// The folder that no import may leave: the one in which the command runs if the rubric lies in it, else the
/// rubric's own.
fn root(path: &Path) -> Option<PathBuf> {
    let own = path.canonicalize().ok()?.parent()?.to_owned();
    let here = std::env::current_dir().and_then(|d| d.canonicalize()).ok();
    Some(here.filter(|here| own.starts_with(here)).unwrap_or(own))
}

struct Reader {
    root: Option<PathBuf>,
}

impl Reader {
    /// `above`: the files that are being read, each importing the next.
    fn files(&self, tree: &ast::File, path: &Path, above: &[PathBuf]) -> Files {
        let mut files = Files::default();
        for item in &tree.items {
            match item {
                ast::Item::Import(import) => {
                    let written = &import.path.node;
                    let program = self.find(path, written).and_then(|p| self.rubric(&p, written, above));
                    files.rubrics.insert(written.clone(), program);
                }
                ast::Item::Calendar(ast::Calendar { path: Some(written), .. }) => {
                    let lines = self.find(path, &written.node).and_then(|p| calendar(&p, &written.node));
                    files.calendars.insert(written.node.clone(), lines);
                }
                _ => {}
            }
        }
        files
    }

    /// Where a path leads from the file that names it.
    fn find(&self, from: &Path, written: &str) -> Result<PathBuf, Unread> {
        let relative = Path::new(written);
        let plain =
            |c: Component<'_>| matches!(c, Component::Normal(_) | Component::ParentDir | Component::CurDir);
        if !relative.components().all(plain) {
            return Err(unread(
                format!("「{written}」应为从本文件算起的路径"),
                format!("`{written}` must be a path relative to this file"),
            ));
        }
        let folder = from.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let found = folder.join(relative).canonicalize().map_err(|e| not_read(written, &e))?;
        if self.root.as_ref().is_none_or(|root| found.starts_with(root)) {
            return Ok(found);
        }
        Err(unread(
            format!("「{written}」在项目文件夹之外"),
            format!("`{written}` lies outside the folder of the project"),
        ))
    }

    fn rubric(&self, path: &Path, written: &str, above: &[PathBuf]) -> Result<Program, Unread> {
        if above.iter().any(|p| p == path) || above.len() > DEEPEST {
            return Err(Unread {
                code: Code::R0802,
                why: Text::new(
                    format!("「{written}」又引用到本文件,循环没有尽头"),
                    format!("`{written}` leads back to this file, without end"),
                ),
            });
        }
        let (text, tree) = tree(path, written)?;
        let mut above = above.to_vec();
        above.push(path.to_owned());
        let files = self.files(&tree, path, &above);
        let checked = check_with(FileId::default(), &text, &tree, &files);
        let cycle = checked.diagnostics.iter().find(|d| d.code == Code::R0802);
        if let Some(cycle) = cycle {
            return Err(Unread { code: Code::R0802, why: cycle.message.clone() });
        }
        if checked.diagnostics.iter().any(|d| d.level == Level::Error) {
            return Err(has_errors(written));
        }
        Ok(checked.program)
    }
}

fn calendar(path: &Path, written: &str) -> Result<Vec<CalendarEntry>, Unread> {
    let (_, tree) = tree(path, written)?;
    let lines: Vec<CalendarEntry> = tree
        .items
        .into_iter()
        .filter_map(|i| if let ast::Item::Calendar(c) = i { Some(c.entries) } else { None })
        .flatten()
        .collect();
    if lines.is_empty() {
        return Err(unread(
            format!("「{written}」中没有日历"),
            format!("there is no calendar in `{written}`"),
        ));
    }
    Ok(lines)
}

fn tree(path: &Path, written: &str) -> Result<(String, ast::File), Unread> {
    let bytes = std::fs::read(path).map_err(|e| not_read(written, &e))?;
    let text =
        rubric_syntax::text_of(&bytes, FileId::default()).map_err(|d| unread(d.message.zh, d.message.en))?;
    let parse = rubric_syntax::parse(FileId::default(), &text);
    if parse.errors.iter().any(|d| d.level == Level::Error) {
        return Err(has_errors(written));
    }
    Ok((text, parse.file))
}

fn has_errors(written: &str) -> Unread {
    unread(
        format!("「{written}」有错误,先用 rubricc check 检查它"),
        format!("`{written}` has errors: check it first"),
    )
}

fn not_read(written: &str, error: &std::io::Error) -> Unread {
    let missing = error.kind() == std::io::ErrorKind::NotFound;
    let zh = if missing { "没有这个文件".to_owned() } else { error.to_string() };
    let en = if missing { "there is no such file".to_owned() } else { error.to_string() };
    unread(format!("读不到「{written}」:{zh}"), format!("`{written}` cannot be read: {en}"))
}

fn unread(zh: String, en: String) -> Unread {
    Unread { code: Code::R0801, why: Text::new(zh, en) }
}
