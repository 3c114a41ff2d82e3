//! `rubricc examples --edges`: examples at the boundaries of each rule, for the writer of a rubric to confirm.

use rubric_base::Language;
use rubric_edges::{at_edges, with_examples};

use crate::cli::ExamplesArgs;
use crate::exit::{Exit, Failure, put};
use crate::files;
use crate::load::Session;

/// Writes the rubric with examples at its edges after what it says already.
pub fn run(args: &ExamplesArgs, session: &mut Session) -> Result<Exit, Failure> {
    let (file, program) = session.sound(&args.rubric)?;
    let source = session.text(file).to_owned();
    let found = at_edges(&program);
    let count = found.len();
    let written = with_examples(&source, &program, &found).map_err(|unreadable| {
        let (zh, en) =
            ("边界示例写出后读不回来，什么都没有写", "the examples would not read back; nothing was written");
        Failure {
            exit: Exit::Rubric,
            text: rubric_base::Text::new(format!("{zh}:{unreadable}"), format!("{en}: {unreadable}")),
        }
    })?;
    let Some(path) = &args.output else { return put(&written) };
    files::write(path, &written)?;
    let path = path.display();
    session.say(&match session.language {
        Language::Zh => format!("已写入 {path}：边界示例 {count} 例，请逐例对照原文"),
        Language::En => {
            format!("wrote {path}: {count} examples at edges; please compare each with the source")
        }
    });
    Ok(Exit::Done)
}
