//! One channel of a strip: its samples, and its ways to wherever it is heard.

use std::cell::LazyCell;
use std::sync::Arc;

use super::air::Air;
use super::fader::Fader;
use super::heading::Heading;
use super::inputs::Inputs;
use super::live::{Guided, Live, StripLive};
use super::piece::Piece;
use super::plan::{InputPlan, LanePlan, ObjectPlan, StripPlan, TargetPlan};
use super::steering::{STEPS, Stretch};
use super::table::LaneRamps;
use super::waiting::Waiting;
use super::way::Way;
use crate::block::{Quanta, Quantum};
use crate::dsp::Weights;
use crate::pan::{GainRow, Panner};

/// What every lane is built from besides its own plan.
pub(super) struct Workshop {
    pub(super) rate_hz: u32,
    /// The most quanta of one pass.
    pub(super) quanta: usize,
    /// Tabulated only where something is delayed by parts of a frame.
    pub(super) weights: LazyCell<Weights>,
    /// Whether lanes may be led by hand.
    pub(super) is_live: bool,
}

/// Somewhere lanes are heard: a target, or a bus.
#[derive(Clone)]
pub(super) struct Room {
    pub(super) channels: usize,
    pub(super) panner: Arc<Panner>,
    /// Whether they are mixed there at all.
    pub(super) mixes: bool,
}

impl Room {
    /// Where the lanes of a strip are heard in a target.
    pub(super) fn target(target: &TargetPlan, strip: &StripPlan) -> Self {
        let panner = Arc::clone(&target.panner);
        Self { channels: target.channels, panner, mixes: target.mixes(strip) }
    }

    /// Where the lanes that go to a bus are heard; nowhere if the strip is none.
    pub(super) fn bus(bus: &StripPlan) -> Option<Self> {
        match &bus.input {
            InputPlan::Bus(panner) => {
                let channels = bus.lanes.len();
                Some(Self { channels, panner: Arc::clone(panner), mixes: true })
            }
            InputPlan::Source | InputPlan::Return(_) => None,
        }
    }
}

/// The inputs of a call from one of its quanta on: those of one pass.
pub(super) struct Offset<'a, I> {
    pub(super) inputs: &'a I,
    pub(super) quanta: usize,
    /// What is done by hand.
    pub(super) live: Option<&'a Live>,
}

impl<I: Inputs> Offset<'_, I> {
    #[inline(always)]
    pub(super) fn quantum(&self, lane: usize, quantum: usize) -> Option<&Quantum> {
        self.inputs.quantum(lane, self.quanta + quantum)
    }
}

/// One channel of a strip.
pub(super) struct Lane {
    /// The number of its strip.
    pub(super) strip: usize,
    /// Its number among the inputs of the engine, if it has one.
    pub(super) source: Option<usize>,
    /// Whether it is heard in a bus, not in the targets.
    pub(super) joins_bus: bool,
    air: Option<Air>,
    /// What brings it into line with the others where it is heard.
    waiting: Option<Waiting>,
    heading: Option<Heading>,
    /// The control step that begins where the moving ways have come to.
    next_step: Option<u64>,
    ways: Vec<Way>,
    /// The ways it goes where it is led by hand, if it may be.
    guided: Option<Box<Guided>>,
    /// What leaves it, by quantum of the pass; empty where that is what comes in.
    leaving: Quanta,
    sounding: Vec<bool>,
}

impl Lane {
    /// A lane that is heard in some rooms.
    pub(super) fn new(plan: &LanePlan, fader: &Fader, rooms: &[Room], shop: &Workshop) -> Self {
        let lane = Self {
            strip: 0,
            source: None,
            joins_bus: false,
            air: None,
            waiting: None,
            heading: None,
            next_step: None,
            ways: Vec::new(),
            guided: None,
            leaving: Quanta::default(),
            sounding: Vec::new(),
        };
        match plan {
            LanePlan::Routed(routed) => {
                let way = |(row, room): (&GainRow, &Room)| {
                    if room.mixes { Way::routed(row, fader) } else { Way::nowhere() }
                };
                let ways = routed.rows.iter().zip(rooms).map(way).collect();
                Self { ways, ..lane }
            }
            LanePlan::Panned(object) => lane.panned(object, fader, rooms, shop),
        }
    }

    fn panned(self, object: &ObjectPlan, fader: &Fader, rooms: &[Room], shop: &Workshop) -> Self {
        let heading = Heading::new(object.clone(), fader.clone(), shop.rate_hz);
        let ways = rooms.iter().map(|room| {
            if !room.mixes {
                return Way::nowhere();
            }
            if shop.is_live || !object.spread.is_point() {
                room.panner.prepare_spread();
            }
            Way::panned(&heading, &room.panner)
        });
        let ways = ways.collect();
        let guided = shop.is_live.then(|| {
            let heading = Heading::new(object.clone(), fader.clone(), shop.rate_hz);
            let panners = rooms.iter().map(|it| it.mixes.then(|| Arc::clone(&it.panner)));
            let channels = rooms.iter().map(|room| room.channels).max().unwrap_or(0);
            Box::new(Guided::new(heading, panners, channels))
        });
        let air = Air::new(&object.trajectory, object.propagation, shop.rate_hz, &shop.weights);
        // Who is only heard by a head is followed there.
        let mixes = rooms.iter().any(|room| room.mixes);
        let heading = Some(heading).filter(|heading| mixes && !heading.is_still());
        Self { air, heading, ways, guided, ..self }
    }

