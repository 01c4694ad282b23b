//! Gains on their way to samples: straight lines, one quantum long.

use crate::block::{QUANTA_PER_STEP, QUANTUM};
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

impl Ramp {
    /// A gain that stays.
    #[must_use]
    pub fn level(channel: usize, gain: f64) -> Self {
        Self { channel: channel as u32, start: gain as f32, step: 0.0 }
    }
}

impl Ramp {
    /// A gain that goes in a straight line over one quantum.
    #[must_use]
    pub fn between(channel: usize, from: f64, to: f64) -> Self {
        let step = (to - from) / QUANTUM as f64;
        Self { step: step as f32, ..Self::level(channel, from) }
    }

    /// The same under a level that goes in a straight line itself: right at both ends.
    #[must_use]
    pub fn under(self, [begin, end]: [f64; 2]) -> Self {
        let from = f64::from(self.start);
        let to = from + f64::from(self.step) * QUANTUM as f64;
        Self::between(self.channel as usize, from * begin, to * end)
    }
}

/// A straight line in one channel over a control step or one quantum of it, still in f64.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Line {
    channel: u32,
    /// What it gains a frame.
    step: f32,
    from: f64,
    change: f64,
}

impl Line {
    /// The part of a control step's line that falls on one of its quanta.
    #[inline]
    pub(crate) fn quantum_of_step(&self, quantum: u64) -> Ramp {
        self.ramp(self.from + self.change * (quantum as f64 / QUANTA_PER_STEP as f64))
    }

    /// The line as the ramp of the one quantum it spans.
    #[inline]
    pub(super) fn whole_quantum(&self) -> Ramp {
        self.ramp(self.from)
    }

    #[inline]
    fn ramp(&self, from: f64) -> Ramp {
        Ramp { channel: self.channel, start: from as f32, step: self.step }
    }
}

/// A row of gains and the level it is heard at.
pub(crate) struct Levelled<'a> {
    pub(crate) row: &'a GainRow,
    pub(crate) level: f64,
}

/// How far the unit gain vector turns from one row to the next.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Turn {
    product: f64,
    start_energy: f64,
    end_energy: f64,
}

impl Turn {
    /// Whether it is more than the angle whose cosine has this square. Gains are not negative, so
    /// the angle is at most a right one.
    #[inline]
    pub(super) fn exceeds(&self, squared_cosine: f64) -> bool {
        self.product * self.product < squared_cosine * self.start_energy * self.end_energy
    }

    #[inline]
    fn add(&mut self, start: f64, end: f64) {
        self.product += start * end;
        self.start_energy += start * start;
        self.end_energy += end * end;
    }
}

/// The lines from one row to another so many frames later, in channel order; channels silent at both
/// ends have none.
#[inline]
pub(crate) fn connect(
    start: &Levelled<'_>,
    end: &Levelled<'_>,
    frames: usize,
    lines: &mut Vec<Line>,
) -> Turn {
    lines.clear();
    let mut turn = Turn::default();
    let mut line = |channel: usize, from, to| {
        turn.add(from, to);
        let from = from * start.level;
        let change = to * end.level - from;
        Line { channel: channel as u32, step: (change / frames as f64) as f32, from, change }
    };
    if start.row.has_channels_of(end.row) {
        // As nearly always: within a control step a source seldom leaves its region.
        let pairs = start.row.iter().zip(end.row.iter());
        lines.extend(pairs.map(|((channel, from), (_, to))| line(channel, from, to)));
    } else {
        merge(start.row, end.row, |channel, from, to| lines.push(line(channel, from, to)));
    }
    turn
}

/// Goes through the channels of two rows in order, each with its gain in both.
fn merge(start: &GainRow, end: &GainRow, mut each: impl FnMut(usize, f64, f64)) {
    let (mut starts, mut ends) = (start.iter(), end.iter());
    let (mut a, mut b) = (starts.next(), ends.next());
    while let Some(channel) = first(a, b) {
        let (mut from, mut to) = (0.0, 0.0);
        if let Some((_, gain)) = a.filter(|entry| entry.0 == channel) {
            (from, a) = (gain, starts.next());
        }
        if let Some((_, gain)) = b.filter(|entry| entry.0 == channel) {
            (to, b) = (gain, ends.next());
        }
        each(channel, from, to);
    }
}

/// The lower of the channels of two entries.
#[inline]
fn first(a: Option<(usize, f64)>, b: Option<(usize, f64)>) -> Option<usize> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.0.min(b.0)),
        (a, b) => a.or(b).map(|entry| entry.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(entries: &[(usize, f64)]) -> GainRow {
        let mut row = GainRow::new();
        entries.iter().for_each(|&(channel, gain)| row.push(channel, gain));
        row
    }

    #[test]
    fn lines_join_the_channels_of_both_rows() {
        let (start, end) = (row(&[(1, 0.5), (4, 1.0)]), row(&[(0, 0.25), (4, 0.5)]));
        let mut lines = Vec::new();
        let at = |row, level| Levelled { row, level };
        connect(&at(&start, 1.0), &at(&end, 2.0), QUANTUM, &mut lines);
        let line = |channel, from, change| {
            let step = change as f32 / QUANTUM as f32;
            Line { channel, step, from, change }
        };
        assert_eq!(lines, [line(0, 0.0, 0.5), line(1, 0.5, -0.5), line(4, 1.0, 0.0)]);
        connect(&at(&start, 1.0), &at(&start, 2.0), QUANTUM, &mut lines);
        assert_eq!(lines, [line(1, 0.5, 0.5), line(4, 1.0, 1.0)]);
    }

    #[test]
    fn the_quanta_of_a_step_follow_one_line() {
        let line = Line { channel: 3, step: 0.5 / 256.0, from: 0.25, change: 0.5 };
        for quantum in 0..QUANTA_PER_STEP {
            let ramp = line.quantum_of_step(quantum);
            assert_eq!(ramp.start, 0.25 + 0.125 * quantum as f32);
            assert_eq!(ramp.step, 0.5 / 256.0);
        }
        assert_eq!(line.whole_quantum(), line.quantum_of_step(0));
    }

    #[test]
    fn turns_are_angles_whatever_the_level() {
        let squared_cosine = 0.75; // 30 degrees
        let mut lines = Vec::new();
        for (degrees, exceeds) in [(29.0, false), (31.0, true), (90.0, true)] {
            let (sin, cos) = crate::space::sin_cos_deg(degrees);
            let (start, end) = (row(&[(0, 3.0)]), row(&[(0, cos), (1, sin)]));
            let at = |row| Levelled { row, level: 0.1 };
            let turn = connect(&at(&start), &at(&end), QUANTUM, &mut lines);
            assert_eq!(turn.exceeds(squared_cosine), exceeds, "{degrees} degrees");
        }
    }
}
