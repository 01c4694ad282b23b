//! What the author writes of a multiband compressor.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::automation::Automated;

/// A multiband compressor: `{ crossovers_hz = [120, 2000], bands = [{ … }, { … }, { … }] }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MultibandSpec {
    /// The frequencies that part the bands, rising; 1 to 5 of them.
    pub crossovers_hz: Vec<f64>,
    /// The bands from the lowest up, one more than crossovers; `{}` leaves a band alone.
    pub bands: Vec<MultibandBand>,
}

/// One band of a multiband compressor.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MultibandBand {
    /// The level above which it turns down, in dBFS, -100 to 20; default 0.
    #[serde(default = "zero")]
    pub threshold_db: Automated,
    /// Decibels in for a decibel out above the threshold, 1 to 1000; default 1: nothing.
    #[serde(default = "one")]
    pub ratio: Automated,
    /// How wide the bend at the threshold is, in decibels, 0 to 60; default 6.
    #[serde(default = "knee_db")]
    pub knee_db: Automated,
    /// The time constant of turning down, in milliseconds, 0 to 5000; default 10.
    #[serde(default = "attack_ms")]
    pub attack_ms: Automated,
    /// The time constant of coming back, in milliseconds, 0 to 20000; default 150.
    #[serde(default = "release_ms")]
    pub release_ms: Automated,
    /// The level of the band behind it, in decibels, -60 to 60; default 0.
    #[serde(default = "zero")]
    pub gain_db: Automated,
}

fn zero() -> Automated {
    0.0.into()
}

fn one() -> Automated {
    1.0.into()
}

fn knee_db() -> Automated {
    6.0.into()
}

fn attack_ms() -> Automated {
    10.0.into()
}

fn release_ms() -> Automated {
    150.0.into()
}
