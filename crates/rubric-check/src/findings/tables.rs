//! Tables and ranks.

use rubric_base::near::nearest;
use rubric_base::{Code, Diagnostic, Language, Place, Text};
use rubric_program::{Exact, Key, Unit};

use super::types::shown;
use super::{finding, insertion, listed, rather, word};

pub(crate) fn gap(place: Place, value: &Exact, unit: Option<Unit>) -> Diagnostic {
    let (zh, en) = shown(value, unit);
    finding(Code::R0301, place, format!("{zh} 不在任何一行之内"), format!("no row is for {en}"))
        .help(Text::new("加一行，或以「其余」收尾", "add a row, or end with `otherwise`"))
}

/// `value`: the lowest that both rows take, where there is one.
pub(crate) fn overlap(
    (place, key): (Place, &Key),
    (other, other_key): (Place, &Key),
    value: Option<&Exact>,
    unit: Option<Unit>,
) -> Diagnostic {
    let Some(value) = value else {
        return finding(Code::R0302, place, "这一行与另一行重叠", "this row overlaps another")
            .label(other, Text::new("与这一行", "this one"));
    };
    let (zh, en) = shown(value, unit);
    let edge = |key: &Key| matches!(key, Key::Band { low, high, .. } if low.as_ref() == Some(value) || high.as_ref() == Some(value));
    let base =
        finding(Code::R0302, place, format!("{zh} 同时落在两行里"), format!("{en} falls into two rows"))
            .label(other, Text::new(format!("这一行也含 {zh}"), format!("this row has {en} too")));
    if edge(key) && edge(other_key) {
        return base.help(Text::new(
            format!("只留一行含 {zh}：「至」「以上」「以内」含本数，「超过」「不满」不含"),
            format!("let one row have {en}: `to`, `or more`, `or less` take in the number itself, `over` and `under` do not"),
        ));
    }
    base.help(Text::new("让两行前后相接而不相交", "let the rows meet without crossing"))
}

/// `value`: one that both bands take, where there is one.
pub(crate) fn both_ways(place: Place, first: Place, value: Option<&Exact>, unit: Option<Unit>) -> Diagnostic {
    let (zh, en) = value.map_or_else(
        || ("有的数".to_owned(), "a number".to_owned()),
        |value| {
            let (zh, en) = shown(value, unit);
            (format!("{zh} "), en)
        },
    );
    finding(
        Code::R0302,
        place,
        format!("{zh}同时落在两行里：一行向上不封顶，一行向下不封底"),
        format!("{en} falls into two rows, of which one is open upwards and one downwards"),
    )
    .label(first, Text::new("这一行的方向相反", "this one runs the other way"))
    .help(Text::new("同一张表用同一个方向，或写明两端", "let them run one way, or write both ends"))
}

pub(crate) fn each_next_one(place: Place) -> Diagnostic {
    finding(Code::R0112, place, "只能写「每后1名」", "only `each next place` can be written").fix(
        Text::new("改为 1", "write 1"),
        place,
        "1",
    )
}

pub(crate) fn some_lack_it(place: Place, name: &str) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        format!("要在全部单位中排名，而「{name}」只由参评单位填报"),
        format!("all units are ranked, but `{name}` is given by the scored ones only"),
    )
    .help(Text::new(
        "把它移到「以下由参评单位填报」之外，或改为在参评单位中排名",
        "move it out of `from graded subjects only`, or rank among the graded subjects",
    ))
}

pub(crate) fn turned_round(place: Place) -> Diagnostic {
    finding(Code::R0302, place, "起止颠倒", "the ends are turned round")
}

pub(crate) fn shadowed(place: Place, words: &str) -> Diagnostic {
    let words = words.lines().next().unwrap_or_default();
    finding(
        Code::R0303,
        place,
        format!("「{words}」这一行永远用不到：能有的值都已归前面各行"),
        format!("the row `{words}` never applies: the rows before it take every value there can be"),
    )
}

pub(crate) fn missing_places(place: Place, from: u64, to: u64, next: Place) -> Diagnostic {
    let (zh, en) = if from == to {
        (format!("第{from}名"), format!("the {} place", rubric_base::ordinal(&from.to_string())))
    } else {
        (format!("第{from}名至第{to}名"), format!("places {from} to {to}"))
    };
    finding(Code::R0301, place, format!("{zh}没有写"), format!("nothing is said of {en}"))
        .label(next, Text::new("跳到了这里", "the table goes on here"))
}

pub(crate) fn open_places(place: Place, from: u64) -> Diagnostic {
    finding(
        Code::R0301,
        place,
        format!("第{from}名以后没有写"),
        format!("nothing is said of the {} place and after", rubric_base::ordinal(&from.to_string())),
    )
    .help(Text::new(
        format!("加上「第{from}名起 …」或「其余 …」"),
        format!("add `{} onward …` or `otherwise …`", rubric_base::ordinal(&from.to_string())),
    ))
}

