//! Being carried along with a group.

use crate::automation::Automated;
use crate::space::{Position, Vector, sin_cos_deg};

/// How a group carries its objects: turned about the vertical, raised, farther or nearer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carriage {
    /// How far to the left, in degrees about the vertical axis.
    pub turn_deg: Option<Automated>,
    /// How much higher, in degrees of elevation; it ends at the poles.
    pub raise_deg: Option<Automated>,
    /// How many times as far away, above 0.
    pub scale: Option<Automated>,
}

impl Carriage {
    /// Where what would be at a position is at a time in seconds of the scene.
    #[must_use]
    pub fn carry(&self, position: Position, time_s: f64) -> Position {
        let mut direction = position.direction;
        if let Some(raise_deg) = &self.raise_deg {
            direction = raised(&direction, raise_deg.at(time_s));
        }
        if let Some(turn_deg) = &self.turn_deg {
            direction = turned(&direction, turn_deg.at(time_s));
        }
        let scale = self.scale.as_ref().map_or(1.0, |scale| scale.at(time_s));
        Position { direction, distance: position.distance * scale }
    }

    /// Whether it carries nothing anywhere else as time goes by.
    #[must_use]
    pub fn is_still(&self) -> bool {
        let numbers = [&self.turn_deg, &self.raise_deg, &self.scale];
        numbers.into_iter().flatten().all(|number| number.constant().is_some())
    }

    /// The most by which it multiplies a distance.
    #[must_use]
    pub fn largest_scale(&self) -> f64 {
        self.scale.as_ref().map_or(1.0, |scale| scale.extremes().1)
    }
}

fn turned(direction: &Vector, left_deg: f64) -> Vector {
    let (sin, cos) = sin_cos_deg(left_deg);
    let (x, y) = (direction.x, direction.y);
    Vector::new(cos * x - sin * y, sin * x + cos * y, direction.z)
}

/// The same azimuth at another elevation. What is at a pole comes down in front.
fn raised(direction: &Vector, up_deg: f64) -> Vector {
    let level = libm::hypot(direction.x, direction.y);
    let (side, front) =
        if level > 0.0 { (direction.x / level, direction.y / level) } else { (0.0, 1.0) };
    let elevation_deg = libm::atan2(direction.z, level).to_degrees() + up_deg;
    let (sin, cos) = sin_cos_deg(elevation_deg.clamp(-90.0, 90.0));
    Vector::new(side * cos, front * cos, sin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::azimuth_elevation_deg;

    fn carried(carriage: &Carriage, azimuth_deg: f64, elevation_deg: f64) -> (f64, f64, f64) {
        let position = carriage.carry(Position::polar(azimuth_deg, elevation_deg, 2.0), 0.0);
        let (azimuth_deg, elevation_deg) = azimuth_elevation_deg(&position.direction);
        (azimuth_deg, elevation_deg, position.distance)
    }

    #[test]
    fn a_group_turns_raises_and_scales() {
        let carriage = Carriage {
            turn_deg: Some(40.0.into()),
            raise_deg: Some(20.0.into()),
            scale: Some(1.5.into()),
        };
        for (azimuth_deg, elevation_deg) in [(30.0, 0.0), (-100.0, 35.0), (10.0, -40.0)] {
            let (azimuth, elevation, distance) = carried(&carriage, azimuth_deg, elevation_deg);
            assert!((azimuth - (azimuth_deg + 40.0)).abs() < 1e-9);
            assert!((elevation - (elevation_deg + 20.0)).abs() < 1e-9);
            assert_eq!(distance, 3.0);
        }
        assert!((carried(&carriage, 30.0, 85.0).1 - 90.0).abs() < 1e-6, "it ends at the pole");
    }

    #[test]
    fn nothing_asked_is_nothing_done() {
        let position = Position::polar(12.0, 34.0, 0.5);
        assert_eq!(Carriage::default().carry(position, 3.0), position);
        assert!(Carriage::default().is_still());
    }
}
