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

/// A recursive state at the end of a quantum: what is inaudibly small becomes nothing, and what is
/// no number too, so that one bad sample does not silence a lane for ever.
#[inline(always)]
fn settled(state: f64) -> f64 {
    if state.abs() >= STATE_FLOOR && state.abs() < f64::INFINITY { state } else { 0.0 }
}
