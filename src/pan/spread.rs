//! Sources of some size: the polar extent of ITU-R BS.2127 (7.3.8.2).
//!
//! Points spread evenly over the sphere are panned once. A source is the sum of those within its
//! shape, which fades out over its outermost 10 degrees.

use std::ops::Range;

use super::GainRow;
use super::extent::Extent;
use super::mirror::{Mirror, to_left};
use super::place::Place;
use crate::layout::MAX_CHANNELS;
use crate::space::{Vector, sin_cos_deg, unit_vector};

/// Rows of points from pole to pole: one every 5 degrees.
const ROWS: u32 = 37;

/// Smaller sources are part point, part this large, in degrees.
const FULL_SPREAD_DEG: f64 = 10.0;

/// The size of a source, as seen by the listener.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// From its left to its right edge in degrees, 0 to 360.
    pub width_deg: f64,
    /// From its lower to its upper edge in degrees, 0 to 360.
    pub height_deg: f64,
}

impl Spread {
    /// Whether the source is a point.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.width_deg <= 0.0 && self.height_deg <= 0.0
    }
}

/// The gains of points all over the sphere.
#[derive(Clone, Debug)]
pub struct SpreadTable {
    rows: Vec<Row>,
    points: Vec<Vector>,
    /// Where the gains of each point begin, and where the last end.
    starts: Vec<u32>,
    /// Seats and their gains. A seat is a channel in the order of the places, which no order of the
    /// channels can change.
    gains: Vec<(u16, f64)>,
    /// Channels in their order, each with its seat; then in the mirror.
    seats: [Vec<(u16, u16)>; 2],
}

/// Points of one elevation.
#[derive(Clone, Debug)]
struct Row {
    /// The sine and cosine of their elevation.
    elevation: (f64, f64),
    /// Which of all points they are.
    points: Range<usize>,
}

impl SpreadTable {
    /// The table of a panner for points.
    pub fn new(
        solve: impl Fn(&Vector, &mut GainRow),
        places: &[Place],
        mirror: Option<&Mirror>,
    ) -> Self {
        let channels: Vec<usize> = places.iter().flat_map(|place| place.channels.clone()).collect();
        let mirrored = mirror.map_or_else(|| channels.clone(), |mirror| mirror.channels.concat());
        let (rows, points) = even_points();
        let (mut starts, mut gains) = (vec![0], Vec::new());
        let mut row = GainRow::new();
        for point in &points {
            solve(point, &mut row);
            for (seat, channel) in channels.iter().enumerate() {
                let gain = row.gain(*channel);
                gains.extend((gain != 0.0).then_some((seat as u16, gain)));
            }
            starts.push(gains.len() as u32);
        }
        Self { rows, points, starts, gains, seats: [seats(&channels), seats(&mirrored)] }
    }

    /// Turns the gains of a point in a direction into those of a source of some size there.
    pub fn solve(
        &self,
        mirror: Option<&Mirror>,
        direction: &Vector,
        spread: &Spread,
        row: &mut GainRow,
    ) {
        let (left, mirrored) = to_left(mirror, direction);
        let sums = self.sums(&Extent::new(&left, spread));
        let count = self.seats[0].len();
        let energy: f64 = sums[..count].iter().map(|sum| sum * sum).sum();
        let size = spread.width_deg.max(spread.height_deg);
        let share = (size / FULL_SPREAD_DEG).min(1.0);
        let point = row.clone();
        let mut points = point.iter().peekable();
        row.clear();
        for &(channel, seat) in &self.seats[usize::from(mirrored)] {
            let channel = usize::from(channel);
            let sum = sums[usize::from(seat)];
            let gain = points.next_if(|&(other, _)| other == channel).map_or(0.0, |(_, gain)| gain);
            let power = share * (sum * sum / energy) + (1.0 - share) * (gain * gain);
            row.push(channel, power.sqrt());
        }
        if let (Some(mirror), true) = (mirror, direction.x == 0.0) {
            mirror.balance(row);
        }
    }

    /// For every seat the sum of its gains over the points of a source.
    fn sums(&self, extent: &Extent) -> [f64; MAX_CHANNELS] {
        let mut sums = [0.0; MAX_CHANNELS];
        let within = self.rows.iter().filter(|row| extent.reaches(row.elevation));
        for index in within.flat_map(|row| row.points.clone()) {
            let weight = extent.weight(&self.points[index]);
            if weight > 0.0 {
                let gains = self.starts[index] as usize..self.starts[index + 1] as usize;
                for &(seat, gain) in &self.gains[gains] {
                    sums[usize::from(seat)] += weight * gain;
                }
            }
        }
        sums
    }
}

fn seats(channels: &[usize]) -> Vec<(u16, u16)> {
    let mut seats: Vec<_> =
        channels.iter().enumerate().map(|(seat, &channel)| (channel as u16, seat as u16)).collect();
    seats.sort_unstable();
    seats
}

/// Points spread evenly over the sphere: in every row as many as fit at the distance of the rows.
fn even_points() -> (Vec<Row>, Vec<Vector>) {
    let (mut rows, mut points) = (Vec::new(), Vec::new());
    for row in 0..ROWS {
        let elevation_deg = f64::from(row) * 180.0 / f64::from(ROWS - 1) - 90.0;
        let elevation = sin_cos_deg(elevation_deg);
        let count = (elevation.1 * 2.0 * f64::from(ROWS - 1)).round_ties_even().max(1.0) as u32;
        let azimuth_deg = |index| 360.0 * f64::from(index) / f64::from(count);
        let first = points.len();
        points.extend((0..count).map(|index| unit_vector(azimuth_deg(index), elevation_deg)));
        rows.push(Row { elevation, points: first..points.len() });
    }
    (rows, points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_point_of_a_row_that_is_passed_over_belongs_to_the_source() {
        let (rows, points) = even_points();
        let mut passed_over = 0;
        for step in 0..2000_u32 {
            let [azimuth, elevation, width, height] =
                [7.3, 3.7, 1.9, 2.9].map(|it| f64::from(step) * it);
            let direction = unit_vector(azimuth, elevation % 180.0 - 90.0);
            let spread = Spread { width_deg: width % 360.0, height_deg: height % 200.0 };
            let extent = Extent::new(&direction, &spread);
            for row in rows.iter().filter(|row| !extent.reaches(row.elevation)) {
                passed_over += 1;
                let weights = points[row.points.clone()].iter().map(|it| extent.weight(it));
                assert!(weights.into_iter().all(|weight| weight == 0.0), "step {step}: {row:?}");
            }
        }
        assert!(passed_over > 10_000, "only {passed_over} rows were");
    }
}
