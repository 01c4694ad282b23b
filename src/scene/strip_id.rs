//! The strips of a scene by kind and number.

use super::{Spec, Strip};

/// A strip of the scene: its kind and its number among those, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StripId {
    /// A bed.
    Bed(usize),
    /// An object.
    Object(usize),
    /// A bus.
    Bus(usize),
    /// A return.
    Return(usize),
}

impl Spec {
    /// All strips but the masters: beds, objects, buses, returns.
    pub fn ids(&self) -> impl Iterator<Item = StripId> + use<> {
        let beds = (0..self.beds.len()).map(StripId::Bed);
        let objects = (0..self.objects.len()).map(StripId::Object);
        let buses = (0..self.buses.len()).map(StripId::Bus);
        let returns = (0..self.returns.len()).map(StripId::Return);
        beds.chain(objects).chain(buses).chain(returns)
    }

    /// The name of a strip.
    #[must_use]
    pub fn name(&self, id: StripId) -> &str {
        match id {
            StripId::Bed(index) => &self.beds[index].name,
            StripId::Object(index) => &self.objects[index].name,
            StripId::Bus(index) => &self.buses[index].name,
            StripId::Return(index) => &self.returns[index].name,
        }
    }

    /// What holds for a strip.
    #[must_use]
    pub fn strip(&self, id: StripId) -> Strip {
        match id {
            StripId::Bed(index) => self.strip_of_bed(index),
            StripId::Object(index) => self.strip_of_object(index),
            StripId::Bus(index) => self.strip_of_bus(index),
            StripId::Return(index) => self.strip_of_return(index),
        }
    }

    /// The strip of a name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<StripId> {
        self.ids().find(|id| self.name(*id) == name)
    }
}
