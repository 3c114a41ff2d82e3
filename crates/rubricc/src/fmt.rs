//! `rubricc fmt`: one way to write rubrics.

use std::io::Read;
use std::path::{Path, PathBuf};

use rubric_syntax::Keywords;

use crate::cli::{FmtArgs, FmtKeywords};
use crate::exit::{Exit, Failure, put};
use crate::files;
use crate::load::Session;

/// Formats every file; one that cannot be formatted does not keep the others from it.
pub fn run(args: &FmtArgs, session: &mut Session) -> Result<Exit, Failure> {
    let keywords = match args.keywords {
        FmtKeywords::Zh => Keywords::Zh,
        FmtKeywords::En => Keywords::En,
        FmtKeywords::Keep => Keywords::Keep,
    };
    if args.files == [PathBuf::from("-")] {
        return pipe(args.check, keywords, session);
    }
    if args.files.iter().any(|path| path == Path::new("-")) {
        return Err(Failure::usage("- 只能单独使用", "- stands alone or not at all"));
    }
    let mut exit = Exit::Done;
    let mut differ = String::new();
    for path in files::find_rubrics(&args.files)? {
        match file(&path, args.check, keywords, session) {
            Ok(false) => {}
            Ok(true) => {
                differ.push_str(&format!("{}\n", path.display()));
                exit = exit.max(Exit::Rubric);
            }
            Err(failure) => {
                session.say(failure.text.get(session.language));
                exit = exit.max(failure.exit);
            }
        }
    }
    put(&differ)?;
    Ok(exit)
}

/// Formats one file in place; true where it differs and was only looked at.
fn file(path: &Path, check: bool, keywords: Keywords, session: &mut Session) -> Result<bool, Failure> {
    let bytes = files::read(path)?;
    let done = text(&path.display().to_string(), &bytes, keywords, session)?;
    if done.as_bytes() == bytes {
        return Ok(false);
    }
    if check {
        return Ok(true);
    }
    files::write(path, &done)?;
    Ok(false)
}

fn pipe(check: bool, keywords: Keywords, session: &mut Session) -> Result<Exit, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(|e| Failure::read(Path::new("-"), &e))?;
    let done = text("-", &bytes, keywords, session)?;
    if !check {
        return put(&done);
    }
    if done.as_bytes() == bytes {
        return Ok(Exit::Done);
    }
    put("-\n")?;
    Ok(Exit::Rubric)
}

/// The formatted text; what keeps it from being formatted is shown.
fn text(name: &str, bytes: &[u8], keywords: Keywords, session: &mut Session) -> Result<String, Failure> {
    let id = session.next_file();
    let text = rubric_syntax::text_of(bytes, id);
    session.keep(name, bytes, text.as_deref().ok());
    let text = text.map_err(|finding| {
        session.show(&[finding]);
        Failure::shown(Exit::Rubric)
    })?;
    let parse = rubric_syntax::parse(id, &text);
    if !parse.errors.is_empty() {
        session.show(&parse.errors);
        return Err(Failure::shown(Exit::Rubric));
    }
    rubric_syntax::format(&text, keywords).map_err(|_| {
        let mut failure = Failure::usage(
            format!("{name} 未能格式化，原文未改"),
            format!("{name} cannot be formatted and is left as it is"),
        );
        failure.exit = Exit::Rubric;
        failure
    })
}
