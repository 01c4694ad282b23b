//! How mistakes are shown: on a terminal with the text marked (by miette), else a line each.

use std::fmt::{self, Write};
use std::ops::Range;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};

use super::position::{floor, line_end, line_start, position};
use super::{DocumentError, Position, Problem, Severity};

/// What problems are to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// One line each, `scene.toml:12:5: error: … (…)`: for pipes, editors and logs.
    Plain,
    /// With the text marked, for a terminal of so many columns.
    Marked {
        /// Columns of the terminal.
        width: usize,
        /// Whether it takes colours.
        colour: bool,
    },
}

/// How much of a line is shown before and after the mark, in bytes: a file may be one long line.
const SHOWN: usize = 120;

/// The problems of a document as text.
#[must_use]
pub fn render(error: &DocumentError, look: Look) -> String {
    let mut out = String::new();
    for problem in &error.problems {
        let span = problem.span.clone().unwrap_or(0..0);
        match look {
            Look::Plain => plain(&mut out, error, problem, span.start),
            Look::Marked { width, colour } => {
                let marked = Marked::new(error, problem, &span);
                handler(width, colour).render_report(&mut out, &marked)
            }
        }
        .expect("writing to a String cannot fail");
    }
    out
}

fn plain(out: &mut String, error: &DocumentError, problem: &Problem, byte: usize) -> fmt::Result {
    let at = position(&error.text, byte);
    write!(out, "{}:{at}: {}: {}", error.name, problem.severity, escaped(&problem.message))?;
    match &problem.help {
        Some(help) => writeln!(out, " ({})", escaped(help)),
        None => writeln!(out),
    }
}

/// A text without control characters: what an author wrote must not steer the terminal, and a
/// message is one line.
fn escaped(text: &str) -> String {
    let escape = |it: char| if it.is_control() { it.escape_debug().to_string() } else { it.into() };
    text.chars().map(escape).collect()
}

/// The same with as many bytes, so that marks stay where they are.
fn blotted(text: &str) -> String {
    let is_safe = |it: char| !it.is_control() || matches!(it, '\n' | '\r' | '\t');
    let blot = |it: char| if is_safe(it) { it.into() } else { "?".repeat(it.len_utf8()) };
    text.chars().map(blot).collect()
}

fn handler(width: usize, colour: bool) -> GraphicalReportHandler {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    GraphicalReportHandler::new_themed(theme).with_width(width).with_links(false)
}

/// One problem as miette wants it, with the few lines around it.
#[derive(Debug)]
struct Marked<'a> {
    problem: &'a Problem,
    excerpt: Excerpt<'a>,
    mark: SourceSpan,
}

/// A piece of the text that knows where it was taken from.
#[derive(Debug)]
struct Excerpt<'a> {
    name: &'a str,
    text: String,
    first_line: usize,
    mark: Position,
}

impl<'a> Marked<'a> {
    fn new(error: &'a DocumentError, problem: &'a Problem, span: &Range<usize>) -> Self {
        let text = &*error.text;
        let start = floor(text, span.start);
        // A mark stays on its line: of a table that is its header or opening brace.
        let end = floor(text, span.end.clamp(start, line_end(text, start)));
        let line = line_start(text, start);
        let from =
            line_start(text, line.saturating_sub(1)).max(floor(text, start.saturating_sub(SHOWN)));
        let to =
            line_end(text, (line_end(text, end) + 1).min(text.len())).min(floor(text, end + SHOWN));
        let excerpt = Excerpt {
            name: &error.name,
            text: blotted(&text[from..to.max(end)]),
            first_line: position(text, from).line,
            mark: position(text, start),
        };
        Self { problem, excerpt, mark: (start - from, end - start).into() }
    }
}

impl SourceCode for Excerpt<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let found = self.text.read_span(span, before, after)?;
        // Without context it is asked where the mark stands: miette would count bytes.
        let (line, column) = match (before, after) {
            (0, 0) => (self.mark.line - 1, self.mark.column - 1),
            _ => (self.first_line - 1 + found.line(), found.column()),
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.to_owned(),
            found.data(),
            *found.span(),
            line,
            column,
            found.line_count(),
        )))
    }
}

impl std::error::Error for Marked<'_> {}

impl fmt::Display for Marked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&escaped(&self.problem.message))
    }
}

impl Diagnostic for Marked<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.problem.severity {
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.problem.help.as_ref().map(|help| Box::new(escaped(help)) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(None, self.mark))))
    }
}
