//! The pictures of `docs/pictures`: what a terminal shows, drawn from real output.
//!
//! `RUBRICC_UPDATE=1 cargo test -p rubricc --test pictures` draws them anew.

#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod common;

use std::fs;
use std::path::Path;

use common::command;

/// What the pictures are of: a rubric in each language, its mistakes, and the evidence of one unit.
struct Scene {
    lang: &'static str,
    file: &'static str,
    rubric: &'static str,
    /// What is right, and what stands there by mistake.
    mistakes: [(&'static str, &'static str); 2],
    evidence: &'static str,
    evidence_file: &'static str,
    unit: &'static str,
}

const SCENES: [Scene; 2] = [
    Scene {
        lang: "zh",
        file: "食堂.rubric",
        rubric: "标准 \"食堂评比\" { 满分 28分 }\n\n填报 {\n  地面不洁: 次数\n  满意率: 百分比\n  \
            等候时间: 数量 分钟 0分钟 至 120分钟 到 1分钟\n}\n\n\
            条款 1 \"卫生\" 10分 { 每 地面不洁 扣 1分,最高 4分 }\n\
            条款 2 \"满意率\" 10分 { 满意率 比 95% 每低 1个百分点 扣 1分,不足 不计 }\n\
            条款 3 \"排队\" 8分 {\n  按 等候时间 {\n    0分钟 至 5分钟 得 8分\n    6分钟 至 10分钟 得 5分\n    \
            11分钟以上 得 0分\n  }\n}\n",
        mistakes: [("每 地面不洁", "每 地面不结"), ("11分钟以上", "15分钟以上")],
        evidence: "{ \"subjects\": [\n  { \"id\": \"西区食堂\",\n    \"地面不洁\": 6,\n    \
            \"满意率\": \"91.5%\",\n    \"等候时间\": 8 }\n] }\n",
        evidence_file: "一季度.json",
        unit: "西区食堂",
    },
    Scene {
        lang: "en",
        file: "canteen.rubric",
        rubric: "rubric \"Canteens\" { total 28 points }\n\nevidence {\n  dirty_floors: count\n  satisfied: percent\n  \
            wait: number of minutes 0 minutes to 120 minutes in steps of 1 minute\n}\n\n\
            clause 1 \"Cleanliness\" 10 points { for each dirty_floors deduct 1 point, up to 4 points }\n\
            clause 2 \"Satisfaction\" 10 points {\n  \
            for each 1 pp that satisfied is below 95% deduct 1 point, part steps ignored\n}\n\
            clause 3 \"Queues\" 8 points {\n  by wait {\n    0 minutes to 5 minutes award 8 points\n    \
            6 minutes to 10 minutes award 5 points\n    11 minutes or more award 0 points\n  }\n}\n",
        mistakes: [
            ("for each dirty_floors", "for each dirty_flors"),
            ("11 minutes or more", "15 minutes or more"),
        ],
        evidence: "{ \"subjects\": [\n  { \"id\": \"West\",\n    \"dirty_floors\": 6,\n    \
            \"satisfied\": \"91.5%\",\n    \"wait\": 8 }\n] }\n",
        evidence_file: "spring.json",
        unit: "West",
    },
];

const COLUMN: f64 = 8.4;
const LINE: f64 = 17.0;
const MARGIN: f64 = 16.0;

/// How many columns a character takes in a terminal.
fn columns(c: char) -> u32 {
    let wide = ('\u{2E80}'..='\u{A4CF}').contains(&c)
        || ('\u{AC00}'..='\u{D7A3}').contains(&c)
        || ('\u{F900}'..='\u{FAFF}').contains(&c)
        || ('\u{FF00}'..='\u{FF60}').contains(&c);
    if wide { 2 } else { 1 }
}

/// The class of a colour sequence, as of `36;1;4`.
fn class(codes: &str) -> &'static str {
    let has = |code: &str| codes.split(';').any(|c| c == code);
    match () {
        () if has("31") => "error",
        () if has("33") => "warning",
        () if has("36") => "name",
        () if has("35") => "mark",
        () if has("32") => "good",
        () if has("2") => "faint",
        () => "plain",
    }
}

fn escaped(c: char) -> String {
    match c {
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '&' => "&amp;".to_owned(),
        _ => c.to_string(),
    }
}

