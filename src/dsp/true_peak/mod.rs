//! True peaks: how high a signal rises between its samples.
//!
//! Points of eight times the rate come from two filters, one for twice the rate that is as steep as
//! it takes to be right up to 0.477 of the sample rate, and a short one from there; a parabola
//! through three points gives the summit between them. ITU-R BS.1770-5 Annex 2 asks for less (four
//! times the rate, 48 taps), which reads tones near half the sample rate up to 0.7 dB too low.
//! What lies above that is never read too low but often too high, by the amplitude of what lies
//! above 0.48 of the rate: a tone of 0.48 by up to 4 dB, one of 0.495 by up to 6.8 dB, white noise
//! by about 1 dB. Content below 0.46 of the rate, and less than 3 % of highs, adds nothing.
//!
//! Most of music is far below what is asked about. How much a block can read is bounded by the
//! peaks of the samples around it, so most blocks are never looked into, and nothing else changes.

mod filters;
mod highs;
mod stages;

use pulp::{Arch, Simd, WithSimd};

use crate::block::{Bundle, QUANTUM, SIDE_BY_SIDE};
use filters::Filters;
use highs::Highs;

/// One frame of all lanes.
type Row = [f32; SIDE_BY_SIDE];

/// Pairs of samples that the point midway between two of them weighs; whole blocks.
const PAIRS: usize = 32;

/// Points of twice the rate that a point of eight times the rate weighs.
const FINE_TAPS: usize = 8;

/// Frames that are looked into together or not at all.
const BLOCK: usize = 8;

/// Blocks in a quantum.
const BLOCKS: usize = QUANTUM / BLOCK;

/// Blocks that those points of a block weigh: itself and as many to either side.
const REACH: usize = 2 * (PAIRS / BLOCK + 1) + 1;

/// By how many frames a peak is known later than the sample it belongs to.
const LATENCY: usize = PAIRS + BLOCK;

/// Frames before the quantum that are kept.
const KEPT: usize = 2 * LATENCY;

/// All frames at hand.
const FRAMES: usize = KEPT + QUANTUM;

/// The first frame that has points of twice the rate: a block before the first that is read.
const FIRST_DOUBLED: usize = KEPT - LATENCY - BLOCK;

/// Blocks of frames with points of twice the rate: those that are read and one to either side.
const DOUBLED_BLOCKS: usize = BLOCKS + 2;

/// The true peaks of eight lanes, frame by frame.
pub struct TruePeak {
    arch: Arch,
    filters: Filters,
    highs: Highs,
    /// The frames at hand, oldest first.
    frames: Box<[Row; FRAMES]>,
    /// The sample peak of each of their blocks.
    sample_peaks: [Row; FRAMES / BLOCK],
    /// Points of twice the rate, block by block, where they have been asked for.
    doubled: Box<[Row; 2 * BLOCK * DOUBLED_BLOCKS]>,
    has_doubled: [bool; DOUBLED_BLOCKS],
}

impl TruePeak {
    /// By how many frames a peak is known later than the sample it belongs to.
    pub const LATENCY: usize = LATENCY;

    /// A detector that has heard nothing but silence.
    #[must_use]
    pub fn new() -> Self {
        Self {
            arch: Arch::new(),
            filters: Filters::new(),
            highs: Highs::new(),
            frames: Box::new([[0.0; SIDE_BY_SIDE]; FRAMES]),
            sample_peaks: [[0.0; SIDE_BY_SIDE]; FRAMES / BLOCK],
            doubled: Box::new([[0.0; SIDE_BY_SIDE]; 2 * BLOCK * DOUBLED_BLOCKS]),
            has_doubled: [false; DOUBLED_BLOCKS],
        }
    }

    /// Hears a quantum and gives the linear true peak of every frame, from the frame itself up to
    /// the next, [`TruePeak::LATENCY`] frames late. What does not rise above the `floor` of its lane
    /// reads 0: the higher the floor, the less there is to do. Whether anything does.
    pub fn process(&mut self, lanes: &Bundle, floor: &Row, peaks: &mut Bundle) -> bool {
        let arch = self.arch;
        arch.dispatch(Detect { detector: self, lanes, floor, peaks })
    }

