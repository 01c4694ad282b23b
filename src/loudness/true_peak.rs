//! The true peak of a channel: how high the wave rises between its samples.

use std::f64::consts::PI;

use pulp::{Arch, Simd, WithSimd};

/// How many times finer than the samples the wave is looked at (BS.1770-5, annex 2).
const OVERSAMPLING: usize = 4;

/// Places between two samples.
const PHASES: usize = OVERSAMPLING - 1;

/// Samples that each look weighs.
const TAPS: usize = 12;

/// Samples that a look needs besides the newest.
const PAST: usize = TAPS - 1;

/// The most frames at once.
pub const RUN: usize = 64;

/// Frames that lie side by side in the arithmetic.
const WIDE: usize = 16;

/// The past and a run.
const WINDOW: usize = PAST + RUN;

/// Samples beyond this (180 dBFS), infinite or not numbers are taken for silence.
const LIMIT: f32 = 1e9;

/// The weights between samples.
#[derive(Clone, Debug)]
pub struct Interpolator {
    /// For each place between two samples, oldest sample first.
    weights: [[f32; TAPS]; PHASES],
    /// No look is higher than the highest sample it weighs times this.
    most: f32,
}

/// The peaks of a channel.
#[derive(Clone, Debug)]
pub struct ChannelPeak {
    /// The past, the newest run, zeros.
    window: [f32; WINDOW],
    /// The length of the newest run.
    run: usize,
    sample: f32,
    between: f32,
    recent_sample: f32,
    recent_between: f32,
}

impl Interpolator {
    /// A sinc under Hann's window over twelve samples.
    pub fn new() -> Self {
        let mut weights = [[0.0; TAPS]; PHASES];
        for (phase, weights) in weights.iter_mut().enumerate() {
            let shift = (phase + 1) as f64 / OVERSAMPLING as f64;
            for (tap, weight) in weights.iter_mut().enumerate() {
                *weight = windowed_sinc(tap as f64 - PAST as f64 / 2.0 + 0.5 - shift) as f32;
            }
        }
        let sum = |weights: &[f32; TAPS]| weights.iter().map(|it| it.abs()).sum::<f32>();
        let most = weights.iter().map(sum).fold(1.0, f32::max);
        // Sums are rounded; a little more is never wrong.
        Self { weights, most: most * 1.0001 }
    }
}

/// At a distance in samples, not 0.
fn windowed_sinc(distance: f64) -> f64 {
    let half = TAPS as f64 / 2.0;
    let window = 0.5 + 0.5 * libm::cos(PI * distance / half);
    window * libm::sin(PI * distance) / (PI * distance)
}

impl ChannelPeak {
    pub fn new() -> Self {
        Self {
            window: [0.0; WINDOW],
            run: 0,
            sample: 0.0,
            between: 0.0,
            recent_sample: 0.0,
            recent_between: 0.0,
        }
    }

    /// Takes the next samples, at most [`RUN`].
    pub fn push(&mut self, arch: Arch, interpolator: &Interpolator, samples: &[f32]) {
        arch.dispatch(Push { channel: self, interpolator, samples });
    }

    /// The samples pushed last, as they were counted.
    pub fn samples(&self) -> &[f32] {
        &self.window[PAST..PAST + self.run]
    }

    /// The highest sample so far, linear.
    pub fn sample_peak(&self) -> f32 {
        self.sample
    }

    /// The true peak so far, linear, with the end of the wave if it ended here.
    pub fn true_peak(&self, arch: Arch, interpolator: &Interpolator) -> f32 {
        let mut ended = self.clone();
        ended.push(arch, interpolator, &[0.0; PAST]);
        ended.sample.max(ended.between)
    }

    /// The highest sample and the true peak since they were last taken, linear.
    pub fn take_recent(&mut self) -> (f32, f32) {
        let recent = (self.recent_sample, self.recent_sample.max(self.recent_between));
        (self.recent_sample, self.recent_between) = (0.0, 0.0);
        recent
    }
}

/// The work on a run, compiled once for every kind of processor.
struct Push<'a> {
    channel: &'a mut ChannelPeak,
    interpolator: &'a Interpolator,
    samples: &'a [f32],
}

impl WithSimd for Push<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { channel, interpolator, samples } = self;
        channel.take_in(samples);
        let sample_peak = highest(&channel.window[PAST..]);
        channel.sample = channel.sample.max(sample_peak);
        channel.recent_sample = channel.recent_sample.max(sample_peak);
        // Where the wave cannot rise above what it has reached, nobody has to look.
        let possible = highest(&channel.window) * interpolator.most;
        if possible > channel.recent_between.max(channel.recent_sample) {
            let between = interpolator.highest(&channel.window, channel.run);
            channel.between = channel.between.max(between);
            channel.recent_between = channel.recent_between.max(between);
        }
    }
}

impl ChannelPeak {
    /// Moves the window on.
    #[inline(always)]
    fn take_in(&mut self, samples: &[f32]) {
        self.window.copy_within(self.run..self.run + PAST, 0);
        self.run = samples.len();
        let (new, rest) = self.window[PAST..].split_at_mut(samples.len());
        for (slot, sample) in new.iter_mut().zip(samples) {
            *slot = if sample.abs() <= LIMIT { *sample } else { 0.0 };
        }
        rest.fill(0.0);
    }
}

impl Interpolator {
    /// The highest look between the samples of a run.
    #[inline(always)]
    fn highest(&self, window: &[f32; WINDOW], run: usize) -> f32 {
        let mut looks = [0; RUN];
        for (first, looks) in (0..RUN).step_by(WIDE).zip(looks.chunks_exact_mut(WIDE)) {
            for weights in &self.weights {
                let sums = weigh(weights, window, first);
                for (look, sum) in looks.iter_mut().zip(sums) {
                    *look = magnitude(sum).max(*look);
                }
            }
        }
        // Looks behind the run know only half of what they need.
        looks[run..].fill(0);
        let mut highest = 0;
        for look in looks {
            highest = u32::max(highest, look);
        }
        f32::from_bits(highest)
    }
}

/// Looks at one place between samples, for frames side by side.
#[inline(always)]
fn weigh(weights: &[f32; TAPS], window: &[f32; WINDOW], first: usize) -> [f32; WIDE] {
    let mut sums = [0.0; WIDE];
    for (tap, weight) in weights.iter().enumerate() {
        let samples = &window[first + tap..first + tap + WIDE];
        for lane in 0..WIDE {
            sums[lane] += weight * samples[lane];
        }
    }
    sums
}

/// The highest of samples, whatever their sign.
#[inline(always)]
fn highest(samples: &[f32]) -> f32 {
    let mut peak = 0;
    for sample in samples {
        peak = u32::max(peak, magnitude(*sample));
    }
    f32::from_bits(peak)
}

/// The bits of a number without its sign. They are in the order of the magnitudes, and the highest
/// of many whole numbers is what every compiler finds fast.
#[inline(always)]
fn magnitude(sample: f32) -> u32 {
    sample.to_bits() & (u32::MAX >> 1)
}
