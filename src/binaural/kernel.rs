//! The weights under which a signal is read between its samples.

use crate::dsp::{kaiser, sinc};

/// Samples that a read of a lane with filters of its own weighs. With the Kaiser window below, images
/// and ripple stay under -80 dB up to 0.354 of the sample rate (17 kHz at 48).
pub(super) const FINE: usize = 24;

/// Those of a read on the way to the sphere: under -73 dB up to a third of the sample rate (16 kHz).
pub(super) const QUICK: usize = 16;

/// Room for the weights of either: whole lines of memory.
const ROOM: usize = 32;

/// Positions between two samples at which the weights are tabulated; between them they are
/// interpolated linearly, which leaves an error of -89 dB at a third of the sample rate.
const PHASES: usize = 128;

/// Kaiser's beta, for each of the two: side lobes of -86 and -81 dB.
const BETAS: [f64; 2] = [8.5, 8.0];

/// The weights of all reads, tabulated once.
#[derive(Clone, Debug)]
pub struct Kernel {
    fine: Vec<Weights>,
    quick: Vec<Weights>,
}

/// The weights of one read, oldest sample first, those of all reads around the same middle: the
/// place of [`FINE`] / 2.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(super) struct Weights(pub(super) [f32; ROOM]);

impl Default for Kernel {
    fn default() -> Self {
        Self::new()
    }
}

impl Kernel {
    /// Frames by which every read is later than asked: half the window has to lie in the past.
    pub const LEAD_FRAMES: usize = FINE / 2 - 1;

    /// Tabulates the weights.
    #[must_use]
    pub fn new() -> Self {
        let table = |span: usize, beta: f64| {
            let fractions = (0..=PHASES).map(|phase| phase as f64 / PHASES as f64);
            fractions.map(|fraction| weights_at(fraction, span, beta)).collect()
        };
        Self { fine: table(FINE, BETAS[0]), quick: table(QUICK, BETAS[1]) }
    }

    /// The weights of a read of so many samples, `fraction` of a sample (0 to 1) before the middle.
    #[inline(always)]
    pub(super) fn weights<const SPAN: usize>(&self, fraction: f64) -> Weights {
        let table = if SPAN == QUICK { &self.quick } else { &self.fine };
        let position = fraction * PHASES as f64;
        let phase = (position as usize).min(PHASES - 1);
        let blend = (position - phase as f64) as f32;
        let (low, high) = (&table[phase].0, &table[phase + 1].0);
        let mut weights = [0.0; ROOM];
        for tap in 0..ROOM {
            weights[tap] = low[tap] + (high[tap] - low[tap]) * blend;
        }
        Weights(weights)
    }

    /// A response as it sounds after a delay of `delay_frames` and the lead of the kernel: what a
    /// fixed filter needs in order to be in time with what is read.
    #[must_use]
    pub fn delayed(&self, response: &[f32], delay_frames: f64) -> Vec<f32> {
        let delay_frames = delay_frames.max(0.0);
        let whole = delay_frames as usize;
        let weights = self.weights::<FINE>(delay_frames - whole as f64);
        let mut sums = vec![0.0_f64; response.len() + whole + FINE];
        for (frame, sample) in response.iter().enumerate() {
            // The last weight is that of the newest sample.
            for (age, weight) in weights.0[..FINE].iter().rev().enumerate() {
                sums[frame + whole + age] += f64::from(*sample) * f64::from(*weight);
            }
        }
        sums.iter().map(|sum| *sum as f32).collect()
    }
}

fn weights_at(fraction: f64, span: usize, beta: f64) -> Weights {
    let weights: [f64; ROOM] = std::array::from_fn(|tap| {
        let distance = tap as f64 - (FINE / 2) as f64 + fraction;
        sinc(distance) * kaiser(distance / (span / 2) as f64, beta)
    });
    let sum: f64 = weights.iter().sum();
    Weights(weights.map(|weight| (weight / sum) as f32))
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    /// The largest error at a frequency, in cycles a sample, over all fractions: in dB.
    fn error_db<const SPAN: usize>(kernel: &Kernel, cycles: f64) -> f64 {
        let mut worst: f64 = 0.0;
        for step in 0..=1000 {
            let fraction = f64::from(step) / 1000.0;
            let (mut real, mut imaginary) = (-1.0, 0.0);
            for (tap, weight) in kernel.weights::<SPAN>(fraction).0.iter().enumerate() {
                let distance = tap as f64 - (FINE / 2) as f64 + fraction;
                let (sine, cosine) = libm::sincos(TAU * cycles * distance);
                real += f64::from(*weight) * cosine;
                imaginary += f64::from(*weight) * sine;
            }
            worst = worst.max(libm::hypot(real, imaginary));
        }
        20.0 * libm::log10(worst)
    }

    #[test]
    fn what_is_read_is_right_as_far_up_as_is_said() {
        let kernel = Kernel::new();
        for step in 1..=100 {
            let share = f64::from(step) / 100.0;
            let fine = error_db::<FINE>(&kernel, 0.354 * share);
            let quick = error_db::<QUICK>(&kernel, 16.0 / 48.0 * share);
            assert!(fine < -80.0 && quick < -73.0, "{share}: {fine} and {quick} dB");
        }
    }
}
