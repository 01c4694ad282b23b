//! What can be wrong with a saturator.

use super::SaturationSpec;
use crate::document::{Place, Problems};
use crate::effect::dynamics::Ranges;

impl SaturationSpec {
    /// Notes every number that cannot be; `place` is that of the saturator.
    pub fn check(&self, place: &Place, _rate_hz: f64, problems: &mut Problems) {
        let mut ranges = Ranges::new(place, problems);
        ranges.automated("drive_db", &self.drive_db, -24.0..=48.0, "decibels");
        ranges.automated("bias", &self.bias, -1.0..=1.0, "");
        ranges.automated("mix", &self.mix, 0.0..=1.0, "");
    }
}
