//! Points: budgets, starts, caps, part steps.

use rubric_base::{Code, Diagnostic, Language, Place, Span, Text};
use rubric_program::Exact;

use super::{finding, insertion, word};

pub(crate) fn needs_points(place: Place, words: &str, language: Language) -> Diagnostic {
    let base =
        finding(Code::R0104, place, format!("「{words}」不是分数"), format!("`{words}` is not points"));
    if words.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        let new = format!("{words}{}", word(language, "分", if words == "1" { " point" } else { " points" }));
        return base.fix(Text::new(format!("加上单位：{new}"), format!("add the unit: {new}")), place, new);
    }
    base.help(Text::new("以「分」为单位，如 0.5分", "write points, such as 0.5 points"))
}

pub(crate) fn does_not_add_up(
    place: Place,
    number: &str,
    declared: &Exact,
    sum: &Exact,
    parts: Vec<(Exact, Place)>,
    language: Language,
) -> Diagnostic {
    let (whose_zh, whose_en) = if number.is_empty() {
        ("满分".to_owned(), "full marks".to_owned())
    } else {
        (format!("第 {number} 项"), format!("item {number}"))
    };
    let (more, less) = (sum - declared, declared - sum);
    let (way_zh, way_en) = if more.is_positive() {
        (format!("多 {more}"), format!("{more} too many"))
    } else {
        (format!("少 {less}"), format!("{less} short"))
    };
    let base = finding(
        Code::R0201,
        place,
        format!("{whose_zh}写的是 {declared} 分，其下合计却是 {sum} 分，{way_zh} 分"),
        format!("{whose_en} is declared as {declared} points, but its parts add up to {sum}: {way_en}"),
    )
    .fix(
        Text::new(format!("改为 {sum}分"), format!("write {sum} points")),
        place,
        format!("{sum}{}", word(language, "分", " points")),
    );
    parts.into_iter().fold(base, |d, (points, p)| {
        d.label(p, Text::new(format!("{points} 分"), format!("{points} points")))
    })
}

pub(crate) fn full_of_nothing(place: Place, number: &str) -> Diagnostic {
    finding(
        Code::R0202,
        place,
        format!("第 {number} 项没有自己的分值，不适用时按满分计是多少，无从说起"),
        format!("item {number} has no points of its own, so there are none to have in full where it does not apply"),
    )
    .help(Text::new(
        "在标题后写明分值，总分之外的项目写「不计入总分」",
        "write its points after the title; outside the total write `left out`",
    ))
}

pub(crate) fn may_have_no_score(place: Place, number: &str) -> Diagnostic {
    finding(
        Code::R0208,
        place,
        format!("{number}可能不适用而没有得分，这里却用到它的得分，没有写那时怎样"),
        format!("{number} may not apply and then has no score, and nothing says what counts here where it has none"),
    )
    .help(Text::new(
        "用同一个条件先问：「若 … 则 … 否则 「…」得分」，或让不适用的条款「按满分计」",
        "ask by the same condition first: `if … then … otherwise use 「…」 score`, or let what does not apply count full",
    ))
}

pub(crate) fn ends_outside(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "总分之外的项目没有分值，不能写「不得分」或「得满分」",
        "what stands outside the total has no points, so it cannot end at none or at all of them",
    )
    .help(Text::new("写明扣多少分、得多少分", "write how many points are deducted or awarded"))
}

pub(crate) fn no_budget(place: Place, number: &str, language: Language) -> Diagnostic {
    finding(
        Code::R0202,
        place,
        format!("第 {number} 条有计分的规则，却没有写分值"),
        format!("clause {number} has rules about points, but no points of its own"),
    )
    .fix(
        Text::new("在标题后写分值", "write its points after the title"),
        insertion(place, place.span.end),
        word(language, " 1分", " 1 point"),
    )
}

/// A clause whose points cannot all be earned.
pub(crate) struct Short {
    /// All of it.
    pub(crate) whole: Span,
    /// Its points as written.
    pub(crate) place: Place,
    pub(crate) head: Place,
    /// Where a note can be put in.
    pub(crate) end: u32,
    pub(crate) number: String,
    pub(crate) points: Exact,
    pub(crate) attainable: Exact,
}

