//! `--level CODE=LEVEL`: how grave a kind of finding is in one run.

use std::collections::BTreeMap;

use rubric_base::{Code, Diagnostic, Level};

use crate::exit::Failure;

/// The levels that were asked for; `None` for a code that is not told at all.
#[derive(Debug, Default)]
pub struct Levels(BTreeMap<Code, Option<Level>>);

impl Levels {
    /// Reads what the command line says, such as `R0205=error`.
    ///
    /// # Errors
    /// Where there is no such code or level, and where an error would be made less: a rubric with an error cannot be
    /// scored by, whatever one calls it.
    pub fn read(written: &[String]) -> Result<Self, Failure> {
        let mut levels = BTreeMap::new();
        for one in written {
            let Some((code, level)) = one.split_once('=') else { return Err(shape(one)) };
            let code: Code = code.trim().parse().map_err(|()| {
                let code = code.trim();
                Failure::usage(format!("没有诊断代码 {code}"), format!("there is no code {code}"))
            })?;
            let level = level_of(level.trim()).ok_or_else(|| shape(one))?;
            if code.level() == Level::Error && level != Some(Level::Error) {
                return Err(Failure::usage(
                    format!("{code} 是错误，不能降低：有错误的标准无法评分"),
                    format!("{code} is an error and stays one: a rubric with an error cannot be scored by"),
                ));
            }
            levels.insert(code, level);
        }
        Ok(Self(levels))
    }

    /// Whether some note is to be told as more than a note.
    pub fn raises_notes(&self) -> bool {
        self.0.iter().any(|(code, level)| code.level() == Level::Note && *level > Some(Level::Note))
    }

    /// Gives each finding its level, and drops those that are not told.
    pub fn apply(&self, findings: &mut Vec<Diagnostic>) {
        findings.retain_mut(|finding| match self.0.get(&finding.code) {
            None => true,
            Some(None) => false,
            Some(Some(level)) => {
                finding.level = *level;
                true
            }
        });
    }
}

/// A level by either name; `Some(None)` tells nothing.
fn level_of(word: &str) -> Option<Option<Level>> {
    Some(match word {
        "off" | "不报" => None,
        "note" | "提示" => Some(Level::Note),
        "warning" | "警告" => Some(Level::Warning),
        "error" | "错误" => Some(Level::Error),
        _ => return None,
    })
}

fn shape(written: &str) -> Failure {
    Failure::usage(
        format!("--level 应写作 R0205=错误（或 警告、提示、不报），不能写 {written}"),
        format!("--level is written R0205=error (or warning, note, off), not {written}"),
    )
}
