//! From what features give to the types of the protocol. Nothing else makes positions.

use lsp_types as lsp;
use rubric_base::{Diagnostic, Fix, Level, Span};

use crate::client::Client;
use crate::document::Document;
use crate::evidence::RUBRIC;
use crate::features::Context;
use crate::features::actions::{Action, ActionKind, Change};
use crate::features::calls::Value;
use crate::features::completion::{self, Item, ItemKind};
use crate::features::folding::Fold;
use crate::features::hints::Hint;
use crate::features::lenses::Lens;
use crate::features::outline::{Part, PartKind};
use crate::features::signature::Signature;
use crate::names::Symbol;
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
    world: &World,
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
    let others = found.labels.iter().skip(1).filter_map(|label| {
        // Findings about evidence name places of its rubric.
        let there = match label.place.file {
            // While that is edited, its places are not known.
            RUBRIC => world.get(document.uses.first()?).filter(|rubric| rubric.fresh().is_some())?,
            _ => document,
        };
        let location = location(there, label.place.span, client);
        Some(lsp::DiagnosticRelatedInformation { location, message: said(&label.text) })
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

/// The form of a rule.
#[must_use]
pub fn signature(found: &Signature, client: &Client) -> lsp::SignatureHelp {
    let units = |at: usize| {
        let before = found.label.get(..at).unwrap_or_default();
        // Offsets in labels are UTF-16 units, whatever was agreed for documents.
        u32::try_from(before.chars().map(char::len_utf16).sum::<usize>()).unwrap_or(u32::MAX)
    };
    let part = |(from, to): &(usize, usize)| lsp::ParameterInformation {
        label: lsp::ParameterLabel::LabelOffsets([units(*from), units(*to)]),
        documentation: None,
    };
    let active = u32::try_from(found.active).ok();
    let form = lsp::SignatureInformation {
        label: found.label.clone(),
        documentation: Some(lsp::Documentation::MarkupContent(markup(&found.about, client))),
        parameters: Some(found.parts.iter().map(part).collect()),
        active_parameter: active,
    };
    lsp::SignatureHelp { signatures: vec![form], active_signature: Some(0), active_parameter: active }
}

const fn symbol_kind(kind: PartKind) -> lsp::SymbolKind {
    match kind {
        PartKind::Rubric => lsp::SymbolKind::FILE,
        PartKind::Evidence => lsp::SymbolKind::STRUCT,
        PartKind::List => lsp::SymbolKind::ARRAY,
        PartKind::Field => lsp::SymbolKind::FIELD,
        PartKind::Section => lsp::SymbolKind::NAMESPACE,
        PartKind::Clause => lsp::SymbolKind::CLASS,
        PartKind::Value => lsp::SymbolKind::CONSTANT,
        PartKind::Output => lsp::SymbolKind::PROPERTY,
        PartKind::Grades => lsp::SymbolKind::ENUM,
        PartKind::Grade => lsp::SymbolKind::ENUM_MEMBER,
        PartKind::Example => lsp::SymbolKind::METHOD,
        PartKind::Import => lsp::SymbolKind::MODULE,
        PartKind::Calendar => lsp::SymbolKind::OBJECT,
    }
}

/// A part with the parts in it.
#[allow(deprecated)]
#[must_use]
pub fn symbol(document: &Document, part: &Part, client: &Client) -> lsp::DocumentSymbol {
    let children: Vec<_> = part.parts.iter().map(|p| symbol(document, p, client)).collect();
    lsp::DocumentSymbol {
        name: part.name.clone(),
        detail: Some(part.detail.clone()).filter(|d| !d.is_empty()),
        kind: symbol_kind(part.kind),
        tags: None,
        deprecated: None,
        range: range(document, part.whole, client),
        selection_range: range(document, part.at, client),
        children: (!children.is_empty()).then_some(children),
    }
}

/// A part alone, with the name of what it stands in.
#[allow(deprecated)]
#[must_use]
pub fn flat_symbol(
    document: &Document,
    part: &Part,
    around: &str,
    client: &Client,
) -> lsp::SymbolInformation {
    lsp::SymbolInformation {
        name: part.name.clone(),
        kind: symbol_kind(part.kind),
        tags: None,
        deprecated: None,
        location: location(document, part.at, client),
        container_name: Some(around.to_owned()).filter(|a| !a.is_empty()),
    }
}

/// Lines that fold.
#[must_use]
pub fn fold(fold: &Fold) -> lsp::FoldingRange {
    let line = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    lsp::FoldingRange {
        start_line: line(fold.first),
        end_line: line(fold.last),
        kind: fold.comment.then_some(lsp::FoldingRangeKind::Comment),
        ..Default::default()
    }
}

/// Spans that each hold the one before, as the protocol nests them.
#[must_use]
pub fn selection(document: &Document, spans: &[Span], client: &Client) -> lsp::SelectionRange {
    let mut around: Option<lsp::SelectionRange> = None;
    for span in spans.iter().rev() {
        let range = range(document, *span, client);
        around = Some(lsp::SelectionRange { range, parent: around.map(Box::new) });
    }
    around.unwrap_or(lsp::SelectionRange { range: lsp::Range::default(), parent: None })
}

fn five(data: &[u32]) -> Vec<lsp::SemanticToken> {
    let token = |word: &[u32]| {
        let [delta_line, delta_start, length, token_type, token_modifiers_bitset] = word else { return None };
        Some(lsp::SemanticToken {
            delta_line: *delta_line,
            delta_start: *delta_start,
            length: *length,
            token_type: *token_type,
            token_modifiers_bitset: *token_modifiers_bitset,
        })
    };
    data.chunks(5).filter_map(token).collect()
}

/// Colours.
#[must_use]
pub fn tokens(id: Option<String>, data: &[u32]) -> lsp::SemanticTokens {
    lsp::SemanticTokens { result_id: id, data: five(data) }
}

/// What changed of colours.
#[must_use]
pub fn tokens_edit((start, gone, come): &(usize, usize, Vec<u32>)) -> lsp::SemanticTokensEdit {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    lsp::SemanticTokensEdit { start: number(*start), delete_count: number(*gone), data: Some(five(come)) }
}

/// Words beside what is written.
#[must_use]
pub fn hint(document: &Document, hint: &Hint, client: &Client) -> lsp::InlayHint {
    lsp::InlayHint {
        position: position(document, hint.at, client),
        label: lsp::InlayHintLabel::String(hint.text.clone()),
        kind: None,
        text_edits: None,
        tooltip: Some(lsp::InlayHintTooltip::String(hint.tooltip.clone())),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}

/// A line above what is written.
#[must_use]
pub fn lens(document: &Document, lens: &Lens, client: &Client) -> lsp::CodeLens {
    let uri = || serde_json::Value::String(document.uri.as_str().to_owned());
    let command = match lens.command {
        Some((command, example)) => {
            let arguments = std::iter::once(uri()).chain(example.map(serde_json::Value::from)).collect();
            lsp::Command {
                title: lens.title.clone(),
                command: command.to_owned(),
                arguments: Some(arguments),
            }
        }
        None => lsp::Command { title: lens.title.clone(), command: String::new(), arguments: None },
    };
    lsp::CodeLens { range: range(document, lens.span, client), command: Some(command), data: None }
}

/// Something that can be done. What it changes is left to `codeAction/resolve`, if it is worked out later.
#[must_use]
pub fn action(cx: Context<'_>, action: &Action) -> lsp::CodeAction {
    let found = action.mends.and_then(|at| cx.document.diagnostics().get(at));
    let page = found.and_then(|f| (cx.page)(f.code, cx.client.language));
    let mended = found.map(|f| vec![diagnostic(cx.world, cx.document, f, page.as_deref(), cx.client)]);
    let kind = match action.kind {
        ActionKind::QuickFix => lsp::CodeActionKind::QUICKFIX,
        ActionKind::Extract => lsp::CodeActionKind::REFACTOR_EXTRACT,
        ActionKind::Rewrite => lsp::CodeActionKind::REFACTOR_REWRITE,
        ActionKind::Source => lsp::CodeActionKind::SOURCE,
    };
    let (edit, data) = match &action.change {
        Change::Edits(edits) => (Some(workspace_edit(cx.world, edits, cx.client)), None),
        Change::Later(later) => {
            (None, Some(serde_json::json!({ "uri": cx.document.uri.as_str(), "change": later.name() })))
        }
    };
    lsp::CodeAction {
        title: action.title.clone(),
        kind: Some(kind),
        diagnostics: mended,
        edit,
        data,
        ..Default::default()
    }
}

/// A value that others are made of.
#[must_use]
pub fn call_item(document: &Document, value: &Value, client: &Client) -> lsp::CallHierarchyItem {
    lsp::CallHierarchyItem {
        name: value.symbol.name().to_owned(),
        kind: match value.symbol {
            Symbol::Node(_) => lsp::SymbolKind::CLASS,
            Symbol::Evidence(_) => lsp::SymbolKind::FIELD,
            _ => lsp::SymbolKind::CONSTANT,
        },
        tags: None,
        detail: None,
        uri: document.uri.clone(),
        range: range(document, value.whole, client),
        selection_range: range(document, value.at, client),
        data: None,
    }
}
