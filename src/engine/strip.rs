//! The strips of the desk: what happens to a source before it is mixed.

use super::air::Air;
use super::inputs::Inputs;
use super::plan::{LanePlan, Plan, StripPlan};
use super::ramp::Ramp;
use super::steering::{Heading, Steering, Way};
use crate::block::{QUANTA_PER_STEP, Quantum, SILENCE};
use crate::dsp::Weights;

/// One strip and its lanes.
pub(super) struct Strip {
    lanes: Vec<Lane>,
}

/// One channel of a strip: its samples and its ways to the targets, for the quanta of one call.
pub(super) struct Lane {
    index: usize,
    air: Option<Air>,
    steering: Option<Steering>,
    ways: Vec<Way>,
    processed: Vec<Quantum>,
    sounding: Vec<bool>,
}

/// What every lane is built from besides its own plan.
pub(super) struct Workshop<'a> {
    pub(super) plan: &'a Plan,
    pub(super) quanta: usize,
    pub(super) weights: Weights,
}

impl Strip {
    /// A strip whose first lane has the given index among the inputs.
    pub(super) fn new(strip: &StripPlan, first_lane: usize, workshop: &Workshop<'_>) -> Self {
        let lanes = strip.lanes.iter().enumerate();
        let lanes = lanes.map(|(index, lane)| {
            Lane::new(lane, first_lane + index, strip.fader, workshop)
        });
        Self { lanes: lanes.collect() }
    }

    pub(super) fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// Whether what it does depends on what it did before.
    pub(super) fn remembers(&self) -> bool {
        self.lanes.iter().any(|lane| lane.air.is_some())
    }

    /// Processes some quanta and works out their gains.
    pub(super) fn prepare<I: Inputs>(&mut self, first: u64, quanta: usize, inputs: &Offset<'_, I>) {
        for lane in &mut self.lanes {
            lane.process(first, quanta, inputs);
            lane.steer(first);
        }
    }

    /// Processes some quanta that nobody will hear.
    pub(super) fn skip<I: Inputs>(&mut self, first: u64, quanta: usize, inputs: &Offset<'_, I>) {
        for lane in self.lanes.iter_mut().filter(|lane| lane.air.is_some()) {
            lane.process(first, quanta, inputs);
        }
    }
}

/// The inputs of a call from one of its quanta on.
pub(super) struct Offset<'a, I> {
    pub(super) inputs: &'a I,
    pub(super) quanta: usize,
}

impl<I: Inputs> Offset<'_, I> {
    fn quantum(&self, lane: usize, quantum: usize) -> Option<&Quantum> {
        self.inputs.quantum(lane, self.quanta + quantum)
    }
}

impl Lane {
    fn new(plan: &LanePlan, index: usize, fader: f64, workshop: &Workshop<'_>) -> Self {
        let Workshop { plan: Plan { rate_hz, targets, .. }, quanta, weights } = workshop;
        let (mut air, mut steering) = (None, None);
        let ways = targets.iter().enumerate().map(|(target, plan_of_target)| {
            let panner = plan_of_target.panner.clone();
            let channels = plan_of_target.channels;
            match plan {
                LanePlan::Routed(rows) => Way::fixed(panner, &rows[target], fader, channels, *quanta),
                LanePlan::Panned(_) => Way::new(panner, channels, *quanta),
            }
        });
        let ways = ways.collect();
        if let LanePlan::Panned(object) = plan {
            if !object.spread.is_point() {
                targets.iter().for_each(|target| target.panner.prepare_spread());
            }
            air = Air::new(&object.trajectory, object.propagation, *rate_hz, weights);
            steering = Some(Steering::new(Heading::new(object.clone(), fader, *rate_hz)));
        }
        let stored = if air.is_some() { *quanta } else { 0 };
        Self {
            index,
            air,
            steering,
            ways,
            processed: vec![SILENCE; stored],
            sounding: Vec::with_capacity(*quanta),
        }
    }

    /// What is heard of the lane in a quantum of the current call; `None` is silence.
    pub(super) fn samples<'a, I: Inputs>(
        &'a self,
        quantum: usize,
        inputs: &'a Offset<'_, I>,
    ) -> Option<&'a Quantum> {
        if self.air.is_none() {
            inputs.quantum(self.index, quantum)
        } else {
            self.sounding[quantum].then(|| &self.processed[quantum])
        }
    }

    /// Its gains in a target over a quantum of the current call.
    pub(super) fn ramps(&self, target: usize, quantum: usize) -> &[Ramp] {
        self.ways[target].ramps(quantum)
    }

    fn process<I: Inputs>(&mut self, first: u64, quanta: usize, inputs: &Offset<'_, I>) {
        self.sounding.clear();
        for quantum in 0..quanta {
            let input = inputs.quantum(self.index, quantum);
            let sounding = match &mut self.air {
                Some(air) => {
                    air.process(first + quantum as u64, input, &mut self.processed[quantum])
                }
                None => input.is_some(),
            };
            self.sounding.push(sounding);
        }
    }

    fn steer(&mut self, first: u64) {
        self.ways.iter_mut().for_each(Way::begin);
        for (offset, &sounding) in self.sounding.iter().enumerate() {
            let quantum = first + offset as u64;
            if !sounding {
                self.ways.iter_mut().for_each(Way::rest);
                continue;
            }
            if let Some(steering) = &mut self.steering {
                steering.enter(quantum / QUANTA_PER_STEP, &mut self.ways);
            }
            for way in &mut self.ways {
                way.emit(quantum % QUANTA_PER_STEP);
            }
        }
    }
}
