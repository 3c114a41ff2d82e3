//! The pages of `rubricc explain`, one file for each code.

use rubric_base::{Code, Language};
use rubric_syntax::Keywords;

macro_rules! pages {
    ($($code:literal)*) => {
        /// Every page by its code.
        const PAGES: &[(&str, &str)] = &[$(($code, include_str!(concat!("../pages/", $code, ".md"))),)*];
    };
}

pages! {
    "R0001" "R0002" "R0003" "R0004" "R0005" "R0006" "R0007" "R0008" "R0009" "R0010" "R0011" "R0012" "R0013" "R0014"
    "R0015" "R0016"
    "R0101" "R0102" "R0103" "R0104" "R0105" "R0106" "R0107" "R0108" "R0109" "R0110" "R0111" "R0112" "R0113"
    "R0201" "R0202" "R0203" "R0204" "R0205" "R0206" "R0207" "R0208"
    "R0301" "R0302" "R0303" "R0304" "R0305" "R0306"
    "R0401" "R0402" "R0403"
    "R0501" "R0502" "R0503"
    "R0601" "R0602"
    "R0701" "R0702"
    "R0801" "R0802" "R0803"
    "R0901" "R0902" "R0903" "R0904" "R0905" "R0906" "R0907" "R0908" "R0911" "R0912"
    "E0001" "E0002" "E0003" "E0004" "E0005" "E0006" "E0007" "E0008" "E0009" "E0010" "E0011" "E0012" "E0013"
    "E0014" "E0015" "E0016" "E0017"
}

/// The page of a code.
pub fn page(code: Code) -> Option<&'static str> {
    PAGES.iter().find(|(name, _)| *name == code.name()).map(|(_, page)| *page)
}

/// What stands under a heading of a page.
pub fn part(page: &'static str, heading: &str) -> Option<&'static str> {
    let wanted = format!("{heading}\n");
    page.split("\n## ").find_map(|part| part.strip_prefix(wanted.as_str())).map(str::trim)
}

/// A page in one language: what it means and why it matters, then the examples.
pub fn shown(page: &'static str, language: Language) -> String {
    let zh = language == Language::Zh;
    let mut text = part(page, if zh { "zh" } else { "en" }).unwrap_or_default().to_owned();
    let examples =
        [("rubric", "标准：", "The rubric:"), ("wrong", "不对：", "Wrong:"), ("right", "改为：", "Right:")];
    for (heading, chinese, english) in examples {
        if let Some(example) = part(page, heading) {
            let example = if zh { example.to_owned() } else { in_english(example) };
            text.push_str(&format!("\n\n{}\n\n{example}", if zh { chinese } else { english }));
        }
    }
    text
}

/// An example with the English words of the language. One that cannot be read stays as it is: that is what it shows.
fn in_english(example: &str) -> String {
    let inner = example.strip_prefix("```rubric\n").and_then(|inner| inner.strip_suffix("\n```"));
    let turned = inner.and_then(|text| rubric_syntax::format(&format!("{text}\n"), Keywords::En).ok());
    turned.map_or_else(|| example.to_owned(), |text| format!("```rubric\n{text}```"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_pages_belong_together() {
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        let pages: Vec<&str> = PAGES.iter().map(|(name, _)| *name).collect();
        assert_eq!(codes, pages);
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/pages")).unwrap();
        let files = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut files: Vec<String> = files.collect();
        files.sort();
        let mut named: Vec<String> = pages.iter().map(|name| format!("{name}.md")).collect();
        named.sort();
        assert_eq!(files, named);
        for (name, page) in PAGES {
            assert!(page.starts_with(&format!("# {name}\n")), "{name}");
            for heading in ["zh", "en", "wrong", "right"] {
                assert!(part(page, heading).is_some_and(|text| !text.is_empty()), "{name}: {heading}");
            }
        }
    }
}
