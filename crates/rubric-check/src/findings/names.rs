//! Names: unknown, declared twice, unused, cyclic.

use rubric_base::near::{NEGATIONS, nearest, nearest_name};
use rubric_base::numeral;
use rubric_base::{Code, Diagnostic, Language, Place, Text};

use super::{finding, rather, word};

pub(crate) fn unknown<'k>(
    place: Place,
    name: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Diagnostic {
    let base = finding(
        Code::R0101,
        place,
        format!("没有叫「{name}」的证据或名称"),
        format!("nothing is called `{name}`"),
    );
    if let Some(digits) = numeral::in_digits(name) {
        return base.help(Text::new("数字要用阿拉伯数字写", "numbers are written in digits")).fix(
            Text::new(format!("改为 {digits}"), format!("write {digits}")),
            place,
            digits,
        );
    }
    let bare =
        NEGATIONS.iter().find_map(|no| name.strip_prefix(no)).filter(|n| known.clone().any(|k| k == *n));
    if let Some(bare) = bare {
        let not = format!("未 {bare}");
        return base
            .help(Text::new(
                format!("「{bare}」的反面写「{not}」"),
                format!("the opposite of `{bare}` is `not {bare}`"),
            ))
            .fix(Text::new(format!("改为「{not}」"), format!("write `{not}`")), place, not);
    }
    match nearest_name(name, known.clone()) {
        Some(near) => did_you_mean(base, place, near),
        None => base.help(declared(known)),
    }
}

fn did_you_mean(found: Diagnostic, place: Place, near: &str) -> Diagnostic {
    let asked = found.help(Text::new(format!("是不是「{near}」？"), format!("did you mean `{near}`?")));
    rather(asked, place, near)
}

/// What there is, where it is little enough to read, and how a name comes to be.
fn declared<'k>(known: impl Iterator<Item = &'k str>) -> Text {
    const MOST: usize = 8;
    let names: Vec<&str> = known.collect();
    let (zh, en) = if names.is_empty() || names.len() > MOST {
        (String::new(), String::new())
    } else {
        (format!("已有的是「{}」；", names.join("」「")), format!("there are `{}`; ", names.join("`, `")))
    };
    Text::new(
        format!("{zh}新的要先在「填报」中声明，或用「设」取名"),
        format!("{en}a new one is declared as evidence first, or named with `let`"),
    )
}

/// What an example expects something of, where there is no such clause or output.
pub(crate) fn unknown_target<'k>(
    place: Place,
    name: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Diagnostic {
    let base = finding(
        Code::R0101,
        place,
        format!("没有编号为「{name}」的条款，也没有叫「{name}」的输出"),
        format!("no clause has the number `{name}`, and no output is called so"),
    );
    match nearest_name(name, known.clone()) {
        Some(near) => did_you_mean(base, place, near),
        None => {
            let names: Vec<&str> = known.take(8).collect();
            base.help(Text::new(
                format!("已有的是「{}」", names.join("」「")),
                format!("there are `{}`", names.join("`, `")),
            ))
        }
    }
}

pub(crate) fn unknown_clause<'k>(
    place: Place,
    number: &str,
    known: impl Iterator<Item = &'k str>,
) -> Diagnostic {
    let base = finding(
        Code::R0101,
        place,
        format!("没有编号为 {number} 的条款"),
        format!("no clause has the number {number}"),
    );
    match nearest(number, known) {
        Some(near) => base.fix(Text::new(format!("改为 {near}"), format!("write {near}")), place, near),
        None => base,
    }
}

pub(crate) fn twice(place: Place, name: &str, first: Place) -> Diagnostic {
    finding(Code::R0102, place, format!("「{name}」已经写过一次"), format!("`{name}` is declared already"))
        .label(first, Text::new("第一次在这里", "first here"))
        .help(Text::new("删去一处，或换一个名称", "remove one, or give it another name"))
}

pub(crate) fn number_twice(place: Place, number: &str, first: Place) -> Diagnostic {
    finding(
        Code::R0107,
        place,
        format!("条款编号 {number} 用了两次"),
        format!("the clause number {number} is used twice"),
    )
    .label(first, Text::new("第一次在这里", "first here"))
    .help(Text::new(
        "改其中一个编号；若是重复粘贴的，删去一条",
        "change one of them; if a clause was pasted twice, remove it",
    ))
}

pub(crate) fn unused(place: Place, name: &str) -> Diagnostic {
    finding(
        Code::R0105,
        place,
        format!("证据「{name}」要填报，却没有任何规则用到"),
        format!("the evidence `{name}` has to be given, but no rule uses it"),
    )
    .help(Text::new("补上用到它的规则，或删去这一项", "add the rule that needs it, or remove it"))
}

pub(crate) fn unused_value(place: Place, name: &str) -> Diagnostic {
    finding(
        Code::R0105,
        place,
        format!("取了名称「{name}」，却没有任何地方用到"),
        format!("`{name}` is named, but nothing uses it"),
    )
    .help(Text::new(
        "补上用到它的规则，或删去这一行；要在结果中显示，写「输出」",
        "use it, or remove it; to show it in the result write `output`",
    ))
}

pub(crate) fn no_header(place: Place, language: Language) -> Diagnostic {
    finding(Code::R0108, place, "缺少「标准 \"名称\" { … }」", "the head `rubric \"title\" { … }` is missing")
        .help(Text::new(
            "每份标准以题头开始，写明名称和满分；`rubricc new 文件名` 会写一份样板",
            "a rubric begins with its title and full marks; `rubricc new FILE` writes a small one",
        ))
        .fix(
            Text::new("加上标准的名称", "put in a head"),
            place,
            word(language, "标准 \"未命名\" {\n}\n", "rubric \"untitled\" {\n}\n"),
        )
}

pub(crate) fn no_ranking(place: Place) -> Diagnostic {
    finding(
        Code::R0108,
        place,
        "用到了排名，但没有写排名的依据",
        "the rank is used, but nothing says what ranks",
    )
    .help(Text::new(
        "加上「排名 依 总分 从高到低; 并列 取优」",
        "add `ranking by total score, highest first; ties share the better`",
    ))
}

pub(crate) fn no_grades(place: Place) -> Diagnostic {
    finding(
        Code::R0108,
        place,
        "用到了等级，但没有写等级怎样评定",
        "the grade is used, but nothing says how grades are given",
    )
    .help(Text::new("加上「等级 … { … }」", "add `grades … { … }`"))
}

pub(crate) fn chain_too_long(place: Place, most: usize) -> Diagnostic {
    finding(
        Code::R0007,
        place,
        format!("名称一个引用一个，超过 {most} 层"),
        format!("definitions need each other in a chain of more than {most}"),
    )
    .help(Text::new(
        "把被引用的名称写在前面，或减少层次",
        "declare what is needed first, or flatten the chain",
    ))
}

pub(crate) fn cycle(place: Place, names: &[String], others: Vec<Place>) -> Diagnostic {
    let path = names.join(" → ");
    let first = names.first().cloned().unwrap_or_default();
    let base = finding(
        Code::R0106,
        place,
        format!("循环引用：{path} → {first}"),
        format!("these need each other: {path} → {first}"),
    );
    let base = base.help(Text::new(
        "去掉其中一处引用，使计算有起点",
        "take one of them out, so that something can be worked out first",
    ));
    others.into_iter().fold(base, |d, p| d.label(p, Text::new("经过这里", "by way of this")))
}
