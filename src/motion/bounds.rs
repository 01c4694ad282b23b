//! The checks that all motions share, each noted at the key it is about.

use std::ops::RangeInclusive;

use crate::document::{Place, Problems};

/// Distances an object may have, in radii of the loudspeakers.
pub const DISTANCE: RangeInclusive<f64> = 0.0..=10_000.0;
/// Coordinates an object may have, in radii of the loudspeakers.
pub const COORDINATE: RangeInclusive<f64> = -10_000.0..=10_000.0;
/// Azimuths an author may write, in degrees.
pub const AZIMUTH_DEG: RangeInclusive<f64> = -360.0..=360.0;
/// Elevations, in degrees.
pub const ELEVATION_DEG: RangeInclusive<f64> = -90.0..=90.0;
/// Points in time, in seconds or beats: eleven days.
pub const TIME: RangeInclusive<f64> = 0.0..=1_000_000.0;
/// How long one pass of a motion may take, in seconds or beats.
pub const DURATION: RangeInclusive<f64> = 0.001..=1_000_000.0;
/// Passes a second, of either sign.
pub const RATE: RangeInclusive<f64> = 0.000_001..=1000.0;

/// A table that is being checked.
pub struct Bounds<'a> {
    place: &'a Place,
    problems: &'a mut Problems,
}

impl<'a> Bounds<'a> {
    /// The table at a place.
    pub fn new(place: &'a Place, problems: &'a mut Problems) -> Self {
        Self { place, problems }
    }

    /// Checks a table below this one.
    pub fn inside(&mut self, key: &str, check: impl FnOnce(&Place, &mut Problems)) {
        check(&self.place.key(key), self.problems);
    }

    /// Checks this table by other means.
    pub fn here(&mut self, check: impl FnOnce(&Place, &mut Problems)) {
        check(self.place, self.problems);
    }

    /// Notes an error at a key.
    pub fn error(&mut self, key: &str, message: impl Into<String>, help: impl Into<String>) {
        self.problems.error(&self.place.key(key), message, help);
    }

    /// Notes an error at the table itself.
    pub fn error_here(&mut self, message: impl Into<String>, help: impl Into<String>) {
        self.problems.error(self.place, message, help);
    }

    /// Notes a warning at a key.
    pub fn warning(&mut self, key: &str, message: impl Into<String>, help: impl Into<String>) {
        self.problems.warning(&self.place.key(key), message, help);
    }

    /// A number, where given, must lie in a range.
    pub fn within(
        &mut self,
        key: &str,
        value: impl Into<Option<f64>>,
        range: &RangeInclusive<f64>,
    ) {
        let Some(value) = value.into() else { return };
        if !range.contains(&value) {
            let help = format!("give a number from {} to {}", range.start(), range.end());
            self.error(key, format!("{key} = {value} is out of range"), help);
        }
    }

    /// A number, where given, must lie in a range once its sign is left aside.
    pub fn either_sign(&mut self, key: &str, value: Option<f64>, range: &RangeInclusive<f64>) {
        let Some(value) = value else { return };
        if !range.contains(&value.abs()) {
            let (least, most) = (range.start(), range.end());
            let help =
                format!("give a number from {least} to {most}, or its negative to turn back");
            self.error(key, format!("{key} = {value} is out of range"), help);
        }
    }

    /// Of two ways to say one thing at most one may be used.
    pub fn not_both(&mut self, one: (&str, bool), other: (&str, bool)) {
        if one.1 && other.1 {
            let message = format!("{} and {} say the same thing", one.0, other.0);
            self.error(other.0, message, format!("keep {} or {}", one.0, other.0));
        }
    }

    /// Of two ways to say one thing exactly one must be used.
    pub fn one_of(&mut self, one: (&str, bool), other: (&str, bool)) {
        self.not_both(one, other);
        if !one.1 && !other.1 {
            let help = format!("give {} or {}", one.0, other.0);
            self.error_here(format!("{} is missing", one.0), help);
        }
    }
}
