//! All findings of one reading, up to a number that a person can still read.

use rubric_base::{Diagnostic, Text};

const MOST: usize = 1000;

/// Collects findings.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Diagnostic>,
    unlisted: usize,
}

impl Findings {
    /// Adds one, or counts it once the list is full.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.list.len() < MOST {
            self.list.push(diagnostic);
        } else {
            self.unlisted += 1;
        }
    }

    /// Whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The list; where it overflowed, its last entry gives way to one that says how many more there are.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        if self.unlisted > 0
            && let Some(last) = self.list.last_mut()
        {
            let more = self.unlisted + 1;
            last.message = Text::new(
                format!("还有 {more} 处问题没有列出，这里是其中第一处"),
                format!("{more} more findings are not listed; the first of them is here"),
            );
            last.help = Text::new("改好以上各处后再读一次", "mend those above and read again");
            last.labels.truncate(1);
            last.fixes.clear();
        }
        self.list
    }
}
