//! Weights and scales.

use rubric_base::{Code, Diagnostic, Place, Text};
use rubric_program::{Exact, Type};

use super::finding;

pub(crate) fn not_whole(place: Place, case: Option<&str>, sum: &Exact, parts: &[Place]) -> Diagnostic {
    let percent = sum * &Exact::from_int(100);
    let (zh, en) = case.map_or_else(Default::default, |c| (format!("「{c}」的"), format!(" for `{c}`")));
    let base = finding(
        Code::R0207,
        place,
        format!("{zh}权重合计为 {percent}%，不是 100%"),
        format!("the weights{en} add up to {percent}%, not to 100%"),
    )
    .help(Text::new(
        "改动权重，使每种情形都合计 100%",
        "change the weights so that each case adds up to 100%",
    ));
    parts.iter().skip(1).fold(base, |d, p| d.label(*p, Text::new("另一项权重", "another weight")))
}

pub(crate) fn not_proved(place: Place) -> Diagnostic {
    finding(
        Code::R0207,
        place,
        "不能确定权重合计为 100%",
        "it cannot be proved that the weights add up to 100%",
    )
    .help(Text::new(
        "权重写成百分比，或按同一选项分档",
        "write percentages, or tables by one and the same choice",
    ))
}

pub(crate) fn some_lack_one(place: Place, first: Place) -> Diagnostic {
    finding(
        Code::R0207,
        place,
        "同级的其他项有权重，这一项没有",
        "other parts beside it have weights, this one has none",
    )
    .label(first, Text::new("另一项的权重", "the weight of another part"))
    .help(Text::new(
        "各项都写「权重 …%」，合计 100%；或者都不写",
        "let each have `weight …%`, 100% together; or none",
    ))
}

pub(crate) fn mixed(place: Place, percentage: Place) -> Diagnostic {
    finding(
        Code::R0207,
        place,
        "同级的其他项按百分比写权重，这一项却写成不带单位的数",
        "other parts beside it have percentages as weights, this one has a plain number",
    )
    .label(percentage, Text::new("这一项写的是百分比", "this one is a percentage"))
    .help(Text::new(
        "同级各项要么都写百分比、合计 100%，要么都写数字、按比例折算",
        "write percentages everywhere, which add up to 100%, or plain numbers everywhere, which count in proportion",
    ))
}

pub(crate) fn no_proportion(place: Place) -> Diagnostic {
    finding(
        Code::R0207,
        place,
        "按比例的权重须是大于零的数字",
        "a weight that counts in proportion is a number above nothing, written out",
    )
    .help(Text::new(
        "写一个数字，如「权重 3」；随选项变化的权重，写成百分比",
        "write a number such as `weight 3`; weights that depend on a choice are percentages",
    ))
}

pub(crate) fn wants_weight(place: Place, found: &Type) -> Diagnostic {
    let (zh, en) = super::types::kind(found);
    finding(
        Code::R0104,
        place,
        format!("权重要写百分比或不带单位的数，这里却是{zh}"),
        format!("a weight is a percentage or a plain number, but this is {en}"),
    )
}

pub(crate) fn scale_without_points(place: Place) -> Diagnostic {
    finding(Code::R0109, place, "没有分值就无从折算", "without points of its own there is nothing to scale")
}
