//! Words and signs in the language asked for.

use rubric_base::keyword::{Keyword, UnitWord};

use super::{Level, Piece, Writer};
use crate::rng::Rng;

/// In which language keywords are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    /// Chinese.
    Zh,
    /// English.
    En,
    /// Each word in either.
    Mixed,
}

/// The choice of words. It has its own dice, so that the same seed means the same in every language.
#[derive(Debug, Clone)]
pub(super) struct Words {
    tongue: Tongue,
    rng: Rng,
}

impl Words {
    pub(super) fn new(tongue: Tongue, seed: u64) -> Self {
        Self { tongue, rng: Rng::new(seed) }
    }

    fn english(&mut self) -> bool {
        let mixed = self.rng.percent(50);
        match self.tongue {
            Tongue::Zh => false,
            Tongue::En => true,
            Tongue::Mixed => mixed,
        }
    }
}

impl Writer {
    /// A keyword, now and then by a synonym.
    pub(super) fn kw(&mut self, id: &str) -> String {
        let keyword = Keyword::by_id(id).unwrap_or_else(|| panic!("no keyword {id}"));
        let spellings = if self.words.english() { keyword.en } else { keyword.zh };
        let synonym = self.words.rng.below(spellings.len());
        let synonym = if self.words.rng.percent(10) { synonym } else { 0 };
        spellings[synonym].to_owned()
    }

    /// The words of a unit after a number.
    pub(super) fn unit(&mut self, id: &str, one: bool) -> String {
        if id.is_empty() {
            return String::new();
        }
        let word = UnitWord::by_id(id).unwrap_or_else(|| panic!("no unit {id}"));
        let english = self.words.english();
        let spellings = if english { word.en } else { word.zh };
        let spelling = if english && one { spellings.last() } else { spellings.first() };
        let spelling = (*spelling.unwrap()).to_owned();
        let glued = !english || id == "percent" || self.words.rng.percent(30);
        if glued { spelling } else { format!(" {spelling}") }
    }

    /// Hundredths of a unit as a quantity.
    pub(super) fn quantity(&mut self, unit: &str, hundredths: i64) -> String {
        let digits = decimal(hundredths);
        let unit = self.unit(unit, digits == "1");
        format!("{digits}{unit}")
    }

    /// Points, from hundredths of a point.
    pub(super) fn points(&mut self, hundredths: usize) -> String {
        self.quantity("points", i64::try_from(hundredths).unwrap())
    }

    /// Words that round to so many hundredths.
    pub(super) fn rounding(&mut self, unit: &str, hundredths: i64) -> String {
        const WAYS: [&str; 7] =
            ["half_up", "half_down", "half_even", "round_up", "round_down", "round_away", "round_towards"];
        let way = *self.rng.pick(&WAYS);
        let way = self.kw(way);
        let precision = self.kw("precision");
        format!("{way} {precision} {}", self.quantity(unit, hundredths))
    }

    /// A comma as one types it.
    pub(super) fn comma(&mut self) -> String {
        let sign = *self.words.rng.pick(&[",", ", ", ","]);
        sign.to_owned()
    }

    /// What separates the members of an enumeration.
    pub(super) fn listed(&mut self, names: &[String]) -> String {
        let sign = *self.words.rng.pick(&["、", "、", ", "]);
        names.join(sign)
    }

    /// In parentheses where it would not hold together otherwise, and sometimes without need.
    pub(super) fn wrap(&mut self, piece: Piece, most: Level) -> String {
        let needless = self.rng.percent(6);
        if piece.level > most || needless || self.grouped { format!("({})", piece.text) } else { piece.text }
    }
}

/// Hundredths as a decimal without needless zeros.
pub(super) fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.abs();
    let text = format!("{sign}{}.{:02}", size / 100, size % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
