//! What can be followed: files of imports and calendars, and documents that the head names by their address or
//! by a file beside the rubric.

use rubric_base::Span;
use rubric_syntax::ast;

use super::{Context, definition};

/// A place and the address it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it stands, without quotes.
    pub span: Span,
    /// Where it leads.
    pub target: String,
}

/// All links of a document, in order.
#[must_use]
pub fn all(cx: Context<'_>) -> Vec<Link> {
    let mut links: Vec<Link> = definition::paths(cx)
        .map(|path| (path, definition::resolve(&cx.document.key, &path.node)))
        .map(|(path, key)| Link { span: inside(path), target: key.uri().as_str().to_owned() })
        .collect();
    let items = cx.document.analysis.as_ref().map(|a| a.parse.file.items.as_slice()).unwrap_or_default();
    for item in items {
        let ast::Item::Header(header) = item else { continue };
        for entry in &header.entries {
            if let ast::HeaderEntry::Source(source) | ast::HeaderEntry::Description(source) = entry {
                links.extend(addresses(source));
                links.extend(file_beside(cx, source));
            }
        }
    }
    links.sort_by_key(|l| l.span);
    links
}

fn inside(quoted: &ast::Quoted) -> Span {
    let length = Span::new(quoted.node.len(), 0).start;
    let quote = (quoted.at.0.end - quoted.at.0.start).saturating_sub(length) / 2;
    Span { start: quoted.at.0.start + quote, end: quoted.at.0.start + quote + length }
}

fn addresses(quoted: &ast::Quoted) -> Vec<Link> {
    let base = inside(quoted).start as usize;
    let starts = quoted.node.match_indices("http").map(|(at, _)| at);
    let link = |at: usize| {
        let rest = quoted.node.get(at..)?;
        let known = rest.starts_with("https://") || rest.starts_with("http://");
        let end = rest.find(|c: char| c.is_whitespace() || "，。；、）)".contains(c)).unwrap_or(rest.len());
        known.then(|| Link {
            span: Span::new(base + at, base + at + end),
            target: rest.get(..end).unwrap_or_default().to_owned(),
        })
    };
    starts.filter_map(link).collect()
}

fn file_beside(cx: Context<'_>, source: &ast::Quoted) -> Option<Link> {
    let written = std::path::Path::new(&source.node);
    let plain = written.components().all(|c| matches!(c, std::path::Component::Normal(_)));
    let key = definition::resolve(&cx.document.key, &source.node);
    (plain && !source.node.is_empty() && key.path().is_file())
        .then(|| Link { span: inside(source), target: key.uri().as_str().to_owned() })
}
