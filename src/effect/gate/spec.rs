//! What the author writes of a gate, or an expander.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::automation::Automated;
use crate::effect::EqSpec;

/// A gate or expander: `{ threshold_db = -50, range_db = -60, hold_ms = 20 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GateSpec {
    /// The level below which it closes, in dBFS, -120 to 20.
    pub threshold_db: Automated,
    /// Decibels out for a decibel in below the threshold, 1 to 1000; default 10. 2 is an expander.
    #[serde(default = "ratio")]
    pub ratio: Automated,
    /// The most it takes, in decibels, -200 to 0; default -80.
    #[serde(default = "range_db")]
    pub range_db: Automated,
    /// How far below the threshold it must get, once open, before it closes, 0 to 30; default 3.
    #[serde(default = "hysteresis_db")]
    pub hysteresis_db: Automated,
    /// The time constant of opening, in milliseconds, 0 to 1000; default 1.
    #[serde(default = "attack_ms")]
    pub attack_ms: Automated,
    /// How long it stays open once it is too quiet, in milliseconds, 0 to 5000; default 10, which is
    /// the least: so long the detector looks back.
    #[serde(default = "hold_ms")]
    pub hold_ms: Automated,
    /// The time constant of closing, in milliseconds, 0 to 20000; default 100.
    #[serde(default = "release_ms")]
    pub release_ms: Automated,
    /// How far it looks ahead, in milliseconds, 0 to 100; the desk makes up for the delay.
    #[serde(default)]
    pub lookahead_ms: f64,
    /// What the detector hears goes through these bands first.
    #[serde(default)]
    pub sidechain_eq: EqSpec,
    /// The bed, object, bus or return whose level it goes by, instead of its own.
    pub key: Option<String>,
    /// Gates of the same link open and close together.
    pub link: Option<String>,
}

fn ratio() -> Automated {
    10.0.into()
}

fn range_db() -> Automated {
    (-80.0).into()
}

fn hysteresis_db() -> Automated {
    3.0.into()
}

fn attack_ms() -> Automated {
    1.0.into()
}

fn hold_ms() -> Automated {
    10.0.into()
}

fn release_ms() -> Automated {
    100.0.into()
}