/// `whole`: full marks, and the most that can be had of them.
pub(crate) fn never_earned(clause: &Short, whole: Option<&(Exact, Exact)>, language: Language) -> Diagnostic {
    let Short { place, head, end, number, points, attainable, .. } = clause;
    let lost = points - attainable;
    let (all_zh, all_en) = whole.map_or_else(Default::default, |(full, most)| {
        (format!("；满分 {full} 分最多得 {most} 分"), format!("; of {full} points in all at most {most} can"))
    });
    finding(
        Code::R0203,
        *place,
        format!("第 {number} 条分值 {points} 分，按规则最多得 {attainable} 分，有 {lost} 分永远得不到{all_zh}"),
        format!(
            "clause {number} is worth {points} points, but its rules give at most {attainable}: {lost} can never be earned{all_en}"
        ),
    )
    .label(*head, Text::new("这一条", "this clause"))
    .help(Text::new(
        "改分值或规则；若原文如此，写「照原文 R0203 \"理由\"」",
        "change the points or the rules; if the source prints it so, write `as printed R0203 \"reason\"`",
    ))
    .fix(Text::new("注明照原文保留", "keep it as printed"), insertion(*place, *end), word(language, " 照原文 R0203 \"原文如此\"", " as printed R0203 \"so in the source\""))
}

pub(crate) fn starts_above(place: Place, points: &Exact) -> Diagnostic {
    finding(
        Code::R0112,
        place,
        format!("起评分超过本条的分值 {points} 分"),
        format!("the clause starts above the {points} points it is worth"),
    )
}

pub(crate) fn both_kinds(place: Place) -> Diagnostic {
    finding(
        Code::R0204,
        place,
        "这一条既扣分又得分，没有写从几分起评",
        "this clause both takes and gives points, and does not say where it starts",
    )
    .help(Text::new("加上「起评 …分」", "add `start from … points`"))
}

pub(crate) fn cap_never_binds(place: Place, cap: &Exact, most: &Exact) -> Diagnostic {
    finding(
        Code::R0205,
        place,
        format!("最高 {cap} 分不起作用：这条规则最多只有 {most} 分"),
        format!("up to {cap} points never matters: the rule comes to at most {most}"),
    )
}

pub(crate) fn moves_nothing(place: Place) -> Diagnostic {
    finding(Code::R0206, place, "这条规则永远不会改变得分", "this rule can never change the score")
}

pub(crate) fn weighs_nothing(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "「只计最重」中只能写扣分或得分的规则",
        "`only the heaviest` holds rules that take or give points, and nothing else",
    )
    .help(Text::new("移到「只计最重」之外", "move it out of the block"))
}

pub(crate) fn starts_by_its_parts(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "大项从其下各条的得分合计起算，不能写「起评」",
        "a section starts at the sum of what stands in it: `start from` has no place here",
    )
    .help(Text::new("写到条款中，或删去", "write it in a clause, or remove it"))
}

pub(crate) fn has_no_score(place: Place, number: &str) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        format!("第 {number} 条没有分值，谈不上得分"),
        format!("clause {number} has no points, so it has no score"),
    )
    .help(Text::new(
        "写上分值；只有要求的条款用「要求 达标数」",
        "give it points; for requirements there is `requirements met`",
    ))
}

pub(crate) fn no_total(place: Place) -> Diagnostic {
    finding(Code::R0109, place, "没有一条有分值，谈不上总分", "nothing has points, so there is no total")
}

pub(crate) fn negative_amount(place: Place) -> Diagnostic {
    finding(Code::R0112, place, "扣分或得分的数可能为负", "the points taken or given could be negative")
        .help(Text::new("用「较大(…, 0分)」", "use `larger(…, 0 points)`"))
}

pub(crate) fn part_steps_unruled(place: Place, effect: Place, language: Language) -> Diagnostic {
    finding(
        Code::R0305,
        place,
        "不满一步的零头怎样算，没有写明",
        "it is not said what a part of a step counts",
    )
    .label(effect, Text::new("每步这么多", "this much for each step"))
    .help(Text::new(
        "写「,不足 不计」「,不足 计一」或「,不足 按比例」",
        "write `, part steps ignored`, `, part steps counted as one` or `, part steps pro rata`",
    ))
    .fix(
        Text::new("不足一步的不计", "ignore part steps"),
        insertion(place, place.span.end),
        word(language, ",不足 不计", ", part steps ignored"),
    )
}

pub(crate) fn part_without_steps(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "「不足 …」只用于按步计分的规则",
        "`part steps …` belongs to rules that count steps",
    )
    .fix(Text::new("删去", "remove it"), place, "")
}

pub(crate) fn weighed_points(place: Place, points: &Exact, whole: &Exact, language: Language) -> Diagnostic {
    finding(
        Code::R0201,
        place,
        format!("有权重的各项都要以 {whole} 分为满分，这一项是 {points} 分"),
        format!("parts with weights are each out of {whole} points, but this one is out of {points}"),
    )
    .fix(
        Text::new(format!("改为 {whole}分"), format!("write {whole} points")),
        place,
        format!("{whole}{}", word(language, "分", " points")),
    )
}
