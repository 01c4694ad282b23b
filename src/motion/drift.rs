//! Slow, smooth, never the same twice.

use schemars::JsonSchema;
use serde::Deserialize;

use super::noise::BandLimited;
use super::sway::{Amount, MicroSpec, Signal};
use crate::space::Vector;

/// Band-limited noise: smooth and slow, with nothing above three times its rate.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Drift {
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

impl MicroSpec for Drift {
    fn amount(&self) -> Amount {
        let Self { azimuth_deg, elevation_deg, rate_hz, seed, together } = *self;
        Amount { azimuth_deg, elevation_deg, rate_hz, seed, together }
    }

    fn signal(&self, key: u64) -> Box<dyn Signal> {
        Box::new(BandLimited::new(key, self.rate_hz, 1.0))
    }
}

impl Signal for BandLimited {
    fn at(&self, time_s: f64) -> Vector {
        BandLimited::at(self, time_s)
    }
}
