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

/// Angles from here on, in degrees, are brought near to 0 by a slower way.
const FAR_DEG: f64 = 1e15;

/// Sine and cosine of an angle in degrees, exact at multiples of 90 and at whole turns.
#[must_use]
pub fn sin_cos_deg(angle_deg: f64) -> (f64, f64) {
    let near = angle_deg.abs() < FAR_DEG;
    let angle_deg = if near { angle_deg } else { libm::fmod(angle_deg, 360.0) };
    let turned = angle_deg - 360.0 * nearest(angle_deg * (1.0 / 360.0));
    let quarter = nearest(turned * (1.0 / 90.0));
    let (sin, cos) = sin_cos_near_zero((turned - 90.0 * quarter).to_radians());
    // Without branches: which quarter the next object is in cannot be foreseen.
    let quarter = quarter as i32;
    let both = [sin, cos];
    let swapped = (quarter & 1) as usize;
    let minus = |negative: i32, value: f64| {
        f64::from_bits(value.to_bits() ^ (u64::from(negative & 2 != 0) << 63))
    };
    (minus(quarter, both[swapped]), minus(quarter + 1, both[1 - swapped]))
}

/// Sine and cosine of an angle in radians; small ones are fast.
#[inline]
#[must_use]
pub fn sin_cos(angle: f64) -> (f64, f64) {
    if angle.abs() <= std::f64::consts::FRAC_PI_4 {
        sin_cos_near_zero(angle)
    } else {
        libm::sincos(angle)
    }
}

/// The coefficients of the Taylor series of the sine, without the first: of x^3, x^5 and so on.
const SINE: [f64; 8] = series(3);

/// Those of the cosine, without the first two: of x^4, x^6 and so on.
const COSINE: [f64; 8] = series(4);

/// The coefficients of every other power from one on, with their signs.
const fn series(first: u32) -> [f64; 8] {
    let mut coefficients = [0.0; 8];
    let mut index = 0;
    while index < coefficients.len() {
        let power = first + 2 * index as u32;
        let (mut factorial, mut factor) = (1_u64, 2);
        while factor <= power {
            factorial *= factor as u64;
            factor += 1;
        }
        let sign = if (power / 2).is_multiple_of(2) { 1.0 } else { -1.0 };
        coefficients[index] = sign / factorial as f64;
        index += 1;
    }
    coefficients
}

/// Sine and cosine of an angle in radians from -pi/4 to pi/4: their Taylor series, of which what
/// is left out is less than a hundredth of the last bit.
#[inline]
fn sin_cos_near_zero(angle: f64) -> (f64, f64) {
    let square = angle * angle;
    let sin = angle + angle * (square * polynomial(&SINE, square));
    let cos = 1.0 - (0.5 * square - square * (square * polynomial(&COSINE, square)));
    (sin, cos)
}

/// A polynomial by halves (Estrin's scheme), which are worked out side by side.
#[inline]
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    let [a, b, c, d, e, f, g, h] = *coefficients;
    let x2 = x * x;
    let low = (a + b * x) + (c + d * x) * x2;
    let high = (e + f * x) + (g + h * x) * x2;
    low + high * (x2 * x2)
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
    fn sines_and_cosines_are_those_of_libm() {
        for step in -1_000_000..=1_000_000 {
            let angle_deg = f64::from(step) * 0.001_234_567;
            let (sin, cos) = sin_cos_deg(angle_deg);
            // Reduced in degrees: what libm is asked for is then small, too.
            let (near_sin, near_cos) = libm::sincos(libm::fmod(angle_deg, 360.0).to_radians());
            // An angle of up to 2 pi in radians is itself rounded by up to 4.4e-16, twice.
            assert!((sin - near_sin).abs() < 1e-15, "{angle_deg}: {sin} for {near_sin}");
            assert!((cos - near_cos).abs() < 1e-15, "{angle_deg}: {cos} for {near_cos}");
            let angle = f64::from(step) * 1e-6 * std::f64::consts::FRAC_PI_4;
            let (sin, cos) = sin_cos_near_zero(angle);
            // A rounding or two of the last bit, of numbers up to 1.
            assert!((sin - libm::sin(angle)).abs() <= 1.2e-16, "sine of {angle}");
            assert!((cos - libm::cos(angle)).abs() <= 1.2e-16, "cosine of {angle}");
        }
    }

    #[test]
    fn no_angle_is_too_far() {
        for angle_deg in [1e15, -1e18, 1e100, f64::MAX] {
            let (sin, cos) = sin_cos_deg(angle_deg);
            // Two roundings of numbers up to 1.
            assert!((sin * sin + cos * cos - 1.0).abs() < 5e-16, "{angle_deg}");
        }
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
