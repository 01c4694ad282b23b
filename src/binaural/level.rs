//! How loud the ears are.

use std::f64::consts::TAU;

use super::kernel::Kernel;
use super::responses::{EARS, Responses, both_ears};
use crate::loudness::k_weighted_power;
use crate::space::FRONT;

/// What each ear gets of a low-frequency channel: both together have its power.
pub const LFE_GAIN: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// Where the band in which pink noise is compared begins, in Hz; it ends at half the rate, as the
/// noise does.
const LOWEST_HZ: f64 = 20.0;

/// Frequencies in that band, evenly spread over its octaves: pink noise has equal power at each.
const FREQUENCIES: usize = 480;

/// The responses of a low-frequency channel, which goes through no head: equal at both ears under a
/// linear gain, in time with what comes from straight ahead.
#[must_use]
pub fn lfe_responses(responses: &impl Responses, kernel: &Kernel, gain: f64) -> [Vec<f32>; EARS] {
    let [left, right] = both_ears(responses, &FRONT).map(|mixture| mixture.delay_frames);
    // Whole frames, so that it leaves as it came.
    let delay_frames = libm::round(0.5 * (left + right) + responses.lead_frames());
    let response = kernel.delayed(&[gain as f32], delay_frames);
    [response.clone(), response]
}

/// The gain at which pink noise is as loud through the responses of both ears as through two
/// loudspeakers under `gains`, by the weighting of BS.1770-5 (annex 1) from 20 Hz to half the rate.
#[must_use]
pub fn loudness_gain(responses: &[Vec<f32>; EARS], rate_hz: f64, gains: [f64; 2]) -> f64 {
    let octaves = libm::log2(0.5 * rate_hz / LOWEST_HZ);
    let loudspeakers: f64 = gains.iter().map(|gain| gain * gain).sum();
    let (mut heard, mut reference) = (0.0, 0.0);
    for step in 0..FREQUENCIES {
        let share = (step as f64 + 0.5) / FREQUENCIES as f64;
        let frequency_hz = LOWEST_HZ * libm::exp2(octaves * share);
        let weight = k_weighted_power(frequency_hz, rate_hz as u32);
        let ears = responses.iter().map(|it| power(it.iter().copied(), frequency_hz / rate_hz));
        heard += weight * ears.sum::<f64>();
        reference += weight * loudspeakers;
    }
    if heard > 0.0 { libm::sqrt(reference / heard) } else { 1.0 }
}

/// The squared magnitude of a response at so many cycles a sample.
fn power(response: impl Iterator<Item = impl Into<f64>>, cycles: f64) -> f64 {
    let (mut real, mut imaginary) = (0.0, 0.0);
    for (frame, sample) in response.enumerate() {
        let (sin, cos) = libm::sincos(TAU * cycles * frame as f64);
        let sample: f64 = sample.into();
        real += sample * cos;
        imaginary += sample * sin;
    }
    real * real + imaginary * imaginary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_that_only_weakens_is_made_up_for() {
        let weak = [vec![0.0, 0.25], vec![0.25]];
        let gain = loudness_gain(&weak, 48_000.0, [LFE_GAIN; 2]);
        // Two ears at a quarter have the power of 1/8, which is 8 times too little.
        assert!((gain - libm::sqrt(8.0)).abs() < 1e-12, "{gain}");
    }
}
