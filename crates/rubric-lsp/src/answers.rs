//! Requests, answered by features: parameters in, types of the protocol out.

pub mod change;
pub mod complete;
pub mod navigate;
pub mod shown;
pub mod whole;

use lsp_server::ErrorCode;
use lsp_types as lsp;

use crate::document::Kind;
use crate::features::Context;
use crate::server::{Refusal, Server};
use crate::to_proto::point;
use crate::uri::Key;

/// A result, or why there is none.
pub type Answer<T> = Result<T, Refusal>;

/// A document with all that is known of it.
pub fn context<'s>(server: &'s mut Server<'_>, uri: &lsp::Uri) -> Answer<Context<'s>> {
    let key = Key::of_uri(uri.as_str());
    let unknown = server.client.say("没有打开这个文件", "this file is not open");
    server.world.settle(&key);
    let document = server.world.get(&key).ok_or_else(|| Refusal::new(ErrorCode::InvalidParams, unknown))?;
    Ok(Context { world: &server.world, client: &server.client, document, page: server.options.page })
}

/// The same with the byte offset of a position. Evidence files have findings, but no places of rubrics.
pub fn at<'s>(
    server: &'s mut Server<'_>,
    params: &lsp::TextDocumentPositionParams,
) -> Answer<Option<(Context<'s>, usize)>> {
    let cx = context(server, &params.text_document.uri)?;
    let offset = cx.document.offset(point(params.position), cx.client.encoding);
    Ok((cx.document.kind == Kind::Rubric).then_some((cx, offset)))
}

/// A rubric with all that is known of it; nothing for evidence.
pub fn rubric<'s>(server: &'s mut Server<'_>, uri: &lsp::Uri) -> Answer<Option<Context<'s>>> {
    let cx = context(server, uri)?;
    Ok((cx.document.kind == Kind::Rubric).then_some(cx))
}

/// Makes known every rubric that may name what this one declares.
pub fn settle_all(server: &mut Server<'_>) {
    for key in server.world.rubrics() {
        server.world.settle(&key);
    }
}
