//! A sink that keeps everything, for tests and for users of the library.

use super::Sink;
use crate::Result;

/// Holds all that was written, planar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    channels: Vec<Vec<f32>>,
}

impl Memory {
    /// An empty one for so many channels.
    #[must_use]
    pub fn new(channels: usize) -> Self {
        Self { channels: vec![Vec::new(); channels] }
    }

    /// The samples so far, channel by channel.
    #[must_use]
    pub fn channels(&self) -> &[Vec<f32>] {
        &self.channels
    }

    /// Frames so far.
    #[must_use]
    pub fn frames(&self) -> usize {
        self.channels.first().map_or(0, Vec::len)
    }

    /// The samples, channel by channel.
    #[must_use]
    pub fn into_channels(self) -> Vec<Vec<f32>> {
        self.channels
    }
}

impl Sink for Memory {
    /// # Panics
    /// When there are not as many slices as channels.
    fn write(&mut self, channels: &[&[f32]]) -> Result<()> {
        assert_eq!(channels.len(), self.channels.len(), "one slice for every channel");
        for (kept, new) in self.channels.iter_mut().zip(channels) {
            kept.extend_from_slice(new);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_keeps_the_channels_apart() {
        let mut memory = Memory::new(2);
        memory.write(&[&[1.0, 2.0], &[-1.0, -2.0]]).unwrap();
        memory.write(&[&[3.0], &[-3.0]]).unwrap();
        assert_eq!(memory.frames(), 3);
        assert_eq!(memory.into_channels(), [[1.0, 2.0, 3.0], [-1.0, -2.0, -3.0]]);
    }
}
