//! Findings about what cannot be read.

use pest::Parser as _;
use rubric_base::keyword::KEYWORDS;
use rubric_base::{Code, Diagnostic, FileId, Keyword, Language, Place, Span, Text};

use crate::attempts::{Attempts, until};
use crate::grammar::{RubricParser, Rule};
use crate::guess::{self, Broken, Guess};

/// A statement that cannot be read: `span` is the whole of it, `only` the rule it should have matched. `guess`: try what
/// it was meant to be, which takes its time. With it comes what else this explains.
pub(crate) fn unreadable(file: FileId, text: &str, span: Span, only: Rule, guess: bool) -> Guess {
    let slice = span.of(text);
    let at = until(slice, only);
    if let Some(diagnostic) = glued(file, slice, span, only) {
        return (diagnostic, None);
    }
    let attempts = Attempts::after(slice.get(..at).unwrap_or_default(), only).unwrap_or_default();
    let broken = Broken { file, text, span, at, only, attempts: &attempts };
    if let Some(guess) = guess.then(|| guess::meant(&broken)).flatten() {
        return guess;
    }
    let found = cannot_be_read(&broken);
    let lacks = (guess && found.code == Code::R0001).then(|| guess::lacks(&broken)).flatten();
    lacks.unwrap_or((found, None))
}

/// The plain truth about a statement that cannot be read.
fn cannot_be_read(broken: &Broken<'_>) -> Diagnostic {
    let Broken { file, text, span, at, only, attempts } = *broken;
    let slice = span.of(text);
    let rest = slice.get(at..).unwrap_or_default();
    let here = span.start as usize + at;
    let word = rest.split(|c: char| c.is_whitespace() || ";;,,".contains(c)).next().unwrap_or_default();
    let sign = rest.get(..rest.chars().next().map_or(0, char::len_utf8)).unwrap_or_default();
    let word = if word.is_empty() { sign } else { word };
    if rest.trim().is_empty() {
        let end = slice.trim_end().len();
        let words = slice.trim().lines().next_back().unwrap_or_default().trim();
        let place = Place { file, span: Span::new(span.start as usize, span.start as usize + end) };
        return Diagnostic::new(
            Code::R0009,
            place,
            Text::new(format!("「{words}」没有写完"), format!("`{words}` is unfinished")),
        )
        .help(may_follow(attempts, "后面可以接", "what may follow: "));
    }
    if [Rule::only_item, Rule::only_rule, Rule::only_given, Rule::only_row].contains(&only)
        && reads(slice.get(..at).unwrap_or_default(), only)
    {
        return two_on_one_line(file, text, Span::new(here, here + rest.len()));
    }
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let place = Place { file, span: Span::new(here, here + word.len().max(first)) };
    if let Some(near) = rubric_base::near::nearest(word, attempts.spellings()) {
        return Diagnostic::new(
            Code::R0005,
            place,
            Text::new(format!("这里不认识「{word}」"), format!("`{word}` is not known here")),
        )
        .fix(Text::new(format!("改为「{near}」"), format!("write `{near}`")), place, near);
    }
    if only == Rule::only_item && slice.starts_with(['{', '[']) && text.trim_start().starts_with(['{', '[']) {
        return Diagnostic::new(
            Code::R0001,
            place,
            Text::new("这像是 JSON（证据），不是评分标准", "this looks like JSON (evidence), not like a rubric"),
        )
        .help(Text::new(
            "标准以「标准 \"名称\" { … }」开头；评分时先写标准，后写证据：rubricc eval 标准.rubric 证据.json",
            "a rubric begins with `rubric \"title\" { … }`; to score, the rubric comes first: rubricc eval A.rubric E.json",
        ));
    }
    if only == Rule::only_rule && begins_with_name(slice) {
        let words = slice.trim_end().lines().next().unwrap_or_default();
        let whole = Place { file, span: Span::new(span.start as usize, span.start as usize + words.len()) };
        return Diagnostic::new(
            Code::R0001,
            whole,
            Text::new(format!("「{words}」不是规则的写法"), format!("`{words}` is not how a rule is written")),
        )
        .help(Text::new(
            "规则写成「每 迟到 扣 0.5分」「若 建有台账,得 1分」「按 … { … }」这样，词语之间加空格",
            "a rule is written as `for each late deduct 0.5 points`, `if recorded, award 1 point` or `by … { … }`",
        ));
    }
    Diagnostic::new(
        Code::R0001,
        place,
        Text::new(format!("从「{word}」起读不懂"), format!("cannot be read from `{word}` on")),
    )
    .help(may_follow(attempts, "这里可以写", "what may stand here: "))
}