pub(crate) fn place_twice(place: Place, number: u64) -> Diagnostic {
    finding(
        Code::R0302,
        place,
        format!("第{number}名写了两次"),
        format!("the {} place is given twice", rubric_base::ordinal(&number.to_string())),
    )
}

pub(crate) fn falls_below_nothing(place: Place, first: u64, steps: &Exact) -> Diagnostic {
    let last = Exact::from(first) + steps;
    finding(
        Code::R0301,
        place,
        format!("照这样减，第{last}名以后就不够减了"),
        format!(
            "falling so, nothing is left to take away after the {} place",
            rubric_base::ordinal(&last.to_string())
        ),
    )
    .help(Text::new("写明从第几名起得几分", "say what is given from which place on"))
}

pub(crate) fn each_next_without_place(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "「每后1名 减」要接在「第N名 得 …分」之后",
        "`each next place less …` must follow a row such as `1st award … points`",
    )
}

pub(crate) fn missing_choice(place: Place, name: &str) -> Diagnostic {
    finding(Code::R0301, place, format!("「{name}」没有写"), format!("nothing is said of `{name}`"))
        .help(Text::new("加一行，或以「其余」收尾", "add a row, or end with `otherwise`"))
}

pub(crate) fn choice_twice(place: Place, name: &str) -> Diagnostic {
    finding(Code::R0302, place, format!("「{name}」写了两次"), format!("`{name}` stands twice"))
}

pub(crate) fn no_such_choice(place: Place, name: &str, known: &[String]) -> Diagnostic {
    let (zh, en) = listed(known);
    let base = finding(Code::R0101, place, format!("没有「{name}」这一项"), format!("there is no `{name}`"))
        .help(Text::new(format!("可写：{zh}"), format!("one of: {en}")));
    match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => rather(base, place, near),
        None => base,
    }
}

pub(crate) fn points_in_value_table(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "这张表给出的是值，不能扣分或得分",
        "this table gives values; it cannot take or give points",
    )
    .help(Text::new("写「为 …」", "write `is …`"))
}

pub(crate) fn value_in_points_table(place: Place) -> Diagnostic {
    finding(Code::R0109, place, "这张表应当扣分或得分", "this table should take or give points")
        .help(Text::new("写「扣 …分」或「得 …分」", "write `deduct … points` or `award … points`"))
}

/// `end`: where the last row, or the order of merit, ends.
pub(crate) fn ties_unruled(place: Place, end: u32, language: Language) -> Diagnostic {
    finding(Code::R0304, place, "没有写并列时怎样排", "it is not said what happens to ties")
        .help(Text::new(
            "加上「并列 取优」（1、2、2、4）或「并列 取劣」（1、3、3、4）",
            "add `ties share the better` (1, 2, 2, 4) or `ties share the worse` (1, 3, 3, 4)",
        ))
        .fix(
            Text::new("同取较好的名次", "share the better place"),
            insertion(place, end),
            word(language, "; 并列 取优", "; ties share the better"),
        )
        .fix(
            Text::new("同取较差的名次", "share the worse place"),
            insertion(place, end),
            word(language, "; 并列 取劣", "; ties share the worse"),
        )
}

pub(crate) fn ties_without_places(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "这张表不按名次，没有并列",
        "this table is not by places, so there are no ties",
    )
    .fix(Text::new("删去", "remove it"), place, "")
}

pub(crate) fn mean_rank(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "名次不能均分，只有分数可以",
        "a rank cannot be shared by its mean; only points can",
    )
}

pub(crate) fn mean_of_values(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "这张表给出的是值，不能均分，只有分数可以",
        "this table gives values, which cannot be shared by their mean; only points can",
    )
    .help(Text::new(
        "写「并列 取优」或「并列 取劣」",
        "write `ties share the better` or `ties share the worse`",
    ))
}

pub(crate) fn place_of_a_row(place: Place) -> Diagnostic {
    finding(
        Code::R0109,
        place,
        "名次是单位之间的，不能按清单的一条记录来排",
        "units have places, not the rows of a list",
    )
    .help(Text::new(
        "按整份清单的值来排，如「合计(清单 的 字段)」",
        "rank by a value of the whole list, such as `sum(list 's field)`",
    ))
}

pub(crate) fn no_rows(place: Place) -> Diagnostic {
    finding(Code::R0301, place, "这张表没有任何一行", "this table has no row")
        .help(Text::new("加上各行，如「其余 为 …」", "add its rows, such as `otherwise …`"))
}

pub(crate) fn which_way(place: Place, at: u32, language: Language) -> Diagnostic {
    finding(
        Code::R0306,
        place,
        "没有写从高到低还是从低到高排",
        "it is not said whether the highest or the lowest is first",
    )
    .fix(
        Text::new("最高的排第一", "the highest is first"),
        insertion(place, at),
        word(language, " 从高到低", ", highest first"),
    )
    .fix(
        Text::new("最低的排第一", "the lowest is first"),
        insertion(place, at),
        word(language, " 从低到高", " lowest first"),
    )
}
