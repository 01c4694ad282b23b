//! The strips of a scene by kind and number.

use std::fmt;

use super::{Spec, Strip};
use crate::document::Place;

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

impl StripId {
    /// Where it is written, in a scene at a place.
    pub(super) fn place(self, scene: &Place) -> Place {
        let (Self::Bed(index) | Self::Object(index) | Self::Bus(index) | Self::Return(index)) =
            self;
        scene.key(self.to_string()).index(index)
    }
}

/// Its kind, as the author writes it.
impl fmt::Display for StripId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bed(_) => "bed",
            Self::Object(_) => "object",
            Self::Bus(_) => "bus",
            Self::Return(_) => "return",
        })
    }
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

    /// What a strip says itself.
    pub(super) fn written(&self, id: StripId) -> &Strip {
        match id {
            StripId::Bed(index) => &self.beds[index].strip,
            StripId::Object(index) => &self.objects[index].strip,
            StripId::Bus(index) => &self.buses[index].strip,
            StripId::Return(index) => &self.returns[index].strip,
        }
    }

    /// The same, to be changed.
    pub(super) fn written_mut(&mut self, id: StripId) -> &mut Strip {
        match id {
            StripId::Bed(index) => &mut self.beds[index].strip,
            StripId::Object(index) => &mut self.objects[index].strip,
            StripId::Bus(index) => &mut self.buses[index].strip,
            StripId::Return(index) => &mut self.returns[index].strip,
        }
    }
}
