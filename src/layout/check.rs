//! What a layout must satisfy to be rendered to. Whether its geometry is a good one is for the
//! panner to say.

use std::ops::RangeInclusive;

use super::label::is_itu_label;
use super::spec::{LayoutSpec, LoudspeakerSpec};
use super::wave::{WAVE_NAMES, wave_bit};
use super::{MAX_CHANNELS, MAX_NAME_CHARS};
use crate::document::{Place, Problems};
use crate::effect::check_bands;

/// The highest rate that a scene may have, in frames a second; which one it is, a layout cannot know.
const HIGHEST_RATE_HZ: f64 = 384_000.0;

impl LayoutSpec {
    /// Notes every mistake in the layout that stands at `place`.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        let list = place.key("loudspeakers");
        let count = self.loudspeakers.len();
        if count == 0 || count > MAX_CHANNELS {
            let message = format!("a layout of {count} loudspeakers");
            problems.error(&list, message, format!("1 to {MAX_CHANNELS} loudspeakers"));
            return;
        }
        for (index, loudspeaker) in self.loudspeakers.iter().enumerate() {
            loudspeaker.check(&list.index(index), problems);
        }
        if self.loudspeakers.iter().all(|loudspeaker| loudspeaker.lfe) {
            let help = "at least one loudspeaker without `lfe = true`";
            problems.error(&list, "nothing but LFE: the panner feeds no LFE", help);
        }
        let texts = |of: fn(&LoudspeakerSpec) -> Option<&str>| {
            self.loudspeakers.iter().map(of).collect::<Vec<_>>()
        };
        if let Some(bass) = &self.bass_management {
            bass.check(&self.loudspeakers, &place.key("bass_management"), problems);
        }
        check_unique("name", &texts(|it| Some(&it.name)), &list, problems);
        check_unique("label", &texts(LoudspeakerSpec::itu_label), &list, problems);
        check_unique("wave", &texts(|it| it.wave.as_deref()), &list, problems);
    }
}

impl LoudspeakerSpec {
    /// Notes every mistake in the loudspeaker that stands at `place`.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        self.check_texts(place, problems);
        let mut within = |key: &str, value: f64, range: RangeInclusive<f64>, unit: &str| {
            // NaN is in no range.
            if !range.contains(&value) {
                let help = format!("{} to {} {unit}", range.start(), range.end());
                problems.error(&place.key(key), format!("{key} is {value}"), help);
            }
        };
        within("azimuth_deg", self.azimuth_deg, -360.0..=360.0, "degrees, positive to the left");
        within("elevation_deg", self.elevation_deg, -90.0..=90.0, "degrees, positive up");
        if let Some(azimuth_deg) = self.nominal_azimuth_deg {
            within("nominal_azimuth_deg", azimuth_deg, -360.0..=360.0, "degrees");
        }
        if let Some(elevation_deg) = self.nominal_elevation_deg {
            within("nominal_elevation_deg", elevation_deg, -90.0..=90.0, "degrees");
        }
        within("distance_m", self.distance_m, 0.01..=1000.0, "metres");
        within("gain_db", self.gain_db, -60.0..=20.0, "decibels");
        within("delay_ms", self.delay_ms, 0.0..=1000.0, "milliseconds");
        self.check_eq(&place.key("eq"), problems);
    }

    fn check_eq(&self, place: &Place, problems: &mut Problems) {
        check_bands(&self.eq, place, HIGHEST_RATE_HZ, problems);
        for (index, _) in self.eq.iter().enumerate().filter(|(_, it)| !it.is_constant()) {
            let message = "a band that moves";
            problems.error(&place.index(index), message, "numbers that stay");
        }
    }

    fn check_texts(&self, place: &Place, problems: &mut Problems) {
        let name = &self.name;
        let printable = name.trim() == name && !name.chars().any(char::is_control);
        if name.is_empty() || name.chars().count() > MAX_NAME_CHARS || !printable {
            let shown: String = name.chars().take(MAX_NAME_CHARS).collect();
            let help = format!("1 to {MAX_NAME_CHARS} printable characters, such as `Lss`");
            problems.error(&place.key("name"), format!("{shown:?} is no channel name"), help);
        }
        if let Some(label) = self.label.as_deref().filter(|label| !is_itu_label(label)) {
            let message = format!("{label:?} is no label of ITU-R BS.2051");
            problems.error(&place.key("label"), message, "such as `M+030`, `U-135` or `LFE1`");
        }
        if let Some(wave) = self.wave.as_deref().filter(|wave| wave_bit(wave).is_none()) {
            let message = format!("{wave:?} is no loudspeaker of the WAVE channel mask");
            let help = format!("one of {}", WAVE_NAMES.join(", "));
            problems.error(&place.key("wave"), message, help);
        }
    }
}

/// Notes every text that an earlier loudspeaker has too.
fn check_unique(key: &str, texts: &[Option<&str>], list: &Place, problems: &mut Problems) {
    for (index, text) in texts.iter().enumerate() {
        let Some(text) = text.filter(|text| texts[..index].contains(&Some(text))) else { continue };
        let message = format!("{key} {text:?} is taken by another loudspeaker");
        let help = format!("a {key} of its own for every loudspeaker");
        problems.error(&list.index(index).key(key), message, help);
    }
}
