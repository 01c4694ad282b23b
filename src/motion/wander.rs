//! Restless: slow and quick at once.

use schemars::JsonSchema;
use serde::Deserialize;

use super::noise::{BandLimited, mix};
use super::sway::{Amount, MicroSpec, Signal};
use crate::space::Vector;

/// Noise like that of Ornstein and Uhlenbeck: level up to its rate, then falling by 6 dB an octave.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wander {
    /// How far along the azimuth, in degrees of arc RMS, 0 to 30; default 0.
    #[serde(default)]
    pub azimuth_deg: f64,
    /// How far along the elevation, in degrees RMS, 0 to 30; default 0.
    #[serde(default)]
    pub elevation_deg: f64,
    /// How fast, in hertz, 0.001 to 20; 0.05 to 2 seems alive.
    pub rate_hz: f64,
    /// Another number is another motion; default 0.
    #[serde(default)]
    pub seed: u64,
    /// Whether objects of the same seed move as one; by default each object's name makes its
    /// motion its own.
    #[serde(default)]
    pub together: bool,
}

impl MicroSpec for Wander {
    fn amount(&self) -> Amount {
        let Self { azimuth_deg, elevation_deg, rate_hz, seed, together } = *self;
        Amount { azimuth_deg, elevation_deg, rate_hz, seed, together }
    }

    fn signal(&self, key: u64) -> Box<dyn Signal> {
        Box::new(Layers::new(key, self.rate_hz))
    }
}

/// Layers, each twice as fast as the one before and of half its power.
#[derive(Debug)]
struct Layers([BandLimited; LAYERS]);

const LAYERS: usize = 4;

impl Layers {
    fn new(key: u64, rate_hz: f64) -> Self {
        let power = |layer: usize| libm::exp2(-(layer as f64));
        let total: f64 = (0..LAYERS).map(power).sum();
        Self(std::array::from_fn(|layer| {
            let layer_rate_hz = rate_hz * libm::exp2(layer as f64);
            let rms = libm::sqrt(power(layer) / total);
            BandLimited::new(mix(key.wrapping_add(layer as u64)), layer_rate_hz, rms)
        }))
    }
}

impl Signal for Layers {
    fn at(&self, time_s: f64) -> Vector {
        self.0.iter().fold(Vector::zeros(), |sum, layer| sum + layer.at(time_s))
    }
}
