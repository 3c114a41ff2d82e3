//! A rubric as words: what may be broken, and its statements.

use std::ops::Range;

use rubric_base::FileId;
use rubric_syntax::{Token, TokenKind, parse_with_tokens};

/// What a statement belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Block {
    /// The file: clauses, outputs, grades.
    Top,
    /// The head.
    Head,
    /// Declared evidence, or the fields of a list.
    Evidence,
    /// A section or clause, or a group of rules.
    Rules,
    /// A table.
    Table,
    /// The grades.
    Grades,
    /// The conditions of a veto.
    Veto,
    /// A calendar.
    Calendar,
}

/// A statement with all that stands in it.
#[derive(Debug, Clone)]
pub struct Statement {
    /// What it belongs to.
    pub block: Block,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Which block it stands in, so that statements side by side can be told.
    pub parent: usize,
}

/// A rubric to break. Its examples are left as they are: they are what may notice.
#[derive(Debug)]
pub struct Source<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Its words, without those of examples and comments.
    pub tokens: Vec<Token>,
    /// Its statements, without examples.
    pub statements: Vec<Statement>,
}

impl<'a> Source<'a> {
    /// Reads a sound rubric.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let parse = parse_with_tokens(FileId::default(), text);
        assert!(parse.errors.is_empty(), "{:?}", parse.errors.first());
        let tokens = without_examples(text, parse.tokens);
        let statements = statements(text, &tokens);
        Self { text, tokens, statements }
    }

    /// A word as it is written; nothing beyond the end.
    #[must_use]
    pub fn word(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |t| t.span.of(self.text))
    }

    /// The bytes of some tokens.
    #[must_use]
    pub fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        let start = self.tokens[tokens.start].span.range().start;
        start..self.tokens[tokens.end - 1].span.range().end
    }

    /// The text with some bytes replaced.
    #[must_use]
    pub fn with(&self, bytes: &Range<usize>, words: &str) -> String {
        format!("{}{words}{}", &self.text[..bytes.start], &self.text[bytes.end..])
    }
}

/// The token after the `}` that closes the `{` at or after `from`.
fn after_block(tokens: &[Token], from: usize) -> usize {
    let mut depth = 0_usize;
    for (i, token) in tokens.iter().enumerate().skip(from) {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close if depth == 1 => return i + 1,
            TokenKind::Close => depth -= 1,
            _ => {}
        }
    }
    tokens.len()
}

fn without_examples(text: &str, tokens: Vec<Token>) -> Vec<Token> {
    let mut kept = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.span.of(text) == "示例" {
            at = after_block(&tokens, at);
            continue;
        }
        if token.kind != TokenKind::Comment {
            kept.push(*token);
        }
        at += 1;
    }
    kept
}

/// What the braces after a statement's head hold.
fn inner(first: &str, outer: Block) -> Block {
    match first {
        "标准" => Block::Head,
        "填报" | "以下由参评单位填报" => Block::Evidence,
        "大项" | "条款" | "另扣" | "另加" | "只计最重" => Block::Rules,
        "等级" => Block::Grades,
        "一票否决" => Block::Veto,
        "日历" => Block::Calendar,
        // The fields of a list stand behind their name; all other braces in rules and values are tables.
        _ if outer == Block::Evidence => Block::Evidence,
        _ => Block::Table,
    }
}

fn statements(text: &str, tokens: &[Token]) -> Vec<Statement> {
    let mut found = Vec::new();
    // Open blocks: what they hold, their number, where their current statement begins.
    let mut open = vec![(Block::Top, 0, 0)];
    let mut blocks = 0;
    for (i, token) in tokens.iter().enumerate() {
        let gap =
            i.checked_sub(1).map_or("", |p| &text[tokens[p].span.range().end..token.span.range().start]);
        let ends = gap.contains(['\n', ';', '；', '。']);
        let (block, parent, start) = *open.last().unwrap();
        if (ends || token.kind == TokenKind::Close) && start < i && balanced(&tokens[start..i]) {
            found.push(Statement { block, tokens: start..i, parent });
            open.last_mut().unwrap().2 = i;
        }
        match token.kind {
            TokenKind::Open => {
                let start = open.last().unwrap().2;
                let head = tokens[start].span.of(text);
                blocks += 1;
                // A weight by a table stands in the head of a clause: its braces are not the clause's.
                let weighs = tokens[start..i].iter().any(|t| t.span.of(text) == "权重");
                let table = tokens[start..i].iter().rposition(|t| t.span.of(text) == "按");
                let closed = tokens[start..i].iter().rposition(|t| t.kind == TokenKind::Close);
                let kind = if weighs && table.is_some() && closed < table {
                    Block::Table
                } else {
                    inner(head, block)
                };
                open.push((kind, blocks, i + 1));
            }
            TokenKind::Close if open.len() > 1 => {
                open.pop();
            }
            _ => {}
        }
    }
    let (block, parent, start) = open[0];
    if start < tokens.len() {
        found.push(Statement { block, tokens: start..tokens.len(), parent });
    }
    found
}

fn balanced(tokens: &[Token]) -> bool {
    let count = |kind| tokens.iter().filter(|t| t.kind == kind).count();
    count(TokenKind::Open) == count(TokenKind::Close)
}
