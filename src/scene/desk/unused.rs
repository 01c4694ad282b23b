//! What does nothing, and what is easily left behind.

use std::collections::BTreeSet;

use crate::document::{Place, Problems};
use crate::scene::{Spec, StripId};

impl Spec {
    /// Warns of solos, of returns and buses that nothing goes to, and of groups that move nothing.
    pub(super) fn check_unused(&self, place: &Place, problems: &mut Problems) {
        let (mut buses, mut returns) = (BTreeSet::new(), BTreeSet::new());
        for id in self.ids() {
            let strip = self.strip(id);
            if strip.is_soloed() {
                note_solo(self.name(id), &id.place(place), problems);
            }
            returns.extend(strip.sends().iter().map(|send| send.to.clone()));
            buses.extend(strip.bus);
        }
        for (index, bus) in self.buses.iter().enumerate() {
            if !buses.contains(&bus.name) {
                let message = format!("nothing goes to the bus `{}`", bus.name);
                let place = StripId::Bus(index).place(place).key("name");
                problems.warning(&place, message, "`bus` in a bed, object or bus");
            }
        }
        for (index, it) in self.returns.iter().enumerate() {
            if !returns.contains(&it.name) {
                let message = format!("nothing is sent to the return `{}`", it.name);
                let place = StripId::Return(index).place(place).key("name");
                problems.warning(&place, message, "`sends` in a bed, object or bus");
            }
        }
        self.check_groups_move(place, problems);
    }

    fn check_groups_move(&self, place: &Place, problems: &mut Problems) {
        let membership = self.membership();
        let objects = self.objects.iter().filter_map(|object| membership.get(object.name.as_str()));
        let moved: BTreeSet<usize> = objects.flatten().copied().collect();
        for (index, group) in self.groups.iter().enumerate() {
            let place = place.key("group").index(index);
            if group.is_soloed() {
                note_solo(&group.name, &place, problems);
            }
            if group.moves() && !moved.contains(&index) {
                let message = format!("no object is in the group `{}`", group.name);
                problems.warning(&place.key("members"), message, "only objects move");
            }
        }
    }
}

fn note_solo(name: &str, place: &Place, problems: &mut Problems) {
    let message = format!("`{name}` is soloed");
    problems.warning(&place.key("solo"), message, "what is not soloed will not be heard");
}
