//! What an editor may ask, a file each. All are pure functions of documents and of the place asked about.

pub mod actions;
pub mod calls;
pub mod completion;
pub mod definition;
pub mod folding;
pub mod formatting;
pub mod hints;
pub mod hover;
pub mod lenses;
pub mod links;
pub mod outline;
pub mod references;
pub mod rename;
pub mod selection;
pub mod signature;
pub mod symbols;
pub mod tokens;

use crate::client::Client;
use crate::document::Document;
use crate::world::World;

/// What a feature looks at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'s> {
    /// All documents.
    pub world: &'s World,
    /// The editor.
    pub client: &'s Client,
    /// The document asked about.
    pub document: &'s Document,
    /// The page about a code, in the editor's language.
    pub page: fn(rubric_base::Code, rubric_base::Language) -> Option<String>,
}

impl Context<'_> {
    /// Chinese or English, whichever the editor wants.
    #[must_use]
    pub fn say(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        match self.client.language {
            rubric_base::Language::Zh => zh.into(),
            rubric_base::Language::En => en.into(),
        }
    }
}
