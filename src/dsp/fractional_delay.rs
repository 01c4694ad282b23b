//! A delay line read between its samples, for sound that takes its time through the air.

use std::sync::Arc;

use super::kaiser::{kaiser, sinc};

/// Samples that each read weighs. With the Kaiser window below, images stay under -90 dBc up to
/// 0.42 of the sample rate.
const TAPS: usize = 32;

/// Positions between two samples at which the weights are tabulated; between them they are
/// interpolated linearly, which leaves an error of -110 dB.
const PHASES: usize = 512;

/// Kaiser's beta: side lobes of -96 dB.
const BETA: f64 = 9.5;

/// A delay of any number of samples, whole or not, up to a limit.
pub struct FractionalDelay {
    /// The line twice, one behind the other, so that what a read weighs lies in one piece.
    history: Vec<f32>,
    length: usize,
    newest: usize,
    weights: Weights,
    longest: f64,
}

impl FractionalDelay {
    /// The least delay, in samples: half the window has to lie in the past.
    pub const SHORTEST: f64 = (TAPS / 2) as f64;

    /// A silent delay line that reaches back `longest` samples.
    #[must_use]
    pub fn new(longest: f64, weights: &Weights) -> Self {
        let length = (longest.ceil() as usize + 2 * TAPS).next_power_of_two();
        Self {
            history: vec![0.0; 2 * length],
            length,
            newest: 0,
            weights: weights.clone(),
            longest: longest.max(Self::SHORTEST),
        }
    }

    /// Samples after which an input has left the line altogether.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }

    /// Forgets all that was written.
    pub fn clear(&mut self) {
        self.history.fill(0.0);
    }

    /// Takes a sample in and gives back the one `delay` samples ago. A delay outside
    /// [`FractionalDelay::SHORTEST`] and the longest is moved to the nearest of the two.
    #[inline]
    pub fn process(&mut self, input: f32, delay: f64) -> f32 {
        let mask = self.length - 1;
        self.newest = (self.newest + 1) & mask;
        self.history[self.newest] = input;
        self.history[self.newest + self.length] = input;
        let delay = delay.clamp(Self::SHORTEST, self.longest);
        let whole = delay as usize;
        let oldest = self.newest.wrapping_sub(whole + TAPS / 2) & mask;
        self.weights.read(&self.history[oldest..oldest + TAPS], delay - whole as f64)
    }
}

/// The samples under weights between two rows of them; eight sums side by side, for the vectoriser.
#[inline(always)]
fn weigh(samples: &[f32], low: &[f32; TAPS], high: &[f32; TAPS], blend: f32) -> f32 {
    const LANES: usize = 8;
    let mut sums = [0.0; LANES];
    let rows = low.chunks_exact(LANES).zip(high.chunks_exact(LANES));
    for (samples, (low, high)) in samples.chunks_exact(LANES).zip(rows) {
        for lane in 0..LANES {
            sums[lane] += samples[lane] * (low[lane] + (high[lane] - low[lane]) * blend);
        }
    }
    sums.iter().sum()
}

/// The windowed sinc, tabulated once and shared by every delay line.
#[derive(Clone)]
pub struct Weights(Arc<[[f32; TAPS]]>);

impl Weights {
    /// Tabulates the weights.
    #[must_use]
    pub fn new() -> Self {
        Self((0..=PHASES).map(|phase| weights_at(phase as f64 / PHASES as f64)).collect())
    }

    /// Samples that a read weighs, half of them after the point it reads.
    pub const SPAN: usize = TAPS;

    /// What lay `fraction` of a sample (0 to 1) before the one in the middle, `samples[SPAN / 2]`.
    #[inline(always)]
    #[must_use]
    pub fn read(&self, samples: &[f32], fraction: f64) -> f32 {
        let position = fraction * PHASES as f64;
        let phase = (position as usize).min(PHASES - 1);
        let blend = (position - phase as f64) as f32;
        weigh(samples, &self.0[phase], &self.0[phase + 1], blend)
    }
}

impl Default for Weights {
    fn default() -> Self {
        Self::new()
    }
}

/// The weights, oldest sample first, of a read `fraction` of a sample before the middle.
fn weights_at(fraction: f64) -> [f32; TAPS] {
    let weights: [f64; TAPS] = std::array::from_fn(|tap| {
        let distance = tap as f64 - (TAPS / 2) as f64 + fraction;
        sinc(distance) * kaiser(distance / (TAPS / 2) as f64, BETA)
    });
    let sum: f64 = weights.iter().sum();
    weights.map(|weight| (weight / sum) as f32)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;

    fn tone(frequency: f64, frame: f64) -> f64 {
        libm::sin(2.0 * PI * frequency * frame)
    }

    /// The window's own error at 10 kHz of 48 is below -90 dB; the table's adds -110 dB.
    #[test]
    fn a_tone_comes_out_as_late_as_asked() {
        let mut delay = FractionalDelay::new(200.0, &Weights::new());
        for (index, late) in [16.0, 20.25, 33.333, 64.5, 199.9].into_iter().enumerate() {
            let frequency = [0.01, 0.05, 0.1, 0.15, 10.0 / 48.0][index];
            let mut worst: f64 = 0.0;
            for frame in 0..2000 {
                let out = delay.process(tone(frequency, f64::from(frame)) as f32, late);
                if frame > 300 {
                    let exact = tone(frequency, f64::from(frame) - late);
                    worst = worst.max((f64::from(out) - exact).abs());
                }
            }
            assert!(worst < 3e-5, "{late} samples: off by {worst}");
        }
    }

    #[test]
    fn whole_delays_are_exact() {
        let mut delay = FractionalDelay::new(64.0, &Weights::new());
        let out: Vec<f32> =
            (0..100).map(|frame| delay.process(if frame == 3 { 1.0 } else { 0.0 }, 40.0)).collect();
        let loud: Vec<usize> = (0..100).filter(|&frame| out[frame].abs() > 1e-7).collect();
        assert_eq!(loud, [43]);
        assert_eq!(out[43], 1.0);
    }

    /// The line wraps around many times with delays at both of its ends.
    #[test]
    fn the_ends_of_the_line_are_in_reach() {
        let mut delay = FractionalDelay::new(500.0, &Weights::new());
        for frame in 0..5000 {
            let late = if frame % 2 == 0 { 500.0 } else { 16.0 };
            assert!((delay.process(1.0, late) - 1.0).abs() < 1e-6 || frame < 600);
        }
    }
}
