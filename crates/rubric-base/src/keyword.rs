//! The words of the language: keywords and units with their spellings, from `grammar/keywords.toml`.

mod table;

pub use table::{KEYWORDS, UNITS};

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
}

/// A keyword.
#[derive(Debug, PartialEq, Eq)]
pub struct Keyword {
    /// Its id, the same in both languages.
    pub id: &'static str,
    /// What sort of word it is.
    pub class: &'static str,
    /// Chinese spellings, the canonical one first.
    pub zh: &'static [&'static str],
    /// English spellings, the canonical one first.
    pub en: &'static [&'static str],
    /// What an editor says about it: Chinese and English.
    pub hover: (&'static str, &'static str),
}

impl Keyword {
    /// The spelling the formatter writes.
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
