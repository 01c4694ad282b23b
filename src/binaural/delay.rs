//! A signal as late as each ear hears it, read between its samples while the delay moves.

use crate::block::{QUANTUM, Quantum};
use crate::dsp::{kaiser, sinc};

/// Samples that each read weighs. With the Kaiser window below, images and ripple stay under -80 dB
/// up to 0.39 of the sample rate (18.7 kHz at 48).
const TAPS: usize = 24;

/// Room for the weights.
const ROOM: usize = 32;

/// Positions between two samples at which the weights are tabulated; between them they are
/// interpolated linearly, which leaves an error of -89 dB at a third of the sample rate.
const PHASES: usize = 128;

/// Kaiser's beta: side lobes of -81 dB.
const BETA: f64 = 8.0;

/// Frames over which the delay is exact at both ends and what is read there is crossfaded: at the
/// speed at which a source goes round the head in a second the delay moves by 0.025 frames meanwhile,
/// and the crossfade is off by less than -69 dB at a third of the sample rate, -110 dB at 1.5 kHz.
const STRETCH: usize = 16;

/// Stretches of a quantum.
const STRETCHES: usize = QUANTUM / STRETCH;

/// The weights of the reads, tabulated once and shared by all.
#[derive(Clone, Debug)]
pub struct Kernel(Vec<Weights>);

/// The weights of one read, oldest sample first, filled up with zeros to whole lines of memory.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Weights([f32; ROOM]);

impl Default for Kernel {
    fn default() -> Self {
        Self::new()
    }
}

impl Kernel {
    /// Frames by which every read is later than asked: half the window has to lie in the past.
    pub const LEAD_FRAMES: usize = TAPS / 2 - 1;

    /// Tabulates the weights.
    #[must_use]
    pub fn new() -> Self {
        Self((0..=PHASES).map(|phase| weights_at(phase as f64 / PHASES as f64)).collect())
    }

    /// The weights of a read `fraction` of a sample (0 to 1) before the middle.
    #[inline(always)]
    fn weights(&self, fraction: f64) -> Weights {
        let position = fraction * PHASES as f64;
        let phase = (position as usize).min(PHASES - 1);
        let blend = (position - phase as f64) as f32;
        let (low, high) = (&self.0[phase].0, &self.0[phase + 1].0);
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
        let weights = self.weights(delay_frames - whole as f64);
        let mut sums = vec![0.0_f64; response.len() + whole + TAPS];
        for (frame, sample) in response.iter().enumerate() {
            // The last weight is that of the newest sample.
            for (age, weight) in weights.0[..TAPS].iter().rev().enumerate() {
                sums[frame + whole + age] += f64::from(*sample) * f64::from(*weight);
            }
        }
        sums.iter().map(|sum| *sum as f32).collect()
    }
}

fn weights_at(fraction: f64) -> Weights {
    let weights: [f64; TAPS] = std::array::from_fn(|tap| {
        let distance = tap as f64 - (TAPS / 2) as f64 + fraction;
        sinc(distance) * kaiser(distance / (TAPS / 2) as f64, BETA)
    });
    let sum: f64 = weights.iter().sum();
    let mut filled = [0.0; ROOM];
    for (filled, weight) in filled.iter_mut().zip(weights) {
        *filled = (weight / sum) as f32;
    }
    Weights(filled)
}

/// The latest samples of a signal.
#[derive(Clone, Debug)]
pub struct Line {
    /// A ring twice, one behind the other, so that what a read weighs lies in one piece.
    samples: Vec<f32>,
    /// Samples of the ring; whole quanta, so that none wraps around.
    length: usize,
    /// Where the newest quantum begins.
    newest: usize,
    longest_frames: f64,
}

impl Line {
    /// A silent line that reaches `longest_frames` back.
    #[must_use]
    pub fn new(longest_frames: f64) -> Self {
        let reach = longest_frames.ceil().max(0.0) as usize + 2 * TAPS + QUANTUM;
        let length = reach.next_power_of_two();
        Self { samples: vec![0.0; 2 * length], length, newest: 0, longest_frames }
    }

