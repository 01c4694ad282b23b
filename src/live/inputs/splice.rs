//! From one place in what came in to another, without a click.

use std::f64::consts::PI;
use std::ops::Range;

use super::LineIn;
use crate::block::CONTROL_STEP;

/// What is heard over some frames: one stretch of the input turning into another; none is silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Splice {
    /// The frame of the input that the stretch begins with which is left.
    pub from: Option<u64>,
    /// The one that is gone over to.
    pub to: Option<u64>,
    /// How many frames that takes; then there is only the second.
    pub frames: usize,
}

/// The share of what is gone over to: a raised cosine.
pub struct Curve(Vec<f32>);

impl Curve {
    pub fn new() -> Self {
        let rise = |at: usize| 0.5 - 0.5 * libm::cos(PI * at as f64 / CONTROL_STEP as f64);
        Self((0..CONTROL_STEP).map(|at| rise(at) as f32).collect())
    }
}

impl Splice {
    /// The samples of a channel of the input, counted from 0.
    pub fn fill(&self, curve: &Curve, line_in: &LineIn, channel: usize, samples: &mut [f32]) {
        let sample = |begin: Option<u64>, offset: usize| {
            begin.map_or(0.0, |begin| line_in.sample(channel, begin + offset as u64))
        };
        let turning: Range<usize> = 0..self.frames.min(samples.len());
        for offset in turning.clone() {
            let share = curve.0[offset * curve.0.len() / self.frames];
            let (from, to) = (sample(self.from, offset), sample(self.to, offset));
            samples[offset] = from * (1.0 - share) + to * share;
        }
        for (offset, out) in samples.iter_mut().enumerate().skip(turning.end) {
            *out = sample(self.to, offset);
        }
    }
}
