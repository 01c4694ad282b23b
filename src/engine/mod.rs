//! The desk at work: lanes of samples in, the channels of every target out.
//!
//! The engine is a pure function of the plan and the inputs. It knows one span of time, the quantum
//! counted from frame 0 of the scene; how many quanta are asked for at once, and how many threads
//! answer, changes nothing. It allocates only when it is built.

mod air;
mod heading;
mod inputs;
mod lane;
mod mix;
mod plan;
mod ramp;
mod steering;
mod table;
mod way;

pub use inputs::Inputs;
pub use mix::{Lanes, mix};
pub use plan::{InverseLaw, LanePlan, ObjectPlan, Plan, Propagation, StripPlan, TargetPlan};
pub use ramp::Ramp;
// For the benchmarks, which hold the engine against a mix that is given its gains.
pub(crate) use ramp::{Levelled, Line, connect};

use pulp::Arch;
use rayon::prelude::*;

use crate::block::{QUANTA_PER_STEP, Quantum, SILENCE};
use crate::dsp::Weights;
use lane::{Lane, Offset, Workshop};
use table::{LaneRamps, RampTable};

/// Who does the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// The calling thread alone; nothing is allocated while rendering.
    Serial,
    /// The rayon pool of the calling thread: lanes in parallel, then quanta in parallel.
    Parallel,
}

/// Quanta that a thread alone takes through both passes together: four control steps, so that what
/// a lane needs is fetched once for all of them, and what the first pass leaves is still in the
/// cache for the second.
const SERIAL_SPAN: usize = 4 * QUANTA_PER_STEP as usize;

/// A plan at work.
pub struct Engine {
    lanes: Vec<Lane>,
    ramps: RampTable,
    outputs: Vec<Output>,
    span: usize,
    work: Work,
    arch: Arch,
}

/// The mixed channels of one target.
struct Output {
    channels: usize,
    quanta: Vec<Quantum>,
}

impl Engine {
    /// An engine that renders up to `quanta` at once.
    #[must_use]
    pub fn new(plan: &Plan, quanta: usize, work: Work) -> Self {
        let span = match work {
            Work::Serial => quanta.min(SERIAL_SPAN),
            Work::Parallel => quanta,
        };
        let workshop = Workshop { plan, quanta: span, weights: Weights::new() };
        let all = plan.strips.iter();
        let all = all.flat_map(|strip| strip.lanes.iter().map(|lane| (strip.fader, lane)));
        let lanes =
            all.enumerate().map(|(index, (fader, lane))| Lane::new(lane, index, fader, &workshop));
        let lanes: Vec<Lane> = lanes.collect();
        let channels: Vec<usize> = plan.targets.iter().map(|target| target.channels).collect();
        let ramps = RampTable::new(lanes.len(), span, &channels);
        let outputs = plan.targets.iter().map(|target| Output {
            channels: target.channels,
            quanta: vec![SILENCE; quanta * target.channels],
        });
        Self { lanes, ramps, outputs: outputs.collect(), span, work, arch: Arch::new() }
    }

    /// Whether rendering from the middle needs what came before: if so, [`Engine::skip`] there
    /// from the beginning of the scene.
    #[must_use]
    pub fn remembers(&self) -> bool {
        self.lanes.iter().any(Lane::remembers)
    }

    /// Renders quanta of the scene, `first` being the number of the first of them.
    pub fn render<I: Inputs>(&mut self, first: u64, quanta: usize, inputs: &I) {
        let mut done = 0;
        while done < quanta {
            let now = self.now(first + done as u64, quanta - done);
            let offset = Offset { inputs, quanta: done };
            self.prepare(first + done as u64, now, &offset);
            self.mix(now, &offset);
            done += now;
        }
    }

    /// Goes through quanta that nobody will hear, so that those after them sound as they should.
    pub fn skip<I: Inputs>(&mut self, first: u64, quanta: usize, inputs: &I) {
        let mut done = 0;
        while done < quanta {
            let now = self.now(first + done as u64, quanta - done);
            let offset = Offset { inputs, quanta: done };
            let skip = |lane: &mut Lane| lane.process(first + done as u64, now, &offset);
            match self.work {
                Work::Serial => self.lanes.iter_mut().for_each(skip),
                Work::Parallel => self.lanes.par_iter_mut().for_each(skip),
            }
            done += now;
        }
    }

    /// The channels of a target, in layout order, in a quantum of the last call.
    #[must_use]
    pub fn output(&self, target: usize, quantum: usize) -> &[Quantum] {
        let Output { channels, quanta } = &self.outputs[target];
        &quanta[quantum * channels..(quantum + 1) * channels]
    }

    /// How many quanta to go through together: to the end of the control step where serial.
    fn now(&self, first: u64, left: usize) -> usize {
        match self.work {
            Work::Parallel => left,
            Work::Serial => left.min(self.span - (first % self.span as u64) as usize),
        }
    }

    fn prepare<I: Inputs>(&mut self, first: u64, quanta: usize, inputs: &Offset<'_, I>) {
        let Self { lanes, ramps, work, .. } = self;
        let prepare = |(lane, mut ramps): (&mut Lane, LaneRamps<'_>)| {
            lane.process(first, quanta, inputs);
            lane.steer(first, quanta, inputs, &mut ramps);
        };
        match work {
            Work::Serial => lanes.iter_mut().zip(ramps.lanes()).for_each(prepare),
            Work::Parallel => {
                lanes.par_iter_mut().zip(ramps.par_lanes()).for_each(prepare);
            }
        }
    }

    fn mix<I: Inputs>(&mut self, quanta: usize, inputs: &Offset<'_, I>) {
        let Self { lanes, ramps, outputs, arch, work, .. } = self;
        for (target, Output { channels, quanta: mixed }) in outputs.iter_mut().enumerate() {
            let begin = inputs.quanta * *channels;
            let mixed = &mut mixed[begin..begin + quanta * *channels];
            let mix = |(quantum, sums): (usize, &mut [Quantum])| {
                mix(*arch, &Sounding { lanes, ramps, inputs, target, quantum }, sums);
            };
            match work {
                Work::Serial => mixed.chunks_mut(*channels).enumerate().for_each(mix),
                Work::Parallel => mixed.par_chunks_mut(*channels).enumerate().for_each(mix),
            }
        }
    }
}

/// What sounds in one quantum of the current pass.
struct Sounding<'a, I> {
    lanes: &'a [Lane],
    ramps: &'a RampTable,
    inputs: &'a Offset<'a, I>,
    target: usize,
    quantum: usize,
}

impl<I: Inputs> Lanes for Sounding<'_, I> {
    #[inline(always)]
    fn each(&self, mut add: impl FnMut(&Quantum, &[Ramp])) {
        for (index, lane) in self.lanes.iter().enumerate() {
            let ramps = self.ramps.get(index, self.quantum, self.target);
            if ramps.is_empty() {
                continue;
            }
            if let Some(samples) = lane.samples(self.quantum, self.inputs) {
                add(samples, ramps);
            }
        }
    }
}
