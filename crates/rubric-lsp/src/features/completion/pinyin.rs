//! Whether letters typed on a keyboard mean a Chinese word: its pinyin, or the initials of it.

use pinyin::ToPinyin;

/// Whether `typed` begins the pinyin of `word` or its initials, or the word itself.
#[must_use]
pub fn means(typed: &str, word: &str) -> bool {
    let typed = typed.to_lowercase();
    if word.to_lowercase().starts_with(&typed) {
        return true;
    }
    let syllables: Vec<String> = word.chars().map(syllable).collect();
    if syllables.concat().starts_with(&typed) {
        return true;
    }
    let initials: String = syllables.iter().filter_map(|s| s.chars().next()).collect();
    initials.contains(&typed) || mixed(&typed, &syllables)
}

fn syllable(c: char) -> String {
    let plain = c.to_pinyin().map(|p| p.plain().to_owned());
    plain.unwrap_or_else(|| c.to_lowercase().collect())
}

/// Some syllables whole and some by their initials: `chid`, `cdao`.
fn mixed(typed: &str, syllables: &[String]) -> bool {
    if typed.is_empty() {
        return true;
    }
    let Some((first, rest)) = syllables.split_first() else { return false };
    let common = first.chars().zip(typed.chars()).take_while(|(a, b)| a == b).count();
    (1..=common).rev().any(|n| {
        let bytes: usize = typed.chars().take(n).map(char::len_utf8).sum();
        mixed(typed.get(bytes..).unwrap_or_default(), rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinyin_whole_by_initials_and_mixed() {
        for typed in ["cd", "chidao", "chid", "cdao", "CD", "迟", "d"] {
            assert!(means(typed, "迟到"), "{typed}");
        }
        for typed in ["cx", "dc", "chidaoz"] {
            assert!(!means(typed, "迟到"), "{typed}");
        }
        assert!(means("DYcs", "电窑次数") && means("a4", "A4纸"));
    }
}
