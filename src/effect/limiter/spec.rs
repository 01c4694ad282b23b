//! What the author writes of a limiter.

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::automation::Automated;
use crate::document::{Place, Problems};

const CEILING_DBTP: RangeInclusive<f64> = -60.0..=0.0;
const LOOKAHEAD_MS: RangeInclusive<f64> = 0.5..=20.0;
const RELEASE_MS: RangeInclusive<f64> = 1.0..=5000.0;

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

impl LimiterSpec {
    /// Notes every value out of range; `place` is that of the limiter.
    pub fn check(&self, place: &Place, _rate_hz: f64, problems: &mut Problems) {
        let mut check = |key: &str, value: &Automated, range: &RangeInclusive<f64>, unit: &str| {
            value.check(&place.key(key), key, range, unit, problems);
        };
        check("ceiling_dbtp", &self.ceiling_dbtp, &CEILING_DBTP, "dBTP");
        check("lookahead_ms", &self.lookahead_ms.into(), &LOOKAHEAD_MS, "milliseconds");
        check("release_ms", &self.release_ms, &RELEASE_MS, "milliseconds");
    }
}

fn lookahead_ms() -> f64 {
    2.0
}

fn release_ms() -> Automated {
    100.0.into()
}
