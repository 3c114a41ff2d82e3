//! What one run of the command knows, and reading a rubric with all findings about it.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use rubric_base::{Diagnostic, FileId, Language, Level, Source, Sources};
use rubric_program::Program;
use rubric_prove::{Ask, Ranges};

use crate::cli::Color;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::render;

/// One run.
#[derive(Debug)]
pub struct Session {
    /// The language of everything said.
    pub language: Language,
    /// Whether findings are coloured.
    pub color: bool,
    /// The files read so far.
    pub sources: Sources,
}

/// A rubric and what was found about it.
#[derive(Debug)]
pub struct Loaded {
    /// Its file.
    pub file: FileId,
    /// What it means; absent where it could not be read, or has errors.
    pub program: Option<Program>,
    /// In the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// What was kept as printed, with its reason.
    pub silenced: Vec<(Diagnostic, String)>,
    /// What can come out, where that was asked for and there are no errors.
    pub ranges: Option<Ranges>,
}

impl Loaded {
    /// A rubric that could not be read.
    fn unread(file: FileId, findings: Vec<Diagnostic>) -> Self {
        let diagnostics = in_order(findings);
        Self { file, program: None, diagnostics, silenced: Vec::new(), ranges: None }
    }
}

impl Session {
    /// A run without files.
    pub fn new(language: Language, color: Color) -> Self {
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) && io::stderr().is_terminal()
            }
        };
        Self { language, color, sources: Sources::default() }
    }

    /// Says something on standard error; nobody listening is no failure.
    pub fn say(&self, text: &str) {
        if !text.is_empty() {
            let _ = writeln!(io::stderr(), "{text}");
        }
    }

    /// Shows findings to people.
    pub fn show(&self, findings: &[Diagnostic]) {
        let drawn = render::human(findings, &self.sources, self.language, self.color);
        let _ = io::stderr().write_all(drawn.as_bytes());
    }

    /// The id that the next file will have.
    pub fn next_file(&self) -> FileId {
        FileId(self.sources.iter().count().try_into().unwrap_or(u32::MAX))
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &str {
        self.sources.get(file).map(Source::text).unwrap_or_default()
    }

    /// Keeps a file; of one that is not text what can be shown, so that the finding about it has a place.
    pub fn keep(&mut self, name: &str, bytes: &[u8], text: Option<&str>) -> FileId {
        let text = text.map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), str::to_owned);
        self.sources.add(Source::new(name, text))
    }

    /// Reads and checks a rubric.
    pub fn load(&mut self, path: &Path) -> Result<Loaded, Failure> {
        self.load_with(path, None)
    }

    /// Reads and checks a rubric, and proves what it can come to.
    pub fn prove(&mut self, path: &Path, ask: Ask) -> Result<Loaded, Failure> {
        self.load_with(path, Some(ask))
    }

    fn load_with(&mut self, path: &Path, proofs: Option<Ask>) -> Result<Loaded, Failure> {
        let bytes = files::read(path)?;
        let file = self.next_file();
        let text = rubric_syntax::text_of(&bytes, file);
        self.keep(&path.display().to_string(), &bytes, text.as_deref().ok());
        let text = match text {
            Ok(text) => text,
            Err(finding) => return Ok(Loaded::unread(file, vec![finding])),
        };
        let parse = rubric_syntax::parse(file, &text);
        // Of a tree with holes nothing is proved.
        let proofs = proofs.filter(|_| parse.errors.iter().all(|d| d.level != Level::Error));
        // A note that the rubric itself wants told must be looked for.
        let proofs = proofs.map(|ask| if rubric_check::raises_notes(&parse.file) { Ask::All } else { ask });
        let files = crate::imports::of(&parse.file, path);
        let mut ranges = None;
        let checked = if let Some(ask) = proofs {
            rubric_check::check_and_prove(file, &text, &parse.file, &files, |program| {
                let proofs = rubric_prove::prove(program, file, ask);
                ranges = Some(proofs.ranges);
                proofs.diagnostics
            })
        } else {
            rubric_check::check_with(file, &text, &parse.file, &files)
        };
        let mut diagnostics = parse.errors;
        diagnostics.extend(rubric_check::beside_holes(&text, &parse.holes, checked.diagnostics));
        let sound = diagnostics.iter().all(|d| d.level != Level::Error);
        let program = sound.then_some(checked.program);
        let (diagnostics, silenced) = (in_order(diagnostics), checked.silenced);
        Ok(Loaded { file, program, diagnostics, silenced, ranges })
    }

    /// A rubric to score by: findings are shown, and errors end the run.
    pub fn sound(&mut self, path: &Path) -> Result<(FileId, Program), Failure> {
        let loaded = self.load(path)?;
        self.show(&loaded.diagnostics);
        let program = loaded.program.ok_or_else(|| Failure::shown(Exit::Rubric))?;
        Ok((loaded.file, program))
    }
}

/// In the order of the text; at one place the gravest first.
fn in_order(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort_by_key(|d| (d.place(), std::cmp::Reverse(d.level), d.code));
    findings
}
