//! The desk at work: lanes of samples in, the channels of every target out.
//!
//! The engine is a pure function of the plan and the inputs. It knows one span of time, the quantum
//! counted from frame 0 of the scene; how many quanta are asked for at once, and how many threads
//! answer, changes nothing. It allocates only when it is built.

mod air;
mod build;
mod bundling;
mod chain;
mod controls;
mod curtain;
mod fader;
mod graph;
mod handover;
mod heading;
mod headphones;
mod inputs;
mod lane;
mod latency;
mod live;
mod mix;
mod origin;
mod output;
mod piece;
mod plan;
mod rack;
mod ramp;
mod retuning;
mod sent;
mod steering;
mod table;
mod understudy;
mod unit;
mod waiting;
mod watch;
mod way;

pub use controls::{Controls, FARTHEST, HIGHEST_LEVEL};
pub use fader::Fader;
pub use headphones::{Ears, EarsMode, HeadPlan, HeadphonesPlan, VirtualLoudspeakers};
pub use inputs::Inputs;
pub use mix::{Lanes, mix};
pub use plan::{
    Chain, Destination, FoldPlan, InputPlan, InverseLaw, Keyed, LanePlan, Listening, MasterPlan,
    ObjectPlan, Plan, Propagation, ReturnPlan, RoutedPlan, SendPlan, StripPlan, TargetPlan,
};
pub use ramp::Ramp;
pub use retuning::{Build, Retuning};
// For the benchmarks, which hold the engine against a mix that is given its gains.
pub(crate) use ramp::{Levelled, Line, connect};

use std::ops::Range;
use std::sync::Arc;

use pulp::Arch;
use rayon::prelude::*;

use crate::block::{QUANTA_PER_STEP, QUANTUM, Quantum, SILENCE};
use build::{Built, Seat, build};
use headphones::Headphones;
use lane::Offset;
use live::Live;
use mix::{add_run, mix_run};
use origin::{Heard, Solo};
use output::Output;
use steering::Stretch;
use table::RampTable;
use unit::{Address, Bench, Unit, prepare_all};

/// Who does the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// The calling thread alone; nothing is allocated while rendering.
    Serial,
    /// The rayon pool of the calling thread: units in parallel, then quanta in parallel.
    Parallel,
}

/// Quanta that a thread alone takes through both passes together: four control steps, so that what
/// a lane needs is fetched once for all of them, and what the first pass leaves is still in the
/// cache for the second.
const SERIAL_SPAN: usize = 4 * QUANTA_PER_STEP as usize;

/// Quanta that are mixed together, lane after lane: as many as the sums of a layout stay in the
/// innermost cache for.
const MIX_RUN: usize = 8;

/// A plan at work.
pub struct Engine {
    units: Vec<Unit>,
    stages: Vec<Range<usize>>,
    seats: Vec<Seat>,
    faders: Vec<Fader>,
    names: Vec<String>,
    /// The lanes that are heard in the targets, in scene order.
    heard: Vec<Address>,
    outputs: Vec<Output>,
    headphones: Vec<Headphones>,
    /// The ramps of the lane at hand, where one thread works alone.
    ramps: RampTable,
    stretch: Box<Stretch>,
    /// What is done by hand, where it may be.
    live: Option<Box<Live>>,
    build: Build,
    /// How many quanta it takes until new numbers are all there.
    unsettled: u32,
    rate_hz: u32,
    span: usize,
    work: Work,
    arch: Arch,
}

/// Something that was no number, and was replaced by silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The strip or target in which it came up.
    pub name: String,
    /// The first frame of the quantum in which it did, in frames of the scene.
    pub frame: u64,
}

impl Engine {
    /// An engine that renders up to `quanta` at once.
    #[must_use]
    pub fn new(plan: &Plan, quanta: usize, work: Work) -> Self {
        Self::build(plan, quanta, work, None)
    }

    /// The same, under the hand: the `controls` are of this plan. While none of them is touched, the
    /// bits are those without.
    #[must_use]
    pub fn controlled(plan: &Plan, quanta: usize, work: Work, controls: &Arc<Controls>) -> Self {
        Self::build(plan, quanta, work, Some(controls))
    }

