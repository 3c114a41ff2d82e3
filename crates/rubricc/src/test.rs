//! `rubricc test`: runs the examples that stand in rubrics.

use std::collections::BTreeSet;
use std::path::Path;

use rubric_base::{Code, FileId, Language, Source};
use rubric_program::{Example, Expectation, Program, Target, Value};
use rubric_report::clause_ledger;
use rubric_report::faults;

use crate::account::Account;
use crate::bridge;
use crate::cli::TestArgs;
use crate::examples::{self, Lack, Run};
use crate::exit::{Exit, Failure, put};
use crate::files;
use crate::load::Session;

/// How many examples held.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
}

/// Runs all examples of all files; one that cannot be read or has errors does not keep the others from it.
pub fn run(args: &TestArgs, session: &mut Session) -> Result<Exit, Failure> {
    let mut tally = Tally::default();
    let mut out = String::new();
    let mut exit = Exit::Done;
    for path in files::find_rubrics(&args.files)? {
        if let Err(failure) = file(&path, args.coverage, session, &mut tally, &mut out) {
            session.say(failure.text.get(session.language));
            exit = exit.max(failure.exit);
        }
    }
    let (passed, failed) = (tally.passed, tally.failed);
    out.push_str(&match session.language {
        Language::Zh => format!("通过 {passed} 例，未通过 {failed} 例\n"),
        Language::En => format!("{passed} passed, {failed} failed\n"),
    });
    put(&out)?;
    Ok(if failed > 0 { exit.max(Exit::Rubric) } else { exit })
}

fn file(
    path: &Path,
    coverage: bool,
    session: &mut Session,
    tally: &mut Tally,
    out: &mut String,
) -> Result<(), Failure> {
    let (file, program) = session.sound(path)?;
    let unconfirmed = rubric_edges::unconfirmed(session.text(file));
    let mut fired = BTreeSet::new();
    for example in &program.examples {
        let run = match examples::run(&program, example) {
            Ok(run) => run,
            Err(error) => {
                let text = bridge::failure(&error).text;
                out.push_str(&head(Code::R0501, session, file, example));
                out.push_str(&format!("  {}\n", text.get(session.language)));
                tally.failed += 1;
                continue;
            }
        };
        // What nobody has compared with the source shows nothing about a rule.
        if !unconfirmed.contains(&example.span.start) {
            fired.extend(bridge::fired(&run.outcome));
        }
        let faults = faults::findings(&program, &run.dataset, &run.outcome.faults, file);
        if !faults.is_empty() {
            tally.failed += 1;
            out.push_str(&head(Code::R0501, session, file, example));
            let language = session.language;
            out.extend(faults.iter().map(|f| format!("  {} {}\n", f.code, f.message.get(language))));
        } else if run.missed.is_empty() {
            tally.passed += 1;
        } else {
            tally.failed += 1;
            failed(&program, file, example, &run, session, out);
        }
    }
    if coverage {
        out.push_str(&covered(&program, file, &fired, session));
        if !unconfirmed.is_empty() {
            let count = unconfirmed.len();
            out.push_str(&match session.language {
                Language::Zh => format!("  另有 {count} 例待核对，不计\n"),
                Language::En => format!("  {count} more to confirm, not counted\n"),
            });
        }
    }
    Ok(())
}

/// The expectations that evidence is lacking for, then those that another value came out for.
fn failed(
    program: &Program,
    file: FileId,
    example: &Example,
    run: &Run,
    session: &Session,
    out: &mut String,
) {
    let lacking = |expectation: &Expectation, actual: Option<&Value>| match actual {
        None => examples::lacking(program, example, expectation),
        Some(_) => Vec::new(),
    };
    let all = run.missed.iter().map(|(e, actual)| (*e, actual.as_ref(), lacking(e, actual.as_ref())));
    let (without, other): (Vec<_>, Vec<_>) = all.partition(|(.., lacks)| !lacks.is_empty());
    if !without.is_empty() {
        out.push_str(&head(Code::R0502, session, file, example));
        let lines = without.iter().map(|(e, _, lacks)| unknown(program, example, e, lacks, session.language));
        out.extend(lines);
        out.push_str(match session.language {
            Language::Zh => "  在「填报」中补上；次数、扣分和清单确实没有的，可写「其余无过失」\n",
            Language::En => {
                "  add it under `evidence`; for counts, deductions and lists that are none there is `the rest faultless`\n"
            }
        });
    }
    if !other.is_empty() {
        out.push_str(&head(Code::R0501, session, file, example));
        let lines = other.iter().map(|(e, v, _)| missed(program, file, example, run, (e, *v), session));
        out.extend(lines);
    }
}

