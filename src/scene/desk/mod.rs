//! Mistakes in how the strips of a scene hang together: names, ways, links, groups.

mod feedback;
mod graph;
mod groups;
mod links;
mod names;
mod references;
mod unused;

use super::{MAX_VOICES, Spec};
use crate::document::{Place, Problems};

/// The most buses, the most returns, the most groups and the most presets of a scene.
const MOST: usize = 256;

impl Spec {
    /// Notes what is wrong in how its strips hang together.
    pub(super) fn check_desk(&self, place: &Place, problems: &mut Problems) {
        self.check_names(place, problems);
        self.check_counts(place, problems);
        if self.is_too_large() {
            return;
        }
        self.check_references(place, problems);
        self.check_feedback(place, problems);
        self.check_links(place, problems);
        self.check_nesting(place, problems);
        self.check_unused(place, problems);
    }

    /// Whether it has more of anything than a scene may have.
    pub(super) fn is_too_large(&self) -> bool {
        let voices = self.beds.len() + self.objects.len();
        voices > MAX_VOICES || self.counts().into_iter().any(|(_, _, count)| count > MOST)
    }

    fn check_counts(&self, place: &Place, problems: &mut Problems) {
        let voices = self.beds.len() + self.objects.len();
        if voices == 0 {
            problems.error(place, "a scene without sound", "add a [[bed]] or an [[object]]");
        } else if voices > MAX_VOICES {
            let help = format!("at most {MAX_VOICES}");
            problems.error(place, format!("{voices} beds and objects"), help);
        }
        for (key, plural, count) in self.counts() {
            if count > MOST {
                let message = format!("{count} {plural}");
                problems.error(&place.key(key), message, format!("at most {MOST}"));
            }
        }
    }

    fn counts(&self) -> [(&'static str, &'static str, usize); 5] {
        [
            ("bus", "buses", self.buses.len()),
            ("return", "returns", self.returns.len()),
            ("group", "groups", self.groups.len()),
            ("preset", "presets", self.presets.len()),
            ("marker", "markers", self.markers.len()),
        ]
    }
}
