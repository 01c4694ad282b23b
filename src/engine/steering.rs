//! From positions to ramps: where a lane is at every control step, and which gains that means in
//! every target.

use std::sync::Arc;

use super::plan::ObjectPlan;
use super::ramp::{Levelled, Line, Ramp, connect, turns_more};
use crate::block::{CONTROL_STEP, QUANTA_PER_STEP, QUANTUM};
use crate::pan::{GainRow, Panner};
use crate::space::{Vector, sin_cos_deg};

/// The squared cosine of the 10 degrees by which a unit gain vector may turn within a control step
/// before the step is divided into quanta: a straight line between gains 10 degrees apart loses
/// 0.017 dB in its middle.
const UNDIVIDED_TURN: f64 = 0.969_846_310_392_954_2;

/// An object's lane: where it is heard from, at what level.
pub(super) struct Heading {
    object: ObjectPlan,
    offset: (f64, f64),
    fader: f64,
    seconds_per_frame: f64,
}

impl Heading {
    pub(super) fn new(object: ObjectPlan, fader: f64, rate_hz: u32) -> Self {
        let offset = sin_cos_deg(object.offset_deg);
        Self { object, offset, fader, seconds_per_frame: 1.0 / f64::from(rate_hz) }
    }

    /// Direction and linear level at a frame of the scene.
    fn at(&self, frame: u64) -> (Vector, f64) {
        let position = self.object.trajectory.position(frame as f64 * self.seconds_per_frame);
        let level = match self.object.distance_law {
            Some(law) => self.fader * law.gain(position.distance),
            None => self.fader,
        };
        (self.turned(position.direction), level)
    }

    /// The direction turned to the left about the vertical axis by the lane's offset.
    fn turned(&self, direction: Vector) -> Vector {
        if self.object.offset_deg == 0.0 {
            return direction;
        }
        let (sin, cos) = self.offset;
        let (x, y, z) = (direction.x, direction.y, direction.z);
        Vector::new(cos * x - sin * y, sin * x + cos * y, z)
    }

    fn is_static(&self) -> bool {
        self.object.trajectory.is_static()
    }
}

/// The gains at one moment.
struct Moment {
    row: GainRow,
    level: f64,
}

impl Moment {
    fn new() -> Self {
        Self { row: GainRow::new(), level: 0.0 }
    }

    fn solve(&mut self, heading: &Heading, panner: &Panner, &(direction, level): &(Vector, f64)) {
        let spread = &heading.object.spread;
        if spread.is_point() {
            panner.solve(&direction, &mut self.row);
        } else {
            panner.solve_spread(&direction, spread, &mut self.row);
        }
        self.level = level;
    }

    fn levelled(&self) -> Levelled<'_> {
        Levelled { row: &self.row, level: self.level }
    }
}

/// A lane's way to one target: the control step it is in, and the ramps of the current call.
pub(super) struct Way {
    panner: Arc<Panner>,
    start: Box<Moment>,
    end: Box<Moment>,
    between: Vec<Moment>,
    divided: bool,
    lines: Vec<Line>,
    ramps: Vec<Ramp>,
    ends: Vec<usize>,
}

impl Way {
    pub(super) fn new(panner: Arc<Panner>, channels: usize, quanta: usize) -> Self {
        Self {
            panner,
            start: Box::new(Moment::new()),
            end: Box::new(Moment::new()),
            between: (1..QUANTA_PER_STEP).map(|_| Moment::new()).collect(),
            divided: false,
            lines: Vec::with_capacity(channels),
            ramps: Vec::with_capacity(channels * quanta),
            ends: Vec::with_capacity(quanta),
        }
    }

    /// A way whose gains never change.
    pub(super) fn fixed(
        panner: Arc<Panner>,
        row: &GainRow,
        level: f64,
        channels: usize,
        quanta: usize,
    ) -> Self {
        let mut way = Self::new(panner, channels, quanta);
        connect(&Levelled { row, level }, &Levelled { row, level }, &mut way.lines);
        way
    }

    /// Forgets the ramps of the last call.
    pub(super) fn begin(&mut self) {
        self.ramps.clear();
        self.ends.clear();
    }

    /// A quantum in which the lane is silent.
    pub(super) fn rest(&mut self) {
        self.ends.push(self.ramps.len());
    }

    /// The ramps of the next quantum, the given one of the current control step.
    pub(super) fn emit(&mut self, quantum: u64) {
        if self.divided {
            let moment = |index: u64| match index {
                0 => &self.start,
                QUANTA_PER_STEP => &self.end,
                _ => &self.between[index as usize - 1],
            };
            connect(
                &moment(quantum).levelled(),
                &moment(quantum + 1).levelled(),
                &mut self.lines,
            );
            self.ramps.extend(self.lines.iter().map(Line::whole_quantum));
        } else {
            self.ramps.extend(self.lines.iter().map(|line| line.quantum_of_step(quantum)));
        }
        self.ends.push(self.ramps.len());
    }

    /// The ramps of a quantum of the current call, in channel order.
    pub(super) fn ramps(&self, quantum: usize) -> &[Ramp] {
        let begin = if quantum == 0 { 0 } else { self.ends[quantum - 1] };
        &self.ramps[begin..self.ends[quantum]]
    }

    fn close(&mut self, heading: &Heading, first_frame: u64) {
        self.divided = turns_more(&self.start.row, &self.end.row, UNDIVIDED_TURN);
        if !self.divided {
            connect(&self.start.levelled(), &self.end.levelled(), &mut self.lines);
            return;
        }
        for (index, moment) in self.between.iter_mut().enumerate() {
            let here = heading.at(first_frame + ((index + 1) * QUANTUM) as u64);
            moment.solve(heading, &self.panner, &here);
        }
    }
}

/// A moving lane on all its ways. What it computes depends on the control step alone; the step
/// before is only a shortcut to the gains at its beginning.
pub(super) struct Steering {
    heading: Heading,
    step: Option<u64>,
}

impl Steering {
    pub(super) fn new(heading: Heading) -> Self {
        Self { heading, step: None }
    }

    /// Whether its gains never change, so that [`Steering::enter`] need only be called once.
    pub(super) fn is_static(&self) -> bool {
        self.heading.is_static()
    }

    /// Makes a control step the current one on every way.
    pub(super) fn enter(&mut self, step: u64, ways: &mut [Way]) {
        if self.step == Some(step) || (self.step.is_some() && self.is_static()) {
            return;
        }
        let first_frame = step * CONTROL_STEP as u64;
        if step.checked_sub(1) == self.step && self.step.is_some() {
            for way in ways.iter_mut() {
                std::mem::swap(&mut way.start, &mut way.end);
            }
        } else {
            let here = self.heading.at(first_frame);
            for Way { panner, start, .. } in ways.iter_mut() {
                start.solve(&self.heading, panner, &here);
            }
        }
        let there = self.heading.at(first_frame + CONTROL_STEP as u64);
        for way in ways.iter_mut() {
            way.end.solve(&self.heading, &way.panner, &there);
            way.close(&self.heading, first_frame);
        }
        self.step = Some(step);
    }
}