/// That nothing comes out, and the evidence that this is for want of.
fn unknown(
    program: &Program,
    example: &Example,
    expectation: &Expectation,
    lacks: &[Lack<'_>],
    language: Language,
) -> String {
    let name = |lack: &Lack<'_>| {
        let unit = example.units.get(lack.unit).map(|u| u.id.as_str()).unwrap_or_default();
        let evidence = lack.evidence.name.as_str();
        let what = match (lack.field, language) {
            (None, _) => evidence.to_owned(),
            (Some((row, field)), Language::Zh) => {
                format!("{evidence}第 {} 条的{}", row + 1, field.name)
            }
            (Some((row, field)), Language::En) => format!("{} of row {} of {evidence}", field.name, row + 1),
        };
        format!("{unit} {what}").trim().to_owned()
    };
    let names: Vec<String> = lacks.iter().map(name).collect();
    let unit = example.units.get(expectation.unit).map(|u| u.id.as_str()).unwrap_or_default();
    let what = format!("{unit} {}", bridge::name(program, expectation.target, language));
    match language {
        Language::Zh => format!("  {}：缺少证据，算不出来：{}\n", what.trim(), names.join("、")),
        Language::En => format!("  {}: cannot be worked out without {}\n", what.trim(), names.join(", ")),
    }
}

fn head(code: Code, session: &Session, file: FileId, example: &Example) -> String {
    let source = session.sources.get(file);
    let line = source.map_or(1, |s| s.line_column(example.span.start).line);
    let name = &example.name;
    format!("{}:{line} {code} {name}\n", source.map(Source::name).unwrap_or_default())
}

/// What was expected, what came out, and how.
fn missed(
    program: &Program,
    file: FileId,
    example: &Example,
    run: &Run,
    (expectation, actual): (&Expectation, Option<&Value>),
    session: &Session,
) -> String {
    let language = session.language;
    let nothing = match language {
        Language::Zh => "无",
        Language::En => "nothing",
    };
    let shown = |value: Option<&Value>| {
        value.map_or_else(|| nothing.to_owned(), |v| bridge::words(program, expectation.target, v, language))
    };
    let expected = shown(examples::value(&expectation.value).as_ref());
    let actual = shown(actual);
    let unit = example.units.get(expectation.unit).map(|u| u.id.as_str()).unwrap_or_default();
    let what = format!("{unit} {}", bridge::name(program, expectation.target, language));
    let mut text = match language {
        Language::Zh => format!("  {}：应为 {expected}，实为 {actual}\n", what.trim()),
        Language::En => format!("  {}: expected {expected}, actual {actual}\n", what.trim()),
    };
    if let Target::Node(node) | Target::Requirement(node) = expectation.target {
        let unit = run.outcome.units.iter().find(|u| u.index == expectation.unit);
        let account = Account { program, dataset: &run.dataset, language };
        let view = unit.map(|u| account.unit(u));
        if let Some(node) = view.as_ref().and_then(|u| u.nodes.get(node.0)) {
            let ledger = clause_ledger(node, session.text(file), &session.sources, language);
            text.extend(ledger.lines().filter(|l| !l.is_empty()).map(|l| format!("    {l}\n")));
        }
    }
    text
}

fn covered(
    program: &Program,
    file: FileId,
    fired: &BTreeSet<rubric_program::RuleId>,
    session: &Session,
) -> String {
    let (idle, percent) = examples::coverage(program, fired);
    let source = session.sources.get(file);
    let name = source.map(Source::name).unwrap_or_default();
    let mut text = match session.language {
        Language::Zh => format!("{name}：示例用到 {percent}% 的规则\n"),
        Language::En => format!("{name}: {percent}% of the rules are fired by an example\n"),
    };
    for rule in idle {
        let line = source.map_or(1, |s| s.line_column(rule.span.start).line);
        let words: Vec<&str> = rule.span.of(session.text(file)).split_whitespace().collect();
        text.push_str(&match session.language {
            Language::Zh => format!("  第 {line} 行 {}\n", words.join(" ")),
            Language::En => format!("  line {line} {}\n", words.join(" ")),
        });
    }
    text
}
