//! The generated recogniser. Nothing of it is visible outside the parser.

#![allow(missing_docs, clippy::all, clippy::indexing_slicing, clippy::unwrap_used)]

#[derive(pest_derive::Parser)]
#[grammar = "../../grammar/keywords.pest"]
#[grammar = "../../grammar/rubric.pest"]
pub(crate) struct RubricParser;

mod keyword_rules;
pub(crate) use keyword_rules::keyword_of;
