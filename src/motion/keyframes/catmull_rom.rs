//! A smooth curve through the room.

use super::key::Key;
use super::keyed::Way;
use super::monotone::MonotoneCubic;
use crate::motion::sphere;
use crate::space::{Position, Vector};

/// The centripetal Catmull-Rom spline: E. Catmull and R. Rom, "A class of local interpolating
/// splines" (1974), with knots as far apart as the square root of the distance of the points, so
/// that it has neither cusps nor loops between neighbours (Yuksel, Schaefer and Keyser, 2011).
///
/// The knot that belongs to a time follows a smooth curve, too, so that the velocity never jumps.
#[derive(Debug)]
pub struct CatmullRom {
    points: Vec<Vector>,
    /// Derivatives by the knot.
    tangents: Vec<Vector>,
    /// Knots apart, 0 where the object stands still.
    spacings: Vec<f64>,
    knots: Vec<f64>,
    knot_of_time: MonotoneCubic,
}

impl CatmullRom {
    pub fn new(keys: &[Key]) -> Self {
        let times_s: Vec<f64> = keys.iter().map(|key| key.time_s).collect();
        let points: Vec<Vector> = keys.iter().map(|key| key.spot.point()).collect();
        let spacings: Vec<f64> =
            points.windows(2).map(|pair| libm::sqrt((pair[1] - pair[0]).norm())).collect();
        let mut knots = vec![0.0];
        for spacing in &spacings {
            knots.push(knots[knots.len() - 1] + spacing);
        }
        let tangents = (0..points.len()).map(|at| tangent(&points, &spacings, at)).collect();
        let knot_of_time = MonotoneCubic::new(&times_s, knots.clone());
        Self { points, tangents, spacings, knots, knot_of_time }
    }
}

/// The derivative at a point: that of the parabola through it and its neighbours, and at the ends
/// (and beside a point where the object stands still) that of the chord.
fn tangent(points: &[Vector], spacings: &[f64], at: usize) -> Vector {
    let chord = |from: usize| (points[from + 1] - points[from]) / spacings[from];
    let before = (at > 0 && spacings[at - 1] > 0.0).then(|| at - 1);
    let after = (at < spacings.len() && spacings[at] > 0.0).then_some(at);
    match (before, after) {
        (Some(before), Some(after)) => {
            let both = spacings[before] + spacings[after];
            let (nearer, farther) = (spacings[after] / both, spacings[before] / both);
            chord(before) * nearer + chord(after) * farther
        }
        (Some(only), None) | (None, Some(only)) => chord(only),
        (None, None) => Vector::zeros(),
    }
}

impl Way for CatmullRom {
    fn between(&self, index: usize, fraction: f64, ends: &[Position; 2]) -> Position {
        let spacing = self.spacings[index];
        if spacing == 0.0 {
            return ends[0];
        }
        let knot = self.knot_of_time.at(index, fraction);
        let along = (knot - self.knots[index]) / spacing;
        let (from, to) = (&self.points[index], &self.points[index + 1]);
        let (leave, arrive) = (self.tangents[index] * spacing, self.tangents[index + 1] * spacing);
        let rise = to - from;
        let bend = leave + arrive - rise * 2.0;
        let curve = rise * 3.0 - leave * 2.0 - arrive;
        let point = from + (leave + (curve + bend * along) * along) * along;
        sphere::position(&point, &ends[0].direction)
    }

    /// The curve lies within the hull of its Bézier points.
    fn max_distance(&self, of_points: f64) -> f64 {
        let handles = self.spacings.iter().enumerate().flat_map(|(index, spacing)| {
            let (leave, arrive) = (self.tangents[index], self.tangents[index + 1]);
            [
                self.points[index] + leave * (spacing / 3.0),
                self.points[index + 1] - arrive * (spacing / 3.0),
            ]
        });
        handles.map(|handle| handle.norm()).fold(of_points, f64::max)
    }
}
