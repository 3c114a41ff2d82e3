//! `rubricc new`: a small rubric to begin with.

use rubric_base::Language;

use crate::cli::NewArgs;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::load::Session;

/// What is written, by language.
const fn template(language: Language) -> &'static str {
    match language {
        Language::Zh => include_str!("../template.rubric"),
        Language::En => include_str!("../template.en.rubric"),
    }
}

/// Writes it where nothing stands yet.
pub fn run(args: &NewArgs, session: &Session) -> Result<Exit, Failure> {
    files::create(&args.path, template(session.language))?;
    let path = args.path.display();
    session.say(&match session.language {
        Language::Zh => format!("已写入 {path}；核对：rubricc check {path}"),
        Language::En => format!("wrote {path}; next: rubricc check {path}"),
    });
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rubric_base::FileId;

    #[test]
    fn templates_are_clean() {
        for text in [Language::Zh, Language::En].map(template) {
            let parse = rubric_syntax::parse(FileId(0), text);
            assert_eq!(parse.errors, []);
            let checked = rubric_check::check(FileId(0), text, &parse.file);
            assert_eq!(checked.diagnostics, []);
            let formatted = rubric_syntax::format(text, rubric_syntax::Keywords::Keep).unwrap();
            assert_eq!(formatted, text);
        }
    }
}
