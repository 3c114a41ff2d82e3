//! The formatter: one canonical form, written word by word.
//!
//! A file switches language by switching words, after the few parts that have another order of words there were turned
//! round. A block stays on one line if it was written on one line.

mod turned;

use rubric_base::keyword::UnitWord;
use rubric_base::{Diagnostic, FileId, Language};

use crate::build::time_with_colons;
use crate::token::{Token, TokenKind as K};
use crate::{Parse, parse_with_tokens};

/// Which spelling of keywords to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keywords {
    /// Chinese.
    Zh,
    /// English.
    En,
    /// Each word in the language it was written in.
    Keep,
}

/// Why a text was not formatted.
#[derive(Debug, Clone)]
pub enum FormatError {
    /// It cannot be read; these are the findings.
    Unreadable(Vec<Diagnostic>),
    /// What would have been written does not mean the same. Never seen; nothing is written if it happens.
    Changed,
}

/// The canonical form of a rubric.
///
/// # Errors
/// Where the text cannot be read, or the result would not mean the same.
pub fn format(text: &str, keywords: Keywords) -> Result<String, FormatError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let before = parse_with_tokens(FileId::default(), text);
    if !before.errors.is_empty() {
        return Err(FormatError::Unreadable(before.errors));
    }
    let written = match turned::turned(text, &before.turns, keywords) {
        None => Writer::new(text, keywords).write(&before),
        Some(turned) => {
            let parse = parse_with_tokens(FileId::default(), &turned);
            Writer::new(&turned, keywords).write(&parse)
        }
    };
    let after = parse_with_tokens(FileId::default(), &written);
    if after.errors.is_empty()
        && after.file == before.file
        && comments(&after, &written) == comments(&before, text)
    {
        Ok(written)
    } else {
        Err(FormatError::Changed)
    }
}

fn comments<'a>(parse: &Parse, text: &'a str) -> Vec<&'a str> {
    parse.tokens.iter().filter(|t| t.kind == K::Comment).map(|t| t.span.of(text).trim_end()).collect()
}

struct Writer<'a> {
    text: &'a str,
    keywords: Keywords,
    out: String,
    indent: usize,
    /// For each open brace: whether its block is written on one line.
    inline: Vec<bool>,
    /// The language of the last keyword that was written in one.
    last: Option<Language>,
}

impl<'a> Writer<'a> {
    fn new(text: &'a str, keywords: Keywords) -> Self {
        Self { text, keywords, out: String::new(), indent: 0, inline: Vec::new(), last: None }
    }

