//! The check of all of a long text that runs beside the typing: when it begins, and what becomes of it.
//!
//! It begins when the editor pauses, and from time to time while it does not. Of each document one is under way at a
//! time. What was typed meanwhile is made up for when it is done.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::World;
use crate::document::{Document, Kind};
use crate::uri::Key;
use crate::worker::{Done, Job};

/// So long nothing must be typed before the check begins.
const PAUSE: Duration = Duration::from_millis(150);
/// So long it waits for such a pause.
const PATIENCE: Duration = Duration::from_secs(1);

/// See the head of this file.
#[derive(Debug, Default)]
pub struct Behind {
    /// What was edited that no check knows: since when, and last when.
    edited: Option<(Instant, Instant)>,
    /// Somebody waits for it.
    hurry: bool,
    sent: Option<Sent>,
}

/// A check that is under way.
#[derive(Debug)]
struct Sent {
    ticket: u64,
    /// What was typed since it began: what was replaced, by how many bytes.
    edits: Vec<(Range<usize>, usize)>,
}

impl Behind {
    /// Follows an edit.
    pub fn edit(&mut self, range: &Range<usize>, new: usize) {
        let now = Instant::now();
        self.edited = Some((self.edited.map_or(now, |(first, _)| first), now));
        if let Some(sent) = &mut self.sent {
            sent.edits.push((range.clone(), new));
        }
    }

    /// Nothing is known of the text: the check is to begin at once.
    #[must_use]
    pub const fn anew() -> Self {
        Self { edited: None, hurry: true, sent: None }
    }

    /// The check is to begin at once.
    pub const fn hurry(&mut self) {
        self.hurry = true;
    }

    /// When the check begins; nothing while there is no need, or one is under way.
    fn due(&self, now: Instant) -> Option<Instant> {
        if self.sent.is_some() {
            return None;
        }
        if self.hurry {
            return Some(now);
        }
        self.edited.map(|(first, last)| (last + PAUSE).min(first + PATIENCE))
    }
}

impl World {
    /// Whether a document is long, so that its check runs beside the typing.
    pub(super) fn is_long(&self, document: &Document) -> bool {
        document.kind == Kind::Rubric && document.is_open() && document.text.len() >= self.long
    }

    /// When the next check is due.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        let now = Instant::now();
        let long = self.documents.values().filter(|d| self.is_long(d) && !d.is_settled());
        long.filter_map(|d| d.behind.due(now)).min()
    }

    /// Somebody waits for all that can be known of a document; whether there is anything to wait for.
    pub fn hurry(&mut self, key: &Key) -> bool {
        let waits = self.documents.get(key).is_some_and(|d| self.is_long(d) && !d.is_settled());
        if waits && let Some(document) = self.documents.get_mut(key) {
            document.behind.hurry();
        }
        waits
    }

    /// Nobody waits for that any more.
    pub fn calm(&mut self, key: &Key) {
        if let Some(document) = self.documents.get_mut(key) {
            document.behind.hurry = false;
        }
    }

    /// The checks that are due.
    pub fn jobs(&mut self) -> Vec<Job> {
        let now = Instant::now();
        let due = |d: &&Document| {
            self.is_long(d) && !d.is_settled() && d.behind.due(now).is_some_and(|due| due <= now)
        };
        let keys: Vec<Key> = self.documents.values().filter(due).map(|d| d.key.clone()).collect();
        keys.into_iter().filter_map(|key| self.job(key)).collect()
    }

    fn job(&mut self, key: Key) -> Option<Job> {
        // First, so that what breaks down here is not tried again and again.
        self.documents.get_mut(&key)?.behind = Behind::default();
        self.settle(&key)?;
        let analysis = self.documents.get_mut(&key)?.analysis.take()?;
        let mut uses = Vec::new();
        let files = self.files_of(&analysis.parse.file, &key, &mut vec![key.clone()], &mut uses);
        self.tickets += 1;
        let ticket = self.tickets;
        let document = self.documents.get_mut(&key)?;
        document.analysis = Some(analysis);
        document.uses = uses;
        document.behind = Behind { sent: Some(Sent { ticket, edits: Vec::new() }), ..Behind::default() };
        Some(Job { key, ticket, text: Arc::from(document.text.as_str()), files })
    }

    /// Takes what a check gave; whether it broke down. What was not asked for, or is no longer, is let go.
    pub fn take(&mut self, done: Done) -> bool {
        let Some(document) = self.documents.get_mut(&done.key) else { return false };
        let Some(sent) = document.behind.sent.take_if(|sent| sent.ticket == done.ticket) else {
            return false;
        };
        let Some(mut checkpoint) = done.checkpoint else { return true };
        sent.edits.iter().for_each(|(range, new)| checkpoint.edit(range, *new));
        document.stale();
        document.behind.hurry &= !checkpoint.is_fresh();
        document.checked(checkpoint);
        self.unsettled.insert(done.key.clone());
        self.changed(&done.key);
        false
    }
}
