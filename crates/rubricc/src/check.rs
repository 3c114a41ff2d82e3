//! `rubricc check`: findings about rubrics, without evidence.

use rubric_base::{Language, Level};
use rubric_prove::Ask;
use rubric_report::proofs::report;
use rubric_report::{count, diagnostics_json, github, sarif};

use crate::baseline::{Baseline, Entry};
use crate::cli::{CheckArgs, CheckFormat, Deny};
use crate::exit::{Exit, Failure, put};
use crate::files;
use crate::levels::Levels;
use crate::load::Session;
use crate::proofs;

/// Checks every file; one that cannot be read does not keep the others from being checked.
pub fn run(args: &CheckArgs, session: &mut Session) -> Result<Exit, Failure> {
    let levels = Levels::read(&args.level)?;
    let baseline = args.baseline.as_deref().map(Baseline::read).transpose()?;
    let paths = files::find_rubrics(&args.paths)?;
    let (mut findings, mut reports) = (Vec::new(), Vec::new());
    let ask = if args.report || levels.raises_notes() { Ask::All } else { Ask::Warnings };
    let mut exit = Exit::Done;
    for path in &paths {
        match session.prove(path, ask) {
            Ok(loaded) => {
                reports.extend(if args.report { proofs::report(&loaded, session) } else { None });
                findings.extend(loaded.diagnostics);
            }
            Err(failure) => {
                session.say(failure.text.get(session.language));
                exit = exit.max(failure.exit);
            }
        }
    }
    levels.apply(&mut findings);
    // Notes are true facts: they are told where they are asked for, and never counted.
    findings.retain(|f| args.report || f.level != Level::Note);
    if let Some(path) = &args.write_baseline {
        Baseline::of(&findings, session, path).write(path)?;
    }
    if let (Some(baseline), Some(path)) = (baseline, &args.baseline) {
        let (through, idle) = baseline.apply(&mut findings, &paths, session, path);
        session.say(&let_through(through, &idle, session.language));
    }
    let errors = count(&findings, Level::Error);
    let warnings = count(&findings, Level::Warning);
    if errors > 0 || (warnings > 0 && args.deny == Some(Deny::Warnings)) {
        exit = exit.max(Exit::Rubric);
    }
    let broken = |e: serde_json::Error| Failure::output(&e.into());
    let language = session.language;
    let report = match args.format {
        CheckFormat::Human => {
            session.show(&findings);
            let mut text: String = reports.iter().map(|r| report(r, language) + "\n").collect();
            text.push_str(&summary(paths.len(), errors, warnings, language));
            text
        }
        CheckFormat::Json => {
            let reports = args.report.then_some(reports.as_slice());
            diagnostics_json(&findings, &session.sources, reports).map_err(broken)?
        }
        CheckFormat::Sarif => sarif(&findings, &session.sources, language).map_err(broken)?,
        CheckFormat::Github => github(&findings, &session.sources, language),
    };
    put(&report)?;
    Ok(exit)
}

/// How many findings the baseline let through, and which of its entries nothing needs any longer.
fn let_through(through: usize, idle: &[Entry], language: Language) -> String {
    let mut text = match language {
        Language::Zh => format!("基线放过 {through} 处"),
        Language::En => format!("let through by the baseline: {through}"),
    };
    for Entry { code, file, item, words } in idle {
        text.push_str(&match language {
            Language::Zh => format!("\n基线中这一条已不需要，可以删去：{code} {file} {item} 「{words}」"),
            Language::En => format!("\nno longer needed in the baseline: {code} {file} {item} `{words}`"),
        });
    }
    text
}

fn summary(files: usize, errors: usize, warnings: usize, language: Language) -> String {
    match language {
        Language::Zh => format!("核对 {files} 份标准：错误 {errors} 处，警告 {warnings} 处\n"),
        Language::En => {
            let s = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
            format!("{} checked: {}, {}\n", s(files, "rubric"), s(errors, "error"), s(warnings, "warning"))
        }
    }
}
