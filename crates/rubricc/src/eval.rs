//! `rubricc eval`: scores units by their evidence.

use std::path::PathBuf;

use rubric_base::near::nearest;
use rubric_base::{FileId, Level};
use rubric_eval::{Mode, evaluate};
use rubric_evidence::Input;
use rubric_program::{Dataset, Program};
use rubric_report::partial::{partial_json, partial_ledger, partial_table};
use rubric_report::view::View;
use rubric_report::{faults, json, ledger, table};

use crate::account::Account;
use crate::bridge;
use crate::cli::{EvalArgs, EvalFormat};
use crate::exit::{Exit, Failure, put};
use crate::files;
use crate::load::Session;
use crate::partial;

/// Nothing is written before everything has succeeded.
pub fn run(args: &EvalArgs, session: &mut Session) -> Result<Exit, Failure> {
    refuse_to_overwrite_input(args)?;
    let (file, program) = session.sound(&args.rubric)?;
    known("条款", "clause", &args.clause, program.nodes.iter().map(|n| n.number.as_str()))?;
    let imports = imports(args)?;
    let mut dataset = evidence(&program, &args.evidence, args.partial, session)?;
    dataset.imports = imported(&program, &imports, "", session)?;
    known("单位", "unit", &args.unit, dataset.units.iter().map(|u| u.id.as_str()))?;
    if args.partial {
        return write(args, &still_possible(args, &program, &dataset, session)?);
    }
    let mode = if args.format == EvalFormat::Ledger { Mode::WithLedger } else { Mode::ScoresOnly };
    let outcome = evaluate(&program, &dataset, mode).map_err(|error| bridge::failure(&error))?;
    if !outcome.faults.is_empty() {
        session.show(&faults::findings(&program, &dataset, &outcome.faults, file));
        return Err(Failure::shown(Exit::Evidence));
    }
    let account = Account { program: &program, dataset: &dataset, language: session.language };
    let mut view = account.view(&outcome);
    if !args.unit.is_empty() {
        view.units.retain(|u| args.unit.contains(&u.id));
    }
    write(args, &report(args, view, file, session)?)
}

fn write(args: &EvalArgs, text: &str) -> Result<Exit, Failure> {
    match &args.output {
        Some(path) => files::write(path, text).map(|()| Exit::Done),
        None => put(text),
    }
}

/// What can still come out, of the units and clauses asked for.
fn still_possible(
    args: &EvalArgs,
    program: &Program,
    dataset: &Dataset,
    session: &Session,
) -> Result<String, Failure> {
    let units = rubric_partial::evaluate(program, dataset).map_err(|error| bridge::failure(&error))?;
    let mut view = partial::view(program, &units);
    if !args.unit.is_empty() {
        view.retain(|u| args.unit.contains(&u.id));
    }
    if !args.clause.is_empty() {
        for unit in &mut view {
            unit.clauses.retain(|(n, _)| args.clause.contains(n));
            unit.requirements.retain(|(n, _)| args.clause.contains(n));
        }
    }
    match args.format {
        EvalFormat::Table => Ok(partial_table(&view, session.language)),
        EvalFormat::Ledger => Ok(partial_ledger(&view, session.language)),
        EvalFormat::Json => partial_json(&view).map_err(|e| Failure::output(&e.into())),
    }
}

fn report(args: &EvalArgs, mut view: View, file: FileId, session: &Session) -> Result<String, Failure> {
    let language = session.language;
    match args.format {
        EvalFormat::Table => Ok(table(&view, &args.clause, language)),
        EvalFormat::Ledger => Ok(ledger(&view, &args.clause, session.text(file), &session.sources, language)),
        EvalFormat::Json => {
            if !args.clause.is_empty() {
                for unit in &mut view.units {
                    unit.nodes.retain(|n| args.clause.contains(&n.number));
                }
            }
            json(&view).map_err(|e| Failure::output(&e.into()))
        }
    }
}

