//! Coordinates, in one place: azimuth 0 in front and positive to the LEFT, elevation positive up,
//! x right, y front, z up (the conventions of ADM, ITU-R BS.2076 and SOFA).

/// A vector in the room: x right, y front, z up. Directions are unit vectors.
pub type Vector = nalgebra::Vector3<f64>;

/// Straight ahead.
pub const FRONT: Vector = Vector::new(0.0, 1.0, 0.0);

/// Straight up.
pub const UP: Vector = Vector::new(0.0, 0.0, 1.0);

/// A direction and how far away: what a moving object has at every moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Unit vector from the listener to the object.
    pub direction: Vector,
    /// Distance from the listener, at least 0; 1 is the radius of the loudspeakers.
    pub distance: f64,
}

impl Position {
    /// A position from angles in degrees and a distance.
    #[must_use]
    pub fn polar(azimuth_deg: f64, elevation_deg: f64, distance: f64) -> Self {
        Self { direction: unit_vector(azimuth_deg, elevation_deg), distance }
    }

    /// A position from Cartesian coordinates; the listener's own place counts as straight ahead,
    /// so that nothing is ever without a direction.
    #[must_use]
    pub fn cartesian(point: Vector) -> Self {
        let distance = point.norm();
        if distance > 1e-12 {
            Self { direction: point / distance, distance }
        } else {
            Self { direction: FRONT, distance: 0.0 }
        }
    }
}

/// The unit vector towards an azimuth and an elevation in degrees.
///
/// Multiples of 90 degrees are exact, an azimuth and its negative mirror exactly, and whole turns
/// change nothing.
#[must_use]
pub fn unit_vector(azimuth_deg: f64, elevation_deg: f64) -> Vector {
    let (sin_azimuth, cos_azimuth) = sin_cos_deg(azimuth_deg);
    let (sin_elevation, cos_elevation) = sin_cos_deg(elevation_deg);
    Vector::new(-sin_azimuth * cos_elevation, cos_azimuth * cos_elevation, sin_elevation)
}

/// Azimuth (-180, 180] and elevation [-90, 90] in degrees of a vector; at the poles the azimuth is 0.
#[must_use]
pub fn azimuth_elevation_deg(vector: &Vector) -> (f64, f64) {
    let horizontal = libm::hypot(vector.x, vector.y);
    let elevation = libm::atan2(vector.z, horizontal).to_degrees();
    if horizontal < 1e-12 {
        return (0.0, elevation);
    }
    let azimuth = libm::atan2(-vector.x, vector.y).to_degrees();
    (if azimuth <= -180.0 { 180.0 } else { azimuth }, elevation)
}

/// The angle between two unit vectors, in degrees; exact for small angles too.
#[must_use]
pub fn angle_deg(a: &Vector, b: &Vector) -> f64 {
    libm::atan2(a.cross(b).norm(), a.dot(b)).to_degrees()
}

/// An azimuth brought into (-180, 180].
#[must_use]
pub fn wrap_deg(azimuth_deg: f64) -> f64 {
    let turned = azimuth_deg - 360.0 * libm::round(azimuth_deg / 360.0);
    if turned <= -180.0 { turned + 360.0 } else { turned }
}

/// The nearest whole number of a number below 2^51, by the rounding of the addition itself: several
/// times faster than a call, and positions ask for it twice each.
#[inline]
fn nearest(number: f64) -> f64 {
    const SHIFT: f64 = 1.5 * (1_u64 << 52) as f64;
    (number + SHIFT) - SHIFT
}

/// Sine and cosine of an angle in degrees, exact at multiples of 90 and at whole turns.
#[must_use]
pub fn sin_cos_deg(angle_deg: f64) -> (f64, f64) {
    let turned = angle_deg - 360.0 * nearest(angle_deg * (1.0 / 360.0));
    let quarter = nearest(turned * (1.0 / 90.0));
    let (sin, cos) = libm::sincos((turned - 90.0 * quarter).to_radians());
    match quarter as i32 {
        0 => (sin, cos),
        1 => (cos, -sin),
        -1 => (-cos, sin),
        _ => (-sin, -cos),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_follow_the_convention() {
        assert_eq!(unit_vector(0.0, 0.0), FRONT);
        assert_eq!(unit_vector(90.0, 0.0), Vector::new(-1.0, 0.0, 0.0));
        assert_eq!(unit_vector(-90.0, 0.0), Vector::new(1.0, 0.0, 0.0));
        assert_eq!(unit_vector(33.0, 90.0).z, 1.0);
        assert_eq!(unit_vector(30.0, 20.0), unit_vector(390.0, 20.0));
    }

    #[test]
    fn angles_survive_the_round_trip() {
        for azimuth in (-179..=180).step_by(7) {
            for elevation in (-89..=89).step_by(13) {
                let vector = unit_vector(azimuth.into(), elevation.into());
                let (back_azimuth, back_elevation) = azimuth_elevation_deg(&vector);
                assert!((back_azimuth - f64::from(azimuth)).abs() < 1e-10);
                assert!((back_elevation - f64::from(elevation)).abs() < 1e-10);
            }
        }
    }

    #[test]
    fn mirrored_azimuths_are_mirrored_to_the_bit() {
        for step in 0..3600 {
            let azimuth = f64::from(step) * 0.1;
            let (left, right) = (unit_vector(azimuth, 17.0), unit_vector(-azimuth, 17.0));
            assert_eq!((left.x, left.y, left.z), (-right.x, right.y, right.z));
        }
    }

    #[test]
    fn the_listener_has_a_direction_too() {
        assert_eq!(Position::cartesian(Vector::zeros()).direction, FRONT);
        assert_eq!(Position::cartesian(Vector::new(0.0, -2.0, 0.0)).distance, 2.0);
    }
}
