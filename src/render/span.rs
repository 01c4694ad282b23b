//! Which frames of a scene are rendered.

use std::ops::Range;

use crate::block::QUANTUM;

/// The frames of a render and the quanta that cover them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The frames that are heard: the first included, the last excluded.
    pub frames: Range<u64>,
}

impl Span {
    /// The quanta that have a frame in the span.
    #[must_use]
    pub fn quanta(&self) -> Range<u64> {
        let quantum = QUANTUM as u64;
        if self.frames.is_empty() {
            return 0..0;
        }
        self.frames.start / quantum..self.frames.end.div_ceil(quantum)
    }

    /// The part of a quantum that lies in the span, as positions within the quantum.
    #[must_use]
    pub fn part_of(&self, quantum: u64) -> Range<usize> {
        let first = quantum * QUANTUM as u64;
        let within = |frame: u64| frame.clamp(first, first + QUANTUM as u64) - first;
        within(self.frames.start) as usize..within(self.frames.end) as usize
    }

    /// How many frames have been heard once every quantum before this one is rendered.
    #[must_use]
    pub fn heard_before(&self, quantum: u64) -> u64 {
        let frame = quantum * QUANTUM as u64;
        frame.clamp(self.frames.start, self.frames.end) - self.frames.start
    }

    /// The same frames, so many frames later.
    #[must_use]
    pub fn later(&self, frames: u64) -> Self {
        Self { frames: self.frames.start + frames..self.frames.end + frames }
    }

    /// How many frames are heard.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.frames.end.saturating_sub(self.frames.start)
    }

    /// Whether nothing is heard.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quanta_cover_the_frames_and_no_more() {
        assert_eq!(Span { frames: 0..64 }.quanta(), 0..1);
        assert_eq!(Span { frames: 63..65 }.quanta(), 0..2);
        assert_eq!(Span { frames: 64..128 }.quanta(), 1..2);
        assert_eq!(Span { frames: 100..100 }.quanta(), 0..0);
    }

    #[test]
    fn the_parts_add_up_to_the_span() {
        for frames in [0..1, 5..64, 63..65, 64..128, 1..1000] {
            let span = Span { frames };
            let sum: usize = span.quanta().map(|quantum| span.part_of(quantum).len()).sum();
            assert_eq!(sum as u64, span.len());
        }
    }
}
