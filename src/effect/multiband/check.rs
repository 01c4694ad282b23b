//! What can be wrong with a multiband compressor.

use super::{MultibandBand, MultibandSpec};
use crate::document::{Place, Problems};
use crate::effect::dynamics::{Ranges, frequencies_hz};

/// The most crossovers.
const MOST_CROSSOVERS: usize = 5;

impl MultibandSpec {
    /// Notes every number that cannot be; `place` is that of the compressor.
    pub fn check(&self, place: &Place, rate_hz: f64, problems: &mut Problems) {
        self.check_crossovers(&place.key("crossovers_hz"), rate_hz, problems);
        let list = place.key("bands");
        if self.bands.len() != self.crossovers_hz.len() + 1 {
            let message = format!("{} bands", self.bands.len());
            let help = format!("{}: one more than crossovers", self.crossovers_hz.len() + 1);
            problems.error(&list, message, help);
        }
        for (index, band) in self.bands.iter().enumerate() {
            band.check(&list.index(index), problems);
        }
    }

    fn check_crossovers(&self, list: &Place, rate_hz: f64, problems: &mut Problems) {
        let count = self.crossovers_hz.len();
        if !(1..=MOST_CROSSOVERS).contains(&count) {
            problems.error(list, format!("{count} crossovers"), "1 to 5");
        }
        let range = frequencies_hz(rate_hz);
        for (index, freq_hz) in self.crossovers_hz.iter().enumerate() {
            if !range.contains(freq_hz) {
                let message = format!("crossovers_hz = {freq_hz} is out of range");
                let help = format!("{} to {} hertz", range.start(), range.end());
                problems.error(&list.index(index), message, help);
            }
        }
        for (index, pair) in self.crossovers_hz.windows(2).enumerate() {
            if pair[1] <= pair[0] {
                let message = format!("{} Hz is not above {} Hz", pair[1], pair[0]);
                problems.error(&list.index(index + 1), message, "frequencies that rise");
            }
        }
    }
}

impl MultibandBand {
    fn check(&self, place: &Place, problems: &mut Problems) {
        let mut ranges = Ranges::new(place, problems);
        ranges.automated("threshold_db", &self.threshold_db, -100.0..=20.0, "dBFS");
        ranges.automated("ratio", &self.ratio, 1.0..=1000.0, "");
        ranges.automated("knee_db", &self.knee_db, 0.0..=60.0, "decibels");
        ranges.automated("attack_ms", &self.attack_ms, 0.0..=5000.0, "milliseconds");
        ranges.automated("release_ms", &self.release_ms, 0.0..=20_000.0, "milliseconds");
        ranges.automated("gain_db", &self.gain_db, -60.0..=60.0, "decibels");
    }
}
