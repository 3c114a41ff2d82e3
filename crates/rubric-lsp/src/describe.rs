//! What things are, in words: types, ranges, scores.

use rubric_base::Language;
use rubric_base::keyword::UnitWord;
use rubric_program::{Domain, EvidenceType, Exact, NumberRange, Type, Unit};
use rubric_prove::Range;
use rubric_report::written;

/// Numbers that the checker assumes where none is written are higher.
const NEVER_REACHED: i64 = 100_000_000;
/// Rows that the checker assumes where no number is written.
const ASSUMED_ROWS: u64 = 10_000_000;

/// Words of a language for ranges and types.
#[derive(Debug, Clone, Copy)]
pub struct Words(pub Language);

impl Words {
    /// Chinese or English.
    #[must_use]
    pub fn say(self, zh: impl Into<String>, en: impl Into<String>) -> String {
        match self.0 {
            Language::Zh => zh.into(),
            Language::En => en.into(),
        }
    }

    /// The canonical spelling of a unit, in the plural.
    #[must_use]
    pub fn unit(self, unit: Unit) -> &'static str {
        UnitWord::by_id(unit).map_or("", |u| u.spelling(self.0, false))
    }

    /// From the lowest to the highest value, or the only one.
    #[must_use]
    pub fn bounds(self, low: &Exact, high: &Exact, unit: Option<Unit>) -> String {
        if low == high {
            return written::with_unit(low, unit, self.0);
        }
        let low = written::with_unit(low, unit, self.0);
        let high = written::with_unit(high, unit, self.0);
        self.say(format!("{low} 至 {high}"), format!("{low} to {high}"))
    }

    /// The same; nothing where it goes so high that nobody has set it.
    fn set_bounds(self, domain: &Domain, unit: Option<Unit>) -> Option<String> {
        (domain.high < Exact::from_int(NEVER_REACHED)).then(|| self.bounds(&domain.low, &domain.high, unit))
    }

    /// Whether both ends of a range are known to be reached, behind it; nothing of a single value.
    #[must_use]
    pub fn reached(self, range: &Range) -> String {
        match (range.low == range.high, range.exact) {
            (true, _) => String::new(),
            (false, true) => self.say("（两端都能取到）", " (both ends can be reached)"),
            (false, false) => self.say(
                "（不会超出；两端未必都能取到）",
                " (never beyond; one or both ends may be out of reach)",
            ),
        }
    }

    /// What evidence holds.
    #[must_use]
    pub fn evidence(self, ty: &EvidenceType) -> String {
        let unit = written::unit_of_evidence(ty);
        match ty {
            EvidenceType::Count { range, .. } => self.ranged(self.say("次数", "count"), range, unit),
            EvidenceType::Number { unit: Some(u), range, .. } => {
                let name =
                    self.say(format!("数量（{}）", self.unit(u)), format!("number ({})", self.unit(u)));
                self.ranged(name, range, unit)
            }
            EvidenceType::Number { unit: None, range, .. } => {
                self.ranged(self.say("数量", "number"), range, unit)
            }
            EvidenceType::Percent { range, .. } => self.ranged(self.say("百分比", "percentage"), range, unit),
            EvidenceType::Points { range, .. } => self.ranged(self.say("评分", "points given"), range, unit),
            EvidenceType::Date { range } => self.ranged(self.say("日期", "date"), range, unit),
            EvidenceType::Time { range } => self.ranged(self.say("时间", "time of day"), range, unit),
            EvidenceType::Flag => self.say("是否", "yes or no"),
            EvidenceType::Choice(all) => {
                self.say(format!("选项：{}", all.join("、")), format!("one of {}", all.join(", ")))
            }
            EvidenceType::Text => self.say("文本", "text"),
            EvidenceType::Clause(_) => self.say("条款号", "clause number"),
            EvidenceType::List { fields, most } => {
                let names: Vec<&str> = fields.iter().map(|f| f.name.as_str()).collect();
                let rows = if *most < ASSUMED_ROWS {
                    self.say(format!("；至多 {most} 行"), format!("; at most {most} rows"))
                } else {
                    String::new()
                };
                self.say(
                    format!("清单：{}{rows}", names.join("、")),
                    format!("list of {}{rows}", names.join(", ")),
                )
            }
        }
    }

    fn ranged(self, name: String, range: &NumberRange, unit: Option<Unit>) -> String {
        let part = |(low, high): &(rubric_program::Exact, rubric_program::Exact)| {
            self.set_bounds(&Domain { low: low.clone(), high: high.clone(), scale: None }, unit)
        };
        let parts: Vec<String> = range.stretches.iter().filter_map(part).collect();
        if parts.is_empty() {
            return name;
        }
        let parts = parts.join(&self.say(" 或 ", " or "));
        self.say(format!("{name}，{parts}"), format!("{name}, {parts}"))
    }

    /// What an expression gives.
    #[must_use]
    pub fn value(self, ty: &Type, domain: Option<&Domain>) -> String {
        let name = match ty {
            Type::Number(Some("time")) => self.say("时间", "time of day"),
            Type::Number(Some("date")) => self.say("日期", "date"),
            Type::Number(Some(unit)) => {
                self.say(format!("数（{}）", self.unit(unit)), format!("number ({})", self.unit(unit)))
            }
            Type::Number(None) => self.say("数", "number"),
            Type::Flag => self.say("是否", "yes or no"),
            Type::Choice(all) => {
                self.say(format!("选项：{}", all.join("、")), format!("one of {}", all.join(", ")))
            }
            Type::Text => self.say("文本", "text"),
            Type::Grade => self.say("等级", "grade"),
            Type::Rank => self.say("名次", "rank"),
        };
        match (domain, ty) {
            (Some(domain), Type::Number(unit)) => {
                let Some(bounds) = self.set_bounds(domain, *unit) else { return name };
                self.say(format!("{name}，{bounds}"), format!("{name}, {bounds}"))
            }
            _ => name,
        }
    }
}
