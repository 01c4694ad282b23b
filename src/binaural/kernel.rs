//! The weights under which a signal is read between its samples.

use std::ops::Range;

use super::slopes::Slopes;
use crate::dsp::{kaiser, sinc};

/// Samples that a read of a lane with filters of its own weighs. With the Kaiser window below, images
/// and ripple stay under -80 dB up to 0.354 of the sample rate (17 kHz at 48).
pub(super) const FINE: usize = 24;

/// Those of a read on the way to the sphere: under -72 dB up to a third of the sample rate (16 kHz).
pub(super) const QUICK: usize = 16;

/// Rows of taps: a row has those that are as far apart, and is weighed as one.
pub(super) const ROWS: usize = 8;

/// Positions between two samples at which the weights are tabulated; from the nearest of them on,
/// their slope is followed.
const PHASES: usize = 512;

/// 1.5 times 2^52: added to it, a number becomes a whole one, which its last bits say.
const WHOLE: f64 = 6_755_399_441_055_744.0;

/// The weights of all reads, tabulated once.
#[derive(Clone, Debug)]
pub struct Kernel {
    fine: Vec<Weights<FINE>>,
    quick: Vec<Weights<QUICK>>,
}

/// The weights of one read, oldest sample first.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(super) struct Weights<const SPAN: usize> {
    /// What is read.
    pub(super) now: [f32; SPAN],
    /// By how much that changes when the delay grows by a frame. Only the middle weighs anything: it is off
    /// by less than -43 dB (-36 dB for the short one) up to 14 kHz at 48, of what is small itself.
    pub(super) slope: [f32; SPAN],
}

/// How a delay is read: so many whole frames later, under weights, and under their slope for the rest.
pub(super) struct Read<'a, const SPAN: usize> {
    pub(super) whole: usize,
    pub(super) weights: &'a Weights<SPAN>,
    pub(super) rest: f32,
}

impl<const SPAN: usize> Weights<SPAN> {
    /// The taps of the slope: 10 of 24, 8 of 16.
    pub(super) const SLOPE: Range<usize> = 3 * SPAN / 8 - 2..5 * SPAN / 8 + 2;

    /// Rows at either end that have slopes at other taps than the rows between them.
    pub(super) const EDGE: usize = {
        let [begin, end] = [Self::SLOPE.start % ROWS, Self::SLOPE.end % ROWS];
        if begin < end { begin } else { end }
    };
}

/// A number of taps for which weights are tabulated.
pub(super) trait Spans<const SPAN: usize> {
    /// What a delay may move by in frames while it is read under the weights of its middle and their
    /// slope. No slope follows the square of the half of it, which sets the bound.
    const STRETCH_FRAMES: f64;

    /// How far up the weights are right, as a part of the sample rate.
    const BAND: f64;

    /// Kaiser's beta for the weights.
    const BETA: f64;

    /// The weights, by phase.
    fn table(&self) -> &[Weights<SPAN>];
}

impl Spans<FINE> for Kernel {
    /// What that leaves is less than -77 dB at 10 kHz, -110 dB at 1.5 kHz.
    const STRETCH_FRAMES: f64 = 0.025;

    const BAND: f64 = 0.354;

    /// For side lobes of -86 dB.
    const BETA: f64 = 8.5;

    #[inline(always)]
    fn table(&self) -> &[Weights<FINE>] {
        &self.fine
    }
}

impl Spans<QUICK> for Kernel {
    /// What that leaves is less than -65 dB at 10 kHz, -98 dB at 1.5 kHz.
    const STRETCH_FRAMES: f64 = 0.05;

    const BAND: f64 = 1.0 / 3.0;

    /// For side lobes of -81 dB.
    const BETA: f64 = 8.0;

    #[inline(always)]
    fn table(&self) -> &[Weights<QUICK>] {
        &self.quick
    }
}

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
        Self { fine: table(), quick: table() }
    }

    /// How a delay, which is not negative, is read.
    #[inline(always)]
    pub(super) fn read<const SPAN: usize>(&self, delay_frames: f64) -> Read<'_, SPAN>
    where
        Self: Spans<SPAN>,
    {
        let position = delay_frames * PHASES as f64;
        let nearest = position + WHOLE;
        let index = (nearest.to_bits() - WHOLE.to_bits()) as usize;
        let rest = (position - (nearest - WHOLE)) * (1.0 / PHASES as f64);
        let weights = &self.table()[index % PHASES];
        Read { whole: index / PHASES, weights, rest: rest as f32 }
    }

    /// A response as it sounds after a delay of `delay_frames` and the lead of the kernel: what a
    /// fixed filter needs in order to be in time with what is read.
    #[must_use]
    pub fn delayed(&self, response: &[f32], delay_frames: f64) -> Vec<f32> {
        let Read { whole, weights, rest } = self.read::<FINE>(delay_frames.max(0.0));
        let weights = weights.now.iter().zip(&weights.slope);
        let weights: Vec<f64> = weights
            .map(|(now, slope)| f64::from(*now) + f64::from(*slope) * f64::from(rest))
            .collect();
        let mut sums = vec![0.0_f64; response.len() + whole + FINE];
        for (frame, sample) in response.iter().enumerate() {
            // The last weight is that of the newest sample.
            for (age, weight) in weights.iter().rev().enumerate() {
                sums[frame + whole + age] += f64::from(*sample) * weight;
            }
        }
        sums.iter().map(|sum| *sum as f32).collect()
    }
}

