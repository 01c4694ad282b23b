//! Where sound comes from: files of any common kind and built-in signals, on the scene's clock.

mod channels;
mod clip;
mod decoded;
mod feed;
mod memory;
mod open;
mod pick;
mod planes;
mod resampled;
mod shared;
mod signal;
mod stack;
mod unreadable;
pub mod wav;

use crate::{Error, Result};

pub use channels::{channel_names, channel_of_name};
pub use clip::Clip;
pub use feed::{Feed, FeedContext, FeedSpec, Origin};
pub use memory::Memory;
pub use open::{Description, Opened, describe, open};
pub use pick::Pick;
pub use resampled::Resampled;
pub use shared::SharedFiles;
pub use signal::{Clicks, Noise, Signal, SignalSource, Silence, Sweep, Tone};

/// The most channels a file may have: twice what the ADM profiles of the industry use.
pub const MAX_FILE_CHANNELS: usize = 256;

/// A stream of audio with a beginning. Reading it in pieces of any size gives the same samples, and
/// so does reading after [`seek`](Source::seek): a sample is a function of its frame alone.
pub trait Source: Send {
    /// How many channels it has, at least 1 and at most [`MAX_FILE_CHANNELS`].
    fn channels(&self) -> usize;

    /// Frames a second.
    fn rate_hz(&self) -> u32;

    /// Its length in frames; `None` for a signal that never ends.
    fn frames(&self) -> Option<u64>;

    /// Fills one slice per channel, all of one length, and returns how many frames were there;
    /// fewer than asked for only at the end. What lies behind them is left as it was.
    ///
    /// # Errors
    /// When the file cannot be read, is shorter than it says, or holds NaN or infinity.
    fn read(&mut self, channels: &mut [&mut [f32]]) -> Result<usize>;

    /// Goes to a frame; the next read begins there, with the samples it would have had in one go.
    /// Behind the end there is nothing to read, which is no error.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn seek(&mut self, frame: u64) -> Result<()>;

    /// What was found amiss so far but could be mended, one line each.
    fn warnings(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A number with its thousands set apart: 100,000.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The error for a block of one channel (counted from 0) that begins at frame `first`.
fn not_finite(name: &str, first: u64, channel: usize, samples: &[f32]) -> Error {
    let offset = samples.iter().position(|sample| !sample.is_finite()).unwrap_or(0);
    let what = if samples[offset].is_nan() { "NaN" } else { "infinite" };
    let (frame, channel) = (first + offset as u64, channel + 1);
    Error::input(format!("{name}: frame {frame} of channel {channel} is {what}"))
}

/// Fills the channels to the end; a source that promised more than it has is an error.
fn read_all(source: &mut dyn Source, channels: &mut [&mut [f32]]) -> Result<()> {
    let wanted = channels[0].len();
    let got = source.read(channels)?;
    if got < wanted {
        let short = grouped((wanted - got) as u64);
        return Err(Error::input(format!("a source ended {short} frames before its end")));
    }
    Ok(())
}
