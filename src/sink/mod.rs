//! Where a target's samples go: files, memory, later devices.

use crate::Result;

/// Takes the samples of one target, in order.
pub trait Sink: Send {
    /// Takes the next frames: one slice per channel, all of one length.
    ///
    /// # Errors
    /// When the machine fails (disk full, device gone).
    fn write(&mut self, channels: &[&[f32]]) -> Result<()>;
}
