//! Adds examples just below, on and just above each boundary of the rules, for somebody to compare with the source.

use rubric_base::Span;
use rubric_edges::{addition, at_edges};

use super::{Action, ActionKind, Change, Later};
use crate::features::{Context, formatting};
use crate::to_proto::Edit;

/// Of more sections and clauses the editor would wait too long.
const MOST_NODES: usize = 200;

/// Offered of every rubric with clauses that has no errors.
pub(super) fn all(cx: Context<'_>) -> Option<Action> {
    let any = cx.document.meanings().next().is_some_and(|said| !said.program.nodes.is_empty());
    let title = cx
        .say("补上规则边界上的示例（得数待核对）", "add examples at the edges of the rules, to be confirmed");
    let change = Change::Later(Later::Edges);
    (any && cx.document.is_sound()).then_some(Action { title, kind: ActionKind::Source, mends: None, change })
}

/// The examples behind the last word of the text.
pub(super) fn edits(cx: Context<'_>) -> Result<Vec<Edit>, String> {
    let said = cx
        .document
        .sound()
        .ok_or_else(|| cx.say("先改正标准中的错误", "mend the errors of the rubric first"))?;
    if said.program.nodes.len() > MOST_NODES {
        return Err(cx.say(
            "条款太多，请用命令 rubricc examples --edges 补示例",
            "there are too many clauses for the editor: use the command `rubricc examples --edges`",
        ));
    }
    let found = at_edges(said.program);
    if found.is_empty() {
        return Err(cx.say("规则边界上的示例都已经有了", "there are examples at all edges already"));
    }
    let text = &cx.document.text;
    let added = addition(text, said.program, &found).map_err(|_| {
        cx.say(
            "补写的示例没有通过核对，文件未改动",
            "the examples failed their own check; nothing was changed",
        )
    })?;
    let behind = Span::new(text.trim_end().len(), text.len());
    Ok(vec![Edit::new(behind, formatting::ends_as(text, added))])
}