fn table<const SPAN: usize>() -> Vec<Weights<SPAN>>
where
    Kernel: Spans<SPAN>,
{
    let slopes = Slopes::new(Weights::<SPAN>::SLOPE.len(), <Kernel as Spans<SPAN>>::BAND);
    (0..PHASES).map(|phase| weights_at(phase as f64 / PHASES as f64, &slopes)).collect()
}

/// The weights of a read `fraction` of a sample (0 to 1) before the middle.
fn weights_at<const SPAN: usize>(fraction: f64, slopes: &Slopes) -> Weights<SPAN>
where
    Kernel: Spans<SPAN>,
{
    let half = (SPAN / 2) as f64;
    let distances: [f64; SPAN] = std::array::from_fn(|tap| tap as f64 - half + fraction);
    let now = distances.map(|it| sinc(it) * kaiser(it / half, <Kernel as Spans<SPAN>>::BETA));
    let sum: f64 = now.iter().sum();
    let mut slope = [0.0; SPAN];
    let middle = Weights::<SPAN>::SLOPE;
    let fitted = slopes.at(&distances[middle.clone()]);
    slope[middle].iter_mut().zip(fitted).for_each(|(slope, fitted)| *slope = fitted as f32);
    Weights { now: now.map(|weight| (weight / sum) as f32), slope }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    /// The largest error at a frequency, in cycles a sample, over all fractions: in dB.
    fn error_db<const SPAN: usize>(kernel: &Kernel, cycles: f64) -> f64
    where
        Kernel: Spans<SPAN>,
    {
        let mut worst: f64 = 0.0;
        for step in 0..=1000 {
            let fraction = f64::from(step) / 1000.0;
            let (mut real, mut imaginary) = (-1.0, 0.0);
            let Read { whole, weights, rest } = kernel.read::<SPAN>(fraction);
            for (tap, (now, slope)) in weights.now.iter().zip(&weights.slope).enumerate() {
                let weight = now + slope * rest;
                let distance = tap as f64 - (SPAN / 2 + whole) as f64 + fraction;
                let (sine, cosine) = libm::sincos(TAU * cycles * distance);
                real += f64::from(weight) * cosine;
                imaginary += f64::from(weight) * sine;
            }
            worst = worst.max(libm::hypot(real, imaginary));
        }
        20.0 * libm::log10(worst)
    }

    /// The largest error of the slopes at a frequency, in cycles a sample, over all phases: in dB of what
    /// they should be.
    fn slope_error_db<const SPAN: usize>(kernel: &Kernel, cycles: f64) -> f64
    where
        Kernel: Spans<SPAN>,
    {
        let mut worst: f64 = 0.0;
        for (phase, weights) in kernel.table().iter().enumerate() {
            let fraction = phase as f64 / PHASES as f64;
            let (mut real, mut imaginary) = (0.0, TAU * cycles);
            for (tap, slope) in weights.slope.iter().enumerate() {
                let distance = tap as f64 - (SPAN / 2) as f64 + fraction;
                let (sine, cosine) = libm::sincos(TAU * cycles * distance);
                real += f64::from(*slope) * cosine;
                imaginary += f64::from(*slope) * sine;
            }
            worst = worst.max(libm::hypot(real, imaginary) / (TAU * cycles));
        }
        20.0 * libm::log10(worst)
    }

    #[test]
    fn what_is_read_is_right_as_far_up_as_is_said() {
        let kernel = Kernel::new();
        for step in 1..=100 {
            let share = f64::from(step) / 100.0;
            let fine = error_db::<FINE>(&kernel, <Kernel as Spans<FINE>>::BAND * share);
            let quick = error_db::<QUICK>(&kernel, <Kernel as Spans<QUICK>>::BAND * share);
            assert!(fine < -80.0 && quick < -72.0, "{share}: {fine} and {quick} dB");
        }
    }

    #[test]
    fn slopes_are_right_as_far_up_as_is_said() {
        let kernel = Kernel::new();
        for step in 1..=100 {
            let cycles = 14.0 / 48.0 * f64::from(step) / 100.0;
            let fine = slope_error_db::<FINE>(&kernel, cycles);
            let quick = slope_error_db::<QUICK>(&kernel, cycles);
            assert!(fine < -43.0 && quick < -36.0, "{cycles}: {fine} and {quick} dB");
        }
    }
}
