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
//! peaks of the samples around it, so most blocks are never looked into. Those that are come under
//! closer and closer bounds: by the nearest samples alone, by all of them, by the points between
//! without their summits. What lies above half the sample rate is read when it is asked about, for as
//! long as it is. Nothing else changes, not by a bit.

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

/// Those of them that are weighed first, to see whether the others matter.
const NEAR: usize = 8;

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

/// Blocks over which highs are held: a beat at 0.495 of the rate is 100 frames long.
const HELD_BLOCKS: usize = 14;

/// Frames before the quantum that are kept: what its peaks weigh, and what the highs that are still
/// held were.
const KEPT: usize = 2 * LATENCY + (HELD_BLOCKS - 1) * BLOCK;

/// All frames at hand.
const FRAMES: usize = KEPT + QUANTUM;

/// Room for the frames at hand to move on in, before they are taken back to its begin.
const ROOM: usize = FRAMES + 3 * QUANTUM;

/// The first frame that has points of twice the rate: a block before the first that is read.
const FIRST_DOUBLED: usize = KEPT - LATENCY - BLOCK;

/// Blocks of frames with points of twice the rate: those that are read and one to either side.
const DOUBLED_BLOCKS: usize = BLOCKS + 2;

/// The true peaks of eight lanes, frame by frame.
pub struct TruePeak {
    arch: Arch,
    filters: Filters,
    highs: Highs,
    past: Past,
    /// Points of twice the rate, block by block, where they have been asked for.
    doubled: Box<Lined<{ 2 * BLOCK * DOUBLED_BLOCKS }>>,
    /// How many of the pairs of samples around them they weigh so far.
    pairs: [usize; DOUBLED_BLOCKS],
}

/// Rows that begin with a line of the processor's cache: windows that slide over them lie across as
/// few lines as can be.
#[repr(align(64))]
struct Lined<const ROWS: usize>([Row; ROWS]);

