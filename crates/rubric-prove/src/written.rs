//! Evidence as one writes it in an example of the language.

use rubric_base::keyword::UnitWord;
use rubric_base::{Language, Text, date, time};
use rubric_program::{EvidenceType, Exact, Program, Unit, Value};

use crate::cases::{Given, unit};
use crate::claims::Evidence;

/// All of it, in one line.
pub(crate) fn evidence(program: &Program, evidence: &Evidence) -> Text {
    let all = |language, between: &str| {
        let one = |(id, given): &(rubric_program::EvidenceId, Given)| {
            let declared = program.evidence.get(id.0)?;
            let value = self::given(given, &declared.ty, language)?;
            Some(format!("{} = {value}", declared.name))
        };
        evidence.iter().filter_map(one).collect::<Vec<_>>().join(between)
    };
    Text::new(all(Language::Zh, "，"), all(Language::En, ", "))
}

fn given(given: &Given, ty: &EvidenceType, language: Language) -> Option<String> {
    let of = |zh: String, en: String| match language {
        Language::Zh => zh,
        Language::En => en,
    };
    match given {
        Given::Nothing => Some(of("未填".to_owned(), "left out".to_owned())),
        Given::Rows(rows) => {
            let s = if rows.len() == 1 { "entry" } else { "entries" };
            Some(of(format!("{} 条记录", rows.len()), format!("{} {s}", rows.len())))
        }
        Given::One(Value::Number(n)) => Some(number(n, unit(ty), language)),
        Given::One(Value::Flag(b)) => {
            Some(of(if *b { "是" } else { "否" }.to_owned(), if *b { "yes" } else { "no" }.to_owned()))
        }
        Given::One(Value::Text(text)) => Some(text.clone()),
    }
}

/// A number with its unit.
pub(crate) fn number(n: &Exact, unit: Option<Unit>, language: Language) -> String {
    match unit {
        Some("percent") => format!("{}%", n * &Exact::from_int(100)),
        Some("time") => (n * &Exact::from_int(60)).to_i64().map(time::iso).unwrap_or_default(),
        Some("date") => n.to_i64().and_then(|d| i32::try_from(d).ok()).map(date::iso).unwrap_or_default(),
        Some(unit) => {
            let n = if unit == "pp" { n * &Exact::from_int(100) } else { n.clone() };
            let Some(word) = UnitWord::by_id(unit) else { return n.to_string() };
            let word = word.spelling(language, n == Exact::ONE);
            match language {
                Language::Zh => format!("{n}{word}"),
                Language::En => format!("{n} {word}"),
            }
        }
        None => n.to_string(),
    }
}
