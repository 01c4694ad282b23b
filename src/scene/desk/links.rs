//! Links: gates and compressors that work as one.

use std::collections::BTreeMap;

use crate::document::{Place, Problems};
use crate::scene::{Spec, Strip, StripId};

impl Spec {
    /// Notes links that are alone, of differing settings, or where there are none.
    pub(super) fn check_links(&self, place: &Place, problems: &mut Problems) {
        let master = place.key("master");
        refuse(&self.master.strip, &master, problems);
        for (name, target) in &self.master.target {
            refuse(&target.strip, &master.key("target").key(name), problems);
        }
        let strips: Vec<(StripId, Strip)> = self.ids().map(|id| (id, self.strip(id))).collect();
        let mut linked: BTreeMap<(&str, &str), Vec<&(StripId, Strip)>> = BTreeMap::new();
        for it in &strips {
            match it {
                (StripId::Bed(_) | StripId::Object(_), strip) => {
                    strip.links().for_each(|link| linked.entry(link).or_default().push(it));
                }
                (id, strip) => refuse(strip, &id.place(place), problems),
            }
        }
        for ((effect, link), members) in linked {
            self.check_link(effect, link, &members, place, problems);
        }
    }

    /// What is linked must have the same settings, and company.
    fn check_link(
        &self,
        effect: &str,
        link: &str,
        members: &[&(StripId, Strip)],
        place: &Place,
        problems: &mut Problems,
    ) {
        let (first, settings) = members[0];
        let place = |id: &StripId| id.place(place).key(effect).key("link");
        if members.len() == 1 {
            let message = format!("nothing else is linked by `{link}`");
            problems.warning(&place(first), message, "the same `link` in another strip");
        }
        for (id, other) in &members[1..] {
            if !alike(effect, settings, other) {
                let (name, first) = (self.name(*id), self.name(*first));
                let message = format!("`{name}` is linked with `{first}`, but set otherwise");
                problems.error(&place(id), message, "give both the same settings");
            }
        }
    }
}

fn refuse(strip: &Strip, place: &Place, problems: &mut Problems) {
    for (effect, _) in strip.links() {
        let message = "only beds and objects can be linked";
        problems.error(&place.key(effect).key("link"), message, "leave `link` out");
    }
}

fn alike(effect: &str, one: &Strip, other: &Strip) -> bool {
    if effect == "gate" { one.gate == other.gate } else { one.compressor == other.compressor }
}
