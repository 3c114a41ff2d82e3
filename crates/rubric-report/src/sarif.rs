//! Findings as SARIF 2.1.0.

use rubric_base::{Code, Diagnostic, Language, Level, Place, Sources};
use serde_json::{Value, json};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// A relative reference as an address: what an address may not hold as it stands is written byte by byte.
fn uri(name: &str) -> String {
    let mut uri = String::new();
    for byte in name.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

fn location(place: Place, sources: &Sources) -> Option<Value> {
    let source = sources.get(place.file)?;
    let start = source.line_column(place.span.start);
    let end = source.line_column(place.span.end);
    Some(json!({
        "artifactLocation": { "uri": uri(source.name()) },
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    }))
}

fn rule(code: Code, language: Language) -> Value {
    let (zh, en) = code.title();
    let (title, other) = match language {
        Language::Zh => (zh, en),
        Language::En => (en, zh),
    };
    json!({
        "id": code.name(),
        "name": en,
        "shortDescription": { "text": title },
        "fullDescription": { "text": format!("{title} / {other}") },
        "defaultConfiguration": { "level": code.level().name() },
    })
}

fn fixes(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> Vec<Value> {
    let replace = |edit: &rubric_base::Edit| {
        let mut change = location(edit.place, sources)?;
        let region = change.get_mut("region").map(Value::take)?;
        let artifact = change.get_mut("artifactLocation").map(Value::take)?;
        Some(json!({
            "artifactLocation": artifact,
            "replacements": [{ "deletedRegion": region, "insertedContent": { "text": edit.text } }],
        }))
    };
    let fix = |fix: &rubric_base::Fix| {
        let changes: Vec<Value> = fix.edits.iter().filter_map(replace).collect();
        (!changes.is_empty()).then(
            || json!({ "description": { "text": fix.title.get(language) }, "artifactChanges": changes }),
        )
    };
    diagnostic.fixes.iter().filter_map(fix).collect()
}

fn result(diagnostic: &Diagnostic, rules: &[Code], sources: &Sources, language: Language) -> Value {
    let message = diagnostic.message.get(language);
    let help = diagnostic.help.get(language);
    let text = if help.is_empty() { message.to_owned() } else { format!("{message}\n{help}") };
    let locations: Vec<Value> = diagnostic
        .place()
        .and_then(|place| location(place, sources))
        .map(|at| json!({ "physicalLocation": at }))
        .into_iter()
        .collect();
    let related: Vec<Value> = diagnostic
        .labels
        .iter()
        .skip(1)
        .filter_map(|label| {
            let at = location(label.place, sources)?;
            Some(json!({ "physicalLocation": at, "message": { "text": label.text.get(language) } }))
        })
        .collect();
    json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": rules.iter().position(|code| *code == diagnostic.code),
        "level": diagnostic.level.name(),
        "message": { "text": text },
        "locations": locations,
        "relatedLocations": related,
        "fixes": fixes(diagnostic, sources, language),
    })
}

/// One run with the findings in their order. Only the rules that were found to be broken are described.
///
/// # Errors
/// Only if serialization fails, which plain data does not.
pub fn sarif(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    language: Language,
) -> serde_json::Result<String> {
    let mut rules: Vec<Code> = diagnostics.iter().map(|d| d.code).collect();
    rules.sort_unstable();
    rules.dedup();
    let described: Vec<Value> = rules.iter().map(|code| rule(*code, language)).collect();
    let results: Vec<Value> = diagnostics.iter().map(|d| result(d, &rules, sources, language)).collect();
    let failed = diagnostics.iter().any(|d| d.level == Level::Error);
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "rubricc",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": described,
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true, "exitCode": i32::from(failed) }],
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}
