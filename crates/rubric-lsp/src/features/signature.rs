//! The form of the rule that is being written, with the part that comes next.

use rubric_base::{Keyword, Language};
use rubric_syntax::Statement;

use super::Context;
use super::completion::place::{self, Place};
use crate::scan;

/// A form and where in it one is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The whole form.
    pub label: String,
    /// Its parts, as bytes of the label.
    pub parts: Vec<(usize, usize)>,
    /// The part being written.
    pub active: usize,
    /// What it does.
    pub about: String,
}

/// A part of a form: the keyword it begins with (none for what comes first), and how it is shown.
type Part = (&'static str, &'static str, &'static str);

/// Forms by the keyword that they begin with, or hold.
const FORMS: &[(&str, &[Part])] = &[
    (
        "each",
        &[
            ("each", "次数或清单", "count or list"),
            ("where", "[其中 条件]", "[where condition]"),
            ("same", "[同一 字段 只计一次]", "[counting the same fields once]"),
            ("deduct", "扣 分值", "deduct points"),
            ("cap", "[最高 分值]", "[up to points]"),
        ],
    ),
    (
        "if",
        &[
            ("if", "条件", "condition"),
            ("deduct", "扣或得 分值", "deduct or award points"),
            ("cap", "[最高 分值]", "[up to points]"),
            ("else", "[否则 扣或得 分值]", "[otherwise use points]"),
        ],
    ),
    (
        "compared",
        &[
            ("", "值", "value"),
            ("compared", "比 限度", "compared with limit"),
            ("each_lower", "每低/每少/每高/每多 一步", "per drop/shortfall/rise/excess of step"),
            ("deduct", "扣或得 分值", "deduct or award points"),
            ("part", "不足 不计/计一/按比例", "part steps ignored/counted as one/pro rata"),
        ],
    ),
    (
        "by",
        &[
            ("by", "值", "value"),
            ("within", "[从高到低 在 参评单位 的 名次]", "[, highest first, among graded subjects]"),
        ],
    ),
    ("require", &[("require", "条件", "condition"), ("", "[\"说明\"]", "[\"in words\"]")]),
    ("advise", &[("advise", "条件", "condition"), ("", "[\"说明\"]", "[\"in words\"]")]),
    (
        "not_applicable",
        &[
            ("not_applicable", "若 条件", "if condition"),
            ("counts_full", "按满分计/不计入总分", "full points/left out"),
        ],
    ),
    ("start", &[("start", "分值", "points")]),
    (
        "clause",
        &[
            ("clause", "编号", "number"),
            ("", "\"名称\"", "\"title\""),
            ("", "分值", "points"),
            ("", "[四舍五入 到 步长]", "[rounded to step]"),
            ("", "[权重 比例]", "[weight share]"),
        ],
    ),
    ("section", &[("section", "编号", "number"), ("", "\"名称\"", "\"title\""), ("", "分值", "points")]),
    (
        "ranking",
        &[
            ("by_key", "依 值 从高到低/从低到高", "by value, highest/lowest first"),
            ("ties", "并列 取优/取劣", "ties share the better/worse"),
        ],
    ),
    (
        "quota",
        &[
            ("quota", "等级", "grade"),
            ("at_most", "至多 数或比例", "at most number or share"),
            ("population", "[于 单位]", "[out of subjects]"),
            ("by_key", "依 值", "by value"),
            ("ties", "并列 全让/取优", "ties all miss out/share the better"),
            ("beyond", "超额 降为 等级", "the rest fall to grade"),
        ],
    ),
    ("count_of", &[("count_of", "清单", "list"), ("where", "[其中 条件]", "[where condition]")]),
    (
        "sum_of",
        &[
            ("sum_of", "清单", "list"),
            ("of", "的 字段", "of field"),
            ("where", "[其中 条件]", "[where condition]"),
        ],
    ),
    (
        "mean_of",
        &[
            ("mean_of", "清单", "list"),
            ("of", "的 字段", "of field"),
            ("where", "[其中 条件]", "[where condition]"),
        ],
    ),
    (
        "max_of",
        &[
            ("max_of", "清单", "list"),
            ("of", "的 字段", "of field"),
            ("where", "[其中 条件]", "[where condition]"),
        ],
    ),
    (
        "min_of",
        &[
            ("min_of", "清单", "list"),
            ("of", "的 字段", "of field"),
            ("where", "[其中 条件]", "[where condition]"),
        ],
    ),
    ("workdays_between", &[("workdays_between", "开始日", "first day"), (",", "结束日", "last day")]),
    ("larger", &[("larger", "值", "value"), (",", "值", "value")]),
    ("smaller", &[("smaller", "值", "value"), (",", "值", "value")]),
];

/// Keywords that open the same part.
const ALIKE: &[(&str, &[&str])] = &[
    ("deduct", &["award", "no_points", "full_points"]),
    ("each_lower", &["each_fewer", "each_higher", "each_more"]),
    ("counts_full", &["left_out"]),
];

/// The form at an offset.
#[must_use]
pub fn at(cx: Context<'_>, offset: usize) -> Option<Signature> {
    let place = place::at(cx.document, offset)?;
    let open = scan::open_at(&cx.document.text, 0, offset);
    let before = cx.document.text.get(open.statement..offset)?;
    let (id, parts, from) = form(&place, before)?;
    let written = before.get(from..).unwrap_or_default();
    let language = cx.document.language();
    let word = Keyword::by_id(id)?;
    let call = word.class == "function";
    let mut label = if parts.first()?.0 == id { word.canonical(language).to_owned() } else { String::new() };
    let mut spans = Vec::new();
    for (i, (_, zh, en)) in parts.iter().enumerate() {
        label.push_str(match (call, i) {
            (true, 0) => "(",
            (_, 0) if label.is_empty() => "",
            _ => " ",
        });
        let start = label.len();
        label.push_str(if language == Language::Zh { zh } else { en });
        spans.push((start, label.len()));
    }
    if call {
        label.push(')');
    }
    let about = cx.say(word.hover.0, word.hover.1);
    Some(Signature { label, parts: spans, active: active(parts, written), about })
}

type Form = (&'static str, &'static [Part], usize);

/// The form that a statement has: the innermost function that is open, else that of its keyword.
fn form(place: &Place, before: &str) -> Option<Form> {
    let find = |id: &str| FORMS.iter().find(|(of, _)| *of == id);
    let mut depth = 0_usize;
    for (at, c) in before.char_indices().rev() {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' if depth > 0 => depth -= 1,
            '(' | '（' => {
                let head = before.get(..at).unwrap_or_default();
                let word = rubric_base::keyword::KEYWORDS
                    .iter()
                    .filter(|k| k.class == "function")
                    .find(|k| k.zh.iter().chain(k.en).any(|s| head.trim_end().ends_with(s)));
                if let Some((id, parts)) = word.and_then(|k| find(k.id)) {
                    return Some((id, parts, at));
                }
            }
            _ => {}
        }
    }
    if place.statement == Statement::Rule
        && let Some(at) = position(before, "compared")
    {
        let (id, parts) = find("compared")?;
        return Some((id, parts, at.saturating_sub(1)));
    }
    let (id, parts) = find(place::first_keyword(before)?.id)?;
    Some((id, parts, 0))
}

