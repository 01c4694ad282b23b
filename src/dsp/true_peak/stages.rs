//! The two stages of interpolation and the summit between points, on all lanes at once.

use super::filters::OVERSHOOT;
use super::{BLOCK, FINE_TAPS, FRAMES, PAIRS, Row};
use crate::block::SIDE_BY_SIDE;

/// The samples of a block.
const FLOATS: usize = BLOCK * SIDE_BY_SIDE;

/// The samples that the points midway between those of a block weigh.
const WINDOW: usize = (BLOCK + 2 * PAIRS - 1) * SIDE_BY_SIDE;

/// The points midway between each frame of a block and the next.
#[inline(always)]
pub fn midway(frames: &[Row; FRAMES], first: usize, taps: &[f32; PAIRS]) -> [Row; BLOCK] {
    let window = &frames[first + 1 - PAIRS..first + BLOCK + PAIRS];
    let window: &[f32; WINDOW] = window.as_flattened().try_into().expect("as many as cut out");
    let mut sums = [0.0; FLOATS];
    for (pair, tap) in taps.iter().enumerate() {
        let before = cut(window, PAIRS - 1 - pair);
        let behind = cut(window, PAIRS + pair);
        for index in 0..FLOATS {
            sums[index] += tap * (before[index] + behind[index]);
        }
    }
    let rows = sums.as_chunks::<SIDE_BY_SIDE>().0;
    rows.try_into().expect("as many as there are frames")
}

/// Points of eight times the rate that come after one of twice the rate, and that one itself.
type Points = [Row; 4];

/// The peaks of a block from its points of twice the rate, four more before and four behind;
/// with what may be missed on top; whether any is above the floor.
#[inline(always)]
pub fn read(
    points: &[Row; 2 * BLOCK + FINE_TAPS],
    taps: &[[f32; FINE_TAPS]; 3],
    missed: &Row,
    floor: &Row,
    peaks: &mut [Row; BLOCK],
) -> bool {
    let mut last = finer(points, 0, taps)[3];
    let mut highest = [0.0; SIDE_BY_SIDE];
    for (frame, peaks) in peaks.iter_mut().enumerate() {
        let mut peak = [0.0; SIDE_BY_SIDE];
        for half in [2 * frame + 1, 2 * frame + 2] {
            let [at, quarter, middle, three_quarters] = finer(points, half, taps);
            let next = &points[half + FINE_TAPS / 2];
            raise(&mut peak, &last, &at, &quarter);
            raise(&mut peak, &at, &quarter, &middle);
            raise(&mut peak, &quarter, &middle, &three_quarters);
            raise(&mut peak, &middle, &three_quarters, next);
            last = three_quarters;
        }
        for lane in 0..SIDE_BY_SIDE {
            let most = peak[lane] + missed[lane];
            peaks[lane] = if most > floor[lane] { most } else { 0.0 };
            highest[lane] = f32::max(highest[lane], peaks[lane]);
        }
    }
    any_above(&highest, &[0.0; SIDE_BY_SIDE])
}

/// The points from `points[index + 3]` up to the next.
#[inline(always)]
fn finer(points: &[Row], index: usize, taps: &[[f32; FINE_TAPS]; 3]) -> Points {
    let mut sums = [points[index + FINE_TAPS / 2 - 1], [0.0; 8], [0.0; 8], [0.0; 8]];
    for (tap, point) in points[index..index + FINE_TAPS].iter().enumerate() {
        for (sum, taps) in sums[1..].iter_mut().zip(taps) {
            for lane in 0..SIDE_BY_SIDE {
                sum[lane] += taps[tap] * point[lane];
            }
        }
    }
    sums
}

/// Raises a peak to the height of a point or, where it is a summit, of the parabola through it and
/// its neighbours.
#[inline(always)]
fn raise(peak: &mut Row, before: &Row, point: &Row, behind: &Row) {
    for lane in 0..SIDE_BY_SIDE {
        let height = point[lane].abs();
        let slope = before[lane] - behind[lane];
        let bend = (2.0 * point[lane] - before[lane] - behind[lane]).abs();
        let is_summit = height >= before[lane].abs().max(behind[lane].abs());
        let above = slope * slope / (8.0 * bend).max(f32::MIN_POSITIVE);
        let summit = (height + above).min(height * OVERSHOOT);
        peak[lane] = peak[lane].max(if is_summit { summit } else { height });
    }
}

/// The highest magnitude of every lane.
#[inline(always)]
pub fn highest<const COUNT: usize>(rows: &[Row; COUNT]) -> Row {
    let mut highest = [0.0; SIDE_BY_SIDE];
    for row in rows {
        for lane in 0..SIDE_BY_SIDE {
            highest[lane] = f32::max(highest[lane], row[lane].abs());
        }
    }
    highest
}

/// The higher of two of every lane.
#[inline(always)]
pub fn higher(one: &Row, other: &Row) -> Row {
    let mut higher = *one;
    for lane in 0..SIDE_BY_SIDE {
        higher[lane] = if other[lane] > higher[lane] { other[lane] } else { higher[lane] };
    }
    higher
}

/// Whether any lane is above its floor.
#[inline(always)]
pub fn any_above(row: &Row, floor: &Row) -> bool {
    let mut any = false;
    for lane in 0..SIDE_BY_SIDE {
        any |= row[lane] > floor[lane];
    }
    any
}

/// A block that begins at a frame of a window.
#[inline(always)]
fn cut(window: &[f32; WINDOW], frame: usize) -> &[f32; FLOATS] {
    let floats = &window[frame * SIDE_BY_SIDE..][..FLOATS];
    floats.try_into().expect("as many as cut out")
}
