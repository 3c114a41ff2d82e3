//! How long each stage takes, by the length of the rubric, and how long after a keystroke.
//!
//! `cargo run --release -p rubric-suite --example bench` measures all: the best of several runs, so that others on the
//! machine count little. With `parse|check|prove|key`, `county|plain|mixed`, lines and runs it does one thing alone,
//! for a profiler.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a tool of the test bench"
)]

use std::hint::black_box;
use std::time::Instant;

use rubric_base::FileId;
use rubric_base::code::Level;
use rubric_check::{Checked, check};
use rubric_prove::{Ask, prove};
use rubric_syntax::{Incremental, ast, parse};

const COUNTY: &str = include_str!("../../../rubrics/county-township/2022.rubric");

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [what, sort, lines, times] = arguments.as_slice() {
        return alone(what, &text(sort, lines.parse().unwrap()), times.parse().unwrap());
    }
    println!(
        "{:<14} {:>6} {:>8} | {:>8} {:>8} {:>8} | {:>6} {:>6} {:>6} | {:>8}",
        "rubric", "lines", "bytes", "parse", "check", "prove", "/kl", "/kl", "/kl", "key"
    );
    row("county", COUNTY, 51);
    for sort in ["plain", "mixed"] {
        for (lines, times) in [(500, 31), (5_000, 11), (50_000, 5)] {
            row(sort, &text(sort, lines), times);
        }
    }
    println!(
        "milliseconds; /kl: of parse, check and prove for 1,000 lines; key: reading again after a keystroke"
    );
    println!("plain: counts and deductions; mixed: tables, lists, ranks, expressions");
}

fn text(sort: &str, lines: usize) -> String {
    match sort {
        "plain" => plain(lines),
        "mixed" => mixed(lines),
        _ => COUNTY.to_owned(),
    }
}

/// Milliseconds that this thread was on a processor, where the system tells: to a few of them.
fn on_processor() -> Option<f64> {
    let ran = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(ran.split(' ').next()?.parse::<u64>().ok()? as f64 / 1e6)
}

/// The best of several runs: by the clock where it is short, on the processor where others may come between.
fn best<T>(times: usize, mut run: impl FnMut() -> T) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..times {
        let (start, before) = (Instant::now(), on_processor());
        let result = black_box(run());
        let time = start.elapsed().as_secs_f64() * 1e3;
        let ran = on_processor().zip(before).map(|(after, before)| after - before);
        best = best.min(ran.filter(|_| time > 40.0).unwrap_or(time));
        drop(result);
    }
    best
}

/// A number of the last rule that has one, typed anew: near the middle of the text.
fn key(text: &str) -> usize {
    let middle = text.char_indices().map(|(at, _)| at).find(|at| *at >= text.len() / 2).unwrap_or(0);
    text[middle..]
        .find("扣 0.")
        .or_else(|| text[middle..].find("扣 1"))
        .map_or(middle, |at| middle + at + "扣 ".len())
}

/// What a writer sees after a keystroke: the tree, then the findings.
struct Session {
    text: Incremental,
    at: usize,
    even: bool,
}

impl Session {
    fn new(text: &str) -> Self {
        let at = key(text);
        let mut session = Self { text: Incremental::new(FileId::default(), text), at, even: false };
        session.strike();
        session
    }

    fn strike(&mut self) {
        let old = if self.even { 0 } else { 1 };
        self.even = !self.even;
        let new = if old == 1 { "" } else { "0" };
        self.text.edit(self.at..self.at + old, new);
        black_box(self.text.parse());
    }

    fn check(&mut self) -> usize {
        self.text.parse();
        check(FileId::default(), self.text.text(), &self.text.parsed().file).diagnostics.len()
    }
}

fn alone(what: &str, text: &str, times: usize) {
    let tree = parse(FileId::default(), text).file;
    let checked = check(FileId::default(), text, &tree);
    let mut session = Session::new(text);
    best(times, || match what {
        "parse" => parse(FileId::default(), text).errors.len(),
        "check" => check(FileId::default(), text, &tree).diagnostics.len(),
        "prove" => prove(&checked.program, FileId::default(), Ask::All).diagnostics.len(),
        _ => {
            session.strike();
            session.check()
        }
    });
}

