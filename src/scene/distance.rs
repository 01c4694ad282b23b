//! How an object gets quieter with distance.

use schemars::JsonSchema;
use serde::Deserialize;

use super::range::Ranges;
use crate::document::{Place, Problems};

/// How an object gets quieter with distance: `{ type = "inverse", reference = 1, limit = 0.25 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(tag = "type")]
pub enum DistanceLaw {
    /// Twice as far is half the amplitude (-6 dB), as from a small source outdoors.
    Inverse(InverseLaw),
}

/// Twice as far is half the amplitude (-6 dB).
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InverseLaw {
    /// The distance at which the level is that of the file, 0.001 to 10000; default 1, the radius of
    /// the loudspeakers.
    #[serde(default = "default_reference")]
    pub reference: f64,
    /// The distance below which it gets no louder, 0.001 to 10000; default 0.25, which is +12 dB.
    #[serde(default = "default_limit")]
    pub limit: f64,
}

impl DistanceLaw {
    /// Notes every mistake.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        let Self::Inverse(law) = self;
        let mut ranges = Ranges::new(place, problems);
        ranges.check("reference", law.reference, 0.001..=10_000.0, "");
        ranges.check("limit", law.limit, 0.001..=10_000.0, "");
    }

    /// The amplitude that remains at a distance, at least 0.
    #[must_use]
    pub fn amplitude(&self, distance: f64) -> f64 {
        let Self::Inverse(law) = self;
        law.reference / distance.max(law.limit)
    }
}

fn default_reference() -> f64 {
    1.0
}

fn default_limit() -> f64 {
    0.25
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_as_far_is_half_and_near_has_an_end() {
        let law = DistanceLaw::Inverse(InverseLaw { reference: 1.0, limit: 0.25 });
        assert_eq!(law.amplitude(1.0), 1.0);
        assert_eq!(law.amplitude(2.0), 0.5);
        assert_eq!(law.amplitude(0.25), 4.0);
        assert_eq!(law.amplitude(0.0), 4.0);
    }
}
