//! What lies so close to half the sample rate that no short filter reads it between the samples.
//!
//! Such a tone beats with its image: for a while its summits lie at the samples, then midway between
//! them, where the interpolation misses them. Its amplitude shows at the samples at least once in a
//! beat, so the highest of a while bounds what may be missed.

use std::f64::consts::PI;

use super::{BLOCK, BLOCKS, FRAMES, HELD_BLOCKS, LATENCY, Past, Row, stages};
use crate::block::SIDE_BY_SIDE;
use crate::dsp::kaiser::{kaiser, sinc};

/// Pairs of samples around one that the high-pass weighs.
const PAIRS: usize = 32;

/// Where the high-pass is halfway up, as a part of the sample rate, and its side lobes of -45 dB:
/// below 0.46 of the rate nothing passes that counts, at 0.495 almost all does.
const CORNER: f64 = 0.48;
const BETA: f64 = 4.0;

/// The highs vary slowly next to half the rate: it does to look at every fourth sample.
const STEP: usize = 4;

/// The part of the samples around that is not taken for highs: the side lobes, and clicks, which
/// have some of everything and are read well.
const IGNORED: f32 = 0.03;

/// By how much what remains may miss the amplitude, as sums of tones peak where no sample is.
const MARGIN: f32 = 1.2;

/// The blocks that are held for the blocks of a quantum.
const READINGS: usize = HELD_BLOCKS - 1 + BLOCKS;

/// The high-pass and what it read lately.
pub struct Highs {
    /// Half of the symmetric filter, the sample itself first.
    taps: [f32; PAIRS + 1],
    /// The readings of the last blocks, where they have been asked for.
    readings: [Row; READINGS],
    is_read: [bool; READINGS],
    /// The most that may be missed of samples up to 1.
    pub reach: f32,
}

impl Highs {
    pub fn new() -> Self {
        let taps = taps();
        let magnitudes: f32 = taps[1..].iter().map(|tap| tap.abs()).sum();
        Self {
            taps,
            readings: [[0.0; SIDE_BY_SIDE]; READINGS],
            is_read: [true; READINGS],
            // With room for what rounding adds.
            reach: 1.001 * MARGIN * (taps[0].abs() + 2.0 * magnitudes),
        }
    }

    /// Moves on by a quantum.
    #[inline(always)]
    pub fn go_on(&mut self) {
        self.readings.copy_within(BLOCKS.., 0);
        self.is_read.copy_within(BLOCKS.., 0);
        self.is_read[READINGS - BLOCKS..].fill(false);
    }

    /// What may be missed in a block of the quantum that is read.
    #[inline(always)]
    pub fn missed(&mut self, block: usize, past: &Past) -> Row {
        let mut missed = [0.0; SIDE_BY_SIDE];
        for number in block..block + HELD_BLOCKS {
            if !self.is_read[number] {
                self.is_read[number] = true;
                self.readings[number] = self.reading(number, past);
            }
            missed = stages::higher(&missed, &self.readings[number]);
        }
        missed
    }

    /// Reads the highs of a block, one ahead of what is interpolated.
    #[inline(always)]
    fn reading(&self, number: usize, past: &Past) -> Row {
        let first = LATENCY + BLOCK * (number + 1);
        let around = &past.peaks[(first - PAIRS) / BLOCK..][..(2 * PAIRS + BLOCK) / BLOCK];
        let mut loudest = [0.0; SIDE_BY_SIDE];
        for peaks in around {
            loudest = stages::higher(&loudest, peaks);
        }
        let highs = self.highs(past.frames(), [first, first + STEP]);
        let mut reading = [0.0; SIDE_BY_SIDE];
        for lane in 0..SIDE_BY_SIDE {
            let high =
                if highs[1][lane] > highs[0][lane] { highs[1][lane] } else { highs[0][lane] };
            let left = high - IGNORED * loudest[lane];
            reading[lane] = MARGIN * if left > 0.0 { left } else { 0.0 };
        }
        reading
    }

    /// The highs at two samples, their magnitudes.
    #[inline(always)]
    fn highs(&self, frames: &[Row; FRAMES], at: [usize; 2]) -> [Row; 2] {
        let windows = at.map(|at| &frames[at - PAIRS..=at + PAIRS]);
        let mut sums = [[0.0; SIDE_BY_SIDE]; 2];
        for (sum, window) in sums.iter_mut().zip(windows) {
            for lane in 0..SIDE_BY_SIDE {
                sum[lane] = self.taps[0] * window[PAIRS][lane];
            }
        }
        for (pair, tap) in self.taps.iter().enumerate().skip(1) {
            for (sum, window) in sums.iter_mut().zip(windows) {
                let (before, behind) = (&window[PAIRS - pair], &window[PAIRS + pair]);
                for lane in 0..SIDE_BY_SIDE {
                    sum[lane] += tap * (before[lane] + behind[lane]);
                }
            }
        }
        sums.map(|sum| sum.map(f32::abs))
    }
}

/// A low-pass, moved to half the rate.
fn taps() -> [f32; PAIRS + 1] {
    let width = 1.0 - 2.0 * CORNER;
    let low = |distance: usize| {
        let distance = distance as f64;
        sinc(width * distance) * kaiser(distance / (PAIRS + 1) as f64, BETA)
    };
    let sum: f64 = low(0) + 2.0 * (1..=PAIRS).map(low).sum::<f64>();
    std::array::from_fn(|tap| (libm::cos(PI * tap as f64) * low(tap) / sum) as f32)
}
