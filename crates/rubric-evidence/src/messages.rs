//! Findings about the structure: files, units, names, and what is missing or given twice.

use rubric_base::{Code, Diagnostic, Place, Span, Text};
use rubric_program::EvidenceType;

use crate::Input;
use crate::refusal::sample;

/// How a whole file looks.
const SHAPE: &str = r#"{"subjects": [{"id": "…", …}]}"#;

/// Text that is not JSON. The commonest slips are named.
pub(crate) fn malformed(input: Input<'_>, span: Span, ended: bool) -> Diagnostic {
    let place = Place { file: input.file, span };
    let shape = Text::new(format!("证据的写法是 {SHAPE}"), format!("evidence is written {SHAPE}"));
    if input.text.trim().is_empty() {
        return Diagnostic::new(Code::E0002, place, Text::new("文件是空的", "the file is empty")).help(shape);
    }
    if is_table(input.text) {
        return Diagnostic::new(
            Code::E0002,
            place,
            Text::new(
                "这像是一张表格（CSV），证据要写成 JSON",
                "this looks like a table (CSV), but evidence is written as JSON",
            ),
        )
        .help(Text::new(
            format!("一行写成一个单位，列名作证据名称：{SHAPE}"),
            format!("each row becomes a unit, the heads of the columns the names of its evidence: {SHAPE}"),
        ));
    }
    if ended {
        return Diagnostic::new(
            Code::E0002,
            place,
            Text::new("文件在这里中断，内容不完整", "the file breaks off here"),
        )
        .help(Text::new(
            "检查文件是否传完，引号和括号是否都已闭合",
            "see that the file is whole and that every quote and bracket is closed",
        ));
    }
    let word = span.of(input.text);
    let before = input.text.get(..span.start as usize).unwrap_or_default().trim_end();
    let (zh, en) = match word {
        "NaN" | "Infinity" => {
            ("JSON 中没有这种数，请写实际的数字", "JSON has no such number; write the actual one")
        }
        "}" | "]" if before.ends_with(',') => ("去掉前面多余的逗号", "leave out the comma before it"),
        "\u{FF0C}" | "\u{FF1A}" | "“" | "”" | "'" | "‘" | "’" => {
            ("标点须用半角：逗号、冒号和双引号", "use the plain comma, colon and double quote")
        }
        "/" => ("JSON 中不能写注释", "there are no comments in JSON"),
        _ if before.ends_with('}') && whole(before) => {
            ("最后的「}」之后不能再写别的", "nothing may stand behind the last `}`")
        }
        _ => ("检查这里的逗号、引号和括号", "look at the commas, quotes and brackets here"),
    };
    let message = match word.trim() {
        "" => Text::new("这里不是 JSON 的写法", "this is not written as JSON is"),
        word => Text::new(
            format!("这里的「{word}」不是 JSON 的写法"),
            format!("`{word}` here is not written as JSON is"),
        ),
    };
    Diagnostic::new(Code::E0002, place, message).help(Text::new(zh, en))
}

/// Whether a text is lines of values between commas or tabs, which spreadsheets write.
fn is_table(text: &str) -> bool {
    let first =
        text.trim_start_matches('\u{FEFF}').lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let begins = first.trim_start().starts_with(['{', '[', '/', '\'', '“']);
    !begins && first.contains([',', '\t', ';', '\u{FF0C}']) && !first.contains(['{', ':'])
}

