//! How good a set of responses is, in numbers.
//!
//! - `territory`: which part of the sphere each direction stands for
//! - `hearing`: levels, time differences and spectra of each direction
//! - `outliers`: directions that do not sound like those around them
//! - `symmetry`: whether left and right are alike
//! - `diffuse`: what all directions have in common

mod diffuse;
mod hearing;
mod nearby;
mod outliers;
mod symmetry;
mod territory;

use super::Measured;
use crate::space::Vector;
use hearing::Hearing;
use nearby::Nearby;
pub use outliers::Outlier;
pub use symmetry::Symmetry;
use territory::Territory;

/// A set of responses, judged.
#[derive(Clone, Debug)]
pub struct Quality {
    /// How many directions there are.
    pub directions: usize,
    /// Frames a second.
    pub rate_hz: f64,
    /// Samples of each response.
    pub taps: usize,
    /// The distance of the sources, from the nearest to the farthest, in metres.
    pub distances_m: [f64; 2],
    /// The place on the sphere that is farthest from any direction, found on a grid of 1 degree.
    pub largest_gap: Gap,
    /// Directions whose level is unlike that of those around them.
    pub outliers: Vec<Outlier>,
    /// Whether left and right are alike.
    pub symmetry: Symmetry,
    /// The level of the diffuse field at frequencies in Hz, in decibels about their mean: the power
    /// averaged over the sphere and over both ears, in bands of 1/6 octave.
    pub diffuse_field: Vec<[f64; 2]>,
    /// Standard deviation of that level from 200 Hz to 16 kHz (or as far as the rate goes), on a
    /// logarithmic axis of frequency, in decibels.
    pub diffuse_field_deviation_db: f64,
    /// The largest interaural time difference to either side, in seconds.
    pub largest_itd_s: f64,
    /// Interaural time difference of each direction in seconds, positive where the left ear hears
    /// first: the delay at which both ears, below 1.5 kHz, are most alike.
    pub itds_s: Vec<f64>,
    /// Interaural level difference of each direction in decibels, positive where the left ear hears
    /// more: over all frequencies.
    pub ilds_db: Vec<f64>,
}

/// A place nobody measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// How far the nearest direction is, in degrees.
    pub angle_deg: f64,
    /// Where it is: unit vector.
    pub direction: Vector,
}

impl Quality {
    /// Judges a set, which has at least one direction.
    #[must_use]
    pub fn of(set: &Measured) -> Self {
        let nearby = Nearby::new(&set.directions);
        let territory = Territory::new(&nearby);
        let hearing = Hearing::new(set, &territory.shares);
        let levels_db = hearing.diffuse_levels_db();
        let distances = || set.distances_m.iter().copied();
        Self {
            directions: set.directions.len(),
            rate_hz: set.rate_hz,
            taps: set.taps,
            distances_m: [
                distances().fold(f64::INFINITY, f64::min),
                distances().fold(0.0, f64::max),
            ],
            largest_gap: territory.largest_gap,
            outliers: outliers::find(&nearby, &hearing.levels_db),
            symmetry: Symmetry::of(set, &nearby),
            diffuse_field_deviation_db: diffuse::deviation_db(&levels_db),
            diffuse_field: levels_db,
            largest_itd_s: hearing.itds_s.iter().fold(0.0, |most, itd| most.max(itd.abs())),
            ilds_db: hearing.levels_db.iter().map(|[left, right]| left - right).collect(),
            itds_s: hearing.itds_s,
        }
    }
}
