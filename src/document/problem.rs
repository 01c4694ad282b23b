//! Mistakes, gathered rather than thrown, so that `cupola check` can show all of them.

use std::fmt;
use std::ops::Range;

use super::{Look, Place, render};

/// Whether a problem stops the render.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It renders, but probably not as meant.
    Warning,
    /// It cannot be rendered.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// One mistake, where it stands and what would be right.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where it stands in the document.
    pub place: Place,
    /// Its bytes in the text, where the parser knows better than the place does.
    pub span: Option<Range<usize>>,
    /// Whether it stops the render.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

/// The mistakes found so far.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problem {
    /// An error at known bytes of the text.
    #[must_use]
    pub fn at(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        let help = help.into();
        Self {
            place: Place::root(),
            span: Some(span),
            severity: Severity::Error,
            message: message.into(),
            help: (!help.is_empty()).then_some(help),
        }
    }
}

impl Problems {
    /// Notes an error and what would be right.
    pub fn error(&mut self, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.note(Severity::Error, place, message.into(), help.into());
    }

    /// Notes a warning and what would be right.
    pub fn warning(&mut self, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.note(Severity::Warning, place, message.into(), help.into());
    }

    /// Adds a problem that is already described.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Whether any of them stops the render.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// The mistakes in the order they were found.
    #[must_use]
    pub fn as_slice(&self) -> &[Problem] {
        &self.0
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The mistakes themselves, in the order they were found.
    #[must_use]
    pub fn into_vec(self) -> Vec<Problem> {
        self.0
    }

    fn note(&mut self, severity: Severity, place: &Place, message: String, help: String) {
        let help = (!help.is_empty()).then_some(help);
        self.0.push(Problem { place: place.clone(), span: None, severity, message, help });
    }
}

/// A document that cannot be used, with its text so that the mistakes can be shown in it.
///
/// It prints as one line for each problem: `scene.toml:12:5: error: … (…)`.
#[derive(Clone, Debug)]
pub struct DocumentError {
    /// The name the document was opened under.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What is wrong with it, in the order of the text; every problem has its span.
    pub problems: Vec<Problem>,
}

impl std::error::Error for DocumentError {}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(render(self, Look::Plain).trim_end())
    }
}
