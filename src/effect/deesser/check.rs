//! What can be wrong with a de-esser.

use super::DeesserSpec;
use crate::document::{Place, Problems};
use crate::effect::dynamics::Ranges;

impl DeesserSpec {
    /// Notes every number that cannot be; `place` is that of the de-esser.
    pub fn check(&self, place: &Place, rate_hz: f64, problems: &mut Problems) {
        let mut ranges = Ranges::new(place, problems);
        ranges.frequency("freq_hz", &self.freq_hz, rate_hz);
        ranges.automated("q", &self.q, 0.1..=20.0, "");
        ranges.automated("threshold_db", &self.threshold_db, -100.0..=20.0, "dBFS");
        ranges.automated("ratio", &self.ratio, 1.0..=1000.0, "");
        ranges.automated("range_db", &self.range_db, -60.0..=0.0, "decibels");
        ranges.automated("attack_ms", &self.attack_ms, 0.0..=1000.0, "milliseconds");
        ranges.automated("release_ms", &self.release_ms, 0.0..=5000.0, "milliseconds");
    }
}
