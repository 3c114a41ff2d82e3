//! How the command ends: exit codes, failures, and writing to standard output.

use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use rubric_base::Text;

/// The exit codes, which scripts rely on. In rising order of what they hide: the gravest of several wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done; warnings and low scores included.
    Done = 0,
    /// The rubric is wrong, a test fails, or a file is not formatted.
    Rubric = 1,
    /// The command was used wrongly.
    Usage = 2,
    /// The evidence is rejected.
    Evidence = 3,
    /// A file cannot be read or written.
    File = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why the command stops.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What to say; empty where findings have said it.
    pub text: Text,
}

impl Failure {
    /// The findings, already shown, say it all.
    pub fn shown(exit: Exit) -> Self {
        Self { exit, text: Text::default() }
    }

    /// The command was used wrongly.
    pub fn usage(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, text: Text::new(zh, en) }
    }

    /// A file cannot be read.
    pub fn read(path: &Path, error: &io::Error) -> Self {
        let name = path.display();
        let zh = format!("无法读取 {name}：{}", reason(error));
        Self { exit: Exit::File, text: Text::new(zh, format!("cannot read {name}: {error}")) }
    }

    /// A file cannot be written.
    pub fn write(path: &Path, error: &io::Error) -> Self {
        let name = path.display();
        let zh = format!("无法写入 {name}：{}", reason(error));
        Self { exit: Exit::File, text: Text::new(zh, format!("cannot write {name}: {error}")) }
    }

    /// Standard output cannot be written.
    pub fn output(error: &io::Error) -> Self {
        let zh = format!("无法写出结果：{}", reason(error));
        Self { exit: Exit::File, text: Text::new(zh, format!("cannot write the output: {error}")) }
    }
}

/// The common causes in Chinese; the operating system's own words for the rest.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "文件不存在".to_owned(),
        ErrorKind::PermissionDenied => "没有权限".to_owned(),
        ErrorKind::AlreadyExists => "文件已存在".to_owned(),
        ErrorKind::IsADirectory => "这是文件夹".to_owned(),
        ErrorKind::StorageFull => "磁盘已满".to_owned(),
        _ => error.to_string(),
    }
}

/// Writes to standard output. A reader that has gone away (`| head`) is no failure.
pub fn put(text: &str) -> Result<Exit, Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::output(&error)),
        _ => Ok(Exit::Done),
    }
}
