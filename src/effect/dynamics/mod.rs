//! What everything that turns groups of lanes down has in common.
//!
//! A group has its place, its slot, where its first lane is. So the gains of eight groups are
//! computed side by side just as eight lanes are, and in a unit of mono strips every gain stands
//! where its lane does.

mod band;
mod check;
mod curve;
mod grouping;
mod line;
mod lookahead;
mod mean_square;
mod sidechain;
mod turned;

pub(super) use band::BandComputers;
pub(super) use check::{Ranges, frequencies_hz};
pub(super) use curve::{CurveSettings, Downward};
pub(super) use grouping::{Grouping, heard_lanes};
pub(super) use line::Line;
pub(super) use lookahead::Lookahead;
pub(super) use mean_square::MeanSquare;
pub(super) use sidechain::{Sidechain, finite_or_silent};
pub(super) use turned::{GainComputers, Turned};

use crate::block::{QUANTUM, SIDE_BY_SIDE};
use crate::units::frames_to_seconds;

/// One frame of eight slots.
pub(super) type Slots = [f64; SIDE_BY_SIDE];

/// A quantum of eight slots, frame by frame.
pub(super) type Frames = [Slots; QUANTUM];

/// The level in decibels at which an amplitude of 0 is taken: below every threshold with its bend.
pub(super) const SILENCE_DB: f64 = -200.0;

/// The amplitude of [`SILENCE_DB`].
const SILENCE: f64 = 1e-10;

/// The times in seconds at which a quantum begins and ends.
pub(super) fn span_s(quantum: u64, rate_hz: u32) -> [f64; 2] {
    [quantum, quantum + 1].map(|quantum| frames_to_seconds(quantum * QUANTUM as u64, rate_hz))
}

/// The pole of an exponential that does 63.2 % of its way in a time; 0 is at once.
pub(super) fn pole(time_ms: f64, rate_hz: u32) -> f64 {
    let frames = time_ms * 1e-3 * f64::from(rate_hz);
    if frames > 0.0 { libm::exp(-1.0 / frames) } else { 0.0 }
}

/// The levels of a quantum of magnitudes.
#[inline(always)]
pub(super) fn levels_db(magnitudes: &[[f32; SIDE_BY_SIDE]; QUANTUM], levels_db: &mut Frames) {
    for (level_db, magnitude) in
        levels_db.as_flattened_mut().iter_mut().zip(magnitudes.as_flattened())
    {
        let magnitude = f64::from(*magnitude);
        let audible = if magnitude > SILENCE { magnitude } else { SILENCE };
        *level_db = crate::dsp::decibels(audible);
    }
}
