//! Findings as workflow commands, which a code host shows beside the changed lines.

use rubric_base::{Diagnostic, Language, Level, Sources};

/// What ends a message or starts an escape must itself be escaped.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// In a property the separators of properties must be escaped too.
fn escape_property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}

fn command(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    let kind = match diagnostic.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let place = diagnostic.place().and_then(|place| {
        let source = sources.get(place.file)?;
        let start = source.line_column(place.span.start);
        let end = source.line_column(place.span.end);
        let file = escape_property(source.name());
        let (line, column) = (start.line, start.column);
        // A column range is understood on one line only; over several lines the lines alone are named.
        Some(if end.line == line {
            format!("file={file},line={line},col={column},endLine={line},endColumn={},", end.column)
        } else {
            format!("file={file},line={line},endLine={},", end.line)
        })
    });
    let message = diagnostic.message.get(language);
    let help = diagnostic.help.get(language);
    let text = if help.is_empty() { message.to_owned() } else { format!("{message}\n{help}") };
    format!("::{kind} {}title={}::{}\n", place.unwrap_or_default(), diagnostic.code, escape(&text))
}

/// A line for each finding.
#[must_use]
pub fn github(diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> String {
    diagnostics.iter().map(|d| command(d, sources, language)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rubric_base::{Code, Place, Source, Span, Text};

    #[test]
    fn counts_characters_and_escapes() {
        let mut sources = Sources::default();
        let file = sources.add(Source::new("甲,乙.rubric", "满分 90分\n"));
        let place = Place { file, span: Span::new(7, 12) };
        let found = Diagnostic::new(Code::R0201, place, Text::new("差 10%\n不符", "off"));
        let text = github(&[found], &sources, Language::Zh);
        let want =
            "::error file=甲%2C乙.rubric,line=1,col=4,endLine=1,endColumn=7,title=R0201::差 10%25%0A不符\n";
        assert_eq!(text, want);
    }
}
