//! Arithmetic on samples, without policy: it knows no scene.

mod decibel;
mod fractional_delay;
mod lane_delay;
mod one_pole;
mod sliding_maximum;

pub use decibel::{amplitude, decibels, exp_minus_one};
pub use fractional_delay::{FractionalDelay, Weights};
pub use lane_delay::LaneDelay;
pub use one_pole::OnePole;
pub use sliding_maximum::SlidingMaximum;

/// Recursive states below this become 0 at the end of a quantum, so that silence after sound costs
/// no more than sound (denormal numbers are slow on most machines).
pub const STATE_FLOOR: f64 = 1e-15;
