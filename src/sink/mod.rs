//! Where a target's samples go: files, memory, later devices.

mod disk;
mod guard;
mod identity;
mod memory;
mod part;
mod report;
mod spec;
mod split;
mod wav;
mod writeback;

pub use disk::require_space;
pub use guard::guard_inputs;
pub use memory::Memory;
pub use report::{Container, FileReport};
pub use spec::{FileSpec, SampleFormat};
pub use split::SplitFiles;
pub use wav::WavFile;

use crate::Result;

/// Takes the samples of one target, in order.
///
/// What is written does not depend on how the frames are divided among calls.
pub trait Sink: Send {
    /// Takes the next frames: one slice per channel, all of one length.
    ///
    /// # Errors
    /// When the machine fails (disk full, device gone), or a sample is NaN or infinite.
    fn write(&mut self, channels: &[&[f32]]) -> Result<()>;
}
