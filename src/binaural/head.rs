//! Which way the head looks.

use crate::space::{Vector, sin_cos_deg};

/// An orientation of the head: what turns directions in the room into those the listener has, in the
/// axes of ADM (x right, y front, z up).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Head {
    /// w, x, y, z: a direction `v` of the room is `q v q*` to the listener. Of any length but 0.
    quaternion: [f64; 4],
    /// The same as a matrix, by row: the listener's right, front and up in the room.
    axes: [Vector; 3],
}

impl Default for Head {
    fn default() -> Self {
        Self { quaternion: [1.0, 0.0, 0.0, 0.0], axes: [Vector::x(), Vector::y(), Vector::z()] }
    }
}

impl Head {
    /// From a quaternion (w, x, y, z), world to listener. It need not be of length 1; `None` if it is
    /// 0 or no number. Turns by a quarter about one axis are exact where its two parts are equal.
    #[must_use]
    pub fn from_quaternion(quaternion: [f64; 4]) -> Option<Self> {
        let [w, x, y, z] = quaternion;
        let length = (w * w + x * x) + (y * y + z * z);
        if !(length.is_normal()) {
            return None;
        }
        let axes = [
            Vector::new(
                (w * w + x * x) - (y * y + z * z),
                2.0 * (x * y - w * z),
                2.0 * (x * z + w * y),
            ),
            Vector::new(
                2.0 * (x * y + w * z),
                (w * w + y * y) - (x * x + z * z),
                2.0 * (y * z - w * x),
            ),
            Vector::new(
                2.0 * (x * z - w * y),
                2.0 * (y * z + w * x),
                (w * w + z * z) - (x * x + y * y),
            ),
        ];
        Some(Self { quaternion, axes: axes.map(|axis| axis / length) })
    }

    /// From angles in degrees: the head turns LEFT by `yaw_deg`, then lifts its nose by `pitch_deg`,
    /// then lowers its right ear by `roll_deg`. Multiples of 90 are exact.
    #[must_use]
    pub fn from_degrees(yaw_deg: f64, pitch_deg: f64, roll_deg: f64) -> Self {
        let [(sin_yaw, cos_yaw), (sin_pitch, cos_pitch), (sin_roll, cos_roll)] =
            [yaw_deg, pitch_deg, roll_deg].map(sin_cos_deg);
        // Where the ears and the nose are, turned about the axes of the head one after the other.
        let right = Vector::new(cos_yaw, sin_yaw, 0.0);
        let front = Vector::new(-sin_yaw * cos_pitch, cos_yaw * cos_pitch, sin_pitch);
        let up = Vector::new(sin_yaw * sin_pitch, -cos_yaw * sin_pitch, cos_pitch);
        let axes = [right * cos_roll - up * sin_roll, front, right * sin_roll + up * cos_roll];
        let half = |angle_deg: f64| {
            let (sin, cos) = sin_cos_deg(-0.5 * angle_deg);
            [cos, sin]
        };
        let [[w, z], [v, x], [u, y]] = [half(yaw_deg), half(pitch_deg), half(roll_deg)];
        let pitched = product([v, x, 0.0, 0.0], [w, 0.0, 0.0, z]);
        Self { quaternion: product([u, 0.0, y, 0.0], pitched), axes }
    }

    /// The quaternion, as long as it was given.
    #[must_use]
    pub fn quaternion(&self) -> [f64; 4] {
        self.quaternion
    }

    /// Where the listener hears a direction of the room.
    #[must_use]
    pub fn direction_to_listener(&self, direction: &Vector) -> Vector {
        Vector::from(self.axes.map(|axis| axis.dot(direction)))
    }

