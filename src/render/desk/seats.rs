//! Which strips of a scene are heard, and their numbers in the plan.

use super::Room;
use crate::Result;
use crate::scene::{Scene, StripId};

/// The audible strips in the order of the plan.
pub struct Seats {
    strips: Vec<Seat>,
}

struct Seat {
    id: StripId,
    name: String,
    /// What a bus is mixed in.
    room: Option<Room>,
}

impl Seats {
    pub fn new(scene: &Scene) -> Result<Self> {
        let audible = scene.spec.audible();
        let is_audible = |id: &StripId| match *id {
            StripId::Bed(index) => audible.beds[index],
            StripId::Object(index) => audible.objects[index],
            StripId::Bus(index) => audible.buses[index],
            StripId::Return(index) => audible.returns[index],
        };
        let seat = |id| {
            let room = match id {
                StripId::Bus(index) => Some(Room::new(&scene.buses[index].layout)?),
                _ => None,
            };
            Ok(Seat { id, name: scene.spec.name(id).to_owned(), room })
        };
        let strips = scene.spec.ids().filter(is_audible).map(seat).collect::<Result<_>>()?;
        Ok(Self { strips })
    }

    /// Those that masters may refer to: none.
    pub fn none() -> Self {
        Self { strips: Vec::new() }
    }

    pub fn ids(&self) -> impl Iterator<Item = StripId> {
        self.strips.iter().map(|seat| seat.id)
    }

    /// The number of the strip of a name, if it is heard.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.strips.iter().position(|seat| seat.name == name)
    }

    /// What the bus with a number is mixed in.
    pub fn room(&self, number: usize) -> Option<&Room> {
        self.strips[number].room.as_ref()
    }

    /// What a bus is mixed in.
    pub fn own_room(&self, id: StripId) -> Option<&Room> {
        self.strips.iter().find(|seat| seat.id == id)?.room.as_ref()
    }
}