/// The files of `--import`, by name.
fn imports(args: &EvalArgs) -> Result<Vec<(String, PathBuf)>, Failure> {
    let pair = |text: &String| match text.split_once('=') {
        Some((name, file)) if !name.is_empty() && !file.is_empty() => {
            Ok((name.to_owned(), PathBuf::from(file)))
        }
        _ => Err(Failure::usage(
            format!("--import 写成 名称=文件，不能是 {text}"),
            format!("--import is NAME=FILE, not {text}"),
        )),
    };
    args.import.iter().map(pair).collect()
}

/// The evidence of each imported rubric; one that is imported by an imported one is named `甲/乙`.
fn imported(
    program: &Program,
    files: &[(String, PathBuf)],
    above: &str,
    session: &mut Session,
) -> Result<Vec<Dataset>, Failure> {
    let mut all = Vec::new();
    for import in &program.imports {
        let name = format!("{above}{}", import.name);
        let own: Vec<PathBuf> = files.iter().filter(|(n, _)| *n == name).map(|(_, f)| f.clone()).collect();
        if own.is_empty() {
            let path = &import.path;
            return Err(Failure::usage(
                format!("缺少「{path}」的证据，加上 --import {name}=文件"),
                format!("the evidence of `{path}` is missing: add --import {name}=FILE"),
            ));
        }
        let mut dataset = evidence(&import.program, &own, false, session)?;
        dataset.imports = imported(&import.program, files, &format!("{name}/"), session)?;
        all.push(dataset);
    }
    if above.is_empty() {
        let names: Vec<&str> = program.imports.iter().map(|i| i.name.as_str()).collect();
        let asked: Vec<String> =
            files.iter().map(|(n, _)| n.split('/').next().unwrap_or_default().to_owned()).collect();
        known("引用", "import", &asked, names.into_iter())?;
    }
    Ok(all)
}

/// The evidence of all files together. Warnings are shown; any error rejects all of it.
fn evidence(
    program: &Program,
    paths: &[PathBuf],
    partial: bool,
    session: &mut Session,
) -> Result<Dataset, Failure> {
    let mut texts = Vec::new();
    let mut broken = Vec::new();
    for path in paths {
        let bytes = files::read(path)?;
        let file = session.next_file();
        let text = rubric_evidence::decode(&bytes, file);
        session.keep(&path.display().to_string(), &bytes, text.as_deref().ok());
        match text {
            Ok(text) => texts.push((file, text)),
            Err(finding) => broken.push(finding),
        }
    }
    if !broken.is_empty() {
        session.show(&broken);
        return Err(Failure::shown(Exit::Evidence));
    }
    let inputs: Vec<Input> = texts.iter().map(|(file, text)| Input { file: *file, text }).collect();
    let read = if partial { rubric_evidence::read_partial } else { rubric_evidence::read };
    let (dataset, findings) = read(program, &inputs);
    session.show(&findings);
    if findings.iter().any(|d| d.level == Level::Error) {
        return Err(Failure::shown(Exit::Evidence));
    }
    Ok(dataset)
}

fn refuse_to_overwrite_input(args: &EvalArgs) -> Result<(), Failure> {
    let Some(output) = &args.output else { return Ok(()) };
    let imports = imports(args)?;
    let inputs = std::iter::once(&args.rubric).chain(&args.evidence).chain(imports.iter().map(|(_, f)| f));
    match inputs.map(PathBuf::as_path).find(|input| files::same(input, output)) {
        Some(input) => {
            let name = input.display();
            Err(Failure::usage(
                format!("输出不能写入 {name}：它是输入文件"),
                format!("the output cannot be written to {name}, which is an input"),
            ))
        }
        None => Ok(()),
    }
}

/// Refuses a name that is not there, with the near one.
fn known<'a>(
    zh: &str,
    en: &str,
    asked: &[String],
    names: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), Failure> {
    for name in asked {
        if names.clone().any(|n| n == name) {
            continue;
        }
        let (mut chinese, mut english) = (format!("没有{zh} {name}"), format!("no {en} {name}"));
        if let Some(near) = nearest(name, names.clone()) {
            chinese.push_str(&format!("；是 {near} 吗？"));
            english.push_str(&format!("; did you mean {near}?"));
        }
        return Err(Failure::usage(chinese, english));
    }
    Ok(())
}
