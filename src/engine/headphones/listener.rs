//! One lane on its way to both ears.

use super::super::heading::Heading;
use super::super::inputs::Inputs;
use super::super::lane::Offset;
use super::super::live::Glide;
use super::super::output::Output;
use super::super::unit::{Address, Unit};
use super::room::{Around, Echoes, Ends};
use super::round::Ears;
use super::route::Route;
use super::track::Track;
use crate::binaural::{Feeds, Head, Share};
use crate::block::{QUANTUM, Quantum, SILENCE};

/// Where its sound comes from.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// A lane of a strip.
    Lane(Address),
    /// A channel of the mix of a target.
    Channel { of: usize, channel: usize },
}

/// One lane on its way to both ears.
pub(super) struct Listener {
    pub(super) origin: Origin,
    pub(super) track: Track,
    pub(super) route: Route,
    pub(super) is_lfe: bool,
    /// The room it is in, if any.
    pub(super) echoes: Option<Box<Echoes>>,
    pub(super) by_hand: ByHand,
}

/// How it is heard where it, or the head, is led by hand.
#[derive(Default)]
pub(super) struct ByHand {
    /// The number of its strip, if it has one.
    pub(super) strip: Option<usize>,
    /// The way of an object.
    pub(super) heading: Option<Heading>,
    /// A way anywhere, for one whose own is fixed.
    pub(super) detour: Option<Box<Detour>>,
}

/// A way anywhere beside a fixed one: sound goes over from the one to the other, and as both are
/// filters, nobody hears how.
pub(super) struct Detour {
    route: Route,
    /// How much goes this way.
    share: Glide<f64>,
    sounds: bool,
}

impl Detour {
    pub(super) fn new(route: Route, steps: u32) -> Self {
        Self { route, share: Glide::new(0.0, steps), sounds: false }
    }
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

impl<I> Pass<'_, I> {
    /// Whether the head is led by hand in a quantum.
    fn leads_head(&self, quantum: usize) -> bool {
        self.inputs.live.is_some_and(|live| live.leads_head(quantum))
    }
}

impl Listener {
    /// Takes the quanta of a pass to where the ears are summed.
    pub(super) fn listen<I: Inputs>(&mut self, pass: &Pass<'_, I>) {
        let strip = self.by_hand.strip.zip(pass.inputs.live);
        let strip = strip.map(|(number, live)| live.strip(number));
        let mut here = self.track.at(pass.first);
        for quantum in 0..pass.quanta {
            let number = pass.first + quantum as u64;
            let there = self.track.at(number + 1);
            let mut spots = [here, there];
            here = there;
            let places = strip.and_then(|it| it.places(quantum));
            if let (Some(heading), Some(places)) = (&self.by_hand.heading, places) {
                let frame = number * QUANTUM as u64;
                spots = [0, 1]
                    .map(|end| heading.spot(frame + (end * QUANTUM) as u64, &places[end].position));
            }
            let factors = strip.and_then(|it| it.heard(quantum)).unwrap_or([1.0; 2]);
            let mut samples = SILENCE;
            let gains = [0, 1].map(|end| spots[end].level * factors[end] * pass.gain);
            let sounds = self.arrived(quantum, pass).map(|arrived| {
                levelled(arrived, gains, &mut samples);
            });
            let input = sounds.map(|()| &samples);
            let heads = [&pass.heads[quantum], &pass.heads[quantum + 1]];
            let ends = Ends { spots: [&spots[0], &spots[1]], heads };
            let is_led = places.is_some() || pass.leads_head(quantum);
            self.pass(quantum, input, &ends, is_led, pass);
            self.echo(quantum, input, &ends, pass);
        }
    }

    /// What it adds to the ears in a quantum of the pass, besides what the sphere does.
    pub(super) fn shares(&self, quantum: usize) -> impl Iterator<Item = &Share> {
        let detour = self.by_hand.detour.as_ref().and_then(|it| it.route.share(quantum));
        self.route.share(quantum).into_iter().chain(detour)
    }

    /// Gives a quantum of the pass to the sphere.
    pub(super) fn feed(&self, quantum: usize, feeds: &mut Feeds) {
        self.route.feed(quantum, feeds);
        if let Some(detour) = &self.by_hand.detour {
            detour.route.feed(quantum, feeds);
        }
        if let Some(echoes) = &self.echoes {
            echoes.feed(quantum, feeds);
        }
    }

    /// Takes a quantum on its own way, or, while it is led by hand, over to the way anywhere.
    fn pass<I: Inputs>(
        &mut self,
        quantum: usize,
        input: Option<&Quantum>,
        ends: &Ends<'_>,
        is_led: bool,
        pass: &Pass<'_, I>,
    ) {
        let Some(detour) = &mut self.by_hand.detour else {
            let number = pass.first + quantum as u64;
            let is_own = self.route.is_round() && !is_led;
            let straight = if is_own { self.track.straight(number) } else { None };
            self.route.pass(quantum, input, ends, straight, pass);
            return;
        };
        detour.share.aim(f64::from(u8::from(is_led)));
        let from = detour.share.at;
        detour.share.step();
        let to = detour.share.at;
        if [from, to] == [0.0; 2] && !detour.sounds {
            detour.route.rest(quantum);
            self.route.pass(quantum, input, ends, None, pass);
            return;
        }
        let part = |gains: [f64; 2]| {
            let mut samples = SILENCE;
            let input = input.filter(|_| gains != [0.0; 2])?;
            levelled(input, gains, &mut samples);
            Some(samples)
        };
        self.route.pass(quantum, part([1.0 - from, 1.0 - to]).as_ref(), ends, None, pass);
        detour.sounds = detour.route.pass(quantum, part([from, to]).as_ref(), ends, None, pass);
    }

    /// Adds what a quantum of the pass is in a room to what the ears hear.
    pub(super) fn add_room(&self, quantum: usize, ears: &mut [Quantum; 2]) {
        self.route.add_room(quantum, ears);
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
