//! Whole statements left out, written twice or exchanged, and parts of them.

use std::ops::Range;

use super::{Mutant, replaced};
use crate::source::{Block, Source, Statement};

pub(super) fn mutants(source: &Source<'_>) -> Vec<Mutant> {
    let mut all = Vec::new();
    for (i, statement) in source.statements.iter().enumerate() {
        let bytes = source.bytes(&statement.tokens);
        let words = &source.text[bytes.clone()];
        let [dropped, twice, exchanged] = names(statement, source);
        all.push(Mutant { now: "(nothing)".to_owned(), ..replaced(source, dropped, &bytes, "") });
        all.push(Mutant {
            now: words.to_owned(),
            ..replaced(source, twice, &bytes, &format!("{words}\n{words}"))
        });
        let later = source.statements.get(i + 1..).unwrap_or_default();
        if let Some(next) = later.iter().find(|s| s.parent == statement.parent) {
            all.extend(exchange(source, exchanged, &bytes, &source.bytes(&next.tokens)));
        }
        all.extend(parts(source, statement));
    }
    all
}

/// What it is called if a statement is left out, written twice, or exchanged with the next.
fn names(statement: &Statement, source: &Source<'_>) -> [&'static str; 3] {
    let clause = ["大项", "条款", "另扣", "另加"].contains(&source.word(statement.tokens.start));
    match statement.block {
        _ if clause => ["clause left out", "clause written twice", "clauses exchanged"],
        Block::Top => ["statement left out", "statement written twice", "statements exchanged"],
        Block::Head => ["line of the head left out", "line of the head twice", "lines of the head exchanged"],
        Block::Evidence => ["evidence left out", "evidence declared twice", "evidence exchanged"],
        Block::Rules => ["rule left out", "rule written twice", "rules exchanged"],
        Block::Table => ["row left out", "row written twice", "rows exchanged"],
        Block::Grades => {
            ["step of the grades left out", "step of the grades twice", "steps of the grades exchanged"]
        }
        Block::Veto => ["ground of a veto left out", "ground of a veto twice", "grounds of a veto exchanged"],
        Block::Calendar => {
            ["line of the calendar left out", "line of the calendar twice", "calendar exchanged"]
        }
    }
}

fn exchange(source: &Source<'_>, kind: &'static str, a: &Range<usize>, b: &Range<usize>) -> Option<Mutant> {
    if a.end > b.start {
        return None;
    }
    let text = source.text;
    let parts = [&text[..a.start], &text[b.clone()], &text[a.end..b.start], &text[a.clone()], &text[b.end..]];
    Some(Mutant { kind, text: parts.concat(), at: a.start, now: text[b.clone()].to_owned() })
}

/// Parts of a statement that are left out: from a word to the end of the part.
const PARTS: &[(&str, &str)] = &[
    ("cap left out", "最高"),
    ("filter left out", "其中"),
    ("once left out", "同一"),
    ("otherwise left out", "否则"),
    ("part steps left out", "不足"),
    ("default left out", "未填视为"),
    ("sample left out", "抽查"),
    ("most rows left out", "至多"),
    ("rounding left out", "四舍五入"),
    ("scale left out", "折算"),
    ("weight left out", "权重"),
];

fn parts(source: &Source<'_>, statement: &Statement) -> Vec<Mutant> {
    let range = statement.tokens.clone();
    let mut all = Vec::new();
    for at in range.clone() {
        let Some((kind, _)) = PARTS.iter().find(|(_, word)| *word == source.word(at)) else { continue };
        // The part ends before the next sign or block; the comma before it goes with it.
        let end = (at + 1..range.end).find(|i| ends_part(source, *i)).unwrap_or(range.end);
        let mut bytes = source.bytes(&(at..end));
        let before = &source.text[..bytes.start];
        if before.trim_end().ends_with([',', '，']) {
            bytes.start =
                before.trim_end().len() - before.trim_end().chars().last().map_or(0, char::len_utf8);
        }
        all.push(Mutant { now: "(nothing)".to_owned(), ..replaced(source, kind, &bytes, "") });
    }
    all
}

fn ends_part(source: &Source<'_>, at: usize) -> bool {
    let gap = &source.text[source.tokens[at - 1].span.range().end..source.tokens[at].span.range().start];
    gap.contains([',', '，', '\n', ';', '；']) || ["{", "}", "扣", "得"].contains(&source.word(at))
}
