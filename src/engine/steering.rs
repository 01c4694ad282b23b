//! From positions to ramps: the gains of a moving lane in one target, control step by control step.

use std::sync::Arc;

use super::heading::{Heading, Moment, Spot};
use super::ramp::{Line, Ramp, connect};
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
    start: Box<Moment>,
    end: Box<Moment>,
    between: Vec<Moment>,
    divided: bool,
    lines: Vec<Line>,
}

impl Steering {
    pub(super) fn new(panner: Arc<Panner>, channels: usize) -> Self {
        Self {
            panner,
            start: Box::new(Moment::new()),
            end: Box::new(Moment::new()),
            between: (1..QUANTA_PER_STEP).map(|_| Moment::new()).collect(),
            divided: false,
            lines: Vec::with_capacity(channels),
        }
    }

    /// Begins a control step where the one before it ended: a shortcut to the same gains.
    #[inline]
    pub(super) fn go_on(&mut self) {
        std::mem::swap(&mut self.start, &mut self.end);
    }

    /// Begins a control step anywhere.
    pub(super) fn begin_at(&mut self, heading: &Heading, spot: &Spot) {
        self.start.solve(heading, &self.panner, spot);
    }

    /// Ends the control step that begins at a frame, and fills in what lies between.
    #[inline]
    pub(super) fn end_at(&mut self, heading: &Heading, spot: &Spot, first_frame: u64) {
        self.end.solve(heading, &self.panner, spot);
        let turn = connect(&self.start.levelled(), &self.end.levelled(), &mut self.lines);
        self.divided = turn.exceeds(UNDIVIDED_TURN);
        if self.divided {
            self.divide(heading, first_frame);
        }
    }

    /// Solves the gains at the quanta within the step too.
    fn divide(&mut self, heading: &Heading, first_frame: u64) {
        for (index, moment) in self.between.iter_mut().enumerate() {
            let spot = heading.at(first_frame + ((index + 1) * QUANTUM) as u64);
            moment.solve(heading, &self.panner, &spot);
        }
    }

    /// Adds the ramps of one quantum of the step, in channel order.
    #[inline]
    pub(super) fn emit(&mut self, quantum: u64, ramps: &mut Vec<Ramp>) {
        let Self { start, end, between, divided, lines, .. } = self;
        if *divided {
            let moment = |index: u64| -> &Moment {
                match index {
                    0 => start,
                    QUANTA_PER_STEP => end,
                    _ => &between[index as usize - 1],
                }
            };
            connect(&moment(quantum).levelled(), &moment(quantum + 1).levelled(), lines);
            ramps.extend(lines.iter().map(Line::whole_quantum));
        } else {
            ramps.extend(lines.iter().map(|line| line.quantum_of_step(quantum)));
        }
    }
}

/// The frame at which a control step begins.
pub(super) fn first_frame_of(step: u64) -> u64 {
    step * CONTROL_STEP as u64
}
