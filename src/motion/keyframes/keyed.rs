//! Finding the two points a moment lies between.

use std::fmt::Debug;

use super::curve::Easing;
use super::key::Key;
use crate::motion::sphere;
use crate::motion::trajectory::Course;
use crate::space::Position;

/// The ways between neighbouring points.
pub trait Way: Debug + Send + Sync {
    /// The position after a fraction, above 0 and below 1, of the way from point `index` to the
    /// next.
    fn between(&self, index: usize, fraction: f64, ends: &[Position; 2]) -> Position;

    /// A distance that no way exceeds, given that of the farthest point.
    fn max_distance(&self, of_points: f64) -> f64 {
        of_points
    }

    /// Whether the turns of a point are already part of the way.
    fn turns_by_itself(&self) -> bool {
        false
    }
}

/// Stays at the earlier point.
#[derive(Debug)]
pub struct Hold;

impl Way for Hold {
    fn between(&self, _: usize, _: f64, ends: &[Position; 2]) -> Position {
        ends[0]
    }
}

#[derive(Debug)]
struct Keyed<W> {
    times_s: Vec<f64>,
    positions: Vec<Position>,
    /// Easing and turns (in degrees) of the way to each point.
    manners: Vec<(Easing, f64)>,
    way: W,
}

/// The ways between points, and the points in the order of their times.
pub fn course<W: Way + 'static>(way: W, keys: Vec<Key>) -> Box<dyn Course> {
    let turns_deg = |key: &Key| if way.turns_by_itself() { 0.0 } else { 360.0 * key.turns };
    Box::new(Keyed {
        times_s: keys.iter().map(|key| key.time_s).collect(),
        positions: keys.iter().map(|key| key.spot.position).collect(),
        manners: keys.iter().map(|key| (key.easing, turns_deg(key))).collect(),
        way,
    })
}

impl<W: Way> Course for Keyed<W> {
    fn pass_s(&self) -> f64 {
        self.times_s[self.times_s.len() - 1]
    }

    fn position(&self, time_s: f64) -> Position {
        let next = self.times_s.partition_point(|&key_s| key_s <= time_s);
        if next == 0 || next == self.times_s.len() || self.times_s[next - 1] == time_s {
            return self.positions[next.max(1) - 1];
        }
        let (from_s, to_s) = (self.times_s[next - 1], self.times_s[next]);
        let (easing, turns_deg) = self.manners[next];
        let fraction = easing.apply((time_s - from_s) / (to_s - from_s));
        let ends = [self.positions[next - 1], self.positions[next]];
        let mut position = self.way.between(next - 1, fraction, &ends);
        if turns_deg != 0.0 {
            position.direction = sphere::turn(&position.direction, turns_deg * fraction);
        }
        position
    }

    fn max_distance(&self) -> f64 {
        let farthest = self.positions.iter().map(|position| position.distance).fold(0.0, f64::max);
        self.way.max_distance(farthest)
    }
}