    /// Sets when it leaves and when it is heard, in frames after it should, and where its samples are
    /// kept: of their own only where something is done to them.
    pub(super) fn settle(&mut self, leaves: usize, heard: usize, has_rack: bool, quanta: usize) {
        self.waiting = Waiting::new(heard - leaves, quanta);
        self.air = self.air.take().map(|air| air.late(leaves));
        self.heading = self.heading.take().map(|heading| heading.late(heard));
        self.ways = self.ways.drain(..).map(|way| way.late(heard)).collect();
        self.guided = self.guided.take().map(|guided| Box::new(guided.late(heard)));
        let own = has_rack || self.source.is_none() || self.remembers();
        if own {
            self.leaving = Quanta::silent(quanta);
            self.sounding = vec![false; quanta];
        }
    }

    /// Whether its samples depend on those before, apart from what its rack does.
    pub(super) fn remembers(&self) -> bool {
        self.air.is_some() || self.waiting.is_some()
    }

    /// Whether it is heard without a head.
    pub(super) fn is_mixed(&self) -> bool {
        self.ways.iter().any(|way| !way.leads_nowhere())
    }

    /// Whether what leaves it is what comes in.
    pub(super) fn is_direct(&self) -> bool {
        self.leaving.is_empty()
    }

    /// Where a quantum of the pass leaves from.
    pub(super) fn place(&mut self, quantum: usize) -> &mut Quantum {
        &mut self.leaving[quantum]
    }

    /// Takes what came in, or came out of a rack, on its way through the air and into line.
    pub(super) fn put(
        &mut self,
        number: u64,
        quantum: usize,
        arrived: Option<&Quantum>,
        live: Option<&Live>,
    ) {
        let samples = &mut self.leaving[quantum];
        if let Some(arrived) = arrived {
            *samples = *arrived;
        }
        let mut sounds = arrived.is_some();
        if let Some(air) = &mut self.air {
            let places = live.and_then(|live| live.strip(self.strip).places(quantum));
            let distance = places.map(|[_, there]| there.position.distance);
            sounds = air.process(number, samples, sounds, distance);
        }
        self.sounding[quantum] = sounds;
        if let Some(waiting) = &mut self.waiting {
            waiting.take(quantum, samples, sounds);
        }
    }

    /// What is heard of the lane in a quantum of the current pass, in line with all that is heard
    /// there; `None` is silence.
    #[inline(always)]
    pub(super) fn heard<'a, I: Inputs>(
        &'a self,
        quantum: usize,
        inputs: &'a Offset<'_, I>,
    ) -> Option<&'a Quantum> {
        match &self.waiting {
            Some(waiting) => waiting.heard(quantum),
            None => self.samples(quantum, inputs),
        }
    }

    /// What leaves the lane in a quantum of the current pass, as early as it does; `None` is silence.
    #[inline(always)]
    pub(super) fn samples<'a, I: Inputs>(
        &'a self,
        quantum: usize,
        inputs: &'a Offset<'_, I>,
    ) -> Option<&'a Quantum> {
        match self.source {
            Some(source) if self.leaving.is_empty() => inputs.quantum(source, quantum),
            _ => self.sounding[quantum].then(|| &self.leaving[quantum]),
        }
    }

    /// Works out the gains of some quanta.
    pub(super) fn steer<I: Inputs>(
        &mut self,
        first: u64,
        quanta: usize,
        inputs: &Offset<'_, I>,
        stretch: &mut Stretch,
        ramps: &mut LaneRamps<'_>,
    ) {
        let live = inputs.live.map(|live| live.strip(self.strip));
        for piece in Piece::pass(first, quanta).cut(STEPS) {
            let led = live.filter(|_| self.guided.is_some());
            let is_led = |quantum| led.is_some_and(|live| live.places(quantum).is_some());
            let mut heard = piece.quanta().filter(|it| self.heard(it.1, inputs).is_some());
            if heard.any(|it| !is_led(it.1)) {
                self.emit(piece, stretch, ramps);
            }
            for (number, quantum) in piece.quanta() {
                if self.heard(quantum, inputs).is_none() {
                    ramps.rest(quantum);
                } else if let Some(live) = live {
                    self.lead(number, quantum, live, ramps);
                }
            }
        }
    }

    /// Sets the ramps of a piece where the scene has them.
    #[inline]
    fn emit(&mut self, piece: Piece, stretch: &mut Stretch, ramps: &mut LaneRamps<'_>) {
        let Self { heading, ways, next_step, .. } = self;
        if let Some(heading) = heading {
            let first = piece.first_step();
            stretch.look(heading, piece, *next_step == Some(first));
            *next_step = Some(first + piece.steps() as u64);
        }
        for (room, way) in ways.iter_mut().enumerate() {
            let looked = heading.as_ref().map(|heading| (heading, &mut *stretch));
            way.emit(piece, looked, room, ramps);
        }
    }

    /// Does to the ramps of a quantum what is done by hand.
    fn lead(&mut self, number: u64, quantum: usize, live: &StripLive, ramps: &mut LaneRamps<'_>) {
        if let (Some(guided), Some(places)) = (&mut self.guided, live.places(quantum)) {
            guided.emit(number, quantum, places, ramps);
        }
        if let Some(levels) = live.heard(quantum) {
            ramps.put_under(quantum, levels);
        }
    }
}
