//! Arithmetic on samples, without policy: it knows no scene.

mod biquad;
mod biquad_filter;
mod biquad_lanes;
mod butterworth;
mod crossover;
mod decibel;
mod fractional_delay;
mod half_band;
mod kaiser;
mod lane_delay;
mod one_pole;
mod sliding_maximum;

pub use biquad::Biquad;
pub use biquad_filter::BiquadFilter;
pub use biquad_lanes::BiquadLanes;
pub use butterworth::{butterworth_high_pass, butterworth_low_pass};
pub use crossover::Crossover;
pub use decibel::{amplitude, decibels, exp_minus_one};
pub use fractional_delay::{FractionalDelay, Weights};
pub use half_band::{Doubler, Halver};
pub use lane_delay::LaneDelay;
pub use one_pole::OnePole;
pub use sliding_maximum::SlidingMaximum;

use kaiser::kaiser;

/// Recursive states below this become 0 at the end of a quantum, so that silence after sound costs
/// no more than sound (denormal numbers are slow on most machines).
pub const STATE_FLOOR: f64 = 1e-15;

/// The two states of a section at the end of a quantum: what is inaudibly small becomes nothing, and
/// what is no number too, so that one bad sample does not silence a lane for ever.
///
/// Both together or neither: one alone would be a kick that keeps a low note ringing for ever.
#[inline(always)]
fn settled(state: [f64; 2]) -> [f64; 2] {
    let loud = state[0].abs().max(state[1].abs()) >= STATE_FLOOR;
    let finite = (state[0].abs() + state[1].abs()) < f64::INFINITY;
    if loud && finite { state } else { [0.0; 2] }
}
