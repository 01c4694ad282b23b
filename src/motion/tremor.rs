//! Regular, like a vibrato.

use std::f64::consts::SQRT_2;

use schemars::JsonSchema;
use serde::Deserialize;

use super::noise::mix;
use super::sway::{Amount, MicroSpec, Signal};
use crate::space::{Vector, sin_cos_deg};

/// A sine in each axis of the room. Their rates differ a little, so that the figure they draw never
/// settles into one line.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tremor {
    /// How far along the azimuth, in degrees of arc RMS, 0 to 30; default 0.
    #[serde(default)]
    pub azimuth_deg: f64,
    /// How far along the elevation, in degrees RMS, 0 to 30; default 0.
    #[serde(default)]
    pub elevation_deg: f64,
    /// How fast, in hertz, 0.001 to 20; the rate along the azimuth in front.
    pub rate_hz: f64,
    /// Another number is another motion; default 0.
    #[serde(default)]
    pub seed: u64,
    /// Whether objects of the same seed move as one; by default each object's name makes its
    /// motion its own.
    #[serde(default)]
    pub together: bool,
}

impl MicroSpec for Tremor {
    fn amount(&self) -> Amount {
        let Self { azimuth_deg, elevation_deg, rate_hz, seed, together } = *self;
        Amount { azimuth_deg, elevation_deg, rate_hz, seed, together }
    }

    fn signal(&self, key: u64) -> Box<dyn Signal> {
        let phase = |axis: u64| (mix(key.wrapping_add(axis)) >> 32) as f64 / (1_u64 << 32) as f64;
        Box::new(Sines {
            rates_hz: RATES.map(|rate| rate * self.rate_hz),
            phases: [phase(0), phase(1), phase(2)],
        })
    }
}

/// The rates of the sines in x, y and z, relative to that of the tremor.
const RATES: [f64; 3] = [1.0, 0.93, 1.08];

#[derive(Debug)]
struct Sines {
    rates_hz: [f64; 3],
    /// In turns.
    phases: [f64; 3],
}

impl Signal for Sines {
    fn at(&self, time_s: f64) -> Vector {
        let sine = |axis: usize| {
            let turns = time_s * self.rates_hz[axis] + self.phases[axis];
            SQRT_2 * sin_cos_deg(360.0 * turns).0
        };
        Vector::new(sine(0), sine(1), sine(2))
    }
}
