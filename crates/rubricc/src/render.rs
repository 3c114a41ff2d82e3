//! Findings for people: the words of the rubric, underlined.

use std::fmt;
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, Severity,
    SourceCode, SourceSpan, SpanContents,
};
use rubric_base::{Diagnostic, Label, Language, Level, Place, Source, Sources};

/// A text whose header positions count characters; the renderer itself counts bytes.
struct Counted<'a>(&'a Source);

impl SourceCode for Counted<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        if let Some(stretch) = crowded(self.0.text(), span.offset()) {
            return Ok(self.part(span, stretch));
        }
        // Lines are counted from where the wanted ones begin: hundreds of findings in a long text would each read it all.
        let text = self.0.text();
        let start = line_before(text, span.offset(), before);
        let about = SourceSpan::new((span.offset() - start).into(), span.len());
        let inner = text.get(start..).ok_or(MietteError::OutOfBounds)?.read_span(&about, before, after)?;
        let line = self.0.line_column(u32::try_from(start).unwrap_or(u32::MAX)).line - 1 + inner.line();
        // Only without context does the column mean the start of the span; else it is that of the first line.
        let column = if before == 0 {
            let offset = u32::try_from(span.offset()).unwrap_or(u32::MAX);
            self.0.line_column(offset).column - 1
        } else {
            inner.column()
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.0.name().to_owned(),
            inner.data(),
            SourceSpan::new((start + inner.span().offset()).into(), inner.span().len()),
            line,
            column,
            inner.line_count(),
        )))
    }
}

/// Where the line begins that stands so many lines before the one of an offset.
fn line_before(text: &str, offset: usize, lines: usize) -> usize {
    let head = text.as_bytes().get(..offset).unwrap_or_default();
    let mut breaks = head.iter().enumerate().rev().filter(|(_, byte)| **byte == b'\n');
    breaks.nth(lines).map_or(0, |(at, _)| at + 1)
}

impl<'a> Counted<'a> {
    /// Of a long line what stands about the span.
    fn part<'b>(&'b self, span: &SourceSpan, line: Range<usize>) -> Box<dyn SpanContents<'b> + 'b> {
        let text = self.0.text();
        let start = text.floor_char_boundary(span.offset().saturating_sub(ABOUT)).max(line.start);
        let end = (span.offset() + span.len()).min(span.offset() + WIDEST) + ABOUT;
        let end = text.ceil_char_boundary(end).min(line.end).max(start);
        let at = self.0.line_column(u32::try_from(span.offset()).unwrap_or(u32::MAX));
        let data = text.get(start..end).unwrap_or_default().as_bytes();
        let whole = SourceSpan::new(start.into(), end - start);
        let name = self.0.name().to_owned();
        Box::new(MietteSpanContents::new_named(name, data, whole, at.line - 1, at.column - 1, 1))
    }
}

/// A longer line, as of evidence written without line breaks, is shown in part.
const LONG_LINE: usize = 480;
/// How much of a long line is shown to each side.
const ABOUT: usize = 60;
/// How much of a long line is underlined.
const WIDEST: usize = 120;

/// The line about an offset, if it is a long one.
fn crowded(text: &str, offset: usize) -> Option<Range<usize>> {
    let offset = text.floor_char_boundary(offset);
    let (before, after) = text.split_at_checked(offset)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').map_or(text.len(), |at| offset + at);
    (end - start > LONG_LINE).then_some(start..end)
}

/// A finding in one language, as the renderer wants it.
struct Shown<'a> {
    finding: &'a Diagnostic,
    language: Language,
    source: Option<Counted<'a>>,
    sources: &'a Sources,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.finding.fmt(f)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.finding.message.get(self.language))
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.finding.code))
    }

    fn severity(&self) -> Option<Severity> {
        Some(match self.finding.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Note => Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|s| s as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let file = self.finding.place()?.file;
        let source = self.sources.get(file)?;
        let alone = alone(self.finding, source);
        let here = self.finding.labels.iter().enumerate();
        let here = here.filter(move |(i, l)| l.place.file == file && (*i == 0 || !alone));
        Some(Box::new(here.map(move |(i, label)| {
            let text = label.text.get(self.language);
            let text = (!text.is_empty()).then(|| text.to_owned());
            let span = within(label.place, source.text());
            if i == 0 {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, drawable(span, source.text()))
            }
        })))
    }
}

/// The place as a stretch of the text, moved to character boundaries: the renderer refuses anything else.
fn within(place: Place, text: &str) -> Range<usize> {
    let start = text.floor_char_boundary(place.span.range().start);
    let mut end = place.span.range().end.min(text.len());
    if let Some(line) = crowded(text, start) {
        end = end.min(start + WIDEST).min(line.end);
    }
    start..text.ceil_char_boundary(end).max(start)
}

/// A further place at the very end of a text without a last line break is not drawn: its last sign is, instead.
fn drawable(span: Range<usize>, text: &str) -> Range<usize> {
    let last = text.chars().next_back().filter(|c| *c != '\n').map_or(0, char::len_utf8);
    if span.start == text.len() { text.len() - last..text.len() } else { span }
}

/// Whether the first place stands on a long line, so that the others cannot be drawn beside it.
fn alone(finding: &Diagnostic, source: &Source) -> bool {
    finding.place().is_some_and(|place| crowded(source.text(), place.span.range().start).is_some())
}

