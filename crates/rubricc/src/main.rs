//! The command `rubricc`: checks rubrics, scores by them, formats and tests them.

mod account;
mod baseline;
mod bridge;
mod check;
mod cli;
mod edges;
mod eval;
mod examples;
mod exit;
mod explain;
mod files;
mod fmt;
mod grades;
mod grounds;
mod imports;
mod language;
mod levels;
mod load;
mod lsp;
mod new;
mod pages;
mod partial;
mod proofs;
mod render;
mod test;

use std::io;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use rubric_report::written;

use crate::cli::{Cli, Command};
use crate::exit::{Exit, Failure, put};
use crate::load::Session;

fn run(cli: Cli, session: &mut Session) -> Result<Exit, Failure> {
    match cli.command {
        Command::Check(args) => check::run(&args, session),
        Command::Eval(args) => eval::run(&args, session),
        Command::Fmt(args) => fmt::run(&args, session),
        Command::Test(args) => test::run(&args, session),
        Command::Examples(args) => edges::run(&args, session),
        Command::New(args) => new::run(&args, session),
        Command::Explain(args) => explain::run(&args, session),
        Command::Lsp(_) => lsp::run(session),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "rubricc", &mut script);
            put(&String::from_utf8_lossy(&script))
        }
        Command::Man => put(&String::from_utf8_lossy(&manual().map_err(|e| Failure::output(&e))?)),
    }
}

/// The page of the command, then one for each of its commands.
fn manual() -> io::Result<Vec<u8>> {
    let mut whole = Cli::command().disable_help_subcommand(true);
    whole.build();
    let mut pages = Vec::new();
    let source = concat!("rubricc ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(whole.clone()).render(&mut pages)?;
    for command in whole.get_subcommands() {
        clap_mangen::Man::new(command.clone()).source(source).render(&mut pages)?;
    }
    Ok(pages)
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut session = Session::new(language::choose(cli.lang), cli.color);
    match run(cli, &mut session) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            session.say(failure.text.get(session.language));
            failure.exit.into()
        }
    }
}
