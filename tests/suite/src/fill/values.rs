//! Single values.

use rubric_base::date;
use rubric_program::{EvidenceType, Exact, NumberRange, Value};
use rubric_syntax::TokenKind;

use super::Filler;

/// The numbers of a rubric, also as hundredths, and its days.
pub(super) fn edges(text: &str) -> Vec<Exact> {
    let parse = rubric_syntax::parse_with_tokens(rubric_base::FileId::default(), text);
    let numbers = parse.tokens.iter().filter(|t| t.kind == TokenKind::Number).map(|t| t.span.of(text));
    let mut all: Vec<Exact> = numbers.filter_map(Exact::parse).collect();
    all.extend(all.clone().iter().map(|n| n * &Exact::fixed(1, 2)));
    let days = text.char_indices().filter_map(|(i, _)| date::parse(text.get(i..i + 10)?));
    let times = text.char_indices().filter(|(_, c)| *c == ':').filter_map(|(i, _)| {
        let hour = text.get(i.checked_sub(2)?..i)?.trim().parse::<i64>().ok()?;
        Some(Exact::from_int(hour * 60 + text.get(i + 1..i + 3)?.parse::<i64>().ok()?))
    });
    all.extend(times);
    all.extend(days.map(|day| Exact::from_int(i64::from(day))));
    all.sort();
    all.dedup();
    all
}

impl Filler<'_> {
    pub(super) fn value(&mut self, ty: &EvidenceType) -> Value {
        match ty {
            EvidenceType::Flag => Value::Flag(self.rng.percent(50)),
            EvidenceType::Choice(choices) => Value::Text(self.rng.pick(choices).clone()),
            EvidenceType::Text => {
                Value::Text((*self.rng.pick(&["x", "y", "", "甲 \"乙\"\n", "\\"])).to_owned())
            }
            EvidenceType::List { .. } => panic!("a list in a list"),
            EvidenceType::Date { range } => Value::Number(self.day(range)),
            EvidenceType::Time { range } => Value::Number(self.number(range, 0, 0)),
            EvidenceType::Clause(numbers) => Value::Text(self.rng.pick(numbers).clone()),
            EvidenceType::Count { range, .. } => Value::Number(self.number(range, 0, 0)),
            EvidenceType::Number { range, decimals, unit } => {
                let places = if *unit == Some("pp") { 2 } else { 0 };
                Value::Number(self.number(range, *decimals, places))
            }
            EvidenceType::Percent { range, decimals } => Value::Number(self.number(range, *decimals, 2)),
            EvidenceType::Points { range, decimals } => Value::Number(self.number(range, *decimals, 0)),
        }
    }

    /// A number of a range: its ends, the numbers of the rubric, and what lies just beside them.
    fn number(&mut self, range: &NumberRange, decimals: u32, places: u8) -> Exact {
        let scale = u8::try_from(decimals).unwrap() + places;
        let step = Exact::fixed(1, scale);
        let mut candidates: Vec<Exact> = Vec::new();
        for (low, high) in &range.stretches {
            candidates.extend([low.clone(), high.clone(), low.clone(), high.clone()]);
            let near = low + &Exact::from(i64::try_from(self.rng.below(6)).unwrap());
            candidates.extend([&near + &step, near]);
        }
        for edge in &self.edges {
            candidates.extend([edge.clone(), edge + &step, edge - &step]);
        }
        let fits = |n: &Exact| {
            range.allows(n)
                && n.decimals().is_some_and(|d| d <= u32::from(scale))
                && n.integer_digits() <= 12 - u32::from(places)
        };
        candidates.retain(fits);
        if candidates.is_empty() {
            return range.low().unwrap().ceil_steps(&step) * step;
        }
        self.rng.pick(&candidates).clone()
    }

    /// A day: the ends of its range and of the calendar, the days of the rubric, and some after them.
    fn day(&mut self, range: &NumberRange) -> Exact {
        let first = Exact::from_int(i64::from(date::days(2026, 1, 1).unwrap()));
        let mut candidates: Vec<Exact> = Vec::new();
        for edge in self.edges.iter().filter(|e| e.is_integer() && **e > Exact::from_int(9999)) {
            let after = i64::try_from(self.rng.below(24)).unwrap();
            candidates.extend([edge.clone(), edge + &Exact::from_int(after), edge - &Exact::from_int(1)]);
        }
        for _ in 0..4 {
            candidates.push(&first + &Exact::from_int(i64::try_from(self.rng.below(365)).unwrap()));
        }
        if let Some(calendar) = self.program.calendar.as_ref().filter(|_| self.careful) {
            let (from, to) = calendar.covers();
            let (from, to) = (Exact::from_int(i64::from(from)), Exact::from_int(i64::from(to)));
            candidates.extend([from.clone(), to.clone()]);
            candidates.retain(|day| from <= *day && *day <= to);
        } else {
            candidates.extend(range.stretches.iter().flat_map(|(low, high)| [low.clone(), high.clone()]));
        }
        candidates.retain(|day| range.allows(day));
        if candidates.is_empty() { range.low().unwrap().clone() } else { self.rng.pick(&candidates).clone() }
    }
}
