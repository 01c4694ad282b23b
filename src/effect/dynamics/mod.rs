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

use crate::block::{Bundle, QUANTUM, RUN, SIDE_BY_SIDE};
use crate::dsp::amplitudes_of;
use crate::units::frames_to_seconds;

/// One frame of eight slots.
pub(super) type Slots = [f64; SIDE_BY_SIDE];

/// The level in decibels at which an amplitude of 0 is taken: below every threshold with its bend.
pub(super) const SILENCE_DB: f64 = -200.0;

/// The amplitude of [`SILENCE_DB`].
pub(super) const SILENCE: f32 = 1e-10;

/// The times in seconds at which a quantum begins and ends.
pub(super) fn span_s(quantum: u64, rate_hz: u32) -> [f64; 2] {
    [quantum, quantum + 1].map(|quantum| frames_to_seconds(quantum * QUANTUM as u64, rate_hz))
}

/// The pole of an exponential that does 63.2 % of its way in a time; 0 is at once.
pub(super) fn pole(time_ms: f64, rate_hz: u32) -> f64 {
    let frames = time_ms * 1e-3 * f64::from(rate_hz);
    if frames > 0.0 { libm::exp(-1.0 / frames) } else { 0.0 }
}

/// The gains of a quantum from reductions in decibels, with a level behind them and as a share of
/// what is heard; `moves` says whether the two are those of every frame. The reductions are used up.
#[inline(always)]
pub(super) fn gains(
    reductions_db: &mut Bundle,
    [level_db, mix]: [&Line; 2],
    moves: bool,
    gains: &mut Bundle,
) {
    if moves || !level_db.stays_at(0.0) {
        alter(reductions_db, level_db, moves, |reduction_db, level_db| reduction_db + level_db);
    }
    amplitudes_of(reductions_db.as_flattened(), gains.as_flattened_mut());
    if moves || !mix.stays_at(1.0) {
        // What is not compressed is the same sound, so that its share is one of the gain.
        alter(gains, mix, moves, |gain, share| (1.0 - share) + share * gain);
    }
}

/// Makes something else of values with a setting, which is that of every frame if it `moves`.
#[inline(always)]
fn alter(values: &mut Bundle, setting: &Line, moves: bool, by: impl Fn(f32, f32) -> f32) {
    let mut settings = setting.along(0);
    for (run, values) in values.as_flattened_mut().as_chunks_mut::<RUN>().0.iter_mut().enumerate() {
        if moves {
            settings = setting.along(run * RUN / SIDE_BY_SIDE);
        }
        for (value, setting) in values.iter_mut().zip(&settings) {
            *value = by(*value, *setting);
        }
    }
}
