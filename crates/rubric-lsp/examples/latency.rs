//! How long an editor waits: a real server over its pipes, and an editor that types in the middle of a long file.
//!
//! `cargo run --release -p rubric-lsp --example latency -- rubric target/release/rubricc lsp`, or `toml` and `python`
//! with the command of another server, for files of the same number of lines. Nothing is asserted: machines differ.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a tool that may fail loudly"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// What is typed, and in which language.
struct Kind {
    name: &'static str,
    extension: &'static str,
    text: fn(usize) -> String,
    /// What is put at the start of a line, so that there is a finding.
    bad: &'static str,
}

const KINDS: [Kind; 3] = [
    Kind { name: "rubric", extension: "rubric", text: rubric, bad: "扣 " },
    Kind { name: "toml", extension: "toml", text: toml, bad: "=x " },
    Kind { name: "python", extension: "py", text: python, bad: "def (: " },
];

fn rubric(lines: usize) -> String {
    let clauses = lines / 5;
    let mut text = format!("标准 \"长\" {{\n  满分 {clauses}分\n}}\n填报 {{\n");
    (0..clauses).for_each(|i| text.push_str(&format!("  未登记告知{i}: 次数 0 至 20\n")));
    text.push_str("}\n");
    for section in 0..clauses.div_ceil(50) {
        let own = 50.min(clauses - section * 50);
        text.push_str(&format!("大项 {} \"第{section}项工作\" {own}分 {{\n", section + 1));
        for i in section * 50..section * 50 + own {
            text.push_str(&format!("  条款 {}.{} \"办事登记\" 1分 {{\n", section + 1, i + 1));
            text.push_str(&format!("    每 未登记告知{i} 扣 0.5分,最高 0.8分\n"));
            text.push_str(&format!("    若 未登记告知{i} 多于 9次,扣 0.5分\n  }}\n"));
        }
        text.push_str("}\n");
    }
    text
}

fn toml(lines: usize) -> String {
    (0..lines / 5)
        .map(|i| format!("[table{i}]\nname = \"办事登记\"\npoints = {i}\nlist = [1, 2, {i}]\n\n"))
        .collect()
}

fn python(lines: usize) -> String {
    let one = |i: usize| {
        format!(
            "def f{i}(x):\n    y = x + {i}\n    if y > {}:\n        return [y, x, {i}]\n    return {{'a': y}}\n",
            i % 7
        )
    };
    (0..lines / 5).map(one).collect()
}

struct Server {
    child: Child,
    input: ChildStdin,
    output: Receiver<(Instant, Value)>,
    next: i64,
}

impl Server {
    fn start(command: &[String]) -> Self {
        let mut child = Command::new(&command[0])
            .args(&command[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            loop {
                let mut length = 0;
                loop {
                    let mut line = String::new();
                    if output.read_line(&mut line).unwrap_or(0) == 0 {
                        return;
                    }
                    let line = line.trim().to_ascii_lowercase();
                    if let Some(n) = line.strip_prefix("content-length:") {
                        length = n.trim().parse().unwrap();
                    }
                    if line.is_empty() {
                        break;
                    }
                }
                let mut body = vec![0; length];
                if output.read_exact(&mut body).is_err() {
                    return;
                }
                let at = Instant::now();
                if sender.send((at, serde_json::from_slice(&body).unwrap())).is_err() {
                    return;
                }
            }
        });
        Self { child, input, output: receiver, next: 0 }
    }

    fn send(&mut self, mut message: Value) -> Instant {
        message["jsonrpc"] = json!("2.0");
        let body = message.to_string();
        let at = Instant::now();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.input.flush().unwrap();
        at
    }

    /// The first message that is wanted; what the server asks is answered with nothing.
    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Option<(Instant, Value)> {
        self.within(Duration::from_secs(30), wanted)
    }

    /// The same, if it comes within a time.
    fn within(&mut self, time: Duration, wanted: impl Fn(&Value) -> bool) -> Option<(Instant, Value)> {
        loop {
            let (at, message) = self.output.recv_timeout(time).ok()?;
            if message["method"].is_string() && !message["id"].is_null() {
                let result =
                    if message["method"] == "workspace/configuration" { json!([null]) } else { Value::Null };
                self.send(json!({ "id": message["id"], "result": result }));
            } else if wanted(&message) {
                return Some((at, message));
            }
        }
    }

    fn ask(&mut self, method: &str, params: &Value) -> (Duration, Value) {
        self.next += 1;
        let id = self.next;
        let sent = self.send(json!({ "id": id, "method": method, "params": params }));
        let (at, answer) = self.wait(|m| m["id"] == id && m["method"].is_null()).expect("an answer");
        (at - sent, answer)
    }

    fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn errors_of(published: &Value) -> usize {
    let all = published["params"]["diagnostics"].as_array();
    all.map_or(0, |all| all.iter().filter(|d| d["severity"] == 1).count())
}

fn show(what: &str, mut times: Vec<Duration>) {
    if times.is_empty() {
        println!("  {what:<33} –");
        return;
    }
    times.sort();
    let at =
        |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!(
        "  {what:<33} median {:>8.2} ms, 99th percentile {:>8.2} ms  ({} times)",
        at(50),
        at(99),
        times.len()
    );
}

fn measure(kind: &Kind, command: &[String], lines: usize, edits: usize) {
    let text = (kind.text)(lines);
    let all: Vec<&str> = text.lines().collect();
    // A line in the middle that holds a rule.
    let middle =
        (all.len() * 3 / 4..all.len()).find(|n| all[*n].contains("扣 0.5分,")).unwrap_or(all.len() / 2);
    println!("{} lines, {} bytes", all.len(), text.len());
    let folder = std::env::temp_dir().join(format!("rubricc-latency-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let uri = format!("file://{}/long.{}", folder.display(), kind.extension);
    let root = format!("file://{}", folder.display());
    let started = Instant::now();
    let mut server = Server::start(command);
    let abilities = json!({ "textDocument": { "publishDiagnostics": { "versionSupport": true }, "synchronization": {},
        "semanticTokens": { "requests": { "full": { "delta": true } }, "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"] } } });
    let folders = json!([{ "uri": root, "name": "a" }]);
    let (_, hello) = server.ask("initialize", &json!({ "processId": null, "rootUri": root, "workspaceFolders": folders, "capabilities": abilities }));
    let can = hello["result"]["capabilities"].clone();
    let incremental = can["textDocumentSync"] == 2 || can["textDocumentSync"]["change"] == 2;
    server.send(json!({ "method": "initialized", "params": {} }));
    server.send(json!({ "method": "textDocument/didOpen", "params": { "textDocument": {
        "uri": uri, "languageId": kind.name, "version": 1, "text": text } } }));
    let about = |m: &Value| {
        m["method"] == "textDocument/publishDiagnostics"
            && m["params"]["uri"].as_str().is_some_and(|u| u.ends_with(&format!("long.{}", kind.extension)))
    };
    let Some((at, first)) = server.wait(about) else { return println!("  no findings came") };
    println!("  start to first findings {:.1} ms", (at - started).as_secs_f64() * 1000.0);
    // What takes longer may follow; nothing is typed before.
    let mut last = first;
    while let Some((_, next)) = server.within(Duration::from_secs(2), about) {
        last = next;
    }
    let (rest, shown) = (errors_of(&last), last["params"]["diagnostics"].as_array().map_or(0, Vec::len));
    println!("  at rest {shown} findings, {rest} of them errors");
    let (mut version, mut memory) = (1, Vec::new());
    let mut typed = |server: &mut Server, on: bool| {
        version += 1;
        let width = kind.bad.chars().count();
        let change = if incremental {
            let end = if on { 0 } else { width };
            json!({ "range": { "start": { "line": middle, "character": 0 }, "end": { "line": middle, "character": end } }, "text": if on { kind.bad } else { "" } })
        } else {
            let mut changed = all.clone();
            let bad = format!("{}{}", kind.bad, all[middle]);
            if on {
                changed[middle] = &bad;
            }
            json!({ "text": changed.join("\n") })
        };
        server.send(json!({ "method": "textDocument/didChange", "params": { "textDocument": { "uri": uri, "version": version }, "contentChanges": [change] } }))
    };
    let mut times = Vec::new();
    for i in 0..edits {
        let on = i % 2 == 0;
        let sent = typed(&mut server, on);
        // Some servers do not say about which version they speak.
        let now = |m: &Value| m["params"]["version"].is_null() || m["params"]["version"] == json!(i + 2);
        let wanted = |m: &Value| about(m) && now(m) && (errors_of(m) > rest) == on;
        let Some((at, _)) = server.wait(wanted) else { break };
        times.push(at - sent);
        if [edits / 10, edits / 2, edits - 1].contains(&i) {
            memory.extend(server.memory());
        }
    }
    show("keystroke to findings", times);
    let document = json!({ "uri": uri });
    let here = json!({ "textDocument": document, "position": { "line": middle, "character": 7 } });
    let plain = json!({ "textDocument": document });
    for (what, method, capability, params) in [
        ("completion", "textDocument/completion", "completionProvider", &here),
        ("hover", "textDocument/hover", "hoverProvider", &here),
        ("all semantic tokens", "textDocument/semanticTokens/full", "semanticTokensProvider", &plain),
        ("changed tokens", "textDocument/semanticTokens/full/delta", "semanticTokensProvider", &plain),
        ("code lenses", "textDocument/codeLens", "codeLensProvider", &plain),
        (
            "inlay hints",
            "textDocument/inlayHint",
            "inlayHintProvider",
            &json!({ "textDocument": document, "range": { "start": { "line": middle, "character": 0 }, "end": { "line": middle + 50, "character": 0 } } }),
        ),
    ] {
        let delta = method.ends_with("/delta");
        if can[capability].is_null() || (delta && can[capability]["full"]["delta"] != true) {
            continue;
        }
        let mut times = Vec::new();
        let mut params = params.clone();
        if delta {
            let (_, answer) = server.ask("textDocument/semanticTokens/full", &plain);
            params["previousResultId"] = answer["result"]["resultId"].clone();
        }
        for i in 0..(edits / 4).clamp(4, 100) {
            // As while typing: each answer is about a text that has just changed.
            typed(&mut server, i % 2 == 0);
            let (time, answer) = server.ask(method, &params);
            times.push(time);
            if delta {
                params["previousResultId"] = answer["result"]["resultId"].clone();
            }
        }
        if times.len() % 2 == 1 {
            typed(&mut server, false);
        }
        show(&format!("change, then {what}"), times);
    }
    println!("  memory after a tenth, half and all of the edits {memory:?} MB");
    drop(server);
    let _ = std::fs::remove_dir_all(folder);
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let kind = arguments.next().unwrap_or_else(|| "rubric".to_owned());
    let kind = KINDS.iter().find(|k| k.name == kind).expect("rubric, toml or python");
    let command: Vec<String> = arguments.collect();
    assert!(!command.is_empty(), "the command of a server is wanted");
    let edits = |name: &str, otherwise: usize| {
        std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
    };
    for (lines, edits) in
        [(300, edits("SHORT", 1_000)), (5_000, edits("MIDDLE", 1_000)), (50_000, edits("LONG", 100))]
    {
        if edits > 0 {
            measure(kind, &command, lines, edits);
        }
    }
}
