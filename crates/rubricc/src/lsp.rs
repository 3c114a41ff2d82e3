//! `rubricc lsp`: the language server over standard input and output.

use std::fs;
use std::path::PathBuf;

use rubric_base::{Code, Language, Text};
use rubric_lsp::Options;
use rubric_lsp::uri::Key;

use crate::exit::{Exit, Failure};
use crate::load::Session;
use crate::pages;

/// Serves one editor until it says goodbye.
pub fn run(session: &Session) -> Result<Exit, Failure> {
    let options = Options { language: session.language, page: page_address, long: rubric_lsp::LONG };
    match rubric_lsp::serve_stdio(options) {
        Ok(true) => Ok(Exit::Done),
        Ok(false) => Err(Failure::shown(Exit::Usage)),
        Err(error) => Err(Failure {
            exit: Exit::Usage,
            text: Text::new(format!("与编辑器的连接中断：{error}"), format!("the editor went away: {error}")),
        }),
    }
}

/// The page of a code as a file that an editor can open, written when it is first wanted; none where nothing can be
/// written.
fn page_address(code: Code, language: Language) -> Option<String> {
    let (suffix, (zh, en)) = match language {
        Language::Zh => ("zh", code.title()),
        Language::En => ("en", code.title()),
    };
    let folder = cache()?.join("rubricc").join(env!("CARGO_PKG_VERSION"));
    let path = folder.join(format!("{}.{suffix}.md", code.name()));
    if !path.exists() {
        let title = if language == Language::Zh { zh } else { en };
        let page = pages::shown(pages::page(code)?, language);
        fs::create_dir_all(&folder).ok()?;
        crate::files::write(&path, &format!("# {} {title}\n\n{page}\n", code.name())).ok()?;
    }
    Some(Key::of_path(&path).uri().as_str().to_owned())
}

/// Where programs keep what they can write again.
fn cache() -> Option<PathBuf> {
    let of = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let home = || of("HOME").map(|home| home.join(".cache"));
    of("XDG_CACHE_HOME").or_else(|| of("LOCALAPPDATA")).or_else(home).filter(|path| path.is_absolute())
}
