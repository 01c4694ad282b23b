//! Samples in memory: for tests, benches and whoever uses the library.

use super::{MAX_FILE_CHANNELS, Source};
use crate::Result;

/// A source whose samples are already here.
#[derive(Clone, Debug)]
pub struct Memory {
    channels: Vec<Vec<f32>>,
    rate_hz: u32,
    position: u64,
}

impl Memory {
    /// A source of these channels.
    ///
    /// # Panics
    /// When there is no channel, when there are more than [`MAX_FILE_CHANNELS`], or when they are
    /// not of one length.
    #[must_use]
    pub fn new(channels: Vec<Vec<f32>>, rate_hz: u32) -> Self {
        assert!((1..=MAX_FILE_CHANNELS).contains(&channels.len()), "1 to 256 channels");
        let frames = channels[0].len();
        assert!(channels.iter().all(|channel| channel.len() == frames), "channels of one length");
        Self { channels, rate_hz, position: 0 }
    }
}

impl Source for Memory {
    fn channels(&self) -> usize {
        self.channels.len()
    }

    fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    fn frames(&self) -> Option<u64> {
        Some(self.channels[0].len() as u64)
    }

    fn read(&mut self, channels: &mut [&mut [f32]]) -> Result<usize> {
        let length = self.channels[0].len();
        let first = usize::try_from(self.position).map_or(length, |first| first.min(length));
        let frames = channels[0].len().min(length - first);
        for (out, samples) in channels.iter_mut().zip(&self.channels) {
            out[..frames].copy_from_slice(&samples[first..first + frames]);
        }
        self.position += frames as u64;
        Ok(frames)
    }

    fn seek(&mut self, frame: u64) -> Result<()> {
        self.position = frame;
        Ok(())
    }
}
