//! One channel of a strip: its samples and its ways to the targets, for the quanta of one call.

use super::air::Air;
use super::heading::Heading;
use super::inputs::Inputs;
use super::plan::{LanePlan, ObjectPlan};
use super::ramp::Ramp;
use super::steering::first_frame_of;
use super::strip::{Offset, Workshop};
use super::way::Way;
use crate::block::{QUANTA_PER_STEP, Quantum, SILENCE};

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
            Way::panned(&heading, &target.panner, target.channels, *quanta)
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
    #[inline]
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
    #[inline]
    pub(super) fn ramps(&self, target: usize, quantum: usize) -> &[Ramp] {
        self.ways[target].ramps(quantum)
    }

    /// Sends some quanta through whatever changes their samples.
    pub(super) fn process<I: Inputs>(&mut self, first: u64, quanta: usize, inputs: &Offset<'_, I>) {
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

    /// Works out the gains of the quanta just processed.
    pub(super) fn steer(&mut self, first: u64) {
        if self.heading.is_none() {
            return;
        }
        self.ways.iter_mut().filter_map(Way::moving).for_each(|way| way.begin());
        for offset in 0..self.sounding.len() {
            let quantum = first + offset as u64;
            if self.sounding[offset] {
                self.enter(quantum / QUANTA_PER_STEP);
                let place = quantum % QUANTA_PER_STEP;
                self.ways.iter_mut().filter_map(Way::moving).for_each(|way| way.emit(place));
            } else {
                self.ways.iter_mut().filter_map(Way::moving).for_each(|way| way.rest());
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
        for way in self.ways.iter_mut().filter_map(Way::moving) {
            match &here {
                Some(here) => way.steering.begin_at(heading, here),
                None => way.steering.go_on(),
            }
            way.steering.end_at(heading, &there, first_frame);
        }
        self.step = Some(step);
    }
}
