//! Mistakes that show in the text alone.

use std::ops::RangeInclusive;

use super::range::{Ranges, SAMPLE_RATE_HZ, SECONDS};
use super::spec::DEFAULT_SAMPLE_RATE_HZ;
use super::{Bed, Object, Spec};
use crate::Result;
use crate::document::{Document, DocumentError, Place, Problems};
use crate::motion::Placement;
use crate::source::FeedSpec;

const SPREAD_DEG: RangeInclusive<f64> = 0.0..=360.0;

impl Spec {
    /// Every mistake in the text of a scene that shows without opening any other file.
    ///
    /// # Errors
    /// If it is not TOML, or JSON where the name ends in `.json`.
    pub fn lint(name: &str, text: &[u8]) -> Result<DocumentError> {
        let mut document = Document::from_bytes(name, text)?;
        let mut problems = Problems::default();
        if let Some(spec) = document.read::<Self>(&mut problems) {
            spec.check(&Place::root(), &mut problems);
            for (index, object) in spec.objects.iter().enumerate() {
                object.check_motion_text(&Place::root().key("object").index(index), &mut problems);
            }
        }
        Ok(document.explain(problems))
    }

    /// Notes every mistake that shows without opening any other file, but for those in motions.
    pub fn check(&self, place: &Place, problems: &mut Problems) {
        let mut ranges = Ranges::new(place, problems);
        ranges.check("sample_rate", f64::from(self.sample_rate), SAMPLE_RATE_HZ, "frames a second");
        ranges.check("tail_s", self.tail_s, 0.0..=3600.0, "seconds");
        ranges.check("tempo_bpm", self.tempo_bpm, 1.0..=1000.0, "beats a minute");
        ranges.check("duration_s", self.duration_s, SECONDS, "seconds");
        if self.duration_s.is_some() && self.tail_s.is_some_and(|tail_s| tail_s > 0.0) {
            let help = "leave out `tail_s` or `duration_s`";
            problems.warning(&place.key("tail_s"), "`duration_s` says when it ends", help);
        }
        self.check_desk(place, problems);
        let rate_hz = f64::from(self.usable_rate_hz());
        for (index, bed) in self.beds.iter().enumerate() {
            bed.check(&place.key("bed").index(index), self, problems);
        }
        for (index, object) in self.objects.iter().enumerate() {
            object.check(&place.key("object").index(index), self, problems);
        }
        for (index, bus) in self.buses.iter().enumerate() {
            bus.strip.check(&place.key("bus").index(index), rate_hz, problems);
        }
        for (index, it) in self.returns.iter().enumerate() {
            it.check(&place.key("return").index(index), self, problems);
        }
        for (index, group) in self.groups.iter().enumerate() {
            group.check(&place.key("group").index(index), problems);
        }
        for (index, marker) in self.markers.iter().enumerate() {
            marker.check(&place.key("marker").index(index), problems);
        }
        for (index, preset) in self.presets.iter().enumerate() {
            preset.check(&place.key("preset").index(index), rate_hz, problems);
        }
        self.defaults.check(&place.key("defaults"), rate_hz, problems);
        self.master.check(&place.key("master"), rate_hz, problems);
        self.headphones.check(&place.key("headphones"), problems);
        self.head.check(&place.key("head"), problems);
    }

    /// Its rate, or a usual one if that is out of range.
    pub(super) fn usable_rate_hz(&self) -> u32 {
        let is_usable = SAMPLE_RATE_HZ.contains(&f64::from(self.sample_rate));
        if is_usable { self.sample_rate } else { DEFAULT_SAMPLE_RATE_HZ }
    }
}

