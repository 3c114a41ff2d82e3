//! The pages of codes, and the examples on them.

use std::fs;
use std::path::Path;

use rubric_base::Code;

/// The page of a code.
pub fn page(code: Code) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("pages/{code}.md"))).unwrap()
}

/// What stands under a heading.
pub fn part(page: &str, heading: &str) -> Option<String> {
    let wanted = format!("{heading}\n");
    page.split("\n## ").find_map(|part| part.strip_prefix(&wanted)).map(|text| text.trim().to_owned())
}

/// What stands between the fences under a heading.
pub fn example(page: &str, heading: &str) -> Option<String> {
    let text = part(page, heading)?;
    let (_, inner) = text.strip_prefix("```")?.split_once('\n')?;
    Some(inner.strip_suffix("```")?.to_owned())
}
