//! Settings of strips that are written once: presets and defaults.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Strip;
use crate::document::{Place, Problems};

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

impl Preset {
    /// Notes every number out of range, and keys that a preset does not have.
    pub fn check(&self, place: &Place, rate_hz: f64, problems: &mut Problems) {
        self.strip.refuse(&["preset", "bus", "solo"], "a preset", place, problems);
        self.strip.check(place, rate_hz, problems);
    }
}

impl Defaults {
    /// Notes every number out of range, and keys that defaults do not have.
    pub fn check(&self, place: &Place, rate_hz: f64, problems: &mut Problems) {
        for (kind, strip) in [("object", &self.object), ("bed", &self.bed), ("bus", &self.bus)] {
            strip.refuse(&["solo"], "what holds for all", &place.key(kind), problems);
            strip.check(&place.key(kind), rate_hz, problems);
        }
    }
}
