//! A mistake that shows only once a motion is put together with the rest of the scene.

use crate::Error;
use crate::document::{Place, Problems, Severity};

/// What is wrong, where, and what would be right.
#[derive(Debug)]
pub struct Mistake {
    place: Place,
    message: String,
    help: String,
}

impl Mistake {
    /// A mistake at a place of the document.
    pub fn new(place: Place, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { place, message: message.into(), help: help.into() }
    }

    /// The first mistake found that stops a render.
    pub fn first_error(found: &Problems) -> Option<Self> {
        let first = found.as_slice().iter().find(|it| it.severity == Severity::Error)?;
        let help = first.help.clone().unwrap_or_default();
        Some(Self::new(first.place.clone(), first.message.clone(), help))
    }

    /// Adds it to the mistakes of a document.
    pub fn note(self, problems: &mut Problems) {
        problems.error(&self.place, self.message, self.help);
    }
}

impl From<Mistake> for Error {
    fn from(mistake: Mistake) -> Self {
        let Mistake { place, message, help } = mistake;
        let help = if help.is_empty() { help } else { format!("; {help}") };
        Self::input(format!("{place}: {message}{help}"))
    }
}
