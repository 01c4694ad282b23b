//! What is heard: mutes and solos of strips and groups.

use super::{Spec, Strip, StripId};

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

impl Spec {
    /// Which strips are heard. One that is muted, by itself or with a group, is not. If anything is
    /// soloed, only what is soloed is, with what comes to it and the buses that it goes through;
    /// returns stay open.
    #[must_use]
    pub fn audible(&self) -> Audible {
        let strips: Vec<(StripId, Strip)> = self.ids().map(|id| (id, self.strip(id))).collect();
        let chosen = self.chosen(&strips);
        let mut audible = Audible::default();
        for (id, strip) in &strips {
            let by_group = || self.groups_of(self.name(*id)).iter().any(|it| it.is_muted());
            let is_chosen = chosen.as_ref().is_none_or(|chosen| chosen.contains(id));
            let is_heard = is_chosen && !strip.is_muted() && !by_group();
            match id {
                StripId::Bed(_) => audible.beds.push(is_heard),
                StripId::Object(_) => audible.objects.push(is_heard),
                StripId::Bus(_) => audible.buses.push(is_heard),
                StripId::Return(_) => audible.returns.push(is_heard),
            }
        }
        audible
    }

    /// What solos leave; `None` where nothing is soloed.
    fn chosen(&self, strips: &[(StripId, Strip)]) -> Option<Vec<StripId>> {
        let by_group = |id| self.groups_of(self.name(id)).iter().any(|it| it.is_soloed());
        let soloed = strips.iter().filter(|(id, strip)| strip.is_soloed() || by_group(*id));
        let soloed: Vec<StripId> = soloed.map(|(id, _)| *id).collect();
        if soloed.is_empty() && !self.groups.iter().any(|group| group.is_soloed()) {
            return None;
        }
        let mut chosen = soloed.clone();
        for (id, strip) in strips {
            let way = self.way(strip);
            if soloed.contains(id) {
                chosen.extend(&way);
            } else if way.iter().any(|bus| soloed.contains(bus)) {
                chosen.push(*id);
            }
        }
        chosen
            .extend(strips.iter().map(|(id, _)| *id).filter(|it| matches!(it, StripId::Return(_))));
        Some(chosen)
    }

    /// The buses a strip goes through, one after the other.
    fn way(&self, strip: &Strip) -> Vec<StripId> {
        let mut way: Vec<StripId> = Vec::new();
        let mut next = strip.bus.as_deref().and_then(|name| self.find(name));
        // A cycle is a mistake of the author's, noted elsewhere; here it ends.
        while let Some(id @ StripId::Bus(index)) = next.filter(|id| !way.contains(id)) {
            way.push(id);
            next = self.strip_of_bus(index).bus.and_then(|name| self.find(&name));
        }
        way
    }
}
