//! A set of head-related impulse responses as it was measured.

use crate::space::Vector;

/// The left ear and the right ear, in this order everywhere.
pub const EARS: usize = 2;

/// Responses of both ears to sources around a head, at the rate at which they were taken.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// Frames a second of the responses.
    pub rate_hz: f64,
    /// Samples of each response.
    pub taps: usize,
    /// Unit vectors from the head to the sources, in the axes of the listener's own view.
    pub directions: Vec<Vector>,
    /// How far the sources were, in metres.
    pub distances_m: Vec<f64>,
    /// The responses: direction by ear by tap.
    pub responses: Vec<f32>,
    /// What is to be put before each response, in frames of its rate, for each ear.
    pub delays_frames: Vec<[f64; EARS]>,
    /// How many measurements were left out because their sources were nearer or farther.
    pub other_distances: usize,
    /// Who made it, and what may be done with it.
    pub about: About,
}

/// What a set says about itself.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Its title.
    pub title: String,
    /// The database it belongs to.
    pub database: String,
    /// The person or the dummy head.
    pub listener: String,
    /// Who measured it.
    pub author: String,
    /// What may be done with it.
    pub licence: String,
}

impl Measured {
    /// The response of an ear (0 left, 1 right) to a source.
    #[must_use]
    pub fn response(&self, direction: usize, ear: usize) -> &[f32] {
        let first = (direction * EARS + ear) * self.taps;
        &self.responses[first..first + self.taps]
    }
}