fn sound(name: &str, text: &str) -> (ast::File, Checked) {
    let parsed = parse(FileId::default(), text);
    assert!(parsed.errors.is_empty(), "{name}: {:?}", parsed.errors.first());
    let checked = check(FileId::default(), text, &parsed.file);
    let error = checked.diagnostics.iter().find(|d| d.level == Level::Error);
    assert!(error.is_none(), "{name}: {error:?}");
    (parsed.file, checked)
}

fn row(name: &str, text: &str, times: usize) {
    let (tree, checked) = sound(name, text);
    let parsing = best(times, || parse(FileId::default(), text));
    let checking = best(times, || check(FileId::default(), text, &tree));
    let proving = best(times.div_ceil(3), || prove(&checked.program, FileId::default(), Ask::All));
    let mut session = Session::new(text);
    let striking = best(2 * times, || session.strike());
    let lines = text.lines().count();
    let each = |time: f64| time / (lines as f64 / 1000.0);
    println!(
        "{name:<14} {lines:>6} {:>8} | {parsing:>8.2} {checking:>8.2} {proving:>8.2} | {:>6.2} {:>6.2} {:>6.2} | {striking:>8.3}",
        text.len(),
        each(parsing),
        each(checking),
        each(proving),
    );
}

/// Clauses with one or two deductions each, and the evidence for them.
fn plain(lines: usize) -> String {
    let clauses = lines / 5;
    let mut text = format!("标准 \"长\" {{\n  年度 2024\n  满分 {clauses}分\n}}\n填报 {{\n");
    for i in 0..clauses {
        text.push_str(&format!("  未登记告知{i}: 次数\n"));
    }
    text.push_str("}\n");
    for section in 0..clauses.div_ceil(50) {
        let own = 50.min(clauses - section * 50);
        text.push_str(&format!("大项 {} \"第{section}项工作\" {own}分 {{\n", section + 1));
        for i in section * 50..section * 50 + own {
            text.push_str(&format!("条款 {}.{} \"办事登记\" 1分 {{\n", section + 1, i + 1));
            text.push_str(&format!("  每 未登记告知{i} 扣 0.5分,最高 0.8分\n"));
            text.push_str(&format!("  若 未登记告知{i} 多于 9次,扣 0.5分\n}}\n"));
        }
        text.push_str("}\n");
    }
    text
}

/// Eight lines a clause of every sort.
fn mixed(lines: usize) -> String {
    let clauses = lines / 13;
    let mut text =
        format!("标准 \"长\" {{\n  年度 2024\n  满分 {}分,四舍五入 到 0.01分\n}}\n填报 {{\n", clauses * 5);
    for i in 0..clauses {
        text.push_str(&format!("  办件量{i}: 数量 件 0件 至 900件\n  归档率{i}: 百分比 到 0.01\n"));
        text.push_str(&format!("  证照申报{i}: 清单 {{ 办件: 文本; 调用: 是否 }} 至多 50 行\n"));
    }
    text.push_str("}\n");
    for i in 0..clauses {
        let body = match i % 3 {
            0 => format!(
                "  按 办件量{i} 从高到低 在 全部单位 的 名次 {{\n    第1名 得 5分\n    每后1名 减 0.2分\n    第20名起 得 0.2分\n    并列 取优\n  }}\n"
            ),
            1 => format!(
                "  按 归档率{i} {{\n    90%以上 扣 0分\n    80%以上 扣 1分\n    60%以上 扣 2分\n    其余 扣 4分\n  }}\n"
            ),
            _ => format!(
                "  归档率{i} 比 100% 每低 1个百分点 扣 0.2分,不足 不计\n  每 证照申报{i} 其中 未 调用 扣 0.5分,最高 2分\n  若 办件量{i} 多于 90件 且 归档率{i} 低于 50%,扣 1分\n  要求 件数(证照申报{i} 其中 调用) 不少于 2\n  扣 较大(0分, 办件量{i} × 0.01分 − 3分)\n"
            ),
        };
        text.push_str(&format!("条款 {} \"一项工作\" 5分 {{\n{body}}}\n", i + 1));
        text.push_str(&format!("设 值{i} = (办件量{i} × 0.3分 + 「{}」得分 ÷ 4)\n", i + 1));
        if i % 3 != 2 {
            let value = format!("若 归档率{i} > 50% 则 办件量{i} + 2件 否则 件数(证照申报{i})");
            text.push_str(&format!("输出 结果{i} = {value}\n"));
        }
    }
    text
}
