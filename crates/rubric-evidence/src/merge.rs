//! Several files become one evidence: a unit may stand in several, each evidence of it in one.

use std::collections::HashMap;

use rubric_base::{Place, Span, near};
use rubric_program::{Cell, Column, Dataset, EvidenceType, Program, RecordRow, UnitRow};

use crate::Input;
use crate::findings::Findings;
use crate::json::{self, Entry, Kind, Raw};
use crate::messages;
use crate::refusal::Wanted;
use crate::{rows, value};

/// What was read for one evidence of one unit.
#[derive(Debug)]
pub(crate) enum Data {
    Scalar(Cell),
    List(Vec<RecordRow>),
    /// Given, but refused: it is not missing, and has no value.
    Refused,
}

/// Evidence as given, with the place of its name; no place for what the rubric fills in.
#[derive(Debug)]
pub(crate) struct Given {
    pub(crate) key: Option<Place>,
    pub(crate) data: Data,
}

/// A unit and its evidence, indexed as declared.
#[derive(Debug)]
pub(crate) struct UnitData {
    pub(crate) id: String,
    pub(crate) place: Place,
    pub(crate) given: Vec<Option<Given>>,
    /// The last file it stands in, by its number in the reading, and where.
    seen: (usize, Place),
}

/// All units in the order in which they are first named.
#[derive(Debug)]
pub(crate) struct Gathered {
    pub(crate) units: Vec<UnitData>,
    /// Where to point when there is nobody.
    pub(crate) subjects: Place,
    by_id: HashMap<String, usize>,
}

struct Reader<'p, 'f> {
    program: &'p Program,
    names: HashMap<&'p str, usize>,
    gathered: Gathered,
    findings: &'f mut Findings,
}

