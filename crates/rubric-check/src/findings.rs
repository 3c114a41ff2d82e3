//! The texts of findings: one small constructor each, in Chinese and English.

pub(crate) mod dates;
pub(crate) mod examples;
pub(crate) mod grades;
pub(crate) mod imports;
pub(crate) mod lists;
pub(crate) mod mixed;
pub(crate) mod names;
pub(crate) mod points;
pub(crate) mod printed;
pub(crate) mod quotas;
pub(crate) mod tables;
pub(crate) mod types;
pub(crate) mod weights;

use rubric_base::{Code, Diagnostic, Language, Place, Span, Text};

fn finding(code: Code, place: Place, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, place, Text::new(zh, en))
}

/// The mend of a name that is none: the one that is like it.
fn rather(found: Diagnostic, place: Place, near: &str) -> Diagnostic {
    found.fix(Text::new(format!("改为「{near}」"), format!("write `{near}`")), place, near)
}

/// What a mend puts in, in the language of the rubric.
const fn word(language: Language, zh: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// An empty place where something can be put in.
fn insertion(place: Place, at: u32) -> Place {
    Place { file: place.file, span: Span { start: at, end: at } }
}

/// A list of names as one reads it.
fn listed(names: &[String]) -> (String, String) {
    (names.join("、"), names.join(", "))
}
