//! One lane on its way to both ears.

use super::super::heading::Heading;
use super::super::inputs::Inputs;
use super::super::lane::Offset;
use super::super::live::{Glide, StripLive};
use super::super::output::Output;
use super::super::unit::{Address, Unit};
use super::heard::Heard;
use super::look::Look;
use super::room::{Around, Echoes, Ends};
use super::round::Ears;
use super::route::Route;
use super::stride::Stride;
use super::track::Track;
use crate::binaural::Levelled;
use crate::block::{QUANTA_PER_STEP, QUANTUM, Quantum};
use crate::dsp::fetch;

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
    pub(super) route: Route,
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
    pub(super) looks: &'a [Look],
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
    pub(super) fn listen<I: Inputs>(&mut self, pass: &Pass<'_, I>, heard: &mut Heard<'_>) {
        let mut quantum = 0;
        while quantum < pass.quanta {
            quantum += match self.go(quantum, pass, heard) {
                0 => self.go_on(quantum, pass, heard),
                quanta => quanta,
            };
        }
    }

    /// Goes straight from a quantum on, if it does. How many quanta that takes.
    fn go<I: Inputs>(
        &mut self,
        quantum: usize,
        pass: &Pass<'_, I>,
        heard: &mut Heard<'_>,
    ) -> usize {
        let strip = self.live_strip(pass);
        let Self { origin, track, route, echoes, .. } = self;
        let Some(least_cosine) = route.straight_turn() else { return 0 };
        let is_free = |quantum: &usize| {
            pass.looks[*quantum].is(&pass.looks[quantum + 1])
                && !pass.leads_head(*quantum)
                && strip.is_none_or(|strip| strip.places(*quantum).is_none())
        };
        let number = pass.first + quantum as u64;
        let (step, place) = (number / QUANTA_PER_STEP, number % QUANTA_PER_STEP);
        let last = pass.quanta.min(quantum + (QUANTA_PER_STEP - place) as usize);
        let quanta = (quantum..last).take_while(is_free).count();
        let straight = if quanta > 0 { track.straight(step, least_cosine) } else { None };
        let Some((heading, ahead)) = straight else { return 0 };
        let Some(ends) = ahead.ends(step) else { return 0 };
        let look = &pass.looks[quantum];
        let stride = Stride { step, place, quantum, quanta, heading, ahead, ends, look };
        let (arrived, levels) = (origin.arrived_ahead(quantum, quanta, pass), stride.levels());
        let input = |index: usize| {
            let arrived = arrived[index]?;
            let factors = strip.and_then(|it| it.heard(quantum + index)).unwrap_or([1.0; 2]);
            let gain = |end| levels[index + end] * factors[end] * pass.gain;
            Some(Levelled::new(arrived, [gain(0), gain(1)]))
        };
        route.go(&stride, input, pass, heard);
        if let Some(echoes) = echoes {
            for index in 0..quanta {
                let spots = [index, index + 1].map(|it| stride.spot(it));
                let ends = Ends { spots: spots.each_ref(), heads: [&stride.look.head; 2] };
                let samples = input(index).map(|it| it.samples());
                echo(echoes, quantum + index, samples.as_ref(), &ends, pass);
            }
        }
        quanta
    }

    /// Goes on by a quantum, wherever it goes. That it is one.
    fn go_on<I: Inputs>(
        &mut self,
        quantum: usize,
        pass: &Pass<'_, I>,
        heard: &mut Heard<'_>,
    ) -> usize {
        let strip = self.live_strip(pass);
        let number = pass.first + quantum as u64;
        let mut spots = [self.track.at(number), self.track.at(number + 1)];
        let places = strip.and_then(|it| it.places(quantum));
        if let (Some(heading), Some(places)) = (&self.by_hand.heading, places) {
            let frame = number * QUANTUM as u64;
            spots = [0, 1]
                .map(|end| heading.spot(frame + (end * QUANTUM) as u64, &places[end].position));
        }
        let factors = strip.and_then(|it| it.heard(quantum)).unwrap_or([1.0; 2]);
        let gains = [0, 1].map(|end| spots[end].level * factors[end] * pass.gain);
        let input = self.origin.arrived(quantum, pass);
        let input = input.map(|arrived| Levelled::new(arrived, gains).samples());
        let heads = [quantum, quantum + 1].map(|it| &pass.looks[it].head);
        let ends = Ends { spots: spots.each_ref(), heads };
        let is_led = places.is_some() || pass.leads_head(quantum);
        self.pass(quantum, input.as_ref(), &ends, is_led, pass, heard);
        if let Some(echoes) = &mut self.echoes {
            echo(echoes, quantum, input.as_ref(), &ends, pass);
        }
        1
    }

    /// What is done by hand to the strip it belongs to.
    fn live_strip<'a, I>(&self, pass: &'a Pass<'_, I>) -> Option<&'a StripLive> {
        let strip = self.by_hand.strip.zip(pass.inputs.live);
        strip.map(|(number, live)| live.strip(number))
    }

    /// Takes a quantum on its own way, or, while it is led by hand, over to the way anywhere.
    fn pass<I: Inputs>(
        &mut self,
        quantum: usize,
        input: Option<&Quantum>,
        ends: &Ends<'_>,
        is_led: bool,
        pass: &Pass<'_, I>,
        heard: &mut Heard<'_>,
    ) {
        let Some(detour) = &mut self.by_hand.detour else {
            self.route.pass(quantum, input, ends, pass, heard);
            return;
        };
        detour.share.aim(f64::from(u8::from(is_led)));
        let from = detour.share.at;
        detour.share.step();
        let to = detour.share.at;
        if [from, to] == [0.0; 2] && !detour.sounds {
            detour.route.rest(quantum, heard);
            self.route.pass(quantum, input, ends, pass, heard);
            return;
        }
        let part = |gains: [f64; 2]| {
            let input = input.filter(|_| gains != [0.0; 2])?;
            Some(Levelled::new(input, gains).samples())
        };
        self.route.pass(quantum, part([1.0 - from, 1.0 - to]).as_ref(), ends, pass, heard);
        detour.sounds = detour.route.pass(quantum, part([from, to]).as_ref(), ends, pass, heard);
    }

    /// Adds what a quantum of the pass is in a room to what the ears hear.
    pub(super) fn add_room(&self, quantum: usize, ears: &mut [Quantum; 2]) {
        self.route.add_room(quantum, ears);
    }
}

