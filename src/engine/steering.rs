//! From positions to ramps: the gains of a moving lane in one target, control step by control step.

use std::sync::Arc;

use super::heading::{Heading, Moment, Spot};
use super::ramp::{Line, connect};
use super::table::LaneRamps;
use crate::block::{CONTROL_STEP, QUANTA_PER_STEP, QUANTUM};
use crate::pan::Panner;

/// The squared cosine of the 3 degrees by which a unit gain vector may turn within a control step
/// before the step is divided into quanta. A straight line between gains 3 degrees apart loses
/// 0.0015 dB in its middle; what decides is how it modulates a tone: 10 degrees would let lines rise
/// to -46 dBc on an orbit of two turns a second, 4 degrees to -53.6 dBc at one and a half.
const UNDIVIDED_TURN: f64 = 0.997_260_947_684_136_5;

/// A lane's way to one target, in the control step it is in.
pub(super) struct Steering {
    panner: Arc<Panner>,
    /// The two ends of the step, by turns; `start` says which is which.
    ends: [Moment; 2],
    start: usize,
    between: Vec<Moment>,
    divided: bool,
    lines: Vec<Line>,
}

impl Steering {
    pub(super) fn new(panner: Arc<Panner>, channels: usize) -> Self {
        Self {
            panner,
            ends: [Moment::new(), Moment::new()],
            start: 0,
            between: (1..QUANTA_PER_STEP).map(|_| Moment::new()).collect(),
            divided: false,
            lines: Vec::with_capacity(channels),
        }
    }

    /// Begins a control step where the one before it ended: a shortcut to the same gains.
    #[inline]
    pub(super) fn go_on(&mut self) {
        self.start = 1 - self.start;
    }

    /// Begins a control step anywhere.
    pub(super) fn begin_at(&mut self, heading: &Heading, spot: &Spot) {
        self.ends[self.start].solve(heading.spread(), &self.panner, spot);
    }

    /// Ends the control step that begins at a frame, and fills in what lies between.
    #[inline]
    pub(super) fn end_at(&mut self, heading: &Heading, spot: &Spot, first_frame: u64) {
        self.ends[1 - self.start].solve(heading.spread(), &self.panner, spot);
        let (start, end) = (&self.ends[self.start], &self.ends[1 - self.start]);
        let turn = connect(&start.levelled(), &end.levelled(), &mut self.lines);
        // A ride is followed as closely as a quick turn.
        self.divided = turn.exceeds(UNDIVIDED_TURN) || heading.is_ridden();
        if self.divided {
            self.divide(heading, first_frame);
        }
    }

    /// Solves the gains at the quanta within the step too.
    fn divide(&mut self, heading: &Heading, first_frame: u64) {
        for (index, moment) in self.between.iter_mut().enumerate() {
            let spot = heading.at(first_frame + ((index + 1) * QUANTUM) as u64);
            moment.solve(heading.spread(), &self.panner, &spot);
        }
    }

    /// Sets the ramps of one quantum, the given one of the step.
    #[inline]
    pub(super) fn emit(
        &mut self,
        place_in_step: u64,
        quantum: usize,
        target: usize,
        ramps: &mut LaneRamps<'_>,
    ) {
        if self.divided {
            self.emit_divided(place_in_step, quantum, target, ramps);
        } else {
            let lines = self.lines.iter();
            ramps.set(quantum, target, lines.map(|line| line.quantum_of_step(place_in_step)));
        }
    }

    fn emit_divided(
        &mut self,
        place_in_step: u64,
        quantum: usize,
        target: usize,
        ramps: &mut LaneRamps<'_>,
    ) {
        let Self { ends, start, between, lines, .. } = self;
        let moment = |place: u64| match place {
            0 => ends[*start].levelled(),
            QUANTA_PER_STEP => ends[1 - *start].levelled(),
            _ => between[place as usize - 1].levelled(),
        };
        connect(&moment(place_in_step), &moment(place_in_step + 1), lines);
        ramps.set(quantum, target, lines.iter().map(Line::whole_quantum));
    }
}

/// The frame at which a control step begins.
pub(super) fn first_frame_of(step: u64) -> u64 {
    step * CONTROL_STEP as u64
}
