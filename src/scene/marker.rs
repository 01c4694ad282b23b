//! A marker: a moment with a name.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Spec;
use super::range::{Ranges, SECONDS};
use crate::document::{Place, Problems};

/// A moment with a name, to be found again while the scene plays. It is not heard.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Marker {
    /// Its name, unlike that of any other marker.
    pub name: String,
    /// Where it is, in seconds of the scene.
    pub at_s: f64,
}

impl Marker {
    /// Notes a moment that is none.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        Ranges::new(place, problems).check("at_s", self.at_s, SECONDS, "seconds");
    }
}

impl Spec {
    /// The marker of a name.
    #[must_use]
    pub fn marker(&self, name: &str) -> Option<&Marker> {
        self.markers.iter().find(|it| it.name == name)
    }

    /// The last marker before a moment in seconds, and the first behind it.
    #[must_use]
    pub fn markers_around(&self, seconds: f64) -> [Option<&Marker>; 2] {
        let before = self.markers.iter().filter(|it| it.at_s < seconds);
        let behind = self.markers.iter().filter(|it| it.at_s > seconds);
        let by_time = |one: &&Marker, two: &&Marker| one.at_s.total_cmp(&two.at_s);
        [before.max_by(by_time), behind.min_by(by_time)]
    }
}
