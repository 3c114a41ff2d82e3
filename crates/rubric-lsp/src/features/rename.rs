//! Renaming: everywhere at once, never into a clash, in 「」 where the new name needs them.

use std::collections::BTreeSet;

use rubric_base::keyword::KEYWORDS;
use rubric_base::{FileId, Span};

use super::Context;
use super::references::{Home, all, home};
use crate::names::{Mention, Names, Owner, Symbol};
use crate::to_proto::Edit;
use crate::uri::Key;
use crate::world::World;

/// The name at an offset, where it may be renamed.
///
/// # Errors
/// In the editor's language, where there is no name.
pub fn prepare(cx: Context<'_>, offset: usize) -> Result<(Span, String), String> {
    let (span, home) =
        home(cx, offset).ok_or_else(|| cx.say("这里没有可以改的名称", "there is no name here to change"))?;
    Ok((span, home.symbol.name().to_owned()))
}

/// The edits that rename what stands at an offset.
///
/// # Errors
/// In the editor's language, where the new name cannot be given.
pub fn edits(cx: Context<'_>, offset: usize, new: &str) -> Result<Vec<(Key, Vec<Edit>)>, String> {
    prepare(cx, offset)?;
    let (_, home) = home(cx, offset).ok_or_else(String::new)?;
    let bare = new.trim().trim_start_matches('「').trim_end_matches('」');
    may_be_named(cx, &home, bare)?;
    let written = |mention: &Mention, text: &str| {
        let bracketed = mention.span.of(text).starts_with('「');
        let keeps = bracketed && !matches!(home.symbol, Symbol::Node(_));
        spelled(&home.symbol, bare, keeps || needs_brackets(mention, text))
    };
    let mut edits = Vec::new();
    for (key, mentions) in all(cx.world, &home) {
        let Some(document) = cx.world.get(&key) else { continue };
        let list: Vec<Edit> =
            mentions.iter().map(|m| Edit::new(m.span, written(m, &document.text))).collect();
        if !means_the_same(cx.world, &key, &list) {
            return Err(cx.say(
                format!("改成「{bare}」会与别的名称相混"),
                format!("`{bare}` would be taken for something else"),
            ));
        }
        edits.push((key, list));
    }
    Ok(edits)
}

fn may_be_named(cx: Context<'_>, home: &Home, bare: &str) -> Result<(), String> {
    if bare.is_empty() || bare.contains(['「', '」', '\n', '\r']) {
        return Err(cx.say(
            "名称不能是空的，也不能有「」或换行",
            "a name cannot be empty, nor hold 「」 or a new line",
        ));
    }
    let keyword =
        KEYWORDS.iter().any(|k| k.zh.iter().chain(k.en).any(|s| s.split(' ').any(|word| word == bare)));
    if keyword {
        return Err(
            cx.say(format!("「{bare}」是关键词，不能作名称"), format!("`{bare}` is a word of the language"))
        );
    }
    let names = cx.world.get(&home.key).and_then(|d| d.analysis.as_ref()).map(|a| a.names());
    let clash = names
        .into_iter()
        .flat_map(Names::declared)
        .find(|(other, _)| **other != home.symbol && other.name() == bare && same_room(&home.symbol, other));
    match clash {
        Some(_) => Err(cx.say(format!("已经有「{bare}」了"), format!("there is a `{bare}` already"))),
        None => Ok(()),
    }
}

/// Whether two symbols may not share a name.
fn same_room(a: &Symbol, b: &Symbol) -> bool {
    const fn plain(s: &Symbol) -> bool {
        matches!(s, Symbol::Evidence(_) | Symbol::Let(_) | Symbol::Output(_))
    }
    fn owner(s: &Symbol) -> Option<&Owner> {
        if let Symbol::Choice(owner, _) = s { Some(owner) } else { None }
    }
    match (a, b) {
        (Symbol::Field(l, _), Symbol::Field(m, _)) => l == m,
        (Symbol::Unit(l, _), Symbol::Unit(m, _)) => l == m,
        (Symbol::Choice(..), Symbol::Choice(..)) => owner(a) == owner(b),
        (Symbol::Node(_), Symbol::Node(_)) | (Symbol::Grade(_), Symbol::Grade(_)) => true,
        (Symbol::Import(_), Symbol::Import(_)) => true,
        _ => plain(a) && plain(b),
    }
}

/// The number of a clause stands in 「」 where its score is meant, and stays so.
fn needs_brackets(mention: &Mention, text: &str) -> bool {
    !mention.declares && mention.span.of(text).starts_with('「')
}

fn spelled(symbol: &Symbol, bare: &str, brackets: bool) -> String {
    let mut chars = bare.chars();
    let word = chars.next().is_some_and(char::is_alphabetic)
        && chars.all(|c| c.is_alphabetic() || c.is_numeric() || c == '_');
    let number = matches!(symbol, Symbol::Node(_))
        && bare.split('.').enumerate().all(|(i, part)| {
            let of = |c: char| if i == 0 { c.is_alphanumeric() } else { c.is_ascii_digit() };
            !part.is_empty() && part.chars().all(of)
        });
    if (word || number) && !brackets { bare.to_owned() } else { format!("「{bare}」") }
}

/// Whether every name still means what it meant: read again with the edits made, the same places are names, and
/// places that were one symbol are one symbol still.
fn means_the_same(world: &World, key: &Key, edits: &[Edit]) -> bool {
    let Some(document) = world.get(key) else { return false };
    let Some(analysis) = &document.analysis else { return false };
    let mut text = document.text.clone();
    for edit in edits.iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    let parse = rubric_syntax::parse(FileId::default(), &text);
    if parse.holes.len() != analysis.parse.holes.len() {
        return false;
    }
    let after = Names::of(&parse.file);
    let (old, new) = (analysis.names().all(), after.all());
    let pairs: BTreeSet<(usize, usize)> = old.iter().zip(new).map(|(a, b)| (a.symbol, b.symbol)).collect();
    let ones: BTreeSet<usize> = pairs.iter().map(|p| p.0).collect();
    let others: BTreeSet<usize> = pairs.iter().map(|p| p.1).collect();
    old.len() == new.len() && pairs.len() == ones.len() && pairs.len() == others.len()
}
