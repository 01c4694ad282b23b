//! What head trackers say, and what is meant: they agree on little.

use crate::binaural::Head;
use crate::binaural::head::product;
use crate::{Error, Result};

/// How a tracker counts. As it stands: yaw to the left, pitch up, roll to the right, in this order;
/// quaternions in axes x front, y left, z up that turn what the head has into the room.
#[derive(Clone, Debug, PartialEq)]
pub struct Tracker {
    /// By what yaw, pitch and roll are multiplied: -1 where a tracker counts the other way.
    pub signs: [f64; 3],
    /// Whether the roll comes first and the yaw last.
    pub rolls_first: bool,
    /// Which number of its quaternions is w, x, y and z, and by what it is multiplied.
    pub quaternion: [(usize, f64); 4],
}

impl Default for Tracker {
    fn default() -> Self {
        let quaternion = [0, 1, 2, 3].map(|number| (number, 1.0));
        Self { signs: [1.0; 3], rolls_first: false, quaternion }
    }
}

impl Tracker {
    /// Signs written as `+-+`: of yaw, pitch and roll.
    ///
    /// # Errors
    /// If it is anything else.
    pub fn with_signs(self, signs: &str) -> Result<Self> {
        let sign = |it| match it {
            '+' => Some(1.0),
            '-' => Some(-1.0),
            _ => None,
        };
        let found: Option<Vec<f64>> = signs.chars().map(sign).collect();
        match found.and_then(|it| it.try_into().ok()) {
            Some(signs) => Ok(Self { signs, ..self }),
            None => Err(Error::usage(format!("`{signs}`: three signs, as in `+-+`"))),
        }
    }

    /// A quaternion written as where its numbers come from: `w,-y,x,-z` takes the second of what comes
    /// as -y, and so on.
    ///
    /// # Errors
    /// If it is not w, x, y and z, each once, each with or without a minus.
    pub fn with_quaternion(self, order: &str) -> Result<Self> {
        let wrong =
            || Error::usage(format!("`{order}`: w, x, y and z, each once, as in `w,-y,x,-z`"));
        let mut quaternion = [None; 4];
        for (number, part) in order.split(',').enumerate() {
            let (name, sign) =
                part.trim().strip_prefix('-').map_or((part.trim(), 1.0), |it| (it, -1.0));
            let place = ["w", "x", "y", "z"].iter().position(|it| *it == name).ok_or_else(wrong)?;
            quaternion[place] = Some((number, sign));
        }
        let [Some(w), Some(x), Some(y), Some(z)] = quaternion else { return Err(wrong()) };
        if [w, x, y, z].iter().any(|it| it.0 >= 4) {
            return Err(wrong());
        }
        Ok(Self { quaternion: [w, x, y, z], ..self })
    }

    /// The head at some angles in degrees, as they come.
    #[must_use]
    pub fn head(&self, angles_deg: [f64; 3]) -> Option<Head> {
        let [yaw, pitch, roll] = [0, 1, 2].map(|it| angles_deg[it] * self.signs[it]);
        if !self.rolls_first {
            return Some(Head::from_degrees(yaw, pitch, roll));
        }
        let [yaw, pitch, roll] = [(yaw, 0.0, 0.0), (0.0, pitch, 0.0), (0.0, 0.0, roll)]
            .map(|(yaw, pitch, roll)| Head::from_degrees(yaw, pitch, roll).quaternion());
        Head::from_quaternion(product(yaw, product(pitch, roll)))
    }

    /// The head by a quaternion, as it comes; `None` if it is 0.
    #[must_use]
    pub fn head_of(&self, quaternion: [f64; 4]) -> Option<Head> {
        let [w, x, y, z] = self.quaternion.map(|(number, sign)| quaternion[number] * sign);
        // Into axes x right, y front, z up, and from the room to the head.
        Head::from_quaternion([w, y, -x, -z])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::{FRONT, Vector, angle_deg, unit_vector};

    fn heard(head: Option<Head>, direction: &Vector) -> Vector {
        head.unwrap().direction_to_listener(direction)
    }

    #[test]
    fn a_head_turned_to_the_left_has_the_left_in_front() {
        let left = unit_vector(90.0, 0.0);
        let tracker = Tracker::default();
        assert!((heard(tracker.head([90.0, 0.0, 0.0]), &left) - FRONT).norm() < 1e-12);
        let root = 0.5_f64.sqrt();
        // A quarter turn about the vertical, positive to the left.
        assert!((heard(tracker.head_of([root, 0.0, 0.0, root]), &left) - FRONT).norm() < 1e-12);
        // About the axis to the left: the nose goes down.
        let down = unit_vector(0.0, -90.0);
        assert!((heard(tracker.head_of([root, 0.0, root, 0.0]), &down) - FRONT).norm() < 1e-12);
        let other_way = tracker.with_signs("-++").unwrap();
        assert!((heard(other_way.head([-90.0, 0.0, 0.0]), &left) - FRONT).norm() < 1e-12);
    }

    #[test]
    fn the_order_of_turns_counts() {
        let usual = Tracker::default();
        let other = Tracker { rolls_first: true, ..Tracker::default() };
        let angles = [30.0, 40.0, 50.0];
        let apart =
            angle_deg(&heard(usual.head(angles), &FRONT), &heard(other.head(angles), &FRONT));
        assert!(apart > 5.0, "{apart}");
        for one in [[30.0, 0.0, 0.0], [0.0, 40.0, 0.0], [0.0, 0.0, 50.0]] {
            let both = [usual.head(one), other.head(one)]
                .map(|head| heard(head, &unit_vector(20.0, 10.0)));
            assert!((both[0] - both[1]).norm() < 1e-12);
        }
    }

    #[test]
    fn orders_are_read_or_refused() {
        let tracker = Tracker::default().with_quaternion("w,-y,x,-z").unwrap();
        assert_eq!(tracker.quaternion, [(0, 1.0), (2, 1.0), (1, -1.0), (3, -1.0)]);
        for wrong in ["w,x,y", "w,x,y,y", "w,x,y,z,w", "a,b,c,d", ""] {
            assert!(Tracker::default().with_quaternion(wrong).is_err(), "{wrong}");
        }
        assert!(Tracker::default().with_signs("+-").is_err());
    }
}
