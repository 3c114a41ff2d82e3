//! How long parsing and checking take, by the length of the rubric.
//!
//! `cargo run --release -p rubric-suite --example bench`
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a tool of the test bench"
)]

use std::time::{Duration, Instant};

use rubric_base::FileId;
use rubric_base::code::Level;

const COUNTY: &str = include_str!("../../../rubrics/county-township/2022.rubric");

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [what, sort, lines, times] = arguments.as_slice() {
        return alone(what, sort, lines.parse().unwrap(), times.parse().unwrap());
    }
    println!(
        "{:<22} {:>7} {:>9}  {:>10} {:>10}  {:>9} {:>9}",
        "rubric", "lines", "bytes", "parse ms", "check ms", "parse/kl", "check/kl"
    );
    row("county-township 2022", COUNTY, 51);
    for (lines, times) in [(500, 21), (5_000, 7), (50_000, 3)] {
        row(&format!("plain {lines}"), &plain(lines), times);
    }
    for (lines, times) in [(500, 21), (5_000, 7), (50_000, 3)] {
        row(&format!("mixed {lines}"), &mixed(lines), times);
    }
    println!(
        "medians; /kl: ms for 1,000 lines; plain: counts and deductions; mixed: tables, lists, ranks, expressions"
    );
}

/// One thing alone, for a profiler: `bench parse mixed 5000 10`.
fn alone(what: &str, sort: &str, lines: usize, times: usize) {
    let text = match sort {
        "plain" => plain(lines),
        "mixed" => mixed(lines),
        _ => COUNTY.to_owned(),
    };
    let parsed = rubric_syntax::parse(FileId::default(), &text);
    for _ in 0..times {
        if what == "parse" {
            std::hint::black_box(rubric_syntax::parse(FileId::default(), &text));
        } else {
            std::hint::black_box(rubric_check::check(FileId::default(), &text, &parsed.file));
        }
    }
}

fn row(name: &str, text: &str, times: usize) {
    let (mut parse, mut check) = (Vec::new(), Vec::new());
    for _ in 0..times {
        let start = Instant::now();
        let parsed = rubric_syntax::parse(FileId::default(), text);
        parse.push(start.elapsed());
        assert!(parsed.errors.is_empty(), "{name}: {:?}", parsed.errors.first());
        let start = Instant::now();
        let checked = rubric_check::check(FileId::default(), text, &parsed.file);
        check.push(start.elapsed());
        let error = checked.diagnostics.iter().find(|d| d.level == Level::Error);
        assert!(error.is_none(), "{name}: {error:?}");
    }
    let (parse, check) = (median(parse), median(check));
    let lines = text.lines().count();
    let thousands = lines as f64 / 1000.0;
    println!(
        "{name:<22} {lines:>7} {:>9}  {parse:>10.2} {check:>10.2}  {:>9.2} {:>9.2}",
        text.len(),
        parse / thousands,
        check / thousands
    );
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1000.0
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
