//! What can be wrong with an equaliser.

use std::ops::RangeInclusive;

use super::design::SLOPE_OF_AN_ORDER;
use super::{Band, EqSpec};
use crate::document::{Place, Problems};

/// Levels of bells, shelves and tilts, in decibels.
const GAIN_DB: RangeInclusive<f64> = -60.0..=60.0;

/// Centre over bandwidth.
const Q: RangeInclusive<f64> = 0.05..=100.0;

/// How near a frequency may come to 0 Hz and to half the sample rate, in hertz: filters at either are
/// none, as near as this they still are.
const NEAREST_HZ: f64 = 0.001;

/// The steepest high- or low-pass, as an order.
const HIGHEST_ORDER: u32 = 8;

/// Notes every value of a list of bands that cannot be; `place` is that of the list.
pub fn check_bands(bands: &EqSpec, place: &Place, rate_hz: f64, problems: &mut Problems) {
    for (index, band) in bands.iter().enumerate() {
        band.check(&place.index(index), rate_hz, problems);
    }
}

impl Band {
    /// Notes every value that cannot be; `place` is that of the band.
    pub fn check(&self, place: &Place, rate_hz: f64, problems: &mut Problems) {
        let [freq_hz, gain_db, q] = self.numbers();
        if let Some(freq_hz) = freq_hz {
            let range = NEAREST_HZ..=rate_hz / 2.0 - NEAREST_HZ;
            freq_hz.check(&place.key("freq_hz"), "freq_hz", &range, "hertz", problems);
        }
        if let Some(gain_db) = gain_db {
            gain_db.check(&place.key("gain_db"), "gain_db", &GAIN_DB, "decibels", problems);
        }
        if let Some(q) = q {
            q.check(&place.key("q"), "q", &Q, "", problems);
        }
        if let Some(slope_db_oct) = self.slope_db_oct() {
            check_slope(slope_db_oct, &place.key("slope_db_oct"), problems);
        }
    }
}

fn check_slope(slope_db_oct: u32, place: &Place, problems: &mut Problems) {
    let steepest = HIGHEST_ORDER * SLOPE_OF_AN_ORDER;
    let is_step = slope_db_oct.is_multiple_of(SLOPE_OF_AN_ORDER);
    if !is_step || !(SLOPE_OF_AN_ORDER..=steepest).contains(&slope_db_oct) {
        let message = format!("slope_db_oct = {slope_db_oct} is not to be had");
        problems.error(place, message, "6, 12, 18, 24, 30, 36, 42 or 48");
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::document::Document;

    #[derive(Deserialize)]
    struct Strip {
        eq: EqSpec,
    }

    fn problems(bands: &str) -> String {
        let text = format!("eq = [{bands}]");
        let mut document = Document::from_bytes("scene.toml", text.as_bytes()).unwrap();
        let mut problems = Problems::default();
        let strip = document.read::<Strip>(&mut problems).expect("it can be read");
        check_bands(&strip.eq, &Place::root().key("eq"), 48_000.0, &mut problems);
        if problems.is_empty() { String::new() } else { document.explain(problems).to_string() }
    }

    #[test]
    fn what_can_be_passes() {
        let bands = "{ type = 'bell', freq_hz = 20, gain_db = -60, q = 0.05 },
            { type = 'low_shelf', freq_hz = 23999, gain_db = 60, q = 100 },
            { type = 'high_shelf', freq_hz = 8000, gain_db = 3 }, { type = 'notch', freq_hz = 50 },
            { type = 'highpass', freq_hz = 0.5, slope_db_oct = 6 }, { type = 'bandpass', freq_hz = 9 },
            { type = 'lowpass', freq_hz = 120, slope_db_oct = 48 },
            { type = 'tilt', freq_hz = 700, gain_db = { points = [[0, -6], [2, 6]] } }";
        assert_eq!(problems(bands), "");
    }

    #[test]
    fn every_bad_value_is_noted() {
        let faults = [
            ("{ type = 'bell', freq_hz = 0, gain_db = 1 }", "freq_hz = 0 is out of range"),
            ("{ type = 'bell', freq_hz = 24000, gain_db = 1 }", "0.001 to 23999.999 hertz"),
            ("{ type = 'bell', freq_hz = 1, gain_db = 60.5 }", "gain_db = 60.5 is out of range"),
            ("{ type = 'low_shelf', freq_hz = 1, gain_db = -61 }", "gain_db = -61 is out of range"),
            ("{ type = 'high_shelf', freq_hz = 1, gain_db = 0, q = 0 }", "0.05 to 100"),
            ("{ type = 'notch', freq_hz = 1, q = 101 }", "q = 101 is out of range"),
            ("{ type = 'tilt', freq_hz = 1, gain_db = { points = [[0, 90]] } }", "gain_db = 90"),
            ("{ type = 'highpass', freq_hz = 1, slope_db_oct = 20 }", "slope_db_oct = 20"),
            ("{ type = 'lowpass', freq_hz = 1, slope_db_oct = 54 }", "6, 12, 18"),
            ("{ type = 'lowpass', freq_hz = 1, slope_db_oct = 0 }", "slope_db_oct = 0"),
        ];
        for (band, expected) in faults {
            let shown = problems(band);
            assert!(shown.contains(expected), "{band}\n{shown}");
        }
        let all = faults.map(|(band, _)| band).join(",");
        assert_eq!(problems(&all).matches("scene.toml:1:").count(), faults.len());
    }
}
