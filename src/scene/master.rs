//! The master: what the mix of a target passes last.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Strip;
use crate::automation::Automated;

/// What the mix of a target passes before it is written.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Master {
    /// The loudness that `--normalize` brings the mix to, in LUFS, -70 to 0.
    pub loudness_lufs: Option<f64>,
    /// How wide stereo is, 0 to 2: 0 is mono, 1 leaves it alone; for stereo targets only.
    pub width: Option<Automated>,
    /// Masters of their own for targets, by name, instead of this one.
    #[serde(default)]
    pub target: BTreeMap<String, Master>,
    /// What it has in common with beds and objects; it sends nowhere.
    #[serde(rename = "(shared)")]
    #[schemars(flatten)]
    pub strip: Strip,
}