    fn build(plan: &Plan, quanta: usize, work: Work, controls: Option<&Arc<Controls>>) -> Self {
        let span = match work {
            Work::Serial => quanta.min(SERIAL_SPAN),
            Work::Parallel => quanta,
        };
        let Built { units, stages, seats, heard, due, latency_frames } =
            build(plan, span, controls.is_some());
        let late = |strip: usize| [due[strip], seats[strip].latency_frames];
        let lates = (0..seats.len()).map(late).collect();
        let live = controls.map(|it| Box::new(Live::new(plan, it, late, span)));
        let faders = plan.strips.iter().zip(&seats);
        let faders = faders.map(|(strip, seat)| strip.fader.clone().late(seat.latency_frames));
        let faders = faders.collect();
        let channels: Vec<usize> = plan.targets.iter().map(|target| target.channels).collect();
        let headphones = Headphones::all(plan, &heard, latency_frames, span, work, live.is_some());
        let mut outputs: Vec<Output> = plan
            .targets
            .iter()
            .map(|target| Output::new(target, latency_frames, quanta, plan.rate_hz))
            .collect();
        let build = Build::new(lates, &units, &outputs);
        headphones.iter().for_each(|it| outputs[it.target()].delay(it.lead_frames()));
        Self {
            units,
            stages,
            seats,
            heard,
            faders,
            names: plan.strips.iter().map(|strip| strip.name.clone()).collect(),
            outputs,
            headphones,
            ramps: RampTable::new(1, span, &channels),
            stretch: Stretch::new(&channels),
            live,
            build,
            unsettled: 0,
            rate_hz: plan.rate_hz,
            span,
            work,
            arch: Arch::new(),
        }
    }

    /// Whether rendering from the middle needs what came before: if so, render from the beginning of
    /// the scene and throw away what nobody hears.
    #[must_use]
    pub fn remembers(&self) -> bool {
        !self.headphones.is_empty()
            || self.units.iter().any(Unit::remembers)
            || self.outputs.iter().any(Output::remembers)
    }

    /// How many targets it renders.
    #[must_use]
    pub fn targets(&self) -> usize {
        self.outputs.len()
    }

    /// By how many frames a target leaves later than its sources came.
    #[must_use]
    pub fn latency_frames(&self, target: usize) -> usize {
        self.outputs[target].latency_frames()
    }

    /// By how many frames a strip leaves later than its sources came.
    #[must_use]
    pub fn strip_latency_frames(&self, strip: usize) -> usize {
        self.seats[strip].latency_frames
    }

    /// Renders quanta of the scene, `first` being the number of the first of them; those before must
    /// have been rendered where the engine [remembers](Self::remembers).
    pub fn render<I: Inputs>(&mut self, first: u64, quanta: usize, inputs: &I) {
        self.render_with(first, quanta, inputs, &mut |_, _, _| {});
    }