/// What may stand somewhere: what is no word, and the first words of the language as the formatter writes them.
fn may_follow(attempts: &Attempts, zh: &str, en: &str) -> Text {
    const MOST: usize = 8;
    // A value can begin or end with too many words for a list to help.
    const OF_VALUES: [&str; 7] = ["if", "by", "not", "every", "any", "node_score", "raw_score"];
    let of_value = |class: &str| ["value", "function", "rounding"].contains(&class);
    let words: Vec<&Keyword> = attempts.keywords().filter(|k| !of_value(k.class)).collect();
    let (quoted, block) = (attempts.has("\""), attempts.has("{"));
    let list = |language: Language| {
        let mut all: Vec<&str> = Vec::new();
        for word in words.iter().map(|k| k.canonical(language)) {
            // Two words may be spelled alike in one language, or have no spelling in one.
            if all.len() < MOST && !word.is_empty() && !all.contains(&word) {
                all.push(word);
            }
        }
        all
    };
    if words.iter().all(|k| OF_VALUES.contains(&k.id)) {
        let (text_zh, text_en) =
            if quoted { ("、引号中的文字", ", a text in quotes") } else { ("", "") };
        return Text::new(
            format!("{zh}数、名称{text_zh}或括号"),
            format!("{en}a number, a name{text_en} or a bracket"),
        );
    }
    let signs = |text, brace| [quoted.then_some(text), block.then_some(brace)].into_iter().flatten();
    let signs_zh = signs("引号中的文字", "「{」").map(str::to_owned);
    let signs_en = signs("a text in quotes", "`{`").map(str::to_owned);
    let zh_all: Vec<String> =
        signs_zh.chain([list(Language::Zh).iter().map(|w| format!("「{w}」")).collect()]).collect();
    let en_all: Vec<String> = signs_en.chain(list(Language::En).iter().map(|w| format!("`{w}`"))).collect();
    Text::new(format!("{zh}{}", zh_all.join("、")), format!("{en}{}", en_all.join(", ")))
}

/// Whether a statement begins with a name rather than with a word of the language.
fn begins_with_name(slice: &str) -> bool {
    let word = slice.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let begins = |spelling: &str| spelling == word || (!spelling.is_ascii() && word.starts_with(spelling));
    !word.is_empty() && !KEYWORDS.iter().any(|k| k.zh.iter().chain(k.en).any(|s| !s.is_empty() && begins(s)))
}

/// A statement that begins on the line of the one before it: `rest` is all that follows the first.
pub(crate) fn two_on_one_line(file: FileId, text: &str, rest: Span) -> Diagnostic {
    let (before, behind) = (text.get(..rest.start as usize).unwrap_or_default(), rest.of(text));
    let first_ends = before.trim_end().len();
    let begins = rest.start as usize + behind.len() - behind.trim_start().len();
    let place = Place { file, span: Span::new(begins, rest.start as usize + behind.trim_end().len()) };
    Diagnostic::new(Code::R0006, place, Text::new("同一行写了两条语句", "two statements stand on one line"))
        .help(Text::new("用换行或分号隔开", "separate them by a new line or a semicolon"))
        .fix(
            Text::new("在中间加分号", "put a semicolon between them"),
            Place { file, span: Span::new(first_ends, begins) },
            "; ",
        )
}

/// A day that no calendar has.
pub(crate) fn no_such_date(place: Place, written: &str) -> Diagnostic {
    Diagnostic::new(
        Code::R0015,
        place,
        Text::new(format!("没有「{written}」这一天"), format!("there is no day `{written}`")),
    )
    .help(Text::new("核对年、月、日", "check the year, the month and the day"))
}

pub(crate) fn no_such_time(place: Place, written: &str) -> Diagnostic {
    Diagnostic::new(
        Code::R0015,
        place,
        Text::new(format!("没有「{written}」这个时刻"), format!("there is no time of day `{written}`")),
    )
    .help(Text::new("一天由 0:00 到 23:59", "a day runs from 0:00 to 23:59"))
}

fn reads(slice: &str, only: Rule) -> bool {
    !slice.trim().is_empty() && RubricParser::parse(only, slice).is_ok()
}

