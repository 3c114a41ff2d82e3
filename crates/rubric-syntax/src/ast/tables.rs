//! Tables: rows with a key each, and what a place or a value is worth.

use super::{At, Effect, Expr, Name, Quantity, Spanned};

/// `按 X [从高到低] [在 POP 的 名次] { rows }`
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// X
    pub subject: Box<Expr>,
    /// The place of X rather than X itself.
    pub place: Option<PlaceOf>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The whole.
    pub at: At,
}

/// `从高到低 在 全部单位 的 名次`
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceOf {
    /// Highest first; `None` where not said.
    pub highest_first: Option<bool>,
    /// Among all units rather than the scored ones.
    pub all: bool,
    /// The words.
    pub at: At,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// KEY ENTRY
    Entry {
        /// Which values.
        key: Spanned<Key>,
        /// What they get.
        entry: Entry,
        /// The whole row.
        at: At,
    },
    /// `每后1名 减 P`: continues the row before it.
    EachNext {
        /// How many places (1).
        places: Quantity,
        /// How much less.
        less: Quantity,
        /// The whole row.
        at: At,
    },
    /// `并列 …`
    Ties(Spanned<Ties>),
}

/// Which values a row is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// `其余`
    Otherwise,
    /// `第3名`, `第3名 至 第6名`, `第20名起` (open).
    Places {
        /// The first.
        first: u64,
        /// The last; the first again for one place.
        last: Option<u64>,
    },
    /// `10件以内`, `90分以上`, `不满 60分` and other one-sided bands.
    Band(BandSide, Quantity),
    /// `80分 至 89分`
    Stretch(Quantity, Quantity),
    /// `0件`: one number.
    Exactly(Quantity),
    /// `甲、乙`: choices, grades; also 是 and 否 by the checker.
    Names(Vec<Name>),
    /// `是` or `否`
    Flag(bool),
}

/// The side of a band, and whether the edge belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum BandSide {
    UpTo,
    Under,
    From,
    Over,
}

/// What a row gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// `扣 P`, `得 P`, `不得分`, `得满分`
    Effect(Effect),
    /// `为 EXPR`
    Value(Expr),
}

/// How ties share places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Ties {
    Better,
    Worse,
    Mean,
    Lose,
}
