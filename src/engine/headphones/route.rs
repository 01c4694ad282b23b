//! The way of one sound to both ears.

use super::super::heading::Spot;
use super::heard::Heard;
use super::listener::Pass;
use super::room::Ends;
use super::round::Round;
use super::stride::{STRAIGHT_TURN, Steps, Stride, VERY_STRAIGHT_TURN};
use crate::binaural::{DirectLane, FixedLane, Head, Hearing, Levelled};
use crate::block::{Quantum, SILENCE};
use crate::dsp::Convolver;
use crate::hrtf::{EARS, Near, Set};
use crate::space::Position;

/// How a sound gets to the ears.
pub(super) enum Passage {
    /// It stays where it is.
    Fixed(Box<FixedLane>),
    /// By filters of its own.
    Direct(Box<DirectLane>),
    /// Over the virtual sphere.
    Sphere(Box<Round>),
    /// Through a room that somebody measured.
    Room(Box<InRoom>),
}

/// A lane in a room, in the time domain.
pub(super) struct InRoom {
    convolver: Convolver,
    ears: Vec<([Quantum; 2], bool)>,
}

impl InRoom {
    pub(super) fn new(responses: &[Vec<f32>; 2], quanta: usize) -> Self {
        Self { convolver: Convolver::new(responses), ears: vec![([SILENCE; 2], false); quanta] }
    }
}

/// A passage, and how it is heard when a quantum begins: mostly how it was when the last one ended.
pub(super) struct Route {
    passage: Passage,
    begin: Option<(u64, Hearing)>,
    steps: Steps<Hearing>,
    near: [Near; EARS],
}

impl Route {
    pub(super) fn new(passage: Passage) -> Self {
        Self { passage, begin: None, steps: Steps::new(), near: Default::default() }
    }

    /// Whether it can go nowhere else.
    pub(super) fn is_fixed(&self) -> bool {
        matches!(self.passage, Passage::Fixed(..))
    }

    /// The cosine of the angle by which it may turn within a control step to go straight, if it ever
    /// does.
    pub(super) fn straight_turn(&self) -> Option<f64> {
        match &self.passage {
            Passage::Fixed(..) | Passage::Room(..) => None,
            Passage::Direct(..) => Some(VERY_STRAIGHT_TURN),
            Passage::Sphere(..) => Some(STRAIGHT_TURN),
        }
    }

    /// Takes the quanta of a stride on their way, where it goes straight.
    pub(super) fn go<'a, I>(
        &mut self,
        stride: &Stride<'_>,
        input: impl Fn(usize) -> Option<Levelled<'a>>,
        pass: &Pass<'_, I>,
        heard: &mut Heard<'_>,
    ) {
        let lane = match &mut self.passage {
            Passage::Fixed(..) | Passage::Room(..) => return,
            Passage::Sphere(round) => return round.go(stride, input, pass.ears, heard.fed),
            Passage::Direct(lane) => lane,
        };
        let mut hear =
            |spot: &_| hearing(spot, &stride.look.head, pass.ears.responses, &mut self.near);
        let [begin, end] = self.steps.ends(stride, &mut hear);
        let shares = &mut heard.shares[stride.quantum..stride.quantum + stride.quanta];
        for (index, share) in shares.iter_mut().enumerate() {
            let part = [stride.share(index), stride.share(index + 1)];
            lane.process_part(input(index), [begin, end], part, share);
        }
        // What lies between has no responses of its own.
        let ended = stride.share(stride.quanta) == 1.0;
        self.begin = ended.then_some((stride.number(stride.quanta), *end));
    }

    /// Takes a quantum of the pass on its way. Whether anything is heard of it.
    pub(super) fn pass<I>(
        &mut self,
        quantum: usize,
        input: Option<&Quantum>,
        ends: &Ends<'_>,
        pass: &Pass<'_, I>,
        heard: &mut Heard<'_>,
    ) -> bool {
        let number = pass.first + quantum as u64;
        let lane = match &mut self.passage {
            Passage::Fixed(lane) => return lane.process(input, &mut heard.shares[quantum]),
            Passage::Sphere(round) => {
                let fed = &mut heard.fed[quantum];
                round.listen(number, input.map(Levelled::from), ends, pass.ears, fed);
                return fed.sounds;
            }
            Passage::Room(room) => {
                let (ears, sounds) = &mut room.ears[quantum];
                *sounds = room.convolver.process(number, input, ears);
                return *sounds;
            }
            Passage::Direct(lane) => lane,
        };
        let &Ends { spots, heads: [from, to] } = ends;
        let known = self.begin.filter(|(known, _)| *known == number).map(|(_, hearing)| hearing);
        let mut hear = |spot, head| hearing(spot, head, pass.ears.responses, &mut self.near);
        let begin = known.unwrap_or_else(|| hear(spots[0], from));
        let end = if ends.are_one() { begin } else { hear(spots[1], to) };
        self.begin = Some((number + 1, end));
        lane.process(input, &begin, &end, &mut heard.shares[quantum])
    }

    /// A quantum in which nothing comes and nothing is left.
    pub(super) fn rest(&mut self, quantum: usize, heard: &mut Heard<'_>) {
        match &mut self.passage {
            Passage::Fixed(..) | Passage::Direct(..) => {}
            Passage::Sphere(..) => heard.fed[quantum].sounds = false,
            Passage::Room(room) => room.ears[quantum].1 = false,
        }
    }

    /// Whether it adds to shares.
    pub(super) fn has_shares(&self) -> bool {
        matches!(self.passage, Passage::Fixed(..) | Passage::Direct(..))
    }

    /// Whether it feeds the sphere.
    pub(super) fn feeds(&self) -> bool {
        matches!(self.passage, Passage::Sphere(..))
    }

    /// Adds what a quantum of the pass is in a room to what the ears hear.
    pub(super) fn add_room(&self, quantum: usize, ears: &mut [Quantum; 2]) {
        let Passage::Room(room) = &self.passage else { return };
        let (heard, sounds) = &room.ears[quantum];
        if *sounds {
            for (sum, sample) in ears.as_flattened_mut().iter_mut().zip(heard.as_flattened()) {
                *sum += sample;
            }
        }
    }
}

/// How a head hears a spot, which is mostly near the last one.
pub(super) fn hearing(
    spot: &Spot,
    head: &Head,
    responses: &Set,
    near: &mut [Near; EARS],
) -> Hearing {
    let direction = head.direction_to_listener(&spot.direction);
    Hearing::next(responses, &Position { direction, distance: spot.distance }, near)
}
