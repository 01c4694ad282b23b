//! The way through a scene: where it begins, where it ends or turns back.

use std::ops::Range;

use crate::block::{QUANTA_PER_STEP, QUANTUM};

/// Which frames of a scene are heard, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The frame that is heard first.
    from: u64,
    /// The first frame that is not heard any more.
    to: u64,
    /// The frame that is heard after the last one; none where the way ends there.
    back_to: Option<u64>,
}

impl Route {
    /// Some frames, and then no more.
    #[must_use]
    pub fn once(frames: Range<u64>) -> Self {
        Self { from: frames.start, to: frames.end, back_to: None }
    }

    /// From a frame to the end of some others, and those over and over. They are taken to whole
    /// quanta, at least one: what turns back in the middle of one would have to render it twice.
    #[must_use]
    pub fn around(from: u64, frames: Range<u64>) -> Self {
        let nearest = |frame: u64| (frame + QUANTUM as u64 / 2) / QUANTUM as u64;
        let begin = nearest(frames.start);
        let end = nearest(frames.end).max(begin + 1);
        let (begin, end) = (begin * QUANTUM as u64, end * QUANTUM as u64);
        let from = if from < end { from } else { begin };
        Self { from, to: end, back_to: Some(begin) }
    }

    /// The same way from another frame on.
    #[must_use]
    pub fn starting_at(self, frame: u64) -> Self {
        match self.back_to {
            Some(begin) => Self::around(frame, begin..self.to),
            None => Self { from: frame.min(self.to), ..self },
        }
    }

    /// The same way from up to so many frames earlier on, rounded down to a quantum.
    pub(super) fn earlier(self, frames: u64) -> Self {
        let from = self.from.saturating_sub(frames) / QUANTUM as u64 * QUANTUM as u64;
        Self { from, ..self }
    }

    /// The frame that is heard first.
    #[must_use]
    pub fn from(&self) -> u64 {
        self.from
    }

    /// The frame that is heard after this one; `None` at the end.
    #[must_use]
    pub fn after(&self, frame: u64) -> Option<u64> {
        let next = frame + 1;
        if next < self.to { Some(next) } else { self.back_to }
    }

    /// How many frames from this one on are heard in a row.
    #[must_use]
    pub fn in_a_row(&self, frame: u64) -> u64 {
        self.to.saturating_sub(frame)
    }

    /// The frames that are heard over and over, if any are.
    #[must_use]
    pub fn turns_in(&self) -> Option<Range<u64>> {
        self.back_to.map(|begin| begin..self.to)
    }

    /// The quantum that is rendered first.
    pub(super) fn first_quantum(&self) -> u64 {
        self.from / QUANTUM as u64
    }

    /// How many quanta are rendered together from this one on: to the end of the control step, and
    /// not beyond where the way turns back.
    pub(super) fn quanta_from(&self, quantum: u64) -> u64 {
        let of_step = QUANTA_PER_STEP - quantum % QUANTA_PER_STEP;
        match self.back_to {
            Some(_) => of_step.min(self.to / QUANTUM as u64 - quantum),
            None => of_step,
        }
    }

    /// The quantum that is rendered after those from this one on.
    pub(super) fn quantum_after(&self, quantum: u64) -> u64 {
        let next = quantum + self.quanta_from(quantum);
        match self.back_to {
            Some(begin) if next * QUANTUM as u64 == self.to => begin / QUANTUM as u64,
            _ => next,
        }
    }

    /// As three numbers.
    pub(super) fn to_words(self) -> [u64; 3] {
        [self.from, self.to, self.back_to.unwrap_or(u64::MAX)]
    }

    /// From those numbers.
    pub(super) fn from_words([from, to, back_to]: [u64; 3]) -> Self {
        Self { from, to, back_to: Some(back_to).filter(|it| *it != u64::MAX) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quanta_are_rendered_by_control_steps() {
        let route = Route::once(64 * 3 + 5..64 * 100);
        assert_eq!(route.first_quantum(), 3);
        assert_eq!((route.quanta_from(3), route.quantum_after(3)), (1, 4));
        assert_eq!((route.quanta_from(4), route.quantum_after(4)), (4, 8));
    }

    #[test]
    fn a_loop_turns_back_at_a_quantum() {
        let route = Route::around(0, 130..64 * 6 + 3);
        assert_eq!(route, Route { from: 0, to: 64 * 6, back_to: Some(128) });
        assert_eq!((route.quanta_from(4), route.quantum_after(4)), (2, 2));
        assert_eq!(route.after(64 * 6 - 1), Some(128));
        assert_eq!(route.starting_at(64 * 7).from(), 128);
        assert_eq!(Route::around(0, 10..11).after(63), Some(0));
    }

    #[test]
    fn words_say_the_same() {
        for route in [Route::once(5..9), Route::around(7, 64..640)] {
            assert_eq!(Route::from_words(route.to_words()), route);
        }
    }
}
