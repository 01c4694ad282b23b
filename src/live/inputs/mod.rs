//! What comes in through an interface while a scene plays: from the callback of an input, through a
//! ring without a lock, into the engine.
//!
//! Nothing can be read ahead here. The [`Intake`] puts frames into the ring as they come; the
//! [`LineIn`] gathers them at every callback of the output and keeps the last of them; the [`Patch`]
//! of every engine takes from those what its next quanta need.

mod drift;
mod figures;
mod intake;
mod line_in;
mod patch;
mod splice;
mod watch;

pub use figures::{InputFigures, InputReading};
pub use intake::Intake;
pub use line_in::LineIn;
pub use patch::{Line, Patch, Span};
pub use watch::InputMonitor;

/// How a player listens to an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listening {
    /// Channels of the input that are kept, from its first.
    pub channels: usize,
    /// Frames that are held back so that none is missing when one of the two callbacks is late, at
    /// most [`MOST_RESERVE_FRAMES`]; the larger of the two callbacks, and a control step where that
    /// is no whole number of them, if `None`.
    pub reserve_frames: Option<usize>,
    /// Whether the input runs on a clock of its own: then frames are left out or repeated, a few at
    /// once under a crossfade, so that it stays as late as it began.
    pub has_own_clock: bool,
}

/// The most frames that may be held back.
pub const MOST_RESERVE_FRAMES: usize = 16_384;
