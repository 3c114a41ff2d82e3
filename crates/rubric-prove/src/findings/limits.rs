//! R0906: a limit of a clause that nothing can reach.

use rubric_base::{Code, Text};
use rubric_program::{Node, NodeId, NodeKind};

use super::{Finder, finding, name};

pub(super) fn find(finder: &mut Finder<'_>, id: NodeId, node: &Node) {
    let Some((low, high)) = finder.bounds.before_limits(id) else { return };
    let (zh, en) = name(node);
    let place = finder.place(node.span);
    let diagnostic = match (node.kind, &node.floor, &node.ceiling) {
        (NodeKind::ExtraDeductions, Some(floor), _) if low > *floor => {
            let (limit, most) = (floor.abs(), low.abs());
            finding(
                Code::R0906,
                place,
                format!("最高 {limit} 分不起作用：{zh}的规则合起来至多扣 {most} 分"),
                format!("up to {limit} points never matters: the rules of {en} take at most {most} together"),
            )
        }
        (NodeKind::ExtraAwards, _, Some(limit)) if high < *limit => finding(
            Code::R0906,
            place,
            format!("最高 {limit} 分不起作用：{zh}的规则合起来至多得 {high} 分"),
            format!("up to {limit} points never matters: the rules of {en} give at most {high} together"),
        ),
        (NodeKind::Clause, None, _)
            if !low.is_negative() && node.points.as_ref().is_some_and(rubric_program::Exact::is_positive) =>
        {
            finding(
                Code::R0906,
                place,
                format!("「可为负」不起作用：{zh}最低也有 {low} 分"),
                format!("`may go negative` never matters: {en} ends at {low} points or more"),
            )
        }
        _ => return,
    };
    finder.report(diagnostic.help(Text::new(
        "改限额，或检查各条规则的分数；若原文如此，写「照原文 R0906 \"理由\"」",
        "change the limit, or look at the points of the rules; if the source prints it so, write `as printed R0906 \"reason\"`",
    )));
}
