//! `rubricc new`: a small rubric to begin with.

use rubric_base::Language;

use crate::cli::NewArgs;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::load::Session;

/// What is written.
pub const TEMPLATE: &str = include_str!("../template.rubric");

/// Writes it where nothing stands yet.
pub fn run(args: &NewArgs, session: &Session) -> Result<Exit, Failure> {
    files::create(&args.path, TEMPLATE)?;
    let path = args.path.display();
    session.say(&match session.language {
        Language::Zh => format!("已写入 {path};核对:rubricc check {path}"),
        Language::En => format!("wrote {path}; next: rubricc check {path}"),
    });
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rubric_base::FileId;

    #[test]
    fn template_is_clean() {
        let parse = rubric_syntax::parse(FileId(0), TEMPLATE);
        assert_eq!(parse.errors, []);
        let checked = rubric_check::check(FileId(0), TEMPLATE, &parse.file);
        assert_eq!(checked.diagnostics, []);
        let formatted = rubric_syntax::format(TEMPLATE, rubric_syntax::Keywords::Keep).unwrap();
        assert_eq!(formatted, TEMPLATE);
    }
}
