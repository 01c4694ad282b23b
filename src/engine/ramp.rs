//! Gains on their way to samples: straight lines, one quantum long.

use crate::block::{CONTROL_STEP, QUANTA_PER_STEP, QUANTUM};
use crate::pan::GainRow;

/// The gain of one lane in one channel over one quantum: `start + step * frame`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ramp {
    /// The channel of the target, in layout order.
    pub channel: u32,
    /// The gain at the first frame.
    pub start: f32,
    /// What it gains a frame.
    pub step: f32,
}

/// A straight line in one channel over a control step or one quantum of it, still in f64.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    channel: u32,
    from: f64,
    change: f64,
}

impl Line {
    /// The part of a control step's line that falls on one of its quanta.
    pub(super) fn quantum_of_step(&self, quantum: u64) -> Ramp {
        let from = self.from + self.change * (quantum as f64 / QUANTA_PER_STEP as f64);
        self.ramp(from, CONTROL_STEP)
    }

    /// The line as the ramp of the one quantum it spans.
    pub(super) fn whole_quantum(&self) -> Ramp {
        self.ramp(self.from, QUANTUM)
    }

    fn ramp(&self, from: f64, frames: usize) -> Ramp {
        let step = self.change / frames as f64;
        Ramp { channel: self.channel, start: from as f32, step: step as f32 }
    }
}

/// A row of gains and the level it is heard at.
pub(super) struct Levelled<'a> {
    pub(super) row: &'a GainRow,
    pub(super) level: f64,
}

/// The lines from one row to the next, in channel order; channels silent at both ends have none.
pub(super) fn connect(start: &Levelled<'_>, end: &Levelled<'_>, lines: &mut Vec<Line>) {
    lines.clear();
    let (mut starts, mut ends) = (start.row.iter().peekable(), end.row.iter().peekable());
    loop {
        let channel = match (starts.peek(), ends.peek()) {
            (Some(a), Some(b)) => a.0.min(b.0),
            (Some(a), None) => a.0,
            (None, Some(b)) => b.0,
            (None, None) => return,
        };
        let from = starts.next_if(|entry| entry.0 == channel).map_or(0.0, |entry| entry.1);
        let to = ends.next_if(|entry| entry.0 == channel).map_or(0.0, |entry| entry.1);
        let from = from * start.level;
        lines.push(Line { channel: channel as u32, from, change: to * end.level - from });
    }
}

/// Whether the unit gain vector turns by more than the angle with this (squared) cosine.
pub(super) fn turns_more(start: &GainRow, end: &GainRow, squared_cosine: f64) -> bool {
    let energy = |row: &GainRow| row.iter().map(|(_, gain)| gain * gain).sum::<f64>();
    let mut ends = end.iter().peekable();
    let mut product = 0.0;
    for (channel, gain) in start.iter() {
        while ends.next_if(|entry| entry.0 < channel).is_some() {}
        if let Some((_, other)) = ends.next_if(|entry| entry.0 == channel) {
            product += gain * other;
        }
    }
    product * product < squared_cosine * energy(start) * energy(end)
}
