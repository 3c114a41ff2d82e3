//! The language server: what an editor asks about rubrics, answered.
//!
//! Features are pure functions of documents, a file each under [`features`]; they count in bytes and know
//! nothing of the protocol's positions, which are made in [`to_proto`] alone. Files are read in [`world`], and
//! nothing is ever written: edits are given to the editor.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod analysis;
mod answers;
mod belongs;
mod capabilities;
pub mod checkpoint;
pub mod client;
mod describe;
mod dispatch;
pub mod document;
pub mod evidence;
pub mod features;
pub mod names;
mod publish;
mod scan;
mod server;
pub mod text;
pub mod to_proto;
pub mod uri;
mod worker;
pub mod world;

use lsp_server::{Connection, ProtocolError};
use rubric_base::{Code, Language};

use crate::client::Client;
use crate::server::Server;

/// What the command lends to the server.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The language of messages where the editor asks for none.
    pub language: Language,
    /// The address of the page that explains a code.
    pub page: fn(Code, Language) -> Option<String>,
    /// Texts of so many bytes are not checked whole at each key: see [`world`].
    pub long: usize,
}

/// Shorter texts are checked with all proofs faster than anybody types: see [`Options::long`].
pub const LONG: usize = 24 << 10;

/// Serves one editor until it says goodbye; gives whether it did so as it should.
///
/// # Errors
/// Where the editor goes away, or does not begin as the protocol has it.
pub fn serve(connection: &Connection, options: Options) -> Result<bool, ProtocolError> {
    let (id, mut params) = connection.initialize_start()?;
    uri::encode_all(&mut params);
    client::name_as_read(&mut params);
    // What cannot be read of the editor's abilities is taken as absent, never as a reason to stop.
    let params = serde_json::from_value(params).unwrap_or_default();
    let client = Client::new(&params, options.language);
    connection.initialize_finish(id, capabilities::answer(&client))?;
    Ok(Server::new(connection, client, options).run())
}

/// Serves over standard input and output.
///
/// # Errors
/// Where the editor goes away in the middle, or standard input or output fails.
pub fn serve_stdio(options: Options) -> Result<bool, Box<dyn std::error::Error>> {
    let (connection, threads) = Connection::stdio();
    let goodbye = serve(&connection, options)?;
    drop(connection);
    threads.join()?;
    Ok(goodbye)
}
