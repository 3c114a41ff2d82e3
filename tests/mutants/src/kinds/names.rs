//! Names misspelt, or one for another.

use rubric_syntax::TokenKind;

use super::{Mutant, replaced};
use crate::source::{Block, Source};

pub(super) fn mutants(source: &Source<'_>) -> Vec<Mutant> {
    let declared = declared(source);
    let mut all = Vec::new();
    for (i, token) in source.tokens.iter().enumerate() {
        let (word, bytes) = (source.word(i), token.span.range());
        match token.kind {
            TokenKind::Name => {
                let short: String = word.chars().take(word.chars().count() - 1).collect();
                if !short.is_empty() && !word.starts_with('「') {
                    all.push(replaced(source, "name cut short", &bytes, &short));
                    all.push(replaced(source, "name with a wrong letter", &bytes, &format!("{short}甲")));
                }
                if let Some(other) = beside(&declared, word) {
                    all.push(replaced(source, "name beside it in the list", &bytes, other));
                }
            }
            TokenKind::ClauseNumber => {
                all.push(replaced(source, "clause number typed twice", &bytes, &format!("{word}1")));
            }
            _ => {}
        }
    }
    all
}

/// Names that are declared or listed, each with those on the lines beside it.
fn declared<'a>(source: &Source<'a>) -> Vec<&'a str> {
    let fields = source.statements.iter().filter(|s| s.block == Block::Evidence);
    let mut names: Vec<&str> = fields.map(|s| source.word(s.tokens.start)).collect();
    // Choices and grades stand side by side in one statement.
    for (i, token) in source.tokens.iter().enumerate() {
        let next = source.tokens.get(i + 1);
        let listed = next.is_some_and(|n| {
            n.kind == TokenKind::Name
                && source.text[token.span.range().end..n.span.range().start].trim() == "、"
        });
        if token.kind == TokenKind::Name && listed {
            names.extend([source.word(i), source.word(i + 1)]);
        }
    }
    names
}

fn beside<'a>(declared: &[&'a str], name: &str) -> Option<&'a str> {
    let at = declared.iter().position(|n| *n == name)?;
    let next = declared.get(at + 1).or_else(|| declared.get(at.checked_sub(1)?))?;
    (*next != name).then_some(*next)
}
