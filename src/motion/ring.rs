//! A closed curve gone through at constant rate: a circle or an ellipse anywhere in the room.

use super::sphere;
use super::trajectory::Course;
use crate::space::{FRONT, Position, Vector, sin_cos_deg};

/// `middle + cosine * cos(turn) + sine * sin(turn)`, the last two at right angles.
#[derive(Debug)]
pub struct Ring {
    pub middle: Vector,
    pub cosine: Vector,
    pub sine: Vector,
    /// Turns a second, negative backwards.
    pub turns_per_s: f64,
    /// Where the vectors above are directions rather than points: the distance, always the same.
    pub distance: Option<f64>,
}

impl Course for Ring {
    fn pass_s(&self) -> f64 {
        1.0 / self.turns_per_s.abs()
    }

    fn position(&self, time_s: f64) -> Position {
        let (sin, cos) = sin_cos_deg(360.0 * (time_s * self.turns_per_s));
        let point = self.middle + self.cosine * cos + self.sine * sin;
        match self.distance {
            Some(distance) => Position { direction: point, distance },
            None => sphere::position(&point, &FRONT),
        }
    }

    fn max_distance(&self) -> f64 {
        let reach = self.cosine.norm().max(self.sine.norm());
        self.distance.unwrap_or_else(|| self.middle.norm() + reach)
    }
}

impl Ring {
    /// A ring of directions made one of points: of a radius and about a centre.
    pub fn moved(self, radius: f64, centre: Vector) -> Self {
        Self {
            middle: self.middle * radius + centre,
            cosine: self.cosine * radius,
            sine: self.sine * radius,
            turns_per_s: self.turns_per_s,
            distance: None,
        }
    }
}