    #[inline(always)]
    fn detect(&mut self, lanes: &Bundle, floor: &Row, peaks: &mut Bundle) -> bool {
        self.take(lanes);
        let mut any = false;
        for (block, peaks) in peaks.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
            let missed = self.highs.missed(block);
            let found = self.may_exceed(block, &missed, floor)
                && self.look_into(block, &missed, floor, peaks);
            if !found {
                peaks.fill([0.0; SIDE_BY_SIDE]);
            }
            any |= found;
        }
        any
    }

    /// Moves everything on by a quantum.
    #[inline(always)]
    fn take(&mut self, lanes: &Bundle) {
        self.frames.copy_within(QUANTUM.., 0);
        self.frames[KEPT..].copy_from_slice(lanes);
        self.sample_peaks.copy_within(BLOCKS.., 0);
        let newest = &mut self.sample_peaks[KEPT / BLOCK..];
        for (peak, block) in newest.iter_mut().zip(lanes.as_chunks::<BLOCK>().0) {
            *peak = stages::highest(block);
        }
        self.highs.take(&self.frames, &self.sample_peaks);
        self.doubled.copy_within(2 * QUANTUM.., 0);
        self.has_doubled.copy_within(BLOCKS.., 0);
        self.has_doubled[DOUBLED_BLOCKS - BLOCKS..].fill(false);
    }

    /// Whether the samples around a block are high enough for it to rise above the floor.
    #[inline(always)]
    fn may_exceed(&self, block: usize, missed: &Row, floor: &Row) -> bool {
        let mut most = *missed;
        for (peaks, share) in self.sample_peaks[block..].iter().zip(&self.filters.reach) {
            for lane in 0..SIDE_BY_SIDE {
                most[lane] += peaks[lane] * share;
            }
        }
        stages::any_above(&most, floor)
    }

    /// The peaks of a block; whether any is above the floor. If not, they are not to be read.
    #[inline(always)]
    fn look_into(
        &mut self,
        block: usize,
        missed: &Row,
        floor: &Row,
        peaks: &mut [Row; BLOCK],
    ) -> bool {
        for doubled in block..block + 3 {
            self.double(doubled);
        }
        // Its own points, four before the first and four behind the last.
        let begin = 2 * BLOCK * (block + 1) - FINE_TAPS / 2;
        let points = &self.doubled[begin..begin + 2 * BLOCK + FINE_TAPS];
        let points: &[Row; 2 * BLOCK + FINE_TAPS] = points.try_into().expect("as many as cut out");
        let mut most = stages::highest(points);
        for lane in 0..SIDE_BY_SIDE {
            most[lane] = most[lane] * self.filters.fine_reach + missed[lane];
        }
        stages::any_above(&most, floor)
            && stages::read(points, &self.filters.fine, missed, floor, peaks)
    }

    /// Makes the points of twice the rate of a block, unless they are there.
    #[inline(always)]
    fn double(&mut self, block: usize) {
        if self.has_doubled[block] {
            return;
        }
        self.has_doubled[block] = true;
        let first = FIRST_DOUBLED + block * BLOCK;
        let midway = stages::midway(&self.frames, first, &self.filters.coarse);
        let doubled = self.doubled[2 * BLOCK * block..].as_chunks_mut::<2>().0;
        for (frame, (pair, midway)) in doubled.iter_mut().zip(midway).enumerate() {
            *pair = [self.frames[first + frame], midway];
        }
    }
}

impl Default for TruePeak {
    fn default() -> Self {
        Self::new()
    }
}

/// The work of one quantum, compiled once for every kind of processor.
struct Detect<'a> {
    detector: &'a mut TruePeak,
    lanes: &'a Bundle,
    floor: &'a Row,
    peaks: &'a mut Bundle,
}

impl WithSimd for Detect<'_> {
    type Output = bool;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) -> bool {
        self.detector.detect(self.lanes, self.floor, self.peaks)
    }
}