/// Help, places in other files, and mends, each on its own lines under its own word.
fn help_of(finding: &Diagnostic, sources: &Sources, language: Language, color: bool) -> String {
    let (help_word, fix_word) = match language {
        Language::Zh => ("帮助：", "修改："),
        Language::En => ("help: ", "fix: "),
    };
    let mut lines = Vec::new();
    let help = finding.help.get(language);
    if !help.is_empty() {
        lines.push(labelled(help_word, help, color));
    }
    let home = finding.place().map(|p| p.file);
    let alone = home.and_then(|file| sources.get(file)).is_some_and(|source| alone(finding, source));
    let elsewhere = |label: &&Label| alone || Some(label.place.file) != home;
    for label in finding.labels.iter().skip(1).filter(elsewhere) {
        if let Some(source) = sources.get(label.place.file) {
            let at = source.line_column(label.place.span.start);
            let text = label.text.get(language);
            lines.push(format!("  {}:{}:{} {text}\n", source.name(), at.line, at.column));
        }
    }
    for fix in &finding.fixes {
        let title = fix.title.get(language);
        let texts: Vec<&str> = fix.edits.iter().map(|e| e.text.trim()).filter(|t| !t.is_empty()).collect();
        // A title that names the new words says it all.
        if texts.is_empty() || texts.iter().all(|text| title.contains(text)) {
            lines.push(labelled(fix_word, title, color));
        } else {
            lines.push(labelled(fix_word, &format!("{title} → {}", texts.join(" … ")), color));
        }
    }
    lines.concat()
}

/// A word of the form, then a text whose further lines stand under its first.
fn labelled(word: &str, text: &str, color: bool) -> String {
    let width: usize = word.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    let text = text.replace('\n', &format!("\n{:1$}", "", 2 + width));
    if color { format!("  \u{1b}[36m{word}\u{1b}[0m{text}\n") } else { format!("  {word}{text}\n") }
}

/// One finding, drawn.
fn one(
    handler: &GraphicalReportHandler,
    finding: &Diagnostic,
    sources: &Sources,
    language: Language,
    color: bool,
) -> String {
    let source = finding.place().and_then(|p| sources.get(p.file)).map(Counted);
    let shown = Shown { finding, language, source, sources };
    let help = help_of(finding, sources, language, color);
    let mut text = String::new();
    // Were a place outside its text, the message must still be seen.
    if handler.render_report(&mut text, &shown).is_err() {
        text = format!("{} {}\n", finding.code, finding.message.get(language));
    }
    text + &help
}

/// Nobody reads more at once, and drawing takes its time: a broken file can have hundreds of thousands.
const MOST_SHOWN: usize = 200;

/// The first findings in their order, drawn for a terminal.
pub fn human(findings: &[Diagnostic], sources: &Sources, language: Language, color: bool) -> String {
    let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(100)
        .with_links(false)
        .without_syntax_highlighting();
    let shown = findings.iter().take(MOST_SHOWN);
    let mut drawn: String =
        shown.map(|finding| one(&handler, finding, sources, language, color) + "\n").collect();
    if let Some(more) = findings.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0) {
        drawn += &match language {
            Language::Zh => format!("另有 {more} 处没有列出；全部见 check --format json\n"),
            Language::En => format!("{more} more are not shown; check --format json lists all\n"),
        };
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use rubric_base::{Code, Span, Text};

    fn sources() -> Sources {
        let mut sources = Sources::default();
        sources.add(Source::new("标准.rubric", "标准 \"甲\" {\n  满分 90分\n}\n"));
        sources.add(Source::new("乙.json", "{}"));
        sources
    }

    fn place(file: u32, start: usize, end: usize) -> Place {
        Place { file: rubric_base::FileId(file), span: Span::new(start, end) }
    }

    #[test]
    fn header_counts_characters() {
        let sources = sources();
        // `90分` stands after 14 bytes of line 1 and 2 + 6 + 1 bytes of line 2.
        let start = sources.get(rubric_base::FileId(0)).unwrap().text().find("90").unwrap();
        let text = Text::new("分值合计不符", "points do not add up");
        let found = Diagnostic::new(Code::R0201, place(0, start, start + 5), text)
            .here(Text::new("满分在此", "full marks"))
            .label(place(1, 0, 1), Text::new("另一处", "elsewhere"))
            .fix(Text::new("改为合计", "use the sum"), place(0, start, start + 5), "100分");
        let drawn = human(&[found], &sources, Language::Zh, false);
        assert!(drawn.contains("标准.rubric:2:6"), "{drawn}");
        assert!(drawn.contains("满分在此"), "{drawn}");
        assert!(drawn.contains("乙.json:1:1 另一处"), "{drawn}");
        assert!(drawn.contains("修改：改为合计 → 100分"), "{drawn}");
    }

    #[test]
    fn long_lines_are_shown_in_part() {
        let mut sources = Sources::default();
        let line = format!("甲{}乙{}丙", "甲".repeat(2000), "丙".repeat(2000));
        let file = sources.add(Source::new("证据.json", line.clone()));
        let at = line.find('乙').unwrap();
        let place = |start, end| Place { file, span: Span::new(start, end) };
        let found = Diagnostic::new(Code::E0008, place(at, at + 3000), Text::new("两次", "twice"))
            .label(place(0, 3), Text::new("前一次", "before"));
        let drawn = human(&[found], &sources, Language::Zh, false);
        assert!(drawn.contains("证据.json:1:2002"), "{drawn}");
        assert!(drawn.contains("证据.json:1:1 前一次"), "{drawn}");
        assert!(drawn.contains('乙') && drawn.len() < 2000, "{}", drawn.len());
    }

    #[test]
    fn places_outside_the_text_do_no_harm() {
        let found = Diagnostic::new(Code::R0009, place(0, 900, 901), Text::new("没有写完", "unfinished"));
        assert!(human(&[found], &sources(), Language::En, false).contains("unfinished"));
    }
}
