//! Names: each its own.

use std::collections::BTreeSet;

use crate::document::{Place, Problems};
use crate::scene::Spec;

const MAX_NAME_CHARS: usize = 64;

impl Spec {
    pub(super) fn check_names(&self, place: &Place, problems: &mut Problems) {
        let mut taken = BTreeSet::new();
        for id in self.ids() {
            let place = id.place(place).key("name");
            let help = "a name of its own for every bed, object, bus and return";
            check_name(self.name(id), &place, help, &mut taken, problems);
        }
        for (index, group) in self.groups.iter().enumerate() {
            let place = place.key("group").index(index).key("name");
            let help = "a name of its own, which no bed, object, bus or return has either";
            check_name(&group.name, &place, help, &mut taken, problems);
        }
        let mut taken = BTreeSet::new();
        for (index, preset) in self.presets.iter().enumerate() {
            let place = place.key("preset").index(index).key("name");
            let help = "a name of its own for every preset";
            check_name(&preset.name, &place, help, &mut taken, problems);
        }
        let mut taken = BTreeSet::new();
        for (index, marker) in self.markers.iter().enumerate() {
            let place = place.key("marker").index(index).key("name");
            let help = "a name of its own for every marker";
            check_name(&marker.name, &place, help, &mut taken, problems);
        }
    }
}

fn check_name<'a>(
    name: &'a str,
    place: &Place,
    unique: &str,
    taken: &mut BTreeSet<&'a str>,
    problems: &mut Problems,
) {
    let printable = name.trim() == name && !name.chars().any(char::is_control);
    if name.is_empty() || !printable || name.chars().count() > MAX_NAME_CHARS {
        let shown: String = name.chars().take(MAX_NAME_CHARS).collect();
        let help = format!("1 to {MAX_NAME_CHARS} printable characters");
        problems.error(place, format!("{shown:?} is no name"), help);
    }
    if !taken.insert(name) {
        problems.error(place, format!("the name {name:?} is taken"), unique);
    }
}
