//! Links: gates and compressors that work as one.

use std::collections::BTreeMap;

use crate::document::{Place, Problems};
use crate::scene::{Spec, Strip, StripId};

impl Spec {
    /// Notes links that are alone, of differing settings, or where there are none.
    pub(super) fn check_links(&self, place: &Place, problems: &mut Problems) {
        let strips: Vec<(StripId, Strip)> = self.ids().map(|id| (id, self.strip(id))).collect();
        let masters = std::iter::once((place.key("master"), &self.master.strip));
        let targets = self
            .master
            .target
            .iter()
            .map(|(name, target)| (place.key("master").key("target").key(name), &target.strip));
        for (place, strip) in masters.chain(targets) {
            refuse("gate", strip.gate.as_ref().and_then(|it| it.link.as_ref()), &place, problems);
            let link = strip.compressor.as_ref().and_then(|it| it.link.as_ref());
            refuse("compressor", link, &place, problems);
        }
        let mut gates = Vec::new();
        let mut compressors = Vec::new();
        for (id, strip) in &strips {
            let gate = strip.gate.as_ref().and_then(|it| Some((it.link.as_ref()?, it)));
            let compressor = strip.compressor.as_ref().and_then(|it| Some((it.link.as_ref()?, it)));
            let place = id.place(place);
            if let StripId::Bed(_) | StripId::Object(_) = id {
                let name = self.name(*id);
                gates.extend(gate.map(|(link, it)| (link, it, name, place.key("gate"))));
                compressors
                    .extend(compressor.map(|(link, it)| (link, it, name, place.key("compressor"))));
            } else {
                refuse("gate", gate.map(|it| it.0), &place, problems);
                refuse("compressor", compressor.map(|it| it.0), &place, problems);
            }
        }
        compare(&gates, problems);
        compare(&compressors, problems);
    }
}

fn refuse(effect: &str, link: Option<&String>, place: &Place, problems: &mut Problems) {
    if link.is_some() {
        let message = "only beds and objects can be linked";
        problems.error(&place.key(effect).key("link"), message, "leave `link` out");
    }
}

/// What is linked by a name must have the same settings, and company.
fn compare<S: PartialEq>(linked: &[(&String, &S, &str, Place)], problems: &mut Problems) {
    let mut groups: BTreeMap<&String, Vec<&(&String, &S, &str, Place)>> = BTreeMap::new();
    for it in linked {
        groups.entry(it.0).or_default().push(it);
    }
    for (link, members) in groups {
        let (_, settings, first, place) = members[0];
        if members.len() == 1 {
            let message = format!("nothing else is linked by `{link}`");
            problems.warning(&place.key("link"), message, "the same `link` in another strip");
        }
        for (_, other, name, place) in &members[1..] {
            if settings != other {
                let message = format!("`{name}` is linked with `{first}`, but set otherwise");
                problems.error(&place.key("link"), message, "give both the same settings");
            }
        }
    }
}