    /// The same; `tap` is called after every pass of `n` quanta from quantum `q` on, while the strips
    /// can be listened to: `tap(&strips, q, n)`.
    pub fn render_with<I: Inputs>(
        &mut self,
        first: u64,
        quanta: usize,
        inputs: &I,
        tap: &mut dyn FnMut(&Strips<'_, I>, u64, usize),
    ) {
        // Taken out, so that it can be looked at while the rest is worked on.
        let mut live = self.live.take();
        let mut done = 0;
        while done < quanta {
            let now = self.now(first + done as u64, quanta - done);
            live.iter_mut().for_each(|live| live.begin(first + done as u64, now));
            let offset = Offset { inputs, quanta: done, live: live.as_deref() };
            self.prepare(first + done as u64, now, &offset);
            self.mix(first + done as u64, now, &offset);
            tap(&Strips { engine: self, inputs: &offset }, first + done as u64, now);
            done += now;
        }
        self.live = live;
        self.unsettled = self.unsettled.saturating_sub(quanta as u32);
    }

    /// The channels of a target, in layout order, in a quantum of the last call.
    #[must_use]
    pub fn output(&self, target: usize, quantum: usize) -> &[Quantum] {
        self.outputs[target].quantum(quantum)
    }

    /// The lowest gain that the master of a target gave in a quantum of the last call; 1 is none.
    #[must_use]
    pub fn output_gain(&self, target: usize, quantum: usize) -> f32 {
        self.outputs[target].lowest_gain(quantum)
    }

    /// What was no number so far, strips before targets, each once.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let fault = |name: &str, quantum: u64| Fault {
            name: name.to_owned(),
            frame: quantum * QUANTUM as u64,
        };
        let strips = self.seats.iter().zip(&self.names).filter_map(|(seat, name)| {
            let quantum = self.units[seat.unit].watch.fault(seat.lanes.clone())?;
            Some(fault(name, quantum))
        });
        let targets = self.outputs.iter().filter_map(|it| it.fault().map(|(n, q)| fault(n, q)));
        strips.chain(targets).collect()
    }

    /// How many strips and targets had something in them that was no number, without allocating.
    #[must_use]
    pub fn fault_count(&self) -> usize {
        let strips = self.seats.iter();
        let strips =
            strips.filter(|it| self.units[it.unit].watch.fault(it.lanes.clone()).is_some());
        strips.count() + self.outputs.iter().filter(|it| it.fault().is_some()).count()
    }

    /// How many quanta to go through together: to the end of the control step where serial.
    fn now(&self, first: u64, left: usize) -> usize {
        match self.work {
            Work::Parallel => left,
            Work::Serial => left.min(self.span - (first % self.span as u64) as usize),
        }
    }

    fn prepare<I: Inputs>(&mut self, first: u64, quanta: usize, inputs: &Offset<'_, I>) {
        let Self { units, stages, work, arch, .. } = self;
        for stage in stages.iter() {
            let (before, rest) = units.split_at_mut(stage.start);
            let steers_all = *work == Work::Parallel;
            let bench = Bench { inputs, before, arch: *arch, first, quanta, steers_all };
            let now = &mut rest[..stage.len()];
            match work {
                Work::Serial => prepare_all(now, &bench),
                Work::Parallel => now.par_iter_mut().for_each(|unit| unit.prepare(&bench, None)),
            }
        }
    }

    fn mix<I: Inputs>(&mut self, first: u64, quanta: usize, inputs: &Offset<'_, I>) {
        match self.work {
            Work::Serial => self.add_lanes(first, quanta, inputs),
            Work::Parallel => self.mix_quanta(quanta, inputs),
        }
        let Self { outputs, headphones, units, work, .. } = self;
        Output::fold_all(outputs, inputs.quanta, quanta);
        for headphones in headphones {
            headphones.hear(*work, first, quanta, units, outputs, inputs);
        }
        let master = |output: &mut Output| output.master(first, inputs.quanta, quanta);
        match work {
            Work::Serial => outputs.iter_mut().for_each(master),
            Work::Parallel => outputs.par_iter_mut().for_each(master),
        }
    }

    /// Works out the ramps of a lane and adds it to all targets, lane after lane in scene order, so
    /// that the ramps need not be kept.
    fn add_lanes<I: Inputs>(&mut self, first: u64, quanta: usize, inputs: &Offset<'_, I>) {
        let Self { units, heard, outputs, ramps, stretch, arch, .. } = self;
        for output in outputs.iter_mut() {
            output.quanta(inputs.quanta, quanta).fill(SILENCE);
        }
        for (number, &Address { unit, lane }) in heard.iter().enumerate() {
            if !units[unit].lanes[lane].is_mixed() {
                continue;
            }
            for mut ramps in ramps.lanes() {
                units[unit].lanes[lane].steer(first, quanta, inputs, stretch, &mut ramps);
            }
            let lane = &units[unit].lanes[lane];
            let next = heard.get(number + 1).map(|next| &units[next.unit].lanes[next.lane]);
            for (room, output) in outputs.iter_mut().enumerate().filter(|(_, it)| it.is_mixed()) {
                let channels = output.channels();
                let solo = Solo { lane, next, ramps, inputs, quanta, room };
                add_run(*arch, &solo, channels, output.quanta(inputs.quanta, quanta));
            }
        }
    }

    /// Mixes run after run of quanta, many at once, under ramps that are there already.
    fn mix_quanta<I: Inputs>(&mut self, quanta: usize, inputs: &Offset<'_, I>) {
        let Self { units, heard, outputs, arch, .. } = self;
        for (room, output) in outputs.iter_mut().enumerate().filter(|(_, it)| it.is_mixed()) {
            let channels = output.channels();
            let mix = |(run, sums): (usize, &mut [Quantum])| {
                let begin = run * MIX_RUN;
                let quanta = begin..begin + sums.len() / channels;
                let heard = Heard { units, members: heard, inputs, quanta, room };
                mix_run(*arch, &heard, channels, sums);
            };
            let mixed = output.quanta(inputs.quanta, quanta);
            mixed.par_chunks_mut(MIX_RUN * channels).enumerate().for_each(mix);
        }
    }
}

/// The strips after a pass, to be listened to.
pub struct Strips<'a, I> {
    engine: &'a Engine,
    inputs: &'a Offset<'a, I>,
}

impl<I: Inputs> Strips<'_, I> {
    /// A lane of a strip in a quantum of the pass, behind its chain and before its fader; `None` is
    /// silence.
    #[must_use]
    pub fn lane(&self, strip: usize, lane: usize, quantum: usize) -> Option<&Quantum> {
        let Seat { unit, lanes, .. } = &self.engine.seats[strip];
        self.engine.units[*unit].lanes[lanes.start + lane].samples(quantum, self.inputs)
    }

    /// The same behind its fader, in a quantum whose number in the scene is given; silence is zeros.
    pub fn behind_fader(
        &self,
        strip: usize,
        lane: usize,
        quantum: usize,
        number: u64,
        samples: &mut Quantum,
    ) {
        let Some(before) = self.lane(strip, lane, quantum) else { return samples.fill(0.0) };
        let (mut from, mut to) = self.engine.faders[strip].over(number);
        let live = self.inputs.live.and_then(|live| live.strip(strip).left(quantum));
        if let Some([begin, end]) = live {
            (from, to) = (from * begin, to * end);
        }
        let step = (to - from) / QUANTUM as f64;
        for (frame, (sample, before)) in samples.iter_mut().zip(before).enumerate() {
            *sample = before * (from + step * frame as f64) as f32;
        }
    }

    /// The lowest gain that the dynamics of a strip gave in a quantum of the pass; 1 is none.
    #[must_use]
    pub fn lowest_gain(&self, strip: usize, quantum: usize) -> f32 {
        let Seat { unit, lanes, .. } = &self.engine.seats[strip];
        self.engine.units[*unit].watch.gain(quantum, lanes.clone())
    }
}
