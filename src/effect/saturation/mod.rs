//! Saturation: harmonics, oversampled so that nothing folds back.
//!
//! What the curve does to the sound is made at four times the rate and added to the sound as it came:
//! quiet sounds, to which it does nothing, leave as they came.

mod check;
mod curve;
mod row;
mod spec;

pub use spec::SaturationSpec;

use pulp::Arch;

use row::{LATENCY, Row, Work};

use super::Effect;
use super::dynamics::span_s;
use crate::block::{Bundle, Quantum, SIDE_BY_SIDE};

/// Saturation on the lanes of a unit, each with settings of its own.
pub struct Saturation {
    rows: Vec<Row>,
    rate_hz: u32,
    arch: Arch,
}

impl Saturation {
    /// Saturation for the lanes of a unit. The settings must have passed [`SaturationSpec::check`].
    #[must_use]
    pub fn new(lanes: &[Option<&SaturationSpec>], rate_hz: u32) -> Self {
        let rows = lanes.chunks(SIDE_BY_SIDE).map(|lanes| Row::new(lanes, rate_hz)).collect();
        Self { rows, rate_hz, arch: Arch::new() }
    }
}

impl Effect for Saturation {
    fn latency_frames(&self, lane: usize) -> usize {
        let saturated = self.rows[lane / SIDE_BY_SIDE].saturates(lane % SIDE_BY_SIDE);
        if saturated { LATENCY } else { 0 }
    }

    fn process(&mut self, quantum: u64, lanes: &mut [Bundle], _keys: &[Quantum]) {
        let span_s = span_s(quantum, self.rate_hz);
        for (row, bundle) in self.rows.iter_mut().zip(lanes) {
            row.tune(span_s);
            self.arch.dispatch(Work { row, bundle });
        }
    }

    fn is_at_rest(&self) -> bool {
        self.rows.iter().all(Row::is_at_rest)
    }
}
