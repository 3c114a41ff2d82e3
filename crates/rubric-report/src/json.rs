//! Results as JSON: decimals as strings, keys in the order of the rubric.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::view::{GradeAct, GradeLine, NodeView, Shown, UnitView, View};

/// Why a grade was changed or refused: the step by its number, and of a veto the conditions by theirs, from 1.
#[derive(Serialize)]
struct Change<'a> {
    step: usize,
    because: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
    to: &'a str,
    #[serde(skip_serializing_if = "<[usize]>::is_empty")]
    conditions: &'a [usize],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    evidence: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    quota: Option<QuotaChange<'a>>,
}

#[derive(Serialize)]
struct QuotaChange<'a> {
    places: &'a str,
    place: u64,
    sharing: u64,
    #[serde(skip_serializing_if = "str::is_empty")]
    group: &'a str,
}

impl<'a> Change<'a> {
    fn of(line: &'a GradeLine) -> Self {
        let quota = line.missed.as_ref().map(|m| QuotaChange {
            places: &m.places,
            place: m.reached,
            sharing: m.equals,
            group: &m.group,
        });
        Self {
            step: line.number,
            because: match line.act {
                GradeAct::Give => "given",
                GradeAct::Lower => "lowered",
                GradeAct::Change => "changed",
                GradeAct::Veto => "veto",
                GradeAct::Quota => "quota",
            },
            from: line.before.as_deref(),
            to: &line.grade,
            conditions: &line.conditions,
            evidence: &line.names,
            quota,
        }
    }
}

struct Document<'a>(&'a [UnitView]);
struct Subject<'a>(&'a UnitView);
/// Pairs as an object in their own order.
struct Pairs<'a, T>(Vec<(&'a str, T)>);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let subjects: Vec<Subject> = self.0.iter().map(Subject).collect();
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("subjects", &subjects)?;
        map.end()
    }
}

impl<T: Serialize> Serialize for Pairs<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Decimal(text) | Self::Text(text) => serializer.serialize_str(text),
            Self::Place(place) => serializer.serialize_u64(*place),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
        }
    }
}

fn of_nodes<'a, T>(unit: &'a UnitView, value: impl Fn(&'a NodeView) -> Option<T>) -> Pairs<'a, T> {
    Pairs(unit.nodes.iter().filter_map(|n| Some((n.number.as_str(), value(n)?))).collect())
}

impl Serialize for Subject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let unit = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &unit.id)?;
        if let Some(total) = &unit.total {
            map.serialize_entry("total", total)?;
        }
        if let Some(rank) = &unit.rank {
            map.serialize_entry("rank", rank)?;
        }
        if let Some(grade) = &unit.grade {
            map.serialize_entry("grade", grade)?;
        }
        let changes: Vec<Change> =
            unit.grade_moves.iter().filter(|m| m.act != GradeAct::Give).map(Change::of).collect();
        if !changes.is_empty() {
            map.serialize_entry("grade_changes", &changes)?;
        }
        let clauses = of_nodes(unit, |n| n.score.as_deref());
        if !clauses.0.is_empty() {
            map.serialize_entry("clauses", &clauses)?;
        }
        let requirements = of_nodes(unit, |n| n.requirement);
        if !requirements.0.is_empty() {
            map.serialize_entry("requirements", &requirements)?;
        }
        if !unit.outputs.is_empty() {
            let outputs = Pairs(unit.outputs.iter().map(|(name, value)| (name.as_str(), value)).collect());
            map.serialize_entry("outputs", &outputs)?;
        }
        map.end()
    }
}

/// The result, indented; keys are absent where the rubric declares nothing.
///
/// # Errors
/// Only if serialization fails, which plain data does not.
pub fn json(view: &View) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&Document(&view.units)).map(|text| text + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_written_order_and_leaves_out_what_is_not_declared() {
        let node = |number: &str, score: &str| NodeView {
            number: number.into(),
            score: Some(score.into()),
            ..NodeView::default()
        };
        let unit = UnitView {
            id: "甲".into(),
            total: Some("1.5".into()),
            nodes: vec![node("3.10", "1"), node("3.2", "0.5")],
            outputs: vec![("率".into(), Shown::Decimal("88%".into())), ("优".into(), Shown::Flag(true))],
            ..UnitView::default()
        };
        let text = json(&View { title: String::new(), units: vec![unit] }).unwrap();
        assert!(text.find("3.10").unwrap() < text.find("3.2").unwrap());
        assert!(text.contains("\"率\": \"88%\"") && text.contains("\"优\": true"));
        assert!(!text.contains("rank") && !text.contains("requirements"));
    }
}
