//! Findings that are asked for, and questions about all rubrics of the open folders.

use lsp_server::ErrorCode;
use lsp_types as lsp;
use serde_json::json;

use super::{Answer, context, settle_all};
use crate::features::{Context, outline, symbols};
use crate::publish;
use crate::server::{Refusal, Server};
use crate::to_proto;
use crate::uri::Key;

pub fn pulled(
    server: &mut Server<'_>,
    params: lsp::DocumentDiagnosticParams,
) -> Answer<lsp::DocumentDiagnosticReportResult> {
    context(server, &params.text_document.uri)?;
    let key = Key::of_uri(params.text_document.uri.as_str());
    let (id, items) = publish::named(server, &key).unwrap_or_default();
    server.pulled.insert(key, id.clone());
    if params.previous_result_id.as_ref() == Some(&id) {
        let same = lsp::UnchangedDocumentDiagnosticReport { result_id: id };
        let report = lsp::RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: same,
        };
        return Ok(lsp::DocumentDiagnosticReport::Unchanged(report).into());
    }
    let report = lsp::RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport { result_id: Some(id), items },
    };
    Ok(lsp::DocumentDiagnosticReport::Full(report).into())
}

/// The findings about every rubric and every evidence of the open folders, one by one: between two of them the
/// editor is heard, and may say that it no longer wants to know.
pub fn workspace(
    server: &mut Server<'_>,
    params: lsp::WorkspaceDiagnosticParams,
) -> Answer<lsp::WorkspaceDiagnosticReportResult> {
    let token = params.work_done_progress_params.work_done_token;
    let keys = server.world.files();
    progress(
        server,
        token.as_ref(),
        &json!({
            "kind": "begin", "title": server.client.say("核对全部标准", "checking all rubrics"),
            "cancellable": true, "percentage": 0,
        }),
    );
    let mut items = Vec::new();
    for (done, key) in keys.iter().enumerate() {
        server.gather_waiting();
        if server.is_cancelled() {
            progress(server, token.as_ref(), &json!({ "kind": "end" }));
            let message = server.client.say("已取消", "cancelled");
            return Err(Refusal::new(ErrorCode::RequestCanceled, message));
        }
        if server.world.prove(key).is_none() {
            continue;
        }
        let percentage = (done + 1) * 100 / keys.len().max(1);
        progress(
            server,
            token.as_ref(),
            &json!({ "kind": "report", "message": key.name(), "percentage": percentage }),
        );
        let Some((id, found)) = publish::named(server, key) else { continue };
        server.pulled.insert(key.clone(), id.clone());
        let Some(document) = server.world.get(key) else { continue };
        let (uri, version) = (document.uri.clone(), document.version.map(i64::from));
        let known =
            params.previous_result_ids.iter().any(|p| Key::of_uri(p.uri.as_str()) == *key && p.value == id);
        items.push(if known {
            lsp::WorkspaceDocumentDiagnosticReport::Unchanged(
                lsp::WorkspaceUnchangedDocumentDiagnosticReport {
                    uri,
                    version,
                    unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport {
                        result_id: id,
                    },
                },
            )
        } else {
            lsp::WorkspaceDocumentDiagnosticReport::Full(lsp::WorkspaceFullDocumentDiagnosticReport {
                uri,
                version,
                full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport {
                    result_id: Some(id),
                    items: found,
                },
            })
        });
    }
    progress(server, token.as_ref(), &json!({ "kind": "end" }));
    Ok(lsp::WorkspaceDiagnosticReportResult::Report(lsp::WorkspaceDiagnosticReport { items }))
}

fn progress(server: &Server<'_>, token: Option<&lsp::ProgressToken>, value: &serde_json::Value) {
    if let Some(token) = token {
        server.notify("$/progress", json!({ "token": token, "value": value }));
    }
}

pub fn symbols(
    server: &mut Server<'_>,
    params: lsp::WorkspaceSymbolParams,
) -> Answer<Option<lsp::WorkspaceSymbolResponse>> {
    settle_all(server);
    let (world, client, page) = (&server.world, &server.client, server.options.page);
    let mut found = Vec::new();
    for document in world.iter().filter(|d| d.analysis.is_some()) {
        let parts = outline::parts(Context { world, client, document, page });
        let matching = symbols::matching(&parts, &params.query);
        found.extend(
            matching.iter().map(|(part, around)| to_proto::flat_symbol(document, part, around, client)),
        );
    }
    found.truncate(500);
    Ok(Some(lsp::WorkspaceSymbolResponse::Flat(found)))
}
