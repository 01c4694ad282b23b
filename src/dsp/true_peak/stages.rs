//! The two stages of interpolation and the summit between points, on all lanes at once.

use super::filters::OVERSHOOT;
use super::{BLOCK, FINE_TAPS, FRAMES, Row};
use crate::block::SIDE_BY_SIDE;

/// The samples of a block.
const FLOATS: usize = BLOCK * SIDE_BY_SIDE;

/// Points of eight times the rate between two of twice the rate, for all pairs of a block.
type Between = [[Row; 3]; 2 * BLOCK];

/// Adds to the points midway between each frame of a block and the next what so many pairs of the
/// samples around them have a share of, from the given one on, nearest first.
#[inline(always)]
pub fn weigh(
    frames: &[Row; FRAMES],
    first: usize,
    taps: &[f32],
    from: usize,
    midway: &mut [Row; BLOCK],
) {
    let mut sums = [0.0; FLOATS];
    sums.copy_from_slice(midway.as_flattened());
    for (pair, tap) in taps.iter().enumerate() {
        let pair = from + pair;
        let before = cut(&frames[first - pair..first - pair + BLOCK]);
        let behind = cut(&frames[first + 1 + pair..first + 1 + pair + BLOCK]);
        for index in 0..FLOATS {
            sums[index] += tap * (before[index] + behind[index]);
        }
    }
    midway.as_flattened_mut().copy_from_slice(&sums);
}

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
    let between = between(points, taps);
    let before = last_before(points, &taps[2]);
    let mut any = false;
    for (frame, peaks) in peaks.iter_mut().enumerate() {
        *peaks = [0.0; SIDE_BY_SIDE];
        if !may_rise(points, &between, frame, missed, floor) {
            continue;
        }
        let mut peak = [0.0; SIDE_BY_SIDE];
        for half in [2 * frame, 2 * frame + 1] {
            let last = if half > 0 { &between[half - 1][2] } else { &before };
            let (at, next) = (&points[half + FINE_TAPS / 2], &points[half + 1 + FINE_TAPS / 2]);
            let [quarter, middle, three_quarters] = &between[half];
            raise(&mut peak, last, at, quarter);
            raise(&mut peak, at, quarter, middle);
            raise(&mut peak, quarter, middle, three_quarters);
            raise(&mut peak, middle, three_quarters, next);
        }
        for lane in 0..SIDE_BY_SIDE {
            let most = peak[lane] + missed[lane];
            let above = most > floor[lane];
            peaks[lane] = if above { most } else { 0.0 };
            any |= above;
        }
    }
    any
}

/// The points of eight times the rate after each one of twice the rate.
#[inline(always)]
fn between(points: &[Row; 2 * BLOCK + FINE_TAPS], taps: &[[f32; FINE_TAPS]; 3]) -> Between {
    let mut between = [[[0.0; SIDE_BY_SIDE]; 3]; 2 * BLOCK];
    for (half, between) in between.iter_mut().enumerate() {
        let mut sums = [[0.0; SIDE_BY_SIDE]; 3];
        for (tap, point) in points[half + 1..half + 1 + FINE_TAPS].iter().enumerate() {
            for (sum, taps) in sums.iter_mut().zip(taps) {
                for lane in 0..SIDE_BY_SIDE {
                    sum[lane] += taps[tap] * point[lane];
                }
            }
        }
        *between = sums;
    }
    between
}

/// The last point before a block.
#[inline(always)]
fn last_before(points: &[Row; 2 * BLOCK + FINE_TAPS], taps: &[f32; FINE_TAPS]) -> Row {
    let mut sum = [0.0; SIDE_BY_SIDE];
    for (point, tap) in points.iter().zip(taps) {
        for lane in 0..SIDE_BY_SIDE {
            sum[lane] += tap * point[lane];
        }
    }
    sum
}

/// Whether the summits by the points of a frame may lie above the floor.
#[inline(always)]
fn may_rise(
    points: &[Row; 2 * BLOCK + FINE_TAPS],
    between: &Between,
    frame: usize,
    missed: &Row,
    floor: &Row,
) -> bool {
    let mut most = [0.0; SIDE_BY_SIDE];
    for half in [2 * frame, 2 * frame + 1] {
        let [quarter, middle, three_quarters] = &between[half];
        for row in [&points[half + FINE_TAPS / 2], quarter, middle, three_quarters] {
            for lane in 0..SIDE_BY_SIDE {
                let height = row[lane].abs();
                most[lane] = if height > most[lane] { height } else { most[lane] };
            }
        }
    }
    for lane in 0..SIDE_BY_SIDE {
        most[lane] = most[lane] * OVERSHOOT + missed[lane];
    }
    any_above(&most, floor)
}

/// Raises a peak to the height of a point or, where it is a summit, of the parabola through it and
/// its neighbours.
#[inline(always)]
fn raise(peak: &mut Row, before: &Row, point: &Row, behind: &Row) {
    for lane in 0..SIDE_BY_SIDE {
        let height = point[lane].abs();
        let slope = before[lane] - behind[lane];
        let bend = (2.0 * point[lane] - before[lane] - behind[lane]).abs();
        let is_summit = height >= before[lane].abs() && height >= behind[lane].abs();
        let eightfold = 8.0 * bend;
        let divisor = if eightfold > f32::MIN_POSITIVE { eightfold } else { f32::MIN_POSITIVE };
        let (summit, most) = (height + slope * slope / divisor, height * OVERSHOOT);
        let summit = if summit < most { summit } else { most };
        let reached = if is_summit { summit } else { height };
        peak[lane] = if reached > peak[lane] { reached } else { peak[lane] };
    }
}

/// The highest magnitude of every lane.
#[inline(always)]
pub fn highest<const COUNT: usize>(rows: &[Row; COUNT]) -> Row {
    let mut highest = [0.0; SIDE_BY_SIDE];
    for row in rows {
        for lane in 0..SIDE_BY_SIDE {
            let height = row[lane].abs();
            highest[lane] = if height > highest[lane] { height } else { highest[lane] };
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

/// The samples of as many rows as there are frames in a block.
#[inline(always)]
fn cut(rows: &[Row]) -> &[f32; FLOATS] {
    rows.as_flattened().try_into().expect("as many as cut out")
}
