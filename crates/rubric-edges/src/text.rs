//! Examples as text of the language, and which of those in a text nobody has confirmed.

use rubric_base::{FileId, Language, Level, Span};
use rubric_eval::examples;
use rubric_program::{EvidenceType, Example, ExampleUnit, Literal, Program, Target, Unit, Value};
use rubric_report::written;
use rubric_syntax::{FormatError, Keywords, Token, TokenKind, format, parse_with_tokens};

/// What stands over an example that nobody has confirmed, in Chinese and in English.
const UNCONFIRMED: [&str; 2] = ["待核对", "to confirm"];
/// What stands over all that were written.
const HEAD: [&str; 2] = [
    "// 以下是规则边界上的示例，得数由程序算出，不作数。请逐例对照原文：相符的，删去上面的「待核对」；不符的，改正规则或预期。",
    "// Examples at the edges of the rules. The program worked the results out, so they prove nothing yet. Compare each\n\
     // with the source: where it agrees delete \"to confirm\" over it, where not mend the rule or what is expected.",
];

/// The spans at which examples start that stand under 「待核对」.
pub fn unconfirmed(text: &str) -> Vec<u32> {
    let parse = parse_with_tokens(FileId::default(), text);
    let marked = |token: &Token| {
        let words = token.span.of(text).trim_start_matches('/').trim();
        token.kind == TokenKind::Comment && UNCONFIRMED.iter().any(|mark| words.starts_with(mark))
    };
    let pairs = parse.tokens.iter().zip(parse.tokens.iter().skip(1));
    pairs.filter(|(comment, _)| marked(comment)).map(|(_, next)| next.span.start).collect()
}

/// A rubric with examples after it, in the form of `rubricc fmt`, in the language of the rubric.
///
/// # Errors
/// What is wrong with the text that would have been written.
pub fn with_examples(source: &str, program: &Program, all: &[Example]) -> Result<String, String> {
    let language = language(source);
    let (mark, head) = match language {
        Language::Zh => (UNCONFIRMED[0], HEAD[0]),
        Language::En => (UNCONFIRMED[1], HEAD[1]),
    };
    let mut added = String::new();
    if !all.is_empty() && !source.contains(head) {
        added.push_str(&format!("\n{head}\n"));
    }
    let mut taken: Vec<String> = program.examples.iter().map(|e| e.name.clone()).collect();
    for one in all {
        let name = free_name(program, one, &taken, language);
        added.push_str(&format!("\n// {mark}\n{}", example(program, one, &name, language)));
        taken.push(name);
    }
    let whole = format!("{}{added}", source.trim_end().to_owned() + "\n");
    let written = format(&whole, Keywords::Keep).map_err(|e| match e {
        FormatError::Unreadable(findings) => {
            findings.first().map(|f| f.message.en.clone()).unwrap_or_default()
        }
        FormatError::Changed => "another meaning".to_owned(),
    })?;
    holds(&written, program, all.len()).map(|()| written)
}

/// The same without the rubric: what goes behind its last word, so that a rubric that is laid out in another way stays so.
///
/// # Errors
/// What is wrong with the text that would have been written.
pub fn addition(source: &str, program: &Program, all: &[Example]) -> Result<String, String> {
    let written = with_examples(source, program, all)?;
    let laid_out = format(source, Keywords::Keep).map_err(|_| "unreadable".to_owned())?;
    written.strip_prefix(laid_out.trim_end()).map(str::to_owned).ok_or_else(|| "another text".to_owned())
}

/// The written text is read back and its new examples are run before anybody sees it.
fn holds(written: &str, program: &Program, added: usize) -> Result<(), String> {
    let parse = rubric_syntax::parse(FileId::default(), written);
    if let Some(error) = parse.errors.first() {
        return Err(error.message.en.clone());
    }
    // What other files give is not at hand here; examples do not use it.
    if !program.imports.is_empty() {
        return Ok(());
    }
    let files = rubric_check::Files::default();
    let checked = rubric_check::check_with(FileId::default(), written, &parse.file, &files);
    let of_examples = |span: Span| checked.program.examples.iter().any(|e| e.span.contains(span));
    let broken = |d: &&rubric_base::Diagnostic| d.level == Level::Error && of_examples(d.span());
    if let Some(error) = checked.diagnostics.iter().find(broken) {
        return Err(error.message.en.clone());
    }
    let new = checked.program.examples.iter().rev().take(added);
    for example in new {
        let run = examples::run(program, example).map_err(|e| e.to_string())?;
        if !run.missed.is_empty() {
            return Err(example.name.clone());
        }
    }
    Ok(())
}

