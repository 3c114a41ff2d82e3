//! What a broken statement was meant to be: slips that writers really make, each believed only where the statement can
//! be read once the slip is mended, or at least further.
//!
//! A statement is read again some dozens of times for it, so that the builder asks for a few statements only of
//! what cannot be cut.

use pest::Parser as _;
use rubric_base::{Code, Diagnostic, Edit, FileId, Fix, Language, Place, Span, Text, date};

use crate::attempts::{Attempts, furthest};
use crate::grammar::{RubricParser, Rule};

/// A longer statement is read again for its quotes at most.
const LONG: usize = 400;
/// A longer one is not read again at all.
const LONGEST: usize = 4000;

/// A statement that could not be read.
pub(crate) struct Broken<'t> {
    pub(crate) file: FileId,
    /// The text up to the end of what is read in one go.
    pub(crate) text: &'t str,
    /// The statement.
    pub(crate) span: Span,
    /// How far it can be read, from its start.
    pub(crate) at: usize,
    /// What it should have been.
    pub(crate) only: Rule,
    /// What is attempted there.
    pub(crate) attempts: &'t Attempts,
}

/// A guess, and what else it explains: nothing more is to be said of what lies there.
pub(crate) type Guess = (Diagnostic, Option<Span>);

/// The first guess that holds.
pub(crate) fn meant(broken: &Broken<'_>) -> Option<Guess> {
    if broken.slice().len() > LONGEST {
        return None;
    }
    let alone = |diagnostic| (diagnostic, None);
    broken.bracket().or_else(|| broken.quotes().map(alone)).or_else(|| {
        if broken.rest().trim().is_empty() {
            // It is unfinished, which is another finding, unless a block follows without its brace.
            return broken.open_left_out();
        }
        let short = broken.slice().len() <= LONG;
        broken
            .title()
            .or_else(|| broken.day().filter(|_| short))
            .or_else(|| broken.numeral().filter(|_| short))
            .or_else(|| broken.inclusive())
            .or_else(|| broken.conditions().filter(|_| short))
            .or_else(|| broken.others_word().filter(|_| short))
            .map(alone)
    })
}

/// A word or a sign that the statement lacks, which is tried when the word that stands there is like none.
pub(crate) fn lacks(broken: &Broken<'_>) -> Option<Guess> {
    // Before a block that begins an item any word would do that takes a block.
    let bare = broken.only == Rule::only_item && broken.before().trim().is_empty();
    let short = broken.slice().len() <= LONG && !broken.rest().trim().is_empty() && !bare;
    short.then(|| broken.left_out()).flatten()
}

/// Words that people write for a word of the language.
const OTHERS: &[(&str, &str)] = &[
    ("-", "至"),
    ("～", "至"),
    ("~", "至"),
    ("—", "至"),
    ("–", "至"),
    ("到", "至"),
    ("大于等于", "不少于"),
    ("小于等于", "不超过"),
    ("不大于", "不超过"),
    ("不小于", "不少于"),
    ("不等于", "≠"),
    ("大于", "超过"),
    ("小于", "少于"),
    ("等于", "="),
    ("达到", "不少于"),
    ("不足", "少于"),
    ("晚于或等于", "不早于"),
    ("及以上", "以上"),
    ("及以下", "以内"),
    ("如果", "若"),
    ("假如", "若"),
    ("凡", "每"),
    ("每有", "每"),
    ("扣除", "扣"),
    ("扣减", "扣"),
    ("扣分", "扣"),
    ("减", "扣"),
    ("加分", "得"),
    ("得分", "得"),
    ("计", "得"),
    ("奖", "得"),
    ("封顶", "最高"),
    ("最多", "最高"),
    ("不得超过", "最高"),
    ("评为", "为"),
    ("年份", "年度"),
    ("总分", "满分"),
    ("整数", "次数"),
    ("数字", "数量"),
    ("数值", "数量"),
    ("百分率", "百分比"),
    ("布尔", "是否"),
    ("文字", "文本"),
    ("字符串", "文本"),
    ("单选", "选项"),
    ("列表", "清单"),
    ("greater than", "over"),
    ("less than", "under"),
    ("equals", "="),
    ("subtract", "deduct"),
    ("minus", "deduct"),
    ("add", "award"),
    ("give", "award"),
    ("when", "if"),
    ("per", "for each"),
    ("every", "for each"),
    ("maximum", "up to"),
    ("max", "up to"),
    ("boolean", "yes or no"),
    ("string", "text"),
    ("integer", "count"),
    ("percentage", "percent"),
    ("points", "total"),
];