/// Words written without spaces: the spaced text is the fix, found by reading it again.
fn glued(file: FileId, slice: &str, span: Span, only: Rule) -> Option<Diagnostic> {
    let line = slice.trim();
    if line.len() > 400 || line.contains(['\n', '"', '{']) {
        return None;
    }
    let spaced = spacings(line).into_iter().find(|candidate| reads(candidate, only))?;
    let place =
        Place { file, span: Span::new(span.start as usize, span.start as usize + slice.trim_end().len()) };
    Some(
        Diagnostic::new(
            Code::R0004,
            place,
            Text::new(
                "词语之间缺少空格：一串连写的文字会被当作一个名称",
                "words are written without spaces: a run of letters is one name",
            ),
        )
        .help(Text::new(format!("写成：{spaced}"), format!("write: {spaced}")))
        .fix(Text::new("加上空格", "put in the spaces"), place, spaced),
    )
}

/// Ways to put spaces around keywords that start or end a run of letters, likelier ones first; at most 256.
fn spacings(line: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut rest = line;
    while !rest.is_empty() {
        let run_end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (run, after) = rest.split_at(run_end);
        let other_end = after.find(char::is_alphabetic).unwrap_or(after.len());
        let (between, next) = after.split_at(other_end);
        let variants = if run.is_empty() { vec![String::new()] } else { run_spacings(run) };
        all = all
            .iter()
            .flat_map(|head| variants.iter().map(move |v| format!("{head}{v}{between}")))
            .take(256)
            .collect();
        rest = next;
    }
    all
}

fn run_spacings(run: &str) -> Vec<String> {
    let words: Vec<&str> = rubric_base::keyword::KEYWORDS
        .iter()
        .flat_map(|k| k.zh.iter().copied())
        .filter(|w| !w.is_empty())
        .collect();
    let mut variants = vec![run.to_owned()];
    let starts: Vec<&str> =
        words.iter().copied().filter(|w| run.len() > w.len() && run.starts_with(w)).collect();
    let ends: Vec<&str> = words.iter().copied().filter(|w| run.len() > w.len() && run.ends_with(w)).collect();
    for start in &starts {
        variants.push(format!("{start} {}", run.get(start.len()..).unwrap_or_default()));
    }
    for end in &ends {
        let head = run.get(..run.len() - end.len()).unwrap_or_default();
        variants.push(format!("{head} {end}"));
        for start in starts.iter().filter(|s| s.len() < head.len()) {
            variants.push(format!("{start} {} {end}", head.get(start.len()..).unwrap_or_default()));
        }
    }
    variants
}

/// `}` is missing at the latest here: before the next item, or at the end. `piece` is the text from a place outside all
/// braces up to here.
pub(crate) fn missing_close(place: Place, piece: &str) -> Diagnostic {
    let begins = place.span.start as usize - piece.len();
    let Some(open) = unclosed(piece) else {
        return Diagnostic::new(
            Code::R0002,
            place,
            Text::new("前面的「{」没有用「}」结束", "a `{` before this is never closed by `}`"),
        )
        .fix(Text::new("补上「}」", "put in `}`"), place, "}\n");
    };
    let line = piece.get(..open).unwrap_or_default().rsplit('\n').next().unwrap_or_default().trim();
    let at = |offset: usize| Place { file: place.file, span: Span::new(begins + offset, begins + offset) };
    // It may have been written wide.
    let sign = piece.get(open..).and_then(|rest| rest.chars().next()).unwrap_or('{');
    let brace = Place { file: place.file, span: Span::new(begins + open, begins + open + sign.len_utf8()) };
    let here = outdented(piece, open).map_or(place, at);
    Diagnostic::new(
        Code::R0002,
        brace,
        Text::new(
            format!("「{line}」的「{sign}」没有用「}}」结束"),
            format!("the `{sign}` of `{line}` is never closed by `}}`"),
        ),
    )
    .label(here, Text::new("在这里补上「}」", "put `}` here"))
    .fix(
        Text::new("补上「}」", "put in `}`"),
        here,
        if here == place && !piece.ends_with('\n') { "\n}\n" } else { "}\n" },
    )
}

