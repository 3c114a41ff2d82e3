//! Names resolved from the tree against those of the checked program: wherever the checker lowered a name, the
//! tree's meaning must be the same, and no name of a sound rubric may be left without one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use rubric_base::{FileId, Level, Span};
use rubric_lsp::names::{Names, Symbol};
use rubric_program::{Expr, ExprKind, Program, Type};
use rubric_suite::generate;
use rubric_syntax::{TokenKind, parse_with_tokens};

fn exprs<'p>(program: &'p Program, see: &mut impl FnMut(&'p Expr)) {
    for node in &program.nodes {
        node.rules.iter().for_each(|rule| rule.visit(see));
        node.start.iter().chain(&node.weight).for_each(|e| e.visit(see));
        node.not_applicable.iter().for_each(|n| n.condition.visit(see));
    }
    program.lets.iter().chain(&program.outputs).for_each(|n| n.value.visit(see));
    program.graded.iter().for_each(|e| e.visit(see));
    program.verify.iter().for_each(|v| v.condition.visit(see));
    program.ranking.iter().flat_map(|r| &r.keys).for_each(|k| k.key.visit(see));
}

/// Whether the program's meaning of an expression is the tree's.
fn agree(program: &Program, expr: &Expr, symbol: &Symbol) -> bool {
    match (&expr.kind, symbol) {
        (ExprKind::Evidence(id), Symbol::Evidence(name)) => program.evidence[id.0].name == *name,
        (ExprKind::Let(id), Symbol::Let(name)) => program.lets[id.0].name == *name,
        (ExprKind::Output(id), Symbol::Output(name)) => program.outputs[id.0].name == *name,
        (ExprKind::Field(_), Symbol::Field(..)) => true,
        // A rule of no clause is copied for each clause that its rows may cite.
        (ExprKind::Text(number), Symbol::Field(..)) => program.nodes.iter().any(|n| n.number == *number),
        (ExprKind::Text(text), Symbol::Choice(_, name) | Symbol::Grade(name)) => text == name,
        (ExprKind::Text(_), Symbol::Imported(..)) => true,
        _ => false,
    }
}

fn compare(text: &str, what: &str) -> usize {
    let parse = parse_with_tokens(FileId::default(), text);
    let checked = rubric_check::check(FileId::default(), text, &parse.file);
    let names = Names::of(&parse.file);
    let mention = |span: Span| names.all().iter().find(|m| m.span == span);
    let mut seen = 0;
    exprs(&checked.program, &mut |expr| {
        let named = match expr.kind {
            ExprKind::Evidence(_) | ExprKind::Field(_) | ExprKind::Let(_) | ExprKind::Output(_) => true,
            ExprKind::Text(_) => expr.ty != Type::Text,
            _ => false,
        };
        if !named || expr.span.of(text).is_empty() {
            return;
        }
        seen += 1;
        let words = expr.span.of(text);
        let Some(mention) = mention(expr.span) else { panic!("{what}: no meaning for `{words}`\n{text}") };
        let symbol = names.symbol(mention).unwrap();
        assert!(
            agree(&checked.program, expr, symbol),
            "{what}: `{words}` is {:?} and {symbol:?}\n{text}",
            expr.kind
        );
    });
    if parse.errors.is_empty() && checked.diagnostics.iter().all(|d| d.level != Level::Error) {
        let subjects = parse.file.items.iter().find_map(|i| match i {
            rubric_syntax::ast::Item::Header(h) => h.entries.iter().find_map(|e| match e {
                rubric_syntax::ast::HeaderEntry::Subjects(name) => Some(name.at.0),
                _ => None,
            }),
            _ => None,
        });
        for token in parse.tokens.iter().filter(|t| t.kind == TokenKind::Name && Some(t.span) != subjects) {
            assert!(
                mention(token.span).is_some(),
                "{what}: `{}` has no meaning\n{text}",
                token.span.of(text)
            );
        }
    }
    seen
}

#[test]
fn names_of_random_rubrics_mean_what_the_checker_says() {
    let seen: usize = (0..200).map(|seed| compare(&generate::rubric(seed, 6), &format!("seed {seed}"))).sum();
    assert!(seen > 4_000, "{seen}");
}

#[test]
fn names_of_real_rubrics_mean_what_the_checker_says() {
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rubrics")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|e| e == "rubric") {
                seen += compare(&std::fs::read_to_string(&entry).unwrap(), &entry.display().to_string());
            }
        }
    }
    assert!(seen > 300, "{seen}");
}
