//! What the author writes of a de-esser.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::automation::Automated;

/// A de-esser: `{ freq_hz = 6500, threshold_db = -30 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeesserSpec {
    /// The centre of the band, in hertz; default 6500.
    #[serde(default = "freq_hz")]
    pub freq_hz: Automated,
    /// Centre over bandwidth, 0.1 to 20; default 1.
    #[serde(default = "q")]
    pub q: Automated,
    /// The level of the band above which it is turned down, in dBFS, -100 to 20.
    pub threshold_db: Automated,
    /// Decibels in for a decibel out above the threshold, 1 to 1000; default 4.
    #[serde(default = "ratio")]
    pub ratio: Automated,
    /// The most it takes, in decibels, -60 to 0; default -12.
    #[serde(default = "range_db")]
    pub range_db: Automated,
    /// The time constant of turning down, in milliseconds, 0 to 1000; default 1.
    #[serde(default = "attack_ms")]
    pub attack_ms: Automated,
    /// The time constant of coming back, in milliseconds, 0 to 5000; default 60.
    #[serde(default = "release_ms")]
    pub release_ms: Automated,
}

fn freq_hz() -> Automated {
    6500.0.into()
}

fn q() -> Automated {
    1.0.into()
}

fn ratio() -> Automated {
    4.0.into()
}

fn range_db() -> Automated {
    (-12.0).into()
}

fn attack_ms() -> Automated {
    1.0.into()
}

fn release_ms() -> Automated {
    60.0.into()
}
