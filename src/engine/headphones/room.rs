//! The rooms that headphones put a sound in: its first reflections, and a tail for all.

use super::super::heading::Spot;
use super::round::Ears;
use crate::binaural::{
    Arrival, Fed, Feeds, Head, Hearing, Kernel, Levelled, Reflected, Reflections, Room, RoomSize,
    Sphere, SphereLane, Tail, WALLS,
};
use crate::block::{Quantum, SILENCE};
use crate::effect::{ReturnEffect, Reverb, ReverbSpec};
use crate::hrtf::Set;
use crate::space::Position;
use crate::units::decibels_to_amplitude;

/// Every room is another, and always the same.
const SEED: u64 = 1;

/// Outputs of the tail: directions of the sphere that it comes from, these many apart.
const OUTPUTS: usize = 8;
const APART: usize = 5;

/// What reaches a listener by the walls in a quantum.
#[derive(Clone)]
struct Echoed {
    reflected: Reflected,
    /// What came in, for the tail.
    sent: Option<Quantum>,
}

/// One sound in a room.
pub(super) struct Echoes {
    pub(super) size: RoomSize,
    reflections: Reflections,
    /// How the walls are heard when a quantum begins.
    begin: Option<(u64, [Arrival; WALLS])>,
    heard: Vec<Echoed>,
}

/// A room, and the tail of all that sounds in it.
pub(super) struct Around {
    size: RoomSize,
    room: Room,
    reverb: Reverb,
    outputs: Vec<Quantum>,
    ways: Vec<(SphereLane, Arrival, Fed)>,
    send: f32,
}

/// Where a sound is in a quantum, and which way the head looks: at its begin and at its end.
pub(super) struct Ends<'a> {
    pub(super) spots: [&'a Spot; 2],
    pub(super) heads: [&'a Head; 2],
}

impl Ends<'_> {
    /// Whether nothing changes.
    pub(super) fn are_one(&self) -> bool {
        let [here, there] = self.spots;
        let same_place = here.direction == there.direction && here.distance == there.distance;
        same_place && self.heads[0] == self.heads[1]
    }
}

impl Echoes {
    pub(super) fn new(around: &Around, longest_frames: f64, quanta: usize) -> Self {
        let echoed = Echoed { reflected: Default::default(), sent: None };
        Self {
            size: around.size,
            reflections: Reflections::new(&around.room, longest_frames),
            begin: None,
            heard: vec![echoed; quanta],
        }
    }

    /// Takes a quantum of the scene, which has a place in the pass, to the walls and back.
    pub(super) fn listen(
        &mut self,
        (number, quantum): (u64, usize),
        input: Option<&Quantum>,
        ends: &Ends<'_>,
        around: &Around,
        ears: Ears<'_>,
    ) {
        let arrivals = |spot: &Spot, head: &Head| {
            let position = Position { direction: spot.direction, distance: spot.distance };
            around.room.arrivals(ears.responses, ears.sphere, head, &position)
        };
        let known = self.begin.filter(|(known, _)| *known == number).map(|(_, begin)| begin);
        let begin = known.unwrap_or_else(|| arrivals(ends.spots[0], ends.heads[0]));
        let end = if ends.are_one() { begin } else { arrivals(ends.spots[1], ends.heads[1]) };
        self.begin = Some((number + 1, end));
        let echoed = &mut self.heard[quantum];
        echoed.sent = input.copied();
        self.reflections.process(ears.kernel, input, &begin, &end, &mut echoed.reflected);
    }

    /// What the walls give the sphere in a quantum of the pass.
    #[inline(always)]
    pub(super) fn fed(&self, quantum: usize) -> &[Fed] {
        &self.heard[quantum].reflected
    }
}

impl Around {
    pub(super) fn new(size: RoomSize, responses: &Set, sphere: &Sphere, rate_hz: u32) -> Self {
        let room = Room::new(size, SEED, f64::from(rate_hz));
        let Tail { send_db, decay_s, predelay_ms } = room.tail();
        let spec = ReverbSpec {
            rt60_s: decay_s,
            rt60_bands_s: None,
            predelay_ms,
            size: 1.0,
            damping_hz: Some(6000.0),
            modulation_ms: 0.0,
            modulation_hz: 0.5,
            seed: SEED,
        };
        let longest_frames = responses.longest_delay_frames();
        let way = |direction| {
            let lane = SphereLane::new(longest_frames);
            let lateness = Hearing::far(responses, direction).lateness();
            (lane, Arrival { lateness, pan: sphere.pan(direction) }, Fed::default())
        };
        let directions = sphere.directions().iter().step_by(APART).take(OUTPUTS);
        Self {
            size,
            room,
            reverb: Reverb::new(&spec, OUTPUTS, rate_hz),
            outputs: vec![SILENCE; OUTPUTS],
            ways: directions.map(way).collect(),
            send: decibels_to_amplitude(send_db) as f32,
        }
    }

    pub(super) fn is(&self, size: RoomSize) -> bool {
        self.size == size
    }

    /// Lets the tail of a quantum of the scene, which has a place in the pass, go on, from all that
    /// sounds in this room, in scene order. It stays with the head: nobody hears which way a tail of
    /// this kind turns.
    pub(super) fn ring<'a>(
        &mut self,
        (number, quantum): (u64, usize),
        sounds: impl Iterator<Item = &'a Echoes>,
        kernel: &Kernel,
        feeds: &mut Feeds,
    ) {
        let mut sum = SILENCE;
        let mut any = false;
        let here = sounds.filter(|it| it.size == self.size);
        for samples in here.filter_map(|it| it.heard[quantum].sent.as_ref()) {
            any = true;
            for (sum, sample) in sum.iter_mut().zip(samples) {
                *sum += sample * self.send;
            }
        }
        let sounds = self.reverb.process(number, any.then_some(&sum), &mut self.outputs);
        for ((lane, arrival, fed), output) in self.ways.iter_mut().zip(&self.outputs) {
            let output = sounds.then(|| Levelled::from(output));
            lane.process(kernel, output, [arrival, arrival], fed);
        }
        feeds.add(self.ways.iter().map(|(.., fed)| fed));
    }
}
