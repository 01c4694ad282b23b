//! One lane on its way to both ears.

use super::super::heading::Spot;
use super::super::inputs::Inputs;
use super::super::lane::Offset;
use super::super::output::Output;
use super::super::unit::{Address, Unit};
use super::room::{Around, Echoes, Ends};
use super::round::{Ears, Round};
use super::track::Track;
use crate::binaural::{DirectLane, Feeds, FixedLane, Head, Hearing, Share};
use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::dsp::Convolver;
use crate::hrtf::Set;
use crate::space::Position;

/// Where its sound comes from.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// A lane of a strip.
    Lane(Address),
    /// A channel of the mix of a target.
    Channel { of: usize, channel: usize },
}

/// How it gets to the ears.
pub(super) enum Passage {
    /// It stays where it is.
    Fixed(Box<FixedLane>, Vec<Share>),
    /// By filters of its own.
    Direct(Box<DirectLane>, Vec<Share>),
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

/// One lane on its way to both ears.
pub(super) struct Listener {
    pub(super) origin: Origin,
    pub(super) track: Track,
    pub(super) passage: Passage,
    /// How it is heard when a quantum begins: mostly how it was when the last one ended.
    pub(super) begin: Option<(u64, Hearing)>,
    /// The room it is in, if any.
    pub(super) echoes: Option<Box<Echoes>>,
}

/// What all listeners of a pass have in common.
pub(super) struct Pass<'a, I> {
    pub(super) units: &'a [Unit],
    pub(super) outputs: &'a [Output],
    pub(super) inputs: &'a Offset<'a, I>,
    pub(super) ears: Ears<'a>,
    pub(super) rooms: &'a [Around],
    /// Which way the head looks when each of its quanta begins, and when the last ends.
    pub(super) heads: &'a [Head],
    pub(super) gain: f64,
    pub(super) first: u64,
    pub(super) quanta: usize,
}

impl Listener {
    /// Takes the quanta of a pass to where the ears are summed.
    pub(super) fn listen<I: Inputs>(&mut self, pass: &Pass<'_, I>) {
        let mut here = self.track.at(pass.first);
        for quantum in 0..pass.quanta {
            let number = pass.first + quantum as u64;
            let there = self.track.at(number + 1);
            let mut samples = SILENCE;
            let gains = [here.level, there.level].map(|level| level * pass.gain);
            let sounds = self.arrived(quantum, pass).map(|arrived| {
                levelled(arrived, gains, &mut samples);
            });
            let input = sounds.map(|()| &samples);
            let heads = [&pass.heads[quantum], &pass.heads[quantum + 1]];
            let ends = Ends { spots: [&here, &there], heads };
            self.pass(quantum, input, &ends, pass);
            self.echo(quantum, input, &ends, pass);
            here = there;
        }
    }

    /// Gives a quantum of the pass to the sphere.
    pub(super) fn feed(&self, quantum: usize, feeds: &mut Feeds) {
        if let Passage::Sphere(round) = &self.passage {
            round.feed(quantum, feeds);
        }
        if let Some(echoes) = &self.echoes {
            echoes.feed(quantum, feeds);
        }
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

    fn echo<I: Inputs>(
        &mut self,
        quantum: usize,
        input: Option<&Quantum>,
        ends: &Ends<'_>,
        pass: &Pass<'_, I>,
    ) {
        let Some(echoes) = &mut self.echoes else { return };
        let Some(around) = pass.rooms.iter().find(|it| it.is(echoes.size)) else { return };
        let number = pass.first + quantum as u64;
        echoes.listen((number, quantum), input, ends, around, pass.ears);
    }

    fn arrived<'a, I: Inputs>(&self, quantum: usize, pass: &'a Pass<'_, I>) -> Option<&'a Quantum> {
        match self.origin {
            Origin::Lane(Address { unit, lane }) => {
                pass.units[unit].lanes[lane].heard(quantum, pass.inputs)
            }
            Origin::Channel { of, channel } => {
                let samples = &pass.outputs[of].quantum(pass.inputs.quanta + quantum)[channel];
                samples.iter().any(|sample| *sample != 0.0).then_some(samples)
            }
        }
    }

    fn pass<I: Inputs>(
        &mut self,
        quantum: usize,
        input: Option<&Quantum>,
        ends: &Ends<'_>,
        pass: &Pass<'_, I>,
    ) {
        let number = pass.first + quantum as u64;
        let (lane, shares) = match &mut self.passage {
            Passage::Fixed(lane, shares) => return lane.process(input, &mut shares[quantum]),
            Passage::Sphere(round) => {
                let straight = self.track.straight(number);
                return round.listen((number, quantum), input, ends, straight, pass.ears);
            }
            Passage::Room(room) => {
                let (ears, sounds) = &mut room.ears[quantum];
                *sounds = room.convolver.process(number, input, ears);
                return;
            }
            Passage::Direct(lane, shares) => (lane, shares),
        };
        let &Ends { spots, heads: [from, to] } = ends;
        let known = self.begin.filter(|(known, _)| *known == number).map(|(_, hearing)| hearing);
        let begin = known.unwrap_or_else(|| hearing(spots[0], from, pass.ears.responses));
        let end = if ends.are_one() { begin } else { hearing(spots[1], to, pass.ears.responses) };
        self.begin = Some((number + 1, end));
        lane.process(input, &begin, &end, &mut shares[quantum]);
    }
}

/// How a head hears a spot.
pub(super) fn hearing(spot: &Spot, head: &Head, responses: &Set) -> Hearing {
    let direction = head.direction_to_listener(&spot.direction);
    Hearing::near(responses, &Position { direction, distance: spot.distance })
}

/// Samples under a gain that goes in a straight line.
fn levelled(samples: &Quantum, [from, to]: [f64; 2], out: &mut Quantum) {
    let (from, step) = (from as f32, ((to - from) * (1.0 / QUANTUM as f64)) as f32);
    if step == 0.0 {
        for (out, sample) in out.iter_mut().zip(samples) {
            *out = sample * from;
        }
        return;
    }
    for (frame, (out, sample)) in out.iter_mut().zip(samples).enumerate() {
        *out = sample * (from + step * frame as f32);
    }
}
