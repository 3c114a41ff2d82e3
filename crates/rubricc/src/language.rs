//! Which language the command speaks.

use clap::ValueEnum;
use rubric_base::Language;

/// The languages of `--lang`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// 中文
    Zh,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self::Zh,
            Lang::En => Self::En,
        }
    }
}

const VARIABLES: [&str; 4] = ["RUBRICC_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];

/// The language asked for, else that of the environment.
pub fn choose(flag: Option<Lang>) -> Language {
    flag.map_or_else(|| of_environment(|name| std::env::var(name).ok()), Language::from)
}

/// The first variable that says anything decides; Chinese in every region and script, else English.
fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Language {
    let said = VARIABLES.iter().filter_map(|name| variable(name)).find(|value| !value.is_empty());
    match said {
        Some(value) if value.to_ascii_lowercase().starts_with("zh") => Language::Zh,
        _ => Language::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Language {
        of_environment(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn first_variable_that_speaks_decides() {
        assert_eq!(with(&[("LANG", "zh_CN.UTF-8")]), Language::Zh);
        assert_eq!(with(&[("LC_ALL", ""), ("LANG", "zh_TW")]), Language::Zh);
        assert_eq!(with(&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")]), Language::En);
        assert_eq!(with(&[("RUBRICC_LANG", "zh"), ("LC_ALL", "en_US")]), Language::Zh);
        assert_eq!(with(&[]), Language::En);
    }
}
