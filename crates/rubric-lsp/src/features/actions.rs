//! What can be done about a place: every mend that a finding offers, and changes that keep the meaning.

mod budget;
mod declare;
mod extract;
mod renumber;

use std::ops::Range;

use rubric_base::{Code, Language, Span};
use rubric_syntax::Keywords;

use super::{Context, formatting};
use crate::to_proto::{self, Edit};
use crate::uri::Key;

/// What sort of change an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionKind {
    /// Mends a finding.
    QuickFix,
    /// Moves something to where it has a name.
    Extract,
    /// Writes the same in another way.
    Rewrite,
    /// Changes the whole file.
    Source,
}

/// Something that can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does.
    pub title: String,
    /// What sort of change it is.
    pub kind: ActionKind,
    /// The finding it mends, by its place among those of the document.
    pub mends: Option<usize>,
    /// What is changed.
    pub edits: Vec<(Key, Vec<Edit>)>,
}

/// What can be done about a range.
#[must_use]
pub fn at(cx: Context<'_>, range: Range<usize>) -> Vec<Action> {
    let span = Span::new(range.start, range.end);
    let mut actions = mends(cx, span);
    actions.extend(extract::table(cx, span));
    actions.extend(budget::at(cx, span));
    actions.extend(renumber::all(cx, span));
    actions.extend(languages(cx));
    actions
}

/// Whether what can be done about a range may change other rubrics, which then must be known.
#[must_use]
pub fn reach_others(cx: Context<'_>, range: Range<usize>) -> bool {
    renumber::is_offered(cx, Span::new(range.start, range.end))
}

impl Action {
    fn here(cx: Context<'_>, title: String, kind: ActionKind, edits: Vec<Edit>) -> Self {
        Self { title, kind, mends: None, edits: vec![(cx.document.key.clone(), edits)] }
    }
}

/// The mends of findings that touch a span.
fn mends(cx: Context<'_>, span: Span) -> Vec<Action> {
    let mut actions = Vec::new();
    for (index, found) in cx.document.diagnostics().iter().enumerate() {
        let place = found.span();
        if place.start > span.end || place.end < span.start {
            continue;
        }
        for fix in &found.fixes {
            let title = fix.title.get(cx.client.language).to_owned();
            let edits = vec![to_proto::fix(cx.document, fix)];
            actions.push(Action { title, kind: ActionKind::QuickFix, mends: Some(index), edits });
        }
        let more = (found.code == Code::R0101).then(|| declare::evidence(cx, place)).flatten();
        actions.extend(more.map(|action| Action { mends: Some(index), ..action }));
    }
    actions
}

/// Writes the keywords in the other language, or in one where both are mixed.
fn languages(cx: Context<'_>) -> Vec<Action> {
    let all = [
        (Language::Zh, Keywords::Zh, cx.say("关键词改用中文", "write the keywords in Chinese")),
        (Language::En, Keywords::En, cx.say("关键词改用英文", "write the keywords in English")),
    ];
    let others = all.into_iter().filter(|(language, ..)| *language != cx.document.language());
    others
        .filter_map(|(_, keywords, title)| {
            let edits = formatting::written(cx, keywords).ok().filter(|e| !e.is_empty())?;
            Some(Action::here(cx, title, ActionKind::Source, edits))
        })
        .collect()
}
