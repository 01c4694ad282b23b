//! A layout as its author writes it.
//!
//! ```toml
//! title = "The small studio"
//! loudspeakers = [
//!     { name = "L", azimuth_deg = 28, elevation_deg = 0, nominal_azimuth_deg = 30 },
//!     { name = "R", azimuth_deg = -31, elevation_deg = 0, nominal_azimuth_deg = -30 },
//! ]
//! ```

use schemars::JsonSchema;
use serde::Deserialize;

use super::bass::BassManagementSpec;
use super::label::is_itu_label;
use super::wave::wave_bit;
use super::{Layout, Loudspeaker};
use crate::effect::EqSpec;
use crate::space::wrap_deg;

/// A set of loudspeakers; their order is the order of the channels.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LayoutSpec {
    /// What it is, in a few words.
    #[serde(default)]
    pub title: String,
    /// The loudspeakers in channel order, 1 to 128.
    pub loudspeakers: Vec<LoudspeakerSpec>,
    /// Who plays the bass, on live outputs only.
    pub bass_management: Option<BassManagementSpec>,
}

/// A loudspeaker and where it stands.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoudspeakerSpec {
    /// The name of its channel, unique in the layout: `L`, `LFE`, `Lss`.
    pub name: String,
    /// Its label in ITU-R BS.2051 (`M+030`, `LFE1`); where absent, the name if that is one.
    pub label: Option<String>,
    /// Azimuth where it really stands, degrees, positive to the left, -360 to 360.
    pub azimuth_deg: f64,
    /// Elevation where it really stands, degrees, positive up, -90 to 90.
    pub elevation_deg: f64,
    /// The azimuth the layout prescribes, degrees; where absent, the real one.
    pub nominal_azimuth_deg: Option<f64>,
    /// The elevation the layout prescribes, degrees; where absent, the real one.
    pub nominal_elevation_deg: Option<f64>,
    /// Distance from the listener in metres, above 0, at most 1000.
    #[serde(default = "one_metre")]
    pub distance_m: f64,
    /// Whether it carries low-frequency effects only; the panner never feeds it.
    #[serde(default)]
    pub lfe: bool,
    /// Calibration trim in decibels, -60 to 20, used on live outputs only.
    #[serde(default)]
    pub gain_db: f64,
    /// Calibration delay in milliseconds, 0 to 1000, used on live outputs only.
    #[serde(default)]
    pub delay_ms: f64,
    /// Whether its polarity is turned round, on live outputs only.
    #[serde(default)]
    pub invert_polarity: bool,
    /// Calibration equaliser, used on live outputs only; its numbers do not move.
    #[serde(default)]
    pub eq: EqSpec,
    /// The bit of the WAVE channel mask that names it: `FL`, `SL`, `TBR` …
    pub wave: Option<String>,
}

fn one_metre() -> f64 {
    1.0
}

impl LayoutSpec {
    /// The layout this describes, under a name. Assumes that `check` found no error.
    #[must_use]
    pub fn layout(&self, name: &str) -> Layout {
        Layout {
            name: name.to_owned(),
            title: self.title.clone(),
            loudspeakers: self.loudspeakers.iter().map(LoudspeakerSpec::loudspeaker).collect(),
            bass_management: self.bass_management.as_ref().map(|it| it.among(&self.loudspeakers)),
        }
    }
}

impl LoudspeakerSpec {
    /// The ITU label, written or implied by the name.
    #[must_use]
    pub fn itu_label(&self) -> Option<&str> {
        let name_as_label = || Some(self.name.as_str()).filter(|name| is_itu_label(name));
        self.label.as_deref().or_else(name_as_label)
    }

    fn loudspeaker(&self) -> Loudspeaker {
        Loudspeaker {
            name: self.name.clone(),
            label: self.itu_label().map(str::to_owned),
            azimuth_deg: wrap_deg(self.azimuth_deg),
            elevation_deg: self.elevation_deg,
            nominal_azimuth_deg: wrap_deg(self.nominal_azimuth_deg.unwrap_or(self.azimuth_deg)),
            nominal_elevation_deg: self.nominal_elevation_deg.unwrap_or(self.elevation_deg),
            distance_m: self.distance_m,
            lfe: self.lfe,
            gain_db: self.gain_db,
            delay_ms: self.delay_ms,
            inverted: self.invert_polarity,
            eq: self.eq.clone(),
            wave_bit: self.wave.as_deref().and_then(wave_bit).unwrap_or(0),
        }
    }
}
