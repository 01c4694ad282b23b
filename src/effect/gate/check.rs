//! What can be wrong with a gate.

use super::GateSpec;
use crate::document::{Place, Problems};
use crate::effect::check_bands;
use crate::effect::dynamics::Ranges;

impl GateSpec {
    /// Notes every number that cannot be; `place` is that of the gate. Whether its key and its link
    /// exist is for the scene to say.
    pub fn check(&self, place: &Place, rate_hz: f64, problems: &mut Problems) {
        let mut ranges = Ranges::new(place, problems);
        ranges.automated("threshold_db", &self.threshold_db, -120.0..=20.0, "dBFS");
        ranges.automated("ratio", &self.ratio, 1.0..=1000.0, "");
        ranges.automated("range_db", &self.range_db, -200.0..=0.0, "decibels");
        ranges.automated("hysteresis_db", &self.hysteresis_db, 0.0..=30.0, "decibels");
        ranges.automated("attack_ms", &self.attack_ms, 0.0..=1000.0, "milliseconds");
        ranges.automated("hold_ms", &self.hold_ms, 0.0..=5000.0, "milliseconds");
        ranges.automated("release_ms", &self.release_ms, 0.0..=20_000.0, "milliseconds");
        ranges.constant("lookahead_ms", self.lookahead_ms, 0.0..=100.0, "milliseconds");
        check_bands(&self.sidechain_eq, &place.key("sidechain_eq"), rate_hz, problems);
    }
}