/// The first brace that is never closed.
fn unclosed(piece: &str) -> Option<usize> {
    let mut open = Vec::new();
    let (mut quote, mut comment, mut before) = (None, false, ' ');
    for (at, c) in piece.char_indices() {
        match (quote, c) {
            (_, '\n') => (quote, comment) = (None, false),
            _ if comment => {}
            (Some(end), _) if end == c => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some('"'),
            (None, '“') => quote = Some('”'),
            (None, '「') => quote = Some('」'),
            (None, '/') if before == '/' => comment = true,
            (None, '{' | '\u{FF5B}') => open.push(at),
            (None, '}' | '\u{FF5D}') => {
                open.pop();
            }
            _ => {}
        }
        before = c;
    }
    open.first().copied()
}

/// The beginning of the first line within a block that stands no deeper than the line which opens the block: most often
/// the block should have ended before it.
fn outdented(piece: &str, open: usize) -> Option<usize> {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let start = piece.get(..open)?.rfind('\n').map_or(0, |n| n + 1);
    let own = depth(piece.get(start..)?);
    let mut at = open + piece.get(open..)?.find('\n')? + 1;
    for line in piece.get(at..)?.split_inclusive('\n') {
        let word = line.trim();
        if !word.is_empty() && !word.starts_with(['}', '\u{FF5D}', '/']) && depth(line) <= own {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// A `}` that closes nothing.
pub(crate) fn stray_close(place: Place) -> Diagnostic {
    Diagnostic::new(Code::R0003, place, Text::new("这个「}」没有对应的「{」", "this `}` closes nothing")).fix(
        Text::new("删去", "remove it"),
        place,
        "",
    )
}

/// A number with more digits than a decimal holds.
pub(crate) fn number_too_large(place: Place, written: &str) -> Diagnostic {
    let digits = written.chars().filter(char::is_ascii_digit).count();
    Diagnostic::new(
        Code::R0012,
        place,
        Text::new(
            format!("这个数有 {digits} 位，最多可写 28 位"),
            format!("this number has {digits} digits; at most 28 can be written"),
        ),
    )
}

/// A bare 以下, which some read with and some without the number itself.
pub(crate) fn bare_below(whole: Place, words: &str) -> Diagnostic {
    let number =
        words.trim_end_matches("below").trim_end().trim_end_matches("or").trim_end_matches("以下").trim_end();
    let (within, under) = if words.ends_with("以下") {
        (format!("{number}以内"), format!("不满 {number}"))
    } else {
        (format!("{number} or less"), format!("under {number}"))
    };

    Diagnostic::new(
        Code::R0014,
        whole,
        Text::new(
            "「以下」是否含本数，读法不一",
            "`or below` is read both with and without the number itself",
        ),
    )
    .help(Text::new(
        "含本数写「以内」，不含本数写「不满 …」",
        "write `or less` if the number itself counts, else `under …`",
    ))
    .fix(
        Text::new(
            format!("改为「{within}」（含本数）"),
            format!("write `{within}` (the number itself counts)"),
        ),
        whole,
        within,
    )
    .fix(
        Text::new(
            format!("改为「{under}」（不含本数）"),
            format!("write `{under}` (the number itself does not)"),
        ),
        whole,
        under,
    )
}

/// `≠` as the key of a row.
pub(crate) fn unequal_key(place: Place) -> Diagnostic {
    Diagnostic::new(
        Code::R0001,
        place,
        Text::new("表的一行不能以「不等于」为条件", "a row cannot be for all values but one"),
    )
    .help(Text::new("用「其余」", "use `otherwise`"))
}

/// 且 and 或 side by side.
pub(crate) fn mixed_and_or(place: Place) -> Diagnostic {
    Diagnostic::new(
        Code::R0010,
        place,
        Text::new("「且」与「或」混在一起，先后不明", "`and` and `or` stand side by side: which goes first?"),
    )
    .help(Text::new(
        "用括号写明，如「(甲 或 乙) 且 丙」或「甲 或 (乙 且 丙)」",
        "say so with parentheses, such as `(a or b) and c` or `a or (b and c)`",
    ))
}

/// A rounding beside other arithmetic.
pub(crate) fn unclear_rounding(place: Place) -> Diagnostic {
    Diagnostic::new(
        Code::R0011,
        place,
        Text::new(
            "取整的是整个算式还是最后一项，看不出来",
            "is the whole formula rounded, or only its last part?",
        ),
    )
    .help(Text::new("给要取整的部分加括号", "put what is rounded in parentheses"))
}
