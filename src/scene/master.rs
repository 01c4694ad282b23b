//! The master: what the mix of a target passes last.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Strip;
use super::range::Ranges;
use crate::automation::Automated;
use crate::document::{Place, Problems};
use crate::effect::Width;

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

impl Master {
    /// Notes every number out of range, and keys that a master does not have.
    pub fn check(&self, place: &Place, rate_hz: f64, problems: &mut Problems) {
        self.check_settings(place, rate_hz, problems);
        for (name, target) in &self.target {
            let place = place.key("target").key(name);
            target.check_settings(&place, rate_hz, problems);
            if !target.target.is_empty() {
                let message = "the master of a target has no targets of its own";
                problems.error(&place.key("target"), message, "`[master.target.\"…\"]` beside it");
            }
        }
    }

    fn check_settings(&self, place: &Place, rate_hz: f64, problems: &mut Problems) {
        let mut ranges = Ranges::new(place, problems);
        ranges.check("loudness_lufs", self.loudness_lufs, -70.0..=0.0, "LUFS");
        if let Some(width) = &self.width {
            Width::check(width, &place.key("width"), "width", problems);
        }
        let refused = ["mute", "solo", "sends", "bus", "binaural", "binaural_way"];
        self.strip.refuse(&refused, "a master", place, problems);
        self.strip.check(place, rate_hz, problems);
    }
}
