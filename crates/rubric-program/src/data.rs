//! Evidence once it is read: typed columns that remember where each value was written.

use rubric_base::Place;

use crate::exact::Exact;

/// A value of evidence, or of a result.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// A number in the base unit: percentages as fractions.
    Number(Exact),
    /// Yes or no.
    Flag(bool),
    /// A choice, a grade or text.
    Text(String),
}

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The value; absent where it was left out.
    pub value: Option<Value>,
    /// Where it was written; absent for values from the rubric (defaults, examples).
    pub place: Option<Place>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordRow {
    /// In field order.
    pub cells: Vec<Cell>,
    /// Where the row was written.
    pub place: Option<Place>,
}

/// One evidence, for every unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// A value a unit.
    Scalars(Vec<Cell>),
    /// Rows a unit; `None` where the list was left out.
    Lists(Vec<Option<Vec<RecordRow>>>),
}

/// A unit of the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitRow {
    /// Its id.
    pub id: String,
    /// Where it is named first.
    pub place: Option<Place>,
}

/// Everything known about every unit. INVARIANT: one column for each declared evidence, in order; each as
/// long as `units`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dataset {
    /// The units, in the order of the evidence.
    pub units: Vec<UnitRow>,
    /// Indexed by [`crate::EvidenceId`].
    pub columns: Vec<Column>,
    /// The evidence of each imported rubric, in the order of [`crate::Program::imports`].
    pub imports: Vec<Dataset>,
}
