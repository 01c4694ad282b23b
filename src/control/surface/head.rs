//! Head trackers.

use super::{Outcome, Surface, numbers};
use crate::binaural::Head;
use crate::control::osc::Argument;

impl Surface {
    /// What a tracker says; `None` where it is no address of one.
    pub(super) fn head(&mut self, what: &str, said: &[Argument<'_>]) -> Option<Outcome<'static>> {
        let place = ["yaw", "pitch", "roll"].iter().position(|it| *it == what);
        let head: Option<Head> = match (place, what) {
            (Some(place), _) => numbers::<1>(said).and_then(|[angle]| {
                self.angles_deg[place] = angle;
                self.tracker.head(self.angles_deg)
            }),
            (None, "ypr") => numbers::<3>(said).and_then(|angles| {
                self.angles_deg = angles;
                self.tracker.head(angles)
            }),
            (None, "quaternion" | "quaternions") => {
                numbers::<4>(said).and_then(|it| self.tracker.head_of(it))
            }
            _ => return None,
        };
        Some(Outcome::of(head.is_some() && self.controls.set_head(head)))
    }
}
