//! What the author writes of a saturator.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::automation::Automated;

/// Saturation: `{ drive_db = 6 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaturationSpec {
    /// The level before the curve, in decibels, -24 to 48; taken back behind it for quiet sounds.
    pub drive_db: Automated,
    /// How lopsided the curve is, -1 to 1; default 0: odd harmonics only.
    #[serde(default = "bias")]
    pub bias: Automated,
    /// How much of what leaves is saturated, 0 to 1; default 1.
    #[serde(default = "mix")]
    pub mix: Automated,
}

fn bias() -> Automated {
    0.0.into()
}

fn mix() -> Automated {
    1.0.into()
}
