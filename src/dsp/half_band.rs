//! Twice the sample rate and back, for eight lanes, with linear phase.
//!
//! Every second weight of a half-band filter is 0 but the one in the middle, which is 1/2: one of the
//! two phases is a mere delay, the other one a row of pairs that share a weight.

use std::f64::consts::PI;

use super::kaiser::kaiser;
use crate::block::SIDE_BY_SIDE;

type Frame = [f32; SIDE_BY_SIDE];

/// The weights at 1, 3, 5, … samples from the middle of a half-band low-pass: a sinc under Kaiser's
/// window.
fn weights(pairs: usize, beta: f64) -> Vec<f32> {
    let weight = |pair: usize| {
        let distance = (2 * pair + 1) as f64;
        let sign = if pair.is_multiple_of(2) { 1.0 } else { -1.0 };
        sign / (PI * distance) * kaiser(distance / (2 * pairs) as f64, beta)
    };
    let weights: Vec<f64> = (0..pairs).map(weight).collect();
    // Both phases pass a constant equally, or it would leave as a tone at half the rate.
    let scale = 0.25 / weights.iter().sum::<f64>();
    weights.into_iter().map(|weight| (weight * scale) as f32).collect()
}

/// A phase of the filter that weighs: the last frames, oldest first, and behind them those to come.
struct Arms {
    weights: Vec<f32>,
    frames: Vec<Frame>,
}

/// Doubles the rate of blocks. What leaves is `2 pairs - 1` of its frames late.
pub struct Doubler {
    arms: Arms,
}

/// Halves the rate of blocks. What leaves is `2 pairs - 1` of the frames that enter late, or one
/// less.
pub struct Halver {
    arms: Arms,
    /// The phase that is delayed only, oldest first, and behind it what is to come.
    centre: Vec<Frame>,
    /// Whether it is the even frames that are delayed only.
    even: bool,
}

impl Arms {
    fn new(pairs: usize, beta: f64, block: usize) -> Self {
        let frames = vec![[0.0; SIDE_BY_SIDE]; 2 * pairs - 1 + block];
        Self { weights: weights(pairs, beta), frames }
    }

    /// The newest frames, to be filled with a block.
    fn block(&mut self) -> &mut [Frame] {
        let past = 2 * self.weights.len() - 1;
        &mut self.frames[past..]
    }

    /// The weighed sum about the middle of what has come when a frame of the block has.
    #[inline(always)]
    fn sum(&self, frame: usize) -> Frame {
        let pairs = self.weights.len();
        let (before, after) = self.frames[frame..frame + 2 * pairs].split_at(pairs);
        let mut sum = [0.0; SIDE_BY_SIDE];
        for ((weight, before), after) in self.weights.iter().zip(before.iter().rev()).zip(after) {
            for lane in 0..SIDE_BY_SIDE {
                sum[lane] += weight * (before[lane] + after[lane]);
            }
        }
        sum
    }

    /// Ends a block.
    fn shift(&mut self) {
        let block = self.block().len();
        self.frames.copy_within(block.., 0);
    }
}

impl Doubler {
    /// A doubler of blocks of so many frames. `beta` is that of Kaiser's window.
    #[must_use]
    pub fn new(pairs: usize, beta: f64, block: usize) -> Self {
        Self { arms: Arms::new(pairs, beta, block) }
    }

    /// Makes twice as many frames of a block.
    #[inline(always)]
    pub fn process(&mut self, input: &[Frame], output: &mut [Frame]) {
        self.arms.block().copy_from_slice(input);
        let pairs = self.arms.weights.len();
        for (frame, pair) in output.as_chunks_mut::<2>().0.iter_mut().enumerate() {
            pair[0] = self.arms.sum(frame).map(|sum| 2.0 * sum);
            pair[1] = self.arms.frames[frame + pairs];
        }
        self.arms.shift();
    }
}

impl Halver {
    /// A halver that makes blocks of so many frames; `early` by one of the frames that enter.
    #[must_use]
    pub fn new(pairs: usize, beta: f64, block: usize, early: bool) -> Self {
        let delay = if early { pairs - 1 } else { pairs };
        let centre = vec![[0.0; SIDE_BY_SIDE]; delay + block];
        Self { arms: Arms::new(pairs, beta, block), centre, even: early }
    }

    /// Makes half as many frames of a block.
    #[inline(always)]
    pub fn process(&mut self, input: &[Frame], output: &mut [Frame]) {
        let block = output.len();
        let past = self.centre.len() - block;
        let (centre, arms) = if self.even { (0, 1) } else { (1, 0) };
        let rows = self.arms.block().iter_mut().zip(&mut self.centre[past..]);
        for ((row, delayed), pair) in rows.zip(input.as_chunks::<2>().0) {
            (*row, *delayed) = (pair[arms], pair[centre]);
        }
        for (frame, output) in output.iter_mut().enumerate() {
            let (sum, middle) = (self.arms.sum(frame), &self.centre[frame]);
            *output = std::array::from_fn(|lane| sum[lane] + 0.5 * middle[lane]);
        }
        self.arms.shift();
        self.centre.copy_within(block.., 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIRS: usize = 16;
    const BETA: f64 = 8.0;

    fn tone(cycles: f64, frame: f64) -> f32 {
        libm::sin(2.0 * PI * cycles * frame) as f32
    }

    /// The window leaves -80 dB of images, as an amplitude 1e-4, and as much of ripple.
    #[test]
    fn doubled_and_halved_a_tone_is_only_late() {
        for early in [false, true] {
            let mut doubler = Doubler::new(PAIRS, BETA, 64);
            let mut halver = Halver::new(PAIRS, BETA, 64, early);
            let (mut double, mut single) = ([[0.0; SIDE_BY_SIDE]; 128], [[0.0; SIDE_BY_SIDE]; 64]);
            let late = (2 * PAIRS - 1) as f64;
            for block in 0..8 {
                let at = |frame: usize| (block * 64 + frame) as f64;
                let input: Vec<Frame> =
                    (0..64).map(|frame| [tone(0.15, at(frame)); SIDE_BY_SIDE]).collect();
                doubler.process(&input, &mut double);
                halver.process(&double, &mut single);
                if block < 2 {
                    continue;
                }
                for (frame, value) in double.iter().enumerate() {
                    let exact = tone(0.075, 2.0 * at(0) + frame as f64 - late);
                    assert!((value[3] - exact).abs() < 2e-4, "double, frame {frame}");
                }
                for (frame, value) in single.iter().enumerate() {
                    let both = if early { 2.0 * late - 1.0 } else { 2.0 * late };
                    let exact = tone(0.15, at(frame) - both / 2.0);
                    assert!((value[3] - exact).abs() < 4e-4, "single, frame {frame}");
                }
            }
        }
    }
}
