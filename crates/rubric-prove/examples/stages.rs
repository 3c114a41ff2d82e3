//! How long reading, checking and proving each take: `cargo run --release -p rubric-prove --example stages -- FILE…`.

#![allow(clippy::print_stdout, reason = "it prints what it measures")]

use rubric_base::FileId;
use rubric_prove::Ask;

/// Nanoseconds that this process has had a processor: other work on the machine does not count.
fn on_cpu() -> u64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    text.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or_default()
}

fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let file = FileId::default();
        let best = |run: &dyn Fn()| {
            let times = (0..5).map(|_| {
                let begin = on_cpu();
                run();
                (on_cpu() - begin) / 1000
            });
            times.min().unwrap_or_default()
        };
        let parse = rubric_syntax::parse(file, &text);
        let checked = rubric_check::check(file, &text, &parse.file);
        let reading = best(&|| drop(rubric_syntax::parse(file, &text)));
        let checking = best(&|| drop(rubric_check::check(file, &text, &parse.file)));
        let proving = best(&|| drop(rubric_prove::prove(&checked.program, file, Ask::Warnings)));
        let all = best(&|| drop(rubric_prove::prove(&checked.program, file, Ask::All)));
        println!("{path}: read {reading} µs, check {checking} µs, prove {proving} µs (with notes {all} µs)");
    }
}
