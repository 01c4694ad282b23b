//! A quantum under a gain that goes in a straight line.

use crate::block::{FRAMES, QUANTUM, Quantum};

/// Samples that come in, and what they are to be multiplied by.
#[derive(Clone, Copy, Debug)]
pub struct Levelled<'a> {
    samples: &'a Quantum,
    from: f32,
    step: f32,
}

impl<'a> Levelled<'a> {
    /// Samples under a linear gain that goes from one to another within the quantum.
    #[inline(always)]
    #[must_use]
    pub fn new(samples: &'a Quantum, [from, to]: [f64; 2]) -> Self {
        let step = (to - from) * (1.0 / QUANTUM as f64);
        Self { samples, from: from as f32, step: step as f32 }
    }

    /// Whether all of it is silence.
    #[inline]
    pub(super) fn is_silent(&self) -> bool {
        (self.from == 0.0 && self.step == 0.0) || self.samples.iter().all(|sample| *sample == 0.0)
    }

    /// A frame of it.
    #[inline(always)]
    pub(super) fn at(&self, frame: usize) -> f32 {
        self.samples[frame] * (self.from + self.step * FRAMES[frame])
    }

    /// All of it.
    #[inline]
    #[must_use]
    pub fn samples(&self) -> Quantum {
        std::array::from_fn(|frame| self.at(frame))
    }
}

impl<'a> From<&'a Quantum> for Levelled<'a> {
    /// Samples as they are.
    fn from(samples: &'a Quantum) -> Self {
        Self { samples, from: 1.0, step: 0.0 }
    }
}
