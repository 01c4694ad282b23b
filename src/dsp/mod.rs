//! Arithmetic on samples, without policy: it knows no scene.

mod biquad;
mod biquad_filter;
mod biquad_lanes;
mod butterworth;
mod cholesky;
mod convolver;
mod crossover;
mod decibel;
mod delay;
mod delay_line;
mod exponential;
mod fetch;
mod fourier;
mod fractional_delay;
mod half_band;
mod kaiser;
mod lane_delay;
mod one_pole;
mod partitions;
mod random;
mod sliding_maximum;
mod true_peak;
mod vectorised;

pub use biquad::Biquad;
pub use biquad_filter::BiquadFilter;
pub use biquad_lanes::BiquadLanes;
pub use butterworth::{butterworth_high_pass, butterworth_low_pass};
pub use cholesky::Cholesky;
pub use convolver::Convolver;
pub use crossover::Crossover;
pub use decibel::{amplitudes_of, decibels_of};
pub use delay::Delay;
pub use delay_line::DelayLine;
pub use exponential::exp_minus_one;
pub use fetch::fetch;
pub use fourier::{BINS_AT_ONCE, Fourier, Spectrum};
pub use fractional_delay::{FractionalDelay, Weights};
pub use half_band::{Doubler, Halver};
pub use kaiser::{kaiser, sinc};
pub use lane_delay::LaneDelay;
pub use one_pole::OnePole;
pub use partitions::{Filter, History};
pub use random::Random;
pub use sliding_maximum::SlidingMaximum;
pub use true_peak::TruePeak;
pub use vectorised::vectorised;

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
/// Samples below this become 0 where states are dropped all at once: far below anything that is
/// kept, far above denormal numbers.
pub const NEARLY_DENORMAL: f64 = 1e-30;
