//! From what features give to the types of the protocol. Nothing else makes positions.

use lsp_types as lsp;
use rubric_base::{Diagnostic, Fix, Level, Span};

use crate::client::Client;
use crate::document::Document;
use crate::features::completion::{self, Item, ItemKind};
use crate::text::Point;
use crate::uri::{Key, uri};
use crate::world::World;

/// A replacement in one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// By what.
    pub text: String,
}

impl Edit {
    /// Replaces a span.
    #[must_use]
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Inserts at an offset.
    #[must_use]
    pub fn insert(at: u32, text: impl Into<String>) -> Self {
        Self::new(Span { start: at, end: at }, text)
    }
}

/// A position of the editor.
#[must_use]
pub const fn point(position: lsp::Position) -> Point {
    Point { line: position.line, column: position.character }
}

/// A position as the editor counts it.
#[must_use]
pub fn position(document: &Document, offset: u32, client: &Client) -> lsp::Position {
    let point = document.lines.point(&document.text, offset as usize, client.encoding);
    lsp::Position { line: point.line, character: point.column }
}

/// A span as the editor counts it.
#[must_use]
pub fn range(document: &Document, span: Span, client: &Client) -> lsp::Range {
    lsp::Range { start: position(document, span.start, client), end: position(document, span.end, client) }
}

/// A span of a document as a place among all.
#[must_use]
pub fn location(document: &Document, span: Span, client: &Client) -> lsp::Location {
    lsp::Location { uri: document.uri.clone(), range: range(document, span, client) }
}

/// Edits of one document.
#[must_use]
pub fn edits(document: &Document, edits: &[Edit], client: &Client) -> Vec<lsp::TextEdit> {
    let edit = |e: &Edit| lsp::TextEdit { range: range(document, e.span, client), new_text: e.text.clone() };
    edits.iter().map(edit).collect()
}

/// Edits of several documents.
#[must_use]
pub fn workspace_edit(world: &World, all: &[(Key, Vec<Edit>)], client: &Client) -> lsp::WorkspaceEdit {
    let documents = all.iter().filter_map(|(key, list)| Some((world.get(key)?, list)));
    if client.document_changes {
        let changes = documents.map(|(document, list)| lsp::TextDocumentEdit {
            text_document: lsp::OptionalVersionedTextDocumentIdentifier {
                uri: document.uri.clone(),
                version: document.version,
            },
            edits: edits(document, list, client).into_iter().map(lsp::OneOf::Left).collect(),
        });
        let changes = lsp::DocumentChanges::Edits(changes.collect());
        return lsp::WorkspaceEdit { document_changes: Some(changes), ..Default::default() };
    }
    #[allow(clippy::mutable_key_type)]
    let changes = documents.map(|(d, list)| (d.uri.clone(), edits(d, list, client))).collect();
    lsp::WorkspaceEdit { changes: Some(changes), ..Default::default() }
}

/// The edits of a mend.
#[must_use]
pub fn fix(document: &Document, fix: &Fix) -> (Key, Vec<Edit>) {
    let edits = fix.edits.iter().map(|e| Edit::new(e.place.span, e.text.clone())).collect();
    (document.key.clone(), edits)
}

/// A finding. `page` is where its code is explained.
#[must_use]
pub fn diagnostic(
    document: &Document,
    found: &Diagnostic,
    page: Option<&str>,
    client: &Client,
) -> lsp::Diagnostic {
    let said = |text: &rubric_base::Text| text.get(client.language).to_owned();
    let mut message = said(&found.message);
    let here = found.labels.first().map(|l| said(&l.text)).filter(|t| !t.is_empty());
    let help = Some(said(&found.help)).filter(|t| !t.is_empty());
    for more in here.into_iter().chain(help) {
        message.push('\n');
        message.push_str(&more);
    }
    let others = found.labels.iter().skip(1).map(|label| lsp::DiagnosticRelatedInformation {
        location: location(document, label.place.span, client),
        message: said(&label.text),
    });
    let others: Vec<_> = others.collect();
    let unused = found.code == rubric_base::Code::R0105 || found.code == rubric_base::Code::R0303;
    lsp::Diagnostic {
        range: range(document, found.span(), client),
        severity: Some(severity(found.level)),
        code: Some(lsp::NumberOrString::String(found.code.name().to_owned())),
        code_description: page.map(|page| lsp::CodeDescription { href: uri(page) }),
        source: Some("rubricc".to_owned()),
        message,
        related_information: (client.related && !others.is_empty()).then_some(others),
        tags: unused.then(|| vec![lsp::DiagnosticTag::UNNECESSARY]),
        data: None,
    }
}

const fn severity(level: Level) -> lsp::DiagnosticSeverity {
    match level {
        Level::Error => lsp::DiagnosticSeverity::ERROR,
        Level::Warning => lsp::DiagnosticSeverity::WARNING,
        Level::Note => lsp::DiagnosticSeverity::HINT,
    }
}

/// Text for people: Markdown, or plain where the editor cannot show it.
#[must_use]
pub fn markup(text: &str, client: &Client) -> lsp::MarkupContent {
    if client.markdown {
        return lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: text.to_owned() };
    }
    let plain = text.replace("**", "").replace("```rubric\n", "").replace("```", "").replace('`', "");
    lsp::MarkupContent { kind: lsp::MarkupKind::PlainText, value: plain }
}

/// Something that may be written. `order` is its place in the list.
#[must_use]
pub fn completion(document: &Document, item: &Item, order: usize, client: &Client) -> lsp::CompletionItem {
    let edit = lsp::TextEdit { range: range(document, item.span, client), new_text: item.text.clone() };
    let fill_in = item.kind == ItemKind::Snippet && client.snippets;
    lsp::CompletionItem {
        label: item.label.clone(),
        kind: Some(match item.kind {
            ItemKind::Evidence => lsp::CompletionItemKind::VARIABLE,
            ItemKind::Field => lsp::CompletionItemKind::FIELD,
            ItemKind::Value => lsp::CompletionItemKind::ENUM_MEMBER,
            ItemKind::Named => lsp::CompletionItemKind::CONSTANT,
            ItemKind::Clause => lsp::CompletionItemKind::REFERENCE,
            ItemKind::File => lsp::CompletionItemKind::MODULE,
            ItemKind::Snippet => lsp::CompletionItemKind::SNIPPET,
            ItemKind::Unit => lsp::CompletionItemKind::UNIT,
            ItemKind::Keyword => lsp::CompletionItemKind::KEYWORD,
        }),
        detail: Some(item.detail.clone()).filter(|d| !d.is_empty()),
        sort_text: Some(format!("{order:04}")),
        filter_text: Some(item.filter.clone()),
        insert_text_format: fill_in.then_some(lsp::InsertTextFormat::SNIPPET),
        // Further lines are indented already.
        insert_text_mode: Some(lsp::InsertTextMode::AS_IS),
        text_edit: Some(lsp::CompletionTextEdit::Edit(edit)),
        data: completion::data(&document.key, document.version, &item.source),
        ..Default::default()
    }
}
