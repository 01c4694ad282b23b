//! A delay line read between its samples, for sound that takes its time through the air.

use std::sync::Arc;

use pulp::Arch;

use super::kaiser::{kaiser, sinc};
use super::vectorised;
use crate::block::{QUANTUM, Quantum};

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
    arch: Arch,
}

/// Where a read lies.
#[derive(Clone, Copy)]
struct Aim {
    /// Whole samples back.
    whole: i32,
    /// The row of weights, and the part of the way to the next.
    phase: i32,
    blend: f32,
}

impl FractionalDelay {
    /// The least delay, in samples: half the window has to lie in the past.
    pub const SHORTEST: f64 = (TAPS / 2) as f64;

    /// A silent delay line that reaches back `longest` samples.
    #[must_use]
    pub fn new(longest: f64, weights: &Weights) -> Self {
        let length = (longest.ceil() as usize + 2 * TAPS + QUANTUM).next_power_of_two();
        Self {
            history: vec![0.0; 2 * length],
            length,
            newest: 0,
            weights: weights.clone(),
            longest: longest.max(Self::SHORTEST),
            arch: Arch::new(),
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
        self.write(input);
        self.read(self.newest, self.aim(delay))
    }

    /// The same for a quantum, in place, with a delay for each of its frames; in the form compiled for
    /// the processor at hand. `delay_at` has to be `#[inline(always)]`.
    pub fn process_quantum(&mut self, samples: &mut Quantum, delay_at: impl Fn(usize) -> f64) {
        vectorised(
            self.arch,
            #[inline(always)]
            || {
                let first = self.newest + 1;
                for sample in &*samples {
                    self.write(*sample);
                }
                // All aims before any is read, in arrays of their parts, for the vectoriser.
                let (mut wholes, mut phases) = ([0; QUANTUM], [0; QUANTUM]);
                let mut blends = [0.0; QUANTUM];
                for frame in 0..QUANTUM {
                    let Aim { whole, phase, blend } = self.aim(delay_at(frame));
                    (wholes[frame], phases[frame], blends[frame]) = (whole, phase, blend);
                }
                for (frame, sample) in samples.iter_mut().enumerate() {
                    let (whole, phase) = (wholes[frame], phases[frame]);
                    let aim = Aim { whole, phase, blend: blends[frame] };
                    *sample = self.read(first + frame, aim);
                }
            },
        );
    }

    #[inline(always)]
    fn write(&mut self, input: f32) {
        self.newest = (self.newest + 1) & (self.length - 1);
        self.history[self.newest] = input;
        self.history[self.newest + self.length] = input;
    }

    #[inline(always)]
    fn aim(&self, delay: f64) -> Aim {
        // Not `clamp`, for the vectoriser.
        let delay = delay.max(Self::SHORTEST).min(self.longest);
        let whole = delay as i32;
        let (phase, blend) = phase_and_blend(delay - f64::from(whole));
        Aim { whole, phase, blend }
    }

    /// What an aim sees from a place in the line.
    #[inline(always)]
    fn read(&self, from: usize, Aim { whole, phase, blend }: Aim) -> f32 {
        let oldest = from.wrapping_sub(whole as usize + TAPS / 2) & (self.length - 1);
        self.weights.blend(&self.history[oldest..oldest + TAPS], phase, blend)
    }
}

/// The row of weights for a fraction of a sample, 0 to 1, and the part of the way to the next row.
#[inline(always)]
fn phase_and_blend(fraction: f64) -> (i32, f32) {
    let position = fraction * PHASES as f64;
    let phase = (position as i32).min(PHASES as i32 - 1);
    (phase, (position - f64::from(phase)) as f32)
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
        let (phase, blend) = phase_and_blend(fraction);
        self.blend(samples, phase, blend)
    }

    /// The same by a row of weights and a part of the way to the next.
    #[inline(always)]
    fn blend(&self, samples: &[f32], phase: i32, blend: f32) -> f32 {
        let phase = phase as usize;
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

    /// To the bit, with delays that move, stand still and go beyond both ends.
    #[test]
    fn a_quantum_is_what_its_samples_are() {
        let weights = Weights::new();
        let [mut one, mut other] = [(); 2].map(|()| FractionalDelay::new(440.3, &weights));
        for quantum in 0..60 {
            let begin = f64::from(quantum % 20) * 25.0 - 20.0;
            let delay_at = |frame: usize| begin + frame as f64 * f64::from(quantum % 3) * 0.11;
            let input = |frame: usize| ((quantum as usize * 64 + frame) * 7919 % 101) as f32 - 50.0;
            let mut samples: Quantum = std::array::from_fn(input);
            let expected: Quantum =
                std::array::from_fn(|frame| one.process(samples[frame], delay_at(frame)));
            other.process_quantum(&mut samples, delay_at);
            assert_eq!(samples, expected, "quantum {quantum}");
        }
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