    /// Frames after which an input has left the line altogether.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }

    /// Takes the next quantum in.
    #[inline(always)]
    pub fn write(&mut self, quantum: &Quantum) {
        self.newest = (self.newest + QUANTUM) & (self.length - 1);
        for begin in [self.newest, self.newest + self.length] {
            self.samples[begin..begin + QUANTUM].copy_from_slice(quantum);
        }
    }

    /// The latest quantum as late as asked and the lead of the kernel, the delay going straight from
    /// one number of frames to another. Delays beyond the reach of the line are moved into it, and
    /// what is no number is none.
    #[inline(always)]
    pub fn read(&self, kernel: &Kernel, from_frames: f64, to_frames: f64, late: &mut Quantum) {
        let (from, to) = (self.within(from_frames), self.within(to_frames));
        if from == to {
            let aim = self.aim(kernel, from);
            for stretch in 0..STRETCHES {
                let late = &mut late[stretch * STRETCH..(stretch + 1) * STRETCH];
                late.copy_from_slice(&self.weigh(&aim, stretch));
            }
            return;
        }
        let step = (to - from) / STRETCHES as f64;
        // All of them first: the weights are then read from memory one by one, as the sums want them.
        let mut aims = [self.aim(kernel, from); STRETCHES + 1];
        for (stretch, aim) in aims.iter_mut().enumerate().skip(1) {
            *aim = self.aim(kernel, from + step * stretch as f64);
        }
        for stretch in 0..STRETCHES {
            let [begin, end] = self.weigh_both([&aims[stretch], &aims[stretch + 1]], stretch);
            let late = &mut late[stretch * STRETCH..(stretch + 1) * STRETCH];
            for frame in 0..STRETCH {
                let share = frame as f32 * (1.0 / STRETCH as f32);
                late[frame] = begin[frame] + (end[frame] - begin[frame]) * share;
            }
        }
    }

    #[inline(always)]
    fn within(&self, frames: f64) -> f64 {
        // Not `clamp`: what is no number comes out as 0.
        frames.max(0.0).min(self.longest_frames)
    }

    #[inline(always)]
    fn aim(&self, kernel: &Kernel, delay_frames: f64) -> Aim {
        let whole = delay_frames as usize;
        let back = whole + Kernel::LEAD_FRAMES + TAPS / 2;
        let oldest = self.newest.wrapping_sub(back) & (self.length - 1);
        Aim { weights: kernel.weights(delay_frames - whole as f64), oldest }
    }

    /// A stretch of the quantum under the weights of one delay.
    #[inline(always)]
    fn weigh(&self, aim: &Aim, stretch: usize) -> [f32; STRETCH] {
        let samples = self.samples(aim, stretch);
        let mut sums = [0.0; STRETCH];
        for tap in 0..TAPS {
            for frame in 0..STRETCH {
                sums[frame] += samples[tap + frame] * aim.weights.0[tap];
            }
        }
        sums
    }

    /// The same under those of two delays, which mostly weigh the same samples.
    #[inline(always)]
    fn weigh_both(&self, [begin, end]: [&Aim; 2], stretch: usize) -> [[f32; STRETCH]; 2] {
        if begin.oldest != end.oldest {
            return [self.weigh(begin, stretch), self.weigh(end, stretch)];
        }
        let samples = self.samples(begin, stretch);
        let mut sums = [[0.0; STRETCH]; 2];
        for tap in 0..TAPS {
            for frame in 0..STRETCH {
                sums[0][frame] += samples[tap + frame] * begin.weights.0[tap];
                sums[1][frame] += samples[tap + frame] * end.weights.0[tap];
            }
        }
        sums
    }

    #[inline(always)]
    fn samples(&self, aim: &Aim, stretch: usize) -> &[f32; TAPS + STRETCH] {
        let samples = self.samples[aim.oldest + stretch * STRETCH..].first_chunk();
        samples.expect("the ring lies there twice")
    }
}

/// How a delay is read: the weights, and where the oldest sample is that the first frame weighs.
#[derive(Clone, Copy)]
struct Aim {
    weights: Weights,
    oldest: usize,
}
