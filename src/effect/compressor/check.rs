//! What can be wrong with a compressor.

use super::CompressorSpec;
use crate::document::{Place, Problems};
use crate::effect::check_bands;
use crate::effect::dynamics::Ranges;

impl CompressorSpec {
    /// Notes every number that cannot be; `place` is that of the compressor. Whether its key and its
    /// link exist is for the scene to say.
    pub fn check(&self, place: &Place, rate_hz: f64, problems: &mut Problems) {
        let mut ranges = Ranges::new(place, problems);
        ranges.automated("threshold_db", &self.threshold_db, -100.0..=20.0, "dBFS");
        ranges.automated("ratio", &self.ratio, 1.0..=1000.0, "");
        ranges.automated("knee_db", &self.knee_db, 0.0..=60.0, "decibels");
        ranges.automated("attack_ms", &self.attack_ms, 0.0..=5000.0, "milliseconds");
        ranges.automated("release_ms", &self.release_ms, 0.0..=20_000.0, "milliseconds");
        ranges.automated("makeup_db", &self.makeup_db, -60.0..=60.0, "decibels");
        ranges.automated("mix", &self.mix, 0.0..=1.0, "");
        ranges.constant("lookahead_ms", self.lookahead_ms, 0.0..=100.0, "milliseconds");
        ranges.constant("rms_ms", self.rms_ms, 1.0..=1000.0, "milliseconds");
        check_bands(&self.sidechain_eq, &place.key("sidechain_eq"), rate_hz, problems);
    }
}