    /// A share (0 to 1) of the shortest turn from here to another orientation, at constant speed
    /// (Shoemake 1985).
    #[must_use]
    pub fn slerp(&self, to: &Self, share: f64) -> Self {
        if share <= 0.0 || self == to {
            return *self;
        }
        if share >= 1.0 {
            return *to;
        }
        let from = unit(self.quaternion);
        let mut to = unit(to.quaternion);
        let cosine: f64 = (0..4).map(|it| from[it] * to[it]).sum();
        if cosine < 0.0 {
            to = to.map(|it| -it);
        }
        let difference: [f64; 4] = std::array::from_fn(|it| to[it] - from[it]);
        let sine = libm::sqrt(difference.iter().map(|it| it * it).sum::<f64>()) * 0.5;
        // From half the chord: exact for small turns, of which the cosine knows nothing.
        let angle = 2.0 * libm::asin(sine.min(1.0));
        let (here, there) = if angle < 1e-9 {
            (1.0 - share, share)
        } else {
            (libm::sin((1.0 - share) * angle), libm::sin(share * angle))
        };
        let between = std::array::from_fn(|it| here * from[it] + there * to[it]);
        Self::from_quaternion(between).unwrap_or(*self)
    }
}

fn unit(quaternion: [f64; 4]) -> [f64; 4] {
    let length = libm::sqrt(quaternion.iter().map(|it| it * it).sum::<f64>());
    quaternion.map(|it| it / length)
}

/// Hamilton's product of quaternions (w, x, y, z): first the turn on the right, then the one on the
/// left.
#[must_use]
pub fn product([a, b, c, d]: [f64; 4], [e, f, g, h]: [f64; 4]) -> [f64; 4] {
    [
        a * e - b * f - c * g - d * h,
        a * f + b * e + c * h - d * g,
        a * g - b * h + c * e + d * f,
        a * h + b * g - c * f + d * e,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::{FRONT, UP, angle_deg, unit_vector};

    const LEFT: Vector = Vector::new(-1.0, 0.0, 0.0);

    #[test]
    fn the_signs_are_those_that_are_promised() {
        let heard = |head: Head, direction: Vector| head.direction_to_listener(&direction);
        assert_eq!(heard(Head::from_degrees(90.0, 0.0, 0.0), LEFT), FRONT);
        assert_eq!(heard(Head::from_degrees(0.0, 90.0, 0.0), UP), FRONT);
        assert_eq!(heard(Head::from_degrees(0.0, 0.0, 90.0), UP), LEFT);
        assert_eq!(heard(Head::from_degrees(90.0, 90.0, 0.0), FRONT), Vector::new(1.0, 0.0, 0.0));
        let turned = heard(Head::from_degrees(30.0, 0.0, 0.0), unit_vector(50.0, 10.0));
        assert!(angle_deg(&turned, &unit_vector(20.0, 10.0)) < 1e-12);
    }

    #[test]
    fn angles_and_quaternions_say_the_same() {
        for (yaw, pitch, roll) in [(10.0, 20.0, 30.0), (-170.0, 80.0, -40.0), (90.0, 0.0, 180.0)] {
            let head = Head::from_degrees(yaw, pitch, roll);
            let same = Head::from_quaternion(head.quaternion().map(|it| it * -3.0)).unwrap();
            for direction in [FRONT, LEFT, unit_vector(33.0, -22.0)] {
                let [a, b] = [head, same].map(|it| it.direction_to_listener(&direction));
                // A few roundings of numbers up to 1.
                assert!((a - b).norm() < 2e-15, "{a} and {b}");
            }
        }
        let root = libm::sqrt(0.5);
        let quarter = Head::from_quaternion([root, 0.0, 0.0, -root]).unwrap();
        assert_eq!(quarter.direction_to_listener(&LEFT), FRONT);
        assert_eq!(Head::from_quaternion([0.0; 4]), None);
        assert_eq!(Head::from_quaternion([f64::NAN; 4]), None);
    }

    #[test]
    fn a_turn_goes_at_constant_speed_the_short_way() {
        let (from, to) =
            (Head::from_degrees(170.0, 0.0, 0.0), Head::from_degrees(-150.0, 0.0, 0.0));
        for step in 0..=40 {
            let share = f64::from(step) / 40.0;
            let heard = from.slerp(&to, share).direction_to_listener(&FRONT);
            let expected = unit_vector(-170.0 - f64::from(step), 0.0);
            assert!(angle_deg(&heard, &expected) < 1e-12, "{share}: {heard}");
        }
        let near = Head::from_degrees(1e-7, 0.0, 0.0);
        let half = Head::default().slerp(&near, 0.5).direction_to_listener(&FRONT);
        assert!((half.x / 8.726_646_259_971_648e-10 - 1.0).abs() < 1e-6, "{half}");
    }
}
