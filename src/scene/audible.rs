//! What is heard: mutes and solos of strips and groups.

use std::collections::{BTreeMap, BTreeSet};

use super::{Group, Spec, StripId};

/// Which strips are heard, in the order of the scene.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audible {
    /// The beds.
    pub beds: Vec<bool>,
    /// The objects.
    pub objects: Vec<bool>,
    /// The buses.
    pub buses: Vec<bool>,
    /// The returns.
    pub returns: Vec<bool>,
}

/// What decides about a strip.
struct Switches {
    id: StripId,
    bus: Option<String>,
    muted: bool,
    soloed: bool,
}

impl Spec {
    /// Which strips are heard. One that is muted, by itself or with a group, is not. If anything is
    /// soloed, only what is soloed is, with what comes to it and the buses that it goes through;
    /// returns stay open.
    #[must_use]
    pub fn audible(&self) -> Audible {
        let switches = self.switches();
        let any_solo = switches.iter().any(|it| it.soloed)
            || self.groups.iter().any(|group| group.is_soloed());
        let chosen = any_solo.then(|| chosen(&switches, &self.buses_by_name()));
        let mut audible = Audible::default();
        for Switches { id, muted, .. } in switches {
            let is_heard = !muted && chosen.as_ref().is_none_or(|chosen| chosen.contains(&id));
            match id {
                StripId::Bed(_) => audible.beds.push(is_heard),
                StripId::Object(_) => audible.objects.push(is_heard),
                StripId::Bus(_) => audible.buses.push(is_heard),
                StripId::Return(_) => audible.returns.push(is_heard),
            }
        }
        audible
    }

    fn switches(&self) -> Vec<Switches> {
        let membership = self.membership();
        let switches = |id| {
            let strip = self.strip(id);
            let groups = membership.get(self.name(id)).into_iter().flatten();
            let groups: Vec<&Group> = groups.map(|&index| &self.groups[index]).collect();
            let muted = strip.is_muted() || groups.iter().any(|group| group.is_muted());
            let soloed = strip.is_soloed() || groups.iter().any(|group| group.is_soloed());
            Switches { id, bus: strip.bus, muted, soloed }
        };
        self.ids().map(switches).collect()
    }

    fn buses_by_name(&self) -> BTreeMap<&str, StripId> {
        let buses = self.buses.iter().enumerate();
        buses.map(|(index, bus)| (bus.name.as_str(), StripId::Bus(index))).collect()
    }
}

/// What solos leave.
fn chosen(switches: &[Switches], buses: &BTreeMap<&str, StripId>) -> BTreeSet<StripId> {
    let is_soloed: BTreeMap<StripId, bool> = switches.iter().map(|it| (it.id, it.soloed)).collect();
    let onward: BTreeMap<StripId, StripId> =
        switches.iter().filter_map(|it| Some((it.id, *buses.get(it.bus.as_deref()?)?))).collect();
    let mut chosen = BTreeSet::new();
    for Switches { id, soloed, .. } in switches {
        let way = way(*id, &onward);
        if *soloed {
            chosen.insert(*id);
            chosen.extend(way);
        } else if matches!(id, StripId::Return(_)) || way.iter().any(|bus| is_soloed[bus]) {
            chosen.insert(*id);
        }
    }
    chosen
}

/// The buses a strip goes through, one after the other.
fn way(from: StripId, onward: &BTreeMap<StripId, StripId>) -> Vec<StripId> {
    let mut way: Vec<StripId> = Vec::new();
    let mut at = from;
    // A circle is a mistake of the author's, noted elsewhere; here it ends.
    while let Some(bus) = onward.get(&at).filter(|bus| !way.contains(bus)) {
        way.push(*bus);
        at = *bus;
    }
    way
}