/// Whether a text is JSON from beginning to end.
fn whole(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Half of a surrogate pair, which stands for no character.
pub(crate) fn bad_escape(place: Place) -> Diagnostic {
    Diagnostic::new(
        Code::E0002,
        place,
        Text::new("这里的 \\u 转义不成字符", "a \\u escape here stands for no character"),
    )
    .help(Text::new("直接写出这个字，不用转义", "write the character itself, without an escape"))
}

/// Brackets within brackets without end.
pub(crate) fn too_deep(place: Place, most: usize) -> Diagnostic {
    Diagnostic::new(
        Code::E0002,
        place,
        Text::new(format!("括号嵌套超过 {most} 层"), format!("brackets are nested more than {most} deep")),
    )
    .help(Text::new(format!("证据的写法是 {SHAPE}"), format!("evidence is written {SHAPE}")))
}

/// A file or a part of it that is built otherwise than it should be.
pub(crate) fn structure(place: Place, zh: &str, en: &str) -> Diagnostic {
    Diagnostic::new(Code::E0003, place, Text::new(zh, en))
        .help(Text::new(format!("证据的写法是 {SHAPE}"), format!("evidence is written {SHAPE}")))
}

/// A row of a list that is not an object.
pub(crate) fn row_not_object(place: Place, name: &str, ty: &EvidenceType) -> Diagnostic {
    let sample = sample(ty);
    Diagnostic::new(
        Code::E0006,
        place,
        Text::new(
            format!("「{name}」的每条记录应写在花括号中"),
            format!("every row of `{name}` is written in braces"),
        ),
    )
    .help(Text::new(
        format!("写法如：\"{name}\": {sample}"),
        format!("write it like this: \"{name}\": {sample}"),
    ))
}

/// A key beside `subjects`.
pub(crate) fn unknown_top(place: Place, key: &str, near: bool) -> Diagnostic {
    let found = structure(
        place,
        &format!("最外层只能有 \"subjects\"，这里写的是 \"{key}\""),
        &format!("only \"subjects\" may stand at the top, and this is \"{key}\""),
    );
    if near {
        found.fix(Text::new("改为 \"subjects\"", "write \"subjects\""), place, "\"subjects\"")
    } else {
        found
    }
}

/// `subjects` a second time.
pub(crate) fn subjects_twice(second: Place, first: Place) -> Diagnostic {
    let message = Text::new("\"subjects\" 写了两次", "\"subjects\" is written twice");
    Diagnostic::new(Code::E0003, second, message)
        .label(first, Text::new("前一次在这里", "it is written here before"))
        .help(Text::new("把单位并到一处", "put the units into one of them"))
}

/// A unit without a usable id.
pub(crate) fn bad_id(place: Place, zh: &str, en: &str) -> Diagnostic {
    Diagnostic::new(Code::E0003, place, Text::new(zh, en)).help(Text::new(
        "每个单位都要有名称，写法如：\"id\": \"甲镇\"",
        "every unit needs its name, like this: \"id\": \"甲镇\"",
    ))
}

/// A name that is not declared, in a unit or (with the list's name) in a row.
pub(crate) fn unknown(place: Place, key: &str, list: Option<&str>, near: Option<&str>) -> Diagnostic {
    let message = match list {
        None => Text::new(
            format!("标准中没有名为「{key}」的证据"),
            format!("the rubric declares no evidence `{key}`"),
        ),
        Some(list) => Text::new(
            format!("「{list}」的记录没有「{key}」这一栏"),
            format!("rows of `{list}` have no field `{key}`"),
        ),
    };
    let found = Diagnostic::new(Code::E0004, place, message);
    match near {
        None => found.help(Text::new(
            "按标准中声明的名称填写，或去掉这一项",
            "use a name the rubric declares, or leave it out",
        )),
        Some(near) => {
            found.help(Text::new(format!("是不是「{near}」？"), format!("did you mean `{near}`?"))).fix(
                Text::new(format!("改为「{near}」"), format!("write `{near}`")),
                place,
                format!("\"{near}\""),
            )
        }
    }
}

/// The same unit twice in one file.
pub(crate) fn unit_twice(second: Place, first: Place, id: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0008,
        second,
        Text::new(
            format!("单位「{id}」在同一文件中出现两次"),
            format!("unit `{id}` stands twice in one file"),
        ),
    )
    .label(first, Text::new("前一次在这里", "it stands here before"))
    .help(Text::new(
        "并成一处；如果是两个单位，请改用不同的名称",
        "make them one, or give them different names if they are two",
    ))
}

/// The same evidence or field twice.
pub(crate) fn twice(second: Place, first: Place, name: &str, owner: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0009,
        second,
        Text::new(
            format!("「{owner}」的「{name}」填了两次"),
            format!("`{name}` of `{owner}` is given twice"),
        ),
    )
    .label(first, Text::new("前一次在这里", "it is given here before"))
    .help(Text::new("两处只留一处", "keep one of the two"))
}

/// A column that the rubric computes.
pub(crate) fn computed(place: Place, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0004,
        place,
        Text::new(
            format!("「{name}」由标准算出，不用填"),
            format!("`{name}` is computed by the rubric, never given"),
        ),
    )
    .help(Text::new("去掉这一项", "leave the entry out"))
}

/// More rows than declared.
pub(crate) fn too_many_rows(place: Place, name: &str, written: usize, most: u64) -> Diagnostic {
    Diagnostic::new(
        Code::E0010,
        place,
        Text::new(
            format!("「{name}」有 {written} 条记录，最多 {most} 条"),
            format!("`{name}` has {written} rows; the most is {most}"),
        ),
    )
}

/// Everything that one unit or row lacks: names and types in declared order.
pub(crate) fn missing(
    place: Place,
    (zh_owner, en_owner): (&str, &str),
    lacking: &[(String, &EvidenceType)],
    first: &str,
) -> Diagnostic {
    let names: Vec<&str> = lacking.iter().map(|(n, _)| n.as_str()).collect();
    let (zh, en) = (names.join("、"), names.join(", "));
    let number = lacking.len();
    let sample = lacking.first().map(|(_, ty)| format!("\"{first}\": {}", sample(ty))).unwrap_or_default();
    Diagnostic::new(
        Code::E0005,
        place,
        Text::new(format!("{zh_owner}缺少 {number} 项：{zh}"), format!("{en_owner} lacks {number}: {en}")),
    )
    .help(Text::new(format!("补上，写法如：{sample}"), format!("add it, written like this: {sample}")))
}

/// Evidence of the scored units given for one that is not scored.
pub(crate) fn not_scored(place: Place, id: &str, names: &[&str]) -> Diagnostic {
    let (zh, en) = (names.join("、"), names.join(", "));
    Diagnostic::new(
        Code::E0003,
        place,
        Text::new(
            format!("单位「{id}」不参评，这些证据只由参评单位填报：{zh}"),
            format!("unit `{id}` is not scored, and this evidence is only for scored units: {en}"),
        ),
    )
    .help(Text::new(
        "去掉这些项，或改正决定是否参评的证据",
        "leave them out, or mend the evidence that decides who is scored",
    ))
}

/// Nobody to score.
pub(crate) fn nobody(place: Place, zh: &str, en: &str) -> Diagnostic {
    Diagnostic::new(Code::E0013, place, Text::new(zh, en))
}
