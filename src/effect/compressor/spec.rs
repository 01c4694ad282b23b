//! What the author writes of a compressor.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::automation::Automated;
use crate::effect::EqSpec;

/// A compressor: `{ threshold_db = -20, ratio = 2.5, attack_ms = 20, release_ms = 180 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompressorSpec {
    /// The level above which it turns down, in dBFS, -100 to 20.
    pub threshold_db: Automated,
    /// Decibels in for a decibel out above the threshold, 1 to 1000.
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
    /// What it gives back, in decibels, -60 to 60; default 0.
    #[serde(default)]
    pub makeup_db: Automated,
    /// Whether it gives back half of what it takes from 0 dBFS as well.
    #[serde(default)]
    pub auto_makeup: bool,
    /// How far it looks ahead, in milliseconds, 0 to 100; the desk makes up for the delay.
    #[serde(default)]
    pub lookahead_ms: f64,
    /// What level it goes by; default `peak`.
    #[serde(default)]
    pub detector: Detector,
    /// The time constant of the `rms` detector in milliseconds, 1 to 1000; default 10.
    #[serde(default = "rms_ms")]
    pub rms_ms: f64,
    /// What the detector hears goes through these bands first.
    #[serde(default)]
    pub sidechain_eq: EqSpec,
    /// The bed, object, bus or return whose level it goes by, instead of its own.
    pub key: Option<String>,
    /// Compressors of the same link turn their strips down together.
    pub link: Option<String>,
    /// How much of what leaves is compressed, 0 to 1; the rest is as it came; default 1.
    #[serde(default = "all")]
    pub mix: Automated,
}

/// What level a compressor goes by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Detector {
    /// The magnitude of the samples.
    #[default]
    Peak,
    /// The root of their mean square.
    Rms,
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

fn rms_ms() -> f64 {
    10.0
}

fn all() -> Automated {
    1.0.into()
}
