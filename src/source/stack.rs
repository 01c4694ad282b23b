//! Several mono sources side by side, as one of several channels.

use super::Source;
use crate::Result;

/// Mono sources of one rate that begin together; where a shorter one is over, it is silent.
pub struct Stack(Vec<Box<dyn Source>>);

impl Stack {
    /// Puts mono sources of one rate side by side.
    pub fn new(sources: Vec<Box<dyn Source>>) -> Self {
        Self(sources)
    }
}

impl Source for Stack {
    fn channels(&self) -> usize {
        self.0.len()
    }

    fn rate_hz(&self) -> u32 {
        self.0[0].rate_hz()
    }

    fn frames(&self) -> Option<u64> {
        let lengths: Option<Vec<u64>> = self.0.iter().map(|source| source.frames()).collect();
        lengths?.into_iter().max()
    }

    fn read(&mut self, channels: &mut [&mut [f32]]) -> Result<usize> {
        let mut most = 0;
        for (source, channel) in self.0.iter_mut().zip(channels) {
            let frames = source.read(&mut [channel])?;
            channel[frames..].fill(0.0);
            most = most.max(frames);
        }
        Ok(most)
    }

    fn seek(&mut self, frame: u64) -> Result<()> {
        self.0.iter_mut().try_for_each(|source| source.seek(frame))
    }

    fn warnings(&self) -> Vec<String> {
        self.0.iter().flat_map(|source| source.warnings()).collect()
    }
}
