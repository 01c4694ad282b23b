//! A setting on its way through a quantum.

use super::Slots;
use crate::block::{QUANTUM, RUN, SIDE_BY_SIDE, all_along};

/// A setting of eight slots that runs in a straight line through a quantum.
#[derive(Clone, Copy)]
pub struct Line {
    begin: Slots,
    step: Slots,
}

impl Line {
    /// A setting that stays.
    pub const fn at_rest(value: f64) -> Self {
        Self { begin: [value; SIDE_BY_SIDE], step: [0.0; SIDE_BY_SIDE] }
    }

    /// Sets where a slot begins and ends the quantum.
    pub fn set(&mut self, slot: usize, [begin, end]: [f64; 2]) {
        self.begin[slot] = begin;
        self.step[slot] = (end - begin) / QUANTUM as f64;
    }

    /// Whether all slots stay at a value.
    #[inline(always)]
    pub fn stays_at(&self, value: f64) -> bool {
        self.begin == [value; SIDE_BY_SIDE] && self.step == [0.0; SIDE_BY_SIDE]
    }

    /// The settings at a frame, of which the last one ends the quantum.
    #[inline(always)]
    pub fn at(&self, frame: usize) -> Slots {
        let frames = (frame + 1) as f64;
        let mut values = self.begin;
        for (value, step) in values.iter_mut().zip(&self.step) {
            *value += step * frames;
        }
        values
    }

    /// The settings from a frame on, for every sample of a run.
    #[inline(always)]
    pub fn along(&self, frame: usize) -> [f32; RUN] {
        if self.step == [0.0; SIDE_BY_SIDE] {
            return all_along(&self.begin.map(|value| value as f32));
        }
        let mut values = [0.0; RUN];
        for (ahead, values) in values.as_chunks_mut::<SIDE_BY_SIDE>().0.iter_mut().enumerate() {
            *values = self.at(frame + ahead).map(|value| value as f32);
        }
        values
    }
}
