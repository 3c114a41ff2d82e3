//! What every stage of rubricc shares: places in a text, findings about it, and the words of the language.
//!
//! Nothing here reads a file, knows the grammar, or decides what a rubric means. A finding is plain data
//! until it is rendered by the command or the editor.

pub mod code;
pub mod date;
pub mod diagnostic;
pub mod keyword;
pub mod near;
pub mod numeral;
pub mod source;
pub mod span;
pub mod time;

pub use code::{Code, Level};
pub use diagnostic::{Diagnostic, Edit, Fix, Label, Text};
pub use keyword::{Keyword, Language, ordinal};
pub use source::{FileId, LineColumn, Source, Sources};
pub use span::{Place, Span};
