//! What the author writes of a limiter.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::automation::Automated;

/// A true-peak limiter: `{ ceiling_dbtp = -1 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimiterSpec {
    /// The highest true peak that leaves, in dBTP, -60 to 0.
    pub ceiling_dbtp: Automated,
    /// How far it looks ahead, in milliseconds, 0.5 to 20; default 2; the desk makes up for the delay.
    #[serde(default = "lookahead_ms")]
    pub lookahead_ms: f64,
    /// The time constant of coming back, in milliseconds, 1 to 5000; default 100.
    #[serde(default = "release_ms")]
    pub release_ms: Automated,
}

fn lookahead_ms() -> f64 {
    2.0
}

fn release_ms() -> Automated {
    100.0.into()
}
