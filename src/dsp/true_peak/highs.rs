//! What lies so close to half the sample rate that no short filter reads it between the samples.
//!
//! Such a tone beats with its image: for a while its summits lie at the samples, then midway between
//! them, where the interpolation misses them. Its amplitude shows at the samples at least once in a
//! beat, so the highest of a while bounds what may be missed.

use std::f64::consts::PI;

use super::{BLOCK, BLOCKS, FRAMES, LATENCY, Row, stages};
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

/// Blocks over which a reading is held: a beat at 0.495 of the rate is 100 frames long.
const HELD_BLOCKS: usize = 14;

/// The part of the samples around that is not taken for highs: the side lobes, and clicks, which
/// have some of everything and are read well.
const IGNORED: f32 = 0.03;

/// By how much what remains may miss the amplitude, as sums of tones peak where no sample is.
const MARGIN: f32 = 1.2;

/// The high-pass and what it read lately.
pub struct Highs {
    /// Half of the symmetric filter, the sample itself first.
    taps: [f32; PAIRS + 1],
    /// The readings of the last blocks.
    readings: [Row; HELD_BLOCKS - 1 + BLOCKS],
}

impl Highs {
    pub fn new() -> Self {
        Self { taps: taps(), readings: [[0.0; SIDE_BY_SIDE]; HELD_BLOCKS - 1 + BLOCKS] }
    }

    /// Reads a quantum, a block ahead of what is interpolated.
    #[inline(always)]
    pub fn take(&mut self, frames: &[Row; FRAMES], sample_peaks: &[Row; FRAMES / BLOCK]) {
        self.readings.copy_within(BLOCKS.., 0);
        for block in 0..BLOCKS {
            let first = LATENCY + BLOCK * (block + 1);
            let around = &sample_peaks[(first - PAIRS) / BLOCK..][..(2 * PAIRS + BLOCK) / BLOCK];
            let mut loudest = [0.0; SIDE_BY_SIDE];
            for peaks in around {
                loudest = stages::higher(&loudest, peaks);
            }
            let mut highs = [0.0; SIDE_BY_SIDE];
            for at in [first, first + STEP] {
                highs = stages::higher(&highs, &self.high(frames, at));
            }
            let reading = &mut self.readings[HELD_BLOCKS - 1 + block];
            for lane in 0..SIDE_BY_SIDE {
                reading[lane] = MARGIN * (highs[lane] - IGNORED * loudest[lane]).max(0.0);
            }
        }
    }

    /// What may be missed in a block of the quantum that is read.
    #[inline(always)]
    pub fn missed(&self, block: usize) -> Row {
        let mut missed = [0.0; SIDE_BY_SIDE];
        for reading in &self.readings[block..block + HELD_BLOCKS] {
            missed = stages::higher(&missed, reading);
        }
        missed
    }

    /// The highs at a sample, their magnitude.
    #[inline(always)]
    fn high(&self, frames: &[Row; FRAMES], at: usize) -> Row {
        let window = &frames[at - PAIRS..=at + PAIRS];
        let mut sum = [0.0; SIDE_BY_SIDE];
        for lane in 0..SIDE_BY_SIDE {
            sum[lane] = self.taps[0] * window[PAIRS][lane];
        }
        for (pair, tap) in self.taps.iter().enumerate().skip(1) {
            let (before, behind) = (&window[PAIRS - pair], &window[PAIRS + pair]);
            for lane in 0..SIDE_BY_SIDE {
                sum[lane] += tap * (before[lane] + behind[lane]);
            }
        }
        for sum in &mut sum {
            *sum = sum.abs();
        }
        sum
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
