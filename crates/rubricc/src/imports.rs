//! The other files that a rubric uses: imported rubrics and calendars, read before it is checked.

use std::path::{Path, PathBuf};

use rubric_base::{Code, FileId, Level};
use rubric_check::{DEEPEST_IMPORT, Files, Unread, calendar_lines, check_with, relative};
use rubric_program::Program;
use rubric_syntax::ast;

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
                    let found = self.find(path, &written.node).and_then(|p| tree_of(&p, &written.node));
                    let lines = found.and_then(|(_, tree)| calendar_lines(tree, &written.node));
                    files.calendars.insert(written.node.clone(), lines);
                }
                _ => {}
            }
        }
        files
    }

    /// Where a path leads from the file that names it.
    fn find(&self, from: &Path, written: &str) -> Result<PathBuf, Unread> {
        let relative = relative(written)?;
        let folder = from.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let found = folder.join(relative).canonicalize().map_err(|e| Unread::not_read(written, &e))?;
        let inside = self.root.as_ref().is_none_or(|root| found.starts_with(root));
        if inside { Ok(found) } else { Err(Unread::outside(written)) }
    }

    fn rubric(&self, path: &Path, written: &str, above: &[PathBuf]) -> Result<Program, Unread> {
        if above.iter().any(|p| p == path) || above.len() > DEEPEST_IMPORT {
            return Err(Unread::circular(written));
        }
        let (text, tree) = tree_of(path, written)?;
        let mut above = above.to_vec();
        above.push(path.to_owned());
        let files = self.files(&tree, path, &above);
        let checked = check_with(FileId::default(), &text, &tree, &files);
        let cycle = checked.diagnostics.iter().find(|d| d.code == Code::R0802);
        if let Some(cycle) = cycle {
            return Err(Unread { code: Code::R0802, why: cycle.message.clone() });
        }
        if checked.diagnostics.iter().any(|d| d.level == Level::Error) {
            return Err(Unread::has_errors(written));
        }
        Ok(checked.program)
    }
}

fn tree_of(path: &Path, written: &str) -> Result<(String, ast::File), Unread> {
    let bytes = std::fs::read(path).map_err(|e| Unread::not_read(written, &e))?;
    let text = rubric_syntax::text_of(&bytes, FileId::default()).map_err(|d| Unread::not_text(&d))?;
    let parse = rubric_syntax::parse(FileId::default(), &text);
    if parse.errors.iter().any(|d| d.level == Level::Error) {
        return Err(Unread::has_errors(written));
    }
    Ok((text, parse.file))
}