    fn write(mut self, parse: &Parse) -> String {
        let mut previous: Option<&Token> = None;
        for (i, token) in parse.tokens.iter().enumerate() {
            if matches!(token.kind, K::Keyword(_)) && !token.span.is_empty() {
                self.last = Some(Language::of_spelling(token.span.of(self.text)));
            }
            let word = self.word(token, previous);
            // A word that this language leaves out.
            if word.is_empty() {
                continue;
            }
            if let Some(p) = previous {
                self.gap(p, token, parse.tokens.get(i..).unwrap_or_default());
            }
            if token.kind == K::Open {
                self.inline.push(self.on_one_line(&parse.tokens, i));
                self.indent += 1;
            }
            self.out.push_str(&word);
            previous = Some(token);
        }
        if let Some(last) = previous {
            let rest = self.text.get(last.span.end as usize..).unwrap_or_default();
            self.out.push_str(&closing_signs(rest));
        }
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    /// Whether the block opened by token `i` has no line break and no comment in it.
    fn on_one_line(&self, tokens: &[Token], i: usize) -> bool {
        let mut depth = 0_usize;
        for (n, token) in tokens.iter().enumerate().skip(i) {
            match token.kind {
                K::Open => depth += 1,
                K::Close => depth -= 1,
                K::Comment => return false,
                _ => {}
            }
            if depth == 0 {
                let start = tokens.get(i).map_or(0, |t| t.span.end as usize);
                let end = tokens.get(n).map_or(start, |t| t.span.start as usize);
                return !self.text.get(start..end).unwrap_or_default().contains('\n');
            }
        }
        false
    }

    fn gap(&mut self, before: &Token, after: &Token, rest: &[Token]) {
        let between = self.text.get(before.span.end as usize..after.span.start as usize).unwrap_or_default();
        let closes = after.kind == K::Close;
        let inline = if closes {
            self.inline.pop().unwrap_or(false)
        } else {
            self.inline.last().copied().unwrap_or(false)
        };
        if closes {
            self.indent = self.indent.saturating_sub(1);
        }
        // A statement may begin with a sign: what stands after the last separator goes to the next line.
        let (end, start) = match between.rfind(SEPARATORS) {
            Some(at) => between.split_at(at),
            None => (between, ""),
        };
        let (mut signs, opening) = (closing_signs(end), closing_signs(start));
        if let Some(comma) = self.comma_before(after) {
            signs = format!("{}{comma}", signs.trim_end_matches(','));
        }
        let opening = opening.trim_start();
        if signs.trim_start().starts_with('(')
            && (before.kind == K::Enumeration || matches!(before.kind, K::Keyword(k) if k.id == "next_key"))
        {
            let space = if self.language(before) == Language::En { " " } else { "" };
            signs = format!("{space}{}", signs.trim_start());
        } else if signs.starts_with('(') && before.span.is_empty() {
            // Behind a word that is written although the text leaves it out.
            signs.insert(0, ' ');
        }
        let breaks = between.matches('\n').count();
        let ends = between.contains([';', '\u{FF1B}', '。']);
        let opens = !opening.is_empty();
        self.out.push_str(&signs);
        if before.kind == K::Open && closes {
            return;
        }
        if after.kind == K::Comment && breaks == 0 {
            self.out.push_str("  ");
        } else if before.kind == K::Comment
            || (!inline && (before.kind == K::Open || closes))
            || breaks > 0
            || (ends && !inline && self.indent == 0 && !continues(after))
        {
            let blank = breaks > 1 && before.kind != K::Open && !closes;
            self.out.push_str(if blank { "\n\n" } else { "\n" });
            let depth = self.indent;
            (0..depth).for_each(|_| self.out.push_str("  "));
            self.out.push_str(opening);
        } else if ends && !closes {
            self.out.push_str("; ");
            self.out.push_str(opening);
        } else if opens {
            self.out.push_str(opening);
        } else if self.spaced(before, after, between, &signs, rest) {
            self.out.push(' ');
        }
    }

    fn spaced(&self, before: &Token, after: &Token, between: &str, signs: &str, rest: &[Token]) -> bool {
        if signs.ends_with(['(', '[']) || matches!(before.kind, K::Prefix) {
            return false;
        }
        if signs.ends_with('、') || after.kind == K::Enumeration {
            return false;
        }
        if before.kind == K::Enumeration {
            return self.language(before) == Language::En;
        }
        if signs.ends_with(',') {
            // A comma belongs to the words after it: the first keyword there tells the language.
            let keyword = rest.iter().find(|t| matches!(t.kind, K::Keyword(_)));
            return keyword.is_none_or(|k| self.language(k) == Language::En);
        }
        match (before.kind, after.kind) {
            (K::Number, K::Unit(unit)) => self.unit_language(after) == Language::En && unit != "percent",
            (K::Number, K::Keyword(k)) if k.id == "place_word" => self.language(after) == Language::En,
            (K::Keyword(k), K::Number | K::Keyword(_)) if k.id == "each_next" => {
                self.language(before) == Language::En
            }
            (K::Name, K::Keyword(k))
                if ["node_score", "raw_score"].contains(&k.id)
                    && before.span.of(self.text).ends_with('」') =>
            {
                self.language(after) == Language::En
            }
            (_, K::Keyword(k)) if ["or_more", "or_less", "onward"].contains(&k.id) => {
                self.language(after) == Language::En
            }
            (K::Keyword(_) | K::Name, _) if between.contains(['(', '\u{FF08}']) => false,
            _ => true,
        }
    }

    fn language(&self, token: &Token) -> Language {
        match self.keywords {
            Keywords::Zh => Language::Zh,
            Keywords::En => Language::En,
            Keywords::Keep => match (token.kind, self.last) {
                (K::Enumeration, Some(last)) => last,
                (_, Some(last)) if token.span.is_empty() => last,
                _ => Language::of_spelling(token.span.of(self.text)),
            },
        }
    }

    /// The comma that a word has before it in English alone.
    fn comma_before(&self, token: &Token) -> Option<&'static str> {
        let K::Keyword(keyword) = token.kind else { return None };
        match (keyword.id, self.language(token)) {
            ("highest_first" | "lowest_first" | "among", Language::En) => Some(","),
            ("highest_first" | "lowest_first" | "within", Language::Zh) => Some(""),
            _ => None,
        }
    }

