//! The highest of the last so many values.

use std::collections::VecDeque;

/// The highest value of a window that slides. Values of 0 are not kept: at rest it is empty.
pub struct Hold {
    /// Values and their frames, from the highest and oldest down to the newest; only those that may
    /// become the highest yet.
    candidates: VecDeque<(f64, u64)>,
    length: u64,
    frame: u64,
}

impl Hold {
    /// A window of `length` frames.
    pub fn new(length: usize) -> Self {
        Self { candidates: VecDeque::with_capacity(length + 1), length: length as u64, frame: 0 }
    }

    /// Takes a value, 0 or more, and gives the highest of the window.
    #[inline]
    pub fn process(&mut self, value: f64) -> f64 {
        self.frame += 1;
        while self.candidates.back().is_some_and(|(other, _)| *other <= value) {
            self.candidates.pop_back();
        }
        if value > 0.0 {
            self.candidates.push_back((value, self.frame));
        }
        if self.candidates.front().is_some_and(|(_, at)| at + self.length <= self.frame) {
            self.candidates.pop_front();
        }
        self.candidates.front().map_or(0.0, |(value, _)| *value)
    }

    /// The highest of the window for so many frames, each with a value of 0, if it stays.
    pub fn steady(&mut self, frames: usize) -> Option<f64> {
        let last = self.frame + frames as u64;
        let highest = match self.candidates.front() {
            Some((value, at)) if at + self.length > last => *value,
            Some(_) => return None,
            None => 0.0,
        };
        self.frame = last;
        Some(highest)
    }

    pub fn is_at_rest(&self) -> bool {
        self.candidates.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_highest_of_the_window() {
        for length in [1, 2, 7, 50] {
            let mut hold = Hold::new(length);
            let capacity = hold.candidates.capacity();
            let value = |frame: usize| ((frame * 7919) % 101).saturating_sub(40) as f64;
            for frame in 0..1000 {
                let window = (frame + 1_usize).saturating_sub(length)..=frame;
                let expected = window.map(value).fold(0.0, f64::max);
                assert_eq!(hold.process(value(frame)), expected, "{length}, frame {frame}");
            }
            let last = hold.process(1000.0);
            assert_eq!(hold.steady(length - 1), Some(last));
            assert_eq!(hold.steady(1), None);
            assert_eq!(hold.process(0.0), 0.0);
            assert_eq!(hold.steady(1), Some(0.0));
            assert!(hold.is_at_rest());
            assert_eq!(hold.candidates.capacity(), capacity, "it never grows");
        }
    }
}
