//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::language::Lang;

/// 评分标准语言:核对、评分、格式化、测试。 / Scoring standards: check, score, format, test.
///
/// Exit codes: 0 done; 1 the rubric is wrong, a test fails or a file is not formatted; 2 wrong usage;
/// 3 evidence rejected; 4 a file cannot be read or written.
#[derive(Debug, Parser)]
#[command(name = "rubricc", version, propagate_version = true)]
pub struct Cli {
    /// Language of messages and reports [default: from RUBRICC_LANG, LC_ALL, LC_MESSAGES, LANG]
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Lang>,
    /// When to colour messages; NO_COLOR turns `auto` off
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 核对标准:分值、分档、名称、单位 / Check rubrics without evidence
    Check(CheckArgs),
    /// 按标准评分 / Score units by their evidence
    Eval(EvalArgs),
    /// 统一格式 / Format rubrics
    Fmt(FmtArgs),
    /// 运行标准中的示例 / Run the examples of rubrics
    Test(TestArgs),
    /// 写出规则边界上的示例 / Write examples at the edges of the rules
    Examples(ExamplesArgs),
    /// 新建一份标准 / Write a small rubric to begin with
    New(NewArgs),
    /// 解释诊断代码 / Explain a code such as R0203
    Explain(ExplainArgs),
    /// 编辑器的语言服务，经标准输入输出 / Serve an editor over standard input and output
    Lsp(LspArgs),
    /// Print a completion script
    Completions {
        /// For which shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people, on standard error
    Human,
    /// JSON, on standard output
    Json,
    /// SARIF 2.1.0, on standard output
    Sarif,
    /// Workflow commands, on standard output
    Github,
}

/// What `--deny` refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings
    Warnings,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// How to show the findings
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub format: CheckFormat,
    /// End with 1 on these too
    #[arg(long, value_enum)]
    pub deny: Option<Deny>,
    /// Also show the lowest and highest scores there can be, notes, and what is kept as printed (human and json)
    #[arg(long)]
    pub report: bool,
    /// How grave a kind of finding is: R0205=error, or warning, note, off; errors stay errors
    #[arg(long, value_name = "CODE=LEVEL")]
    pub level: Vec<String>,
    /// Let through the warnings and notes of this file
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the warnings and notes there are to this file
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub write_baseline: Option<PathBuf>,
    /// Rubrics, or folders searched for *.rubric
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
}

/// How scores are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EvalFormat {
    /// A line for each unit
    Table,
    /// JSON
    Json,
    /// Every deduction and award with its rule and its evidence
    Ledger,
}

/// Arguments of `eval`.
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// How to show the scores
    #[arg(long, value_enum, default_value_t = EvalFormat::Table)]
    pub format: EvalFormat,
    /// Show only this unit (all are scored and ranked)
    #[arg(long, value_name = "ID")]
    pub unit: Vec<String>,
    /// Show only this section or clause
    #[arg(long, value_name = "NO")]
    pub clause: Vec<String>,
    /// Write to this file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Evidence may be missing: show what can still come out, and what to collect next
    #[arg(long)]
    pub partial: bool,
    /// The evidence of an imported rubric, by the name it has here; once for each file
    #[arg(long, value_name = "NAME=FILE")]
    pub import: Vec<String>,
    /// The rubric
    pub rubric: PathBuf,
    /// Evidence: JSON files
    #[arg(required = true)]
    pub evidence: Vec<PathBuf>,
}

/// Which keywords `fmt` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FmtKeywords {
    /// Chinese
    Zh,
    /// English
    En,
    /// As they are
    Keep,
}

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Change nothing; print the names of files that differ
    #[arg(long)]
    pub check: bool,
    /// Language of the keywords
    #[arg(long, value_enum, default_value_t = FmtKeywords::Keep)]
    pub keywords: FmtKeywords,
    /// Rubrics or folders; - reads standard input and writes standard output
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

/// Arguments of `test`.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// List the rules that no example fires
    #[arg(long)]
    pub coverage: bool,
    /// Rubrics or folders
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

/// Arguments of `examples`.
#[derive(Debug, Args)]
pub struct ExamplesArgs {
    /// Just below, on and just above each boundary, with the results of the program, to be confirmed
    #[arg(long, required = true)]
    pub edges: bool,
    /// Write the rubric with the examples to this file, which may be the rubric itself
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The rubric
    pub rubric: PathBuf,
}

/// Arguments of `new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// Where
    #[arg(default_value = "新标准.rubric")]
    pub path: PathBuf,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The code
    pub code: String,
}

/// Arguments of `lsp`.
#[derive(Debug, Args)]
pub struct LspArgs {
    /// Over standard input and output; what is always done, accepted because editors say it
    #[arg(long)]
    pub stdio: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