/// Where a keyword stands among the words of a text.
fn position(text: &str, id: &str) -> Option<usize> {
    let keyword = Keyword::by_id(id)?;
    keyword
        .zh
        .iter()
        .chain(keyword.en)
        .filter_map(|spelling| {
            text.match_indices(spelling).map(|(at, _)| at).find(|at| {
                let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic());
                alone(text.get(..*at).and_then(|t| t.chars().next_back()))
                    && alone(text.get(at + spelling.len()..).and_then(|t| t.chars().next()))
            })
        })
        .min()
}

/// The last part that was begun: by its keyword, or after as many words as stand before it.
fn active(parts: &[Part], written: &str) -> usize {
    let begun = |id: &str| {
        if id == "," {
            return written.contains([',', '，']);
        }
        let alike = ALIKE.iter().find(|(of, _)| *of == id).map_or([].as_slice(), |(_, more)| more);
        std::iter::once(&id).chain(alike).any(|id| position(written, id).is_some())
    };
    let by_word = parts.iter().rposition(|(id, ..)| !id.is_empty() && begun(id)).unwrap_or(0);
    // Parts without a keyword come one word after the other.
    let plain = parts.iter().skip(by_word + 1).take_while(|(id, ..)| id.is_empty()).count();
    let words = scan::pieces(written).saturating_sub(2);
    by_word + words.min(plain)
}
