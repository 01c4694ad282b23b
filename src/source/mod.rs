//! Where sound comes from: files of any common kind and built-in signals, on the scene's clock.

use crate::Result;

/// A stream of audio with a beginning. Reading it in pieces of any size gives the same samples.
pub trait Source: Send {
    /// How many channels it has, at least 1.
    fn channels(&self) -> usize;

    /// Frames a second.
    fn rate_hz(&self) -> u32;

    /// Its length in frames; `None` for a signal that never ends.
    fn frames(&self) -> Option<u64>;

    /// Fills one slice per channel, all of one length, and returns how many frames were there;
    /// fewer than asked for only at the end.
    ///
    /// # Errors
    /// When the file cannot be read, is shorter than it says, or holds NaN or infinity.
    fn read(&mut self, channels: &mut [&mut [f32]]) -> Result<usize>;

    /// Goes to a frame; the next read begins there, with the samples it would have had in one go.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn seek(&mut self, frame: u64) -> Result<()>;
}
