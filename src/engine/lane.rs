//! One channel of a strip: its samples and its ways to the targets, for the quanta of one call.

use super::air::Air;
use super::heading::Heading;
use super::inputs::Inputs;
use super::plan::{LanePlan, ObjectPlan, Plan};
use super::steering::first_frame_of;
use super::table::LaneRamps;
use super::way::Way;
use crate::block::{QUANTA_PER_STEP, Quantum, SILENCE};
use crate::dsp::Weights;

/// What every lane is built from besides its own plan.
pub(super) struct Workshop<'a> {
    pub(super) plan: &'a Plan,
    /// The most quanta of one pass.
    pub(super) quanta: usize,
    pub(super) weights: Weights,
}

/// The inputs of a call from one of its quanta on: those of one pass.
pub(super) struct Offset<'a, I> {
    pub(super) inputs: &'a I,
    pub(super) quanta: usize,
}

impl<I: Inputs> Offset<'_, I> {
    #[inline(always)]
    fn quantum(&self, lane: usize, quantum: usize) -> Option<&Quantum> {
        self.inputs.quantum(lane, self.quanta + quantum)
    }
}

/// One channel of a strip.
pub(super) struct Lane {
    index: usize,
    air: Option<Air>,
    heading: Option<Heading>,
    /// The control step that the moving ways are in.
    step: Option<u64>,
    ways: Vec<Way>,
    processed: Vec<Quantum>,
    sounding: Vec<bool>,
}

impl Lane {
    pub(super) fn new(plan: &LanePlan, index: usize, fader: f64, workshop: &Workshop<'_>) -> Self {
        let sounding = Vec::with_capacity(workshop.quanta);
        let lane = Self {
            index,
            air: None,
            heading: None,
            step: None,
            ways: Vec::new(),
            processed: Vec::new(),
            sounding,
        };
        match plan {
            LanePlan::Routed(rows) => {
                let ways = rows.iter().map(|row| Way::routed(row, fader)).collect();
                Self { ways, ..lane }
            }
            LanePlan::Panned(object) => lane.panned(object, fader, workshop),
        }
    }

    fn panned(self, object: &ObjectPlan, fader: f64, workshop: &Workshop<'_>) -> Self {
        let Workshop { plan, quanta, weights } = workshop;
        let heading = Heading::new(object.clone(), fader, plan.rate_hz);
        let ways = plan.targets.iter().map(|target| {
            if !object.spread.is_point() {
                target.panner.prepare_spread();
            }
            Way::panned(&heading, &target.panner, target.channels)
        });
        let ways = ways.collect();
        let air = Air::new(&object.trajectory, object.propagation, plan.rate_hz, weights);
        let processed = if air.is_some() { vec![SILENCE; *quanta] } else { Vec::new() };
        let heading = Some(heading).filter(|heading| !heading.is_still());
        Self { air, heading, ways, processed, ..self }
    }

    /// Whether its samples depend on those before.
    pub(super) fn remembers(&self) -> bool {
        self.air.is_some()
    }

    /// What is heard of the lane in a quantum of the current call; `None` is silence.
    #[inline(always)]
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

    /// Sends some quanta through the air, if the scene has any for the lane.
    pub(super) fn process<I: Inputs>(&mut self, first: u64, quanta: usize, inputs: &Offset<'_, I>) {
        let Some(air) = &mut self.air else { return };
        self.sounding.clear();
        for (quantum, output) in self.processed[..quanta].iter_mut().enumerate() {
            let input = inputs.quantum(self.index, quantum);
            self.sounding.push(air.process(first + quantum as u64, input, output));
        }
    }

    /// Works out the gains of some quanta.
    pub(super) fn steer<I: Inputs>(
        &mut self,
        first: u64,
        quanta: usize,
        inputs: &Offset<'_, I>,
        ramps: &mut LaneRamps<'_>,
    ) {
        for offset in 0..quanta {
            if self.samples(offset, inputs).is_none() {
                ramps.rest(offset);
                continue;
            }
            let quantum = first + offset as u64;
            self.enter(quantum / QUANTA_PER_STEP);
            for (target, way) in self.ways.iter_mut().enumerate() {
                way.emit(quantum % QUANTA_PER_STEP, offset, target, ramps);
            }
        }
    }

    /// Makes a control step the current one of every moving way.
    fn enter(&mut self, step: u64) {
        let Some(heading) = self.heading.as_ref().filter(|_| self.step != Some(step)) else {
            return;
        };
        let first_frame = first_frame_of(step);
        let goes_on = step.checked_sub(1).is_some_and(|before| self.step == Some(before));
        let here = (!goes_on).then(|| heading.at(first_frame));
        let there = heading.at(first_frame_of(step + 1));
        for steering in self.ways.iter_mut().filter_map(Way::steering) {
            match &here {
                Some(here) => steering.begin_at(heading, here),
                None => steering.go_on(),
            }
            steering.end_at(heading, &there, first_frame);
        }
        self.step = Some(step);
    }
}