/// Signs that a statement may lack. A quotation stands for all of its kind.
const SIGNS: &[&str] = &[":", "=", ",", "(", ")"];

impl Broken<'_> {
    fn slice(&self) -> &str {
        self.span.of(self.text)
    }

    fn rest(&self) -> &str {
        self.slice().get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> &str {
        self.slice().get(..self.at).unwrap_or_default()
    }

    fn place(&self, start: usize, len: usize) -> Place {
        let start = self.span.start as usize + start;
        Place { file: self.file, span: Span::new(start, start + len) }
    }

    fn reads(&self, candidate: &str) -> bool {
        RubricParser::parse(self.only, candidate).is_ok()
    }

    /// Whether a text is read beyond a place.
    fn reads_beyond(&self, candidate: &str, at: usize) -> bool {
        RubricParser::parse(self.only, candidate).map_or_else(|error| furthest(&error) > at, |_| true)
    }

    fn replaced(&self, start: usize, len: usize, by: &str) -> String {
        let slice = self.slice();
        let (head, tail) =
            (slice.get(..start).unwrap_or_default(), slice.get(start + len..).unwrap_or_default());
        format!("{head}{by}{tail}")
    }

    /// A block in other brackets than braces.
    fn bracket(&self) -> Option<Guess> {
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start().len();
        let sign = rest.trim_start().chars().next()?;
        let close = partner(sign)?;
        let start = self.at + blanks;
        if !self.reads(&format!("{}{{ }}", self.slice().get(..start)?)) {
            return None;
        }
        let opening = self.place(start, sign.len_utf8());
        let behind = opening.span.end as usize;
        let end = closing(self.text.get(behind..)?, sign, close).map(|at| behind + at);
        let edit = |place: Place, text: &str| Edit { place, text: text.to_owned() };
        let mut edits = vec![edit(opening, "{")];
        edits.extend(end.map(|end| {
            let place = Place { file: self.file, span: Span::new(end, end + close.len_utf8()) };
            edit(place, "}")
        }));
        let title = Text::new("改为「{」「}」", "write `{` and `}`");
        let mut found = Diagnostic::new(
            Code::R0001,
            opening,
            Text::new(
                format!("这里要用「{{」，写的是「{sign}」"),
                format!("`{{` is needed here, and `{sign}` is written"),
            ),
        );
        found.fixes.push(Fix { title, edits });
        Some((found, end.map(|end| Span::new(behind, end + close.len_utf8()))))
    }

    /// A quotation that is not closed, or not by the sign that belongs to it.
    fn quotes(&self) -> Option<Diagnostic> {
        // What cannot be read may be the line's end, behind the quote.
        let line = self.line();
        let open = unclosed(line.1)?;
        let start = line.0 + open;
        let sign = line.1.get(open..)?.chars().next()?;
        let place = self.place(start, sign.len_utf8());
        let found = |zh: &str, en: &str| Diagnostic::new(Code::R0016, place, Text::new(zh, en));
        let odd = |c: char| matches!(c, '“' | '”' | '„' | '‟' | '\u{FF02}' | '〝' | '〞' | '"');
        let straight: String = self.slice().chars().map(|c| if odd(c) { '"' } else { c }).collect();
        if self.reads(&straight) {
            let wrong = self.slice().char_indices().filter(|(_, c)| odd(*c) && *c != '"');
            let edits = wrong
                .map(|(at, c)| Edit { place: self.place(at, c.len_utf8()), text: "\"".into() })
                .collect();
            let mut found = found("引号前后不成对", "the quotation marks do not match");
            found.fixes.push(Fix { title: Text::new("都改为 \"", "make them all \""), edits });
            return Some(found);
        }
        let found = found("这个引号没有结束", "this quotation is not closed").help(Text::new(
            "引号要成对，引号中的话写在一行里",
            "quotation marks come in pairs, and what they hold stands on one line",
        ));
        let close = if sign == '“' { "”" } else { "\"" };
        let behind = line.1.get(open + sign.len_utf8()..)?;
        let blanks = behind.char_indices().filter(|(_, c)| c.is_whitespace() || "{;；,，".contains(*c));
        let ends = blanks.map(|(at, _)| at).chain([behind.trim_end().len()]);
        let close_at = ends
            .filter(|at| *at > 0)
            .map(|at| start + sign.len_utf8() + at)
            .find(|at| self.reads(&self.replaced(*at, 0, close)))?;
        let words = self.slice().get(start..close_at)?;
        let title = Text::new(format!("写成 {words}{close}"), format!("write {words}{close}"));
        Some(found.fix(title, self.place(close_at, 0), close))
    }

    /// The line that cannot be read on: where it begins in the statement, and its words.
    fn line(&self) -> (usize, &str) {
        let slice = self.slice();
        let at = if self.rest().starts_with('\n') { self.at.saturating_sub(1) } else { self.at };
        let start = slice.get(..at).and_then(|head| head.rfind('\n')).map_or(0, |n| n + 1);
        let line = slice.get(start..).unwrap_or_default();
        (start, line.split('\n').next().unwrap_or_default())
    }

    /// A title that is missing, or in other marks.
    fn title(&self) -> Option<Diagnostic> {
        if !self.attempts.has("\"") {
            return None;
        }
        let rest = self.rest();
        let sign = rest.chars().next()?;
        if matches!(sign, '「' | '『' | '《' | '‘' | '\'') {
            let close = partner(sign)?;
            let inner = rest.get(sign.len_utf8()..)?.split(close).next()?;
            let len = sign.len_utf8() + inner.len() + close.len_utf8();
            let new = format!("\"{inner}\"");
            if self.reads_beyond(&self.replaced(self.at, len, &new), self.at + new.len()) {
                let words = rest.get(..len)?;
                return Some(
                    Diagnostic::new(
                        Code::R0016,
                        self.place(self.at, len),
                        Text::new(
                            format!("这里要写在引号里，写的是「{words}」"),
                            format!("a text in quotes is needed here, and `{words}` is written"),
                        ),
                    )
                    .fix(
                        Text::new(format!("改为 {new}"), format!("write {new}")),
                        self.place(self.at, len),
                        new,
                    ),
                );
            }
        }
        let word = self.word();
        let bare = format!("\"{word}\"");
        let named = word.starts_with(char::is_alphabetic);
        if named && self.reads(&self.replaced(self.at, word.len(), &bare)) {
            return Some(
                Diagnostic::new(
                    Code::R0016,
                    self.place(self.at, word.len()),
                    Text::new(format!("「{word}」要写在引号里"), format!("`{word}` must stand in quotes")),
                )
                .fix(
                    Text::new(format!("改为 {bare}"), format!("write {bare}")),
                    self.place(self.at, word.len()),
                    bare,
                ),
            );
        }
        let new = match Language::of_text(self.before()) {
            Language::Zh => "\"名称\" ",
            Language::En => "\"title\" ",
        };
        self.reads(&self.replaced(self.at, 0, new)).then(|| {
            Diagnostic::new(
                Code::R0001,
                self.place(self.at, word.len()),
                Text::new(
                    format!("「{word}」之前少了名称，名称写在引号里"),
                    format!("a title in quotes is missing before `{word}`"),
                ),
            )
            .fix(Text::new("加上名称", "put in a title"), self.place(self.at, 0), new)
        })
    }

    /// The word that cannot be read.
    fn word(&self) -> &str {
        let signs = [';', '；', ',', '，', '{', '}', '｛', '｝', '"', '“', '。'];
        self.rest().split(|c: char| c.is_whitespace() || signs.contains(&c)).next().unwrap_or_default()
    }

    /// A day written with points or strokes, or without its year.
    fn day(&self) -> Option<Diagnostic> {
        let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | '-');
        let head = self.before();
        let start = head.trim_end_matches(digits).len();
        let token = self.slice().get(start..)?;
        let token = token.split(|c: char| !digits(c)).next().unwrap_or_default().trim_end_matches(['.', '-']);
        let numbers: Vec<i16> = token.split(['.', '/', '-']).map_while(|n| n.parse().ok()).collect();
        if let [year, month, day] = numbers.as_slice()
            && let Some(day) = date::days(*year, *month, *day).filter(|_| *year > 999).map(date::iso)
            && self.reads_beyond(&self.replaced(start, token.len(), &day), start + day.len())
        {
            return Some(
                Diagnostic::new(
                    Code::R0001,
                    self.place(start, token.len()),
                    Text::new(
                        format!("「{token}」不是日期的写法"),
                        format!("`{token}` is not how a day is written"),
                    ),
                )
                .fix(
                    Text::new(format!("写成 {day}"), format!("write {day}")),
                    self.place(start, token.len()),
                    day,
                ),
            );
        }
        let month = self.rest().strip_prefix('月')?;
        let number = month.split(|c: char| !c.is_ascii_digit()).next().filter(|n| !n.is_empty())?;
        let len = self.at - start + '月'.len_utf8() + number.len();
        let len = len + if month.get(number.len()..)?.starts_with('日') { '日'.len_utf8() } else { 0 };
        let words = self.slice().get(start..start + len)?;
        Some(
            Diagnostic::new(
                Code::R0001,
                self.place(start, len),
                Text::new(format!("「{words}」没有写年份"), format!("`{words}` does not say of which year")),
            )
            .help(Text::new("写成 2026-03-01 或 2026年3月1日", "write 2026-03-01")),
        )
    }

    /// A number in words.
    fn numeral(&self) -> Option<Diagnostic> {
        let word = self.word();
        let (digits, unit) = rubric_base::numeral::leading(word)?;
        let len = word.len() - unit.len();
        let unit: String = unit.chars().take_while(|c| c.is_alphabetic()).collect();
        let (words, new) = (format!("{}{unit}", word.get(..len)?), format!("{digits}{unit}"));
        let place = self.place(self.at, words.len());
        self.reads_beyond(&self.replaced(self.at, words.len(), &new), self.at + new.len()).then(|| {
            Diagnostic::new(
                Code::R0001,
                place,
                Text::new(
                    format!("「{words}」要用阿拉伯数字写"),
                    format!("`{words}` must be written in digits"),
                ),
            )
            .fix(Text::new(format!("改为 {new}"), format!("write {new}")), place, new)
        })
    }

    /// A remark whether a limit itself counts, which a word says instead.
    fn inclusive(&self) -> Option<Diagnostic> {
        let rest = self.rest();
        let inner = rest.strip_prefix(['(', '（'])?;
        if !["含", "不含", "不包", "包含", "包括"].iter().any(|word| inner.starts_with(word)) {
            return None;
        }
        let len = rest.find([')', '）']).map_or(rest.len(), |at| {
            at + rest.get(at..).map_or(0, |r| r.chars().next().map_or(0, char::len_utf8))
        });
        let words = rest.get(..len)?;
        Some(
            Diagnostic::new(
                Code::R0001,
                self.place(self.at, len),
                Text::new(
                    format!("含不含本数不能写成「{words}」"),
                    format!("whether the number itself counts cannot be written `{words}`"),
                ),
            )
            .help(Text::new(
                "「以上」「以内」「至」含本数，「超过」「不满」不含；「80% 至 90%（不含）」可写成放在「90%以上」之后的「80%以上」",
                "`or more`, `or less` and `to` take in the number itself, `over` and `under` do not; 80% to 90% without the latter is `80% or more` below a row of `90% or more`",
            )),
        )
    }

    /// The language that the statement is written in.
    fn language(&self) -> Language {
        Language::of_text(self.slice())
    }

    /// Conditions that are listed rather than joined.
    fn conditions(&self) -> Option<Diagnostic> {
        let sign = self.rest().chars().next().filter(|c| matches!(c, '、' | ',' | '，'))?;
        let place = self.place(self.at, sign.len_utf8());
        let words = match self.language() {
            Language::Zh => ["且", "或"],
            Language::En => ["and", "or"],
        };
        let held: Vec<&str> = words
            .into_iter()
            .filter(|word| self.reads(&self.replaced(self.at, sign.len_utf8(), &format!(" {word} "))))
            .collect();
        let found = Diagnostic::new(
            Code::R0001,
            place,
            Text::new(
                "并列的条件之间要写明是「且」还是「或」",
                "between two conditions it must be said whether both are needed: `and` or `or`",
            ),
        );
        let fix = |found: Diagnostic, word: &&str| {
            found.fix(
                Text::new(format!("改为「{word}」"), format!("write `{word}`")),
                place,
                format!(" {word} "),
            )
        };
        (!held.is_empty()).then(|| held.iter().fold(found, fix))
    }

    /// A block whose lines follow without the brace that opens it.
    fn open_left_out(&self) -> Option<Guess> {
        let words = self.slice().trim_end();
        if words.is_empty() || !self.reads(&format!("{words} {{ }}")) {
            return None;
        }
        let behind = self.span.end as usize;
        let rest = self.text.get(behind..)?;
        // Only where a brace closes that nothing opened.
        let end = behind + closing(rest, '{', '}')?;
        let at = Place {
            file: self.file,
            span: Span::new(self.span.start as usize + words.len(), self.span.start as usize + words.len()),
        };
        let found = Diagnostic::new(
            Code::R0009,
            self.place(0, words.len()),
            Text::new(format!("「{words}」后面少了「{{」"), format!("`{{` is missing behind `{words}`")),
        )
        .fix(Text::new("补上「{」", "put in `{`"), at, " {");
        Some((found, Some(Span::new(behind, end + 1))))
    }

    /// Another word than the language has for the same: where it cannot be read on, or at the very beginning, where any
    /// word may be a name.
    fn others_word(&self) -> Option<Diagnostic> {
        let slice = self.slice();
        let first = slice.len() - slice.trim_start().len();
        let english = self.language() == Language::En;
        [self.at, first].into_iter().find_map(|at| {
            let rest = slice.get(at..)?;
            let begins = |word: &str| {
                rest.strip_prefix(word).is_some_and(|behind| {
                    !word.is_ascii() || !behind.starts_with(|c: char| c.is_alphabetic())
                })
            };
            let mut all = OTHERS.iter().filter(|(word, _)| begins(word)).map(|(word, ours)| {
                let ours = if english && *ours == "至" { &"to" } else { ours };
                let glued =
                    rest.get(word.len()..).is_some_and(|r| r.starts_with(|c: char| c.is_alphanumeric()));
                (*word, *ours, if glued { format!("{ours} ") } else { (*ours).to_owned() })
            });
            let (word, ours, new) = all.find(|(word, _, new)| {
                let mended = self.replaced(at, word.len(), new);
                if at == self.at { self.reads_beyond(&mended, at + new.len()) } else { self.reads(&mended) }
            })?;
            let place = self.place(at, word.len());
            Some(
                Diagnostic::new(
                    Code::R0005,
                    place,
                    Text::new(format!("这里不认识「{word}」"), format!("`{word}` is not known here")),
                )
                .fix(
                    Text::new(format!("改为「{ours}」"), format!("write `{ours}`")),
                    place,
                    new,
                ),
            )
        })
    }

    /// A word or a sign without which the statement cannot be read.
    fn left_out(&self) -> Option<Guess> {
        let language = self.language();
        let (extended, explained) = self.with_its_lines();
        let at = self.at;
        let candidate = |at: usize, new: &str| {
            let (head, tail) =
                (extended.get(..at).unwrap_or_default(), extended.get(at..).unwrap_or_default());
            format!("{head}{new}{tail}")
        };
        let words = self.attempts.keywords().map(|k| k.canonical(language)).filter(|word| !word.is_empty());
        let words = words.map(|word| (at, format!("{word} ")));
        let signs = SIGNS.iter().filter(|sign| self.attempts.has(sign));
        let signs = signs.map(|sign| (at, format!("{sign} ")));
        let first: &[&str] = match (self.only, language) {
            (Rule::only_rule, Language::Zh) => &["若", "每"],
            (Rule::only_rule, Language::En) => &["if", "for each"],
            _ => &[],
        };
        let first = first.iter().map(|word| (0, format!("{word} ")));
        let all = signs.chain(words).chain(first);
        // What is read to its end may still lack something behind it.
        let holds = |(at, new): &(usize, String)| {
            let text = candidate(*at, new);
            RubricParser::parse(self.only, &text)
                .map_or_else(|e| furthest(&e) >= text.trim_end().len(), |_| true)
        };
        let held: Vec<(usize, String)> = all.filter(holds).take(3).collect();
        let names: Vec<&str> = held.iter().map(|(_, new)| new.trim_end()).collect();
        let (zh, en) = (names.join("」或「"), names.join("` or `"));
        let word = self.word();
        let place = if word.is_empty() { self.place(at, 0) } else { self.place(at, word.len()) };
        let found = Diagnostic::new(
            Code::R0001,
            if held.iter().all(|(at, _)| *at == 0) {
                self.place(0, self.slice().trim_end().len())
            } else {
                place
            },
            Text::new(format!("这里少了「{zh}」"), format!("`{en}` is missing here")),
        );
        let found = held.iter().fold(found, |found, (at, new)| {
            let word = new.trim_end();
            let title = Text::new(format!("加上「{word}」"), format!("put in `{word}`"));
            found.fix(title, self.place(*at, 0), new.clone())
        });
        (!held.is_empty()).then_some((found, explained))
    }

    /// The statement with the lines that go on with it, where only a sound beginning would have taken them; and where
    /// those are.
    fn with_its_lines(&self) -> (&str, Option<Span>) {
        const GO_ON: &[&str] = &["依", "并列", "超额", "by ", "ties ", "the rest "];
        let (start, mut end) = (self.span.start as usize, self.span.end as usize);
        let quota = ["名额", "quota"].iter().any(|word| self.slice().trim_start().starts_with(word));
        if self.only != Rule::only_step || !quota {
            return (self.slice(), None);
        }
        loop {
            let rest = self.text.get(end..).unwrap_or_default();
            let line = rest.trim_start_matches([';', '；', '。', ' ', '\n', '\r', '\t', '\u{3000}']);
            if !GO_ON.iter().any(|word| line.starts_with(word)) || end - start > LONG {
                break;
            }
            let skipped = rest.len() - line.len();
            let len = line.find([';', '；', '。', '\n', '}', '｝']).unwrap_or(line.len());
            end += skipped + line.get(..len).unwrap_or_default().trim_end().len();
        }
        let explained = Span::new(self.span.end as usize, end);
        (self.text.get(start..end).unwrap_or_default(), (!explained.is_empty()).then_some(explained))
    }
}

/// The bracket or mark that closes what another opens.
const fn partner(sign: char) -> Option<char> {
    Some(match sign {
        '【' => '】',
        '〔' => '〕',
        '[' => ']',
        '［' => '］',
        '(' => ')',
        '（' => '）',
        '〖' => '〗',
        '<' => '>',
        '《' => '》',
        '『' => '』',
        '「' => '」',
        '‘' => '’',
        '\'' => '\'',
        _ => return None,
    })
}

/// Where a bracket is closed that was opened before a text.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        }
    }
    None
}

/// Where a quotation begins that does not end on its line.
fn unclosed(line: &str) -> Option<usize> {
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match (open, c) {
            (None, '"' | '\u{FF02}') => open = Some((at, '"')),
            (None, '“') => open = Some((at, '”')),
            (None, '”') => return Some(at),
            (None, '/') if before == '/' => return None,
            (Some((_, '"')), '"') => open = None,
            (Some((_, '”')), '”') => open = None,
            _ => {}
        }
        before = c;
    }
    open.map(|(at, _)| at)
}
