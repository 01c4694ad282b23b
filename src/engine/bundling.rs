//! Lanes put side by side, and taken apart again.

use pulp::{Arch, Simd, WithSimd};

use crate::block::{Bundle, Quantum, RUN, SIDE_BY_SIDE};

/// Eight lanes one after the other.
pub(super) type Apart = [Quantum; SIDE_BY_SIDE];

/// A square of frames and lanes.
type Square = [[f32; SIDE_BY_SIDE]; SIDE_BY_SIDE];

/// What was found in the lanes of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Whether it is other than silence.
    pub(super) sounds: [bool; SIDE_BY_SIDE],
    /// Whether all of it are numbers.
    pub(super) is_finite: [bool; SIDE_BY_SIDE],
}

/// Puts lanes side by side.
pub(super) fn bundle(arch: Arch, lanes: &[&Quantum; SIDE_BY_SIDE], bundle: &mut Bundle) {
    arch.dispatch(Together { lanes, bundle });
}

/// Takes lanes apart, and tells what is in them.
pub(super) fn unbundle(arch: Arch, bundle: &Bundle, lanes: &mut Apart) -> Found {
    arch.dispatch(TakeApart { lanes, bundle })
}

struct Together<'a> {
    lanes: &'a [&'a Quantum; SIDE_BY_SIDE],
    bundle: &'a mut Bundle,
}

impl WithSimd for Together<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let squares = self.bundle.as_chunks_mut::<SIDE_BY_SIDE>().0;
        for (index, to) in squares.iter_mut().enumerate() {
            let mut square: Square = [[0.0; SIDE_BY_SIDE]; SIDE_BY_SIDE];
            for (row, lane) in square.iter_mut().zip(self.lanes) {
                row.copy_from_slice(&lane[SIDE_BY_SIDE * index..][..SIDE_BY_SIDE]);
            }
            *to = turned(&square);
        }
    }
}

struct TakeApart<'a> {
    lanes: &'a mut Apart,
    bundle: &'a Bundle,
}

impl WithSimd for TakeApart<'_> {
    type Output = Found;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) -> Found {
        // Lane by lane in so many words: of a loop over lanes, or of squares that are turned, the
        // compiler makes three times the work.
        let [first, second, third, fourth, fifth, sixth, seventh, eighth] = self.lanes;
        for (frame, row) in self.bundle.iter().enumerate() {
            first[frame] = row[0];
            second[frame] = row[1];
            third[frame] = row[2];
            fourth[frame] = row[3];
            fifth[frame] = row[4];
            sixth[frame] = row[5];
            seventh[frame] = row[6];
            eighth[frame] = row[7];
        }
        look(self.bundle)
    }
}

/// Tells what is in a bundle from the bits of its samples, which the compiler takes many at once.
#[inline(always)]
fn look(bundle: &Bundle) -> Found {
    const MAGNITUDE: u32 = u32::MAX >> 1;
    const INFINITY: u32 = f32::INFINITY.to_bits();
    let mut highest = [0; RUN];
    for samples in bundle.as_flattened().as_chunks::<RUN>().0 {
        for (highest, sample) in highest.iter_mut().zip(samples) {
            *highest = u32::max(*highest, sample.to_bits() & MAGNITUDE);
        }
    }
    let mut of_lanes = [0; SIDE_BY_SIDE];
    for row in highest.as_chunks::<SIDE_BY_SIDE>().0 {
        for (of_lane, highest) in of_lanes.iter_mut().zip(row) {
            *of_lane = u32::max(*of_lane, *highest);
        }
    }
    Found { sounds: of_lanes.map(|it| it > 0), is_finite: of_lanes.map(|it| it < INFINITY) }
}

/// A square with frames for lanes and lanes for frames: laid into each other like two halves of a
/// pack of cards, three times.
#[inline(always)]
fn turned(square: &Square) -> Square {
    shuffled(&shuffled(&shuffled(square)))
}

#[inline(always)]
fn shuffled(rows: &Square) -> Square {
    const HALF: usize = SIDE_BY_SIDE / 2;
    let mut out = [[0.0; SIDE_BY_SIDE]; SIDE_BY_SIDE];
    for row in 0..HALF {
        let (a, b) = (&rows[row], &rows[row + HALF]);
        out[2 * row] = [a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3]];
        out[2 * row + 1] = [a[4], b[4], a[5], b[5], a[6], b[6], a[7], b[7]];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::QUANTUM;

    #[test]
    fn lanes_come_back_as_they_were() {
        let sample = |lane: usize, frame: usize| (1000 * lane + frame) as f32;
        let mut lanes: Apart = [[0.0; QUANTUM]; SIDE_BY_SIDE];
        for (lane, samples) in lanes.iter_mut().enumerate() {
            samples.iter_mut().enumerate().for_each(|(frame, it)| *it = sample(lane, frame));
        }
        let mut side_by_side: Bundle = [[0.0; SIDE_BY_SIDE]; QUANTUM];
        bundle(Arch::new(), &lanes.each_ref(), &mut side_by_side);
        for (frame, row) in side_by_side.iter().enumerate() {
            assert!(row.iter().enumerate().all(|(lane, it)| *it == sample(lane, frame)));
        }
        let mut apart = [[0.0; QUANTUM]; SIDE_BY_SIDE];
        unbundle(Arch::new(), &side_by_side, &mut apart);
        assert_eq!(apart, lanes);
    }

    #[test]
    fn silence_and_what_is_no_number_are_found() {
        let mut side_by_side: Bundle = [[0.0; SIDE_BY_SIDE]; QUANTUM];
        side_by_side[63][1] = f32::MAX;
        side_by_side[0][2] = f32::NAN;
        side_by_side[5][3] = f32::NEG_INFINITY;
        side_by_side[6][4] = -0.0;
        let mut apart = [[1.0; QUANTUM]; SIDE_BY_SIDE];
        let found = unbundle(Arch::new(), &side_by_side, &mut apart);
        assert_eq!(found.sounds, [false, true, true, true, false, false, false, false]);
        assert_eq!(found.is_finite, [true, true, false, false, true, true, true, true]);
    }
}
