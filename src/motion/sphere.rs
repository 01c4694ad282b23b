//! Geometry on the sphere of directions.

use crate::space::{Position, UP, Vector, sin_cos, sin_cos_deg, unit_vector};

/// Directions closer than this to opposite (in radians) have no shortest arc between them.
const OPPOSITE: f64 = 1e-6;

/// The shortest arc of a great circle from one direction to another, run through at constant speed.
#[derive(Clone, Debug)]
pub struct Arc {
    from: Vector,
    sideways: Vector,
    /// Its length in radians.
    pub angle: f64,
}

impl Arc {
    /// The arc between two directions, or `None` where they are opposite and any way is as short.
    pub fn shortest(from: &Vector, to: &Vector) -> Option<Self> {
        if are_opposite(from, to) {
            return None;
        }
        let across = to - from * from.dot(to);
        let length = across.norm();
        let sideways = if length > 0.0 { across / length } else { Vector::zeros() };
        let angle = libm::atan2(from.cross(to).norm(), from.dot(to));
        Some(Self { from: *from, sideways, angle })
    }

    /// The direction after a fraction of the way.
    pub fn at(&self, fraction: f64) -> Vector {
        let (sin, cos) = libm::sincos(self.angle * fraction);
        self.from * cos + self.sideways * sin
    }
}

/// Whether no shortest arc leads from one direction to the other.
pub fn are_opposite(one: &Vector, other: &Vector) -> bool {
    (one + other).norm() < OPPOSITE
}

/// A direction turned about the vertical, positive to the left.
pub fn turn(direction: &Vector, angle_deg: f64) -> Vector {
    let (sin, cos) = sin_cos_deg(angle_deg);
    let (x, y) = (direction.x, direction.y);
    Vector::new(x * cos - y * sin, x * sin + y * cos, direction.z)
}

/// A vector turned about an axis of length 1 (Rodrigues' formula), right-handed.
pub fn rotate(vector: &Vector, axis: &Vector, angle_deg: f64) -> Vector {
    let (sin, cos) = sin_cos_deg(angle_deg);
    vector * cos + axis.cross(vector) * sin + axis * (axis.dot(vector) * (1.0 - cos))
}

/// The axis about which a right-handed turn lifts the point of the horizon at an azimuth.
pub fn hinge(azimuth_deg: f64) -> Vector {
    unit_vector(azimuth_deg, 0.0).cross(&UP)
}

/// The unit vectors to the left and upwards as seen at a direction given by its angles; defined at
/// the poles, too.
pub fn left_and_up(azimuth_deg: f64, elevation_deg: f64) -> (Vector, Vector) {
    let left = unit_vector(azimuth_deg + 90.0, 0.0);
    (left, unit_vector(azimuth_deg, elevation_deg + 90.0))
}

/// A direction moved along the great circle it is pushed along, by as many radians as the push (at
/// right angles to the direction) is long.
pub fn push(direction: &Vector, push: &Vector) -> Vector {
    let angle = push.norm();
    if angle < 1e-12 {
        return *direction;
    }
    let (sin, cos) = sin_cos(angle);
    direction * cos + push * (sin / angle)
}

/// The position of a point of the room; in the listener's own place, where a point has no
/// direction, it keeps the one given.
pub fn position(point: &Vector, otherwise: &Vector) -> Position {
    let distance = point.norm();
    if distance > 1e-9 {
        Position { direction: point / distance, distance }
    } else {
        Position { direction: *otherwise, distance: 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::FRONT;

    #[test]
    fn opposite_directions_have_no_shortest_arc() {
        assert!(Arc::shortest(&FRONT, &-FRONT).is_none());
        assert!(Arc::shortest(&FRONT, &unit_vector(179.0, 0.0)).is_some());
    }

    #[test]
    fn a_hinge_lifts_its_azimuth() {
        for azimuth_deg in [0.0, 90.0, 200.0] {
            let lifted = rotate(&unit_vector(azimuth_deg, 0.0), &hinge(azimuth_deg), 30.0);
            // A dozen roundings of numbers of size 1.
            assert!((lifted - unit_vector(azimuth_deg, 30.0)).norm() < 1e-14);
        }
    }

    #[test]
    fn a_push_goes_as_far_as_it_is_long() {
        let (left, up) = left_and_up(0.0, 90.0);
        assert_eq!((left, up), (Vector::new(-1.0, 0.0, 0.0), -FRONT));
        let pushed = push(&UP, &(up * 30.0_f64.to_radians()));
        // A dozen roundings of numbers of size 1.
        assert!((pushed - unit_vector(180.0, 60.0)).norm() < 1e-14);
    }

    #[test]
    fn a_turn_goes_to_the_left() {
        assert_eq!(turn(&FRONT, 90.0), Vector::new(-1.0, 0.0, 0.0));
        assert_eq!(turn(&unit_vector(10.0, 20.0), -720.0), unit_vector(10.0, 20.0));
    }
}
