//! Compression: what is too loud is turned down.

mod check;
mod computers;
mod spec;

pub use spec::{CompressorSpec, Detector};

use computers::Computers;

use super::dynamics::Turned;
use super::{Effect, Group};
use crate::block::{Bundle, Quantum};

/// Compressors on groups of the lanes of a unit.
///
/// [`lowest_gain`](Effect::lowest_gain) is what is turned down, without what makes up for it.
pub struct Compressor(Turned<Computers>);

impl Compressor {
    /// Compressors for groups of a unit of `lanes`; no lane is in two of them. The settings must have
    /// passed [`CompressorSpec::check`].
    #[must_use]
    pub fn new(groups: &[Group<'_, CompressorSpec>], lanes: usize, rate_hz: u32) -> Self {
        Self(Turned::new(groups, lanes, rate_hz))
    }
}

impl Effect for Compressor {
    fn latency_frames(&self, lane: usize) -> usize {
        self.0.latency_frames(lane)
    }

    fn process(&mut self, quantum: u64, lanes: &mut [Bundle], keys: &[Quantum]) {
        self.0.process(quantum, lanes, keys);
    }

    fn is_at_rest(&self) -> bool {
        self.0.is_at_rest()
    }

    fn lowest_gain(&self, lane: usize) -> f32 {
        self.0.lowest_gain(lane)
    }
}
