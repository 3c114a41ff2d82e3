//! The words of the language: keywords and units with their spellings, from `grammar/keywords.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

mod table;

pub use table::{KEYWORDS, UNITS};

/// How much of a text tells its language, in bytes.
const BEGINNING: usize = 64 << 10;

/// The words of all keywords.
static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let spellings = KEYWORDS.iter().flat_map(|k| k.zh.iter().chain(k.en));
    spellings.flat_map(|spelling| spelling.split(' ')).filter(|word| !word.is_empty()).collect()
});

/// A language of messages and keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Language {
    /// The language a spelling belongs to: what is all ASCII (or `m²`) is English.
    #[must_use]
    pub fn of_spelling(word: &str) -> Self {
        if word.chars().any(|c| c > '\u{2000}') { Self::Zh } else { Self::En }
    }

    /// The language that most keywords of a rubric are spelled in: told from the words of its beginning, without reading
    /// it as a rubric, which would cost more than all else that asks. Words in quotes and comments do not count.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let (mut chinese, mut english) = (0_usize, 0_usize);
        let mut seen = 0;
        for line in text.split_inclusive('\n').take_while(|line| {
            seen += line.len();
            seen <= BEGINNING
        }) {
            let mut quoted = false;
            for part in line.split(['"', '“', '”']) {
                let code = part.split("//").next().unwrap_or_default();
                for word in code.split(|c: char| !c.is_alphabetic()).filter(|w| !quoted && WORDS.contains(w))
                {
                    *(if Self::of_spelling(word) == Self::En { &mut english } else { &mut chinese }) += 1;
                }
                if !quoted && code.len() < part.len() {
                    break;
                }
                quoted = !quoted;
            }
        }
        if english > chinese { Self::En } else { Self::Zh }
    }
}

/// A keyword.
#[derive(Debug, PartialEq, Eq)]
pub struct Keyword {
    /// Its id, the same in both languages.
    pub id: &'static str,
    /// What sort of word it is.
    pub class: &'static str,
    /// Chinese spellings, the canonical one first; none where Chinese does without the word.
    pub zh: &'static [&'static str],
    /// English spellings, the canonical one first; none where English does without the word.
    pub en: &'static [&'static str],
    /// What an editor says about it: Chinese and English.
    pub hover: (&'static str, &'static str),
}

impl Keyword {
    /// The spelling the formatter writes; empty where the language does without the word.
    #[must_use]
    pub fn canonical(&self, language: Language) -> &'static str {
        let spellings = match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        };
        spellings.first().copied().unwrap_or_default()
    }

    /// The keyword with this id.
    #[must_use]
    pub fn by_id(id: &str) -> Option<&'static Self> {
        KEYWORDS.iter().find(|k| k.id == id)
    }
}

/// A unit.
#[derive(Debug, PartialEq, Eq)]
pub struct UnitWord {
    /// Its id.
    pub id: &'static str,
    /// Chinese spellings, the canonical one first.
    pub zh: &'static [&'static str],
    /// English spellings: the plural, then the singular where it differs.
    pub en: &'static [&'static str],
}

impl UnitWord {
    /// The unit with this id.
    #[must_use]
    pub fn by_id(id: &str) -> Option<&'static Self> {
        UNITS.iter().find(|u| u.id == id)
    }

    /// The unit written so.
    #[must_use]
    pub fn by_spelling(word: &str) -> Option<&'static Self> {
        UNITS.iter().find(|u| u.zh.contains(&word) || u.en.contains(&word))
    }

    /// How it is written after a number: in English one takes the singular.
    #[must_use]
    pub fn spelling(&self, language: Language, one: bool) -> &'static str {
        match language {
            Language::Zh => self.zh.first().copied().unwrap_or_default(),
            Language::En if one => self.en.last().copied().unwrap_or_default(),
            Language::En => self.en.first().copied().unwrap_or_default(),
        }
    }
}

/// A place in English, from its digits: `1st`, `2nd`, `11th`.
#[must_use]
pub fn ordinal(digits: &str) -> String {
    let teen = digits.chars().rev().nth(1) == Some('1');
    let ending = match digits.chars().last() {
        Some('1') if !teen => "st",
        Some('2') if !teen => "nd",
        Some('3') if !teen => "rd",
        _ => "th",
    };
    format!("{digits}{ending}")
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_language_of_a_text_is_that_of_its_keywords() {
        for (text, language) in [
            ("", Language::Zh),
            ("标准 \"section clause\" { 年度 2024 } // evidence clause count", Language::Zh),
            ("rubric \"标准\" {\n  year 2024 // 条款、满分\n}\nevidence { 办件量: count }\n", Language::En),
            ("条款 1 \"http://x\" 1分 { 扣 1分 }\n", Language::Zh),
        ] {
            assert_eq!(Language::of_text(text), language, "{text}");
        }
    }
}
