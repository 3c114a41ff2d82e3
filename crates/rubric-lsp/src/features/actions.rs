//! What can be done about a place: every mend that a finding offers, and changes that keep the meaning.

mod budget;
mod declare;
mod edges;
mod extract;
mod renumber;

use std::ops::Range;

use rubric_base::{Code, Language, Level, Span};
use rubric_syntax::Keywords;

use super::{Context, formatting};
use crate::analysis::Analysis;
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
    pub change: Change,
}

/// What an action changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// This.
    Edits(Edits),
    /// What is worked out when somebody wants it, for it costs time in long texts: see [`made`].
    Later(Later),
}

/// Edits by document.
pub type Edits = Vec<(Key, Vec<Edit>)>;

/// A change of a whole document, by which it is known until it is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Later {
    /// Keywords in Chinese.
    Chinese,
    /// Keywords in English.
    English,
    /// Clauses numbered in order.
    Renumber,
    /// Examples at the edges of the rules.
    Edges,
}

impl Later {
    const ALL: [Self; 4] = [Self::Chinese, Self::English, Self::Renumber, Self::Edges];

    /// Its name between server and editor.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chinese => "chinese",
            Self::English => "english",
            Self::Renumber => "renumber",
            Self::Edges => "edges",
        }
    }

    /// The one of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|later| later.name() == name)
    }

    /// Whether it rests on a check of the whole text.
    #[must_use]
    pub const fn needs_whole(self) -> bool {
        matches!(self, Self::Edges)
    }

    /// Whether it may change other rubrics, which then must be known.
    #[must_use]
    pub const fn reaches_others(self) -> bool {
        matches!(self, Self::Renumber)
    }
}

/// What a change comes to.
///
/// # Errors
/// In the editor's language, where it cannot be made.
pub fn made(cx: Context<'_>, later: Later) -> Result<Edits, String> {
    let here = |edits| vec![(cx.document.key.clone(), edits)];
    match later {
        Later::Chinese => formatting::written(cx, Keywords::Zh).map(here),
        Later::English => formatting::written(cx, Keywords::En).map(here),
        Later::Renumber => Ok(renumber::edits(cx)),
        Later::Edges => edges::edits(cx).map(here),
    }
}

/// What can be done about a range.
#[must_use]
pub fn at(cx: Context<'_>, range: Range<usize>) -> Vec<Action> {
    let span = Span::new(range.start, range.end);
    let mut actions = mends(cx, span);
    actions.extend(extract::table(cx, span));
    actions.extend(budget::at(cx, span));
    actions.extend(renumber::all(cx, span));
    actions.extend(edges::all(cx));
    actions.extend(languages(cx));
    actions
}

impl Action {
    fn here(cx: Context<'_>, title: String, kind: ActionKind, edits: Vec<Edit>) -> Self {
        Self { title, kind, mends: None, change: Change::Edits(vec![(cx.document.key.clone(), edits)]) }
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
            let change = Change::Edits(vec![to_proto::fix(cx.document, fix)]);
            actions.push(Action { title, kind: ActionKind::QuickFix, mends: Some(index), change });
        }
        let more = (found.code == Code::R0101).then(|| declare::evidence(cx, place)).flatten();
        actions.extend(more.map(|action| Action { mends: Some(index), ..action }));
    }
    actions
}

/// Writes the keywords in the other language, or in one where both are mixed.
fn languages(cx: Context<'_>) -> Vec<Action> {
    let readable = |a: &Analysis| a.parse.errors.iter().all(|d| d.level != Level::Error);
    if !cx.document.analysis.as_ref().is_some_and(readable) {
        return Vec::new();
    }
    let all = [
        (Language::Zh, Later::Chinese, cx.say("关键词改用中文", "write the keywords in Chinese")),
        (Language::En, Later::English, cx.say("关键词改用英文", "write the keywords in English")),
    ];
    let others = all.into_iter().filter(|(language, ..)| *language != cx.document.language());
    let action = |(_, later, title)| Action {
        title,
        kind: ActionKind::Source,
        mends: None,
        change: Change::Later(later),
    };
    others.map(action).collect()
}
