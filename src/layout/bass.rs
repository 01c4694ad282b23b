//! Bass management: which loudspeakers leave their bass to which.

use schemars::JsonSchema;
use serde::Deserialize;

use super::spec::LoudspeakerSpec;
use crate::document::{Place, Problems};

/// Who plays the bass, on live outputs only.
#[derive(Clone, Debug, PartialEq)]
pub struct BassManagement {
    /// Below this the small ones leave it to others, in hertz.
    pub crossover_hz: f64,
    /// The numbers of the small ones.
    pub small: Vec<usize>,
    /// The numbers of those that play the bass of the small ones, in equal shares.
    pub to: Vec<usize>,
    /// Level of the LFE channels in decibels.
    pub lfe_gain_db: f64,
}

/// Who plays the bass, on live outputs only: `[bass_management]`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BassManagementSpec {
    /// Below this the small loudspeakers leave it to others, in hertz, 20 to 500.
    pub crossover_hz: f64,
    /// The names of the small loudspeakers; where absent, all but those of `to` and LFE.
    pub small: Option<Vec<String>>,
    /// The names of those that play their bass; where absent, those that are LFE.
    pub to: Option<Vec<String>>,
    /// Level of the LFE channels in decibels, -20 to 20: 10 where the mix expects it of the room.
    #[serde(default)]
    pub lfe_gain_db: f64,
}

impl BassManagementSpec {
    /// What it comes to among some loudspeakers. Assumes that `check` found no error.
    pub(super) fn among(&self, loudspeakers: &[LoudspeakerSpec]) -> BassManagement {
        let all = 0..loudspeakers.len();
        let find = |name: &String| loudspeakers.iter().position(|it| it.name == *name);
        let named = |names: &Vec<String>| names.iter().filter_map(find).collect();
        let is_lfe = |number: &usize| loudspeakers[*number].lfe;
        let to: Vec<usize> =
            self.to.as_ref().map_or_else(|| all.clone().filter(is_lfe).collect(), named);
        let others = || all.clone().filter(|it| !is_lfe(it) && !to.contains(it)).collect();
        let small = self.small.as_ref().map_or_else(others, named);
        let BassManagementSpec { crossover_hz, lfe_gain_db, .. } = *self;
        BassManagement { crossover_hz, small, to, lfe_gain_db }
    }

    /// Notes every mistake in it; `place` is its own.
    pub(super) fn check(
        &self,
        loudspeakers: &[LoudspeakerSpec],
        place: &Place,
        problems: &mut Problems,
    ) {
        // NaN is in no range.
        if !(20.0..=500.0).contains(&self.crossover_hz) {
            let message = format!("crossover_hz is {}", self.crossover_hz);
            problems.error(&place.key("crossover_hz"), message, "20 to 500 hertz");
        }
        if !(-20.0..=20.0).contains(&self.lfe_gain_db) {
            let message = format!("lfe_gain_db is {}", self.lfe_gain_db);
            problems.error(&place.key("lfe_gain_db"), message, "-20 to 20 decibels");
        }
        for (key, names) in [("small", &self.small), ("to", &self.to)] {
            for (index, name) in names.iter().flatten().enumerate() {
                if !loudspeakers.iter().any(|it| it.name == *name) {
                    let message = format!("no loudspeaker {name:?}");
                    let place = place.key(key).index(index);
                    problems.error(&place, message, "the name of a loudspeaker of this layout");
                }
            }
        }
        self.check_both(loudspeakers, place, problems);
    }

    fn check_both(&self, loudspeakers: &[LoudspeakerSpec], place: &Place, problems: &mut Problems) {
        let BassManagement { small, to, .. } = self.among(loudspeakers);
        if to.is_empty() {
            let message = "nobody plays the bass: no loudspeaker is LFE";
            problems.error(place, message, "`to = [\"…\"]`, the loudspeakers that play it");
        }
        if let Some(both) = small.iter().find(|it| to.contains(it)) {
            let message = format!("{:?} is small and plays the bass", loudspeakers[*both].name);
            problems.error(&place.key("small"), message, "in `small` or in `to`, not in both");
        }
    }
}
