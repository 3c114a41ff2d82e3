//! What may follow the beginning of a statement, for whoever helps to write it: asked of the grammar itself, by
//! reading the beginning with a sign after it that nothing can read.

use pest::Parser as _;
use rubric_base::Keyword;
use rubric_base::keyword::KEYWORDS;

use crate::attempts::Attempts;
use crate::grammar::{RubricParser, Rule};

/// What may follow.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Expected {
    /// Words of the language, in the order of the table.
    pub keywords: Vec<&'static Keyword>,
    /// A unit.
    pub unit: bool,
    /// A name or a number of a clause.
    pub name: bool,
    /// A number.
    pub number: bool,
    /// A text in quotes.
    pub quoted: bool,
    /// A block.
    pub block: bool,
    /// The end of the statement.
    pub end: bool,
}

/// The kinds of statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statement {
    /// What stands at the top of a rubric.
    Item,
    /// A line of the head.
    Header,
    /// A line of the evidence.
    Field,
    /// A line of a calendar.
    Calendar,
    /// A rule, or a section or clause.
    Rule,
    /// A row of a table.
    Row,
    /// A step of the grades.
    Step,
    /// A line of an example.
    Example,
    /// A line of given evidence.
    Given,
}

/// What may follow `beginning`, the first words of a statement of a kind.
#[must_use]
pub fn may_follow(kind: Statement, beginning: &str) -> Expected {
    let only = match kind {
        Statement::Item => Rule::only_item,
        Statement::Header => Rule::only_header,
        Statement::Field => Rule::only_field,
        Statement::Calendar => Rule::only_calendar,
        Statement::Rule => Rule::only_rule,
        Statement::Row => Rule::only_row,
        Statement::Step => Rule::only_step,
        Statement::Example => Rule::only_example,
        Statement::Given => Rule::only_given,
    };
    if crate::limits::check(rubric_base::FileId::default(), beginning).is_some() {
        return Expected::default();
    }
    let Some(attempts) = Attempts::after(beginning.trim_start(), only) else { return Expected::default() };
    let name = attempts.has("「");
    // A word of the language may be read as a name as well: then nothing that follows a value is meant.
    let word = last_word(beginning);
    let after_word = name && KEYWORDS.iter().any(|k| k.zh.contains(&word) || k.en.contains(&word));
    // Before a value no word is meant that Chinese has behind a name, though English has it there.
    let before_value = attempts.keywords().any(|k| k.class == "function");
    // Words that one language alone has belong to an order of words, which a writer is offered whole.
    let both = |k: &Keyword| !k.zh.is_empty() && !k.en.is_empty();
    let keywords =
        attempts.keywords().filter(|k| both(k) && !((after_word || before_value) && follows_value(k)));
    Expected {
        keywords: keywords.collect(),
        unit: attempts.unit(),
        name,
        number: attempts.has("0..9") && !beginning.ends_with(|c: char| c.is_ascii_digit()),
        quoted: attempts.has("\""),
        block: attempts.has("{"),
        end: RubricParser::parse(only, beginning).is_ok(),
    }
}

fn last_word(text: &str) -> &str {
    text.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

/// What only a value can be followed by.
fn follows_value(keyword: &Keyword) -> bool {
    const IDS: [&str; 9] =
        ["compared", "of", "every", "any", "node_score", "raw_score", "and", "or", "within"];
    ["comparison", "rounding"].contains(&keyword.class) || IDS.contains(&keyword.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(kind: Statement, beginning: &str) -> Vec<&'static str> {
        may_follow(kind, beginning).keywords.iter().map(|k| k.id).collect()
    }

    #[test]
    fn the_grammar_says_what_may_follow() {
        let types = KEYWORDS.iter().filter(|k| k.class == "type").count();
        assert_eq!(words(Statement::Field, "迟到: ").len(), types, "every type");
        assert!(
            words(Statement::Rule, "x 比 100% ")
                .iter()
                .all(|w| w.starts_with("each_") || w.starts_with("round") || w.starts_with("half"))
        );
        assert_eq!(words(Statement::Rule, "每 "), Vec::<&str>::new());
        assert!(may_follow(Statement::Rule, "每 ").name);
        assert!(may_follow(Statement::Rule, "每 迟到 扣 0.5").unit);
        assert!(!may_follow(Statement::Rule, "若 ").unit);
        assert!(words(Statement::Rule, "若 ").contains(&"sum_of"));
        assert!(words(Statement::Rule, "若 迟到 ").contains(&"at_least"));
        assert!(words(Statement::Step, "若 a > 3,").contains(&"becomes"));
        assert!(words(Statement::Row, "90分").contains(&"or_more"));
        assert!(may_follow(Statement::Item, "条款 1 \"a\" ").block);
        assert!(may_follow(Statement::Rule, "每 迟到 扣 0.5分").end);
        assert_eq!(may_follow(Statement::Rule, "每 「 "), Expected::default());
    }
}
