//! What the editor can do, and in which language it wants to be spoken to.

use std::path::PathBuf;

use lsp_types::{InitializeParams, MarkupKind, PositionEncodingKind};
use rubric_base::Language;
use serde_json::Value;

use crate::text::Encoding;
use crate::uri::Key;

/// The editor at the other end.
#[derive(Debug, Clone)]
pub struct Client {
    /// How it counts columns.
    pub encoding: Encoding,
    /// The language of everything said.
    pub language: Language,
    /// It asks for diagnostics itself.
    pub pulls: bool,
    /// It can be told to ask again.
    pub refreshes: Refreshes,
    /// It asks what a code action changes when that is wanted.
    pub resolves_actions: bool,
    /// It knows placeholders in completions.
    pub snippets: bool,
    /// It shows Markdown.
    pub markdown: bool,
    /// It takes edits of several documents, in their versions.
    pub document_changes: bool,
    /// It shows work in progress.
    pub progress: bool,
    /// It can watch files for us.
    pub watches: bool,
    /// It shows related places of a diagnostic.
    pub related: bool,
    /// It takes symbols as a tree.
    pub symbol_tree: bool,
    /// It folds whole lines only.
    pub folds_lines_only: bool,
    /// The folders it has open.
    pub folders: Vec<PathBuf>,
}

/// What the editor asks again for, when told.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, missing_docs)]
pub struct Refreshes {
    pub diagnostics: bool,
    pub tokens: bool,
    pub lenses: bool,
    pub hints: bool,
}

/// Calls `workspace.diagnostics`, as editors and the protocol call it (3.17, `workspace_diagnostic_refresh`), by the name
/// that `lsp_types` reads.
pub fn name_as_read(params: &mut Value) {
    let workspace = params.pointer_mut("/capabilities/workspace").and_then(Value::as_object_mut);
    if let Some(workspace) = workspace
        && let Some(said) = workspace.remove("diagnostics")
    {
        workspace.insert("diagnostic".to_owned(), said);
    }
}

impl Client {
    /// Reads what the editor said of itself; `language` is used where it said none.
    #[must_use]
    pub fn new(params: &InitializeParams, language: Language) -> Self {
        let all = &params.capabilities;
        let document = all.text_document.as_ref();
        let workspace = all.workspace.as_ref();
        let completion = document.and_then(|d| d.completion.as_ref()?.completion_item.as_ref());
        let hover = document.and_then(|d| d.hover.as_ref()?.content_format.as_ref());
        let watched = workspace.and_then(|w| w.did_change_watched_files.as_ref());
        let published = document.and_then(|d| d.publish_diagnostics.as_ref());
        let folding = document.and_then(|d| d.folding_range.as_ref());
        let symbols = document.and_then(|d| d.document_symbol.as_ref());
        Self {
            encoding: encoding(params),
            language: said(params).unwrap_or(language),
            pulls: document.is_some_and(|d| d.diagnostic.is_some()),
            refreshes: Refreshes {
                diagnostics: workspace
                    .and_then(|w| w.diagnostic.as_ref()?.refresh_support)
                    .unwrap_or_default(),
                tokens: workspace
                    .and_then(|w| w.semantic_tokens.as_ref()?.refresh_support)
                    .unwrap_or_default(),
                lenses: workspace.and_then(|w| w.code_lens.as_ref()?.refresh_support).unwrap_or_default(),
                hints: workspace.and_then(|w| w.inlay_hint.as_ref()?.refresh_support).unwrap_or_default(),
            },
            resolves_actions: document
                .and_then(|d| d.code_action.as_ref()?.resolve_support.as_ref())
                .is_some_and(|lazy| lazy.properties.iter().any(|name| name == "edit")),
            snippets: completion.and_then(|c| c.snippet_support).unwrap_or_default(),
            markdown: hover.is_none_or(|kinds| kinds.contains(&MarkupKind::Markdown)),
            document_changes: workspace
                .and_then(|w| w.workspace_edit.as_ref()?.document_changes)
                .unwrap_or_default(),
            progress: all.window.as_ref().and_then(|w| w.work_done_progress).unwrap_or_default(),
            watches: watched.and_then(|w| w.dynamic_registration).unwrap_or_default(),
            related: published.is_none_or(|p| p.related_information != Some(false)),
            symbol_tree: symbols.and_then(|s| s.hierarchical_document_symbol_support).unwrap_or_default(),
            folds_lines_only: folding.and_then(|f| f.line_folding_only).unwrap_or_default(),
            folders: folders(params),
        }
    }

    /// Chinese or English, whichever is wanted.
    #[must_use]
    pub const fn say<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}

/// Bytes where the editor offers them, for nothing is counted then; else what it puts first.
fn encoding(params: &InitializeParams) -> Encoding {
    let offered = params.capabilities.general.as_ref().and_then(|g| g.position_encodings.as_ref());
    let known = |kind: &PositionEncodingKind| match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    let offered: Vec<Encoding> = offered.into_iter().flatten().filter_map(known).collect();
    if offered.contains(&Encoding::Utf8) {
        return Encoding::Utf8;
    }
    offered.first().copied().unwrap_or_default()
}

/// The language that a setting or the editor's own asks for.
fn said(params: &InitializeParams) -> Option<Language> {
    let setting = params.initialization_options.as_ref().and_then(language_setting);
    setting.or_else(|| params.locale.as_deref().map(of_locale))
}

/// The setting `language`: `zh` or `en`; anything else, such as `auto`, says nothing.
#[must_use]
pub fn language_setting(settings: &Value) -> Option<Language> {
    let settings = settings.get("rubricc").unwrap_or(settings);
    match settings.get("language")?.as_str()? {
        "zh" => Some(Language::Zh),
        "en" => Some(Language::En),
        _ => None,
    }
}

fn of_locale(locale: &str) -> Language {
    if locale.to_ascii_lowercase().starts_with("zh") { Language::Zh } else { Language::En }
}

#[allow(deprecated)]
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let path = |uri: &str| Key::of_uri(uri).path().to_owned();
    match &params.workspace_folders {
        Some(folders) if !folders.is_empty() => folders.iter().map(|f| path(f.uri.as_str())).collect(),
        _ => match (&params.root_uri, &params.root_path) {
            (Some(uri), _) => vec![path(uri.as_str())],
            (None, Some(root)) => vec![PathBuf::from(root)],
            (None, None) => Vec::new(),
        },
    }
}