    /// `%` belongs to both languages.
    fn unit_language(&self, token: &Token) -> Language {
        self.language(token)
    }

    fn word(&self, token: &Token, previous: Option<&Token>) -> String {
        let written = token.span.of(self.text);
        let one = previous.is_some_and(|p| p.kind == K::Number && narrow(p.span.of(self.text)) == "1");
        let next = previous.is_some_and(|p| matches!(p.kind, K::Keyword(k) if k.id == "each_next"));
        match token.kind {
            // The next place is one place on: Chinese says so, English does not.
            K::Keyword(k) if next && k.id == "place_word" => match self.language(token) {
                Language::Zh => "1名".to_owned(),
                Language::En => "place".to_owned(),
            },
            K::Number if next && narrow(written) == "1" && self.keywords == Keywords::En => String::new(),
            K::Keyword(k) if one && k.id == "place_word" && self.language(token) == Language::En => {
                "place".to_owned()
            }
            K::Keyword(keyword) => keyword.canonical(self.language(token)).to_owned(),
            K::Unit(id) => UnitWord::by_id(id)
                .map(|u| u.spelling(self.language(token), one))
                .unwrap_or_default()
                .to_owned(),
            K::Number => narrow(written),
            K::Date => iso(&narrow(written)),
            K::Time => time_with_colons(written),
            K::Place => {
                let digits: String = narrow(written).chars().filter(char::is_ascii_digit).collect();
                match self.language(token) {
                    Language::Zh => format!("第{digits}名"),
                    Language::En => rubric_base::ordinal(&digits),
                }
            }
            K::Quoted => quoted(written),
            K::Comment => written.trim_end().to_owned(),
            K::Enumeration => match self.language(token) {
                Language::Zh => "、".to_owned(),
                Language::En => ",".to_owned(),
            },
            K::Open => "{".to_owned(),
            K::Close => "}".to_owned(),
            K::Sign | K::Prefix => sign(written),
            K::Name | K::ClauseNumber | K::Broken => written.to_owned(),
        }
    }
}

/// What ends a statement, as far as signs go.
const SEPARATORS: [char; 4] = ['\n', ';', '\u{FF1B}', '。'];

/// Statements that `;` joins to the one before rather than separates from it.
fn continues(token: &Token) -> bool {
    matches!(token.kind, K::Keyword(k) if ["ties", "by_key", "beyond"].contains(&k.id))
}

/// In plain quotes, unless it has such quotes inside; what is inside stays as it is.
fn quoted(written: &str) -> String {
    let mut chars = written.chars();
    chars.next();
    chars.next_back();
    let inner = chars.as_str();
    if inner.contains('"') { written.to_owned() } else { format!("\"{inner}\"") }
}

/// `2012年4月9日` as `2012-04-09`.
fn iso(date: &str) -> String {
    let numbers: Vec<&str> = date.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    numbers.iter().map(|n| format!("{n:0>2}")).collect::<Vec<_>>().join("-")
}

/// The signs between two words, each in its canonical form, with the spaces that go with them.
fn closing_signs(between: &str) -> String {
    let mut out = String::new();
    for c in between.chars().map(ascii_twin) {
        match c {
            '(' if out.ends_with(',') || needs_space_before_group(between) => out.push_str(" ("),
            '(' => out.push('('),
            ')' => out.push(')'),
            '[' => out.push_str(" ["),
            ']' => out.push(']'),
            ',' => out.push(','),
            '、' => out.push('、'),
            ':' => out.push(':'),
            '=' => out.push_str(" ="),
            _ => {}
        }
    }
    out
}

fn needs_space_before_group(between: &str) -> bool {
    between.starts_with([' ', '\u{3000}'])
}

fn sign(written: &str) -> String {
    match narrow(written).as_str() {
        "-" => "−".to_owned(),
        "*" => "×".to_owned(),
        "/" => "÷".to_owned(),
        ">=" => "≥".to_owned(),
        "<=" => "≤".to_owned(),
        "!=" => "≠".to_owned(),
        other => other.to_owned(),
    }
}

/// Full-width forms of ASCII lie at a fixed distance from it.
fn ascii_twin(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    }
}

fn narrow(text: &str) -> String {
    text.chars().map(ascii_twin).collect()
}
