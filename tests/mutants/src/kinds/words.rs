//! One word for another, or a word left out.

use rubric_syntax::TokenKind;

use super::{Mutant, replaced};
use crate::source::Source;

/// Words that are taken for one another, by what the slip is called.
const EXCHANGED: &[(&str, &[(&str, &str)])] = &[
    (
        "comparison turned round",
        &[
            ("不少于", "不超过"),
            ("不低于", "不高于"),
            ("多于", "少于"),
            ("高于", "低于"),
            ("超过", "不满"),
            ("晚于", "早于"),
            ("不晚于", "不早于"),
            ("≥", "≤"),
            (">", "<"),
            ("以上", "以内"),
        ],
    ),
    (
        "edge taken in or left out",
        &[
            ("不少于", "多于"),
            ("不低于", "高于"),
            ("不超过", "少于"),
            ("不高于", "低于"),
            ("不晚于", "早于"),
            ("不早于", "晚于"),
            ("≥", ">"),
            ("≤", "<"),
        ],
    ),
    ("equal for unequal", &[("=", "≠")]),
    ("deduct for award", &[("扣", "得")]),
    ("and for or", &[("且", "或")]),
    ("yes for no", &[("是", "否")]),
    ("part steps counted otherwise", &[("不计", "计一"), ("计一", "按比例")]),
    ("steps the other way", &[("每低", "每高"), ("每少", "每多")]),
    ("order turned round", &[("从高到低", "从低到高")]),
    ("ties ruled otherwise", &[("取优", "取劣"), ("取优", "全让")]),
    ("another population", &[("全部单位", "参评单位")]),
    ("another way to round", &[("四舍五入", "向下取整"), ("向下取整", "向上取整")]),
    ("full points for no points", &[("不得分", "得满分")]),
    ("larger for smaller", &[("较大", "较小"), ("最大", "最小")]),
    ("mean for sum", &[("平均", "合计")]),
    ("every for some", &[("均", "有")]),
    ("another sign", &[("+", "−"), ("×", "÷")]),
    ("advice for requirement", &[("要求", "建议")]),
    ("closed for open", &[("放假", "上班")]),
    ("full points for left out", &[("按满分计", "不计入总分")]),
    ("given for changed", &[("定为", "降为")]),
    ("outside for inside", &[("另扣", "条款"), ("另加", "条款")]),
    ("section for clause", &[("大项", "条款")]),
    ("lowest word of a rank", &[("起", "至")]),
    ("before for after scaling", &[("折算前得分", "得分")]),
    ("count for number of", &[("次数", "数量"), ("百分比", "数量"), ("评分", "次数"), ("是否", "次数")]),
];

/// Units that are taken for one another.
const UNITS: &[(&str, &str)] = &[
    ("个百分点", "%"),
    ("%", "个百分点"),
    ("%", "分"),
    ("分", "%"),
    ("分", "件"),
    ("件", "分"),
    ("天", "个工作日"),
    ("个工作日", "天"),
    ("小时", "分钟"),
    ("分钟", "小时"),
    ("个月", "天"),
    ("平方米", "个"),
    ("元", "分"),
];

/// Words that are left out.
const LEFT_OUT: &[(&str, &[&str])] = &[
    ("not left out", &["未"]),
    ("each left out", &["每"]),
    ("optional left out", &["可不填"]),
    ("shared left out", &["共用"]),
    ("only the heaviest left out", &["只计最重"]),
    ("may be negative left out", &["可为负"]),
    ("a brace left out", &["}"]),
];

pub(super) fn mutants(source: &Source<'_>) -> Vec<Mutant> {
    let mut all = Vec::new();
    for (i, token) in source.tokens.iter().enumerate() {
        let (word, bytes) = (source.word(i), token.span.range());
        let unit = matches!(token.kind, TokenKind::Unit(_));
        if unit {
            let others = UNITS.iter().filter(|(a, _)| *a == word);
            all.extend(others.map(|(_, b)| replaced(source, "another unit", &bytes, b)));
            all.push(replaced(source, "unit left out", &bytes, ""));
            continue;
        }
        if matches!(token.kind, TokenKind::Name | TokenKind::Quoted | TokenKind::Number) {
            continue;
        }
        for (kind, pairs) in EXCHANGED {
            let both = pairs.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).filter(|(a, _)| *a == word);
            all.extend(both.map(|(_, b)| replaced(source, kind, &bytes, b)));
        }
        for (kind, words) in LEFT_OUT {
            if words.contains(&word) {
                all.push(replaced(source, kind, &bytes, ""));
            }
        }
        if word == "若" {
            let after = bytes.end..bytes.end;
            all.push(replaced(source, "not put in", &after, " 未"));
        }
    }
    all
}
