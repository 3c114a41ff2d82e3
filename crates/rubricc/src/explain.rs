//! `rubricc explain`: what a code means.

use rubric_base::near::nearest;
use rubric_base::{Code, Language, Level};

use crate::cli::ExplainArgs;
use crate::exit::{Exit, Failure, put};
use crate::load::Session;
use crate::pages;

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
    if let Some(page) = pages::page(code) {
        text.push_str(&format!("\n{}\n", pages::shown(page, session.language)));
    }
    put(&text)
}

fn unknown(word: &str) -> Failure {
    match nearest(&word.to_ascii_uppercase(), Code::ALL.iter().map(|c| c.name())) {
        Some(near) => Failure::usage(
            format!("没有代码 {word}；是 {near} 吗？"),
            format!("no code {word}; did you mean {near}?"),
        ),
        None => Failure::usage(format!("没有代码 {word}"), format!("no code {word}")),
    }
}
