//! Gating: what is too quiet is turned down further.

mod check;
mod computers;
mod opening;
mod spec;

pub use spec::GateSpec;

use computers::Computers;

use super::dynamics::Turned;
use super::{Effect, Group};
use crate::block::{Bundle, Quantum};

/// Gates and expanders on groups of the lanes of a unit.
///
/// They go by the highest magnitude of the last 10 ms, half a period of 50 Hz, so that the level of a
/// tone is that of its peaks. A gate does not begin to close before these are over; they count as part
/// of its hold.
pub struct Gate(Turned<Computers>);

impl Gate {
    /// Gates for groups of a unit of `lanes`; no lane is in two of them. The settings must have passed
    /// [`GateSpec::check`].
    #[must_use]
    pub fn new(groups: &[Group<'_, GateSpec>], lanes: usize, rate_hz: u32) -> Self {
        Self(Turned::new(groups, lanes, rate_hz))
    }
}

impl Effect for Gate {
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