/// Text in place: each word, and each wide character, at its own column, so that no font can shift the rest.
fn stretch(style: &str, text: &[(u32, char)], y: f64) -> String {
    let breaks =
        |a: &(u32, char), b: &(u32, char)| a.1 != ' ' && b.1 != ' ' && columns(a.1) + columns(b.1) == 2;
    let mut svg = String::new();
    for word in text.chunk_by(breaks).filter(|word| word.iter().all(|(_, c)| *c != ' ')) {
        let x = MARGIN + word.first().map_or(0.0, |(at, _)| f64::from(*at)) * COLUMN;
        let length = f64::from(word.iter().map(|(_, c)| columns(*c)).sum::<u32>()) * COLUMN;
        let letters: String = word.iter().map(|(_, c)| escaped(*c)).collect();
        // A wide letter is a little narrower than its two columns; it stands in their middle.
        let (x, fit) = match word {
            [(_, c)] if columns(*c) == 2 => (x + COLUMN - 7.0, String::new()),
            _ => (x, format!(" textLength=\"{length:.1}\"")),
        };
        svg.push_str(&format!("<text class=\"{style}\" x=\"{x:.1}\" y=\"{y:.1}\"{fit}>{letters}</text>\n"));
    }
    svg
}

/// A line with its colours; gives how wide it is.
fn line(text: &str, y: f64, svg: &mut String) -> u32 {
    let mut style = "plain";
    let mut at = 0;
    for (number, part) in text.split("\u{1b}[").enumerate() {
        let part = match part.split_once('m') {
            Some((codes, rest)) if number > 0 => {
                style = class(codes);
                rest
            }
            _ => part,
        };
        let mut placed = Vec::new();
        for c in part.chars() {
            placed.push((at, c));
            at += columns(c);
        }
        svg.push_str(&stretch(style, &placed, y));
    }
    at
}

/// A terminal that shows these lines.
fn picture(title: &str, lines: &[String]) -> String {
    let mut body = String::new();
    let mut widest = 0;
    let mut y = MARGIN + 12.0;
    for text in lines {
        widest = widest.max(line(text, y, &mut body));
        y += LINE;
    }
    let (width, height) = (2.0 * MARGIN + f64::from(widest) * COLUMN, y - 12.0 + MARGIN - 4.0);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" xml:space=\"preserve\">\n<title>{title}</title>\n\
         <style>\ntext {{ font: 14px \"DejaVu Sans Mono\", Menlo, Consolas, \"Noto Sans Mono CJK SC\", \
         \"Noto Sans CJK SC\", \"PingFang SC\", \"Microsoft YaHei\", monospace; fill: #d7dae0; }}\n\
         .error {{ fill: #ff7b72; }} .warning {{ fill: #e3b341; }} .name {{ fill: #79c0ff; }}\n\
         .mark {{ fill: #d2a8ff; }} .good {{ fill: #7ee787; }} .faint {{ fill: #8b949e; }}\n</style>\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{:.0}\" height=\"{:.0}\" rx=\"8\" fill=\"#1f2430\" stroke=\"#6e7681\"/>\n{body}</svg>\n",
        width - 1.0,
        height - 1.0,
    )
}

/// What a terminal shows of a run: the command, then the output.
fn shown(folder: &Path, lang: &str, args: &[&str]) -> Vec<String> {
    let mut command = command(folder);
    let ran = command.env("RUBRICC_LANG", lang).args(["--color", "always"]).args(args).output().unwrap();
    let text = String::from_utf8([ran.stderr, ran.stdout].concat()).unwrap();
    let mut lines = vec![format!("\u{1b}[2m$\u{1b}[0m rubricc {}", args.join(" "))];
    lines.extend(text.trim_matches('\n').lines().map(|l| l.trim_end().to_owned()));
    lines
}

fn check(name: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures").join(name);
    if std::env::var_os("RUBRICC_UPDATE").is_some() {
        fs::write(&path, now).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap_or_default() == now, "{} is out of date", path.display());
}

#[test]
fn pictures_show_what_the_command_prints() {
    for scene in SCENES {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let wrong = scene.mistakes.iter().fold(scene.rubric.to_owned(), |text, (right, wrong)| {
            assert!(text.contains(right), "{right}");
            text.replace(right, wrong)
        });
        write(scene.file, &wrong);
        let lines = shown(folder.path(), scene.lang, &["check", scene.file]);
        check(&format!("check.{}.svg", scene.lang), &picture("rubricc check", &lines));
        write(scene.file, scene.rubric);
        write(scene.evidence_file, scene.evidence);
        let args = ["eval", scene.file, scene.evidence_file, "--format", "ledger", "--unit", scene.unit];
        let lines = shown(folder.path(), scene.lang, &args);
        check(&format!("ledger.{}.svg", scene.lang), &picture("rubricc eval --format ledger", &lines));
    }
}
