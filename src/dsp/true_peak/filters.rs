//! The filters that find what lies between samples.

use super::{BLOCK, FINE_TAPS, NEAR, PAIRS, REACH};
use crate::dsp::kaiser::{kaiser, sinc};

/// Side lobes of -50 dB: a tone is read within 0.05 dB up to 0.477 of the sample rate, and beyond
/// that within its beat with its image, which is as high as the tone itself.
const COARSE_BETA: f64 = 4.55;

/// The second stage only has to part what lies below a quarter of its rate from what lies above
/// three quarters: -70 dB.
const FINE_BETA: f64 = 6.7;

/// A parabola adds at most what a tone at half the sample rate has between points an eighth apart,
/// 1 / cos(pi / 16); rounding adds less than the rest.
pub const OVERSHOOT: f32 = 1.0197;

/// Twice the rate first, eight times the rate from there.
pub struct Filters {
    /// Half of the symmetric filter for the point midway between two samples, nearest first.
    pub coarse: [f32; PAIRS],
    /// The filters for a quarter, a half and three quarters of the way between two points of twice
    /// the rate, oldest first.
    pub fine: [[f32; FINE_TAPS]; 3],
    /// The most that a block can read from a peak of 1 in each of the blocks around it.
    pub reach: [f32; REACH],
    /// The most that a block can read from peaks of 1 in all of them.
    pub whole_reach: f32,
    /// The most that the samples that are not near add to a point of twice the rate.
    pub far_reach: f32,
    /// The most that the second stage can read from points of twice the rate up to 1.
    pub fine_reach: f32,
}

impl Filters {
    pub fn new() -> Self {
        let coarse = coarse();
        let fine = [0.25, 0.5, 0.75].map(fine);
        let magnitude = |row: &[f64; FINE_TAPS]| row.iter().map(|tap| tap.abs()).sum::<f64>();
        let fine_reach = fine.iter().map(magnitude).fold(1.0, f64::max);
        let reach = reach(&coarse, &fine);
        let far_reach = 2.0 * coarse[NEAR..].iter().map(|tap| tap.abs()).sum::<f64>();
        Self {
            coarse: coarse.map(|tap| tap as f32),
            fine: fine.map(|row| row.map(|tap| tap as f32)),
            // Both with room for what rounding adds.
            whole_reach: 1.001 * reach.iter().sum::<f32>(),
            far_reach: 1e-4 + 1.001 * far_reach as f32,
            reach,
            fine_reach: fine_reach as f32 * OVERSHOOT,
        }
    }
}

fn coarse() -> [f64; PAIRS] {
    let tap = |pair: usize| {
        let distance = pair as f64 + 0.5;
        sinc(distance) * kaiser(distance / PAIRS as f64, COARSE_BETA)
    };
    let taps: [f64; PAIRS] = std::array::from_fn(tap);
    let sum: f64 = 2.0 * taps.iter().sum::<f64>();
    taps.map(|tap| tap / sum)
}

fn fine(fraction: f64) -> [f64; FINE_TAPS] {
    let half = (FINE_TAPS / 2) as f64;
    let tap = |tap: usize| {
        let distance = tap as f64 - (half - 1.0) - fraction;
        sinc(distance) * kaiser(distance / half, FINE_BETA)
    };
    let taps: [f64; FINE_TAPS] = std::array::from_fn(tap);
    let sum: f64 = taps.iter().sum();
    taps.map(|tap| tap / sum)
}

/// For every block around one, the most that any point of the middle one takes from it.
fn reach(coarse: &[f64; PAIRS], fine: &[[f64; FINE_TAPS]; 3]) -> [f32; REACH] {
    let mut most = [0.0; REACH];
    for point in 0..2 * BLOCK {
        let mut itself = [0.0; FINE_TAPS];
        itself[FINE_TAPS / 2 - 1] = 1.0;
        for row in fine.iter().chain([&itself]) {
            let taken = taken(point, row, coarse);
            for (most, taken) in most.iter_mut().zip(taken) {
                *most = f64::max(*most, taken);
            }
        }
    }
    most.map(|share| share as f32 * OVERSHOOT)
}

/// What a filter of the second stage between two points of twice the rate takes from each block.
fn taken(point: usize, row: &[f64; FINE_TAPS], coarse: &[f64; PAIRS]) -> [f64; REACH] {
    const MIDDLE: usize = REACH / 2 * BLOCK;
    let mut samples = [0.0; REACH * BLOCK];
    for (tap, weight) in row.iter().enumerate() {
        let doubled = 2 * MIDDLE + point + tap + 1 - FINE_TAPS / 2;
        let sample = doubled / 2;
        if doubled.is_multiple_of(2) {
            samples[sample] += weight;
            continue;
        }
        for (pair, tap) in coarse.iter().enumerate() {
            samples[sample - pair] += weight * tap;
            samples[sample + 1 + pair] += weight * tap;
        }
    }
    let mut blocks = samples.chunks_exact(BLOCK);
    std::array::from_fn(|_| blocks.next().unwrap_or(&[]).iter().map(|it| it.abs()).sum())
}
