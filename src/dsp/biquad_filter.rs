//! One filter section at work on one signal.

use super::{Biquad, settled};

/// A filter section for a single signal, as a detector or an echo needs it: transposed direct form
/// II, in f64.
#[derive(Clone, Copy, Debug, Default)]
pub struct BiquadFilter {
    state: [f64; 2],
}

impl BiquadFilter {
    /// Filters one sample.
    #[inline]
    pub fn process(&mut self, input: f64, section: &Biquad) -> f64 {
        let output = section.b0 * input + self.state[0];
        self.state[0] = (section.b1 * input + self.state[1]) - section.a1 * output;
        self.state[1] = section.b2 * input - section.a2 * output;
        output
    }

    /// Ends a quantum: what has become inaudibly small, or is no number, becomes nothing.
    pub fn settle(&mut self) {
        self.state = settled(self.state);
    }

    /// Whether silence in would be silence out.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.state == [0.0; 2]
    }
}
