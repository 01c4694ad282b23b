//! What makes one impulse hundreds before it reaches the lines, so that the tail is dense at once.
//!
//! Each step delays every channel by a time of its own and mixes them all; no energy is lost.

use super::hadamard::{LINES, Lines, hadamard};
use crate::block::QUANTUM;
use crate::dsp::DelayLine;

/// A step of diffusion.
pub struct Diffusion {
    lines: [DelayLine; LINES],
    delays: [usize; LINES],
}

impl Diffusion {
    pub fn new(delays: [usize; LINES]) -> Self {
        Self { lines: delays.map(|delay| DelayLine::new(delay + QUANTUM)), delays }
    }

    #[inline(always)]
    pub fn process(&mut self, channels: &mut Lines) {
        for ((line, delay), channel) in self.lines.iter_mut().zip(&self.delays).zip(&mut *channels)
        {
            line.write(channel);
            line.read(delay + QUANTUM, channel);
        }
        hadamard(channels);
    }

    /// Frames after which an input has left.
    pub fn length(&self) -> usize {
        self.lines.iter().map(DelayLine::length).max().unwrap_or_default()
    }
}
