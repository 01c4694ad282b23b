//! What can go wrong, by whose turn it is to act.

use std::sync::Arc;

use crate::document::DocumentError;

/// The result of anything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error names the file, the place and what would be right, in one line.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The input is wrong: a scene, a layout, an audio file.
    #[error("{0}")]
    Input(String),
    /// A scene or layout text is wrong in one or more places.
    #[error(transparent)]
    Document(Arc<DocumentError>),
    /// The command line is wrong.
    #[error("{0}")]
    Usage(String),
    /// The machine failed: a disk, a device.
    #[error("{0}")]
    Machine(String),
    /// The user stopped it.
    #[error("interrupted")]
    Interrupted,
    /// A signal ended it, which is how what plays without an end is ended.
    #[error("ended by signal {0}")]
    Signal(u8),
}

impl Error {
    /// The input is wrong.
    #[must_use]
    pub fn input(message: impl Into<String>) -> Self {
        Self::Input(message.into())
    }

    /// The command line is wrong.
    #[must_use]
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into())
    }

    /// The machine failed.
    #[must_use]
    pub fn machine(message: impl Into<String>) -> Self {
        Self::Machine(message.into())
    }

    /// The exit status of the process: 1 the input is wrong, 2 the command line is wrong, 3 the
    /// machine failed, 130 interrupted, 128 and its number for another signal.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Input(_) | Self::Document(_) => 1,
            Self::Usage(_) => 2,
            Self::Machine(_) => 3,
            Self::Interrupted => 130,
            Self::Signal(number) => 128 + number,
        }
    }
}