/// Takes a quantum of the pass to the walls of a room and back.
fn echo<I>(
    echoes: &mut Echoes,
    quantum: usize,
    input: Option<&Quantum>,
    ends: &Ends<'_>,
    pass: &Pass<'_, I>,
) {
    let Some(around) = pass.rooms.iter().find(|it| it.is(echoes.size)) else { return };
    let number = pass.first + quantum as u64;
    echoes.listen((number, quantum), input, ends, around, pass.ears);
}

impl Origin {
    /// What arrives in some quanta of one control step, from one on; all of it is fetched at once.
    #[inline(always)]
    fn arrived_ahead<'a, I: Inputs>(
        self,
        first: usize,
        quanta: usize,
        pass: &'a Pass<'_, I>,
    ) -> [Option<&'a Quantum>; QUANTA_PER_STEP as usize] {
        let mut arrived = [None; QUANTA_PER_STEP as usize];
        for (quantum, arrived) in (first..first + quanta).zip(&mut arrived) {
            *arrived = self.arrived(quantum, pass);
            if let Some(samples) = arrived {
                fetch(*samples);
            }
        }
        arrived
    }

    fn arrived<'a, I: Inputs>(self, quantum: usize, pass: &'a Pass<'_, I>) -> Option<&'a Quantum> {
        match self {
            Self::Lane(Address { unit, lane }) => {
                pass.units[unit].lanes[lane].heard(quantum, pass.inputs)
            }
            Self::Channel { of, channel } => {
                let samples = &pass.outputs[of].quantum(pass.inputs.quanta + quantum)[channel];
                samples.iter().any(|sample| *sample != 0.0).then_some(samples)
            }
        }
    }
}
