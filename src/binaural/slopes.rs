//! How weights change with the delay that they stand for.

use std::array;
use std::f64::consts::TAU;

use crate::dsp::Cholesky;

/// Frequencies all over a band at which slopes are fitted: more than three for each of ten taps.
const FITTED: usize = 32;

/// Slopes of some taps in a row that make waves of all frequencies of a band change as they should: by least
/// squares of the error, as a part of the change itself.
pub(super) struct Slopes {
    /// Radians a frame.
    angles: [f64; FITTED],
    /// Of what is heard at each tap with what is heard at each other.
    products: Cholesky,
}

impl Slopes {
    /// Slopes of so many taps for a band that reaches up to a part of the sample rate.
    pub(super) fn new(taps: usize, band: f64) -> Self {
        let angles = array::from_fn(|step| TAU * band * (step as f64 + 0.5) / FITTED as f64);
        let product = |apart: usize| -> f64 {
            angles.iter().map(|angle| libm::cos(angle * apart as f64) / (angle * angle)).sum()
        };
        let row = |one: usize| (0..taps).map(|other| product(one.abs_diff(other))).collect();
        Self { angles, products: Cholesky::new((0..taps).map(row).collect()) }
    }

    /// What each weight gains when the delay grows by a frame, for taps as far in frames from what is read.
    pub(super) fn at(&self, distances: &[f64]) -> Vec<f64> {
        let change = |distance: &f64| -> f64 {
            self.angles.iter().map(|angle| -libm::sin(angle * distance) / angle).sum()
        };
        let changes: Vec<f64> = distances.iter().map(change).collect();
        self.products.solve(&changes)
    }
}
