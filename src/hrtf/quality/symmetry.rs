//! Whether the left ear hears from the left what the right ear hears from the right.

use super::nearby::Nearby;
use crate::hrtf::{EARS, Measured};
use crate::space::{Vector, angle_deg};

/// Directions mirror each other where they do so within this, in degrees.
const SAME_DEG: f64 = 0.5;

/// Left against right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Symmetry {
    /// The share of directions whose mirror image is a direction of the set, too.
    pub mirrored: f64,
    /// Over those, the power of the difference between the responses of one ear and of the other
    /// to the mirrored direction, against the power of the responses, in decibels. Equal responses
    /// with equal delays have minus infinity; where delays differ it is 0 at least.
    pub difference_db: f64,
}

impl Symmetry {
    pub(super) fn of(set: &Measured, nearby: &Nearby) -> Self {
        let (mut pairs, mut difference, mut power) = (0, 0.0, 0.0);
        for (direction, place) in set.directions.iter().enumerate() {
            let image = Vector::new(-place.x, place.y, place.z);
            let mirror = nearby.nearest(&image, 1)[0].1;
            if angle_deg(&image, &set.directions[mirror]) > SAME_DEG {
                continue;
            }
            pairs += 1;
            for ear in 0..EARS {
                let same_delay =
                    set.delays_frames[direction][ear] == set.delays_frames[mirror][1 - ear];
                let other = set.response(mirror, 1 - ear);
                for (a, b) in set.response(direction, ear).iter().zip(other) {
                    let (a, b) = (f64::from(*a), f64::from(*b));
                    let apart = if same_delay { (a - b) * (a - b) } else { a * a + b * b };
                    difference += apart;
                    power += 0.5 * (a * a + b * b);
                }
            }
        }
        let mirrored = f64::from(pairs) / set.directions.len() as f64;
        let ratio = if power > 0.0 { difference / power } else { 0.0 };
        Self { mirrored, difference_db: 10.0 * libm::log10(ratio) }
    }

    /// Whether each direction has its mirror image, with the same samples.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.mirrored == 1.0 && self.difference_db == f64::NEG_INFINITY
    }
}
