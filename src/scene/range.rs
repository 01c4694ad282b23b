//! Numbers that must lie in a range.

use std::ops::RangeInclusive;

use crate::document::{Place, Problems};

/// A year's worth of seconds is no scene, a week's may be.
pub const SECONDS: RangeInclusive<f64> = 0.0..=604_800.0;

/// From telephones to the fastest converters, in frames a second.
pub const SAMPLE_RATE_HZ: RangeInclusive<f64> = 8000.0..=384_000.0;

/// The numbers of a table that is being checked.
pub struct Ranges<'a> {
    place: &'a Place,
    problems: &'a mut Problems,
}

impl<'a> Ranges<'a> {
    pub fn new(place: &'a Place, problems: &'a mut Problems) -> Self {
        Self { place, problems }
    }

    /// A number, where given, must lie in a range.
    pub fn check(
        &mut self,
        key: &str,
        value: impl Into<Option<f64>>,
        range: RangeInclusive<f64>,
        unit: &str,
    ) {
        let Some(value) = value.into().filter(|value| !range.contains(value)) else { return };
        let help = format!("{} to {} {unit}", range.start(), range.end());
        let message = format!("{key} = {value} is out of range");
        self.problems.error(&self.place.key(key), message, help.trim_end());
    }
}
