//! `rubricc explain`: what a code means.

use rubric_base::near::nearest;
use rubric_base::{Code, Language, Level};

use crate::cli::ExplainArgs;
use crate::exit::{Exit, Failure, put};
use crate::load::Session;

/// The pages: after a line `## CODE zh` or `## CODE en` follows that page.
const PAGES: &str = include_str!("../pages.md");

/// Prints level, titles and the page, if there is one.
pub fn run(args: &ExplainArgs, session: &Session) -> Result<Exit, Failure> {
    let Ok(code) = args.code.parse::<Code>() else {
        return Err(unknown(&args.code));
    };
    let level = match (session.language, code.level()) {
        (Language::Zh, Level::Error) => "错误",
        (Language::Zh, Level::Warning) => "警告",
        (Language::Zh, Level::Note) => "提示",
        (Language::En, level) => level.name(),
    };
    let (zh, en) = code.title();
    let (first, second) = match session.language {
        Language::Zh => (zh, en),
        Language::En => (en, zh),
    };
    let mut text = format!("{code} ({level}) {first}\n{second}\n");
    if let Some(page) = page(PAGES, code, session.language) {
        text.push_str(&format!("\n{page}\n"));
    }
    put(&text)
}

fn unknown(word: &str) -> Failure {
    match nearest(&word.to_ascii_uppercase(), Code::ALL.iter().map(|c| c.name())) {
        Some(near) => Failure::usage(
            format!("没有代码 {word};是 {near} 吗?"),
            format!("no code {word}; did you mean {near}?"),
        ),
        None => Failure::usage(format!("没有代码 {word}"), format!("no code {word}")),
    }
}

fn page(pages: &'static str, code: Code, language: Language) -> Option<&'static str> {
    let language = match language {
        Language::Zh => "zh",
        Language::En => "en",
    };
    let wanted = format!("{code} {language}");
    let found = pages.split("\n## ").skip(1).find_map(|part| part.strip_prefix(wanted.as_str()));
    found.map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_belong_to_codes_in_both_languages() {
        for head in PAGES.lines().filter_map(|line| line.strip_prefix("## ")) {
            let code: Code = head.split(' ').next().unwrap_or_default().parse().unwrap();
            assert!(page(PAGES, code, Language::Zh).is_some(), "{code}");
            assert!(page(PAGES, code, Language::En).is_some(), "{code}");
        }
    }
}