/// What was heard lately.
struct Past {
    /// The frames at hand, oldest first, from `begin` on.
    room: Box<Lined<ROOM>>,
    begin: usize,
    /// The sample peak of each of their blocks.
    peaks: [Row; FRAMES / BLOCK],
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
            past: Past {
                room: Box::new(Lined([[0.0; SIDE_BY_SIDE]; ROOM])),
                begin: 0,
                peaks: [[0.0; SIDE_BY_SIDE]; FRAMES / BLOCK],
            },
            doubled: Box::new(Lined([[0.0; SIDE_BY_SIDE]; 2 * BLOCK * DOUBLED_BLOCKS])),
            pairs: [0; DOUBLED_BLOCKS],
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
        let loudest = stages::highest(&self.past.peaks);
        // The most that may be missed, and the most that may be read, of what was heard lately.
        let (mut missed, mut most) = (loudest, loudest);
        for lane in 0..SIDE_BY_SIDE {
            missed[lane] *= self.highs.reach;
            most[lane] = most[lane] * self.filters.whole_reach + missed[lane];
        }
        if !stages::any_above(&most, floor) {
            peaks.fill([0.0; SIDE_BY_SIDE]);
            return false;
        }
        let mut any = false;
        for (block, peaks) in peaks.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
            let found = self.may_exceed(block, &missed, floor)
                && self.look_into(block, &loudest, floor, peaks);
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
        self.past.take(lanes);
        self.highs.go_on();
        self.doubled.0.copy_within(2 * QUANTUM.., 0);
        self.pairs.copy_within(BLOCKS.., 0);
        self.pairs[DOUBLED_BLOCKS - BLOCKS..].fill(0);
    }

    /// Whether the samples around a block are high enough for it to rise above the floor.
    #[inline(always)]
    fn may_exceed(&self, block: usize, missed: &Row, floor: &Row) -> bool {
        let mut most = *missed;
        let peaks = &self.past.peaks[HELD_BLOCKS - 1 + block..];
        for (peaks, share) in peaks.iter().zip(&self.filters.reach) {
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
        loudest: &Row,
        floor: &Row,
        peaks: &mut [Row; BLOCK],
    ) -> bool {
        let missed = self.highs.missed(block, &self.past);
        if !self.may_exceed(block, &missed, floor) {
            return false;
        }
        self.double(block, NEAR);
        let mut most = stages::highest(self.points(block));
        for lane in 0..SIDE_BY_SIDE {
            let far = loudest[lane] * self.filters.far_reach;
            most[lane] = (most[lane] + far) * self.filters.fine_reach + missed[lane];
        }
        if !stages::any_above(&most, floor) {
            return false;
        }
        self.double(block, PAIRS);
        let points = self.points(block);
        let mut most = stages::highest(points);
        for lane in 0..SIDE_BY_SIDE {
            most[lane] = most[lane] * self.filters.fine_reach + missed[lane];
        }
        stages::any_above(&most, floor)
            && stages::read(points, &self.filters.fine, &missed, floor, peaks)
    }

    /// The points of twice the rate of a block, four before the first and four behind the last.
    #[inline(always)]
    fn points(&self, block: usize) -> &[Row; 2 * BLOCK + FINE_TAPS] {
        let begin = 2 * BLOCK * (block + 1) - FINE_TAPS / 2;
        let points = &self.doubled.0[begin..begin + 2 * BLOCK + FINE_TAPS];
        points.try_into().expect("as many as cut out")
    }

    /// Makes the points of twice the rate of a block and of both beside it from so many pairs of
    /// samples, unless they are there.
    #[inline(always)]
    fn double(&mut self, block: usize, pairs: usize) {
        for block in block..block + 3 {
            while self.pairs[block] < pairs {
                self.weigh_more(block);
            }
        }
    }

    /// Weighs more pairs of samples for the points of twice the rate of a block: the near ones or,
    /// where that is done, the others.
    #[inline(always)]
    fn weigh_more(&mut self, block: usize) {
        let frames = self.past.frames();
        let first = FIRST_DOUBLED + block * BLOCK;
        let doubled = self.doubled.0[2 * BLOCK * block..].as_chunks_mut::<2>().0;
        // As many as are known only here: the compiler is to leave the loop over them a loop.
        let from = self.pairs[block];
        let to = NEAR + from / NEAR * (PAIRS - NEAR);
        self.pairs[block] = to;
        let mut midway = [[0.0; SIDE_BY_SIDE]; BLOCK];
        if from > 0 {
            midway.iter_mut().zip(&*doubled).for_each(|(midway, pair)| *midway = pair[1]);
        }
        let taps = &self.filters.coarse[from..to];
        stages::weigh(frames, first, taps, from, &mut midway);
        for (frame, (pair, midway)) in doubled.iter_mut().zip(midway).enumerate() {
            *pair = [frames[first + frame], midway];
        }
    }
}

impl Past {
    /// The frames at hand, oldest first.
    #[inline(always)]
    fn frames(&self) -> &[Row; FRAMES] {
        let frames = &self.room.0[self.begin..self.begin + FRAMES];
        frames.try_into().expect("as many as cut out")
    }

    /// Moves on by a quantum.
    #[inline(always)]
    fn take(&mut self, lanes: &Bundle) {
        self.begin += QUANTUM;
        if self.begin + FRAMES > ROOM {
            self.room.0.copy_within(self.begin..self.begin + KEPT, 0);
            self.begin = 0;
        }
        self.room.0[self.begin + KEPT..self.begin + FRAMES].copy_from_slice(lanes);
        self.peaks.copy_within(BLOCKS.., 0);
        let newest = &mut self.peaks[KEPT / BLOCK..];
        for (peak, block) in newest.iter_mut().zip(lanes.as_chunks::<BLOCK>().0) {
            *peak = stages::highest(block);
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
