//! Formats standard input, and says whether its own form is stable.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a tool of the test bench")]
use rubric_suite::case;
fn main() {
    for text in std::io::read_to_string(std::io::stdin()).unwrap().split("\n---\n") {
        println!(
            "{text}\n=> {:?}\n   {:?}",
            rubric_syntax::format(text, rubric_syntax::Keywords::Keep)
                .map_err(|e| format!("{e:?}").chars().take(150).collect::<String>()),
            case::formats(text)
        );
    }
}
