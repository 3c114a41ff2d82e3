//! One plain finding, in both languages, with its places and fixes.

use crate::code::{Code, Level};
use crate::keyword::Language;
use crate::span::{Place, Span};

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// Both sentences at once.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The sentence in one language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// A place underlined, and what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What to say under it; may be empty.
    pub text: Text,
}

/// A replacement of the words under a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub place: Place,
    /// By what.
    pub text: String,
}

/// A way to mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does.
    pub title: Text,
    /// Edits that do not overlap, applied together.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind; its page is `rubricc explain CODE`.
    pub code: Code,
    /// How grave, after the rubric's own settings.
    pub level: Level,
    /// What is wrong.
    pub message: Text,
    /// Where; the first label is the primary place.
    pub labels: Vec<Label>,
    /// How to mend it, in words; empty where the message says it all.
    pub help: Text,
    /// Mends that an editor can apply.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A finding at one place, at the level its code has.
    #[must_use]
    pub fn new(code: Code, place: Place, message: Text) -> Self {
        let labels = vec![Label { place, text: Text::default() }];
        Self { code, level: code.level(), message, labels, help: Text::default(), fixes: Vec::new() }
    }

    /// Says something under the primary place.
    #[must_use]
    pub fn here(mut self, text: Text) -> Self {
        if let Some(first) = self.labels.first_mut() {
            first.text = text;
        }
        self
    }

    /// Underlines a further place.
    #[must_use]
    pub fn label(mut self, place: Place, text: Text) -> Self {
        self.labels.push(Label { place, text });
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, text: Text) -> Self {
        self.help = text;
        self
    }

    /// Offers a mend of one edit.
    #[must_use]
    pub fn fix(mut self, title: Text, place: Place, text: impl Into<String>) -> Self {
        self.fixes.push(Fix { title, edits: vec![Edit { place, text: text.into() }] });
        self
    }

    /// The primary place.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        self.labels.first().map(|l| l.place)
    }

    /// The primary span; empty at the start where there is none.
    #[must_use]
    pub fn span(&self) -> Span {
        self.place().map(|p| p.span).unwrap_or_default()
    }
}
