//! Texts: the formatter, both languages, and that nothing panics.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rubric_base::FileId;
use rubric_check::check_with;
use rubric_syntax::{FormatError, Keywords, TokenKind, format, parse, parse_with_tokens};

use super::{Holds, checked, evaluates, files, read_all, shown};
use crate::fill::Filled;
use crate::generate;
use crate::rng::Rng;

fn formatted(text: &str, keywords: Keywords) -> Result<String, String> {
    format(text, keywords).map_err(|e| match e {
        FormatError::Changed => format!("{keywords:?}: would change the meaning"),
        FormatError::Unreadable(findings) => {
            let first = findings.first().map(|d| d.message.en.clone()).unwrap_or_default();
            format!("{keywords:?}: unreadable: {first}")
        }
    })
}

/// What is formatted means the same, is its own form, and comes back from the other language in the same bytes.
///
/// # Errors
/// What does not.
pub fn formats(text: &str) -> Holds {
    let tree = parse(FileId::default(), text).file;
    for keywords in [Keywords::Keep, Keywords::Zh, Keywords::En] {
        let once = formatted(text, keywords)?;
        if parse(FileId::default(), &once).file != tree {
            return Err(format!("{keywords:?} gives another tree:\n{once}"));
        }
        let twice = formatted(&once, keywords)?;
        if twice != once {
            return Err(format!("{keywords:?} twice differs:\n{}", difference(&once, &twice)));
        }
    }
    let zh = formatted(text, Keywords::Zh)?;
    let en = formatted(&zh, Keywords::En)?;
    let back = formatted(&en, Keywords::Zh)?;
    if back != zh {
        return Err(format!("zh to en to zh:\n{}", difference(&zh, &back)));
    }
    if formatted(&back, Keywords::En)? != en {
        return Err("en to zh to en differs".to_owned());
    }
    Ok(())
}

fn difference(a: &str, b: &str) -> String {
    let lines = a.lines().zip(b.lines()).filter(|(x, y)| x != y).take(3);
    lines.map(|(x, y)| format!("  {x}\n  {y}\n")).collect()
}

/// The Chinese and the English form give the same results.
///
/// # Errors
/// What differs.
pub fn same_in_both(text: &str, filled: &Filled) -> Holds {
    let mut results = Vec::new();
    for keywords in [Keywords::Keep, Keywords::Zh, Keywords::En] {
        let program = checked(&formatted(text, keywords)?).map_err(|e| e.join("\n"))?;
        let data = read_all(&program, filled, &filled.in_order())?;
        results.push(shown(&evaluates(&program, &data)?));
    }
    if results[0] == results[1] && results[1] == results[2] { Ok(()) } else { Err(format!("{results:#?}")) }
}

/// What input methods produce instead of the ASCII signs means the same.
///
/// # Errors
/// Where it does not.
pub fn wide_signs(text: &str, rng: &mut Rng) -> Holds {
    let parsed = parse_with_tokens(FileId::default(), text);
    let mut out = String::new();
    let mut end = 0;
    for token in &parsed.tokens {
        let span = token.span.range();
        out.push_str(&widened(&text[end..span.start], rng, ",;():="));
        let signs = match token.kind {
            TokenKind::Number => "0123456789.",
            TokenKind::Open | TokenKind::Close => "{}",
            TokenKind::Unit("percent") => "%",
            _ => "",
        };
        out.push_str(&widened(&text[span.clone()], rng, signs));
        end = span.end;
    }
    out.push_str(&text[end..]);
    let wide = parse(FileId::default(), &out);
    if wide.file != parsed.file || wide.errors.len() != parsed.errors.len() {
        let errors: Vec<String> = wide.errors.iter().map(super::told).collect();
        return Err(format!("wide signs mean something else: {errors:?}\n{out}"));
    }
    let (narrow, wide) = (formatted(text, Keywords::Zh)?, formatted(&out, Keywords::Zh)?);
    if narrow == wide { Ok(()) } else { Err(difference(&narrow, &wide)) }
}

/// Some of the signs as the wide twin that lies at a fixed distance.
fn widened(text: &str, rng: &mut Rng, signs: &str) -> String {
    let twin = |c: char| char::from_u32(u32::from(c) + 0xFEE0).unwrap();
    text.chars().map(|c| if signs.contains(c) && rng.percent(30) { twin(c) } else { c }).collect()
}

/// Neither parser nor checker nor formatter panics, and what can be read can be written.
///
/// # Errors
/// Which of them does.
pub fn no_panic(text: &str) -> Holds {
    let guarded = |what: &str, run: &dyn Fn()| {
        catch_unwind(AssertUnwindSafe(run)).map_err(|_| format!("{what} panics"))
    };
    guarded("parse", &|| drop(parse(FileId::default(), text)))?;
    let parsed = parse(FileId::default(), text);
    let check = || check_with(FileId::default(), text, &parsed.file, &files(&parsed.file, &generate::file));
    guarded("check", &|| drop(check()))?;
    for finding in parsed.errors.iter().chain(&check().diagnostics) {
        for place in finding
            .labels
            .iter()
            .map(|l| l.place)
            .chain(finding.fixes.iter().flat_map(|f| f.edits.iter().map(|e| e.place)))
        {
            if text.get(place.span.range()).is_none() {
                return Err(format!("{} underlines {:?}, which is no text", finding.code.name(), place.span));
            }
        }
    }
    for keywords in [Keywords::Keep, Keywords::Zh, Keywords::En] {
        guarded("format", &|| drop(format(text, keywords)))?;
        if matches!(format(text, keywords), Err(FormatError::Changed)) {
            return Err(format!("{keywords:?}: the formatter would change the meaning"));
        }
    }
    Ok(())
}