/// The language most keywords are written in.
fn language(text: &str) -> Language {
    let parse = parse_with_tokens(FileId::default(), text);
    let keywords = parse.tokens.iter().filter(|t| matches!(t.kind, TokenKind::Keyword(_)));
    let words: Vec<Language> = keywords.map(|t| Language::of_spelling(t.span.of(text))).collect();
    let english = words.iter().filter(|l| **l == Language::En).count();
    if english * 2 > words.len() { Language::En } else { Language::Zh }
}

/// A name that no other example has: what the example is about, then a number.
fn free_name(program: &Program, example: &Example, taken: &[String], language: Language) -> String {
    let number = example.expectations.first().map(|e| match e.target {
        Target::Node(id) | Target::Requirement(id) => {
            program.nodes.get(id.0).map(|n| n.number.clone()).unwrap_or_default()
        }
        _ => String::new(),
    });
    let number = number.unwrap_or_default();
    let name = |n: usize| match language {
        Language::Zh => format!("边界 {number}，之{n}"),
        Language::En => format!("edge {number}, {n}"),
    };
    (1..).map(name).find(|name| !taken.contains(name)).unwrap_or_default()
}

fn example(program: &Program, example: &Example, name: &str, language: Language) -> String {
    let of = |zh: &'static str, en: &'static str| if language == Language::Zh { zh } else { en };
    let mut out = format!("{} \"{name}\" {{\n", of("示例", "example"));
    let several = example.units.len() > 1;
    for unit in &example.units {
        let head = match several {
            true => format!("{} {}", of("单位", "unit"), self::name(&unit.id)),
            false => of("填报", "evidence").to_owned(),
        };
        out.push_str(&format!("  {head} {{ {} }}\n", given(program, unit, language)));
    }
    let expectations: Vec<String> = example
        .expectations
        .iter()
        .filter_map(|e| {
            let (node, unit) = match e.target {
                Target::Node(id) => (program.nodes.get(id.0)?, Some("points")),
                Target::Requirement(id) => (program.nodes.get(id.0)?, None),
                _ => return None,
            };
            let whose =
                if several { self::name(&example.units.get(e.unit)?.id) + " " } else { String::new() };
            Some(format!("{whose}{} = {}", number(&node.number), literal(&e.value, unit, language)))
        })
        .collect();
    out.push_str(&format!("  {} {}\n}}\n", of("应得", "expect"), expectations.join("; ")));
    out
}

fn given(program: &Program, unit: &ExampleUnit, language: Language) -> String {
    let one = |given: &rubric_program::Given| {
        let evidence = program.evidence.get(given.evidence.0)?;
        let value = match (&given.value, &evidence.ty) {
            (Literal::Rows(all), EvidenceType::List { fields, .. }) => {
                let all: Vec<String> = all.iter().map(|row| self::row(fields, row, language)).collect();
                format!("[{}]", all.join("; "))
            }
            (value, ty) => single(value, ty, language),
        };
        Some(format!("{} = {value}", name(&evidence.name)))
    };
    unit.given.iter().filter_map(one).collect::<Vec<_>>().join("; ")
}

fn row(fields: &[rubric_program::Field], row: &[Option<Literal>], language: Language) -> String {
    let cell = |(field, value): (&rubric_program::Field, &Option<Literal>)| {
        Some(format!("{} = {}", name(&field.name), single(value.as_ref()?, &field.ty, language)))
    };
    let cells: Vec<String> = fields.iter().zip(row).filter_map(cell).collect();
    format!("{{ {} }}", cells.join("; "))
}

fn single(value: &Literal, ty: &EvidenceType, language: Language) -> String {
    match (value, ty) {
        (Literal::Text(text), EvidenceType::Choice(_)) => name(text),
        (Literal::Text(text), _) => format!("\"{text}\""),
        (value, EvidenceType::Count { unit, .. }) => literal(value, *unit, language),
        (value, ty) => literal(value, written::unit_of_evidence(ty), language),
    }
}

fn literal(value: &Literal, unit: Option<Unit>, language: Language) -> String {
    let value = match value {
        Literal::Number(n) => Value::Number(n.clone()),
        Literal::Flag(flag) => Value::Flag(*flag),
        Literal::Text(text) => return name(text),
        Literal::Rows(_) => return String::new(),
    };
    written::value(&value, unit, language)
}

/// A clause number, in brackets where it is not made of digits and stops.
fn number(text: &str) -> String {
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    if plain { text.to_owned() } else { name(text) }
}

/// A name, in brackets where it is not a plain word.
fn name(text: &str) -> String {
    let plain = text.chars().all(char::is_alphanumeric) && !text.starts_with(|c: char| c.is_ascii_digit());
    if plain { text.to_owned() } else { format!("「{text}」") }
}
