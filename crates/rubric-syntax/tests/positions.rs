//! In one grammatical position no spelling means two keywords, so that switching languages word by word is safe.
//!
//! The grammar is read as data. Where a word may stand, all keywords that can come next are gathered (the FIRST
//! sets of what may begin there, the FOLLOW sets of what may be left out), and no two may share a spelling.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};

use pest_meta::ast::{Expr, Rule};
use pest_meta::parser::{self, consume_rules};
use rubric_base::Keyword;

type Words = BTreeSet<String>;

/// What can begin an expression, and whether it can be left out.
#[derive(Clone, Default, PartialEq, Debug)]
struct First {
    words: Words,
    empty: bool,
}

struct Grammar {
    rules: BTreeMap<String, Expr>,
    first: BTreeMap<String, First>,
    follow: BTreeMap<String, Words>,
}

impl Grammar {
    fn read() -> Self {
        let text = concat!(
            include_str!("../../../grammar/keywords.pest"),
            "\n",
            include_str!("../../../grammar/rubric.pest")
        );
        let pairs = parser::parse(parser::Rule::grammar_rules, text).unwrap();
        let rules: Vec<Rule> = consume_rules(pairs).unwrap();
        let rules = rules.into_iter().map(|r| (r.name, r.expr)).collect();
        let mut grammar = Self { rules, first: BTreeMap::new(), follow: BTreeMap::new() };
        while grammar.grow_first() {}
        while grammar.grow_follow() {}
        grammar
    }

    /// One round; says whether anything was new.
    fn grow_first(&mut self) -> bool {
        let new: BTreeMap<String, First> =
            self.rules.iter().map(|(n, e)| (n.clone(), self.first(e))).collect();
        let changed = new != self.first;
        self.first = new;
        changed
    }

    fn grow_follow(&mut self) -> bool {
        let before = self.follow.clone();
        let names: Vec<String> = self.rules.keys().cloned().collect();
        for name in names {
            let expr = self.rules[&name].clone();
            let after = self.follow.get(&name).cloned().unwrap_or_default();
            self.walk(&expr, &after, &mut |_, _| {});
        }
        self.follow != before
    }

    fn first(&self, expr: &Expr) -> First {
        match expr {
            Expr::Ident(name) if name.starts_with("kw_") => {
                let empty = self.rules.get(name).is_some_and(may_be_empty);
                First { words: Words::from([name.clone()]), empty }
            }
            Expr::Ident(name) => self.first.get(name).cloned().unwrap_or_default(),
            Expr::PosPred(_) | Expr::NegPred(_) => First { words: Words::new(), empty: true },
            Expr::Seq(a, b) => {
                let mut first = self.first(a);
                if first.empty {
                    let second = self.first(b);
                    first.words.extend(second.words);
                    first.empty = second.empty;
                }
                first
            }
            Expr::Choice(a, b) => {
                let (mut a, b) = (self.first(a), self.first(b));
                a.words.extend(b.words);
                a.empty |= b.empty;
                a
            }
            Expr::Opt(a) | Expr::Rep(a) | Expr::RepMax(a, _) | Expr::RepMinMax(a, 0, _) => {
                First { empty: true, ..self.first(a) }
            }
            Expr::RepOnce(a) | Expr::RepMin(a, _) | Expr::RepExact(a, _) | Expr::RepMinMax(a, _, _) => {
                self.first(a)
            }
            _ => First::default(),
        }
    }

    /// Visits every position with the words that can stand there, and passes on what can follow each rule.
    fn walk(&mut self, expr: &Expr, after: &Words, seen: &mut dyn FnMut(&Words, &Words)) {
        match expr {
            Expr::Ident(name) => self.follow.entry(name.clone()).or_default().extend(after.iter().cloned()),
            Expr::Seq(a, b) => {
                let next = asked(b).map_or_else(
                    || {
                        let first = self.first(b);
                        let rest = after.iter().filter(|_| first.empty).cloned();
                        first.words.into_iter().chain(rest).collect()
                    },
                    |ahead| self.first(ahead).words,
                );
                self.walk(a, &next, seen);
                self.walk(b, after, seen);
            }
            Expr::Choice(a, b) => {
                seen(&self.first(a).words, &self.first(b).words);
                self.walk(a, after, seen);
                self.walk(b, after, seen);
            }
            Expr::Opt(a) | Expr::RepMax(a, _) => {
                seen(&self.first(a).words, after);
                self.walk(a, after, seen);
            }
            Expr::Rep(a) | Expr::RepOnce(a) | Expr::RepMinMax(a, _, _) | Expr::RepMin(a, _) => {
                let words = self.first(a).words;
                seen(&words, after);
                let again: Words = words.union(after).cloned().collect();
                self.walk(a, &again, seen);
            }
            _ => {}
        }
    }
}

/// What is asked to come next before anything else is read.
fn asked(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::PosPred(ahead) => Some(ahead),
        Expr::Seq(first, _) => asked(first),
        _ => None,
    }
}

/// Whether a keyword may be left out: the last of its alternatives is empty.
fn may_be_empty(expr: &Expr) -> bool {
    matches!(expr, Expr::Choice(_, last) if **last == Expr::Str(String::new()))
}

fn spellings(rule: &str) -> Vec<&'static str> {
    let keyword = Keyword::by_id(rule.trim_start_matches("kw_")).expect(rule);
    keyword.zh.iter().chain(keyword.en).copied().collect()
}

#[test]
fn no_spelling_means_two_words_in_one_position() {
    let mut grammar = Grammar::read();
    let mut clashes = BTreeSet::new();
    let mut positions = 0;
    let rules: Vec<(String, Expr)> = grammar.rules.iter().map(|(n, e)| (n.clone(), e.clone())).collect();
    for (name, expr) in &rules {
        let after = grammar.follow.get(name).cloned().unwrap_or_default();
        grammar.walk(expr, &after, &mut |here, or| {
            positions += 1;
            for (a, b) in here.iter().flat_map(|a| or.iter().map(move |b| (a, b))) {
                if a != b && spellings(a).iter().any(|s| spellings(b).contains(s)) {
                    clashes.insert(format!("{name}: {a} and {b}"));
                }
            }
        });
    }
    assert!(positions > 150, "only {positions} positions were looked at");
    assert!(clashes.is_empty(), "{clashes:#?}");
}
