//! Settings of strips that are written once: presets and defaults.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Strip;

/// Settings that strips take by name.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// Its name.
    pub name: String,
    /// The settings; it takes no other preset and goes to no bus.
    #[serde(rename = "(shared)")]
    #[schemars(flatten)]
    pub strip: Strip,
}

/// Settings for all strips of a kind, where neither they nor their presets say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Defaults {
    /// For every object.
    pub object: Strip,
    /// For every bed.
    pub bed: Strip,
    /// For every bus.
    pub bus: Strip,
}
