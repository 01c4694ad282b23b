//! How the scene is heard on headphones.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::range::Ranges;
use super::{Object, Spec, StripId};
use crate::automation::Automated;
use crate::document::{Place, Problems};

/// Angles of the head: some turns either way.
const TURN_DEG: RangeInclusive<f64> = -3600.0..=3600.0;
/// Levels of LFE at each ear, in decibels.
const LFE_DB: RangeInclusive<f64> = -60.0..=12.0;
/// The most objects with filters of their own.
const MOST_DIRECT: f64 = 4096.0;

/// How the scene is heard on headphones.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Headphones {
    /// The head: a SOFA file of head-related impulse responses; where absent, a KEMAR dummy head.
    pub hrtf: Option<PathBuf>,
    /// A room for the virtual loudspeakers: a SOFA file of binaural room impulse responses. Everything is
    /// heard through them then.
    pub brir: Option<PathBuf>,
    /// The layout of the virtual loudspeakers, by name or path, for what is heard through them;
    /// default 7.1.4.
    pub speakers: Option<String>,
    /// How many moving sounds have filters of their own: the first ones in scene order; default 16. The
    /// others are heard from a sphere of virtual directions.
    pub direct_lanes: Option<u32>,
    /// What each ear gets of LFE, in decibels, -60 to 12; default -3: together they have its power.
    pub lfe_gain_db: Option<f64>,
}

/// Which way the listener's head looks: it turns to the left, then lifts its nose, then lowers its
/// right ear.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Head {
    /// To the left, in degrees, -3600 to 3600.
    pub yaw_deg: Automated,
    /// Nose up, in degrees, -3600 to 3600.
    pub pitch_deg: Automated,
    /// Right ear down, in degrees, -3600 to 3600.
    pub roll_deg: Automated,
}

/// From how far away headphones hear a strip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Binaural {
    /// Not by a head at all: as two loudspeakers have it.
    Off,
    /// Dry; what is nearer than a metre sounds near.
    #[default]
    Near,
    /// In a small room.
    Mid,
    /// In a large room.
    Far,
}

/// By which way headphones hear a strip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BinauralWay {
    /// Each channel from its own direction.
    #[default]
    Direct,
    /// Panned to virtual loudspeakers.
    Speakers,
}

impl Spec {
    /// By which way headphones hear a strip: as it says; where it does not, an object with a spread
    /// through virtual loudspeakers, which alone have an extent, and all else directly.
    #[must_use]
    pub fn binaural_way(&self, id: StripId) -> BinauralWay {
        let is_wide = match id {
            StripId::Object(index) => self.objects[index].is_wide(),
            StripId::Bed(_) | StripId::Bus(_) | StripId::Return(_) => false,
        };
        let usual = if is_wide { BinauralWay::Speakers } else { BinauralWay::Direct };
        self.strip(id).binaural_way.unwrap_or(usual)
    }
}

impl Object {
    /// Whether it has an extent.
    fn is_wide(&self) -> bool {
        let spreads = [self.spread_deg, self.spread_width_deg, self.spread_height_deg];
        spreads.into_iter().flatten().any(|spread_deg| spread_deg > 0.0)
    }
}

impl Headphones {
    /// Notes every number out of range.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        let mut ranges = Ranges::new(place, problems);
        ranges.check("direct_lanes", self.direct_lanes.map(f64::from), 0.0..=MOST_DIRECT, "lanes");
        ranges.check("lfe_gain_db", self.lfe_gain_db, LFE_DB, "decibels");
    }
}

impl Head {
    /// Notes every angle out of range.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        let angles = [
            ("yaw_deg", &self.yaw_deg),
            ("pitch_deg", &self.pitch_deg),
            ("roll_deg", &self.roll_deg),
        ];
        for (key, angle) in angles {
            angle.check(&place.key(key), key, &TURN_DEG, "degrees", problems);
        }
    }
}
