//! Checks of long texts, made on a thread of their own while the editor is served.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use rubric_base::FileId;
use rubric_check::Files;

use crate::checkpoint::Checkpoint;
use crate::uri::Key;

/// What the main thread has, on most systems.
const STACK: usize = 8 << 20;

/// A text to be checked.
#[derive(Debug)]
pub struct Job {
    /// Whose.
    pub key: Key,
    /// Which of the checks of that document it is.
    pub ticket: u64,
    /// The text.
    pub text: Arc<str>,
    /// What it uses of other files.
    pub files: Files,
}

/// A text that was checked.
#[derive(Debug)]
pub struct Done {
    /// Whose.
    pub key: Key,
    /// Which check.
    pub ticket: u64,
    /// What was found, with all proofs; nothing where the check broke down.
    pub checkpoint: Option<Checkpoint>,
}

/// The thread, which ends with this.
#[derive(Debug)]
pub struct Worker {
    jobs: Sender<Job>,
    /// What it has done.
    pub done: Receiver<Done>,
    /// Keeps that open, whether or not there is a thread.
    _open: Sender<Done>,
}

impl Worker {
    /// Begins.
    #[must_use]
    pub fn start() -> Self {
        let (jobs, waiting) = unbounded::<Job>();
        let (sender, done) = unbounded();
        let open = sender.clone();
        let work = move || {
            let mut wanted: VecDeque<Job> = VecDeque::new();
            while let Some(job) = wanted.pop_front().or_else(|| waiting.recv().ok()) {
                wanted.push_front(job);
                wanted.extend(waiting.try_iter());
                // Of one document only the last is still wanted.
                let Some(job) = wanted.pop_front() else { continue };
                if !wanted.iter().any(|later| later.key == job.key) && sender.send(done_with(job)).is_err() {
                    return;
                }
            }
        };
        // Formulas may be as deep as on the main thread. Without a thread the jobs are done where they are given.
        let _ = thread::Builder::new().name("check".to_owned()).stack_size(STACK).spawn(work);
        Self { jobs, done, _open: open }
    }

    /// Gives it something to do; what it does is told by [`Worker::done`], or at once where there is no thread.
    #[must_use]
    pub fn give(&self, job: Job) -> Option<Done> {
        self.jobs.send(job).err().map(|unsent| done_with(unsent.into_inner()))
    }
}

fn done_with(job: Job) -> Done {
    let checkpoint = catch_unwind(AssertUnwindSafe(|| checked(&job))).ok();
    Done { key: job.key, ticket: job.ticket, checkpoint }
}

fn checked(job: &Job) -> Checkpoint {
    let parse = rubric_syntax::parse_with_tokens(FileId::default(), &job.text);
    Checkpoint::new(&parse, &job.text, &job.files, true, true)
}