/// Reads and merges all files.
pub(crate) fn gather(program: &Program, inputs: &[Input<'_>], findings: &mut Findings) -> Gathered {
    let names = program.evidence.iter().enumerate().map(|(i, e)| (e.name.as_str(), i)).collect();
    let nowhere = Place { file: inputs.first().map(|i| i.file).unwrap_or_default(), span: Span::default() };
    let gathered = Gathered { units: Vec::new(), subjects: nowhere, by_id: HashMap::new() };
    let mut reader = Reader { program, names, gathered, findings };
    for (number, input) in inputs.iter().enumerate() {
        let units =
            json::parse(*input).map_err(|d| reader.findings.push(d)).ok().and_then(|r| reader.subjects(r));
        for unit in units.unwrap_or_default() {
            reader.unit(unit, number);
        }
    }
    reader.gathered
}

impl Reader<'_, '_> {
    /// The units of a file.
    fn subjects<'a>(&mut self, top: Raw<'a>) -> Option<Vec<Raw<'a>>> {
        if top.kind() != Kind::Object {
            self.findings.push(messages::structure(
                opening(top),
                "最外层应为花括号，其中是 \"subjects\"",
                "the file is an object that holds \"subjects\"",
            ));
            return None;
        }
        let entries = top.object().map_err(|d| self.findings.push(d)).ok()?;
        let mut found: Option<Entry<'a>> = None;
        let mut stray = false;
        for entry in entries {
            match &found {
                _ if entry.key != "subjects" => {
                    let near = near::nearest(&entry.key, ["subjects"]).is_some();
                    self.findings.push(messages::unknown_top(entry.key_place, &entry.key, near));
                    stray = true;
                }
                Some(first) => {
                    self.findings.push(messages::subjects_twice(entry.key_place, first.key_place));
                }
                None => found = Some(entry),
            }
        }
        let Some(entry) = found else {
            // A misspelt key is said once.
            if !stray {
                self.findings.push(messages::structure(
                    opening(top),
                    "缺少 \"subjects\"",
                    "\"subjects\" is missing",
                ));
            }
            return None;
        };
        self.gathered.subjects = entry.key_place;
        if entry.value.kind() != Kind::Array {
            self.findings.push(messages::structure(
                opening(entry.value),
                "\"subjects\" 应为方括号中的若干单位",
                "\"subjects\" holds units in square brackets",
            ));
            return None;
        }
        entry.value.array().map_err(|d| self.findings.push(d)).ok()
    }

    fn unit(&mut self, raw: Raw<'_>, file: usize) {
        if raw.kind() != Kind::Object {
            let (zh, en) = ("每个单位应写在花括号中", "every unit is written in braces");
            self.findings.push(messages::structure(opening(raw), zh, en));
            return;
        }
        let entries = match raw.object() {
            Ok(entries) => entries,
            Err(diagnostic) => return self.findings.push(diagnostic),
        };
        let (ids, entries): (Vec<_>, Vec<_>) = entries.into_iter().partition(|e| e.key == "id");
        let named = self.id(raw, &ids);
        let owner = named.as_ref().map_or("id", |(id, _)| id.as_str());
        let given = self.entries(entries, owner);
        if let Some((id, place)) = named {
            self.merge(id, place, file, given);
        }
    }

    /// The id of a unit, which is its first entry named so.
    fn id(&mut self, unit: Raw<'_>, ids: &[Entry<'_>]) -> Option<(String, Place)> {
        let Some(first) = ids.first() else {
            self.findings.push(messages::bad_id(
                opening(unit),
                "这个单位缺少 \"id\"",
                "this unit has no \"id\"",
            ));
            return None;
        };
        for second in ids.iter().skip(1) {
            self.findings.push(messages::twice(second.key_place, first.key_place, "id", first.value.text));
        }
        let place = first.value.place();
        if first.value.kind() != Kind::String {
            let (zh, en) = ("\"id\" 应为带引号的文字", "\"id\" is a text in quotes");
            self.findings.push(messages::bad_id(place, zh, en));
            return None;
        }
        let id = first.value.string().map_err(|d| self.findings.push(d)).ok()?;
        // Spaces at the ends would make two units of what looks like one.
        if id.trim().is_empty() || id.trim() != id {
            let (zh, en) =
                ("\"id\" 不能为空，两端不能有空格", "\"id\" is not empty and has no space at its ends");
            self.findings.push(messages::bad_id(place, zh, en));
            return None;
        }
        Some((id, place))
    }

    /// Reads the evidence of one unit as one file gives it.
    fn entries(&mut self, entries: Vec<Entry<'_>>, owner: &str) -> Vec<(usize, Given)> {
        let mut given: Vec<(usize, Given)> = Vec::new();
        let mut first_places: HashMap<usize, Place> = HashMap::new();
        for entry in entries {
            let known = self.names.get(entry.key.as_str()).copied();
            let Some((index, evidence)) = known.and_then(|i| Some((i, self.program.evidence.get(i)?))) else {
                // In declared order, so that of two equally near names always the same is offered.
                let declared = self.program.evidence.iter().map(|e| e.name.as_str());
                let near = near::nearest_name(&entry.key, declared);
                self.findings.push(messages::unknown(entry.key_place, &entry.key, None, near));
                continue;
            };
            if let Some(first) = first_places.get(&index) {
                self.findings.push(messages::twice(entry.key_place, *first, &evidence.name, owner));
                continue;
            }
            first_places.insert(index, entry.key_place);
            let wanted = Wanted { name: &evidence.name, ty: &evidence.ty, raw: entry.value };
            let data = self.data(wanted, entry.key_place);
            given.push((index, Given { key: Some(entry.key_place), data }));
        }
        given
    }

    fn data(&mut self, wanted: Wanted<'_>, key: Place) -> Data {
        if let EvidenceType::List { fields, most } = wanted.ty {
            return rows::list(wanted, (fields, *most), key, self.findings).map_or(Data::Refused, Data::List);
        }
        match value::scalar(wanted.name, wanted.ty, wanted.raw) {
            Ok(value) => Data::Scalar(Cell { value: Some(value), place: Some(wanted.raw.place()) }),
            Err(diagnostic) => {
                self.findings.push(diagnostic);
                Data::Refused
            }
        }
    }

    fn merge(&mut self, id: String, place: Place, file: usize, given: Vec<(usize, Given)>) {
        let known = self.gathered.by_id.get(&id).copied();
        let Some(unit) = known.and_then(|i| self.gathered.units.get_mut(i)) else {
            self.gathered.by_id.insert(id.clone(), self.gathered.units.len());
            let mut slots: Vec<Option<Given>> = self.program.evidence.iter().map(|_| None).collect();
            for (index, entry) in given {
                if let Some(slot) = slots.get_mut(index) {
                    *slot = Some(entry);
                }
            }
            self.gathered.units.push(UnitData { id, place, given: slots, seen: (file, place) });
            return;
        };
        if unit.seen.0 == file {
            // The second is left out of the merge: else each of its values would be called a repetition.
            return self.findings.push(messages::unit_twice(place, unit.seen.1, &id));
        }
        unit.seen = (file, place);
        for (index, entry) in given {
            let Some(slot) = unit.given.get_mut(index) else { continue };
            match slot.as_ref().and_then(|first| first.key).zip(entry.key) {
                Some((first, second)) => {
                    let name = self.program.evidence.get(index).map_or("", |e| e.name.as_str());
                    self.findings.push(messages::twice(second, first, name, &id));
                }
                None => *slot = Some(entry),
            }
        }
    }
}

/// The first character of a value: enough to point at a long one.
fn opening(raw: Raw<'_>) -> Place {
    let Place { file, span } = raw.place();
    let width = if matches!(raw.kind(), Kind::Object | Kind::Array) { 1 } else { raw.text.len() };
    Place { file, span: Span::new(span.start as usize, span.start as usize + width) }
}

impl Gathered {
    /// Turns units of evidence into columns of units.
    pub(crate) fn into_dataset(self, program: &Program) -> Dataset {
        let empty = |evidence: &rubric_program::Evidence| match evidence.ty {
            EvidenceType::List { .. } => Column::Lists(Vec::with_capacity(self.units.len())),
            _ => Column::Scalars(Vec::with_capacity(self.units.len())),
        };
        let mut columns: Vec<Column> = program.evidence.iter().map(empty).collect();
        let mut units = Vec::with_capacity(self.units.len());
        for unit in self.units {
            units.push(UnitRow { id: unit.id, place: Some(unit.place) });
            for (column, given) in columns.iter_mut().zip(unit.given) {
                match (column, given.map(|g| g.data)) {
                    (Column::Scalars(cells), Some(Data::Scalar(cell))) => cells.push(cell),
                    (Column::Scalars(cells), _) => cells.push(Cell::default()),
                    (Column::Lists(lists), Some(Data::List(rows))) => lists.push(Some(rows)),
                    (Column::Lists(lists), _) => lists.push(None),
                }
            }
        }
        Dataset { units, columns, imports: Vec::new() }
    }
}
