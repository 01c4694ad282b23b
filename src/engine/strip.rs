//! The strips of the desk: what happens to a source before it is mixed.

use super::inputs::Inputs;
use super::lane::Lane;
use super::plan::{Plan, StripPlan};
use crate::block::Quantum;
use crate::dsp::Weights;

/// One strip and its lanes.
pub(super) struct Strip {
    lanes: Vec<Lane>,
}

/// What every lane is built from besides its own plan.
pub(super) struct Workshop<'a> {
    pub(super) plan: &'a Plan,
    /// The most quanta of one call.
    pub(super) quanta: usize,
    pub(super) weights: Weights,
}

/// The inputs of a call from one of its quanta on.
pub(super) struct Offset<'a, I> {
    pub(super) inputs: &'a I,
    pub(super) quanta: usize,
}

impl<I: Inputs> Offset<'_, I> {
    #[inline]
    pub(super) fn quantum(&self, lane: usize, quantum: usize) -> Option<&Quantum> {
        self.inputs.quantum(lane, self.quanta + quantum)
    }
}

impl Strip {
    /// A strip whose first lane has the given index among the inputs.
    pub(super) fn new(strip: &StripPlan, first_lane: usize, workshop: &Workshop<'_>) -> Self {
        let lanes = strip.lanes.iter().enumerate();
        let lane = |(index, lane)| Lane::new(lane, first_lane + index, strip.fader, workshop);
        Self { lanes: lanes.map(lane).collect() }
    }

    #[inline]
    pub(super) fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// Whether what it does depends on what it did before.
    pub(super) fn remembers(&self) -> bool {
        self.lanes.iter().any(Lane::remembers)
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
        for lane in self.lanes.iter_mut().filter(|lane| lane.remembers()) {
            lane.process(first, quanta, inputs);
        }
    }
}
