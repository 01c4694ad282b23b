//! Numbers of an effect that must lie in a range.

use std::ops::RangeInclusive;

use crate::automation::Automated;
use crate::document::{Place, Problems};

/// The numbers of an effect that is being checked.
pub struct Ranges<'a> {
    place: &'a Place,
    problems: &'a mut Problems,
}

impl<'a> Ranges<'a> {
    pub fn new(place: &'a Place, problems: &'a mut Problems) -> Self {
        Self { place, problems }
    }

    /// A number that may be automated must lie in a range.
    pub fn automated(
        &mut self,
        key: &str,
        value: &Automated,
        range: RangeInclusive<f64>,
        unit: &str,
    ) {
        value.check(&self.place.key(key), key, &range, unit, self.problems);
    }

    /// A number that stays must lie in a range.
    pub fn constant(&mut self, key: &str, value: f64, range: RangeInclusive<f64>, unit: &str) {
        self.automated(key, &Automated::Constant(value), range, unit);
    }

    /// A frequency must lie above 0 and below half the sample rate.
    pub fn frequency(&mut self, key: &str, value: &Automated, rate_hz: f64) {
        self.automated(key, value, frequencies_hz(rate_hz), "hertz");
    }
}

/// The frequencies that filters are made for: filters at 0 Hz and at half the sample rate are none, as
/// near as this they still are.
pub fn frequencies_hz(rate_hz: f64) -> RangeInclusive<f64> {
    0.001..=rate_hz / 2.0 - 0.001
}
