//! Results and findings in the forms people and programs read: table, ledger, JSON, SARIF, workflow commands.
//!
//! Pure: everything is given as values and comes back as text.

mod diagnostics_json;
pub mod faults;
mod github;
mod json;
mod ledger;
pub mod partial;
pub mod proofs;
mod sarif;
mod table;
pub mod view;
pub mod written;

pub use diagnostics_json::{count, diagnostics_json};
pub use github::github;
pub use json::json;
pub use ledger::{clause_ledger, ledger};
pub use sarif::sarif;
pub use table::table;