impl Bed {
    fn check(&self, place: &Place, scene: &Spec, problems: &mut Problems) {
        self.strip.check(place, f64::from(scene.usable_rate_hz()), problems);
        self.sources().check(place, problems);
        if let Some(feed) = self.feed() {
            check_feed(&feed, place, scene, problems);
        }
        if self.signal.is_some() && self.channels.is_none() {
            let help = "add `channels`, those of the layout that the signal goes to";
            problems.error(place, "missing key `channels`", help);
        }
        if self.files.is_some() && self.channels.is_some() {
            let message = "`files` name their channels themselves";
            problems.error(&place.key("channels"), message, "leave `channels` out");
        }
        let empty = |list: &Option<Vec<String>>| list.as_ref().is_some_and(Vec::is_empty);
        let no_name = self.layout.as_ref().is_some_and(String::is_empty);
        for (key, empty) in [("channels", empty(&self.channels)), ("layout", no_name)] {
            if empty {
                problems.error(&place.key(key), format!("`{key}` is empty"), "leave it out");
            }
        }
    }
}

impl Object {
    fn check(&self, place: &Place, scene: &Spec, problems: &mut Problems) {
        self.strip.check(place, f64::from(scene.usable_rate_hz()), problems);
        let mut ranges = Ranges::new(place, problems);
        ranges.check("width_deg", self.width_deg, SPREAD_DEG, "degrees");
        ranges.check("spread_deg", self.spread_deg, SPREAD_DEG, "degrees");
        ranges.check("spread_width_deg", self.spread_width_deg, SPREAD_DEG, "degrees");
        ranges.check("spread_height_deg", self.spread_height_deg, SPREAD_DEG, "degrees");
        let (width, height) = (self.spread_width_deg, self.spread_height_deg);
        if self.spread_deg.is_some() && (width.is_some() || height.is_some()) {
            let help = "keep `spread_deg`, or `spread_width_deg` and `spread_height_deg`";
            problems.error(&place.key("spread_deg"), "spread is given twice", help);
        }
        if let Some(law) = &self.distance_law {
            law.check(&place.key("distance_law"), problems);
        }
        self.sources().check(place, problems);
        if let Some(feed) = self.feed() {
            check_feed(&feed, place, scene, problems);
        }
        if let Some(files) = &self.files
            && !files.keys().eq(["L", "R"])
        {
            let help = "files = { L = \"…\", R = \"…\" }; of more channels make a bed";
            problems.error(&place.key("files"), "an object is mono or a pair", help);
        }
    }

    /// Notes the mistakes in its motion that show without the rest of the scene.
    fn check_motion_text(&self, place: &Place, problems: &mut Problems) {
        self.placement().check(&place.key("position"), problems);
        if let Some(motion) = &self.macro_motion {
            motion.check(&place.key("macro"), problems);
        }
        if let Some(motion) = &self.micro_motion {
            motion.check(&place.key("micro"), problems);
        }
    }

    /// Where it stands, or where its motion has its centre: straight ahead unless it says.
    #[must_use]
    pub fn placement(&self) -> Placement {
        self.position.clone().unwrap_or_default()
    }
}

fn check_feed(feed: &FeedSpec, place: &Place, scene: &Spec, problems: &mut Problems) {
    feed.check(place, scene.sample_rate, problems);
    let too_late = |seconds: f64| seconds > *SECONDS.end();
    let end_s = feed.end_s.unwrap_or(0.0);
    for (key, seconds) in [("start_s", feed.start_s), ("in_s", feed.in_s), ("end_s", end_s)] {
        if too_late(seconds) {
            let help = format!("at most {} seconds", SECONDS.end());
            problems.error(&place.key(key), format!("{key} is {seconds}"), help);
        }
    }
    if feed.looped && feed.end_s.is_none() && scene.duration_s.is_none() {
        note_endless(&place.key("loop"), problems);
    }
    if scene.duration_s.is_some_and(|duration_s| (0.0..=feed.start_s).contains(&duration_s)) {
        let message = "it begins after the end of the scene";
        problems.warning(&place.key("start_s"), message, "it will not be heard");
    }
}

/// Notes a source without an end in a scene without an end.
pub fn note_endless(place: &Place, problems: &mut Problems) {
    let help = "give it `end_s`, or the scene `duration_s`";
    problems.error(place, "it never ends, and nor does the scene", help);
}
